"""The front of every report: its cover, and its figures."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.reporting import cells
from goldthread.reporting.blocks import WARNING, Block, Facts, Heading, Line, Paragraph, Table, TableRow
from goldthread.reporting.columns import SUMMARY
from goldthread.reporting.figures import figures, warnings
from goldthread.reporting.model import Report
from goldthread.reporting.wording import day, moment, one_line

MADE = {False: "Report made", True: "Newest entry recorded"}
"""What the moment of a report says; an issued one carries no time of making, so that it can be made again byte for byte."""


def cover_of(report: Report) -> Iterator[Block]:
    """About this report, and what must be said before anything else."""
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


def figures_of(report: Report) -> Iterator[Block]:
    """The plan in figures."""
    yield Heading("Summary", 1, "summary")
    rows = tuple(
        TableRow(((Line(figure.label),), (Line(f"{figure.value:,}"),), (Line(figure.meaning),)))
        for figure in figures(report)
    )
    yield Table("The plan in figures", SUMMARY, rows)
