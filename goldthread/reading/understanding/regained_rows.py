"""Cutting words into the rows of a table whose columns were lost, so that the cells fit the columns best."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from goldthread.reading.understanding.cells import is_area, is_colour, is_news, is_owner, is_status, is_task, says_when
from goldthread.reading.understanding.over import labelled
from goldthread.reading.understanding.regained_headers import Header, main_of
from goldthread.reading.vocabulary import plain, vocabulary

FEWEST_ROWS = 2
WINDOW = 160  # lines that are cut at a time
FITTING = 0.8  # share of the cells of told columns that must fit, over all rows
MOST_LEFT = 0.25  # share of the words below a header that may stay outside the table
_CODE = re.compile(r"(?:[A-Z]{1,4}[-./]?)?\d[\w.\-/]{0,8}|[A-Z]{1,3}\d*[.)]?")
_FIGURE = re.compile(
    r"[£€$+-]?\d[\d,.]*\s?(?:%|k|m|bn|p)?(?:\s(?:days?|weeks?|months?|hours?|million|per cent))?|n/?a|tbc", re.I
)
_DIGIT = re.compile(r"\d")
_DASHES = frozenset({"-", "–", "—"})
# Words with which no date ends; a date that is whole; and what joins a second one to it.
_SMALL_WORDS = frozenset(["of", "and", "for", "the", "to", "in", "on", "with", "all"])  # within the name of a post
_OPEN = frozenset(
    [
        "of",
        "start",
        "early",
        "mid",
        "the",
        "to",
        "from",
        "by",
        "in",
        "on",
        "at",
        "and",
        "or",
        "then",
        "within",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
    ]
)
_WHOLE = re.compile(
    r"(?:\d{1,2}[/.]\d{1,2}[/.])?(?:(?:19|20)?\d\d[/–-])?(?:(?:19|20)\d\d|(?<=[/–-])\d\d)|(?:week|month|quarter|annual|year)ly|on-?going",
    re.I,
)
_DONE = re.compile(
    r"^(?:complete|completed|done|overdue|delayed|closed)\s*[–—:-]\s*(?=\S)", re.I
)  # "Complete – Nov 24"
_NO_DAY = frozenset({"tbc", "tba", "tbd", "to be confirmed", "to be agreed", "n a", "not applicable"})  # instead of one
_JOINS = re.compile(r"[–—/&(-]|(?:to|and|or|from|onwards?|then|until|by|at|within|in|for)\b", re.I)
_MAY_LACK = ("state", "figure", "area")  # cells that are often empty
_LONGEST = {"date": 8, "state": 4, "owner": 14, "figure": 3, "area": 6}  # words
_LINES = 14  # of a cell of text
_LOOKED_AT = 12  # words of a cell of text by which it is weighed
_HOPELESS = 12.0  # behind the best way to the same word: no way that far behind is followed
_KINDS = {
    "number": "code",
    "reference": "code",
    "timescale": "date",
    "completed": "date",
    "revised": "date",
    "start": "date",
    "status": "state",
    "rag": "state",
    "rag_previous": "state",
    "lead": "owner",
    "support": "owner",
    "directorate": "area",
    "target": "figure",
    "actual": "figure",
    "previous": "figure",
    "saving_target": "figure",
    "saving_actual": "figure",
}
_FITS, _EMPTY, _NO_CODE, _UNFIT, _SMALL, _GAP, _BREAK, _INSIDE = 1.5, -0.8, -3.5, -1.0, -1.5, -1.2, -0.1, -0.15
_ROW = -1.0  # for each row, so that none is made of one date in the middle of a sentence
_MIDLINE = -4.0  # a row that begins within a line
_TORN = -0.35  # for each line's end within a cell that is told by itself
_DANGLES = -1.5  # a cell of text that ends within a line, with a word that goes on
_DANGLING = frozenset({"the", "a", "an", "of", "by", "to", "and", "for", "in", "on", "with", "from", "at", "or"})
_BARE = -0.5  # "Manager" alone is the end of a post
_CUT_SHORT = {"date": -1.5, "state": -0.5, "owner": -0.3, "figure": -0.3, "area": -0.3}
_SECTION, _UNSAID = -0.1, -1.5  # for a heading among the rows: one that says what it is, any other line
_THEME = re.compile(
    r"(?:theme|priority|work ?stream|outcome|section|part|strand|pillar|area|goal|ambition|phase)\s+\w{1,4}\b", re.I
)
_NOWHERE = float("-inf")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: the index of its line below the header, whether a blank line stands above that line, and whether wide spaces
    keep it apart from the word before it."""

    text: str
    line: int
    gap: bool
    apart: bool | None = None  # whether wide spaces stand before it; None in a line that has none


