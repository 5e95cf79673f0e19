"""The marks of memory and growth that reading keeps on any machine; ``bench/reading_bounds.py`` has those of time too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux only")
def test_reading_keeps_its_marks_of_memory_and_growth() -> None:
    command = [sys.executable, "-m", "bench.reading_bounds", "--check-growth"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
