"""Reporting on one record: what happened, and with it another state, date, forecast, rating, issue or evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.following import follow_recorded
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Body, Meeting, Owner
from goldthread.domain.register.access import may, require_for
from goldthread.domain.register.actions.assurance import declaration
from goldthread.domain.register.actions.dates import moved_date, proposal
from goldthread.domain.register.actions.evidence import NewEvidence, pieces
from goldthread.domain.register.models import DueDate, Record, StateChange, Update
from goldthread.domain.register.models.as_at import RecordAt, stood_today
from goldthread.domain.register.models.writing import fact, write_about
from goldthread.domain.register.rules import said, wanted_date
from goldthread.domain.register.terms import GONE, NEEDS_A_REASON, State
from goldthread.kernel.clock import LONDON, today
from goldthread.kernel.days import printed
from goldthread.kernel.timescales import Timescale


class Conflict(Refused):
    """Somebody has reported on the record since the writer looked: both texts are kept here, to be shown side by side.

    ``theirs`` is the newer update on record (its text, ``by``, ``recorded``), ``yours`` the text that was not saved.
    """

    def __init__(self, *, record: Record, theirs: Update, yours: str) -> None:
        at = theirs.recorded.astimezone(LONDON)
        super().__init__(
            f"{theirs.by.name} reported on {record.reference} on {printed(at.date())} at {at:%H:%M}, after you opened it: "
            "read both texts, then save yours again."
        )
        self.record, self.theirs, self.yours = record, theirs, yours


@dataclass(frozen=True, slots=True)
class Found:
    """A record as somebody who may report on it finds it, read before anything is held or written."""

    stood: RecordAt
    viewer: Viewer
    revisions: tuple[int, int | None]  # of the record and of the plan it stands in

    @property
    def record(self) -> Record:
        """The record itself."""
        return self.stood.record


def found_for_report(*, record: Record, by: User) -> Found:
    """Read all that a report on a record is judged by, for ``report_progress`` to be quick while it keeps others waiting.

    Raises NotAllowed for who may not report on it, Refused where it does not stand today.
    """
    viewer = require_for(by, Permission.ADD_UPDATES, [record])
    before = Record.objects.select_related("within").get(pk=record.pk)
    return Found(stood_today([record])[record.pk], viewer, _revisions(before))


def _revisions(record: Record) -> tuple[int, int | None]:
    return record.revision, record.within.revision if record.within is not None else None


def _held(found: Found, by: User) -> Found:
    """What was found, now that nobody else can change it: read again where it has moved since. Holds the record's row."""
    rows = Record.objects.select_related("within").select_for_update(of=("self",), no_key=True)
    row = rows.get(pk=found.record.pk)
    if _revisions(row) == found.revisions:
        return found
    return found_for_report(record=row, by=by)


@dataclass(frozen=True, slots=True)
class _Report:
    """What was said, as the parts of a report need it."""

    stood: RecordAt
    viewer: Viewer
    day: date
    event: Event

    @property
    def record(self) -> Record:
        return self.stood.record


def report_progress(
    *,
    record: Record,
    text: str,
    as_at: date,
    by: User,
    said_by: Owner | None = None,
    state: str | None = None,
    state_reason: str = "",
    rating: str | None = None,
    rating_reason: str = "",
    forecast_on: date | None = None,
    issue: str | None = None,
    due_on: date | str | None = None,
    due_reason: str = "",
    agreed_by: Body | None = None,
    meeting: Meeting | None = None,
    no_change_because: str = "",
    evidence: Sequence[NewEvidence] = (),
    based_on: int | None = None,
    event: Event | None = None,
    found: Found | None = None,
) -> Update:
    """Report on a record as at a day: an update with all that goes with it, as one action (or part of a caller's event).

    ``said_by`` is the owner who speaks (the accountable one), ``state`` another State with ``state_reason`` (how one can see
    that it is complete, where no evidence shows it; why it is on hold, stopped or superseded), ``rating`` a declared rating
    ("" takes one back), ``forecast_on`` the day on which the lead now expects to finish, ``issue`` what stands in the way
    ("" nothing any more), ``due_on`` another due date as a day or in words: by somebody who may not edit the record a proposal
    with the body that they name; else it holds, and one that moves needs who agreed. Moving one asks why. ``based_on`` is the
    id of the last update that the writer had seen (0: none), ``found`` what ``found_for_report`` read before a transaction.

    Raises Conflict where a newer update stands, NotAllowed, and Refused with what is missing; then nothing is written.
    """
    words = _words(text, no_change_because)
    if as_at > today():
        raise Refused("An update speaks of today or earlier; give a day that has come.")
    found = found or found_for_report(record=record, by=by)
    with transaction.atomic(savepoint=event is None):
        found = _held(found, by)
        record, stood = found.record, found.stood
        _refuse_conflict(stood, based_on, words)
        alone, why = event is None, due_reason or state_reason or rating_reason
        event = event or record_event("updated", by=by, subject=record.reference, reason=why.strip())
        report = _Report(stood, found.viewer, as_at, event)
        update: Update = fact(
            Update, record, as_at, event,
            text=words, said_by=said_by or stood.accountable, no_change=not text.strip(),
            forecast_on=forecast_on, issue=None if issue is None else issue.strip(), reason="",
        )  # fmt: skip
        shown = pieces(record=record, new=evidence, as_at=as_at, event=event)
        moved = _state(report, state, state_reason, bool(shown or stood.evidence))
        dated = _date(report, due_on, due_reason, agreed_by, meeting)
        rows: list[Any] = [update, *shown, *moved, *dated]
        if rating is not None:
            rows += _rating(report, update, moved, dated, value=rating, reason=rating_reason, by=by)
        write_about(record, stood, rows)
        if alone:
            follow_recorded(update, event)
    return update


