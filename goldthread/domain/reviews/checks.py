"""Checks of reviews: GT300–GT349."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.commons.checks.catalogue import Finding, Looking, check
from goldthread.commons.checks.terms import Severity
from goldthread.domain.register.checks import found, records_of
from goldthread.domain.register.models.record_at import RecordAt
from goldthread.domain.register.queries.hanging import hanging_on
from goldthread.domain.register.terms import LIVE, RecordKind, Relation
from goldthread.domain.reviews.models import Response
from goldthread.domain.reviews.queries.facts import ReviewFacts, clocks, responses
from goldthread.domain.reviews.terms import Answer, StepState
from goldthread.kernel.days import printed


def _reviews(looking: Looking) -> list[RecordAt]:
    return [row for row in records_of(looking) if row.kind == RecordKind.REVIEW]


def _recommendations(looking: Looking) -> list[RecordAt]:
    """Recommendations that still ask for work."""
    return [row for row in records_of(looking) if row.kind == RecordKind.RECOMMENDATION and row.state in LIVE]


def _responses(looking: Looking) -> dict[int, Response]:
    def read() -> dict[int, Response]:
        rows = [row.record for row in _recommendations(looking)]
        return responses(rows, viewer=looking.viewer, as_at=looking.on)

    return looking.once("reviews.responses", read)


def _answered(looking: Looking) -> set[int]:
    """Recommendations that an action or an objective answers."""

    def read() -> set[int]:
        ids = [row.record.pk for row in _recommendations(looking)]
        return set(hanging_on(ids, Relation.ANSWERS, viewer=looking.viewer, as_at=looking.on))

    return looking.once("reviews.answered", read)


def _facts(looking: Looking) -> dict[int, ReviewFacts]:
    def read() -> dict[int, ReviewFacts]:
        return {one.record.pk: one for one in clocks(viewer=looking.viewer, on=looking.on)}

    return looking.once("reviews.clocks", read)


@check(
    "GT301",
    "A recommendation that nothing answers",
    severity=Severity.WARNING,
    what_to_do="Record what the council answers, and tie the actions that carry it out.",
)
def unanswered(looking: Looking) -> Iterator[Finding]:
    """No response on record, no action that answers it, and no update."""
    for row in _recommendations(looking):
        silent = row.last_update is None and row.record.pk not in _responses(looking)
        if silent and row.record.pk not in _answered(looking):
            yield found(row, "has no response, no action that answers it, and no update.")


@check(
    "GT302",
    "Accepted, and nothing carries it out",
    severity=Severity.WARNING,
    what_to_do="Tie an action to it, or report on it directly.",
)
def accepted_and_idle(looking: Looking) -> Iterator[Finding]:
    """Accepted in whole or in part, with neither an action nor an update."""
    for row in _recommendations(looking):
        response = _responses(looking).get(row.record.pk)
        accepted = response is not None and response.answer in (Answer.ACCEPTED, Answer.PARTLY)
        if accepted and row.last_update is None and row.record.pk not in _answered(looking):
            yield found(row, "was accepted, and no action or update carries it out.")


@check(
    "GT303",
    "Rejected, and actions answer it",
    severity=Severity.WARNING,
    what_to_do="End the links, or record that the answer has changed.",
)
def rejected_and_worked_on(looking: Looking) -> Iterator[Finding]:
    """The council said no, and the plan says yes."""
    for row in _recommendations(looking):
        response = _responses(looking).get(row.record.pk)
        if response is not None and response.answer == Answer.REJECTED and row.record.pk in _answered(looking):
            yield found(row, "was rejected, and an action is tied to it as its answer.")


@check(
    "GT304",
    "A review without a day",
    severity=Severity.WARNING,
    what_to_do="Record when it took place: its clock starts then.",
)
def review_without_day(looking: Looking) -> Iterator[Finding]:
    """Neither the first nor the last day is on record, so nobody can tell what is due."""
    for row in _reviews(looking):
        facts = _facts(looking).get(row.record.pk)
        if facts is not None and facts.dates.started is None and facts.dates.ended is None:
            yield found(row, "has no day on which it took place.")


@check(
    "GT305",
    "A step of the clock is past and not on record",
    severity=Severity.WARNING,
    what_to_do="Record when it happened, or agree with the reviewers when it will.",
)
def clock_passed(looking: Looking) -> Iterator[Finding]:
    """A step that a rule or the review's own words put on a day, which passed without it."""
    for row in _reviews(looking):
        facts = _facts(looking).get(row.record.pk)
        past = [step for step in facts.steps if step.state == StepState.NOT_ON_RECORD and step.due_on] if facts else []
        if past and past[0].due_on is not None:
            more = f", and {len(past) - 1} more" if len(past) > 1 else ""
            said = f"has nothing on record of “{past[0].title}”, due on {printed(past[0].due_on)}{more}"
            yield found(row, f"{said}.")


@check(
    "GT306",
    "A review that holds nothing",
    severity=Severity.NOTE,
    what_to_do="Import its report, or write its findings and recommendations.",
)
def empty_review(looking: Looking) -> Iterator[Finding]:
    """Neither a finding nor a recommendation."""
    holding = {row.record.within_id for row in records_of(looking)}
    for row in _reviews(looking):
        if row.record.pk not in holding:
            yield found(row, "has no finding and no recommendation on record.")