@dataclass(slots=True)
class Cutting:
    """Rows of cells, each the first and the last token of it (not included), and where the last row ends. A row of one cell
    is a heading of the rows below it."""

    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    end: int = 0

    @property
    def entries(self) -> list[list[tuple[int, int]]]:
        """The rows that are no headings."""
        return [row for row in self.rows if len(row) > 1]


def cut(tokens: Sequence[Token], header: Header, fewest: int = FEWEST_ROWS) -> Cutting | None:
    """The rows of a lost table; None where they do not fit well enough for anybody to rely on them."""
    cutting = _in_windows(tokens, header)
    if len(cutting.entries) < fewest or len(tokens) - cutting.end > MOST_LEFT * len(tokens):
        return None
    kinds = [_KINDS.get(role) for role in header.roles]
    fits = _Fits(tokens)
    told = [
        (kind, cell)
        for row in cutting.entries
        for kind, cell in zip(kinds, row, strict=True)
        if kind not in (None, "area")
    ]
    good = sum(1 for kind, (a, b) in told if a < b and fits(kind, a, b))
    filled = sum(1 for _, (a, b) in told if a < b and tokens[a].text not in _DASHES)
    return cutting if good >= FITTING * filled and filled * 2 > len(told) else None


def fits_told(role: str, text: str) -> bool | None:
    """Whether a cell fits its column; None for a column of text, and for a cell that holds nothing."""
    kind = _KINDS.get(role)
    return None if kind in (None, "area") or not text or text in _DASHES else _TESTS[kind](text)


def doubtful(tokens: Sequence[Token], row: Sequence[tuple[int, int]], roles: Sequence[str]) -> bool:
    """Whether a cell of a row does not hold what its column does, or the code of the row, its lead or its date is missing."""
    for role, (first, stop) in zip(roles, row, strict=True):
        kind, text = _KINDS.get(role), " ".join(token.text for token in tokens[first:stop])
        if kind is not None and (fits_told(role, text) is False or (not text and kind not in _MAY_LACK)):
            return True
    return False


def _is_lead(text: str) -> bool:
    """Whether words name who leads, and go on to nothing else: "Pond Warden May" ends with a month."""
    words = text.split()
    if text.count("(") != text.count(")") or says_when(f"{words[-1]} 2000"):
        return False
    return _is_named(text) and is_owner(text)


def _is_named(text: str) -> bool:
    """Whether words are written as a name: with capitals, but for the small words within."""
    words = text.split()
    capitals = all(word[:1].isupper() or not word[:1].isalpha() or word in _SMALL_WORDS for word in words)
    return text[:1].isupper() and capitals and words[-1] not in _SMALL_WORDS


def _is_day(text: str) -> bool:
    """Whether words say when, and do not go on to a figure or a word of the next cell behind a whole date."""
    if plain(text) in _NO_DAY:
        return True
    text = _DONE.sub("", text)
    words = text.split()
    if not words or text.endswith(".") or words[-1].lower().strip(",") in _OPEN or not says_when(text):
        return False
    return not any(_WHOLE.fullmatch(a) and not _JOINS.match(b) for a, b in pairwise(words))


