"""Headings: which section a table stands under, and which rows of a table are headings of the rows below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from goldthread.reading.document import Document, Paragraph, Place, Table
from goldthread.reading.understanding.criteria import label
from goldthread.reading.understanding.over import labelled, stated
from goldthread.reading.understanding.tables import Grid
from goldthread.reading.understanding.title import NAMES_DOCUMENT, is_meeting, names_council, speaks_of_a_day
from goldthread.reading.understanding.written import announced
from goldthread.reading.vocabulary import plain, vocabulary

LONGEST_HEADING = 16  # words
_SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "into",
    "of",
    "on",
    "or",
    "our",
    "the",
    "to",
    "with",
    "&",
}
_GENERIC = re.compile(
    r"^(?:sheet|table|worksheet|data|tab|blad|page|action plan|actions?|plan|tracker|register|log|main)\s*\d*$", re.I
)
# Lines of a cover or a report's head: for whom, from whom, which version.
_COVER = re.compile(
    r"^\s*(?:(?:a )?report (?:to|of|by|for|author)|presented (?:to|by)|prepared (?:by|for)|submitted to|version|author|"
    r"contact|meeting of)\b",
    re.I,
)
COMPLETED = re.compile(r"\b(?:completed|closed|delivered|achieved|implemented)\b", re.I)


@dataclass(slots=True)
class Headings:
    """For the block index of each table the headings it stands under; ``used`` are the paragraphs that are headings."""

    above: dict[int, list[str] | None] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)  # plain forms of the headings that stand outside tables
    between: dict[int, list[Paragraph]] = field(
        default_factory=dict
    )  # what else stands between a table and its heading
    themes: set[int] = field(default_factory=set)  # tables whose heading is the first of the themes in their rows
    over: dict[int, list[str]] = field(default_factory=dict)  # for each paragraph of text the headings it stands under
    places: dict[str, Place] = field(default_factory=dict)  # where each heading stands


def headings_of(document: Document, grids: list[Grid], title: str | None) -> Headings:
    """The headings above each table; None for a table without one, which then goes on under those of the table before."""
    found = Headings()
    tables = {grid.block: grid for grid in grids}
    stack: list[tuple[int, str]] = []
    run: list[tuple[int, Paragraph]] = []
    levels = _levels_in_use(document, title)
    fresh = False
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            grid = tables.get(index)
            loose = _loose_headings(_without_labelled(run), bold_only=levels)
            if grid is not None:
                path = [text for _, text in stack]
                for _, paragraph in loose:
                    heading = _without_header(paragraph.text, grid)
                    if not path or plain(path[-1]) != plain(heading):  # a caption often repeats the heading above it
                        path.append(heading)
                path = _with_name(path, block, grid, document)
                says = any(labelled(part.text) for _, part in run)  # "Recommendation 2: …", as a paragraph
                found.above[index] = path if loose or fresh or says or _named(block) else None
                found.used.update(i for i, _ in loose)
                taken = {i for i, _ in loose}
                found.between[index] = [part for i, part in run if i not in taken]
                found.places.update({clean_heading(part.text): part.place for _, part in loose})
                found.names.update(plain(text) for text in path)
            run, fresh = [], False
        elif _is_sheet(block):
            found.used.add(index)  # a sheet's name: its tables carry it
            stack, run, fresh = [], [], True
        elif _is_title(block, title) and index < 8:
            found.used.add(index)
            if not levels and _is_theme(document, index, grids):
                run.append((index, block))
                found.themes.add(index + 1)
        elif block.level and levels and not label().match(block.text.strip()):
            level = 2 * block.level + _says_with_a_label(block.text)  # "Aim: …" stands under a theme of its own size
            stack = [(n, text) for n, text in stack if n < level]
            found.over[index] = [text for _, text in stack if announced(text) is None]
            stack.append((level, clean_heading(block.text)))
            found.used.add(index)
            found.places[clean_heading(block.text)] = block.place
            fresh = True
            run = []
        else:
            run.append((index, block))
            found.over[index] = [text for _, text in stack if announced(text) is None]
    return found


def _levels_in_use(document: Document, title: str | None) -> bool:
    return any(
        isinstance(b, Paragraph) and b.level and not _is_title(b, title) and not _is_sheet(b) for b in document.blocks
    )


def _is_theme(document: Document, index: int, grids: list[Grid]) -> bool:
    """Whether the first line of a file is its first theme rather than its title: it names no document, stands right above
    a table, and themes that look like it stand in rows of that table."""
    block = document.blocks[index]
    grid = next((g for g in grids if g.block == index + 1), None)
    if (
        not isinstance(block, Paragraph)
        or grid is None
        or NAMES_DOCUMENT.search(block.text)
        or len(block.text.split()) > 6
    ):
        return False
    return any(row.kind == "body" and is_section_row(grid, at) for at, row in enumerate(grid.rows))


def _is_sheet(block: Paragraph) -> bool:
    return set(block.place) == {"sheet"}


def _is_title(block: Paragraph, title: str | None) -> bool:
    return title is not None and plain(block.text) == plain(title)


def _loose_headings(run: list[tuple[int, Paragraph]], *, bold_only: bool) -> list[tuple[int, Paragraph]]:
    """Without levels, the paragraph right above a table is its heading where it looks like one; with them, a bold one is.

    Two in a row are outer and inner heading only where their looks differ (the outer is larger); otherwise the upper one
    may be anything.
    """
    run = [(index, part) for index, part in run if not _is_cover(part.text)]
    if not run or not looks_like_heading(run[-1][1].text) or run[-1][1].bullet:
        return []
    last = run[-1]
    if bold_only:
        return [last] if last[1].bold else []
    if len(run) > 1 and looks_like_heading(run[-2][1].text) and not run[-2][1].bullet:
        outer, inner = run[-2][1], last[1]
        if outer.size and inner.size and outer.size > inner.size + 0.5:
            return [run[-2], last]
    return [last]


def _without_labelled(run: list[tuple[int, Paragraph]]) -> list[tuple[int, Paragraph]]:
    """What stands over a table without the last lines that say with a label what its entries serve ("Aim: …")."""
    end = len(run)
    while end and _says_with_a_label(run[end - 1][1].text):
        end -= 1
    return run[:end]


def _says_with_a_label(text: str) -> bool:
    return stated(text) is not None or label().match(text.strip()) is not None


def _is_cover(text: str) -> bool:
    """Whether a line says of which day a document speaks, for whom it is, or whose it is: it heads nothing."""
    return speaks_of_a_day(text) or _COVER.match(text) is not None or names_council(text) or is_meeting(text)


def looks_like_heading(text: str) -> bool:
    """Short, and no sentence: does not end in a full stop, comma or semicolon."""
    words = text.split()
    return (
        0 < len(words) <= LONGEST_HEADING
        and not text.rstrip().endswith((".", ",", ";"))
        and any(c.isalpha() for c in text)
    )


def clean_heading(text: str) -> str:
    """A heading as it is quoted: lines joined, a closing colon left out."""
    return " ".join(text.split()).rstrip(":").strip()


def _without_header(text: str, grid: Grid) -> str:
    """A heading without the first words of the header row below it, which conversion sometimes leaves at its end."""
    heading = clean_heading(text)
    first = next((c.heading for c in grid.columns if c.heading.strip()), "")
    if first and len(heading) > len(first) + 3 and heading.lower().endswith(" " + first.lower()):
        return heading[: -len(first)].rstrip()
    return heading


def _named(table: Table) -> bool:
    return bool(
        table.name
        and not _GENERIC.match(table.name.strip())
        and plain(table.name) not in vocabulary().words["generic_names"]
    )


def _with_name(path: list[str], table: Table, grid: Grid, document: Document) -> list[str]:
    """The name of a sheet or the caption of a table is a heading, where there are several of them."""
    name = clean_heading(table.name or "")
    several = len({b.name for b in document.blocks if isinstance(b, Table) and b.name}) > 1
    if not _named(table) or not several or any(plain(name) == plain(part) for part in path):
        return path
    return [*path, name]


def is_section_row(grid: Grid, at: int) -> bool:
    """Whether a row of a grid is a heading: one cell with few words, alone in its row or spanning it, above an entry.

    Where a reader gives printed lines, a broken-off piece of a cell also stands alone in its row: there a heading must be
    written as one (capitals, no sentence) and the next row must begin an entry.
    """
    row = grid.rows[at]
    filled = [i for i in row.filled if not _is_mark(grid, i, row.texts[i])]
    if len(filled) != 1 or (row.carried - {filled[0]} and not _spans(grid, at)):
        return False
    text = " ".join(row.texts[filled[0]].split())
    if not looks_like_heading(text) or re.fullmatch(r"[\d\W]+", text):
        return False
    if not grid.torn:
        return filled[0] <= 1 and (
            _spans(grid, at) or (len(text.split()) <= LONGEST_HEADING and _entry_below(grid, at))
        )
    first = filled[0] == 0
    return first and not text.endswith(":") and looks_titled(text) and _begins_below(grid, at)


def _spans(grid: Grid, at: int) -> bool:
    """Whether one cell with words spans the row of the table."""
    cells = grid.table.rows[grid.rows[at].at]
    wide = max(2, grid.width - 1)
    return any(c is not None and c.text.strip() and c.col_span >= wide for c in cells)


def looks_titled(text: str) -> bool:
    """Written like a heading: every longer word with a capital, or no more than three words."""
    words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", text) if w.lower() not in _SMALL]
    if not words or len(words) > 8:
        return False
    capital = sum(1 for w in words if any(c.isupper() for c in w))
    if 1 < len(words) <= 4 and words[0][:1].islower() and capital >= len(words) - 1:
        return True  # a name that is written small, with the rest of the heading
    return capital == len(words) or (len(words) <= 3 and words[0][:1].isupper() and capital >= len(words) - 1)


def _entry_below(grid: Grid, at: int) -> bool:
    """A row below with at least two filled cells: what stands alone at the end of a table heads nothing."""
    for row in grid.rows[at + 1 : at + 4]:
        if len(row.filled) >= 2 and row.kind == "body":
            return True
        if row.kind not in ("blank", "header", "section", "body"):
            return False
    return False


def _begins_below(grid: Grid, at: int) -> bool:
    """In a torn table: the next row holds a lead, an objective with an action, or is another heading; or the page ends."""
    if at + 1 >= len(grid.rows):  # the last line of a page: a heading only where every word is written as one
        words = [w for w in grid.rows[at].texts[0].split() if w.lower() not in _SMALL]
        return at > 0 and 0 < len(words) <= 3 and all(word[:1].isupper() for word in words)
    below = grid.rows[at + 1]
    lead = grid.column("lead")
    filled = [i for i in below.filled if not _is_noise(below.texts[i])]
    if lead is not None and lead.index in filled:
        return True
    if len(filled) == 1 and filled[0] == 0:
        return looks_titled(below.texts[0]) or len(below.texts[0].split()) > 10
    return len(filled) >= 3


def _is_mark(grid: Grid, column: int, text: str) -> bool:
    """Whether a cell holds only marks: noise of conversion where lines are torn, and never a figure in a column of them."""
    if not grid.torn:
        return not any(c.isalnum() for c in text)
    role = next((c.role for c in grid.columns if c.index == column), None)
    return _is_noise(text) and role not in ("target", "actual", "previous", "series", "risk_rating", "rag")


def _is_noise(text: str) -> bool:
    """Marks that conversion leaves in empty cells: a dot, a stroke, a digit or two."""
    return len(re.sub(r"\s", "", text)) <= 2 or not re.search(r"[^\W\d_]{2}", text)


class Path:
    """The path of headings while walking through rows: outer headings from outside the table, inner ones from its rows."""

    def __init__(self, known: set[str]) -> None:
        self.known = {
            _same(name) for name in known
        }  # headings that stand outside tables: outer ones wherever they come again
        self.outer: list[str] = []
        self.rows: list[str] = []
        self._after_row = False

    def enter(self, above: list[str] | None) -> None:
        """A new table begins; None where no heading stands above it, and the headings before it go on."""
        if above is not None:
            self.outer, self.rows = list(above), []
        self._after_row = False

    def row(self, text: str) -> None:
        """A heading row: right below another one it is inside it, else it takes the place of the innermost."""
        heading = clean_heading(text)
        if _same(heading) in self.known and self.outer and _same(heading) != _same(self.outer[-1]):
            self.rows = [heading]
        elif self._after_row:
            self.rows.append(heading)
        else:
            self.rows = [*self.rows[:-1], heading] if self.rows else [heading]
        self._after_row = True

    def entry(self) -> None:
        """An entry follows: the next heading row begins anew."""
        self._after_row = False

    def now(self) -> list[str]:
        """The headings an entry stands under now."""
        return [*self.outer, *self.rows]


def _same(text: str) -> str:
    return re.sub(r"\band\b", "", plain(text)).replace("  ", " ").strip()
