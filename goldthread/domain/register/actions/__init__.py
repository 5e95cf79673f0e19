"""Changing the register. Every action is atomic, has a person and a reason, leaves one event, and adds facts only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.actions import remember_match
from goldthread.domain.organisation.models import Owner
from goldthread.domain.organisation.rules import name_key
from goldthread.domain.register.access import require_for, visible_to
from goldthread.domain.register.actions.assurance import (
    declare_rating,
    judge_effect,
    set_revisit_period,
    set_tolerance,
    verify,
)
from goldthread.domain.register.actions.dates import baseline, decide_date, notice_dates, propose_date, set_due_date
from goldthread.domain.register.actions.evidence import NewEvidence, add_evidence, attach
from goldthread.domain.register.actions.progress import Conflict, Found, add_update, found_for_report, report_progress
from goldthread.domain.register.models import (
    Accountability,
    Confirmation,
    Link,
    Record,
    Series,
    StateChange,
    Version,
    VisibilityChange,
)
from goldthread.domain.register.models.as_at import stand, stood_today
from goldthread.domain.register.models.writing import (
    NewRecord,
    allocate,
    copy_of,
    create_records,
    fact,
    new_series,
    write,
)
from goldthread.domain.register.rules import said, together
from goldthread.domain.register.terms import CONTAINERS, GONE, OwnerRole, Relation, State, Visibility
from goldthread.kernel.clock import today

__all__ = [
    "Conflict",
    "Found",
    "NewEvidence",
    "add_evidence",
    "add_update",
    "attach",
    "baseline",
    "change_state",
    "change_visibility",
    "confirm",
    "create",
    "decide_date",
    "declare_rating",
    "found_for_report",
    "judge_effect",
    "link",
    "match_name",
    "merge",
    "move",
    "notice_dates",
    "propose_date",
    "reassign",
    "report_progress",
    "reword",
    "set_due_date",
    "set_revisit_period",
    "set_tolerance",
    "unlink",
    "verify",
    "withdraw",
]


@transaction.atomic
def create(*, new: NewRecord, by: User, reason: str = "", verb: str = "created") -> Record:
    """Write one record by hand within a plan, review or report, or as one of them (which starts a series of its own).

    Raises Refused without words, and NotAllowed where the person may not write there.
    """
    if not (new.text.strip() or new.title.strip()):
        raise Refused("Write the words of the new entry.")
    above = new.parent.record if isinstance(new.parent, NewRecord) else new.parent
    for wanted in ("title", "text"):
        setattr(new, wanted, getattr(new, wanted).strip())
    require_for(by, Permission.EDIT_RECORDS, [above] if above is not None else [])
    if above is None:
        series = _own_series(new)
    else:
        series = above.series
        new.position = new.position or _last_position(above) + 1
    references = [series.prefix] if new.kind in CONTAINERS else allocate(series, 1)
    event = record_event(verb, by=by, subject=references[0], reason=reason)
    return create_records([new], series=series, event=event, references=references)[0]


def _own_series(new: NewRecord) -> Series:
    if new.kind in CONTAINERS:
        return new_series(new.title or new.text)
    return Series.objects.get_or_create(prefix="CP")[0]


def _last_position(record: Record) -> int:
    container = record if record.kind in CONTAINERS else record.within
    rows = Record.objects.filter(within=container) if container is not None else Record.objects.filter(parent=record)
    return max(rows.values_list("position", flat=True), default=0)


@transaction.atomic
def reword(
    *,
    record: Record,
    by: User,
    reason: str,
    text: str | None = None,
    title: str | None = None,
    number: str | None = None,
    section: list[str] | None = None,
    details: dict[str, Any] | None = None,
    as_at: date | None = None,
) -> Event:
    """Give a record another wording from a day on (today); what is None stays. The wording before stays on record.

    Raises Refused without a reason, without words, or where nothing would change.
    """
    require_for(by, Permission.EDIT_RECORDS, [record])
    held = stood_today([record])[record.pk].version
    values = {
        "text": held.text if text is None else text.strip(),
        "title": held.title if title is None else title.strip(),
        "number": held.number if number is None else number.strip(),
        "section": held.section if section is None else section,
        "details": held.details if details is None else {**held.details, **details},
        "position": held.position,
    }
    if not (values["text"] or values["title"]):
        raise Refused(f"{record.reference} would have no words left; withdraw it instead.")
    if all(getattr(held, name) == value for name, value in values.items()):
        raise Refused(f"Nothing of {record.reference} would change.")
    event = record_event("edited", by=by, subject=record.reference, reason=said(reason))
    write([fact(Version, record, as_at or today(), event, passage=held.passage, **values)])
    return event


@transaction.atomic
def move(*, records: Sequence[Record], to: Record, by: User, reason: str, section: list[str] | None = None) -> Event:
    """Make records part of another one (an objective, a plan), and put them under other headings where given.

    Raises Refused where a record would stand within itself.
    """
    require_for(by, Permission.EDIT_RECORDS, [*records, to])
    above: Record | None = to
    while above is not None:
        if above.pk in {row.pk for row in records}:
            raise Refused(f"{above.reference} cannot be part of itself; choose another place.")
        above = above.parent
    stood = stood_today(records)
    event = record_event(
        "moved",
        by=by,
        subject=together([row.reference for row in records]),
        reason=said(reason),
        detail={"to": to.reference},
    )
    rows = []
    for record in records:
        for old in (
            link for link in stood[record.pk].links if link.relation == Relation.PART_OF and link.target_id != to.pk
        ):
            rows.append(fact(Link, record, today(), event, target=old.target, relation=Relation.PART_OF, ended=True))
        if stood[record.pk].parent_id != to.pk:
            rows.append(fact(Link, record, today(), event, target=to, relation=Relation.PART_OF))
        held = stood[record.pk].version
        headings = section if section is not None else (list(to.section) if to.kind not in CONTAINERS else held.section)
        if headings != held.section:
            rows.append(copy_of(held, event, as_at=today(), section=headings))
    if not rows:
        raise Refused("They already stand there.")
    write(rows)
    return event


@transaction.atomic
def link(
    *, record: Record, relation: str, target: Record, by: User, reason: str = "", as_at: date | None = None
) -> Event:
    """Hang a record on another one: it answers a recommendation, serves a priority or outcome, …"""
    require_for(by, Permission.EDIT_RECORDS, [record])
    if target.pk == record.pk:
        raise Refused(f"{record.reference} cannot hang on itself.")
    if target.pk in stood_today([record])[record.pk].targets(relation):
        raise Refused(f"{record.reference} already {relation} {target.reference}.")
    event = record_event(
        "linked", by=by, subject=record.reference, reason=reason, detail={"relation": relation, "to": target.reference}
    )
    write([fact(Link, record, as_at or today(), event, target=target, relation=relation)])
    return event


@transaction.atomic
def unlink(*, record: Record, relation: str, target: Record, by: User, reason: str) -> Event:
    """End a link from today on; it stays on record until then."""
    require_for(by, Permission.EDIT_RECORDS, [record])
    if target.pk not in stood_today([record])[record.pk].targets(relation):
        raise Refused(f"{record.reference} does not hang on {target.reference} in that way.")
    event = record_event(
        "unlinked", by=by, subject=record.reference, reason=said(reason), detail={"to": target.reference}
    )
    write([fact(Link, record, today(), event, target=target, relation=relation, ended=True)])
    return event


@transaction.atomic
def reassign(
    *,
    records: Sequence[Record],
    owner: Owner,
    by: User,
    reason: str,
    role: str = OwnerRole.ACCOUNTABLE,
    as_at: date | None = None,
) -> Event:
    """Make a post, office or body accountable for records from a day on (today), or supporting or overseeing.

    A record has one accountable owner: whoever was it before (a printed name included) ends on that day.
    """
    require_for(by, Permission.EDIT_RECORDS, records)
    day, stood = as_at or today(), stood_today(records)
    event = record_event(
        "reassigned",
        by=by,
        subject=together([row.reference for row in records]),
        reason=said(reason),
        detail={"to": owner.name},
    )
    rows = []
    for record in records:
        held = [row for row in stood[record.pk].accountabilities if row.role == role]
        if role == OwnerRole.ACCOUNTABLE:
            rows += [
                copy_of(row, event, as_at=day, ended=True) for row in held if row.owner_id != owner.pk or row.printed
            ]
        if not any(row.owner_id == owner.pk and not row.printed for row in held):
            rows.append(fact(Accountability, record, day, event, role=role, owner=owner))
    write(rows)
    return event


@transaction.atomic
def match_name(*, printed: str, owner: Owner, by: User, reason: str = "") -> tuple[Event, int]:
    """Decide which post, office or body a printed name stands for: remembered, and applied to every record that prints it.

    Returns the event and how many records it was applied to.
    """
    if not printed.strip():
        raise Refused("Say which printed name is to be matched.")
    key = name_key(printed)
    candidates = visible_to(require(by, Permission.MATCH_NAMES), Record.objects.exclude(printed_leads=""))
    stood = stand(candidates, as_at=None, known_on=None)
    waiting = [row for item in stood for row in item.leads if row.owner_id is None and name_key(row.printed) == key]
    event = record_event(
        "matched a name", by=by, subject=printed, reason=reason, detail={"to": owner.name, "records": len(waiting)}
    )
    remember_match(printed=printed, owner=owner, event=event)
    write([copy_of(row, event, owner=owner) for row in waiting])
    return event, len({row.record_id for row in waiting})


@transaction.atomic
def change_state(*, records: Sequence[Record], state: str, by: User, reason: str, as_at: date | None = None) -> Event:
    """Move records to a state (complete, on hold, stopped, open again …) from a day on."""
    permission = Permission.WITHDRAW_RECORDS if state in GONE else Permission.EDIT_RECORDS
    require_for(by, permission, records)
    verb = {State.WITHDRAWN: "withdrew", State.OPEN: "opened again"}.get(State(state), f"marked as {state}")
    event = record_event(verb, by=by, subject=together([row.reference for row in records]), reason=said(reason))
    write(fact(StateChange, record, as_at or today(), event, state=state) for record in records)
    return event


def withdraw(*, records: Sequence[Record], by: User, reason: str, as_at: date | None = None) -> Event:
    """Take records out of every list from a day on; they stay on record with the reason."""
    return change_state(records=records, state=State.WITHDRAWN, by=by, reason=reason, as_at=as_at)


@transaction.atomic
def merge(*, records: Sequence[Record], into: Record, by: User, reason: str) -> Event:
    """Merge records into one that stays: they leave the lists, what hung on them hangs on it, and the link says so."""
    require_for(by, Permission.WITHDRAW_RECORDS, [*records, into])
    if into.pk in {row.pk for row in records}:
        raise Refused(f"{into.reference} cannot be merged into itself; leave it out of the ones to merge.")
    if any(row.kind != into.kind for row in records):
        raise Refused(f"Only entries of one kind can be merged; {into.reference} is {into.get_kind_display().lower()}.")
    event = record_event(
        "merged",
        by=by,
        subject=together([row.reference for row in records]),
        reason=said(reason),
        detail={"into": into.reference},
    )
    rows: list[Any] = []
    for record in records:
        rows.append(fact(StateChange, record, today(), event, state=State.MERGED))
        rows.append(fact(Link, record, today(), event, target=into, relation=Relation.MERGED_INTO))
    children = list(Record.objects.filter(parent__in=[row.pk for row in records]))
    for child, stood in ((child, stood_today(children)[child.pk]) for child in children):
        for old in (row for row in stood.links if row.relation == Relation.PART_OF):
            rows.append(fact(Link, child, today(), event, target=old.target, relation=Relation.PART_OF, ended=True))
        rows.append(fact(Link, child, today(), event, target=into, relation=Relation.PART_OF))
    write(rows)
    return event


@transaction.atomic
def confirm(*, records: Sequence[Record], by: User) -> Event:
    """Say that a person has checked what was adopted unattended."""
    require_for(by, Permission.EDIT_RECORDS, records)
    waiting = [row for row in records if not row.checked]
    if not waiting:
        raise Refused("They have all been checked already.")
    event = record_event("checked", by=by, subject=together([row.reference for row in waiting]))
    # Checking speaks of the day from which the record stands, so that a report as at that day shows it as checked.
    stood = stood_today(waiting)
    write(fact(Confirmation, row, stood[row.pk].version.as_at, event, checked=True) for row in waiting)
    return event


@transaction.atomic
def change_visibility(*, records: Sequence[Record], visibility: str, by: User, reason: str, because: str = "") -> Event:
    """Open or close records to others from today on. Raises Refused where a restricted one has no category and why."""
    require_for(by, Permission.EDIT_RECORDS, records)
    if visibility == Visibility.RESTRICTED and not because.strip():
        raise Refused("Say why it is restricted: the category, and the reason.")
    event = record_event(
        f"made {visibility}", by=by, subject=together([row.reference for row in records]), reason=said(reason)
    )
    write(
        fact(VisibilityChange, row, today(), event, visibility=Visibility(visibility), because=because.strip()[:300])
        for row in records
    )
    return event
