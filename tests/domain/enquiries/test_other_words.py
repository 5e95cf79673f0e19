"""The same contradictions in many other words, and entries of every day in which all adds up: none may be asked about.

``other_words.json`` holds what was written to find out where the rules were too strict; they have been looked at since.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from goldthread.domain.enquiries.rules import RULES, Entry, Lead, PlanRead, enquire
from goldthread.kernel.timescales import parse_timescale

ON, BEFORE = date(2026, 3, 31), date(2025, 12, 31)
ROWS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("other_words.json").read_text(encoding="utf-8"))
FOUND, WRONG = 0.95, 0.02


def asked(row: dict[str, Any]) -> set[str]:
    """The rules that ask about an entry, among plain ones that name their leads."""
    plain = Entry("B1", "Paint the railings", update="Two coats are on.", update_on=ON, leads=[Lead("Ann Bell")])
    when = parse_timescale(row.get("due", ""))
    entry = Entry(
        "A1", row["action"], row.get("objective", "Improve the service"), "O1", row["update"], ON,
        [(BEFORE, row["before"])] if "before" in row else [], row.get("due", ""), when.sort, when.start, when.end,
        complete=row.get("completed", False), status=row.get("status", ""),
        first_on=date.fromisoformat(row["first"]) if "first" in row else BEFORE,
        leads=[Lead(name) for name in row.get("leads", ["Jo Hart"])],
        criteria=[(f"C{n}", text) for n, text in enumerate(row.get("criteria", []))],
    )  # fmt: skip
    found = enquire(PlanRead(ON, [], [entry, *[plain] * 4], [BEFORE, ON]))
    return {one.rule for one in found if one.reference == "A1"}


def test_it_is_found_in_other_words_too() -> None:
    wanted = [row for row in ROWS if row["rule"]]
    assert len(wanted) >= 150 and {row["rule"] for row in wanted} >= set(RULES) - {"LE03"}
    missed = [(row["rule"], row["update"]) for row in wanted if row["rule"] not in asked(row)]
    assert len(missed) <= len(wanted) * (1 - FOUND), missed


def test_what_adds_up_is_not_asked_about() -> None:
    plain = [row for row in ROWS if not row["rule"]]
    assert len(plain) >= 80
    wrong = [(sorted(asked(row)), row["update"]) for row in plain if asked(row)]
    assert len(wrong) <= len(plain) * WRONG, wrong
