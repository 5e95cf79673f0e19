"""Changing restructures. While one is restricted, its events say that a draft was worked on and nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.access import gained_below, posts_below
from goldthread.domain.organisation.actions.structures import bring_into_force, draw_up, keep_matches
from goldthread.domain.organisation.models import Body, Owner, Post, PostListing, Structure
from goldthread.domain.organisation.queries import owners_held
from goldthread.domain.organisation.queries.structures import lines_of
from goldthread.domain.organisation.rules import standing
from goldthread.domain.organisation.rules.lines import circle_in
from goldthread.domain.organisation.terms import Stage
from goldthread.domain.register.actions.succession import hand_over
from goldthread.domain.register.models import Record
from goldthread.domain.restructures.access import require_named, step_of
from goldthread.domain.restructures.actions.filling import end_with_posts
from goldthread.domain.restructures.models import DraftEdit, NamedPerson, Restructure, StepTaken, Succession
from goldthread.domain.restructures.queries import (
    LostPost,
    WhatIf,
    as_edits,
    edits,
    lost_and_orphaned,
    named_people,
    what_if,
)
from goldthread.domain.restructures.rules import Edit, NotPossible, redraw
from goldthread.domain.restructures.terms import OPEN, ORDER, Step
from goldthread.kernel.clock import today


def _quietly(restructure_id: int | None, by: User) -> Event:
    """The event of work on a restricted draft: who and when, and nothing that a list of events could give away."""
    return record_event("worked on a restricted draft", by=by, detail={"restructure": restructure_id})


def _common(event: Event, reason: str = "") -> dict[str, Any]:
    return {"recorded": event.at, "by": event.by, "event": event, "reason": reason}


@transaction.atomic
def start(*, name: str, base: Structure, by: User, purpose: str = "", people: Sequence[User] = ()) -> Restructure:
    """Begin a draft from a structure; who begins it may see it, and the people named. Raises Refused without a name."""
    require(by, Permission.PLAN_STRUCTURES)
    name = " ".join(name.split())
    if not name:
        raise Refused("Give the draft a name.")
    if not PostListing.objects.filter(structure=base).exists():
        raise Refused(f"“{base}” lists no posts; draft from a structure that has some.")
    event = _quietly(None, by)
    made = Restructure.objects.create(name=name[:200], purpose=purpose, base=base, created=event)
    for user in dict.fromkeys([by, *people]):
        NamedPerson.objects.create(restructure=made, user=user, **_common(event))
    return made


@transaction.atomic
def name_person(*, restructure: Restructure, user: User, by: User) -> Event:
    """Let somebody see and change the draft. Raises Refused where they may not plan structures."""
    viewer = require_named(by, restructure)
    if not viewer_for(user).may(Permission.PLAN_STRUCTURES):
        raise Refused(f"{user.name} may not draft structures; an administrator gives the role.")
    if user in named_people(restructure, viewer=viewer):
        raise Refused(f"{user.name} is named already.")
    event = _quietly(restructure.pk, by)
    NamedPerson.objects.create(restructure=restructure, user=user, **_common(event))
    return event


@transaction.atomic
def take_name_off(*, restructure: Restructure, user: User, by: User) -> Event:
    """Let somebody see the draft no longer. Raises Refused for the last person."""
    viewer = require_named(by, restructure)
    if len(named_people(restructure, viewer=viewer)) < 2:
        raise Refused("Name somebody else first: nobody could see the draft any longer.")
    event = _quietly(restructure.pk, by)
    for row in standing(NamedPerson.objects.filter(restructure=restructure, user=user)):
        NamedPerson.objects.create(restructure=restructure, user=user, withdraws=row, **_common(event))
    return event


def _open_draft(restructure: Restructure, by: User) -> WhatIf:
    viewer = require_named(by, restructure)
    Restructure.objects.select_for_update().get(pk=restructure.pk)
    if step_of(restructure) not in OPEN:
        raise Refused("It is agreed already and cannot be changed; draft the next one from the structure it became.")
    seen = what_if(restructure, viewer=viewer)
    assert seen is not None
    return seen


@transaction.atomic
def edit(
    *, restructure: Restructure, kind: str, by: User, posts: Sequence[int] = (), values: dict[str, Any], reason: str
) -> DraftEdit:
    """Change the draft. Raises Refused where the change is not possible, without a reason, and for a line in a circle."""
    seen = _open_draft(restructure, by)
    if not reason.strip():
        raise Refused("Say why: people who are affected will ask.")
    viewer = viewer_for(by)
    held = as_edits(edits(restructure, viewer=viewer), viewer=viewer)
    number = max((each.number for each in held), default=0) + 1
    try:
        draft = redraw(seen.base.lines, [*held, Edit(number, kind, tuple(posts), values)])
    except NotPossible as problem:
        raise Refused(str(problem)) from None
    if ring := circle_in(draft.lines):
        raise Refused(f"The line would run in a circle: {' → '.join(line.title for line in [*ring, ring[0]])}.")
    if not draft.lines:
        raise Refused("No post would be left.")
    event = _quietly(restructure.pk, by)
    return DraftEdit.objects.create(
        restructure=restructure, kind=kind, posts=list(posts), values=values, **_common(event, reason.strip())
    )


@transaction.atomic
def take_edit_back(*, restructure: Restructure, number: int, by: User) -> Event:
    """Take an edit back. Raises Refused where later ones stand on it: take those back first."""
    seen = _open_draft(restructure, by)
    viewer = viewer_for(by)
    rows = edits(restructure, viewer=viewer)
    row = next((each for each in rows if each.pk == number), None)
    if row is None:
        raise Refused("This change has been taken back already.")
    try:
        redraw(seen.base.lines, as_edits([each for each in rows if each.pk != number], viewer=viewer))
    except NotPossible:
        raise Refused("A later change builds on this one; take that back first.") from None
    event = _quietly(restructure.pk, by)
    DraftEdit.objects.create(
        restructure=restructure, kind=row.kind, posts=row.posts, values=row.values, withdraws=row, **_common(event)
    )
    return event


@transaction.atomic
def choose_successor(
    *, restructure: Restructure, lost: int, successor: int, by: User, record: Record | None = None
) -> Event:
    """Choose who takes over from a lost post, for one record or for all that nobody chose for.

    Raises Refused where the post is not lost, or the successor does not stand in the draft.
    """
    seen = _open_draft(restructure, by)
    if lost not in {line.key for line in seen.lost}:
        raise Refused("This post stays in the draft; nothing of it has to be handed over.")
    if successor not in {line.key for line in seen.draft.lines}:
        raise Refused("Choose a post that stands in the draft.")
    event = _quietly(restructure.pk, by)
    Succession.objects.create(
        restructure=restructure, lost_id=lost, record=record, successor=successor, **_common(event)
    )
    return event


def _skipped(restructure: Restructure, to: str, reason: str) -> str:
    """Why steps between the present one and the next are left out. Raises Refused without a reason, or backwards."""
    here, there = ORDER.index(Step(step_of(restructure))), ORDER.index(Step(to))
    if there <= here:
        raise Refused(f"It is {Step(step_of(restructure)).label.lower()} already.")
    left_out = [step.label.lower() for step in ORDER[here + 1 : there]]
    if left_out and not reason.strip():
        raise Refused(f"This leaves out “{' and “'.join(f'{step}”' for step in left_out)}: say why.")
    return reason.strip() if left_out else ""


@transaction.atomic
def consult(
    *,
    restructure: Restructure,
    starts: date,
    ends: date,
    staff: str,
    unions: str,
    equality: str,
    by: User,
) -> StepTaken:
    """Open the consultation. Raises Refused for dates in the wrong order, or where staff, unions or the equality impact
    assessment are not said."""
    require_named(by, restructure)
    if ends < starts:
        raise Refused("The consultation would end before it begins; swap the dates.")
    for said, what in ((staff, "which staff are consulted"), (unions, "which unions are consulted"),
                       (equality, "where the equality impact assessment is")):  # fmt: skip
        if not said.strip():
            raise Refused(f"Say {what}.")
    _skipped(restructure, Step.CONSULTATION, "")
    event = _quietly(restructure.pk, by)
    return StepTaken.objects.create(
        restructure=restructure, step=Step.CONSULTATION, as_at=starts, until=ends, staff=staff.strip(),
        unions=unions.strip(), equality=equality.strip(), **_common(event),
    )  # fmt: skip


@transaction.atomic
def drop(*, restructure: Restructure, by: User, reason: str) -> StepTaken:
    """Give a draft up; nothing of it shows to others. Raises Refused once it is agreed, and without a reason."""
    require_named(by, restructure)
    if step_of(restructure) not in OPEN:
        raise Refused("It is agreed already: draft the next structure instead.")
    if not reason.strip():
        raise Refused("Say why it is given up.")
    event = _quietly(restructure.pk, by)
    return StepTaken.objects.create(
        restructure=restructure, step=Step.DROPPED, as_at=today(), **_common(event, reason.strip())
    )


@transaction.atomic
def agree(
    *,
    restructure: Restructure,
    in_force_on: date,
    by: User,
    reason: str,
    body: Body | None = None,
    delegation: str = "",
    skipped: str = "",
) -> Event:
    """Agree the draft with a day: its structure is drawn up, and every accountability of every lost post moves on that day.

    Records move whoever may see them. Raises Refused without a body or a delegation, without a reason, for a draft that
    changes nothing, and where a step is left out without saying why.
    """
    seen = _open_draft(restructure, by)
    if body is None and not delegation.strip():
        raise Refused("Say which body agreed it, or under which delegation.")
    if not reason.strip():
        raise Refused("Say why it was agreed.")
    if not seen.found.changes or all(change.same for change in seen.found.changes):
        raise Refused("The draft changes nothing yet.")
    why_skipped = _skipped(restructure, Step.AGREED, skipped)
    handed = lost_and_orphaned(restructure, viewer=viewer_for(by))
    _refuse_gain(by, handed)
    event = record_event("agreed a structure", by=by, subject=restructure.name, reason=reason.strip())
    structure, posts = draw_up(
        name=restructure.name, as_at=in_force_on, stage=Stage.AGREED, lines=seen.draft.lines, event=event
    )
    known = {**Post.objects.in_bulk([line.key for line in seen.base.lines]), **posts}
    changed = [match for match in seen.matches if match.kind != "same"]
    keep_matches(before=restructure.base, after=structure, matches=changed, posts=known, event=event)
    owners = Owner.objects.in_bulk([post.pk for post in posts.values()])
    _hand_over(handed, {key: owners[post.pk] for key, post in posts.items()}, in_force_on, event)
    StepTaken.objects.create(
        restructure=restructure, step=Step.AGREED, as_at=today(), body=body, delegation=delegation.strip()[:500],
        skipped=why_skipped, handed={str(lost.line.key): posts[lost.successor.key].pk for lost in handed},
        **_common(event, reason.strip()),
    )  # fmt: skip
    restructure.result, restructure.in_force_on = structure, in_force_on
    restructure.save(update_fields=["result", "in_force_on"])
    return event


def _refuse_gain(by: User, handed: Sequence[LostPost]) -> None:
    """Nobody agrees alone that what they do not see becomes their own post's (decisions/0026)."""
    mine = owners_held(viewer_for(by))
    seen = mine | set(posts_below(mine).values_list("pk", flat=True)) if mine else set()
    for lost in handed:
        to = {lost.successor.key, *(orphan.successor.key for orphan in lost.orphans)}
        if lost.line.key not in seen and to & mine:
            raise Refused(
                f"What {lost.line.title} answers for would become your own: somebody else who works on it agrees the structure."
            )


