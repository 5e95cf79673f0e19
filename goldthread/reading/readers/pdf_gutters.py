"""Tables that nothing but white space parts: columns by the gutters that run down all their lines, rows by the wider gaps.

A gutter is a strip that no word of the table's lines touches. A row begins where the cells of several columns begin; a
cell that stands beside several rows (a merged one) belongs to the first of them. Tables without space between their rows
are left to ``pdf_columns``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from goldthread.reading.readers.pdf_pages import Box, Word
from goldthread.reading.readers.pdf_ruled import GridCell, Proposal
from goldthread.reading.readers.pdf_text import Line, boxed, lines_of
from goldthread.reading.readers.wording import BULLETS

_GAP = 0.75  # font sizes: words further apart on a line stand in two columns (spaces between words are about 0.3)
_GUTTER = 0.5  # font sizes: how much of the gap must stay free down the whole table
_WINDOW = 60  # lines of a page that are looked at for the beginnings of columns
_LONG = 12  # lines of a region that is no table
_FAR = 4.5  # font sizes between two lines: a larger gap ends a table
_LEADING = 1.3  # font sizes from line to line, at most, where nothing closer shows it
_ROW = 1.25  # line pitches: cells further apart are two
_LARGER = 1.15  # times the size of a table's text: a heading
_LABEL = 8  # words of a label at most, in tables of labels and values
_DENSE = 0.8  # share of lines with words: text set in columns fills nearly every line of each
_APART = 0.1  # share of lines that stand apart from the one above, in a table with space between its rows
_SNAP = 1.0  # points between two beginnings of one column
_SEEN = 3  # words that begin at one place on the page, after a gap: a column begins there
MIN_ROWS = 3

Span = tuple[float, float]


@dataclass(slots=True)
class Region:
    """Lines of a page that share gutters; ``wide`` are those that run across (names of groups of rows)."""

    lines: list[Line]
    gutters: list[Span]
    wide: set[int] = field(default_factory=set)
    stop: int = 0


@dataclass(slots=True)
class _Cell:
    column: int
    lines: list[list[Word]]
    top: float


def gutter_tables(
    page: int, words: Sequence[Word], before: list[Span], heads: dict[str, list[Span]] | None = None
) -> tuple[list[Proposal], list[Span]]:
    """The tables of a page (by its number), and the gutters of the last one: ``before`` are those of a table that ended
    the page before, which the first lines of this page may go on with. ``heads`` holds the gutters of the tables so far
    by their first lines: below the same line again, a row or two that show no columns themselves are a table as well."""
    heads = {} if heads is None else heads
    lines = lines_of(words)
    found: list[Proposal] = []
    last: list[Span] = []
    here = 0
    while here < len(lines):
        hint = before if here == 0 else []
        tried, pairs = _tried(page, lines, here, hint)
        if not pairs and (known := heads.get(_printed(lines[here]), [])):
            tried, pairs = _tried(page, lines, here, known)
        if not pairs:
            reach = max((region.stop for region in tried if region), default=here + 1)
            here = reach if reach - here > _LONG else here + 1  # long text set in columns is not tried line by line
            continue
        region, proposal = max(pairs, key=lambda pair: (round(len(pair[1].words), -1), pair[1].columns))
        found.append(proposal)
        if len(region.lines[0].words) >= MIN_ROWS:  # as many words as a header has
            heads.setdefault(_printed(region.lines[0]), region.gutters)
        here = region.stop
        last = region.gutters if here >= len(lines) - 1 else []
    return found, last


def _tried(
    page: int, lines: Sequence[Line], here: int, hint: list[Span]
) -> tuple[list[Region | None], list[tuple[Region, Proposal]]]:
    """The regions that begin at a line, and those of them that are tables."""
    tried = [find(lines, here, hint) for find in (_started_region, _region)]
    return tried, [(r, p) for r in tried if r and (p := _proposal(page, r, goes_on=bool(hint))) is not None]


def _printed(line: Line) -> str:
    return " ".join(word.text for word in line.words)


def _chunks(line: Line, starts: Sequence[float] = ()) -> list[list[Word]]:
    """The words of a line in groups, parted by a gap wider than a space, and where a known column begins."""
    groups: list[list[Word]] = [[line.words[0]]]
    for word in line.words[1:]:
        begins = any(abs(word.x0 - start) < _SNAP for start in starts)
        if begins or word.x0 - groups[-1][-1].x1 > _GAP * max(line.size, 6.0):
            groups.append([word])
        else:
            groups[-1].append(word)
    return groups


def _spans(line: Line) -> list[Span]:
    return [(group[0].x0, max(word.x1 for word in group)) for group in _chunks(line)]


def _starts(lines: Sequence[Line]) -> list[float]:
    """Where columns begin: places at which several lines begin a group of words. Words in running text begin anywhere."""
    begins = sorted(group[0].x0 for line in lines for group in _chunks(line))
    clusters: list[list[float]] = []
    for x in begins:
        if clusters and x - clusters[-1][-1] < _SNAP:
            clusters[-1].append(x)
        else:
            clusters.append([x])
    return [cluster[0] for cluster in clusters if len(cluster) >= _SEEN]


def _breaks_into(line: Line, starts: Sequence[float]) -> bool:
    """Whether running text of a line goes over the beginning of a column. A word that is too long for its own column
    may."""
    words = line.words
    for n, word in enumerate(words):
        own = any(abs(word.x0 - start) < _SNAP for start in starts) or n == 0
        if not own and any(word.x0 < start - _SNAP and word.x1 > start + _SNAP for start in starts):
            return True
        if own or n == 0:
            continue
        gap = word.x0 - words[n - 1].x1
        if gap <= _GAP * max(line.size, 6.0) and any(words[n - 1].x1 <= start <= word.x0 - _SNAP for start in starts):
            return True
    return False


def _without_bullets(lines: Sequence[Line], starts: Sequence[float]) -> list[float]:
    """The beginnings of columns without those of the texts of lists, which only bullets stand before."""
    kept: list[float] = []
    for start in starts:
        left = kept[-1] if kept else 0.0
        before = [w.text for line in lines for w in line.words if left - _SNAP < w.x0 < start - _SNAP]
        if not kept or not before or any(text not in BULLETS and text not in "-–" for text in before):
            kept.append(start)
    return kept


def _ends(line: Line, above: Line, region: Region) -> bool:
    """Whether a table ends above a line: a wide gap, or the line begins left of everything in the table's first lines."""
    size = max(region.lines[0].size, 6.0)
    left = min(other.box.x0 for other in region.lines[:3])
    return line.box.top - above.box.bottom > _FAR * size or (len(region.lines) > 1 and line.box.x0 < left - 2 * _SNAP)


