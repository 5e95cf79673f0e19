"""Torn tables: rows that conversion broke over lines and pages are put together again to whole entries.

A converter that writes one line for each printed line leaves a table in which an action, its lead and its update begin on
about the same line and then go on independently below. What is sure is the lead: a name or post begins an entry, unless it
only completes the one above ("Marcus" / "Chrysostomou"), or repeats it at the top of a page. Objectives span entries, so
whether a line begins a new one is told by the label of criteria that follows it, by capitals and by unfinished sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from goldthread.reading.document import Place
from goldthread.reading.understanding.cells import is_colour
from goldthread.reading.understanding.collapsed import is_collapsed, read_collapsed
from goldthread.reading.understanding.columns import Column
from goldthread.reading.understanding.criteria import has_label, label
from goldthread.reading.understanding.entries import Entry, Item, Objective, Piece, Section, TableStart, main_role
from goldthread.reading.understanding.garbled import mark_garbled
from goldthread.reading.understanding.headings import is_section_row
from goldthread.reading.understanding.leads import is_person, starts_lead
from goldthread.reading.understanding.statuses import timescale_at_start
from goldthread.reading.understanding.tables import Grid, Row
from goldthread.reading.vocabulary import plain

if TYPE_CHECKING:
    from goldthread.reading.understanding.plan_records import PlanRecords

TORN_SHARE = 0.12  # share of rows that begin in the middle of a sentence, from which a table counts as torn
_UNFINISHED = re.compile(
    r"(?:[,;(/–-]|\b(?:a|an|the|and|or|of|in|on|to|for|from|by|with|as|at|is|are|our|their|that|which|be|into|via|such))$",
    re.I,
)
_NUMERIC = (
    "risk_rating",
    "number",
    "reference",
    "completed",
    "timescale",
    "rag",
    "target",
    "actual",
    "status",
    "start",
    "revised",
)


@dataclass(slots=True)
class _Line:
    """A printed line of a torn table: its cells by role."""

    cells: dict[str, Piece]
    grid: Grid
    fresh: bool = False  # the first line after a break of page or table
    section: str | None = None
    start: TableStart | None = None

    def text(self, role: str) -> str:
        piece = self.cells.get(role)
        return piece.text.strip() if piece is not None else ""


@dataclass(slots=True)
class _State:
    entry: Entry | None = None
    objective: Objective | None = None
    lead_line: int = -1
    lines_in_entry: int = 0
    own_objective: bool = False  # the entry has brought words of an objective
    done: list[Item] = field(default_factory=list)


def is_torn(grids: Sequence[Grid]) -> bool:
    """Whether the plan tables of a document, given line by line, hold rows that only go on with the row above."""
    rows = [row for grid in grids for row in grid.rows if row.kind == "body" and row.filled]
    if len(rows) < 3:
        return False
    return sum(_signs_of_tearing(grid) for grid in grids) >= max(2, TORN_SHARE * len(rows))


def _signs_of_tearing(grid: Grid) -> int:
    """How many rows of a table only go on: a cell begins in the middle of a sentence, an update stands alone, or a lead
    stands without its action, which begins a row below without a lead."""
    main, lead = grid.column(main_role(grid)), grid.column("lead")
    rows = [row for row in grid.rows if row.kind == "body" and row.filled]
    signs = 0
    for n, row in enumerate(rows):
        begins = [row.texts[i].strip() for i in row.filled if len(row.texts[i].split()) > 1]
        lower = any(text[:1].islower() and not re.match(r"^[a-z]+[A-Z]", text) for text in begins)
        if main is None:
            signs += lower
            continue
        alone = main.index not in row.filled and len(row.filled) == 1 and row.filled[0] > main.index
        below = rows[n + 1].filled if n + 1 < len(rows) else []
        crossed = lead is not None and lead.index in row.filled and main.index not in row.filled
        crossed = crossed and lead is not None and main.index in below and lead.index not in below
        signs += lower or alone or crossed
    return signs


def mend(run: Sequence[tuple[Grid, list[str] | None]], known: list[str], records: PlanRecords) -> Iterator[Item]:
    """The items of a run of torn tables: whole entries, with the headings between them."""
    for grid, _ in run:
        if grid.kind == "none":
            _slip(grid, [other for other, _ in run], known)
    lines = _lines(run, known, records)
    state = _State()
    for at, line in enumerate(lines):
        if line.start is not None or line.section is not None:
            if line.start is not None and line.start.above is None:
                if is_collapsed(line.grid):
                    _close(state)
                    state.objective = None
                state.done.append(line.start)
                continue
            _close(state)
            state.objective = None
            state.done.append(line.start or Section(line.section or "", next(iter(line.cells.values())).place))
            continue
        _take(state, lines, at, known)
    _close(state)
    yield from _tidy(state.done, records)


def _tidy(items: list[Item], records: PlanRecords) -> Iterator[Item]:
    """Collapsed tables become entries in their turn; timescales that slipped to the next entry go back to their own."""
    entries = [item for item in items if isinstance(item, Entry)]
    for before, entry in pairwise(entries):
        _give_back_timescale(before, entry)
    for item in items:
        yield item
        if isinstance(item, TableStart) and is_collapsed(item.grid):
            yield from read_collapsed(item.grid, records)


def _give_back_timescale(before: Entry, entry: Entry) -> None:
    """A recommendation that begins with a timescale, below one that ends without: the page break moved it down."""
    pieces = entry.cells.get("recommendation", [])
    column = entry.grid.column("recommendation") if entry.grid else None
    if not pieces or column is None or "timescale" not in column.inside:
        return
    phrase, rest = timescale_at_start(pieces[0].text)
    above = before.cells.get("recommendation", [])
    if phrase and above and above[-1].text.rstrip().endswith("."):
        before.add("recommendation", Piece(phrase, pieces[0].place, pieces[0].column))
        pieces[0] = Piece(rest, pieces[0].place, pieces[0].column)


def _slip(grid: Grid, others: Sequence[Grid], known: list[str]) -> None:
    """A table that lost columns to a page break takes the columns of the one before it, told by where the leads stand.

    What stands left of the leads is the action (the objective's cell went on above the break and is empty here).
    """
    names = {plain(name) for name in known}
    hits = [sum(1 for row in grid.rows if _owner(row.texts[c], names)) for c in range(grid.width)]
    earlier = others[: next(n for n, other in enumerate(others) if other is grid)]
    before = next((other for other in reversed(earlier) if other.kind == "plan" and other.columns), None)
    if before is None or grid.width < 2:
        return
    grid.kind, grid.inherited = before.kind, True
    if grid.width == 2 or not any(hits):
        grid.columns = []
        return
    lead = max(range(len(hits)), key=lambda c: hits[c])
    main = main_role(before)
    after = [c.role for c in before.columns if c.index > (before.column("lead") or c).index and c.role]
    grid.columns = []
    for index in range(grid.width):
        role = main if index < lead else "lead" if index == lead else None
        if index > lead:
            role = after[min(index - lead - 1, len(after) - 1)] if after else "update"
        grid.columns.append(Column(index, "", role))


def _owner(text: str, names: set[str]) -> bool:
    """Whether a cell holds nothing but an owner."""
    return plain(text) in names or (
        len(text.split()) > 1 and (is_person(text) or (len(text.split()) <= 6 and starts_lead(text)))
    )


def _lines(run: Sequence[tuple[Grid, list[str] | None]], known: list[str], records: PlanRecords) -> list[_Line]:
    """The lines of all tables, without noise, headers and garbled second prints; headings and table starts among them."""
    lines: list[_Line] = []
    for grid, above in run:
        lines.append(_Line({}, grid, start=TableStart(grid, above)))
        if not grid.columns:
            continue
        rows = [row for row in grid.rows if row.kind == "body"]
        mark_garbled(grid, rows, records)
        fresh = True
        for at, row in enumerate(grid.rows):
            cells = _cells(row, grid, records) if row.kind == "body" else {}
            if not cells:
                continue
            if is_section_row(grid, at):
                lines.append(_Line(cells, grid, section=next(iter(cells.values())).text))
                continue
            lines.append(_Line(cells, grid, fresh=fresh))
            fresh = False
    return lines


def _cells(row: Row, grid: Grid, records: PlanRecords) -> dict[str, Piece]:
    """The cells of a line by their role; stray marks are listed as unplaced."""
    cells: dict[str, Piece] = {}
    for column in grid.columns:
        text = row.texts[column.index].strip()
        role = column.role or ""
        if not text:
            continue
        if not _says_something(text, role):
            records.stray(text, row.places[column.index])
            continue
        if role in cells:
            cells[role].text += " " + text
        else:
            cells[role] = Piece(text, row.places[column.index], column.index)
    return cells


def _says_something(text: str, role: str) -> bool:
    """Marks that conversion leaves in empty cells say nothing: dots, strokes, a stray digit where words stand. The letter of
    a rating in its own column is none."""
    if role == "rag" and is_colour(text):
        return True
    if role in _NUMERIC:
        return bool(re.search(r"[^\W_]{2}|\d", text)) and (len(text) > 1 or role in ("risk_rating", "number", "rag"))
    return bool(re.search(r"[^\W\d_]{2}", text)) or bool(re.search(r"\d.*[^\W_]", text) and len(text.split()) > 2)


def _take(state: _State, lines: list[_Line], at: int, known: list[str]) -> None:
    """Add one line to the entry it belongs to, or begin a new one."""
    line = lines[at]
    main = main_role(line.grid)
    lead, over = line.text("lead"), line.text("objective")
    goes_on = bool(lead) and _completes_lead(state, lead, at, known)
    repeats = bool(lead) and not goes_on and _repeats(state, line, main)
    starts = state.entry is None or (bool(lead) and not goes_on and not repeats)
    new_objective = bool(over) and _new_objective(state, lines, at, starts, known)
    unowned = not starts and not lead and bool(line.text(main)) and new_objective and _has(state.entry, main)
    if starts or unowned:
        before = state.entry
        _close(state)
        state.entry = Entry(grid=line.grid, confidence=0.9)
        state.lines_in_entry, state.own_objective = 0, False
        if unowned and before is not None:
            _inherit(before, state.entry, line, main)
    entry = state.entry
    assert entry is not None
    if over:
        _add_objective(state, line, new_objective)
        state.own_objective = True
    entry.objective = state.objective
    for role, piece in line.cells.items():
        if role == "lead" and not repeats:
            entry.add("lead", piece)
            state.lead_line = at
        elif role not in ("objective", "lead"):
            entry.add(role, piece)
    state.lines_in_entry += 1


def _has(entry: Entry | None, role: str) -> bool:
    return entry is not None and bool(entry.raw(role))


def _close(state: _State) -> None:
    """The entry is whole; one without a word but its lead is nothing and goes to the next."""
    if state.entry is not None and state.entry.cells:
        state.done.append(state.entry)
    state.entry = None
    state.lead_line = -1


def _completes_lead(state: _State, lead: str, at: int, known: list[str]) -> bool:
    """Whether a lead cell only goes on with the one above: a name broken over lines, or the rest of a post's title."""
    if state.entry is not None and state.lead_line < 0:
        return _in_the_middle(state.entry)
    if state.entry is None or at - state.lead_line > 3:
        return False
    above = state.entry.raw("lead").replace("\n", " ").strip()
    if re.search(r"(?:[-/,&]|\b(?:of|and|for|the))$", above) or lead[:1].islower() or lead[:1] in "/&(":
        return True
    names = {plain(name) for name in known}
    if any(plain(f"{tail} {lead}") in names for tail in _tails(above)):
        return True
    if plain(lead) in names:
        return False
    single = len(lead.split()) == 1 and not lead.isupper()
    return single and (len(above.split()) == 1 or (not starts_lead(lead) and at - state.lead_line == 1))


def _in_the_middle(entry: Entry) -> bool:
    """An entry without a lead so far whose last column stopped in the middle of a sentence: its lead stands half way down."""
    said = entry.raw("update") or entry.raw("completed")
    return bool(said) and not re.search(r"[.!?:;)]\s*$", said)


def _tails(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[n:]) for n in range(len(words))]


