"""The runner of the tests: honest counts, and children that never outlive it."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.support.suite import Run, counted

ROOT = Path(__file__).resolve().parents[2]

REPORT = """<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10"/></testsuites>"""

PARENT = """
import subprocess, sys, time
from pathlib import Path
from tests.support.guard import guarded
with guarded([sys.executable, "-c", "import time; time.sleep(60)"], folder=Path(sys.argv[1])) as child:
    print(child.pid, flush=True)
    time.sleep(60)
"""


def test_errors_count_as_failures(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    outcome = counted("SQLite", tmp_path / "report.xml")
    assert (outcome.passed, outcome.failed, outcome.skipped) == (4, 3, 3)


def test_a_run_that_wrote_no_report_counts_nothing(tmp_path):
    outcome = counted("SQLite", tmp_path / "none.xml")
    assert (outcome.passed, outcome.failed, outcome.skipped) == (0, 0, 0)


def test_a_run_that_hangs_is_stopped_and_has_failed(tmp_path):
    hanging = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen(hanging) as process:
        nothing = threading.Thread(target=str)
        nothing.start()
        outcome = Run("SQLite", process, nothing, tmp_path / "none.xml", time.monotonic()).finish(
            most_seconds=1, grace=1
        )
    assert (outcome.passed, outcome.failed) == (0, 1)


def test_a_child_ends_when_the_tests_are_killed(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(folder)], cwd=ROOT, stdout=subprocess.PIPE)
    child = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait(10)
    parent.stdout.close()
    deadline = time.monotonic() + 15
    while (_running(child) or folder.exists()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _running(child)
    assert not folder.exists()


def _running(pid: int) -> bool:
    """Whether the process does anything: one that ended and waits to be collected by its new parent does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.strip().startswith("Z")
