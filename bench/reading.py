"""How fast the reader reads, how much memory it takes, and whether its cost grows with the document or faster.

    python -m bench.reading [--pages 60] [--repeat 3] [--cpu]

Prints a table and ends with status 1 where a bound is broken. PDF files are measured against pypdfium2's own extraction
of their text, on the same file in the same run, so that the machine does not matter. Bounds: ruled and tagged PDF at 60 %
of that pace or more and at least 15 pages a second, PDF without rules at least 6, a workbook of 3,000 rows under 4 s, 61 kB
of text under 0.5 s, all under 300 MB; twice the pages or rows cost at most 2.6 times the time. The 60 % are not reached:
``bench/reading_steps.py`` measures the steps, docs/decisions/0027 says why. Each file is read in a
process of its own; the start of Python is left out. ``--cpu`` counts the processor's time instead of the clock's: one
thread does all the reading, so that they are the same on a machine that does nothing else, and only it tells anything on
one that does.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACE, RULED, UNRULED, WORKBOOK, TEXT, MEMORY, GROWTH = 0.6, 15.0, 6.0, 4.0, 0.5, 300.0, 2.6
ROWS, LETTERS = 3_000, 61_000

_CODE = """
import json, resource, sys, time
from goldthread.reading import read_file
read_file(sys.argv[2])  # the modules of the format are loaded
clock = getattr(time, sys.argv[4])
best = 9e9
for _ in range(int(sys.argv[3])):
    began = clock()
    reading = read_file(sys.argv[1])
    best = min(best, clock() - began)
raw = 9e9
if sys.argv[1].endswith(".pdf"):
    import pypdfium2
    for _ in range(int(sys.argv[3])):
        began = clock()
        pdf = pypdfium2.PdfDocument(sys.argv[1])
        for page in pdf:
            page.get_textpage().get_text_range()
        pdf.close()
        raw = min(raw, clock() - began)
try:  # the most memory since this program was started; what getrusage says may be that of the process that started it
    status = open("/proc/self/status").read()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
except (OSError, IndexError):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": best, "raw": raw, "pages": reading.pages, "records": len(reading.records), "peak": peak}))
"""


@dataclass
class Timed:
    """One file: what it is, how large, and what reading it took."""

    name: str
    size: int  # pages, rows or letters
    seconds: float
    raw: float
    peak: float
    records: int


def main() -> int:
    """Measure and judge everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60, help="pages of the smaller PDF files")
    parser.add_argument("--repeat", type=int, default=3, help="the fastest of so many readings counts")
    parser.add_argument("--cpu", action="store_true", help="count the processor's time instead of the clock's")
    options = parser.parse_args()
    clock = "process_time" if options.cpu else "perf_counter"
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as home:
        folder = Path(home)
        for manner in ("tagged", "ruled", "columns"):
            sizes = (options.pages, 2 * options.pages)
            pair = [timed(f"PDF {manner}", pdf(folder, manner, size), options.repeat, clock) for size in sizes]
            _judge_pdf(manner, pair, broken)
            _judge_growth(pair, broken)
        for name, make, size, limit in (("workbook", workbook, ROWS, WORKBOOK), ("text", text, LETTERS, TEXT)):
            pair = [
                timed(name, make(folder, size), options.repeat, clock, size),
                timed(name, make(folder, 2 * size), 1, clock, 2 * size),
            ]
            if pair[0].seconds > limit:
                broken.append(f"{name} of {size:,}: {pair[0].seconds:.2f} s, at most {limit} s")
            _judge_growth(pair, broken)
    for line in broken:
        print(f"over its bound: {line}")
    return 1 if broken else 0


def timed(name: str, path: Path, repeat: int, clock: str, size: int | None = None) -> Timed:
    """Read one file in a process of its own, and print a line about it."""
    command = [sys.executable, "-c", _CODE, str(path), str(path), str(repeat), clock]
    done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    one = Timed(name, size or done["pages"], done["seconds"], done["raw"], done["peak"], done["records"])
    rate, unit = (one.size / one.seconds, "pages/s") if done["pages"] else (one.size / one.seconds, "rows or letters/s")
    pace = f"{one.raw / one.seconds:6.0%} of raw text" if done["pages"] else ""
    print(
        f"{name:14}{one.size:>8,}{one.seconds:9.2f} s{rate:12,.1f} {unit:18}{pace:20}{one.peak:7.0f} MB{one.records:7,} records"
    )
    return one


def _judge_pdf(manner: str, pair: list[Timed], broken: list[str]) -> None:
    for one in pair:
        rate, pace = one.size / one.seconds, one.raw / one.seconds
        least = UNRULED if manner == "columns" else RULED
        if rate < least:
            broken.append(f"{one.name} of {one.size} pages: {rate:.1f} pages/s, at least {least:.0f}")
        if manner != "columns" and pace < PACE:
            broken.append(f"{one.name} of {one.size} pages: {pace:.0%} of the pace of raw text, at least {PACE:.0%}")


def _judge_growth(pair: list[Timed], broken: list[str]) -> None:
    small, large = pair
    growth = (large.seconds / small.seconds) / (large.size / small.size)
    if growth > GROWTH / 2:
        broken.append(f"{small.name}: twice the size costs {2 * growth:.1f} times the time, at most {GROWTH}")
    for one in pair:
        if one.peak > MEMORY:
            broken.append(f"{one.name} of {one.size:,}: {one.peak:.0f} MB, at most {MEMORY:.0f} MB")


def pdf(folder: Path, manner: str, pages: int) -> Path:
    """A plan in one long table, of about so many pages."""
    from tests.corpus.press.blocks import Break, Heading, Print
    from tests.corpus.press.pdf_printer import print_pdf

    table = _plan(pages * 9)
    made = Print([Break(landscape=True), Heading(1, "Improvement Plan"), table], [], "plan", "Improvement Plan")
    path = folder / f"{manner}-{pages}.pdf"
    print_pdf(made, path, manner, Random(1))
    return path


def _plan(rows: int) -> Any:
    """A table of actions with six columns."""
    from tests.corpus.press.blocks import Cell, Table
    from tests.corpus.press.words import STATUSES, Speaker

    say = Speaker(Random(rows))
    head = ("Ref", "Objective", "Action", "Lead", "By when", "Status", "Update")
    lines: list[list[Cell | None]] = [[Cell(name, bold=True, fill="bdd7ee") for name in head]]
    for number in range(1, rows + 1):
        topic = say.topic()
        texts = (
            str(number), f"A better {topic}", say.action(topic), say.person(), say.due(), say.rng.choice(STATUSES),
            say.update(topic, 4),
        )  # fmt: skip
        lines.append([Cell(text) for text in texts])
    return Table(lines, 1, [1, 3, 4, 2, 2, 2, 6])


def workbook(folder: Path, rows: int) -> Path:
    """A plan of so many rows in one sheet."""
    from tests.corpus.press.blocks import Print
    from tests.corpus.press.excel_printer import print_excel

    path = folder / f"plan-{rows}.xlsx"
    print_excel(Print([_plan(rows)], [], "plan", "Improvement Plan"), path, Random(1))
    return path


def text(folder: Path, letters: int) -> Path:
    """A plan of about so many letters, a line with tabs for each row."""
    from tests.corpus.press.blocks import Heading, Print
    from tests.corpus.press.text_printers import print_tabbed

    path = folder / f"plan-{letters}.txt"
    print_tabbed(Print([Heading(1, "Improvement Plan"), _plan(letters // 260)], [], "plan", "Improvement Plan"), path)
    return path


if __name__ == "__main__":
    sys.exit(main())
