"""In which order a reader meets a report: one layout for the formats that print pages (HTML, PDF, Word)."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.reporting import cells
from goldthread.reporting.blocks import (
    QUIET,
    Block,
    Bullets,
    Contents,
    Entry,
    Heading,
    Layout,
    Paragraph,
    Table,
    TableRow,
)
from goldthread.reporting.columns import ACTIONS, COMPLETED, OTHERS, RECOMMENDATIONS
from goldthread.reporting.layout_changes import changes_of
from goldthread.reporting.layout_front import cover_of, figures_of
from goldthread.reporting.layout_summary import summary_of
from goldthread.reporting.model import Group, ObjectiveBlock, RecommendationGroup, Report, Theme
from goldthread.reporting.wording import counted, day, one_line

_DEEPEST_IN_CONTENTS = 2
_SEEN_AT_A_GLANCE = 6
"""So few headings of a part need no page of contents, which would be the longest of a short report of exceptions."""


def laid_out(report: Report) -> Layout:
    """The report in the order of its pages: cover, summary, contents, the plan, what is completed, recommendations."""
    if report.comparison is not None:
        return _on_pages(report, (*cover_of(report), *changes_of(report)))
    if report.charts:
        return _on_pages(report, tuple(summary_of(report)))
    body = tuple(_body(report))
    entries = tuple(
        Entry(block.text, block.level, block.anchor)
        for block in body
        if isinstance(block, Heading) and block.level <= _DEEPEST_IN_CONTENTS
    )
    front: list[Block] = [
        *cover_of(report),
        *figures_of(report),
    ]
    if not report.part or len(entries) > _SEEN_AT_A_GLANCE:
        front += [Heading("Contents", 1, "contents", new_page=True), Contents(entries)]
    return _on_pages(report, (*front, *body))


def _on_pages(report: Report, blocks: tuple[Block, ...]) -> Layout:
    """Blocks under the report's title and day."""
    title, as_at = one_line(report.title), f"As at {day(report.as_at)}"
    if report.part:
        as_at = f"{one_line(report.part)}, {as_at[0].lower()}{as_at[1:]}"
    organisation = one_line(report.organisation)
    return Layout(
        title=title,
        organisation=organisation,
        as_at=as_at,
        description=", ".join(part for part in (title, organisation, as_at[:1].lower() + as_at[1:]) if part),
        generated_at=report.generated_at,
        blocks=blocks,
    )


def _body(report: Report) -> Iterator[Block]:
    several = len(cells.documents(report)) > 1
    whole = not report.part
    if not any(True for _ in report.objectives()) and report.variant != "completed":
        yield Heading("Actions", 1, "actions", new_page=True)
        yield Paragraph(f"No open actions are on record as at {day(report.as_at)}.")
    for number, theme in enumerate(report.themes, 1):
        yield from _theme(theme, f"theme-{number}", several)
    if whole or report.completed or report.variant == "completed":
        yield from _completed(report, several)
    if whole or report.recommendations:
        yield from _answers(report, several)
    if report.others:
        yield Heading("Other entries", 1, "others")
        rows = tuple(TableRow(cells.other(row, several), cells.anchor(row.reference)) for row in report.others)
        yield Table(f"Other entries: {len(rows)}", OTHERS, rows)
    if report.notes:
        yield Heading("Notes", 1, "notes")
        yield Bullets("", tuple(one_line(note) for note in report.notes))


def _completed(report: Report, several: bool) -> Iterator[Block]:
    yield Heading("Completed actions", 1, "completed", new_page=bool(report.completed))
    if report.completed:
        rows = tuple(TableRow(cells.completed(row, several), cells.anchor(row.reference)) for row in report.completed)
        yield Table(f"Completed actions: {len(rows)}", COMPLETED, rows)
    else:
        yield Paragraph(f"No action is recorded as completed as at {day(report.as_at)}.")


def _answers(report: Report, several: bool) -> Iterator[Block]:
    yield Heading("Recommendations", 1, "recommendations", new_page=bool(report.recommendations))
    if not report.recommendations:
        yield Paragraph("No recommendations stand in this plan.")
    for number, group in enumerate(report.recommendations, 1):
        yield from _recommendations(group, f"recommendations-{number}", several)


def _theme(theme: Theme, anchor: str, several: bool) -> Iterator[Block]:
    heading = one_line(theme.heading) or "Actions without a theme"
    yield Heading(heading, 1, anchor, new_page=anchor == "theme-1")
    for number, group in enumerate(theme.groups, 1):
        yield from _group(group, heading, f"{anchor}-{number}", several)


def _group(group: Group, theme: str, anchor: str, several: bool) -> Iterator[Block]:
    heading = " › ".join(one_line(part) for part in group.section)
    if heading:
        yield Heading(heading, 2, anchor)
    for number, objective in enumerate(group.objectives, 1):
        level = 3 if heading else 2
        yield from _objective(objective, heading or theme, level, f"{anchor}-{number}", several)


def _objective(objective: ObjectiveBlock, where: str, level: int, anchor: str, several: bool) -> Iterator[Block]:
    words = one_line(objective.text)
    if words:
        yield Heading(f"Objective: {words}", level, anchor)
        if not objective.checked:
            yield Paragraph(f"{one_line(objective.reference)}: {cells.NOT_CHECKED.lower()}", QUIET)
        if objective.criteria:
            yield Bullets("Success criteria", tuple(cells.criterion(item) for item in objective.criteria))
    if not objective.actions:
        yield Paragraph("No open actions stand under this objective.", QUIET)
        return
    rows = tuple(TableRow(cells.action(row, several), cells.anchor(row.reference)) for row in objective.actions)
    number = counted(len(rows), "action")
    caption = (
        f"{number} for the objective “{_shortened(words)}”" if words else f"{number} under “{where}”, no objective"
    )
    yield Table(caption, ACTIONS, rows)


def _recommendations(group: RecommendationGroup, anchor: str, several: bool) -> Iterator[Block]:
    heading = one_line(group.heading) or "Other recommendations"
    yield Heading(heading, 2, anchor)
    rows = tuple(TableRow(cells.recommendation(row, several), cells.anchor(row.reference)) for row in group.rows)
    yield Table(f"{counted(len(rows), 'recommendation')} under “{heading}”", RECOMMENDATIONS, rows)


def _shortened(text: str, limit: int = 90) -> str:
    """The beginning of a text, cut between words, for a caption; the whole stands in the heading above it."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
