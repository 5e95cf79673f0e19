"""A report as flat tables for spreadsheets and data: one row to an action, a completed action, a recommendation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goldthread.reporting import cells
from goldthread.reporting.comparing import SORTS, WHAT
from goldthread.reporting.model import ActionRow, CompletedRow, Lead, OtherRow, Rating, RecommendationRow, Report, Row
from goldthread.reporting.wording import lines, one_line

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """A column: its heading, and the width that suits it in characters."""

    label: str
    width: int


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table of plain values; a text may hold line feeds."""

    name: str
    columns: tuple[FlatColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


LEADS = (
    FlatColumn("Lead", 28),
    FlatColumn("Held by", 24),
    FlatColumn("Printed as", 22),
    FlatColumn("Lead matched", 13),
)
_START = (FlatColumn("Reference", 12),)
SHARED = (
    FlatColumn("Supporting", 28),
    FlatColumn("State", 12),
    FlatColumn("State, as printed", 22),
    FlatColumn("Due, as printed", 20),
    FlatColumn("Due date", 13),
    FlatColumn("First due date", 13),
    FlatColumn("Slip in days", 8),
    FlatColumn("Times moved", 8),
    FlatColumn("Lead expects", 13),
    FlatColumn("Late", 7),
    FlatColumn("Verified", 10),
    FlatColumn("Effective", 16),
    FlatColumn("In the way", 30),
    FlatColumn("Update", 80),
    FlatColumn("Update as at", 13),
    FlatColumn("Document", 28),
    FlatColumn("Place", 22),
    FlatColumn("Checked", 10),
    FlatColumn("Marks", 24),
)
RATING = (FlatColumn("Rating", 18), FlatColumn("Rating by the rule", 18), FlatColumn("Why this rating", 40))

ACTIONS = (
    *_START,
    FlatColumn("Theme", 24),
    FlatColumn("Group", 24),
    FlatColumn("Objective", 40),
    FlatColumn("Success criteria", 40),
    FlatColumn("Action", 50),
    *LEADS,
    *RATING,
    *SHARED,
)
COMPLETED = (
    *_START,
    FlatColumn("Section", 32),
    FlatColumn("Objective", 40),
    FlatColumn("Success criteria", 40),
    FlatColumn("Action", 50),
    FlatColumn("Completed, as printed", 22),
    FlatColumn("Completed by", 13),
    *LEADS,
    *SHARED,
)
RECOMMENDATIONS = (
    *_START,
    FlatColumn("Number", 9),
    FlatColumn("Under", 32),
    FlatColumn("Title", 28),
    FlatColumn("Key risk", 44),
    FlatColumn("Recommendation", 50),
    FlatColumn("Risk rating", 11),
    FlatColumn("Response", 28),
    *LEADS,
    *SHARED,
)
OTHERS = (*_START, FlatColumn("Kind", 16), FlatColumn("Section", 32), FlatColumn("Entry", 60), *LEADS, *SHARED)


def actions(report: Report) -> FlatTable:
    """Every open action with its theme, group, objective and criteria; an objective without one has a row of its own."""
    return FlatTable("Actions", ACTIONS, tuple(_actions(report)))


def completed(report: Report) -> FlatTable:
    """Every completed action."""
    return FlatTable("Completed", COMPLETED, tuple(_completed(row) for row in report.completed))


def recommendations(report: Report) -> FlatTable:
    """Every recommendation."""
    rows = tuple(_recommendation(row, group.heading) for group in report.recommendations for row in group.rows)
    return FlatTable("Recommendations", RECOMMENDATIONS, rows)


def others(report: Report) -> FlatTable:
    """Every entry of another kind."""
    return FlatTable("Other entries", OTHERS, tuple(_other(row) for row in report.others))


CHANGES = (
    *_START,
    FlatColumn("Kind", 16),
    FlatColumn("Sort", 12),
    FlatColumn("Entry", 50),
    FlatColumn("Section", 36),
    FlatColumn("What changed", 18),
    FlatColumn("Was", 50),
    FlatColumn("Now", 50),
)
CHARTS = (FlatColumn("Chart", 28), FlatColumn("What", 32), FlatColumn("How many", 10), FlatColumn("Out of", 10))


def changes(report: Report) -> FlatTable:
    """Every difference, a row each; an entry that is new or gone has one row."""
    return FlatTable("Changes", CHANGES, tuple(_changes(report)))


def charts(report: Report) -> FlatTable:
    """The figures of every chart."""
    rows = ((one_line(c.title), one_line(bar.label), bar.value, c.total) for c in report.charts for bar in c.bars)
    return FlatTable("Charts", CHARTS, tuple(rows))


def tables(report: Report) -> tuple[FlatTable, ...]:
    """The tables of a report of any kind, in order."""
    if report.comparison is not None:
        return (changes(report),)
    if report.charts:
        return (charts(report),)
    more = (others(report),) if report.others else ()
    if not report.part:
        return (actions(report), completed(report), recommendations(report), *more)
    return tuple(
        table for table in (actions(report), completed(report), recommendations(report), *more) if table.rows
    ) or (actions(report),)


def _changes(report: Report) -> Iterator[tuple[Value, ...]]:
    for row in report.changes:
        start = (one_line(row.reference), one_line(row.kind), SORTS[row.sort], _text(row.text), one_line(row.place))
        for difference in row.differences:
            yield (*start, WHAT[difference.what], _text(difference.before), _text(difference.now))
        if not row.differences:
            yield (*start, SORTS[row.sort], None, None)


def _actions(report: Report) -> Iterator[tuple[Value, ...]]:
    for theme, group, block in report.objectives():
        place = (one_line(theme.heading), _path(group.section), _text(block.text))
        criteria = "\n".join(cells.criterion(item) for item in block.criteria)
        for row in block.actions:
            yield (_reference(row), *place, criteria, _text(row.text), *_leads(row), *_ratings(row), *_shared(row))
        if not block.actions:
            empty = len(ACTIONS) - len(place) - 2
            yield (one_line(block.reference), *place, criteria, *([None] * empty))


def _completed(row: CompletedRow) -> tuple[Value, ...]:
    when = (one_line(row.completed), row.completed_on)
    return (
        _reference(row),
        _path(row.section),
        _text(row.objective),
        "\n".join(one_line(criterion) for criterion in row.criteria),
        _text(row.text),
        *when,
        *_leads(row),
        *_shared(row),
    )


def _recommendation(row: RecommendationRow, heading: str) -> tuple[Value, ...]:
    score = one_line(row.risk_rating)
    return (
        _reference(row),
        one_line(row.number),
        one_line(heading),
        one_line(row.title),
        _text(row.key_risk),
        _text(row.text),
        int(score) if score.isascii() and score.isdigit() and len(score) <= 4 else score,
        _text(row.response),
        *_leads(row),
        *_shared(row),
    )


def _other(row: OtherRow) -> tuple[Value, ...]:
    return (_reference(row), one_line(row.kind), _path(row.section), _text(row.text), *_leads(row), *_shared(row))


def _reference(row: Row) -> str:
    return one_line(row.reference)


def _text(text: str) -> str:
    return "\n".join(lines(text))


def _path(section: tuple[str, ...]) -> str:
    return " › ".join(one_line(part) for part in section)


def _leads(row: Row) -> tuple[Value, ...]:
    """Post, holder, printed name, and whether each name is matched; several leads stand on lines of their own."""
    matched = "" if not row.leads else "yes" if all(lead.matched for lead in row.leads) else "no"
    return (
        _joined(one_line(lead.owner or lead.printed) for lead in row.leads),
        _joined(", ".join(map(one_line, lead.holders)) or ("vacant" if lead.vacant else "") for lead in row.leads),
        _joined(one_line(lead.printed) for lead in row.leads),
        matched,
    )


def _joined(parts: Iterator[str]) -> str:
    return "\n".join(part for part in parts if part)


def _ratings(row: ActionRow) -> tuple[Value, ...]:
    def words(rating: Rating | None) -> str:
        return one_line(rating.words) if rating else ""

    return (words(row.rating), words(row.rule_rating or row.rating), one_line(row.rating.why) if row.rating else "")


def _shared(row: Row) -> tuple[Value, ...]:
    return (
        _joined(" – ".join(_support(lead)) for lead in row.supporting),
        one_line(row.state),
        one_line(row.state_printed),
        one_line(row.due_text),
        row.due_on,
        row.first_due_on,
        row.slip_days,
        row.moves,
        row.forecast_on,
        "yes" if row.late else "no",
        "yes" if row.verified else "",
        one_line(row.effective),
        _text(row.open_issue),
        "\n".join(line for update in row.updates for line in lines(update.text)),
        max((update.as_at for update in row.updates if update.as_at), default=None),
        one_line(row.source.document) if row.source else "",
        one_line(row.source.place) if row.source else "",
        "yes" if row.checked else "not yet",
        "\n".join(one_line(mark) for mark in row.marks),
    )


def _support(lead: Lead) -> tuple[str, ...]:
    return cells.lead_words(lead)