def _started_region(lines: Sequence[Line], first: int, before: list[Span]) -> Region | None:
    """The lines from one on that keep to the beginnings of columns which they show; None where there are too few."""
    starts = [g1 for _, g1 in before]
    if not before and len(_chunks(lines[first])) < 2:
        return None
    if not before:
        window = lines[first : first + _WINDOW]
        starts = [x for x in _without_bullets(window, _starts(window)) if x > lines[first].words[0].x0 + _SNAP]
    if len(starts) < (1 if before else 2) or _breaks_into(lines[first], starts):
        return None
    if not before and len(_chunks(lines[first], starts)) < 2:
        return None
    size = max(lines[first].size, 6.0)
    region = Region([lines[first]], [(start - _SNAP, start) for start in starts], stop=first + 1)
    for at in range(first + 1, len(lines)):
        line, above = lines[at], lines[at - 1]
        alone = len(_chunks(line, starts)) == 1
        if _ends(line, above, region) or (line.size > _LARGER * size and alone):
            break
        if _breaks_into(line, starts):
            if not (alone and at + 1 < len(lines) and len(_chunks(lines[at + 1], starts)) > 1):
                break
            region.wide.add(len(region.lines))
        region.lines.append(line)
        region.stop = at + 1
    used = {_column_of(word, starts) for line in region.lines for word in line.words}
    return region if len(used) == len(starts) + 1 or before else None


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _gutters(covered: list[Span], least: float) -> list[Span]:
    return [(a[1], b[0]) for a, b in pairwise(covered) if b[0] - a[1] >= least]


