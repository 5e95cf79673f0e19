"""A PDF page as what stands on it: words, rules, coloured areas, in points from the top left of the page as shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Box:
    """A rectangle in points; ``top`` and ``bottom`` grow downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the centre of another box lies inside this one."""
        x, y = 0.5 * (other.x0 + other.x1), 0.5 * (other.top + other.bottom)
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack

    def around(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )

    def rounded(self) -> list[float]:
        """As a place says it."""
        return [round(n, 1) for n in (self.x0, self.top, self.x1, self.bottom)]


@dataclass(slots=True)
class Word(Box):
    """A printed word. ``mark`` is the marked content that it belongs to (-1: none), ``order`` its turn in the page."""

    text: str = ""
    size: float = 0.0
    bold: bool = False
    mark: int = -1
    order: int = 0
    page: int = 0
    broken: bool = False  # a hyphen at the end of a line stands after it


@dataclass(slots=True)
class Page:
    """One page: its words in the order of the file, its rules, and its filled areas with their colour."""

    number: int  # from 1
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[Box] = field(default_factory=list)  # horizontal rules
    down: list[Box] = field(default_factory=list)  # vertical rules
    fills: list[tuple[Box, str]] = field(default_factory=list)
    outside: list[Word] = field(default_factory=list)  # printed beyond the edges of the page
    scanned: bool = False  # a picture with hardly any words, as of a scan


class Frame:
    """Turns the file's coordinates into those of the page as shown: cropped, rotated, from the top left."""

    def __init__(self, page: Any) -> None:
        """``page`` as pypdfium2 opens it."""
        self.left, self.low, self.right, self.high = page.get_bbox()
        self.turn = int(page.get_rotation()) % 360
        self.wide, self.tall = self.right - self.left, self.high - self.low

    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        return (self.tall, self.wide) if self.turn in (90, 270) else (self.wide, self.tall)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One point."""
        x, y = x - self.left, y - self.low
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.wide - x, y
        if self.turn == 270:
            return self.tall - y, self.wide - x
        return x, self.tall - y

    def edges(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a rectangle given by two corners."""
        if self.turn == 0:  # most pages, and asked for every word
            ax, ay, bx, by = x0 - self.left, self.tall + self.low - y0, x1 - self.left, self.tall + self.low - y1
        else:
            ax, ay = self.point(x0, y0)
            bx, by = self.point(x1, y1)
        return (ax if ax < bx else bx, ay if ay < by else by, bx if ax < bx else ax, by if ay < by else ay)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle given by two corners."""
        return Box(*self.edges(x0, y0, x1, y1))

    def upright(self, a: float, b: float) -> bool:
        """Whether text whose line runs along (a, b) is shown from left to right."""
        ox, oy = self.point(0, 0)
        dx, dy = self.point(a, b)
        return dx - ox > abs(dy - oy)
