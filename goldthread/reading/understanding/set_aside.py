"""Words that are understood and carry no record: set aside with the furniture, each with its reason.

What is left as unplaced is then what nobody understood: the only thing that a person has to look at.
"""

from __future__ import annotations

from goldthread.reading.reading import Leftover, Reading
from goldthread.reading.words import words_of

UNDERSTOOD = frozenset(
    {
        "about the page's subject as a whole",
        "a count of posts",
        "context, no finding",
        "describes how the review was done",
        "how to get in touch",
        "introduces recommendations",
        "joins two findings",
        "narrative of the report",
        "said again in the body of the report",
        "says what happens after the review",
    }
)
"""Reasons that are conclusions; the other reasons say that something was not understood."""

BEFORE = "stands before the first entry"


def set_aside(reading: Reading) -> None:
    """Move what is understood from ``unplaced`` to ``furniture``; ``words`` follows. After ``words.check``."""
    first = _first_line(reading)
    kept: list[Leftover] = []
    moved = 0
    for leftover in reading.unplaced:
        if leftover.why not in UNDERSTOOD and not _stands_before(leftover, first):
            kept.append(leftover)
            continue
        if leftover.why not in UNDERSTOOD:
            leftover.why = BEFORE
        reading.furniture.append(leftover)
        moved += len(words_of(leftover.text))
    if len(kept) < len(reading.unplaced):
        reading.unplaced = kept
        moved = min(moved, reading.words["unplaced"])
        reading.words["unplaced"] -= moved
        reading.words["furniture"] += moved


def _first_line(reading: Reading) -> int | None:
    """The line on which a plan's first entry begins; None for other documents, and where places have no lines."""
    if reading.kind != "action-plan" or not reading.records:
        return None
    lines = [place["lines"][0] for record in reading.records for place in record.source if place.get("lines")]
    return min(lines, default=None)


def _stands_before(leftover: Leftover, first: int | None) -> bool:
    if first is None or not leftover.source:
        return False
    lines = [place["lines"][-1] for place in leftover.source if place.get("lines")]
    return bool(lines) and max(lines) < first
