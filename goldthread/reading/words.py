"""The proof that nothing is lost: every word of the source is in a record, in the furniture, or listed as unplaced.

A word is a run of characters without a space that holds a letter or a figure. Words are compared by their letters and
figures alone, so that punctuation, capitals and hyphens at the ends of lines make no difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from goldthread.reading.document import Document, Paragraph, Place
from goldthread.reading.reading import Leftover, Reading, ReadRecord

_WORD = re.compile(r"\S*[^\W_]\S*")
# Tags that a converter left in a text are marks, not words.
_TAG = re.compile(r"</?(?:p|u|b|i|em|strong|span|div|ul|ol|li|br|sup|sub|h[1-6])\b[^<>]*>", re.IGNORECASE)
_PIECE = re.compile(r"[^\W_]+")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WINDOW = 3  # pieces in a row that must match for a word to count as seen in its place first

# Fields whose words are printed once and repeated on every record that stands under them.
_SHARED = ("objective", "recommendation", "group", "theme", "structure", "directorate", "reports_to", "period", "post")
# Fields that the reader concluded, or that repeat parts of other fields.
_DERIVED = ("facts", "polarity")


def words_of(text: str) -> list[str]:
    """The words of a text, in their order."""
    return _WORD.findall(_TAG.sub(" ", text) if "<" in text else text)


def count_words(document: Document) -> int:
    """How many words the source holds, in its blocks and apart from them."""
    return sum(len(words_of(unit.text)) for unit in _units(document))


def check(document: Document, reading: Reading) -> None:
    """Count the words of the source by where the reading puts them, into ``reading.words``.

    What stands in no record, furniture or unplaced text of the reading is added to ``reading.unplaced`` (or, where the
    reader had set it apart as furniture, to ``reading.furniture``), so that source == in_records + furniture +
    unplaced.
    """
    units = list(_units(document))
    stock = _Stock(reading)
    words = [word for unit in units for word in unit.words]
    _join_broken(units, stock)
    _place_whole(units, stock)
    for shelf in ("records", "furniture", "unplaced"):
        _place(words, stock, shelf, close=True)
    in_place = {id(word) for word in words if word.shelf}
    for shelf in stock.shelves:
        _place(words, stock, shelf, close=False)
    _put_back(units, in_place)
    for unit in units:
        _leave(unit, reading)
    counts = Counter(word.shelf for word in words)
    in_records = counts["records"] + counts["shared"] + counts["nested"]
    reading.words = {
        "source": len(words),
        "in_records": in_records,
        "furniture": counts["furniture"],
        "unplaced": len(words) - in_records - counts["furniture"],
    }


@dataclass(slots=True)
class _Word:
    text: str
    pieces: tuple[str, ...]
    begin: int  # where its pieces begin and stop among those of its unit
    stop: int
    row: list[str]  # the pieces of its unit
    shelf: str = ""


@dataclass(slots=True)
class _Unit:
    """A paragraph, a cell, or a text kept apart."""

    text: str
    place: Place
    why: str | None = None
    furniture: bool = False
    words: list[_Word] = field(default_factory=list)
    joined: bool = False  # words of it that the end of a line broke are one piece

    def __post_init__(self) -> None:
        row: list[str] = []
        for text in words_of(self.text):
            pieces = _known(text) if len(text) <= _LONG else _pieces(text)
            self.words.append(_Word(text, pieces, len(row), len(row) + len(pieces), row))
            row.extend(pieces)


def _pieces(text: str) -> tuple[str, ...]:
    """Letters and figures in runs; "growthDelivery", as two cells glued together are printed, is two."""
    if text.isalnum() and text[1:].islower():  # most words
        return (text.casefold(),)
    return tuple([piece.casefold() for piece in _PIECE.findall(_GLUED.sub(" ", text))])


_LONG = 40  # characters; a longer word hardly comes twice
_known = lru_cache(maxsize=16_384)(_pieces)


def _units(document: Document) -> Iterator[_Unit]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield _Unit(block.text, block.place)
        else:
            for row in block.rows:
                for cell in row:
                    if cell is not None and cell.text:
                        yield _Unit(cell.text, cell.place)
    for apart in document.apart:
        yield _Unit(apart.text, apart.place, apart.why, apart.furniture)


class _Stock:
    """The pieces that the reading holds, by shelf: taken from it one by one as the words of the source are found."""

    def __init__(self, reading: Reading) -> None:
        self.shelves: dict[str, Counter[str]] = {
            shelf: Counter() for shelf in ("records", "shared", "nested", "furniture", "unplaced")
        }
        self.texts: dict[str, list[tuple[str, ...]]] = {shelf: [] for shelf in self.shelves}
        self.runs: dict[str, set[tuple[str, ...]]] = {shelf: set() for shelf in self.shelves}
        self.whole: Counter[tuple[str, ...]] = Counter()  # pieces of a record's own text → how many have it
        self.printed: set[tuple[str, ...]] = set()  # shared texts found in the source
        self.shared: dict[tuple[str, ...], None] = {}  # shared texts, each once
        for record in reading.records:
            own, nested, common = _texts(record)
            self._add("records", own)
            self.whole.update(own)
            self._add("nested", nested)
            self.shared.update(dict.fromkeys(common))
        self._add("shared", self.shared)
        self._add("furniture", (_pieces(leftover.text) for leftover in reading.furniture))
        self._add("unplaced", (_pieces(leftover.text) for leftover in reading.unplaced))

    def _add(self, shelf: str, texts: Iterable[tuple[str, ...]]) -> None:
        more = list(texts)
        self.texts[shelf].extend(more)
        self.shelves[shelf].update(chain.from_iterable(more))

    def look_for(self, words: Iterable[_Word], shelf: str) -> None:
        """Gather the runs on the shelf that words may stand in, before ``close`` is asked about them."""
        rows = {id(word.row): word for word in words}.values()
        wanted = {piece for word in rows for piece in word.row} | {piece for word in words for piece in word.pieces}
        runs = self.runs[shelf] = set()
        for pieces in self.texts[shelf]:
            for n, piece in enumerate(pieces):
                if piece in wanted:
                    runs.update(pieces[n : n + length] for length in range(1, min(_WINDOW, len(pieces) - n) + 1))

    def close(self, word: _Word, shelf: str) -> bool:
        """Whether the word and its neighbours stand side by side on the shelf as they do in the source."""
        runs = self.runs[shelf]
        first = min(word.begin, _WINDOW - 1)
        row = (
            *word.row[word.begin - first : word.begin],
            *word.pieces,
            *word.row[word.stop : word.stop + _WINDOW - 1],
        )
        length = min(_WINDOW, len(row))
        starts = range(max(first - length + 1, 0), min(first + len(word.pieces), len(row) - length + 1))
        return any(row[n : n + length] in runs for n in starts)

    def take(self, word: _Word, shelf: str) -> bool:
        """Take the pieces of a word off a shelf; False where it does not hold them all."""
        have = self.shelves[shelf]
        if len(word.pieces) == 1:
            if have[word.pieces[0]] < 1:
                return False
            have[word.pieces[0]] -= 1
            return True
        need = Counter(word.pieces)
        if any(have[piece] < count for piece, count in need.items()):
            return False
        have.subtract(need)
        return True


_Pieces = tuple[str, ...]


def _texts(record: ReadRecord) -> tuple[list[_Pieces], list[_Pieces], list[_Pieces]]:
    """The texts of a record in pieces: its own, those found inside its own, and those that it shares with others."""
    own, shared = [_pieces(record.text)], [_pieces(text) for text in record.section]
    small: list[_Pieces] = []
    for name, value in record.fields.items():
        if name in _DERIVED:
            continue
        texts = [_pieces(text) for text in _flat(value)]
        if name in _SHARED:
            shared.extend(texts)
        elif name in ("update", "success_criteria", "response", "key_risk"):
            own.extend(texts)
        else:
            small.extend(texts)
    own = [pieces for pieces in own if pieces]
    whole = f" {' | '.join(' '.join(pieces) for pieces in own)} "
    nested = []
    for text in small:
        if f" {' '.join(text)} " in whole:
            nested.append(text)
        else:
            own.append(text)
    return own, nested, shared


def _flat(value: Any) -> Iterator[str]:
    """The printed texts in a field: of a dict only what stands under ``text``."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, dict):
        yield from _flat(value.get("text"))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _flat(inner)


