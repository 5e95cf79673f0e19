"""In which order a reader meets a report: one layout for the formats that print pages (HTML, PDF, Word)."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.reporting import cells
from goldthread.reporting.blocks import (
    QUIET,
    WARNING,
    Block,
    Bullets,
    Contents,
    Entry,
    Facts,
    Heading,
    Layout,
    Line,
    Paragraph,
    Table,
    TableRow,
)
from goldthread.reporting.columns import ACTIONS, COMPLETED, OTHERS, RECOMMENDATIONS, SUMMARY
from goldthread.reporting.figures import figures, warnings
from goldthread.reporting.model import Group, ObjectiveBlock, RecommendationGroup, Report, Theme
from goldthread.reporting.wording import counted, day, moment, one_line

_DEEPEST_IN_CONTENTS = 2

MADE = {False: "Report made", True: "Newest entry recorded"}
"""What the moment of a report says; an issued one carries no time of making, so that it can be made again byte for byte."""


def laid_out(report: Report) -> Layout:
    """The report in the order of its pages: cover, summary, contents, the plan, what is completed, recommendations."""
    body = tuple(_body(report))
    entries = tuple(
        Entry(block.text, block.level, block.anchor)
        for block in body
        if isinstance(block, Heading) and block.level <= _DEEPEST_IN_CONTENTS
    )
    front: list[Block] = [
        *_cover(report),
        *_summary(report),
        Heading("Contents", 1, "contents", new_page=True),
        Contents(entries),
    ]
    title, as_at = one_line(report.title), f"As at {day(report.as_at)}"
    organisation = one_line(report.organisation)
    return Layout(
        title=title,
        organisation=organisation,
        as_at=as_at,
        description=", ".join(part for part in (title, organisation, as_at.lower()) if part),
        generated_at=report.generated_at,
        blocks=(*front, *body),
    )


def _cover(report: Report) -> Iterator[Block]:
    facts = [(one_line(fact.label), one_line(fact.value)) for fact in report.cover]
    documents = cells.documents(report)
    known = day(report.known_on, "What is known now")
    yield Facts(
        (
            *([("Organisation", one_line(report.organisation))] if report.organisation else []),
            ("As it stood on", day(report.as_at)),
            ("As known on", known),
            *facts,
            *(
                [("Printed in" if len(documents) == 1 else "Printed in documents", "; ".join(documents))]
                if documents
                else []
            ),
            (MADE[report.issued], moment(report.generated_at)),
        ),
        label="About this report",
    )
    for warning in warnings(report):
        yield Paragraph(warning, WARNING)


def _summary(report: Report) -> Iterator[Block]:
    yield Heading("Summary", 1, "summary")
    rows = tuple(
        TableRow(((Line(figure.label),), (Line(f"{figure.value:,}"),), (Line(figure.meaning),)))
        for figure in figures(report)
    )
    yield Table("The plan in figures", SUMMARY, rows)


def _body(report: Report) -> Iterator[Block]:
    several = len(cells.documents(report)) > 1
    if not any(True for _ in report.objectives()):
        yield Heading("Actions", 1, "actions", new_page=True)
        yield Paragraph(f"No open actions are on record as at {day(report.as_at)}.")
    for number, theme in enumerate(report.themes, 1):
        yield from _theme(theme, f"theme-{number}", several)
    yield Heading("Completed actions", 1, "completed", new_page=bool(report.completed))
    if report.completed:
        rows = tuple(TableRow(cells.completed(row, several), cells.anchor(row.reference)) for row in report.completed)
        yield Table(f"Completed actions: {len(rows)}", COMPLETED, rows)
    else:
        yield Paragraph(f"No action is recorded as completed as at {day(report.as_at)}.")
    yield Heading("Recommendations", 1, "recommendations", new_page=bool(report.recommendations))
    if not report.recommendations:
        yield Paragraph("No recommendations stand in this plan.")
    for number, group in enumerate(report.recommendations, 1):
        yield from _recommendations(group, f"recommendations-{number}", several)
    if report.others:
        yield Heading("Other entries", 1, "others")
        rows = tuple(TableRow(cells.other(row, several), cells.anchor(row.reference)) for row in report.others)
        yield Table(f"Other entries: {len(rows)}", OTHERS, rows)
    if report.notes:
        yield Heading("Notes", 1, "notes")
        yield Bullets("", tuple(one_line(note) for note in report.notes))


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
