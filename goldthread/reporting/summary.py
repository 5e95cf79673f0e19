"""The one-page summary of a plan: its figures, three charts, and what asks for attention."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from goldthread.kernel.ratings import Rating as RatingValue
from goldthread.reporting.model import ActionRow, Bar, Chart, CompletedRow, Report
from goldthread.reporting.wording import counted

_RATINGS = (
    RatingValue.RED,
    RatingValue.AMBER,
    RatingValue.NO_DATE,
    RatingValue.GREEN,
    RatingValue.GREY,
    RatingValue.BLUE,
)
_SLIPS = (
    ("On its first date, or earlier", None, 0, "green"),
    ("Up to 3 months later", 0, 92, "amber"),
    ("Over 3, up to 6 months later", 92, 184, "amber"),
    ("Over 6 months later", 184, None, "red"),
)
RECENT = timedelta(days=92)
"""An update of the last quarter counts as recent."""


def summarised(report: Report, variant: str) -> Report:
    """The summary of a full report: its counts as they are, charts in place of its rows."""
    live = [row for *_, block in report.objectives() for row in block.actions]
    done = list(report.completed)
    return replace(
        report,
        kind="improvement-plan-summary",
        variant=variant,
        part="One-page summary",
        charts=(_ratings(live, done), _slips(live), _coverage(report, live)),
        themes=(), completed=(), recommendations=(), others=(),
        notes=(
            "Ratings are counted, never averaged. “No date set” is a state of its own: whether such an action is late, nobody "
            "can tell.",
        ),
    )  # fmt: skip


def _ratings(live: list[ActionRow], done: list[CompletedRow]) -> Chart:
    """Every action by the rating that holds; complete ones apart, where nobody has verified them."""
    counts = Counter(row.rating.value for row in live if row.rating)
    counts.update(row.rating.value for row in done if row.rating and row.rating.value == RatingValue.BLUE)
    bars = [Bar(rating.label, counts[rating.value], rating.value) for rating in _RATINGS]
    unverified = len(done) - counts[RatingValue.BLUE.value]
    if unverified:
        bars.append(Bar("Complete, not verified", unverified, "plain"))
    return Chart("Actions by rating", tuple(bars), len(live) + len(done))


def _slips(live: list[ActionRow]) -> Chart:
    """How far the dates of actions still to be done have moved from the first one they were given."""
    days = [(row.due_on - (row.first_due_on or row.due_on)).days for row in live if row.due_on]
    bars = []
    for label, over, up_to, style in _SLIPS:
        number = sum((over is None or one > over) and (up_to is None or one <= up_to) for one in days)
        bars.append(Bar(label, number, style))
    bars.append(Bar("No date set", len(live) - len(days), "no-date"))
    slipped = [one for one in days if one > 0]
    said = (
        f"{counted(len(slipped), 'date')} moved, by {sum(slipped) // len(slipped)} days on average."
        if slipped
        else "No date has moved."
    )
    return Chart("How far dates have moved", tuple(bars), len(live), said)


def _coverage(report: Report, live: list[ActionRow]) -> Chart:
    """Of the actions still to be done: how many have what a reader must rely on."""
    since = report.as_at - RECENT
    has = {
        "A lead": sum(bool(row.leads) for row in live),
        "Lead whose post is held": sum(any(lead.matched and not lead.vacant for lead in row.leads) for row in live),
        "A date": sum(row.due_on is not None for row in live),
        "Update in the last 3 months": sum(any(u.as_at and u.as_at > since for u in row.updates) for row in live),
        "Checked by a person": sum(row.checked for row in live),
    }
    return Chart("What open actions have", tuple(Bar(label, number) for label, number in has.items()), len(live))
