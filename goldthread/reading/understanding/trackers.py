"""Scorecards, savings tables and other registers: rows become indicators, savings or entries of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from goldthread.reading.understanding.columns import Column
from goldthread.reading.understanding.entries import Entry, Piece, main_role
from goldthread.reading.understanding.tables import Grid, is_nothing

_MAINS = ("description", "saving", "indicator", "key_risk", "update")
_NAMED = ("update", "timescale", "status", "rag", "reference", "directorate")
_KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "scorecard": ("indicator", ("target", "actual", "period", "direction")),
    "savings": ("saving", ("target", "actual")),
    "benefits": ("benefit", ("target", "actual")),
}

if TYPE_CHECKING:
    from goldthread.reading.understanding.plan_records import PlanRecords


def tracker_record(records: PlanRecords, entry: Entry, grid: Grid) -> None:
    """Add the record of one row of a scorecard, a savings table or another register."""
    join = records.lines.join
    main = main_role(grid)
    if entry.objective is not None and main != "objective" and not entry.raw("group"):
        entry.cells["group"] = entry.objective.pieces  # what measures or savings stand under, as a theme is
    if not entry.raw(main):
        main = next((role for role in _MAINS if entry.raw(role)), main)
    title = _title_of_benefit(entry) if main == "benefit" else None
    text = join(entry.raw(main))
    if not text:
        return
    kind, own = _KINDS.get(grid.kind, ("action", ("risk_rating",)))
    values = {role: _value(join("\n".join(p.text for p in _first_column(entry, grid, role)))) for role in own}
    if kind == "indicator" and values["actual"] is None:
        values["actual"], values["period"] = _latest(records, entry, grid, values["period"])
    section = records.section_of(entry)
    if kind == "benefit" and entry.raw("group"):
        values["type"] = join(entry.raw("group"))
        section = [part for part in section if part != values["type"]]
    values["title"] = title
    fields = records.shared_fields(entry, (main, "title"))
    said = {*map(str, filter(None, values.values()))}
    headed = {c.heading for role in own for c in _chosen(grid, role)} | {values.get("period") or ""}
    taken = {c.heading for role in own for c in _chosen(grid, role)[:1]}
    fields["also"] = [
        note
        for note in fields["also"]
        if not (note["text"] in said and (note["heading"] in headed & taken or note["heading"] in said))
    ]
    names = {main: "text", "lead": "leads", "title": "title", **{role: role for role in (*own, *_NAMED)}}
    records.add(kind, text, fields | values, entry, names, section)


def _title_of_benefit(entry: Entry) -> str | None:
    """The name of a benefit that stands in a column left of the one that describes it; its pieces are put aside."""
    pieces = entry.cells.get("benefit", [])
    columns = list(dict.fromkeys(piece.column for piece in pieces if piece.text.strip()))
    if len(columns) < 2:
        return None
    entry.cells["title"] = [piece for piece in pieces if piece.column == columns[0]]
    entry.cells["benefit"] = [piece for piece in pieces if piece.column != columns[0]]
    return " ".join(entry.raw("title").split())


def _chosen(grid: Grid, role: str) -> list[Column]:
    """The columns of a role, what was delivered before what is forecast: two columns of results do not say the same."""
    return sorted(grid.of(role), key=lambda c: bool(re.search(r"forecast|project|expected|on track", c.heading, re.I)))


def _first_column(entry: Entry, grid: Grid, role: str) -> list[Piece]:
    for column in _chosen(grid, role):
        pieces = [piece for piece in entry.cells.get(role, []) if piece.column == column.index]
        if pieces:
            return pieces
    return []


def _latest(records: PlanRecords, entry: Entry, grid: Grid, period: Any) -> tuple[Any, Any]:
    """The last filled column of a series (quarters, months, years) and the heading that says which period it is."""
    for column in reversed(grid.of("series")):
        text = records.lines.join("\n".join(p.text for p in entry.cells.get("series", []) if p.column == column.index))
        if not is_nothing(text):
            return text, period or " ".join(column.heading.split())
    return None, period


def _value(text: str) -> Any:
    """A printed value as it stands; None where the cell is empty or says that there is none."""
    return None if is_nothing(text) else text
