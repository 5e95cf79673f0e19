"""Scorecards, savings tables and other registers: rows become indicators, savings or entries of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldthread.reading.understanding.entries import Entry, main_role
from goldthread.reading.understanding.tables import Grid, is_nothing

if TYPE_CHECKING:
    from goldthread.reading.understanding.plan_records import PlanRecords


def tracker_record(records: PlanRecords, entry: Entry, grid: Grid) -> None:
    """Add the record of one row of a scorecard, a savings table or another register."""
    join = records.lines.join
    section = records.section_of(entry)
    fields = records.shared_fields(entry)
    main = main_role(grid)
    if not entry.raw(main):
        main = next(
            (role for role in ("description", "saving", "indicator", "key_risk", "update") if entry.raw(role)), main
        )
    text = join(entry.raw(main))
    if not text:
        return
    values = {role: _value(join(entry.raw(role))) for role in ("target", "actual", "period", "direction")}
    if values["actual"] is None:
        values["actual"], values["period"] = _latest(records, entry, grid, values["period"])
    values["direction"] = values["direction"] or _value(join(entry.raw("polarity")))
    fields["also"] = [note for note in fields["also"] if note["text"] not in [*values.values(), text]]
    if grid.kind == "scorecard":
        kind, fields = "indicator", fields | values
    elif grid.kind == "savings":
        kind, fields = "saving", fields | {k: values[k] for k in ("target", "actual")}
    else:
        kind, fields = "action", fields
    names = {
        main: "text",
        "lead": "leads",
        **{role: role for role in (*values, "update", "timescale", "status", "rag", "reference", "directorate")},
    }
    records.add(kind, text, fields, entry, names, section)


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
