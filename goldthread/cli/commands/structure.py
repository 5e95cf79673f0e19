"""Look into the council's structures: list them, compare two post by post, bring posts in, and write what is published.

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

from goldthread.cli.ground import add_person, day, person, prepare, viewer
from goldthread.cli.screen import complain, out, table

if TYPE_CHECKING:
    from goldthread.commons.access.viewer import Viewer


STAGES = ("proposed", "agreed", "launched", "current", "planned")
EXPORTS = ("organisation-chart", "senior-salaries", "salary-bands", "appointments")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread structure``."""
    parts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listing = parts.add_parser("list", help="every structure with its stage, day and number of posts")
    comparing = parts.add_parser("compare", help="two structures, post by post")
    comparing.add_argument("before", metavar="BEFORE", help="a part of the earlier structure's name")
    comparing.add_argument("after", metavar="AFTER", help="a part of the later structure's name")
    comparing.add_argument("--to", default="", metavar="FORMATS", help="also write files: html,pdf,docx,xlsx,csv,json")
    comparing.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="default: ./out")
    bringing = parts.add_parser("import", help="posts of a CSV or Excel file as a structure, whole or not at all")
    bringing.add_argument("file", type=Path, metavar="FILE")
    bringing.add_argument("--name", required=True, help="what the structure is called")
    bringing.add_argument("--as-at", type=day, required=True, metavar="DATE", help="the day that it speaks of")
    bringing.add_argument("--stage", choices=STAGES, default="current", help="default: current")
    bringing.add_argument(
        "--column", action="append", default=[], metavar="THEIRS=OURS", help="what a heading means: “Job=title”"
    )
    writing = parts.add_parser("export", help="what the Transparency Code has published, or appointments after Popolo")
    writing.add_argument("name", metavar="NAME", help="a part of the structure's name")
    writing.add_argument("what_is_written", metavar="WHAT", choices=EXPORTS, help=", ".join(EXPORTS))
    writing.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    for each in (bringing, writing):
        add_person(each)
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
        if arguments.what == "import":
            return _import(arguments)
        return (_export if arguments.what == "export" else _compare)(looking, arguments)
    except (Refused, LookupError) as problem:
        return complain(str(problem), 1)


def _print_json(values: Any) -> int:
    sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=1, default=str) + "\n")
    return 0


def _list(looking: Viewer, form: str) -> int:
    from goldthread.domain.organisation.queries.structures import post_counts, structures

    counts = post_counts(viewer=looking)
    rows = [
        {"name": row.name, "stage": row.stage, "as_at": row.as_at, "posts": counts.get(row.pk, 0)}
        for row in structures(viewer=looking)
    ]
    if form == "json":
        return _print_json(rows)
    if rows:
        table(("structure", "stage", "as at", "posts"), [tuple(row.values()) for row in rows], numbers=(3,))
    else:
        out.print("No structures yet: import a structure report, or posts.")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from goldthread.domain.organisation.actions.sheets import take_posts
    from goldthread.domain.organisation.adopters.sheets import rows_of

    path: Path = arguments.file
    if not path.is_file():
        return complain(f"{path} is not there or is not a file: check its name and folder.", 2)
    structure = take_posts(
        rows=rows_of(path, name=path.name),
        name=arguments.name,
        as_at=arguments.as_at,
        stage=arguments.stage,
        by=person(arguments.by),
        named=dict(each.split("=", 1) for each in arguments.column if "=" in each),
        file_name=path.name,
    )
    out.print(f"{structure.name}: {structure.listings.count()} posts", markup=False)
    return 0


def _export(looking: Viewer, arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from goldthread.domain.organisation.queries.structures import structure_called
    from goldthread.reporting.transparency import missing, popolo_json, published, table_csv

    structure = structure_called(arguments.name, viewer=looking)
    found = published(structure, viewer=looking, organisation=settings.GOLDTHREAD_COUNCIL)
    which = arguments.what_is_written
    for gap in [] if which == "appointments" else missing(found, which):
        sys.stderr.write(f"{gap}\n")
    content = popolo_json(found) if which == "appointments" else table_csv(found, which)
    if arguments.out is None:
        sys.stdout.buffer.write(content)
    else:
        arguments.out.write_bytes(content)
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
    for each in totals["counted_how"]:
        out.print(each, markup=False)
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