def _crosses(line: Line, gutters: Sequence[Span]) -> bool:
    """Whether a group of words runs across a gutter."""
    return any(left < g0 and right > g1 for left, right in _spans(line) for g0, g1 in gutters)


def _region(lines: Sequence[Line], first: int, before: list[Span]) -> Region | None:
    """The lines from one on that keep its gutters; None where it is no line of a table."""
    line = lines[first]
    if line.bulleted and not before:
        return None
    size = max(line.size, 6.0)
    covered = _merged(_spans(line))
    gutters = _gutters(covered, _GUTTER * size)
    hinted = bool(before) and not _crosses(line, before)
    if not gutters and not hinted:
        return None
    region = Region([line], list(before) if hinted else gutters, stop=first + 1)
    for at in range(first + 1, len(lines)):
        line, above = lines[at], lines[at - 1]
        if _ends(line, above, region) or (line.size > _LARGER * size and len(_spans(line)) == 1):
            break
        wider = _merged([*covered, *_spans(line)])
        narrowed = _gutters(wider, _GUTTER * size)
        crosses = _crosses(line, region.gutters) or len(narrowed) < len(region.gutters) - (1 if hinted else 0)
        if crosses:
            if not _heads_rows(lines, at, region.gutters):
                break
            region.wide.add(len(region.lines))
        else:
            covered = wider
            region.gutters = region.gutters if hinted and len(narrowed) < len(region.gutters) else narrowed
        region.lines.append(line)
        region.stop = at + 1
    return region


def _heads_rows(lines: Sequence[Line], at: int, gutters: Sequence[Span]) -> bool:
    """Whether a line that runs across is the name of a group of rows: one group of words, and rows follow."""
    if len(_spans(lines[at])) > 1 or len(lines[at].words) > 12 or at + 1 >= len(lines):
        return False
    below = lines[at + 1]
    return not _crosses(below, gutters) and len(_spans(below)) > 1


def _proposal(page: int, region: Region, *, goes_on: bool) -> Proposal | None:
    """The region as a table; None where its rows do not stand apart, or where it is text set in columns."""
    edges = [g1 for _, g1 in region.gutters]
    columns = len(edges) + 1
    if len(region.lines) < (1 if goes_on else MIN_ROWS) or columns < 2:
        return None
    cells = _cells(region, edges)
    starts = _row_starts(cells, region, goes_on=goes_on)
    if len(starts) < (1 if goes_on else MIN_ROWS) or not _tabular(region, cells, columns, len(starts), goes_on=goes_on):
        return None
    return _grid(page, region, cells, starts, edges)


def _column_of(word: Word, edges: Sequence[float]) -> int:
    return bisect_left(edges, word.x0 + _SNAP)


