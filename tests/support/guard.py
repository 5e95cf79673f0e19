"""Children that do not outlive the tests, however the tests end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_WATCHDOG = """
import os, shutil, signal, sys, time
pid, how, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
sys.stdin.read()
def alive():
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
if alive():
    os.kill(pid, how)
    for _ in range(100):
        if not alive():
            break
        time.sleep(0.1)
    else:
        os.kill(pid, signal.SIGKILL)
if folder:
    shutil.rmtree(folder, ignore_errors=True)
"""


@contextlib.contextmanager
def guarded(
    command: list[str], *, stop_with: signal.Signals = signal.SIGTERM, folder: Path | None = None, **options: object
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command beside the tests; end it (and remove its folder) on leaving, and when this process is killed.

    A watchdog in a session of its own reads from a pipe that only this process holds open: when this process is gone,
    even by SIGKILL, the pipe closes and the watchdog acts. ``options`` go to ``subprocess.Popen``.
    """
    process = subprocess.Popen(command, start_new_session=True, **options)  # type: ignore[call-overload]
    watchdog = subprocess.Popen(
        [sys.executable, "-c", _WATCHDOG, str(process.pid), str(int(stop_with)), str(folder or "")],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, stop_with)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        if process.poll() is None:
            process.kill()
            process.wait(10)
        watchdog.communicate(timeout=20)
