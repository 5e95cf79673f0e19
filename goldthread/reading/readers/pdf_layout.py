"""What stands outside tables on PDF pages: running heads and page numbers, headings, paragraphs, list items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldthread.reading.readers.pdf_pages import Page, Word
from goldthread.reading.readers.pdf_text import Line, Vocabulary, breaks, flow
from goldthread.reading.readers.wording import BULLETS

_ZONE = 0.12  # the share of a page's height at its top and bottom where furniture stands
_EDGE_LINES = 3  # lines from the top and from the bottom that may be furniture
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–|(\s]*(?:\d{1,4}|[ivxlc]{1,6})[-–|)\s]*(?:(?:of|/)\s*\d{1,4})?", re.I)
_DIGITS = re.compile(r"\d+")
_SAME_SIZE = 1.1  # points: words in another face, as of code, do not end a paragraph
HEADING = 160  # characters of a heading at most


@dataclass(slots=True)
class Text:
    """A paragraph, heading or list item on a page."""

    words: list[Word]
    text: str
    level: int = 0
    bullet: bool = False
    bold: bool = False
    size: float = 0.0


def lines_in_order(words: Iterable[Word]) -> list[Line]:
    """Words put on lines in the order of the file, which follows columns where a page has several."""
    groups: list[list[Word]] = []
    x0 = middle = size = 0.0  # of the last word
    for word in words:
        here = 0.5 * (word.top + word.bottom)
        if groups and abs(middle - here) < 0.5 * max(size, word.size, 1.0) and word.x0 >= x0:
            groups[-1].append(word)
        else:
            groups.append([word])
        x0, middle, size = word.x0, here, word.size
    return [Line(group) for group in groups]


def furniture_of(pages: Sequence[Page], inside: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Which words are page furniture, and why: (page, order) → reason. ``inside`` are the words of tables, which are not.

    Furniture stands near the top or bottom edge and comes back on other pages (figures may differ), or is a page number.
    """
    edges: list[tuple[Page, bool, Line]] = []
    for page in pages:
        lines = sorted(lines_in_order(page.words), key=lambda line: line.box.top)
        for top, some in ((True, lines[:_EDGE_LINES]), (False, lines[-_EDGE_LINES:])):
            edges.extend((page, top, line) for line in some if _near_edge(line, page, top) and not _heads(line, lines))
    times = Counter((top, _DIGITS.sub("#", line.text)) for _, top, line in edges)
    steps = Counter((top, step) for page, top, line in edges for step in _steps(line, page))
    found: dict[tuple[int, int], str] = {}
    enough = 2 if len(pages) < 6 else 3
    for page, top, line in edges:
        keys = [(word.page, word.order) for word in line.words]
        repeated = times[(top, _DIGITS.sub("#", line.text))] >= enough
        repeated = repeated or any(steps[(top, step)] >= max(enough, len(pages) // 3) for step in _steps(line, page))
        number = _PAGE_NUMBER.fullmatch(line.text.strip()) is not None and any(c.isalnum() for c in line.text)
        if (number or repeated) and not any(key in inside for key in keys):
            why = "page number" if number else ("running head" if top else "running foot")
            found.update((key, why) for key in keys)
    return found


def _heads(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line may be the repeated header of a table: labels far apart, and more lines close below it."""
    gaps = sum(1 for a, b in pairwise(line.words) if b.x0 - a.x1 > 1.5 * line.size)
    below = min((o.box.top - line.box.bottom for o in lines if o.box.top > line.box.middle[1]), default=1000.0)
    return gaps >= 2 and below < 1.5 * line.size


def _steps(line: Line, page: Page) -> set[int]:
    """What a line's first and last word, where they are numbers, are ahead of the page's own number."""
    ends = {line.words[0].text, line.words[-1].text}
    return {int(text) - page.number for text in ends if text.isdigit() and len(text) < 5}


def _near_edge(line: Line, page: Page, top: bool) -> bool:
    return line.box.bottom < page.height * _ZONE if top else line.box.top > page.height * (1 - _ZONE)


class Sizes:
    """The font sizes of a file: the body's, and those of headings from the largest down."""

    def __init__(self, words: Iterable[Word]) -> None:
        """``words`` outside tables; where there are none, all words."""
        letters: Counter[float] = Counter()
        heavy: Counter[bool] = Counter()
        for word in words:
            letters[round(word.size * 2) / 2] += len(word.text)
            heavy[word.bold] += len(word.text)
        self.body = letters.most_common(1)[0][0] if letters else 10.0
        self.larger = sorted((size for size in letters if size >= self.body + 1), reverse=True)[:5]
        self.bold_means_heading = heavy[True] < heavy[False]

    def level(self, text: Text) -> int:
        """The heading level (1–6) of a text, 0 for body text."""
        if text.bullet or len(text.text) > HEADING or not any(c.isalpha() for c in text.text):
            return 0
        size = round(text.size * 2) / 2
        if size in self.larger:
            return self.larger.index(size) + 1
        short = len(text.text) <= 100 and not text.text.rstrip().endswith((".", ";", ","))
        if text.bold and short and self.bold_means_heading and size >= self.body - 0.5:
            return min(len(self.larger) + 1, 6)
        return 0


def texts_of(page: Page, words: Sequence[Word], vocabulary: Vocabulary) -> list[Text]:
    """Words outside tables as paragraphs, in the order of the file. Heading levels are set by the caller."""
    lines = lines_in_order(words)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _same(groups[-1][-1], line, _right_edge(line, lines)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [made for made in (as_text(group, _right_edge(group[0], lines), vocabulary) for group in groups) if made]


def _right_edge(line: Line, lines: Sequence[Line]) -> float:
    """Where the column that a line stands in ends: the furthest end among lines that begin near it."""
    return max(other.box.x1 for other in lines if abs(other.box.x0 - line.box.x0) < 60 or other is line)


def _same(above: Line, line: Line, right: float) -> bool:
    """Whether a line goes on with the paragraph above it."""
    drop = line.box.middle[1] - above.box.middle[1]
    if drop <= 0 or abs(above.size - line.size) > _SAME_SIZE or above.bold != line.bold:
        return False
    if above.bold and above.size == line.size and drop < 1.4 * line.size and not line.bulleted:
        return True  # a heading over two lines ends before the edge
    return not breaks(above, line, right)


def as_text(lines: Sequence[Line], right: float, vocabulary: Vocabulary) -> Text | None:
    """Lines as one Text, its bullet taken off; None where they hold no text."""
    words = [word for line in lines for word in line.words]
    text = flow(lines, right, vocabulary)
    stripped, bullet = without_bullet(text)
    if not stripped:
        return None
    bold = all(line.bold for line in lines)
    return Text(words, stripped, 0, bullet, bold, max(line.size for line in lines))


def without_bullet(text: str) -> tuple[str, bool]:
    """A text without the bullet that it opens with, and whether there was one."""
    first, _, rest = text.partition(" ")
    if rest and (first in BULLETS or first in ("-", "–", "—", "o")):
        return rest.strip(), True
    if text and text[0] in BULLETS:
        return text[1:].strip(), True
    return text, False


def order_of(words: Sequence[Word]) -> tuple[int, int]:
    """Where words come in the file: page and turn of the first."""
    return min((word.page, word.order) for word in words)
