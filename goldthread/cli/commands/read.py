"""Read documents and print what they say, without a database.

For one file it prints one JSON object (the format is described in docs/reading-format.md), for several one object a line.
On a terminal it prints a table for people unless --format json is given.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from goldthread.cli.screen import bars, complain, err, out, table
from goldthread.reading.document import UnreadableFile
from goldthread.reading.limits import read_in_child
from goldthread.reading.printed import as_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread read``."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=("json", "table"), help="default: table on a terminal, else json")


def run(arguments: argparse.Namespace) -> int:
    """Read every file; a file that cannot be read is told and makes the status 2, the others are printed all the same."""
    style = arguments.format or ("table" if sys.stdout.isatty() else "json")
    status = 0
    with bars() as progress:
        for path in arguments.files:
            task = progress.add_task(path.name, total=None)
            try:
                reading = as_json(
                    read_in_child(
                        path,
                        on_progress=lambda done, total, task=task: progress.update(task, completed=done, total=total),
                    )
                )
            except UnreadableFile as problem:
                status = complain(str(problem), 2)
                continue
            finally:
                progress.remove_task(task)
            if style == "json":
                indent = 1 if len(arguments.files) == 1 else None
                sys.stdout.write(json.dumps(reading, ensure_ascii=False, indent=indent) + "\n")
            else:
                _show(reading)
            err.print(one_line(reading), markup=False)
    return status


def one_line(reading: dict[str, Any]) -> str:
    """The proof that nothing is lost: where every word of the source stands."""
    words = reading["words"]
    total = words["in_records"] + words["furniture"] + words["unplaced"]
    verdict = "nothing is lost" if total == words["source"] else f"{abs(words['source'] - total):,} not accounted for"
    return (
        f"{reading['document']['file']}: {words['source']:,} words: {words['in_records']:,} in records, "
        f"{words['furniture']:,} furniture, {words['unplaced']:,} unplaced; {verdict}."
    )


def _show(reading: dict[str, Any]) -> None:
    document = reading["document"]
    out.print(f"{document['title'] or document['file']}", style="bold", markup=False)
    counts = Counter(row["kind"] for row in reading["records"])
    out.print(
        f"{document['kind']}, as at {document['as_at'] or 'no day printed'}: "
        + (", ".join(f"{number} × {kind}" for kind, number in counts.most_common()) or "no records"),
        markup=False,
    )
    table(
        ("id", "kind", "text", "lead", "where", "sure", "asks"),
        [
            (
                row["id"],
                row["kind"],
                row["text"][:90],
                ", ".join(lead["text"] for lead in row.get("leads") or []),
                _where(row),
                f"{row['confidence']:.2f}",
                len(row.get("questions") or []) or "",
            )
            for row in reading["records"]
        ],
    )


def _where(row: dict[str, Any]) -> str:
    place = (row.get("source") or [{}])[0]
    parts = [f"{name} {place[name]}" for name in ("sheet", "page", "table", "row") if place.get(name) is not None]
    if lines := place.get("lines"):
        parts.append(f"lines {lines[0]}–{lines[-1]}")
    return ", ".join(parts)
