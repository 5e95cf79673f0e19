"""Structures: drawing one up as a whole, deciding what became of its posts, and bringing it into force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Directorate, Owner, Post, PostListing, PostMatch, Structure
from goldthread.domain.organisation.rules import name_key, standing
from goldthread.domain.organisation.rules.lines import Line, circle_in, stray_lines
from goldthread.domain.organisation.rules.matching import Match
from goldthread.domain.organisation.terms import MatchKind, OwnerKind


def draw_up(
    *, name: str, as_at: date | None, stage: str, lines: Sequence[Line], event: Event
) -> tuple[Structure, dict[int, Post]]:
    """Write a structure with all its posts; part of an action. Lines with a negative key are posts that are new.

    Returns the structure, and the post of each key. Raises Refused for a line that runs in a circle or leaves the
    structure, and where one of this name and day is there already.
    """
    _refuse_bad_lines(lines)
    structure = _empty_structure(name, as_at, stage)
    directorates = _directorates(lines)
    posts = Post.objects.in_bulk([line.key for line in lines if line.key > 0])
    posts |= _new_posts([line for line in lines if line.key < 0], directorates, as_at, event)
    rows = [_listing(structure, line, posts, directorates, event) for line in lines]
    PostListing.objects.bulk_create(rows, batch_size=200)
    return structure, posts


def _empty_structure(name: str, as_at: date | None, stage: str) -> Structure:
    """A new structure, or the one whose posts have all been taken back by an undo. Raises Refused where it holds posts."""
    found = Structure.objects.filter(name=name, as_at=as_at).first()
    if found is None:
        return Structure.objects.create(name=name, as_at=as_at, stage=stage)
    if standing(PostListing.objects.filter(structure=found)):
        raise Refused(f"There is a structure “{name}” of that day already; give this one another name.")
    found.stage = stage
    found.save(update_fields=["stage"])
    return found


def _new_posts(
    lines: Sequence[Line], directorates: Mapping[str, Directorate], starts: date | None, event: Event
) -> dict[int, Post]:
    owners = Owner.objects.bulk_create(
        [
            Owner(
                kind=OwnerKind.POST,
                name=line.title[:300],
                directorate=directorates.get(name_key(line.directorate)),
                starts=starts,
                created=event,
            )
            for line in lines
        ],
        batch_size=100,
    )
    made = Post.objects.bulk_create(
        [
            Post(owner=owner, statutory_roles=list(line.statutory_roles), reference=line.reference)
            for line, owner in zip(lines, owners, strict=True)
        ],
        batch_size=200,
    )
    return {line.key: post for line, post in zip(lines, made, strict=True)}


def _directorates(lines: Iterable[Line]) -> dict[str, Directorate]:
    known = {name_key(row.name): row for row in Directorate.objects.all()}
    for line in lines:
        key = name_key(line.directorate)
        if key and key not in known:
            known[key] = Directorate.objects.create(name=" ".join(line.directorate.split())[:200])
    return known


def _listing(
    structure: Structure, line: Line, posts: Mapping[int, Post], directorates: Mapping[str, Directorate], event: Event
) -> PostListing:
    return PostListing(
        structure=structure,
        post=posts[line.key],
        directorate=directorates.get(name_key(line.directorate)),
        printed=line.title,
        change=line.qualifier,
        position=line.position,
        reports_to=posts[line.reports_to] if line.reports_to is not None else None,
        tier=line.tier,
        grade=line.grade,
        fte=line.fte,
        cost_low=line.cost_low,
        cost_high=line.cost_high,
        funding=line.funding,
        permanence=line.permanence,
        statutory_roles=list(line.statutory_roles),
        restriction=line.restriction,
        services=list(line.services),
        responsibilities=list(line.responsibilities),
        to_publish=dict(line.to_publish),
        recorded=event.at,
        by=event.by,
        event=event,
        reason=event.reason,
    )


def keep_matches(
    *, before: Structure, after: Structure, matches: Iterable[Match], posts: Mapping[int, Post], event: Event
) -> list[PostMatch]:
    """Record what became of posts between two structures; part of an action. ``posts`` maps keys to posts."""
    rows = []
    for match in matches:
        for old in match.before or (None,):
            for new in match.after or (None,):
                rows.append(
                    PostMatch(
                        before=before,
                        after=after,
                        before_post=posts[old] if old is not None else None,
                        after_post=posts[new] if new is not None else None,
                        kind=match.kind,
                        because=match.because,
                        recorded=event.at,
                        by=event.by,
                        event=event,
                        reason=event.reason,
                    )
                )
    return PostMatch.objects.bulk_create(rows, batch_size=200)


@transaction.atomic
def decide_match(*, before: Structure, after: Structure, match: Match, by: User, reason: str = "") -> Event:
    """A person says what became of some posts between two structures; what was decided about them before is taken back.

    Raises Refused where a post does not stand in its structure, or the kind does not fit the number of posts.
    """
    require(by, Permission.EDIT_ORGANISATION)
    _refuse_misfit(match)
    posts = Post.objects.select_related("owner").in_bulk([*match.before, *match.after])
    for structure, keys in ((before, match.before), (after, match.after)):
        listed = set(PostListing.objects.filter(structure=structure, post__in=keys).values_list("post_id", flat=True))
        if listed != set(keys):
            raise Refused(f"One of these posts does not stand in “{structure}”.")
    names = " and ".join(posts[key].owner.name for key in (*match.before, *match.after) if key in posts)
    event = record_event("decided what became of a post", by=by, subject=names, reason=reason)
    held = PostMatch.objects.filter(before__in=[before, after], after__in=[before, after])
    mine = {before.pk: set(match.before), after.pk: set(match.after)}
    _take_back([row for row in standing(held) if _touches(row, mine)], event)
    keep_matches(before=before, after=after, matches=[match], posts=posts, event=event)
    return event


def _touches(row: PostMatch, mine: Mapping[int, set[int]]) -> bool:
    return row.before_post_id in mine[row.before_id] or row.after_post_id in mine[row.after_id]


def _refuse_misfit(match: Match) -> None:
    sides = len(match.before), len(match.after)
    fits = {
        MatchKind.ADDED: sides == (0, 1),
        MatchKind.REMOVED: sides == (1, 0),
        MatchKind.SPLIT: sides[0] == 1 and sides[1] > 1,
        MatchKind.MERGED: sides[0] > 1 and sides[1] == 1,
    }
    if not fits.get(MatchKind(match.kind), sides == (1, 1)):
        raise Refused(f"“{MatchKind(match.kind).label}” does not fit {sides[0]} posts before and {sides[1]} after.")


def _take_back(rows: Sequence[PostMatch], event: Event) -> None:
    PostMatch.objects.bulk_create(
        [
            PostMatch(
                before=row.before, after=row.after, before_post=row.before_post, after_post=row.after_post,
                kind=row.kind, because=row.because, recorded=event.at, by=event.by, event=event, reason=event.reason,
                withdraws=row,
            )
            for row in rows
        ]
    )  # fmt: skip


@transaction.atomic
def confirm_matches(
    *, before: Structure, after: Structure, matches: Sequence[Match], by: User, reason: str = ""
) -> Event:
    """A person confirms what the rules propose, all at once; what somebody decided already stays."""
    require(by, Permission.EDIT_ORGANISATION)
    open_ones = [match for match in matches if not match.decided_by]
    if not open_ones:
        raise Refused("Everything is confirmed already.")
    event = record_event("confirmed what became of posts", by=by, subject=f"{before} → {after}", reason=reason)
    posts = Post.objects.in_bulk({key for match in open_ones for key in (*match.before, *match.after)})
    keep_matches(before=before, after=after, matches=open_ones, posts=posts, event=event)
    return event


def bring_into_force(
    *, structure: Structure, lines: Sequence[Line], ended: Iterable[int], on: date, event: Event
) -> None:
    """Let posts be what a structure says they are from a day on; part of an action. Posts of ``ended`` end the day before.

    Title, directorate, line and statutory roles of each post follow the structure; the event keeps what stood before.
    """
    posts = Post.objects.select_related("owner").in_bulk([line.key for line in lines])
    directorates = _directorates(lines)
    before = {}
    for line in lines:
        post, owner = posts[line.key], posts[line.key].owner
        directorate = directorates.get(name_key(line.directorate))
        stood = (owner.name, owner.directorate_id, post.reports_to_id, post.statutory_roles)
        held = list(line.statutory_roles) or post.statutory_roles
        if stood != (line.title, directorate.pk if directorate else None, line.reports_to, held):
            before[str(post.pk)] = [owner.name, owner.directorate_id, post.reports_to_id, post.statutory_roles]
            owner.name, owner.directorate = line.title[:300], directorate
            owner.save(update_fields=["name", "directorate"])
            post.reports_to_id, post.statutory_roles = line.reports_to, held
            post.save(update_fields=["reports_to", "statutory_roles"])
    Owner.objects.filter(pk__in=list(ended), ends__isnull=True).update(ends=on - timedelta(days=1))
    record_event(
        "brought a structure into force", by=event.by, subject=structure.name, reason=event.reason,
        detail={"before": before, "structure": structure.pk},
    )  # fmt: skip


@transaction.atomic
def change_listing(*, structure: Structure, lines: Sequence[Line], changed: Line, by: User, reason: str) -> Event:
    """Say anew what a post is in a structure; what was said before stays on record.

    ``lines`` are the structure's posts as they stand, ``changed`` one of them with other values. Raises Refused where
    nothing changes, without a reason, for a line in a circle or out of the structure, and for a band upside down.
    """
    require(by, Permission.EDIT_ORGANISATION)
    if not reason.strip():
        raise Refused("Say why.")
    if changed in lines:
        raise Refused("Nothing would change.")
    if not changed.title.strip():
        raise Refused("A post has a title; give it one.")
    if changed.cost_low is not None and changed.cost_high is not None and changed.cost_high < changed.cost_low:
        raise Refused("The top of the band is below its foot; swap the two.")
    _refuse_bad_lines([changed if line.key == changed.key else line for line in lines])
    held = [row for row in standing(PostListing.objects.filter(structure=structure)) if row.post_id == changed.key]
    if not held:
        raise Refused("This post does not stand in the structure.")
    event = record_event("changed a post of a structure", by=by, subject=changed.title, reason=reason.strip())
    posts = Post.objects.in_bulk([line.key for line in (changed, *lines)])
    directorates = _directorates([changed])
    old = next(line for line in lines if line.key == changed.key)
    rows = [_listing(structure, old, posts, _directorates([old]), event) for _ in held]
    for row, withdrawn in zip(rows, held, strict=True):
        row.withdraws = withdrawn
    PostListing.objects.bulk_create([*rows, _listing(structure, changed, posts, directorates, event)])
    return event


def _refuse_bad_lines(lines: Sequence[Line]) -> None:
    if ring := circle_in(lines):
        raise Refused(f"The line runs in a circle: {' → '.join(line.title for line in [*ring, ring[0]])}.")
    if stray := stray_lines(lines):
        raise Refused(f"{stray[0].title} reports to a post outside the structure; give it a line within it.")


@transaction.atomic
def set_stage(*, structure: Structure, stage: str, by: User, reason: str) -> Structure:
    """Say how far a structure has come: proposed, agreed, launched, current, planned."""
    require(by, Permission.EDIT_ORGANISATION)
    if not reason.strip():
        raise Refused("Say why.")
    record_event(
        "set the stage of a structure", by=by, subject=structure.name, reason=reason,
        detail={"before": structure.stage, "after": stage},
    )  # fmt: skip
    structure.stage = stage
    structure.save(update_fields=["stage"])
    return structure
