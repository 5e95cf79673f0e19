"""Contradictions and lookalikes written before the lists of words were read, one half for tuning and one to count on.

``more_words.json``: "rule" is what was planted, empty where all adds up; "near" is the rule that a lookalike looks like. What
the rules make of the judging half was only counted, and its misses never listed; but whoever widened the rules had written it
and counted on it more than once, so it flatters. The last lot was written when the rules were done and counted once; nothing was
learned from it. Put new words into the tuning half.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from goldthread.domain.enquiries.rules import RULES
from tests.domain.enquiries.test_other_words import asked

ROWS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("more_words.json").read_text(encoding="utf-8"))
FOUND = {"tuning": 0.97, "judging": 0.84, "last": 0.8}
LEAST = {"tuning": 100, "judging": 100, "last": 40}
FALSE_TO_TRUE = 1 / 3


@pytest.mark.parametrize("half", FOUND)
def test_what_was_planted_is_found(half: str) -> None:
    rows = [row for row in ROWS if row["half"] == half and row["rule"]]
    assert len(rows) >= LEAST[half] and {row["rule"] for row in rows} >= set(RULES) - {"LE03"}
    found = sum(row["rule"] in asked(row) for row in rows)
    assert found >= FOUND[half] * len(rows), (found, len(rows))


@pytest.mark.parametrize("half", FOUND)
def test_lookalikes_are_hardly_asked_about(half: str) -> None:
    planted = [row for row in ROWS if row["half"] == half and row["rule"]]
    alike = [row for row in ROWS if row["half"] == half and not row["rule"]]
    assert len(alike) >= LEAST[half]
    true = Counter(row["rule"] for row in planted if row["rule"] in asked(row))
    false = Counter(rule for row in alike for rule in asked(row))
    assert sum(false.values()) <= sum(true.values()) * FALSE_TO_TRUE / 2
    if half != "last":  # of which there are too few for a single rule
        assert all(false[rule] <= true[rule] * FALSE_TO_TRUE for rule in false), (false, true)
