"""Where the thread holds and where it is broken: shares of actions and recommendations that have what they need, and those that
lack it, of the whole register, of each plan and review, and of each directorate.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from goldthread.cli.ground import add_days, add_person, prepare, viewer
from goldthread.cli.screen import complain, out, table

if TYPE_CHECKING:
    from goldthread.domain.register.queries.coverage import Coverage, Group

SHOWN = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread coverage``."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--broken", action="store_true", help=f"list the {SHOWN} most broken entries as well")
    add_days(parser)
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the figures."""
    prepare()
    from goldthread.domain.register.queries.coverage import coverage

    try:
        looking = viewer(arguments.by)
    except LookupError as problem:
        return complain(str(problem), 1)
    found = coverage(viewer=looking, as_at=arguments.as_at, known_on=arguments.known_on)
    if arguments.format == "json":
        sys.stdout.write(json.dumps(as_values(found), ensure_ascii=False, indent=1, default=str) + "\n")
        return 0
    _print(found, broken=arguments.broken)
    return 0


def as_values(found: Coverage) -> dict[str, Any]:
    """The figures as plain values; a share of nothing is null."""
    return {
        "as_at": found.on,
        "everything": _group(found.whole),
        "plans": [{"reference": one.reference, "title": one.name, **_group(one)} for one in found.plans],
        "directorates": [{"name": one.name, **_group(one)} for one in found.directorates],
        "broken": [
            {"reference": row.reference, "lacks": [measure.key for measure in lacks]} for row, lacks in found.breaks()
        ],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        key: {
            "label": share.measure.label,
            "among": share.measure.among,
            "having": share.having,
            "of": share.whole,
            "percent": round(share.percent, 1) if share.percent is not None else None,
            "lacking": [row.reference for row in share.lacking],
        }
        for key, share in group.shares.items()
    }


def _print(found: Coverage, *, broken: bool) -> None:
    groups = [found.whole, *found.plans, *found.directorates]
    labels = [share.measure.label for share in found.whole.shares.values()]
    rows = [
        (group.reference or group.name, *(_cell(share.having, share.whole) for share in group.shares.values()))
        for group in groups
    ]
    table(("", *labels), rows, numbers=tuple(range(1, len(labels) + 1)))
    if broken:
        for row, lacks in found.breaks()[:SHOWN]:
            said = "; ".join(measure.lacking for measure in lacks)
            out.print(f"{row.reference} {row.heading[:80]}: {said}", markup=False)


def _cell(having: int, whole: int) -> str:
    return f"{having} of {whole}" if whole else "–"
