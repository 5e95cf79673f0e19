"""Real files, damaged in three hundred ways: read or refused in a sentence, whole words either way, never a crash or a hang.

``bench/fuzz.py`` makes the damage, and with ``--runs 10000`` a good deal more of it (docs/fuzz.md).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.fuzz import SECONDS, fuzz
from bench.fuzz_files import MAKERS

RUNS = 38  # of each kind


@pytest.mark.parametrize("kind", MAKERS)
def test_damaged_files_become_readings_or_one_sentence(kind: str) -> None:
    result = fuzz(kind, 0, RUNS)
    assert not result.found, result.found
    assert sum(result.outcomes.values()) == RUNS
    assert result.outcomes["read"] and result.outcomes["refused"], "the damage is neither too little nor too much"
    assert result.slowest < SECONDS


BROKEN = """
import os, goldthread.reading

calls = []

def broken(path):
    calls.append(path)
    if len(calls) == 3:
        os._exit(139)
    return 1 / 0

goldthread.reading.read_file = broken
"""


def test_the_runner_finds_what_crashes_and_what_dies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A reader that divides by nothing, and at the third file ends its process, is found out each time."""
    (tmp_path / "sitecustomize.py").write_text(BROKEN, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    result = fuzz("plan.csv", 0, 4)
    assert result.outcomes == {"crash": 3, "died": 1}
    assert [find["seed"] for find in result.found] == [0, 1, 2, 3]
    assert "ZeroDivisionError" in result.found[0]["why"]
