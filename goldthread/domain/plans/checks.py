"""Checks of plans: GT100–GT199."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from goldthread.commons.checks.catalogue import Finding, Looking, check
from goldthread.commons.checks.terms import Severity
from goldthread.domain.register.checks import found, records_of
from goldthread.domain.register.models.record_at import RecordAt
from goldthread.domain.register.terms import ANSWERABLE, LIVE, RecordKind, State
from goldthread.kernel.days import printed

_ENDLESS = ("ongoing", "recurring")
_WAITS = timedelta(days=30)
_SILENT = timedelta(days=183)


def _of_plans(looking: Looking, *kinds: str) -> list[RecordAt]:
    """Entries of some kinds that stand within a plan which the viewer sees."""
    rows = records_of(looking)
    plans = {row.record.pk for row in rows if row.kind == RecordKind.PLAN}
    return [row for row in rows if row.kind in kinds and row.record.within_id in plans]


@check(
    "GT101",
    "An action under no objective",
    severity=Severity.WARNING,
    what_to_do="Move it under the objective that it serves.",
)
def action_without_objective(looking: Looking) -> Iterator[Finding]:
    """Only in plans that have objectives: a plain list of actions is no fault."""
    objectives = {row.record.pk: row.record.within_id for row in _of_plans(looking, RecordKind.OBJECTIVE)}
    grouped = set(objectives.values())
    for row in _of_plans(looking, RecordKind.ACTION):
        if row.record.within_id in grouped and row.parent_id not in objectives and row.state in LIVE:
            yield found(row, "stands under no objective of its plan.")


@check(
    "GT102",
    "An objective without a success criterion",
    severity=Severity.WARNING,
    what_to_do="Write how one will see that it is reached.",
)
def objective_without_criterion(looking: Looking) -> Iterator[Finding]:
    """Open objectives with actions, and nothing that says how one will know."""
    measured = {row.parent_id for row in _of_plans(looking, RecordKind.CRITERION)}
    worked_on = {row.parent_id for row in _of_plans(looking, RecordKind.ACTION) if row.state in LIVE}
    for row in _of_plans(looking, RecordKind.OBJECTIVE):
        if row.state in LIVE and row.record.pk in worked_on and row.record.pk not in measured:
            yield found(row, "has no success criterion.")


@check(
    "GT103",
    "An objective without an action",
    severity=Severity.NOTE,
    what_to_do="Write what is to be done, or withdraw the objective.",
)
def objective_without_action(looking: Looking) -> Iterator[Finding]:
    """Open objectives under which nothing stands."""
    worked_on = {row.parent_id for row in _of_plans(looking, RecordKind.ACTION)}
    for row in _of_plans(looking, RecordKind.OBJECTIVE):
        if row.state in LIVE and row.record.pk not in worked_on:
            yield found(row, "has no action.")


@check(
    "GT104",
    "An action without a date",
    severity=Severity.WARNING,
    what_to_do="Agree by when it is to be done.",
)
def action_without_date(looking: Looking) -> Iterator[Finding]:
    """Open actions by no day; what is said to go on or to recur has an answer, if no date."""
    for row in _of_plans(looking, RecordKind.ACTION):
        if row.state == State.OPEN and row.due_on is None and (row.due is None or row.due.sort not in _ENDLESS):
            yield found(row, "has no date by which it is to be done.")


@check(
    "GT105",
    "Complete and not verified",
    severity=Severity.NOTE,
    what_to_do="Ask somebody who did not report it to look, and to record what they saw.",
)
def complete_unverified(looking: Looking) -> Iterator[Finding]:
    """The lead says that it is done; nobody else has checked."""
    for row in _of_plans(looking, *ANSWERABLE):
        if row.state == State.COMPLETE and (row.verification is None or not row.verification.verified):
            yield found(row, "is reported as complete, and nobody else has verified it.")


@check(
    "GT106",
    "The same action twice",
    severity=Severity.WARNING,
    what_to_do="Merge one into the other.",
)
def duplicate(looking: Looking) -> Iterator[Finding]:
    """Two live entries of one plan and kind under one objective with the same words."""
    seen: dict[tuple[object, ...], str] = {}
    for row in _of_plans(looking, *ANSWERABLE):
        words = " ".join(row.text.casefold().split()).strip(" .;:")
        key = (row.record.within_id, row.kind, row.parent_id, words)
        if row.state not in LIVE or len(words.split()) < 3:
            continue
        if key in seen:
            yield found(row, f"has the same words as {seen[key]}.")
        seen.setdefault(key, row.reference)


@check(
    "GT107",
    "Everything under it is done",
    severity=Severity.NOTE,
    what_to_do="Say whether the objective is reached, and close it.",
)
def objective_all_done(looking: Looking) -> Iterator[Finding]:
    """Open objectives whose every action is complete."""
    below: dict[int, list[str]] = defaultdict(list)
    for row in _of_plans(looking, RecordKind.ACTION):
        if row.parent_id is not None:
            below[row.parent_id].append(row.state)
    for row in _of_plans(looking, RecordKind.OBJECTIVE):
        states = below.get(row.record.pk, [])
        if row.state in LIVE and states and all(state == State.COMPLETE for state in states):
            yield found(row, "is open, and every action under it is complete.")


@check(
    "GT108",
    "A proposed date waits for a decision",
    severity=Severity.WARNING,
    what_to_do="Accept the date or refuse it, with a reason.",
)
def proposal_waits(looking: Looking) -> Iterator[Finding]:
    """Dates proposed more than a month ago that nobody has decided upon."""
    for row in _of_plans(looking, *ANSWERABLE):
        waiting = [one.row for one in row.proposals if one.pending and one.row.as_at + _WAITS < looking.on]
        if row.state in LIVE and waiting:
            yield found(row, f"has a date proposed on {printed(waiting[0].as_at)} that nobody has decided on.")


@check(
    "GT109",
    "Nothing heard for half a year",
    severity=Severity.NOTE,
    what_to_do="Ask its lead for an update.",
)
def silent_for_long(looking: Looking) -> Iterator[Finding]:
    """Open actions whose newest update is older than half a year, while others of the plan were reported since."""
    newest: dict[int | None, list[RecordAt]] = defaultdict(list)
    for row in _of_plans(looking, *ANSWERABLE):
        if row.last_update is not None and row.last_update.as_at > looking.on - _SILENT:
            newest[row.record.within_id].append(row)
    for row in _of_plans(looking, *ANSWERABLE):
        last = row.last_update
        if (
            row.state in LIVE
            and last is not None
            and last.as_at <= looking.on - _SILENT
            and newest[row.record.within_id]
        ):
            yield found(row, f"was last reported on {printed(last.as_at)}.")
