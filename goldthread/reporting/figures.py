"""The figures of a report in words, and what its cover must warn of."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.reporting.model import Report
from goldthread.reporting.wording import counted


@dataclass(frozen=True, slots=True)
class Figure:
    """One count: its name for data, its label and what it means for people."""

    name: str
    label: str
    value: int
    meaning: str


def figures(report: Report) -> tuple[Figure, ...]:
    """Every count of the summary, in the order in which it is read."""
    counts = report.summary
    rows = (
        ("actions", "Actions", f"Every action of this {'report' if report.part else 'plan'}, open or done."),
        ("done", "Done", "Recorded as complete. Whether somebody verified it is another fact."),
        ("late", "Late", "Not done, and the due date is before the day of this report."),
        ("no_date", "Without a date", "Not done, and no day can be told from what is printed or agreed."),
        ("no_owner", "Without an owner", "Not done, and nobody is named."),
        ("no_update", "Without an update", "Not done, and nothing was reported up to the day of this report."),
        (
            "recommendations",
            "Recommendations",
            f"Recommendations that stand in this {'report' if report.part else 'plan'}.",
        ),
        ("unmatched_names", "Names not matched", "Names printed as leads that stand for no post, office or body yet."),
        ("vacant_posts", "Vacant posts", "Posts and offices that lead something and had no holder on the day."),
        (
            "not_checked",
            "Not yet checked",
            f"Of {counted(counts.entries, 'entry', 'entries')}: taken from documents, checked by nobody yet.",
        ),
    )
    return tuple(Figure(name, label, getattr(counts, name), meaning) for name, label, meaning in rows)


def warnings(report: Report) -> tuple[str, ...]:
    """What the cover must say before anything else."""
    counts = report.summary
    said: list[str] = []
    if report.comparison is not None:
        return ()  # its entries are differences, which nobody adopts or checks
    if counts.entries == 0:
        said.append("This report is empty: no objective, action or recommendation is on record for its dates.")
    if counts.not_checked:
        verb = "was" if counts.not_checked == 1 else "were"
        said.append(
            f"{counts.not_checked:,} of {counted(counts.entries, 'entry', 'entries')} {verb} taken from documents "
            "and not yet checked by anybody. Each is marked “Not yet checked”."
        )
    if counts.unmatched_names:
        verb = "is" if counts.unmatched_names == 1 else "are"
        said.append(
            f"{counted(counts.unmatched_names, 'printed name')} {verb} not yet matched to a post, an office or a body: "
            "each is shown as printed and marked “not matched”."
        )
    return tuple(said)
