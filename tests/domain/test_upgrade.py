"""A database made by an earlier version is brought up to date by any command, and still tells what it told then."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
BY = ("--by", "keeper@localhost")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home that holds the database of version 0.1.0, as an environment; the first command brings it up to date."""
    tmp_path = tmp_path_factory.mktemp("version-0.1.0")
    packed = (FIXTURES / "goldthread-0.1.0.sqlite3.gz").read_bytes()
    (tmp_path / "goldthread.sqlite3").write_bytes(gzip.decompress(packed))
    return {**os.environ, "GOLDTHREAD_HOME": str(tmp_path), "DATABASE_URL": ""}


def goldthread(home: dict[str, str], *arguments: str) -> str:
    """What a command prints; it must succeed."""
    command = [sys.executable, "-m", "goldthread.cli.main", *arguments, *BY]
    done = subprocess.run(command, env=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_register_of_0_1_0_is_read_by_this_version(home: dict[str, str]) -> None:
    def show(*days: str) -> dict[str, Any]:
        return json.loads(goldthread(home, "show", "PLA-002", "--format", "json", *days))

    today = show()
    assert (today["due"], today["first_due_on"]) == ("June 2026", "2026-03-31")
    assert [row["text"] for row in today["updates"]] == ["The tender is out", "The tender is being written"]
    assert today["leads"][0]["owner"] == "Director of Streets"
    assert show("--as-at", "2025-05-27")["due"] == "March 2026"


def test_its_report_counts_the_same_actions(home: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    for day, actions in (("2025-05-27", 3), ("2026-11-21", 2)):
        goldthread(home, "report", "improvement-plan", "--to", "json", "--as-at", day, "--out", str(out))
        report = json.loads((out / f"improvement-plan-{day}.json").read_text())["report"]
        assert report["summary"]["actions"] == actions


def test_what_lists_show_is_written_again_for_the_newer_version(home: dict[str, str]) -> None:
    said = json.loads(goldthread(home, "check", "--only", "GT001", "--format", "json"))
    rows = said if isinstance(said, list) else said.get("problems", [])
    assert rows == []
