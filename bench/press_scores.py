"""What the reader makes of the press's documents: scores, whole rows, pages a second and memory, and other tools beside it.

A row is right where every field that the document prints of a record stands in it, each at least 0.9 alike. Tools that give
tables are judged by their rows, the reader by its records: the same question of both.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ALIKE = 0.9
FIELDS = ("text", "number", "timescale", "status", "update", "target", "actual", "directorate", "reports_to")


@dataclass
class Read:
    """One document of the press as the reader read it."""

    kind: str
    format: str
    seed: int
    path: Path
    truth: dict[str, Any]
    hard: tuple[str, ...]
    score: float = 0.0
    rows: float = 0.0
    pages: int | None = None
    seconds: float = 0.0
    lost: int = 0
    unplaced: float = 0.0
    difficulties: list[str] = field(default_factory=list)


def read_all(seeds: Iterable[int], formats: Sequence[str], folder: Path) -> list[Read]:
    """Print and read every kind in every format for some seeds, in this process."""
    from goldthread.reading import read_file
    from goldthread.reading.printed import as_json
    from tests.corpus.measure import measure
    from tests.corpus.press import KINDS, can_press, press

    found = []
    for seed in seeds:
        for kind in KINDS:
            for format_ in formats:
                if not can_press(kind, format_):
                    continue
                pressed = press(kind, format_, seed=seed, folder=folder)
                one = Read(kind, format_, seed, pressed.path, pressed.truth, pressed.hard)
                began = time.perf_counter()
                reading = as_json(read_file(pressed.path))
                one.seconds = time.perf_counter() - began
                one.score = measure(pressed.truth, reading)
                one.rows = rows_right(pressed.truth, [cells_of(record) for record in reading["records"]])
                one.pages = reading["document"]["pages"]
                words = reading["words"]
                one.lost = words["source"] - words["in_records"] - words["furniture"] - words["unplaced"]
                one.unplaced = words["unplaced"] / max(1, words["source"])
                found.append(one)
    return found


def cells_of(record: dict[str, Any]) -> list[str]:
    """What a record prints, as the cells of a row."""
    cells = []
    for name in FIELDS:
        value = record.get(name)
        cells.append(str(value.get("text") if isinstance(value, dict) else value or ""))
    cells.append(" ".join(lead["text"] if isinstance(lead, dict) else lead for lead in record.get("leads") or []))
    return cells


def rows_right(truth: dict[str, Any], rows: Sequence[Sequence[str]]) -> float:
    """The share of the truth's rows that stand whole in one of the rows."""
    from tests.corpus.measure import alike

    wanted = [cells for record in truth["records"] if len(cells := _wanted(record)) > 1]
    if not wanted:
        return 0.0
    right = 0
    for cells in wanted:
        near = [row for row in rows if any(alike(cells[0], cell) >= ALIKE for cell in row)]
        right += any(all(any(alike(cell, other) >= ALIKE for other in row) for cell in cells) for row in near)
    return right / len(wanted)


def _wanted(record: dict[str, Any]) -> list[str]:
    """The printed cells of a record of a table: of an objective or a finding nothing, they are no rows."""
    if record["kind"] in ("objective", "finding"):
        return []
    if record["kind"] == "recommendation" and not set(record) & {"leads", "timescale", "status", "update"}:
        return []
    return [cell for cell in cells_of({k: v for k, v in record.items() if k != "number"}) if cell.strip()]


def with_tool(tool: str, python: Path, files: Sequence[Path]) -> dict[str, Any] | None:
    """What another tool makes of files, in its own environment; None where it cannot be run there."""
    command = [str(python), str(ROOT / "bench" / "other_tools.py"), tool, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not done.stdout.strip():
        print(f"{tool} could not be run: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def with_reader(files: Sequence[Path]) -> dict[str, Any]:
    """Time and memory of the reader over files, in a process of its own."""
    code = (
        "import json,sys,time\n"
        "from goldthread.reading import read_file\n"
        "began=time.perf_counter()\n"
        "pages=sum(read_file(f).pages or 0 for f in sys.argv[1:])\n"
        "seconds=time.perf_counter()-began\n"
        "from bench.other_tools import peak_mb\n"
        "print(json.dumps({'pages':pages,'seconds':seconds,'peak_mb':peak_mb()}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, files)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)
