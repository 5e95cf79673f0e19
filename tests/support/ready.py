"""An empty register, made by the command from nothing once in a run, and copied by whoever begins with one.

Making one takes the command a quarter of a minute: every table goes through all of its migrations.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACE = "TESTS_READY_HOME"
"""The environment variable that names the folder which the runs of ``script/test`` share."""


@pytest.fixture(scope="session")
def ready_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A GOLDTHREAD_HOME with an empty register, to be copied and never written to."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # that of both workers
    folder = Path(os.environ.get(PLACE) or shared / "ready-home")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make(folder)
    return folder


def _make(folder: Path) -> None:
    """Let the first command of a council make its register; whole, or not at all."""
    coming = folder.with_suffix(".coming")
    shutil.rmtree(coming, ignore_errors=True)
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}
    environment = {**kept, "GOLDTHREAD_HOME": str(coming), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "goldthread.cli.main", "check", "--list"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0 and "GT001" in done.stdout and not done.stderr, done.stderr
    assert (coming / "goldthread.sqlite3").exists()
    coming.rename(folder)
