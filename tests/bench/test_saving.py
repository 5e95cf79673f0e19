"""Leads who save at once lose nothing, on each database; how long it takes is for ``bench/saving.py`` to say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.postgres import find_binaries

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_nothing_is_lost(database):
    if database == "postgres" and find_binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    command = [
        sys.executable,
        "-W",
        "ignore",
        "bench/saving.py",
        "--leads",
        "12",
        "--items",
        "2",
        "--database",
        database,
    ]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost: 0" in done.stdout and "72 drafts saved and 24 sent" in done.stdout
