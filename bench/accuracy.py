"""How well the reader reads: real documents, their masked twins, and invented ones in ten formats; writes docs/accuracy.md.

    script/accuracy [--check] [--quick] [--seeds 10]

The real documents need their folder (../shared, or GOLDTHREAD_SHARED) with hand-made truths and a scorer; each is read in
a process of its own by ``goldthread read``, as a user would. The invented ones are printed by the press of the tests:
even seeds are those the reader is tuned on, odd ones only judge it. Unless ``--quick`` is given, pdfplumber, camelot and
markitdown read the same PDF, Word and Excel files in a temporary environment of their own. ``--check`` reads the real
documents only, writes nothing, and ends with status 1 where their mean is under 0.80, one under 0.65, or a word is lost.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.accuracy_page import OTHERS, written
from bench.facts_and_pairs import facts, pairs
from bench.press_scores import read_all, rows_right, with_reader, with_tool

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("GOLDTHREAD_SHARED", ROOT.parent / "shared"))
MEAN, LEAST = 0.80, 0.65
PACKAGES = ("pdfplumber", "camelot-py[base]", "markitdown[docx,xlsx,pdf]")
COMPARED = ("docx", "xlsx", "html", "pdf-tagged", "pdf-ruled", "pdf-columns")
TOOLS = {"pdfplumber": "pdf", "camelot": "pdf", "markitdown": ""}
COMPARED_SEEDS, COMPARED_KINDS = 2, ("plan", "tracker", "scorecard", "savings", "structure")


def main() -> int:
    """Score everything; print the page and write it."""
    options = _options()
    has_real = (SHARED / "accuracy" / "score.py").is_file()
    if options.check and not has_real:
        print("The real documents are not here: set GOLDTHREAD_SHARED to their folder.", file=sys.stderr)
        return 2
    rows = [measure(path) for path in sorted((SHARED / "documents").glob("*.txt"))] if has_real else []
    if options.check:
        for row in rows:
            print(f"{row['name']:40} {row['score']:.3f}  lost {row['lost']}")
        mean = sum(row["score"] for row in rows) / len(rows)
        return 0 if mean >= MEAN and all(row["score"] >= LEAST and row["lost"] == 0 for row in rows) else 1
    with tempfile.TemporaryDirectory(prefix="goldthread-accuracy-") as folder:
        beside = (facts(SHARED, Path(folder)), pairs())
        page = written(rows, _twins(Path(folder)) if has_real else {}, *_press(Path(folder), options), beside)
    print(page)
    (ROOT / "docs" / "accuracy.md").write_text(page, encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="the real documents only; status 1 under the marks")
    parser.add_argument("--quick", action="store_true", help="leave out the comparison with other tools")
    parser.add_argument(
        "--seeds", type=int, default=10, help="documents of each kind and format, for tuning and judging"
    )
    return parser.parse_args()


def _press(folder: Path, options: argparse.Namespace) -> tuple[list[Any], list[Any], list[dict[str, Any]]]:
    """The press's documents for tuning and for judging, and what tools make of some of the latter."""
    from tests.corpus.press import FORMATS

    tuning = read_all(range(0, 2 * options.seeds, 2), FORMATS, folder)
    judging = read_all(range(1, 2 * options.seeds, 2), FORMATS, folder)
    return tuning, judging, [] if options.quick else _compared(judging, folder)


def _twins(folder: Path) -> dict[str, float]:
    """The score of each document's masked twin."""
    from goldthread.reading import read_file
    from goldthread.reading.printed import as_json
    from tests.corpus.twins import twins

    made = twins(SHARED / "documents", SHARED / "accuracy" / "gold", folder)
    return {path.stem: scorer().score(truth, as_json(read_file(path)))[0] for path, truth in made}


def _compared(judging: list[Any], folder: Path) -> list[dict[str, Any]]:
    """The reader and the other tools on the same files, by format: whole rows, pages a second, memory."""
    chosen = [r for r in judging if r.format in COMPARED and r.kind in COMPARED_KINDS and r.seed < 2 * COMPARED_SEEDS]
    python = _environment(folder / "others")
    found = []
    for format_ in COMPARED:
        here = [one for one in chosen if one.format == format_]
        files = [one.path for one in here]
        pages = sum(one.pages or 0 for one in here)
        own = with_reader(files)
        entry = {"format": format_, "files": len(here), "pages": pages, "Goldthread": {
            "rows": sum(one.rows for one in here) / len(here), "seconds": own["seconds"], "peak_mb": own["peak_mb"],
        }}  # fmt: skip
        for tool, only in TOOLS.items():
            done = with_tool(tool, python, files) if python and format_.startswith(only) else None
            if done is not None:
                marks = [rows_right(one.truth, f.get("rows", [])) for one, f in zip(here, done["files"], strict=True)]
                entry[tool] = {
                    "rows": sum(marks) / len(marks), "seconds": sum(f["seconds"] for f in done["files"]),
                    "peak_mb": done["peak_mb"], "failed": sum("error" in f for f in done["files"]),
                    "version": done["version"],
                }  # fmt: skip
            elif format_.startswith(only):
                entry[tool] = None
        found.append(entry)
    return found


def _environment(folder: Path) -> Path | None:
    """A Python with the other tools, outside the tree; None where they cannot be installed.

    ``GOLDTHREAD_OTHERS`` may name the Python of an environment that has them already.
    """
    given = os.environ.get("GOLDTHREAD_OTHERS")
    if given:
        return Path(given)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "-q", *PACKAGES],
    ):
        if subprocess.run(command, check=False).returncode != 0:
            print(f"{', '.join(OTHERS)} could not be installed: they are left out.", file=sys.stderr)
            return None
    return python


def measure(path: Path) -> dict[str, Any]:
    """Read one document as a user would, and score it."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "goldthread.cli.main", "read", str(path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    seconds = time.perf_counter() - began
    reading = json.loads(done.stdout)
    truth = json.loads((SHARED / "accuracy" / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    score, kinds, _ = scorer().score(truth, reading)
    words = reading["words"]
    return {
        "name": path.stem,
        "score": score,
        "kinds": kinds,
        "words": words,
        "lost": words["source"] - words["in_records"] - words["furniture"] - words["unplaced"],
        "questions": len(reading["questions"]) or sum(len(row.get("questions") or []) for row in reading["records"]),
        "seconds": seconds,
    }


def scorer() -> Any:
    """The scorer that stands beside the truths."""
    spec = importlib.util.spec_from_file_location("goldthread_scorer", SHARED / "accuracy" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
