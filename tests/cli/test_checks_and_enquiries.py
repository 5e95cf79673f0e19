"""What is wrong in the data and what does not add up in a plan, from a terminal: output, files and exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, sentence

CONTRADICTED = """Improvement plan as at 27 May 2025
Objective,Action,Lead,Timescale,Update
Cut the cost of street repairs,Mend the kerbs,Director of Streets,December 2025,"Of 200 kerbs, 50 are mended (60%)."
Cut the cost of street repairs,Sell the second depot,Pat Quill,March 2026,A buyer was found in April 2025.
"""


@pytest.mark.usefixtures("register")
def test_checks_and_enquiries_of_a_plan(goldthread: Run, files: Path, tmp_path: Path) -> None:
    (files / "contradicted.csv").write_text(CONTRADICTED)
    assert goldthread("import", "contradicted.csv", "--adopt", "all").returncode == 0
    checked = goldthread("check", "--format", "json")
    problems = json.loads(checked.stdout)
    assert checked.returncode == 0, "warnings stand in nobody's way"
    assert {"GT005", "GT013"} <= {row["number"] for row in problems}
    assert all(row["sentence"].endswith(".") and row["what_to_do"] and row["waived"] is None for row in problems)
    assert goldthread("check", "--strict").returncode == 1
    assert (
        json.loads(goldthread("check", "--only", "GT001", "--rebuild", "--format", "json").stdout.split("\n", 1)[1])
        == []
    )
    assert "GT001" in goldthread("check", "--list").stdout
    asked = goldthread("enquiries", "IPM", "--format", "json", "--rule", "le05")
    (found,) = json.loads(asked.stdout)
    assert asked.returncode == 0 and found["rule"] == "LE05" and found["standing"] == "open"
    assert found["words"][0]["text"] == "Of 200 kerbs, 50 are mended (60%)." and found["words"][0]["where"]
    done = goldthread("enquiries", "IPM", "--format", "html,docx", "--out", str(tmp_path / "out"))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert (done.returncode, names) == (0, ["enquiries-ipm-2025-05-27.docx", "enquiries-ipm-2025-05-27.html"])
    assert "50 are mended" in (tmp_path / "out" / names[1]).read_text()
    assert "is no rule" in sentence(goldthread("enquiries", "IPM", "--rule", "LE99"), 2)
    assert "is not a format" in sentence(goldthread("enquiries", "IPM", "--format", "xlsx"), 2)
    assert "No plan, review or report NOPE" in sentence(goldthread("enquiries", "NOPE"), 1)
    assert "is no check" in sentence(goldthread("check", "--only", "GT999"), 2)
    assert "There is no NOPE" in sentence(goldthread("check", "--plan", "NOPE"), 1)


@pytest.mark.usefixtures("register")
def test_how_often_work_comes_again_is_told_in_words(goldthread: Run) -> None:
    said = goldthread("tick", "--list").stdout
    assert "10 s" in said and "15 min" in said and "12 h" in said and "0.1" not in said
