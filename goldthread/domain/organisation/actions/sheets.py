"""Taking a sheet of posts: a whole structure at once, or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.access import refuse_oneself
from goldthread.domain.organisation.actions.structures import draw_up
from goldthread.domain.organisation.models import Appointment, Owner, Person, Post, Structure
from goldthread.domain.organisation.rules import name_key, standing
from goldthread.domain.organisation.rules.lines import Line
from goldthread.domain.organisation.rules.matching import title_key
from goldthread.domain.organisation.rules.sheets import Appointed, Sheet, sheet_of


@transaction.atomic
def take_posts(
    *,
    rows: Sequence[Sequence[str]],
    name: str,
    as_at: date,
    stage: str,
    by: User,
    named: Mapping[str, str] | None = None,
    file_name: str = "",
) -> Structure:
    """A sheet of posts becomes a structure. Posts that are known (by number, else by title in the directorate) are used
    again; holders are appointed where nobody holds the post at that time.

    Raises Refused with one sentence that names the rows; then nothing of the sheet is kept.
    """
    require(by, Permission.EDIT_ORGANISATION)
    name = " ".join(name.split())
    if not name:
        raise Refused("Give the structure a name.")
    sheet = sheet_of(rows, named=named or {})
    event = record_event("brought in posts", by=by, subject=name, detail={"file": file_name, "posts": len(sheet.lines)})
    keys = _known(sheet)
    lines = [_with_key(line, keys) for line in sheet.lines]
    structure, posts = draw_up(name=name[:300], as_at=as_at, stage=stage, lines=lines, event=event)
    _number(lines, posts)
    _appoint(sheet, {line.key: posts[keys.get(line.key, line.key)] for line in sheet.lines}, as_at, event)
    return structure


def _known(sheet: Sheet) -> dict[int, int]:
    """The posts that are there already: key of the sheet → post. Raises Refused where two rows mean the same post."""
    by_number, by_title, unnumbered = {}, {}, {}
    rows = Post.objects.filter(owner__in=Owner.objects.standing()).select_related("owner__directorate")
    for post in rows.order_by("-pk"):
        part = name_key(post.owner.directorate.name) if post.owner.directorate else ""
        by_number[name_key(post.reference)] = post.pk
        by_title[(title_key(post.owner.name), part)] = post.pk
        if not post.reference:
            unnumbered[(title_key(post.owner.name), part)] = post.pk
    found: dict[int, int] = {}
    taken: dict[int, int] = {}
    for line in sheet.lines:
        pk = by_number.get(name_key(line.reference)) if line.reference else None
        if pk is None:
            named = (title_key(line.title), name_key(line.directorate))
            pk = (unnumbered if line.reference else by_title).get(named)
        if pk is not None and not (line.reference and pk in taken):
            if pk in taken:
                raise Refused(f"Rows {taken[pk]} and {-line.key} mean the same post, {line.title}; give them numbers.")
            found[line.key], taken[pk] = pk, -line.key
    return found


def _with_key(line: Line, keys: Mapping[int, int]) -> Line:
    above = line.reports_to
    return replace(
        line, key=keys.get(line.key, line.key), reports_to=keys.get(above, above) if above is not None else None
    )


def _number(lines: Sequence[Line], posts: Mapping[int, Post]) -> None:
    """Give known posts the number that the sheet has for them."""
    changed = []
    for line in lines:
        post = posts[line.key]
        if line.reference and post.reference != line.reference:
            post.reference = line.reference
            changed.append(post)
    Post.objects.bulk_update(changed, ["reference"], batch_size=200)


def _appoint(sheet: Sheet, posts: Mapping[int, Post], as_at: date, event: Event) -> None:
    held: dict[int, list[Appointment]] = {}
    for row in standing(Appointment.objects.filter(owner__in=[post.pk for post in posts.values()])):
        held.setdefault(row.owner_id, []).append(row)
    people = {name_key(person.name): person for person in Person.objects.all()}
    new = []
    for each in sheet.held:
        post = posts[each.post]
        if any(
            not _apart(row, each)
            for row in held.get(post.pk, ())
            if row.kind == each.kind or each.kind == "substantive"
        ):
            continue
        key = name_key(each.person)
        if key not in people:
            people[key] = Person.objects.create(name=each.person)
        refuse_oneself(people[key], event.by, posts[each.post].owner)
        new.append(
            Appointment(
                owner_id=post.pk, person=people[key], kind=each.kind, starts=each.starts or as_at, ends=each.ends,
                recorded=event.at, by=event.by, event=event,
            )
        )  # fmt: skip
    Appointment.objects.bulk_create(new, batch_size=200)


def _apart(row: Appointment, each: Appointed) -> bool:
    return bool(
        (row.ends and each.starts and row.ends < each.starts) or (each.ends and row.starts and each.ends < row.starts)
    )
