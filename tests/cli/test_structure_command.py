"""The structure command: list, compare, import, export, each with an exit status that scripts can rely on."""

from __future__ import annotations

import json

import pytest

from goldthread.cli.main import main

pytestmark = pytest.mark.django_db

POSTS = """Title,Directorate,Reports to,Salary from,Holder
Chief Executive,,,£180000,Robin Hale
{},Place,Chief Executive,£70000,Sam Oddy
"""


@pytest.fixture
def two(tmp_path, capsys):
    """Two structures brought in from CSV files."""
    for name, title, day in (
        ("Launch", "Head of Parks", "2025-04-01"),
        ("Current", "Head of Parks and Play", "2026-04-01"),
    ):
        path = tmp_path / f"{name}.csv"
        path.write_text(POSTS.format(title), encoding="utf-8")
        assert main(["structure", "import", str(path), "--name", f"{name} structure", "--as-at", day]) == 0
    capsys.readouterr()


def test_two_structures_are_compared(two, capsys):
    assert main(["structure", "compare", "launch", "CURRENT", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["directorates"][1]["renamed"] == [["Head of Parks", "Head of Parks and Play"]]
    assert found["totals"]["after"]["cost_low"] == 25_000_000
    assert main(["structure", "compare", "launch", "current"]) == 0
    assert "1 renamed" in capsys.readouterr().out


def test_names_must_fit_one_structure(two, capsys):
    assert main(["structure", "compare", "structure", "current"]) == 1
    assert "is part of the names of 2 structures" in capsys.readouterr().err
    assert main(["structure", "compare", "nothing", "current"]) == 1
    assert "No structure is called “nothing”. There are: “Launch structure”" in capsys.readouterr().err


def test_files_are_written_and_a_strange_format_is_refused(two, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["structure", "compare", "launch", "current", "--to", "csv,json", "--out", str(out)]) == 0
    assert sorted(path.suffix for path in out.iterdir()) == [".csv", ".json"]
    assert main(["structure", "compare", "launch", "current", "--to", "gif", "--out", str(out)]) == 1
    assert "There is no format “gif”" in capsys.readouterr().err


def test_a_file_that_cannot_be_is_refused_whole(two, tmp_path, capsys):
    path = tmp_path / "ring.csv"
    path.write_text("Title,Reports to\nHead,Deputy\nDeputy,Head\n", encoding="utf-8")
    assert main(["structure", "import", str(path), "--name", "Ring", "--as-at", "2026-04-01"]) == 1
    assert "The line runs in a circle: Head (row 2)" in capsys.readouterr().err
    assert main(["structure", "list", "--format", "json"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == ["Launch structure", "Current structure"]
    assert main(["structure", "import", str(tmp_path / "none.csv"), "--name", "x", "--as-at", "2026-04-01"]) == 2


def test_what_is_published_is_written(two, tmp_path, capsys):
    path = tmp_path / "salaries.csv"
    assert main(["structure", "export", "current", "senior-salaries", "--out", str(path)]) == 0
    text = path.read_text(encoding="utf-8-sig")
    assert "Robin Hale" in text and "Sam Oddy" not in text
