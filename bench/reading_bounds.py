"""What reading costs: time, memory and growth, against the marks.

    .venv/bin/python -m bench.reading_bounds [--check] [--check-growth]

Invented files are made in a temporary folder and each is read in a process of its own, whose processor time (the start of the
program aside) and memory are measured. Growth: four times the rows or pages must not cost more than six times the time.
Pages of PDF files are set against raw text extraction by pypdfium2 on the same file in the same process: the share is that of
the reader alone, from the file to the Document; seconds and pages/s are of the whole way to the Reading. ``--check`` ends
with status 1 where a mark is missed, ``--check-growth`` only where one of memory or growth is, which hold on any machine.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pikepdf
import typst

HEADINGS = ("Ref", "Objective", "Action", "Lead officer", "Timescale", "RAG", "Progress update")
OBJECTIVES = ("Money is well spent", "Homes are safe", "People reach us online", "Staff are supported")
WORDS = (
    "review publish complete agree train plan programme budget housing council residents service tenants record policy team "
    "board quarterly monthly savings contract register repairs damp inspection"
)
GROWTH = 6.0  # times the cost of a file a quarter as large
MEGABYTES = 300

CHILD = """
import json, sys, time
from pathlib import Path
from goldthread.reading import read_file
from goldthread.reading.readers import read_document
import pypdfium2
path, warm = sys.argv[1], sys.argv[2]
read_file(warm)
raw = 0.0
if path.endswith(".pdf"):
    for _ in range(2):
        began = time.process_time()
        with pypdfium2.PdfDocument(path) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
        raw = time.process_time() - began
began = time.process_time()
reading = read_file(path)
seconds = time.process_time() - began
began = time.process_time()
read_document(path)
alone = time.process_time() - began
status = Path("/proc/self/status").read_text().splitlines()
peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
print(json.dumps({"seconds": seconds, "alone": alone, "raw": raw, "pages": reading.pages, "peak": peak}))
"""


@dataclass(frozen=True)
class Mark:
    """A file to be read: its name, and the most seconds or the least pages a second that it may take."""

    name: str
    most_seconds: float | None = None
    least_pace: float | None = None
    grows_from: str | None = None  # the file a quarter as large


MARKS = (
    Mark("rows-750.xlsx"),
    Mark("rows-3000.xlsx", most_seconds=4.0, grows_from="rows-750.xlsx"),
    Mark("words-61kB.txt", most_seconds=0.5),
    Mark("tagged-12.pdf"),
    Mark("tagged-48.pdf", least_pace=15, grows_from="tagged-12.pdf"),
    Mark("ruled-12.pdf"),
    Mark("ruled-48.pdf", least_pace=15, grows_from="ruled-12.pdf"),
    Mark("unruled-12.pdf"),
    Mark("unruled-48.pdf", least_pace=6, grows_from="unruled-12.pdf"),
)


def rows(count: int) -> list[tuple[str, ...]]:
    """Rows of an invented plan, about thirty words each."""
    chance = random.Random(1)

    def some(words: int) -> str:
        return " ".join(chance.choices(WORDS.split(), k=words)).capitalize() + "."

    return [
        (
            f"{n // 10 + 1}.{n % 10 + 1}", OBJECTIVES[n * 4 // count], some(9), "Head of Housing", "March 2026",
            chance.choice(("Green", "Amber", "Red")), some(14),
        )
        for n in range(count)
    ]  # fmt: skip


def workbook(path: Path, count: int) -> None:
    """A plan as a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    for row in (HEADINGS, *rows(count)):
        sheet.append(row)
    book.save(path)


def text(path: Path, size: int) -> None:
    """A plan as text with tabs, of a size in bytes."""
    lines = ["Improvement plan", "", "\t".join(HEADINGS), *("\t".join(row) for row in rows(600))]
    path.write_text("\n".join(lines)[:size], encoding="utf-8")


