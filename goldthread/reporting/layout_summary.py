"""The one-page summary: a line on what it is, the charts side by side, and the figures that they do not show."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.reporting.blocks import QUIET, Block, Charts, Heading, Paragraph
from goldthread.reporting.layout_front import MADE
from goldthread.reporting.model import Report
from goldthread.reporting.wording import counted, day, moment, one_line


def summary_of(report: Report) -> Iterator[Block]:
    """Everything on one page."""
    counts = report.summary
    known = f"as known on {day(report.known_on)}" if report.known_on else "by what is known now"
    who = next((fact.value for fact in report.cover if fact.label == "Prepared for"), "")
    yield Paragraph(
        f"{one_line(report.organisation) or 'The plan'}, {known}; for {one_line(who)}. "
        f"{MADE[report.issued]}: {moment(report.generated_at)}.",
        QUIET,
    )
    yield Paragraph(
        f"{counted(counts.actions, 'action')}: {counts.done:,} done, {counts.late:,} late, {counts.no_date:,} without a date, "
        f"{counts.no_owner:,} without an owner, {counts.no_update:,} without an update. "
        f"{counted(counts.recommendations, 'recommendation')}. {counted(counts.vacant_posts, 'vacant post')} and "
        f"{counted(counts.unmatched_names, 'name')} not matched among the leads."
    )
    if counts.not_checked:
        verb = "has" if counts.not_checked == 1 else "have"
        said = f"{counts.not_checked:,} of {counted(counts.entries, 'entry', 'entries')} {verb} been checked by nobody yet."
        yield Paragraph(said)
    yield Heading("Charts", 1, "charts")
    yield Charts(report.charts)
    for note in report.notes:
        yield Paragraph(one_line(note), QUIET)
