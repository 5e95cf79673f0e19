"""The real command in a process of its own, on a home folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

PLAN = """Improvement plan as at 27 May 2025
Objective,Action,Lead,Timescale,Update
Cut the cost of street repairs,Let one contract for all wards,Director of Streets,December 2025,Tender sent out
Cut the cost of street repairs,Sell the second depot,Pat Quill,March 2026,
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder, with a space in its name, of files that can and cannot be read."""
    folder = tmp_path / "my files"
    folder.mkdir()
    (folder / "plan.csv").write_text(PLAN)
    (folder / "empty.csv").write_bytes(b"")
    (folder / "nul.csv").write_bytes(b"Action,Lead\nRepair\x00,Head\n")
    document = docx.Document()
    document.add_paragraph("Action plan")
    document.save(str(folder / "whole.docx"))
    whole = (folder / "whole.docx").read_bytes()
    (folder / "torn.docx").write_bytes(whole[: len(whole) // 2])
    (folder / "misnamed.pdf").write_bytes(whole)
    with (folder / "large.csv").open("wb") as large:
        large.truncate(60 * 1024 * 1024)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def register(home: Path, ready_home: Path) -> Path:
    """The same home folder with an empty register in it."""
    shutil.copytree(ready_home, home)
    return home


@pytest.fixture
def goldthread(home: Path, files: Path) -> Run:
    """``goldthread("show", "IP-1", DATABASE_URL="…")``: what the command printed, and its status."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}
        return subprocess.run(
            [sys.executable, "-m", "goldthread.cli.main", *arguments],
            cwd=files,
            env={**environment, "GOLDTHREAD_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2]), **settings},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def sentence(done: subprocess.CompletedProcess[str], status: int) -> str:
    """The one sentence of a command that ended with this status: no traceback, nothing beside it."""
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1 and lines[0].startswith("goldthread: ") and lines[0].endswith("."), done.stderr
    return lines[0].removeprefix("goldthread: ")
