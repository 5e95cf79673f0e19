"""How well the reader reads: score the five public documents beside the checkout and write docs/accuracy.md.

    script/accuracy [--check]

Needs the folder of real documents (../shared, or GOLDTHREAD_SHARED) with its hand-made truths and its scorer. Each file is
read in a process of its own by ``goldthread read``, as a user would. ``--check`` writes nothing and ends with status 1
where the mean is under 0.80, one document under 0.65, or a word is lost.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("GOLDTHREAD_SHARED", ROOT.parent / "shared"))
MEAN, LEAST = 0.80, 0.65


def main() -> int:
    """Score everything; print the table and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 under the marks")
    check = parser.parse_args().check
    if not (SHARED / "accuracy" / "score.py").is_file():
        print(
            "The real documents and their truths are not here: set GOLDTHREAD_SHARED to their folder.", file=sys.stderr
        )
        return 2
    rows = [measure(path) for path in sorted((SHARED / "documents").glob("*.txt"))]
    page = written(rows)
    print(page)
    if not check:
        (ROOT / "docs" / "accuracy.md").write_text(page, encoding="utf-8")
    mean = sum(row["score"] for row in rows) / len(rows)
    good = mean >= MEAN and all(row["score"] >= LEAST and row["lost"] == 0 for row in rows)
    return 0 if good or not check else 1


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


def written(rows: list[dict[str, Any]]) -> str:
    """The page."""
    mean = sum(row["score"] for row in rows) / len(rows)
    lines = [
        "# How well the reader reads",
        "",
        "Made by `script/accuracy`. Five public documents of one council, text made from their PDFs, scored against "
        "truths made by careful reading: the mean over kinds of record of how many are found, how many are true and how "
        "alike each field is. Invented records cost as much as missed ones. The reader knows no document's name, hash or "
        "wording.",
        "",
        f"Mean {mean:.3f}; the marks are {MEAN:.2f} for the mean and {LEAST:.2f} for each.",
        "",
        "| document | score | words | in records | furniture | unplaced | lost | questions | seconds, start included |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        words = row["words"]
        lines.append(
            f"| {row['name']} | {row['score']:.3f} | {words['source']:,} | {words['in_records']:,} | {words['furniture']:,} | "
            f"{words['unplaced']:,} | {row['lost']} | {row['questions']} | {row['seconds']:.1f} |"
        )
    lines += ["", "| document | kind | true | read | found | right | fields |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        for kind, values in row["kinds"].items():
            fields = ", ".join(f"{name} {value:.2f}" for name, value in values["fields"].items())
            lines.append(
                f"| {row['name']} | {kind} | {values['truth']} | {values['read']} | {values['found']:.3f} | "
                f"{values['true']:.3f} | {fields} |"
            )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