def _repeats(state: _State, line: _Line, main: str) -> bool:
    """The same lead again at the top of a page, with no action beside it and an update in the middle of a sentence."""
    if state.entry is None or line.text(main) or line.text("objective"):
        return False
    same = plain(state.entry.raw("lead").replace("\n", " ")) == plain(line.text("lead"))
    update = line.text("update") or line.text("completed")
    return line.fresh and same and (not update or update[:1].islower())


def _new_objective(state: _State, lines: list[_Line], at: int, starts: bool, known: list[str]) -> bool:
    """Whether the objective cell of a line begins a new objective."""
    line = lines[at]
    text = line.text("objective")
    objective = state.objective
    if objective is None or not objective.pieces:
        return True
    raw = objective.raw.rstrip()
    if label().match(text) or text[:1].islower() or (raw.endswith(":") and has_label(raw[-40:])):
        return False
    if line.fresh and _UNFINISHED.search(raw) and not has_label(raw):
        return starts and bool(_after_first_sentence(text))
    early = state.entry is not None and state.lines_in_entry <= 1 and not state.own_objective
    if has_label(raw):
        return (starts or early or bool(line.text(main_role(line.grid)))) and _label_ahead(lines, at, known)
    return starts or (
        early and state.lines_in_entry <= 1 and state.entry is not None and state.entry.objective is not objective
    )