def _join_broken(units: list[_Unit], stock: _Stock) -> None:
    """Words broken by a hyphen at the end of a line, which the reading holds as one, become one piece.

    The first half takes the whole word's piece, the second half none: it is placed where the first one is.
    """
    for unit in units:
        if "-" not in unit.text:
            continue
        for first, second in zip(unit.words, unit.words[1:], strict=False):
            if not first.text.endswith("-") or not first.pieces or not second.pieces:
                continue
            whole = first.pieces[-1] + second.pieces[0]
            if any(shelf[whole] for shelf in stock.shelves.values()):
                first.pieces = (*first.pieces[:-1], whole)
                second.pieces = second.pieces[1:]
                unit.joined = True


def _place(words: list[_Word], stock: _Stock, shelf: str, *, close: bool) -> None:
    """Place the words that are not placed yet; ``close``: only where their neighbours match too."""
    words = [word for word in words if not word.shelf]
    if not stock.shelves[shelf] or not words:
        return
    if close:
        stock.look_for(words, shelf)
    for word in words:
        if close and not stock.close(word, shelf):
            continue
        if stock.take(word, shelf):
            word.shelf = shelf


def _place_whole(units: list[_Unit], stock: _Stock) -> None:
    """Units that are exactly a record's text or field, or a heading, objective or group, which may be printed often."""
    for unit in units:
        if unit.joined:
            pieces = tuple(piece for word in unit.words for piece in word.pieces)
        else:
            pieces = tuple(unit.words[0].row) if unit.words else ()
        if stock.whole[pieces] > 0:
            stock.whole[pieces] -= 1
            stock.shelves["records"].subtract(pieces)
            shelf = "records"
        elif pieces in stock.shared:
            if pieces not in stock.printed:
                stock.printed.add(pieces)
                stock.shelves["shared"].subtract(pieces)
            shelf = "shared"
        else:
            continue
        for word in unit.words:
            word.shelf = shelf


def _put_back(units: list[_Unit], marked: set[int]) -> None:
    """Single words of a unit that happened to be left over elsewhere do not make it placed, where most of it is lost."""
    for unit in units:
        lost = sum([not word.shelf for word in unit.words])
        if not lost:
            continue
        loose = [word for word in unit.words if word.shelf and id(word) not in marked]
        if loose and len(loose) + lost > 0.8 * len(unit.words) and lost > len(loose):
            for word in loose:
                word.shelf = ""


def _leave(unit: _Unit, reading: Reading) -> None:
    """List the words of a unit that are nowhere in the reading, runs of them together."""
    run: list[str] = []
    for word in [*unit.words, None]:
        if word is not None and not word.shelf:
            run.append(word.text)
            word.shelf = "furniture" if unit.furniture else "unplaced"
        elif run:
            why = unit.why or "not part of any record"
            shelf = reading.furniture if unit.furniture else reading.unplaced
            shelf.append(Leftover(" ".join(run), [dict(unit.place)] if unit.place else [], why))
            run = []