def _pitch(region: Region, edges: Sequence[float]) -> float:
    """The usual distance from line to line inside a cell: that of the closer lines of a column, never far above the
    size of the print (where every cell has one line, all lines of a column are far apart)."""
    size = max(region.lines[0].size, 6.0)
    last: dict[int, float] = {}
    steps: list[float] = []
    for line in region.lines:
        middle = line.box.middle[1]
        for column in {_column_of(word, edges) for word in line.words}:
            if column in last and middle - last[column] > 0.9 * size:
                steps.append(middle - last[column])
            last[column] = middle
    steps.sort()
    return min(steps[len(steps) // 5] if steps else _LEADING * size, _LEADING * size)


def _tight_starts(region: Region, edges: Sequence[float], tight: float) -> set[int]:
    """The lines that begin a row in a table without space between its rows; none where rows stand apart.

    A row begins where a column that was empty on the line above has words again, and where every column begins like an
    entry: with a capital or a figure.
    """
    lines = region.lines
    apart = sum(1 for a, b in pairwise(lines) if b.box.middle[1] - a.box.middle[1] > _ROW * tight)
    if apart >= _APART * len(lines):
        return set()
    found: set[int] = set()
    before: set[int] = set()
    for number, line in enumerate(lines):
        first: dict[int, str] = {}
        for word in line.words:
            first.setdefault(_column_of(word, edges), word.text)
        fresh = all(not text[:1].islower() for text in first.values())
        again = bool(set(first) - before) and (fresh or 0 in first)
        if number == 0 or again or (fresh and 0 in first and 2 * len(first) > len(edges) + 1):
            found.add(number)
        before = set(first)
    return found


def _cells(region: Region, edges: Sequence[float]) -> list[_Cell]:
    """The cells of each column: runs of lines without a wider gap between them."""
    tight = _pitch(region, edges)
    begins = _tight_starts(region, edges, tight)
    cells: list[_Cell] = []
    open_: dict[int, _Cell] = {}
    bottom: dict[int, float] = {}
    for number, line in enumerate(region.lines):
        middle = line.box.middle[1]
        parts: dict[int, list[Word]] = {}
        for word in line.words:
            parts.setdefault(0 if number in region.wide else _column_of(word, edges), []).append(word)
        if number in region.wide:
            open_.clear()
        for column, words in parts.items():
            cell = open_.get(column)
            if cell is None or number in begins or middle - bottom[column] > _ROW * tight:
                cell = open_[column] = _Cell(column, [], middle)
                cells.append(cell)
            cell.lines.append(words)
            bottom[column] = middle
        if number in region.wide:
            open_.clear()
    return cells


def _row_starts(cells: Sequence[_Cell], region: Region, *, goes_on: bool) -> list[float]:
    """Where rows begin: at the first line, where cells of several columns begin together, or one in the first column."""
    size = max(region.lines[0].size, 6.0)
    tops: list[tuple[float, set[int]]] = []
    for cell in sorted(cells, key=lambda cell: cell.top):
        if tops and cell.top - tops[-1][0] < 0.45 * size:
            tops[-1][1].add(cell.column)
        else:
            tops.append((cell.top, {cell.column}))
    return [top for n, (top, columns) in enumerate(tops) if n == 0 or len(columns) > 1 or 0 in columns]


def _tabular(region: Region, cells: Sequence[_Cell], columns: int, rows: int, *, goes_on: bool) -> bool:
    """Whether this is a table and not text set in columns: some column is empty in many lines; two columns are labels
    with values."""
    if columns == 2:
        labels = [cell for cell in cells if cell.column == 0]
        short = all(sum(map(len, cell.lines)) <= _LABEL for cell in labels)
        return short and len(labels) >= (1 if goes_on else MIN_ROWS)
    filled = [0] * columns
    for cell in cells:
        filled[cell.column] += len(cell.lines)
    return goes_on or min(filled) < _DENSE * len(region.lines) or rows >= 0.8 * len(region.lines)


def _grid(page: int, region: Region, cells: Sequence[_Cell], starts: list[float], edges: Sequence[float]) -> Proposal:
    """The cells at their places in rows and columns."""
    box = boxed([word for line in region.lines for word in line.words])
    lefts, rights = [box.x0, *edges], [*edges, box.x1]
    wide = {id(word) for number in region.wide for word in region.lines[number].words}
    made: dict[tuple[int, int], GridCell] = {}
    lasts = [*starts[1:], box.bottom]
    for row, top in enumerate(starts):
        for column in range(len(lefts)):
            made[row, column] = GridCell(row, column, 1, 1, Box(lefts[column], top, rights[column], lasts[row]))
    for cell in sorted(cells, key=lambda cell: cell.top):
        row = max((n for n, top in enumerate(starts) if top <= cell.top + 0.45 * region.lines[0].size), default=0)
        target = made[row, cell.column]
        words = [word for line in cell.lines for word in line]
        target.words = [*target.words, *words]
        if words and id(words[0]) in wide:
            target.col_span = len(lefts)
    spanned = {row for (row, _), cell in made.items() if cell.col_span > 1}
    kept = [cell for (row, column), cell in made.items() if row not in spanned or column == 0]
    return Proposal("gutters", page, box, len(starts), len(lefts), kept)
