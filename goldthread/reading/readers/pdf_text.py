"""Printed words back into running text: lines, breaks that mean something, words broken at the ends of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from goldthread.reading.readers.pdf_pages import Box, Word
from goldthread.reading.readers.wording import BULLETS

_DASHES = ("-", "–", "—")
_LEFT = attrgetter("x0")
_GAP = 1.55  # baseline to baseline, in font sizes: more than this is a break between paragraphs


@dataclass(slots=True)
class Line:
    """Words on one base line, from left to right."""

    words: list[Word]
    box: Box = field(init=False)
    size: float = field(init=False)  # the font size of most of the line

    def __post_init__(self) -> None:
        if len(self.words) > 1:
            self.words.sort(key=_LEFT)
        self.box = boxed(self.words)
        self.size = self.words[0].size
        if len({word.size for word in self.words}) > 1:
            letters: Counter[float] = Counter()
            for word in self.words:
                letters[word.size] += len(word.text)
            self.size = letters.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether every word is bold (signs and bullets aside)."""
        return all_bold(self.words)

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text + ("-" if word.broken else "") for word in self.words if word.text or word.broken)

    @property
    def bulleted(self) -> bool:
        """Whether the line opens with a bullet."""
        first = self.words[0].text
        if len(self.words) < 2:
            return first in BULLETS and bool(first)
        return first in BULLETS or first in _DASHES or first == "o" or first[0] in BULLETS


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words put on lines by where they stand, from the top down."""
    words = words if isinstance(words, list) else list(words)
    if len(words) == 1:
        return [Line([words[0]])]
    rows: list[list[Word]] = []
    level = tallest = 0.0  # the middle and the height of the first word of the last line
    for middle, _, _, word in sorted([(0.5 * (w.top + w.bottom), w.x0, n, w) for n, w in enumerate(words)]):
        tall = max(word.bottom - word.top, 1.0)
        if rows and middle - level < 0.45 * max(tall, tallest):
            rows[-1].append(word)
        else:
            rows.append([word])
            level, tallest = middle, word.bottom - word.top
    return [Line(row) for row in rows]


class Vocabulary:
    """The words of the whole file: they tell whether a hyphen at the end of a line belongs to the word."""

    def __init__(self) -> None:
        """Empty; pages are added."""
        self._seen: set[str] = set()

    def add(self, words: Iterable[Word]) -> None:
        """Take in whole words, without the halves of those that the end of a line broke."""
        half = False
        whole: set[str] = set()
        for word in words:
            if not half and not word.broken:
                whole.add(word.text)
            half = word.broken
        self._seen.update([text.strip(".,;:()'\"“”‘’").casefold() for text in whole])

    def join(self, first: str, second: str) -> str:
        """Two halves of a word, the first without its hyphen, as one."""
        start, end = first.split(" ")[-1], second.split(" ")[0]
        plain = [part.strip(".,;:()'\"“”‘’").casefold() for part in (start, end)]
        if not end[:1].islower():
            return f"{first}-{second}"
        whole, hyphened = "".join(plain), "-".join(plain)
        if whole in self._seen:
            return first + second
        if hyphened in self._seen or all(part in self._seen and len(part) > 2 for part in plain):
            return f"{first}-{second}"
        return first + second


def flow(lines: Sequence[Line], right: float, vocabulary: Vocabulary) -> str:
    """Lines as text: a break stays ("\\n") where the next word would have fitted, at a bullet, or at a wider gap.

    ``right`` is where the column ends, in points.
    """
    text = ""
    for number, line in enumerate(lines):
        if number == 0:
            text = line.text
            continue
        above = lines[number - 1]
        if breaks(above, line, right):
            text += "\n" + line.text
        elif _hyphened(above):
            text = vocabulary.join(text.rstrip().removesuffix("-"), line.text)
        else:
            text += " " + line.text
    return text.strip()


def _hyphened(line: Line) -> bool:
    last = line.words[-1]
    return last.broken or (len(last.text) > 2 and last.text.endswith("-") and last.text[-2].isalpha())


def breaks(above: Line, line: Line, right: float) -> bool:
    """Whether a new paragraph or entry begins with a line."""
    size = max(line.size, above.size, 1.0)
    if line.bulleted or line.box.middle[1] - above.box.middle[1] > _GAP * size + 0.5:
        return True
    if _hyphened(above):
        return False
    first = line.words[0]
    room = right - above.box.x1 - 0.3 * size
    return first.x1 - first.x0 < room - 0.5 * size


def all_bold(words: Sequence[Word]) -> bool:
    """Whether every word with a letter or a figure is bold, and there is one."""
    if not any(word.bold for word in words):
        return False
    lettered = [word.bold for word in words if any(c.isalnum() for c in word.text)]
    return bool(lettered) and all(lettered)


def boxed(words: Sequence[Word]) -> Box:
    """The box around words (at least one)."""
    if len(words) == 1:
        return Box(words[0].x0, words[0].top, words[0].x1, words[0].bottom)
    return Box(
        min([word.x0 for word in words]),
        min([word.top for word in words]),
        max([word.x1 for word in words]),
        max([word.bottom for word in words]),
    )
