"""What the pages of reviews show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from goldthread.domain.register.models import Record
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.reviews.queries import ReviewAt
from goldthread.domain.reviews.terms import Polarity, ReviewKind
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.entries import address_of, shortened
from goldthread.web.rows import EntryRow, row_on_day

POLARITY_COLOURS = {Polarity.STRENGTH: "green", Polarity.IMPROVEMENT: "orange", Polarity.NEUTRAL: "grey"}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with what it says, in words and a colour."""

    row: EntryRow
    polarity: Tag


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review in the list."""

    reference: str
    title: str
    href: str
    kind: str
    recommendations: int
    findings: int


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


def review_line(review: Record, counts: Mapping[str, int]) -> ReviewLine:
    """The line of a review with its counts by kind."""
    about = getattr(review, "review", None)
    return ReviewLine(
        reference=review.reference,
        title=shortened(review.heading, 160),
        href=address_of(review),
        kind=ReviewKind(about.kind).label if about and about.kind != ReviewKind.OTHER else "",
        recommendations=counts.get(RecordKind.RECOMMENDATION, 0),
        findings=counts.get(RecordKind.FINDING, 0),
    )
