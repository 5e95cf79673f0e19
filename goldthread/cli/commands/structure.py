"""Look into the council's structures: list them, and compare two post by post.

“goldthread structure compare launch current” takes any part of a structure's name that only one structure has. It counts
posts by directorate as listed and as stated, and says of each post what became of it and why. --to writes the comparison as
files as well.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldthread.cli.ground import add_person, prepare, viewer
from goldthread.cli.screen import complain, out, table

if TYPE_CHECKING:
    from goldthread.commons.access.viewer import Viewer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread structure``."""
    parts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listing = parts.add_parser("list", help="every structure with its stage, day and number of posts")
    comparing = parts.add_parser("compare", help="two structures, post by post")
    comparing.add_argument("before", metavar="BEFORE", help="a part of the earlier structure's name")
    comparing.add_argument("after", metavar="AFTER", help="a part of the later structure's name")
    comparing.add_argument("--to", default="", metavar="FORMATS", help="also write files: html,pdf,docx,xlsx,csv,json")
    comparing.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="default: ./out")
    for each in (listing, comparing):
        each.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
        add_person(each)


def run(arguments: argparse.Namespace) -> int:
    """Print; status 1 where a name fits no structure or several."""
    prepare()
    from goldthread.commons.errors import Refused

    try:
        looking = viewer(arguments.by)
        if arguments.what == "list":
            return _list(looking, arguments.format)
        return _compare(looking, arguments)
    except (Refused, LookupError) as problem:
        return complain(str(problem), 1)


def _print_json(values: Any) -> int:
    sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=1, default=str) + "\n")
    return 0


def _list(looking: Viewer, form: str) -> int:
    from goldthread.domain.organisation.queries.structures import lines_of, structures

    rows = [
        {"name": row.name, "stage": row.stage, "as_at": row.as_at, "posts": len(lines_of(row, viewer=looking))}
        for row in structures(viewer=looking)
    ]
    if form == "json":
        return _print_json(rows)
    if rows:
        table(("structure", "stage", "as at", "posts"), [tuple(row.values()) for row in rows], numbers=(3,))
    else:
        out.print("No structures yet: import a structure report, or posts.")
    return 0


def _compare(looking: Viewer, arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from goldthread.domain.organisation.queries.structures import comparison, structure_called
    from goldthread.kernel.clock import now
    from goldthread.reporting.structure_report import write
    from goldthread.reporting.structures import shape

    before = structure_called(arguments.before, viewer=looking)
    after = structure_called(arguments.after, viewer=looking)
    found = comparison(before, after, viewer=looking)
    values = shape(found)
    if forms := [form for form in arguments.to.split(",") if form.strip()]:
        for path in write(found, forms, arguments.out, organisation=settings.GOLDTHREAD_COUNCIL, made=now()):
            sys.stderr.write(f"{path}\n")
    if arguments.format == "json":
        return _print_json(values)
    out.print(f"{before.name} → {after.name}", style="bold", markup=False)
    rows = [
        (part["name"], _count(part["before"]), _count(part["after"]), _changes(part)) for part in values["directorates"]
    ]
    totals = values["totals"]
    rows.append(("All", _count(totals["before"]), _count(totals["after"]), _numbers(totals)))
    table(("directorate", "before", "after", "changes"), rows)
    for part in values["directorates"]:
        for note in part["notes"]:
            out.print(f"{part['name']}: {note}", markup=False)
    return 0


def _count(count: dict[str, Any]) -> str:
    apart = count["stated"] is not None and count["stated"] != count["listed"]
    return f"{count['listed']} ({count['stated']} stated)" if apart else str(count["listed"])


def _changes(part: dict[str, Any]) -> str:
    words = ("added", "removed", "renamed", "moved", "split", "merged", "regraded", "to_be_removed")
    return ", ".join(f"{len(part[word])} {word.replace('_', ' ')}" for word in words if part[word])


def _numbers(totals: dict[str, Any]) -> str:
    words = ("added", "removed", "renamed", "moved", "split", "merged", "regraded", "to_be_removed")
    return ", ".join(f"{totals[word]} {word.replace('_', ' ')}" for word in words if totals[word])