def _label_ahead(lines: list[_Line], at: int, known: list[str]) -> bool:
    """Whether a label of criteria follows an objective line before the next entry that brings an objective of its own."""
    for n in range(at, len(lines)):
        line = lines[n]
        if n > at and (line.section is not None or (line.start is not None and line.start.above is not None)):
            return False
        text = line.text("objective")
        if text and has_label(text):
            return True
        if n > at and text and line.text("lead") and not text[:1].islower() and len(line.text("lead").split()) > 1:
            return False
    return False


def _add_objective(state: _State, line: _Line, new: bool) -> None:
    piece = line.cells["objective"]
    if not new and state.objective is not None:
        state.objective.pieces.append(piece)
        return
    raw = state.objective.raw.rstrip() if state.objective is not None else ""
    if (
        line.fresh
        and state.objective is not None
        and state.objective.pieces
        and _UNFINISHED.search(raw)
        and not has_label(raw)
    ):
        rest = _after_first_sentence(piece.text)
        head = piece.text[: len(piece.text) - len(rest)].rstrip()
        state.objective.pieces.append(Piece(head, piece.place, piece.column))
        piece = Piece(rest, piece.place, piece.column)
    state.objective = Objective([piece])


def _after_first_sentence(text: str) -> str:
    """What follows the first sentence of a text; empty where there is only one."""
    match = re.search(r"[.!?]\s+(?=[A-Z])", text)
    return text[match.end() :] if match else ""