_TESTS: dict[str, Callable[[str], bool]] = {
    "code": lambda text: _CODE.fullmatch(text) is not None,
    "date": _is_day,
    "state": lambda text: (
        not (len(text) == 1 and text.islower()) and (is_colour(text) or plain(text) in vocabulary().status)
    ),
    "owner": _is_lead,
    "area": lambda text: _is_named(text) and not _DIGIT.search(text) and is_area(text),
    "figure": lambda text: _FIGURE.fullmatch(text) is not None,
}


def _in_windows(tokens: Sequence[Token], header: Header) -> Cutting:
    """The rows of a table of any length, some lines at a time; what stands last in a window is cut again with the next."""
    found = Cutting()
    while found.end < len(tokens):
        here, last = found.end, tokens[found.end].line + WINDOW
        stop = next((n for n in range(here, len(tokens)) if tokens[n].line >= last), len(tokens))
        cutting = _Search(tokens[here:stop], header).best()
        rows = cutting.rows if stop == len(tokens) else cutting.rows[:-2]
        if not rows:
            break
        found.rows += [[(here + a, here + b) for a, b in row] for row in rows]
        found.end = here + (cutting.end if stop == len(tokens) else rows[-1][-1][1])
        if stop == len(tokens):
            break
    return found


class _Fits:
    """Whether runs of words are what a told column holds, each looked at once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.seen: dict[tuple[str, int, int], bool] = {}

    def __call__(self, kind: str, first: int, stop: int) -> bool:
        found = self.seen.get((kind, first, stop))
        if found is None:
            found = _TESTS[kind](self.text(first, stop))
            self.seen[(kind, first, stop)] = found
        return found

    def text(self, first: int, stop: int) -> str:
        """The words of a run."""
        return " ".join(token.text for token in self.tokens[first:stop])


class _Search:
    """The best way through the words: at each word and column the best score so far and how it was reached."""

    def __init__(self, tokens: Sequence[Token], header: Header) -> None:
        self.tokens, self.header = tokens, header
        self.fits = _Fits(tokens)
        self.width = len(header.roles)
        self.kinds = [_KINDS.get(role) for role in header.roles]
        self.main = main_of(header.roles)
        size = len(tokens)
        self.ends = [0] * size  # for each word where its line ends
        stop = size
        for at in range(size - 1, -1, -1):
            if at + 1 < size and tokens[at + 1].line != tokens[at].line:
                stop = at + 1
            self.ends[at] = stop
        self.spaced = any(token.apart for token in tokens)
        self.parts: dict[int, bool] = {}  # lines that say that they are headings, by their first word
        self.weights: dict[tuple[int, int, int], float] = {}
        self.insides: dict[tuple[int, int], list[int]] = {}
        self.score = [[_NOWHERE] * self.width for _ in range(size + 1)]
        self.came: list[list[tuple[int, int] | None]] = [[None] * self.width for _ in range(size + 1)]

    def best(self) -> Cutting:
        """The rows of the best way; what stands below the last of them costs a little for each of its lines."""
        self.score[0][0] = 0.0
        order = [*range(1, self.width), 0, *range(1, self.width)]
        for at in range(len(self.tokens) + 1):
            for column in order:
                if self.score[at][column] > max(self.score[at]) - _HOPELESS:
                    self._from(at, column)
            if self.score[at][0] > _NOWHERE:
                self._heading(at)
        lines = self.tokens[-1].line + 1
        left = [lines - self.tokens[at].line if at < len(self.tokens) else 0 for at in range(len(self.tokens) + 1)]
        end = max(range(len(self.tokens) + 1), key=lambda at: self.score[at][0] - 0.6 * left[at])
        return self._back(end)

    def _from(self, at: int, column: int) -> None:
        score = self.score[at][column]
        after = (column + 1) % self.width
        for stop, gain in self._cells(at, column):
            if after == 0 and stop == at and column <= self.main:
                continue
            if after == 0 and stop < len(self.tokens) and not self._begins(stop):
                gain += _MIDLINE
            gain += _ROW if after == 0 else 0.0
            if stop > at:
                gain += self._spaced(at, stop)
            if score + gain > self.score[stop][after]:
                self.score[stop][after], self.came[stop][after] = score + gain, (at, column)

    def _heading(self, at: int) -> None:
        """A line at the beginning of a row may be a heading of the rows below it."""
        if at >= len(self.tokens) or not self._begins(at):
            return
        stop = self.ends[at]
        text = self.fits.text(at, stop)
        small = stop < len(self.tokens) and self.tokens[stop].text[:1].islower()
        if not text[:1].isupper() or text.endswith((".", ",", ";")) or small:
            return
        score = self.score[at][0] + (_SECTION if self._names_a_part(at) else _UNSAID)
        if score > self.score[stop][0]:
            self.score[stop][0], self.came[stop][0] = score, (at, 0)

    def _names_a_part(self, at: int) -> bool:
        """Whether a line says that it is a heading: "Recommendation 2: …", "Theme 4"."""
        known = self.parts.get(at)
        if known is None:
            text = self.fits.text(at, self.ends[at])
            known = text[:1].isupper() and (labelled(text) is not None or _THEME.match(text) is not None)
            self.parts[at] = known
        return known

    def _spaced(self, at: int, stop: int) -> float:
        """What wide spaces say against a cell: they stand inside it, or its line has some, and none where it ends."""
        if not self.spaced:
            return 0.0
        inside = sum(1 for token in self.tokens[at + 1 : stop] if token.apart)
        torn = stop < len(self.tokens) and not self._begins(stop) and self.tokens[stop].apart is False
        return -2.0 * inside - (2.0 if torn else 0.0)

    def _begins(self, at: int) -> bool:
        """Whether a row can begin at a word: a line begins there."""
        return at == 0 or self.tokens[at].line != self.tokens[at - 1].line

    def _cells(self, at: int, column: int) -> Iterator[tuple[int, float]]:
        """Where a cell that begins at a word can end, with what speaks for it."""
        kind = self.kinds[column]
        if column != self.main:
            yield at, _NO_CODE if kind == "code" else _EMPTY if kind else 0.6 * _EMPTY
        if at >= len(self.tokens):
            return
        if self.tokens[at].text in _DASHES:
            alone = self.ends[at] == at + 1 or bool(self.tokens[at + 1].apart)
            if column != self.main and alone:
                yield at + 1, 0.5
            return
        if kind == "code":
            if self.fits("code", at, at + 1):
                yield at + 1, _FITS if self._begins(at) else 0.0
        elif kind is not None:
            yield from self._told(at, kind)
        else:
            yield from self._words(at, column)

    def _told(self, at: int, kind: str) -> Iterator[tuple[int, float]]:
        """Ends of a cell that is told by itself: where its words fit; and the end of its line where they do not."""
        fitting: list[int] = []
        for stop in range(at + 1, min(at + _LONGEST[kind], len(self.tokens)) + 1):
            lines = self.tokens[stop - 1].line - self.tokens[at].line
            if lines > 2 or (lines and self.tokens[stop - 1].gap):
                break
            if self.fits(kind, at, stop):
                fitting.append(stop)
        for stop in fitting:
            lines = self.tokens[stop - 1].line - self.tokens[at].line
            whole = 0.3 if stop == self.ends[stop - 1] else 0.0
            longer = any(stop < other and (kind == "date" or other <= self.ends[stop - 1]) for other in fitting)
            bare = _BARE if kind == "owner" and stop == at + 1 and not self.tokens[at].text.isupper() else 0.0
            yield (
                stop,
                _FITS + whole + 0.06 * (stop - at) + _TORN * lines + (_CUT_SHORT[kind] if longer else 0.0) + bare,
            )
        stop = self.ends[at]
        starts = self.tokens[at].text[:1].isupper() or self.tokens[at].text[:1].isdigit()
        if starts and stop - at <= _LONGEST[kind] and self._begins(at) and not self.fits(kind, at, stop):
            yield stop, _UNFIT

    def _words(self, at: int, column: int) -> Iterator[tuple[int, float]]:
        """Ends of a cell of text: where lines end, and before what plainly belongs to the next column."""
        base = self._weight_of_start(at, column)
        first = self.tokens[at].line
        stop = at
        for _ in range(_LINES):
            if stop >= len(self.tokens):
                return
            begins, stop = stop, self.ends[stop]
            if begins > at and self.tokens[begins].gap:
                base += _GAP
            if begins > at and self._names_a_part(begins):
                base += _UNSAID
            lines = self.tokens[begins].line - first
            for inside in self._insides(begins, column):
                if inside > at:
                    yield inside, base + _BREAK * lines + _INSIDE + self._weight(at, inside, column)
            yield stop, base + _BREAK * lines + self._weight(at, stop, column)

    def _weight_of_start(self, at: int, column: int) -> float:
        first = self.tokens[at].text[:1]
        if self._begins(at) and self._names_a_part(at):
            return _UNSAID
        return _SMALL if first.islower() or first == "(" or (column == self.main and first.isdigit()) else 0.0

    def _weight(self, at: int, stop: int, column: int) -> float:
        """What the words say of their column."""
        known = self.weights.get((at, min(stop, at + _LOOKED_AT), column))
        if known is None:
            known = self._weighed(self.fits.text(at, min(stop, at + _LOOKED_AT)), column)
            self.weights[(at, min(stop, at + _LOOKED_AT), column)] = known
        inside = stop < len(self.tokens) and self.tokens[stop].line == self.tokens[stop - 1].line
        return known + (_DANGLES if inside and self.tokens[stop - 1].text in _DANGLING else 0.0)

    def _weighed(self, text: str, column: int) -> float:
        if column == self.main:
            return 0.8 if is_task(text) else 0.0
        if self.header.roles[column] == "update":
            return 0.4 if is_news(text) or is_status(text) else 0.0
        return 0.0

    def _insides(self, begins: int, column: int) -> list[int]:
        """The words within the line of a word at which the cell of the next column can begin, found once."""
        first = begins
        while first and self.tokens[first - 1].line == self.tokens[begins].line:
            first -= 1
        known = self.insides.get((first, column))
        if known is None:
            stop = self.ends[first]
            spaced = self.tokens[first].apart is not None
            places = [n for n in range(first + 1, stop) if not spaced or self.tokens[n].apart]
            known = [n for n in places if self._next_begins(n, column, stop)]
            self.insides[(first, column)] = known
        return known

    def _next_begins(self, at: int, column: int, line_end: int) -> bool:
        """Whether within a line the cell of the next column begins at a word, by what stands there."""
        if self.tokens[at].apart:
            return True
        if column + 1 == self.main:
            return self.tokens[at].text[:1].isupper() and is_task(self.fits.text(at, at + 3))
        after = self.kinds[column + 1] if column + 1 < self.width else None
        if after is None or after == "code":
            return False
        if after == "owner" and not self.tokens[at].text[:1].isupper():
            return False
        stops = range(min(line_end + 4, at + _LONGEST[after], len(self.tokens)), at, -1)
        return any(self.fits(after, at, stop) for stop in stops if stop > line_end - 12)

    def _back(self, end: int) -> Cutting:
        rows: list[list[tuple[int, int]]] = []
        at, column = end, 0
        cells: list[tuple[int, int]] = []
        while self.came[at][column] is not None:
            step = self.came[at][column]
            assert step is not None
            cells.append((step[0], at))
            at, column = step
            if column == 0:
                rows.append(cells[::-1])
                cells = []
        rows.reverse()
        while rows and len(rows[-1]) == 1:  # what stands over nothing belongs to what comes below
            end = rows.pop()[0][0]
        return Cutting(rows, end)
