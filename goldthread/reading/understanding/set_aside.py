"""Words that are understood and carry no record: set aside with the furniture, each with its reason.

What is left as unplaced is then what nobody understood: the only thing that a person has to look at.
"""

from __future__ import annotations

import re

from goldthread.reading.document import Document, Paragraph
from goldthread.reading.reading import Leftover, Reading
from goldthread.reading.words import words_of

UNDERSTOOD = frozenset(
    {
        "about the page's subject as a whole",
        "a count of posts",
        "comment",
        "context, no finding",
        "deleted text (tracked change)",
        "describes how the review was done",
        "how to get in touch",
        "hidden column",
        "hidden row",
        "hidden sheet",
        "hidden text",
        "introduces recommendations",
        "joins two findings",
        "label of a recommendation",
        "narrative of the report",
        "said again in the body of the report",
        "says what happens after the review",
    }
)
"""Reasons that are conclusions; the other reasons say that something was not understood."""

BEFORE = "stands before the first entry"
NOTE = "a note to the entries"
_NOTE = re.compile(
    r"^\W*(?:notes?|source|key|n\.?b\.?|definitions?|disclaimer|end of (?:report|document|plan))\b", re.I
)
_LISTS = ("action-plan", "scorecard", "savings-tracker", "register")
FIRST_ENTRIES = 20  # that are looked for to find where the entries begin
_LONGEST_NOTE = 60  # words


def set_aside(reading: Reading, document: Document) -> None:
    """Move what is understood from ``unplaced`` to ``furniture``; ``words`` follows. After ``words.check``."""
    first = _first_line(reading)
    before = _texts_before(reading, document)
    kept: list[Leftover] = []
    moved = 0
    for leftover in reading.unplaced:
        why = _understood(leftover, first, before, reading)
        if why is None:
            kept.append(leftover)
            continue
        leftover.why = why
        reading.furniture.append(leftover)
        moved += len(words_of(leftover.text))
    if len(kept) < len(reading.unplaced):
        reading.unplaced = kept
        moved = min(moved, reading.words["unplaced"])
        reading.words["unplaced"] -= moved
        reading.words["furniture"] += moved


def _understood(leftover: Leftover, first: int | None, before: list[str], reading: Reading) -> str | None:
    """Why words are understood and yet in no record; None where they are not."""
    if leftover.why in UNDERSTOOD:
        return leftover.why
    own = " ".join(words_of(leftover.text))
    if _stands_before(leftover, first) or (own and any(f" {own} " in text for text in before)):
        return BEFORE
    note = reading.kind in _LISTS and _NOTE.match(leftover.text) and len(leftover.text.split()) <= _LONGEST_NOTE
    return NOTE if note else None


def _texts_before(reading: Reading, document: Document) -> list[str]:
    """The words of the paragraphs of a list's document that stand before the first table or text of its entries."""
    if reading.kind not in _LISTS or not reading.records:
        return []
    entries = {" ".join(record.text.split()) for record in reading.records[:FIRST_ENTRIES]}
    found: list[str] = []
    for block in document.blocks:
        texts = (
            [block.text]
            if isinstance(block, Paragraph)
            else [c.text for row in block.rows for c in row if c is not None]
        )
        if any(_holds(text, entries) for text in texts):
            return found
        if isinstance(block, Paragraph):
            found.append(f" {' '.join(words_of(block.text))} ")
    return []  # no entry was found again: nothing is known of what stands before it


def _holds(text: str, entries: set[str]) -> bool:
    printed = " ".join(text.split())
    return printed in entries or (
        len(printed.split()) > 2 and any(entry in printed for entry in entries if len(entry) > 12)
    )


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