def pdf(path: Path, pages: int, *, stroke: str, tags: bool) -> None:
    """A plan as a landscape PDF of about so many pages."""
    cells = ",".join(f"[{cell}]" for row in rows(pages * 15) for cell in row)
    head = ",".join(f"[{heading}]" for heading in HEADINGS)
    source = (
        '#set document(title: "Plan")\n#set text(lang: "en", size: 9pt)\n#set page(paper: "a4", flipped: true, margin: 1.5cm)\n'
        f"= Plan\n#table({stroke} columns: (auto, 2fr, 4fr, 2fr, 1fr, 1fr, 5fr), table.header({head}), {cells})"
    )
    made = path.with_suffix(".typ")
    made.write_text(source, encoding="utf-8")
    path.write_bytes(typst.compile(str(made), pdf_standards=["ua-1"]))
    if not tags:
        with pikepdf.open(path, allow_overwriting_input=True) as opened:
            del opened.Root.StructTreeRoot
            opened.save()


def make(folder: Path) -> None:
    """Every file of the marks."""
    for count in (750, 3000):
        workbook(folder / f"rows-{count}.xlsx", count)
    text(folder / "words-61kB.txt", 61_000)
    for pages in (12, 48):
        pdf(folder / f"tagged-{pages}.pdf", pages, stroke="", tags=True)
        pdf(folder / f"ruled-{pages}.pdf", pages, stroke="", tags=False)
        pdf(folder / f"unruled-{pages}.pdf", pages, stroke="stroke: none,", tags=False)


def measured(folder: Path, name: str) -> dict[str, float]:
    """What reading a file costs: seconds, seconds of the reader alone and of raw extraction, pages, megabytes at the peak."""
    path = folder / name
    warm = folder / ("warm" + path.suffix)
    if not warm.exists():
        first = {".xlsx": "rows-750.xlsx", ".txt": "words-61kB.txt", ".pdf": "tagged-12.pdf"}[path.suffix]
        warm.write_bytes((folder / first).read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(warm)], capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def main() -> int:
    """Measure, print, and say which marks are missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="status 1 where a mark is missed")
    parser.add_argument("--check-growth", action="store_true", help="status 1 where one of memory or growth is missed")
    options = parser.parse_args()
    slow: list[str] = []
    missed: list[str] = []
    costs: dict[str, float] = {}
    print(
        "| file | seconds | pages/s | raw pages/s | reader's share of it | MB | growth |\n|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as made:
        make(Path(made))
        for mark in MARKS:
            found = measured(Path(made), mark.name)
            seconds = costs[mark.name] = found["seconds"]
            pace = found["pages"] / seconds if found["pages"] else 0.0
            raw = found["pages"] / found["raw"] if found["raw"] else 0.0
            growth = seconds / costs[mark.grows_from] if mark.grows_from else 0.0
            shown = [f"{pace:.0f}", f"{raw:.0f}", f"{found['raw'] / found['alone']:.2f}"] if raw else ["", "", ""]
            cells = [mark.name, f"{seconds:.2f}", *shown, f"{found['peak']:.0f}", f"{growth:.1f}" if growth else ""]
            print("| " + " | ".join(cells) + " |", flush=True)
            if mark.most_seconds is not None and seconds > mark.most_seconds:
                slow.append(f"{mark.name} takes {seconds:.2f} s, {mark.most_seconds:g} at most")
            if mark.least_pace is not None and pace < mark.least_pace:
                slow.append(f"{mark.name} is read at {pace:.1f} pages/s, {mark.least_pace:g} at least")
            if found["peak"] > MEGABYTES:
                missed.append(f"{mark.name} takes {found['peak']:.0f} MB, {MEGABYTES} at most")
            if growth > GROWTH:
                missed.append(f"{mark.name} costs {growth:.1f} times its quarter, {GROWTH:g} at most")
    for line in slow + missed:
        print(line, file=sys.stderr)
    return 1 if (options.check and slow + missed) or (options.check_growth and missed) else 0


if __name__ == "__main__":
    sys.exit(main())
