"""What the pages of reviews show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.reviews.models import Response
from goldthread.domain.reviews.queries import ReviewAt, ReviewFacts
from goldthread.domain.reviews.rules.clocks import StepOnDay
from goldthread.domain.reviews.terms import Answer, Polarity, ReviewKind, StepState
from goldthread.kernel.days import printed
from goldthread.kernel.shortening import shortened
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.entries import address_of
from goldthread.web.rows import EntryRow, row_on_day

STEP_COLOURS = {
    StepState.MET: "green",
    StepState.LATE: "orange",
    StepState.NOT_ON_RECORD: "red",
    StepState.DUE: "",
    StepState.DONE: "green",
    StepState.UNKNOWN: "grey",
}
ANSWER_COLOURS = {Answer.ACCEPTED: "green", Answer.PARTLY: "yellow", Answer.REJECTED: "red"}
POLARITY_COLOURS = {Polarity.STRENGTH: "green", Polarity.IMPROVEMENT: "orange", Polarity.NEUTRAL: "grey"}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with what it says, in words and a colour."""

    row: EntryRow
    polarity: Tag


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the clock with its state in words and a colour."""

    step: StepOnDay
    state: Tag
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A recommendation with what the council answered and the entries that carry it out."""

    row: EntryRow
    answer: Tag | None
    why: str
    agreed: str
    sponsor: str
    actions: list[tuple[str, str, str]]  # reference, address, words


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review in the list."""

    reference: str
    title: str
    href: str
    kind: str
    recommendations: int
    findings: int
    unrecorded: int = 0
    next_step: str = ""
    next_on: date | None = None


def polarity_tag(value: str) -> Tag:
    """The tag of a finding's polarity; an unknown word counts as neutral."""
    polarity = Polarity(value) if value in Polarity.values else Polarity.NEUTRAL
    return Tag(polarity.label, POLARITY_COLOURS[polarity])


def findings_by_theme(found: ReviewAt, *, query: str) -> list[tuple[str, list[FindingRow]]]:
    """The findings under their themes, in printed order."""
    return [
        (theme, [FindingRow(row_on_day(row, {}, query=query), polarity_tag(_polarity(row.details))) for row in rows])
        for theme, rows in found.themes.items()
    ]


def polarity_bar(found: ReviewAt) -> Bar:
    """How many findings are strengths, areas for improvement, neutral."""
    counts = Counter(polarity_tag(_polarity(row.details)).text for rows in found.themes.values() for row in rows)
    return stacked("Findings", [(one.label, counts[one.label], POLARITY_COLOURS[one], "") for one in Polarity])


def _polarity(details: dict[str, object]) -> str:
    return str(details.get("polarity") or "")


def step_lines(found: ReviewFacts) -> list[StepLine]:
    """The steps of a review's clock."""
    source = found.clock.source if found.clock else ""
    return [
        StepLine(
            step,
            Tag(step.state.label, STEP_COLOURS[step.state], step.because),
            step.because if step.because != source else "",
        )
        for step in found.steps
    ]


def answered(row: EntryRow, response: Response | None, actions: Iterable[RecordAt], *, query: str) -> Answered:
    """A recommendation with its answer and its actions."""
    links = [(one.reference, address_of(one.record) + query, shortened(one.heading, 90)) for one in actions]
    if response is None:
        return Answered(row, None, "", "", "", links)
    answer = Answer(response.answer)
    body = response.meeting or response.agreed_by
    agreed = f"{response.meeting.body}" if response.meeting else str(body or "")
    return Answered(
        row,
        Tag(answer.label, ANSWER_COLOURS[answer]),
        response.reason,
        f"{agreed}, {printed(response.as_at)}" if agreed else printed(response.as_at),
        str(response.sponsor or ""),
        links,
    )


def review_line(review: Record, counts: Mapping[str, int], found: ReviewFacts | None) -> ReviewLine:
    """The line of a review with its counts by kind, and where its clock stands."""
    steps = found.steps if found else []
    due = next((step for step in steps if step.state == StepState.DUE), None)
    kind = ReviewKind(found.kind) if found else ReviewKind.OTHER
    return ReviewLine(
        reference=review.reference,
        title=shortened(review.heading, 160),
        href=address_of(review),
        kind=kind.label if kind != ReviewKind.OTHER else "",
        recommendations=counts.get(RecordKind.RECOMMENDATION, 0),
        findings=counts.get(RecordKind.FINDING, 0),
        unrecorded=sum(step.state == StepState.NOT_ON_RECORD for step in steps),
        next_step=due.title if due else "",
        next_on=due.due_on if due else None,
    )