def _rating(
    report: _Report, update: Update, moved: list[Any], dated: list[Any], *, value: str, reason: str, by: User
) -> list[Any]:
    """The rating that a report declares, judged as the record stands with everything else that the report says."""
    stood = report.stood
    then = replace(stood, updates=[*stood.updates, update], states=[*stood.states, *moved])
    then.due_dates = [*stood.due_dates, *(row for row in dated if isinstance(row, DueDate))]
    return declaration(stood=then, value=value, by=by, reason=reason, as_at=report.day, event=report.event)


def _words(text: str, no_change_because: str) -> str:
    if text.strip():
        return text.strip()
    if no_change_because.strip():
        return f"No change: {no_change_because.strip()}"
    raise Refused("Write what happened, or say why nothing has changed; an update without words says nothing.")


def _refuse_conflict(stood: RecordAt, based_on: int | None, words: str) -> None:
    if based_on is None or not stood.updates:
        return
    newest = max(stood.updates, key=lambda row: row.pk)
    if newest.pk > based_on:
        raise Conflict(record=stood.record, theirs=newest, yours=words)


def _state(report: _Report, state: str | None, reason: str, shown: bool) -> list[StateChange]:
    """The change of state that a report makes, where it makes one."""
    stood = report.stood
    if not state or state == stood.state:
        return []
    to = State(state)
    if to in GONE or stood.gone:
        raise Refused(f"An update does not take {stood.reference} out of the lists or back; withdraw or reopen it.")
    if to is State.COMPLETE and not (shown or reason.strip()):
        raise Refused(f"Say how one can see that {stood.reference} is complete, or add evidence that shows it.")
    if to in NEEDS_A_REASON and not reason.strip():
        raise Refused(f"Say why {stood.reference} is {to.label.lower()}.")
    if stood.states and report.day < stood.states[-1].as_at:
        since = f"{State(stood.state).label.lower()} since {printed(stood.states[-1].as_at)}"
        raise Refused(f"{stood.reference} is {since}; its state can change on that day or later.")
    return [fact(StateChange, report.record, report.day, report.event, state=to, reason=reason.strip())]


def _date(
    report: _Report, due_on: date | str | None, reason: str, agreed_by: Body | None, meeting: Meeting | None
) -> list[Any]:
    """The date that a report sets or proposes, where it speaks of one."""
    wanted = wanted_date(due_on) if due_on else None
    stood = report.stood
    if wanted is None or (stood.due is not None and stood.due_on == wanted.end and wanted.end is not None):
        return []
    if agreed_by is None and meeting is not None:
        agreed_by = meeting.body
    if stood.due_on is not None and not reason.strip():
        raise Refused(f"Say why the date of {stood.reference} moves.")
    if not may(report.viewer, Permission.EDIT_RECORDS, report.record):
        return _proposed(report, wanted, said(reason), agreed_by)
    if stood.due_on is not None and agreed_by is None:
        raise Refused(f"Say which body agreed the new date of {stood.reference}, or propose the date instead.")
    return [
        moved_date(
            stood=stood, wanted=wanted, as_at=report.day, event=report.event,
            reason=reason.strip(), agreed_by=agreed_by, meeting=meeting,
        )
    ]  # fmt: skip


def _proposed(report: _Report, wanted: Timescale, reason: str, agreed_by: Body | None) -> list[Any]:
    """The date as one that waits, with the body that is said to have agreed it; none where the same waits already."""
    waiting = [row for row in report.stood.proposed_dates if not row.milestone]
    if any(row.due_on == wanted.end and row.agreed_by_id == (agreed_by.pk if agreed_by else None) for row in waiting):
        return []
    return [
        proposal(
            record=report.record, wanted=wanted, as_at=report.day, event=report.event, reason=reason, agreed_by=agreed_by
        )
    ]  # fmt: skip


def add_update(
    *,
    record: Record,
    text: str,
    by: User,
    as_at: date | None = None,
    state: str | None = None,
    timescale: str | None = None,
    reason: str = "",
    agreed_by: Body | None = None,
) -> Update:
    """A short report on a record as at a day (today): words, and with them another state or date; else as report_progress."""
    return report_progress(
        record=record, text=text, as_at=as_at or today(), by=by, agreed_by=agreed_by,
        state=state, state_reason=reason or text, due_on=timescale, due_reason=reason,
    )  # fmt: skip
