"""The lineage of a recommendation or finding as people have confirmed it; without a reference, every lineage and what came back.

goldthread lineage                            every lineage, and what came back after it had been closed
goldthread lineage CPC-004 --format svg > l.svg
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from goldthread.cli.ground import add_days, add_person, prepare, viewer
from goldthread.cli.screen import complain, counted, out, table

if TYPE_CHECKING:
    from goldthread.domain.reviews.queries.lineage import CameBackFigures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread lineage``."""
    parser.add_argument("reference", nargs="?", metavar="REF", help="a recommendation or finding; none: all of them")
    parser.add_argument("--format", choices=("text", "json", "svg"), default="text", help="default: text")
    add_days(parser)
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one lineage, or all with the figures; status 1 where there is no such record."""
    if arguments.format == "svg" and not arguments.reference:
        return complain("Name the recommendation or finding whose lineage is to be drawn.", 2)
    prepare()
    from goldthread.domain.reviews.queries.lineage import came_back, lineage_of, lineages
    from goldthread.reporting.lineages import picture, values_of

    try:
        looking = viewer(arguments.by)
    except LookupError as problem:
        return complain(str(problem), 1)
    days = {"as_at": arguments.as_at, "known_on": arguments.known_on}
    if arguments.reference:
        one = lineage_of(arguments.reference, viewer=looking, **days)
        if one is None:
            return complain(
                f"There is no record {arguments.reference} on that day; see the reference printed beside it.", 1
            )
        if arguments.format == "svg":
            sys.stdout.buffer.write(picture(one))
            return 0
        return _show([values_of(one)], None, arguments.format)
    rows = [values_of(each) for each in lineages(viewer=looking, **days)]
    return _show(rows, came_back(viewer=looking, **days), arguments.format)


def _show(rows: list[dict[str, Any]], figures: CameBackFigures | None, style: str) -> int:
    if style == "json":
        made: Any = rows[0] if figures is None else {"lineages": rows, "came_back": _figures(figures)}
        sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=1, default=str) + "\n")
        return 0
    for row in rows:
        out.print("; ".join(row["in_words"]), style="bold", markup=False)
        for step in row["steps"]:
            out.print(f"  {step['year'] or '    '} {step['reference']} {step['text'][:110]}", markup=False)
            out.print(f"       {step['last_known']}", style="dim", markup=False)
            for one in step["answers"]:
                out.print(f"       answered by {one['reference']} ({one['year']}) {one['text'][:90]}", markup=False)
    if figures is not None:
        out.print(
            f"{counted(len(rows), 'lineage')}; {len(figures.rows)} raised again, {len(figures.after_closing)} after closing."
        )
        table(("theme", "raised again", "after closing"), figures.by("theme"), numbers=(1, 2))
    return 0


def _figures(figures: CameBackFigures) -> dict[str, Any]:
    return {
        "raised_again": len(figures.rows),
        "after_closing": len(figures.after_closing),
        **{
            f"by_{name}": [
                {name: key, "raised_again": whole, "after_closing": closed} for key, whole, closed in figures.by(name)
            ]
            for name in ("directorate", "theme")
        },
    }
