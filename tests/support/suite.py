"""Everything that `script/test` runs, in order, with one honest line at the end.

    python -m tests.support.suite [pytest arguments]

First every test but the journeys on SQLite, on two cores. Then, side by side, the tests that touch the database again
on a PostgreSQL of their own, and the journeys in a browser. What cannot run here is skipped with a count; with
``CI=true`` it fails instead. The exit status is 0 only when something ran and nothing failed.

Everything is printed as it happens, and a run that takes too long is stopped and has failed: a suite that hangs says where.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from tests.support.browser import find_browser
from tests.support.guard import guarded
from tests.support.postgres import NoPostgres, running_postgres
from tests.support.ready import PLACE as READY

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "build" / "tests"
NO_TESTS = 5
"""pytest's exit status when nothing was collected."""

MOST_SECONDS = 35 * 60
"""How long one run of pytest may take; pyproject.toml says how long one test may."""


@dataclass
class Outcome:
    """What one run of pytest came to."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def add(self, other: Outcome) -> None:
        """Count another run's tests in."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


@dataclass
class Run:
    """One run of pytest, started; ``finish`` waits for it and counts."""

    name: str
    process: subprocess.Popen[bytes]
    printing: threading.Thread
    report: Path
    started: float

    def finish(self, most_seconds: float = MOST_SECONDS, grace: float = 30) -> Outcome:
        """Wait, at most so long since its start, and count the tests from pytest's own report; ``_stopped`` has the grace."""
        try:
            status = self.process.wait(max(1.0, self.started + most_seconds - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(
                f"{self.name}: stopped after {most_seconds:.0f} s; where it stood is said above or below.", flush=True
            )
            status = _stopped(self.process, grace)
        self.printing.join(10)
        outcome = counted(self.name, self.report)
        outcome.seconds = time.monotonic() - self.started
        if status not in (0, NO_TESTS) and outcome.failed == 0:
            outcome.failed = 1  # pytest itself stopped: an import that fails, a killed worker, a wrong argument
        return outcome


def _stopped(process: subprocess.Popen[bytes], grace: float) -> int:
    """Ask pytest to stop, as Ctrl-C does, so that it says where it stood; end it where it has not after so many seconds."""
    for how in (signal.SIGINT, signal.SIGKILL):
        process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(grace)
            break
    return 1


def _print_lines(name: str, process: subprocess.Popen[bytes]) -> None:
    """Print what a run says line by line, each behind its name: two of them run side by side."""
    assert process.stdout is not None
    for line in process.stdout:
        print(f"{name:10} │ {line.decode(errors='replace').rstrip()}", flush=True)


def counted(name: str, report: Path) -> Outcome:
    """The counts in a JUnit report; none when pytest did not get as far as writing one."""
    outcome = Outcome(name)
    if not report.exists():
        return outcome
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        outcome.failed += bad
        outcome.skipped += skipped
        outcome.passed += max(0, int(suite.get("tests", 0)) - bad - skipped)
    return outcome


def start(stack: contextlib.ExitStack, name: str, arguments: list[str], environment: dict[str, str]) -> Run:
    """Start pytest under a name, until the stack ends; what it prints goes to the terminal, line by line."""
    slug = name.lower().replace(" ", "-")
    report = RESULTS / f"{slug}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", f"-ocache_dir=.pytest_cache/{slug}"]
    print(f"\n── {name} " + "─" * (90 - len(name)), flush=True)
    process = stack.enter_context(
        guarded(
            [*command, *arguments],
            stop_with=signal.SIGINT,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    )
    printing = threading.Thread(target=_print_lines, args=(name, process), daemon=True)
    printing.start()
    return Run(name, process, printing, report, time.monotonic())


def missing(outcome: Outcome, what: str) -> Outcome:
    """Something this machine lacks: skipped with a count, failed where everything must run."""
    must_run = os.environ.get("CI") in {"true", "1"}
    print(f"\n── {outcome.name}: {'failed' if must_run else 'skipped'}: {what}", flush=True)
    if must_run:
        outcome.failed += 1
    else:
        outcome.skipped += 1
    return outcome


def plain_environment() -> dict[str, str]:
    """The environment of a run on SQLite. Programs that are started a thousand times are translated once."""
    environment = dict(os.environ)
    environment.pop("DATABASE_URL", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONUNBUFFERED"] = "1"
    return environment


def second_half(arguments: list[str], stack: contextlib.ExitStack) -> list[Outcome]:
    """PostgreSQL and the journeys, side by side."""
    runs: list[Run] = []
    outcomes: list[Outcome] = []
    try:
        url = stack.enter_context(running_postgres())
    except NoPostgres as reason:
        outcomes.append(missing(Outcome("PostgreSQL"), str(reason)))
    else:
        environment = plain_environment() | {"DATABASE_URL": url}
        runs.append(start(stack, "PostgreSQL", ["-m", "database", "--migrations", *arguments], environment))
    if browser := find_browser():
        environment = plain_environment() | {"CHROMIUM": browser}
        runs.append(start(stack, "Journeys", ["-m", "journey", *arguments], environment))
    else:
        outcomes.append(missing(Outcome("Journeys"), "no Chromium or Chrome found; set CHROMIUM to one."))
    return outcomes + [run.finish() for run in runs]


def main(arguments: list[str]) -> int:
    """Run everything; gives the exit status."""
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    os.environ[READY] = str(RESULTS / "ready-home")
    first = ["-m", "not journey", "-n", "2", *arguments]
    with contextlib.ExitStack() as stack:
        outcomes = [start(stack, "SQLite", first, plain_environment()).finish()]
        outcomes += second_half(arguments, stack)
    total = Outcome("all")
    print()
    for outcome in outcomes:
        total.add(outcome)
        print(
            f"{outcome.name:12} {outcome.passed:5} passed {outcome.failed:4} failed {outcome.skipped:4} skipped"
            f"  in {outcome.seconds:.0f} s"
        )
    if total.passed + total.failed == 0:
        print("No test ran.")
        total.failed = 1
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped", flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
