"""The two figures of reading that are no score of records: facts in texts, and entries of a newer issue found again."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FORMATS = ("docx", "xlsx", "csv", "html", "odt", "pdf-ruled")
SEEDS = (0, 1, 2)
REWORDED = 0.3  # of the words of each entry

PAIRS = """
import sys, django
from pathlib import Path
from tempfile import mkdtemp
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from goldthread.commons.accounts.actions import local_user
from tests.corpus.press.issues import press_issues
from tests.domain.imports.test_pressed_issues import pairs_found
folder = Path(mkdtemp(dir=sys.argv[1]))
printed = [press_issues(f, seed=int(s), folder=folder, reworded=float(sys.argv[4]))
           for f in sys.argv[2].split(",") for s in sys.argv[3].split(",")]
print(*pairs_found(printed, local_user()))
"""


def facts(shared: Path, folder: Path) -> list[str]:
    """What the scorer of facts prints for the improvement plan, line by line; [] where the truth is not there."""
    truth = shared / "accuracy" / "gold" / "improvement-plan-facts.json"
    document = shared / "documents" / "improvement-plan-2025-05-27.txt"
    if not truth.is_file() or not document.is_file():
        return []
    reading = folder / "facts-reading.json"
    command = [sys.executable, "-m", "goldthread.cli.main", "read", str(document), "--format", "json"]
    reading.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
    scorer = [sys.executable, str(shared / "accuracy" / "score_facts.py"), str(truth), str(reading)]
    return subprocess.run(scorer, capture_output=True, check=True, text=True).stdout.splitlines()


def pairs() -> tuple[int, int]:
    """How many entries of a newer issue were matched with the entry that they are, and how many there are; a home of its own."""
    with tempfile.TemporaryDirectory(prefix="goldthread-pairs-") as home:
        settings = {"GOLDTHREAD_HOME": home, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "goldthread.config.settings"}
        command = [sys.executable, "-c", PAIRS, home, ",".join(FORMATS), ",".join(map(str, SEEDS)), str(REWORDED)]
        done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, check=True, text=True)
    right, total = done.stdout.split()[-2:]
    return int(right), int(total)
