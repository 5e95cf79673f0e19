"""A stacked bar: counts as widths out of a thousand, with the figures in a table beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar: words, a count, a colour by name, where it starts and how wide it is (of 1,000)."""

    text: str
    count: int
    colour: str
    start: int
    width: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stacked bar with its label."""

    label: str
    parts: list[Part]

    @property
    def total(self) -> int:
        """All counts together."""
        return sum(part.count for part in self.parts)

    @property
    def in_words(self) -> str:
        """What the picture shows, for those who do not see it."""
        return ", ".join(f"{part.count} {part.text.lower()}" for part in self.parts) or "nothing"


def stacked(label: str, counts: Iterable[tuple[str, int, str, str]]) -> Bar:
    """A bar from (words, count, colour, address) in order; parts without a count are left out.

    The widths add up to exactly 1,000: each part ends where the sum so far stands.
    """
    kept = [row for row in counts if row[1] > 0]
    total = sum(count for _, count, _, _ in kept)
    parts, so_far = [], 0
    for text, count, colour, href in kept:
        start = round(WIDTH * so_far / total)
        so_far += count
        parts.append(Part(text, count, colour or "blue", start, round(WIDTH * so_far / total) - start, href))
    return Bar(label, parts)
