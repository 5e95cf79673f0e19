"""Entries written to be asked about, and lookalikes that add up, counted by rule.

The rows stand in ``texts_mended_on.toml`` and ``texts_never_mended_on.toml``; ``bench/enquiries.py`` writes what is counted
into ``docs/enquiries.md``.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from goldthread.domain.enquiries.rules import Aim, Entry, Lead, PlanRead, enquire
from goldthread.kernel.timescales import parse_timescale

ON, BEFORE = date(2026, 3, 31), date(2025, 12, 31)
Row = dict[str, Any]


@dataclass
class Counted:
    """By rule: how many were planted and found; how many alarms were rung on lookalikes, of how many that look like it."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    alike: Counter[str] = field(default_factory=Counter)


def rows_of(name: str) -> list[Row]:
    """The rows of a file beside this one."""
    path = Path(__file__).with_name(name)
    rows: list[Row] = tomllib.loads(path.read_text(encoding="utf-8"))["texts"]
    return rows


def asked(row: Row) -> set[str]:
    """The rules that ask about a row: an entry among plain ones that name their leads, or an objective with its actions."""
    if "actions" in row:
        return {one.rule for one in enquire(_objective(row))}
    plain = Entry("B1", "Paint the railings", update="Two coats are on.", update_on=ON, leads=[Lead("Ann Bell")])
    found = enquire(PlanRead(ON, [], [_entry("A1", row), *[plain] * 4], [BEFORE, ON]))
    return {one.rule for one in found if one.reference == "A1"}


def _entry(reference: str, row: Row) -> Entry:
    when = parse_timescale(row.get("due", ""))
    return Entry(
        reference, row["action"], "Improve the service", "O1", row["update"], ON if row["update"] else None,
        [(BEFORE, row["before"])] if "before" in row else [], row.get("due", ""), when.sort, when.start, when.end,
        complete=row.get("completed", False), status=row.get("status", ""),
        first_on=date.fromisoformat(row["first"]) if "first" in row else BEFORE,
        leads=[Lead(name) for name in row.get("leads", ["Jo Hart"])],
    )  # fmt: skip


def _objective(row: Row) -> PlanRead:
    criteria = [(f"C{number}", text) for number, text in enumerate(row["criteria"])]
    entries = [
        _entry(f"A{number}", {"action": action, "update": update})
        for number, (action, update) in enumerate(row["actions"])
    ]
    for entry in entries:
        entry.criteria = criteria
    return PlanRead(ON, [Aim("O1", row["objective"], criteria, entries)], entries, [BEFORE, ON])


def counted(rows: Iterable[Row]) -> Counted:
    """What the rules find in rows."""
    told = Counted()
    for row in rows:
        rules = asked(row)
        if "rule" in row:
            told.planted[row["rule"]] += 1
            told.found[row["rule"]] += row["rule"] in rules
        else:
            told.alike[row["near"]] += 1
            told.alarms.update(rules)
    return told