def _inherit(before: Entry, entry: Entry, line: _Line, main: str) -> None:
    """An action without a lead of its own beside a new objective has the lead above; an update that begins in the middle
    of a sentence began above too: the sentences that speak of the same thing move down with it, and a question is asked."""
    entry.cells["lead"] = list(before.cells.get("lead", []))
    update = line.text("update")
    pieces = before.cells.get("update", [])
    if not update or not update[:1].islower() or not pieces:
        return
    kept, moved = split_before_unfinished(pieces[-1].text)
    if moved:
        place: Place = pieces[-1].place
        before.cells["update"] = [*pieces[:-1], Piece(kept, place, pieces[-1].column)]
        entry.add("update", Piece(moved, place, pieces[-1].column))
        begin = " ".join(moved.split()[:4])
        entry.questions.append(f"Two updates stand in one cell, split before “{begin}”. Is that right?")
        entry.confidence = before.confidence = 0.7


def split_before_unfinished(text: str) -> tuple[str, str]:
    """A text without the unfinished sentence at its end, and that sentence with those above it that share a rare word."""
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z£\d])", text.strip())
    if re.search(r"[.!?][)”\"’']?$", sentences[-1]):
        return text, ""
    moved = [sentences.pop()]
    while len(sentences) > 1:
        rare = set(re.findall(r"\b(?:[A-Z]{2,}\w*|\w*[A-Z]\w*[A-Z]\w*)\b", " ".join(moved)))
        if not any(re.search(rf"\b{re.escape(word)}\b", sentences[-1]) for word in rare):
            break
        moved.insert(0, sentences.pop())
    return " ".join(sentences), " ".join(moved)
