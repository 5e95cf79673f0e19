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
from goldthread.domain.register.models import (
    Accountability,
    Confirmation,
    Evidence,
    Link,
    Rating,
    Record,
    Series,
    StateChange,
    Update,
    Version,
    VisibilityChange,
)
from goldthread.domain.register.models.as_at import RecordAt, stand
from goldthread.domain.register.models.writing import (
    NewRecord,
    allocate,
    copy_of,
    create_records,
    due_date,
    fact,
    new_series,
    write,
)
from goldthread.domain.register.terms import CONTAINERS, GONE, OwnerRole, Relation, State, Visibility
from goldthread.kernel.clock import today
from goldthread.kernel.timescales import parse_timescale


def _said(reason: str) -> str:
    """A reason with something in it. Raises Refused for an empty one."""
    if not reason.strip():
        raise Refused("Say why: a change of the register needs a reason.")
    return reason.strip()


def _subject(records: Sequence[Record]) -> str:
    names = [row.reference for row in records]
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _stood(records: Sequence[Record]) -> dict[int, RecordAt]:
    """Records as they stand now. Raises Refused where one of them has no standing wording."""
    found = {
        row.record.pk: row
        for row in stand(Record.objects.filter(pk__in=[r.pk for r in records]), as_at=None, known_on=None)
    }
    for record in records:
        if record.pk not in found:
            raise Refused(f"{record.reference} does not stand today; look at it on a day when it did.")
    return found


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
    held = _stood([record])[record.pk].version
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
    event = record_event("edited", by=by, subject=record.reference, reason=_said(reason))
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
    stood = _stood(records)
    event = record_event("moved", by=by, subject=_subject(records), reason=_said(reason), detail={"to": to.reference})
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
    if target.pk in _stood([record])[record.pk].targets(relation):
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
    if target.pk not in _stood([record])[record.pk].targets(relation):
        raise Refused(f"{record.reference} does not hang on {target.reference} in that way.")
    event = record_event(
        "unlinked", by=by, subject=record.reference, reason=_said(reason), detail={"to": target.reference}
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
    day, stood = as_at or today(), _stood(records)
    event = record_event(
        "reassigned", by=by, subject=_subject(records), reason=_said(reason), detail={"to": owner.name}
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
def add_update(
    *,
    record: Record,
    text: str,
    by: User,
    as_at: date | None = None,
    state: str | None = None,
    timescale: str | None = None,
    reason: str = "",
) -> Update:
    """Report on a record as at a day (today): words, and with them another state or another date (which needs a reason)."""
    require_for(by, Permission.ADD_UPDATES, [record])
    if not text.strip():
        raise Refused("Write what happened; an update without words says nothing.")
    day, stood = as_at or today(), _stood([record])[record.pk]
    if day > today():
        raise Refused("An update speaks of today or earlier; give a day that has come.")
    event = record_event("updated", by=by, subject=record.reference, reason=reason)
    update: Update = fact(Update, record, day, event, text=text.strip(), said_by=stood.accountable)
    rows: list[Any] = [update]
    if state and state != stood.state:
        rows.append(fact(StateChange, record, day, event, state=State(state)))
    if timescale and timescale.strip() and (stood.due is None or stood.due.text != timescale.strip()):
        if stood.due_on is not None:
            _said(reason)
        rows.append(due_date(record, parse_timescale(timescale.strip()), day, event))
    write(rows)
    return Update.objects.get(event=event, record=record)


@transaction.atomic
def set_due_date(
    *, records: Sequence[Record], timescale: str, by: User, reason: str, as_at: date | None = None
) -> Event:
    """Set by when, from words that people use ("31 March 2026", "Q2 2026/27"). Earlier dates stay on record.

    Raises Refused where the words name no day and are none of the known timescales.
    """
    require_for(by, Permission.EDIT_RECORDS, records)
    parsed = parse_timescale(timescale.strip())
    if parsed.sort == "unknown":
        raise Refused(f"“{timescale}” is not a date; write it like 31 March 2026, March 2026 or Q4 2025/26.")
    event = record_event(
        "set a date", by=by, subject=_subject(records), reason=_said(reason), detail={"to": parsed.text}
    )
    write(due_date(record, parsed, as_at or today(), event) for record in records)
    return event


@transaction.atomic
def change_state(*, records: Sequence[Record], state: str, by: User, reason: str, as_at: date | None = None) -> Event:
    """Move records to a state (complete, on hold, stopped, open again …) from a day on."""
    permission = Permission.WITHDRAW_RECORDS if state in GONE else Permission.EDIT_RECORDS
    require_for(by, permission, records)
    verb = {State.WITHDRAWN: "withdrew", State.OPEN: "opened again"}.get(State(state), f"marked as {state}")
    event = record_event(verb, by=by, subject=_subject(records), reason=_said(reason))
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
        "merged", by=by, subject=_subject(records), reason=_said(reason), detail={"into": into.reference}
    )
    rows: list[Any] = []
    for record in records:
        rows.append(fact(StateChange, record, today(), event, state=State.MERGED))
        rows.append(fact(Link, record, today(), event, target=into, relation=Relation.MERGED_INTO))
    children = list(Record.objects.filter(parent__in=[row.pk for row in records]))
    for child, stood in ((child, _stood(children)[child.pk]) for child in children):
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
    event = record_event("checked", by=by, subject=_subject(waiting))
    # Checking speaks of the day from which the record stands, so that a report as at that day shows it as checked.
    stood = _stood(waiting)
    write(fact(Confirmation, row, stood[row.pk].version.as_at, event, checked=True) for row in waiting)
    return event


@transaction.atomic
def change_visibility(*, records: Sequence[Record], visibility: str, by: User, reason: str, because: str = "") -> Event:
    """Open or close records to others from today on. Raises Refused where a restricted one has no category and why."""
    require_for(by, Permission.EDIT_RECORDS, records)
    if visibility == Visibility.RESTRICTED and not because.strip():
        raise Refused("Say why it is restricted: the category, and the reason.")
    event = record_event(f"made {visibility}", by=by, subject=_subject(records), reason=_said(reason))
    write(
        fact(VisibilityChange, row, today(), event, visibility=Visibility(visibility), because=because.strip()[:300])
        for row in records
    )
    return event


@transaction.atomic
def declare_rating(*, record: Record, value: str, by: User, reason: str, as_at: date | None = None) -> Event:
    """Declare a rating beside the computed one, with a reason; both are kept and shown. An empty value takes it back."""
    require_for(by, Permission.EDIT_RECORDS, [record])
    event = record_event("declared a rating", by=by, subject=record.reference, reason=_said(reason))
    write([fact(Rating, record, as_at or today(), event, value=value)])
    return event


@transaction.atomic
def add_evidence(
    *,
    record: Record,
    title: str,
    by: User,
    link: str = "",
    sha256: str = "",
    file_name: str = "",
    as_at: date | None = None,
) -> Evidence:
    """Attach a piece of evidence: a link (never fetched), or a file that commons.files holds."""
    require_for(by, Permission.ADD_UPDATES, [record])
    if not (link or sha256):
        raise Refused("Give a file or a link as evidence.")
    event = record_event("added evidence", by=by, subject=record.reference)
    row: Evidence = fact(
        Evidence, record, as_at or today(), event,
        title=title.strip()[:300] or file_name or link, link=link, sha256=sha256, file_name=file_name,
    )  # fmt: skip
    write([row])
    return Evidence.objects.get(event=event)