def _hand_over(handed: Sequence[LostPost], owners: dict[int, Owner], on: date, event: Event) -> list[Record]:
    default = {lost.line.key: owners[lost.successor.key] for lost in handed}
    chosen = {
        (orphan.record.pk, lost.line.key): owners[orphan.successor.key] for lost in handed for orphan in lost.orphans
    }
    return hand_over(successors=default, chosen=chosen, on=on, event=event) if default else []


@transaction.atomic
def put_in_force(*, restructure: Restructure, by: User, reason: str = "", skipped: str = "") -> Event:
    """On its day the structure holds: posts take their titles, lines and directorates, lost posts end and with them who
    holds them, and what was given to a lost post since it was agreed is handed over as well.

    Raises Refused before the day, before it is agreed, where appointing is left out without saying why, and for whoever
    would come to stand above posts that they do not stand above now.
    """
    require_named(by, restructure)
    Restructure.objects.select_for_update().get(pk=restructure.pk)
    step, on, structure = step_of(restructure), restructure.in_force_on, restructure.result
    if structure is None or on is None or step not in (Step.AGREED, Step.APPOINTED):
        raise Refused("Only an agreed structure comes into force.")
    if today() < on:
        raise Refused(f"It comes into force on {on:%-d %B %Y}.")
    why_skipped = _skipped(restructure, Step.IN_FORCE, skipped)
    event = record_event("put a structure in force", by=by, subject=restructure.name, reason=reason.strip())
    viewer = viewer_for(by)
    lines = lines_of(structure, viewer=viewer)
    base = lines_of(restructure.base, viewer=viewer)
    here = {line.key for line in lines}
    gone = [line.key for line in base if line.key not in here]
    gained = gained_below(by, {line.key: line.reports_to for line in lines}) & {line.key for line in base}
    if gained:
        titles = " and ".join(line.title for line in lines if line.key in gained)
        raise Refused(f"{titles} would come below a post of yours: somebody else who works on it puts it in force.")
    _hand_over_late(restructure, gone, on, event)
    end_with_posts(gone=gone, on=on, event=event)
    bring_into_force(structure=structure, lines=lines, ended=gone, on=on, event=event)
    Structure.objects.filter(pk=restructure.base_id, stage=Stage.CURRENT).update(stage=Stage.LAUNCHED)
    structure.stage = Stage.CURRENT
    structure.save(update_fields=["stage"])
    StepTaken.objects.create(
        restructure=restructure, step=Step.IN_FORCE, as_at=on, skipped=why_skipped, **_common(event, reason.strip())
    )
    return event


def _hand_over_late(restructure: Restructure, gone: Sequence[int], on: date, event: Event) -> None:
    """What was given to lost posts after the structure was agreed goes where the rest of theirs went."""
    rows = standing(StepTaken.objects.filter(restructure=restructure, step=Step.AGREED))
    handed = rows[-1].handed if rows else {}
    owners = Owner.objects.in_bulk(list(handed.values()))
    late = {key: owners[handed[str(key)]] for key in gone if str(key) in handed}
    if late:
        hand_over(successors=late, chosen={}, on=on, event=event)
