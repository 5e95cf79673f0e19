"""Follow the golden thread of a record: upwards to the reasons, downwards to what was done and what shows it.

goldthread thread IP-012                      as an indented list
goldthread thread IP-012 --format json        every record with its dates, updates, evidence and the reports that told it
goldthread thread IP-012 --format svg > t.svg a picture to print
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from goldthread.cli.ground import add_days, add_person, prepare, viewer
from goldthread.cli.screen import complain, counted, out
from goldthread.kernel.days import printed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread thread``."""
    parser.add_argument("reference", metavar="REF", help="as printed beside the record: IP-012")
    parser.add_argument("--format", choices=("text", "json", "csv", "svg"), default="text", help="default: text")
    add_days(parser)
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the thread; status 1 where the record did not stand on that day, or the person may not see it."""
    prepare()
    from goldthread.domain.register.queries.threads import thread
    from goldthread.reporting.threads import as_csv, picture, values_of

    try:
        looking = viewer(arguments.by)
    except LookupError as problem:
        return complain(str(problem), 1)
    found = thread(arguments.reference, viewer=looking, as_at=arguments.as_at, known_on=arguments.known_on)
    if found is None:
        return complain(
            f"There is no record {arguments.reference} on that day; see the reference printed beside it.", 1
        )
    if arguments.format == "svg":
        return _bytes(picture(found))
    values = values_of(found, viewer=looking)
    if arguments.format == "csv":
        return _bytes(as_csv(values))
    if arguments.format == "json":
        made = {"reference": found.start.row.reference, "as_at": found.on, "records": values}
        sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=1, default=str) + "\n")
        return 0
    _print(values)
    return 0


def _bytes(content: bytes) -> int:
    sys.stdout.buffer.write(content)
    return 0


def _print(values: list[dict[str, Any]]) -> None:
    highest = max((row["depth"] for row in values if row["side"] == "above"), default=0)
    for row in values:
        indent = "  " * (highest - row["depth"] if row["side"] == "above" else highest + row["depth"])
        told = f", told in {', '.join(one['issue'] for one in row['told_in'])}" if row["told_in"] else ""
        when = f", due {printed(row['due_on'])}" if row["due_on"] else ""
        updates = (
            f", {counted(len(row['updates']), 'update')} to {printed(row['updates'][-1]['as_at'])}"
            if row["updates"]
            else ""
        )
        words = " ".join((row["title"] or row["text"]).split())[:100]
        line = f"{row['relation']} {row['kind']} {row['reference']} {words}{when}{updates}{told}".strip(" ")
        out.print(indent + line, style="bold" if row["side"] == "here" else None, markup=False)
