"""Check the data: what is wrong, worst first, each with a number, a sentence and what to do.

Exit status: 0 no error stands, 1 an error stands that nobody has waived (with --strict a warning too). A waived problem is
listed as waived. Numbers: GT001–099 register, 100–199 plans, 200–299 organisation, 300–399 reviews, 400–499 rounds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from goldthread.cli.ground import add_person, day, prepare, viewer
from goldthread.cli.screen import complain, counted, out, table

if TYPE_CHECKING:
    from goldthread.commons.checks.queries import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread check``."""
    parser.add_argument("--plan", metavar="REF", help="only within this plan, review or report")
    parser.add_argument("--only", metavar="NUMBERS", help="only these checks: GT001,GT104")
    parser.add_argument("--on", type=day, metavar="DATE", help="as things stood on this day (default: today)")
    parser.add_argument("--format", choices=("table", "json"), default=None, help="default: table; json in a pipe")
    parser.add_argument("--strict", action="store_true", help="end with status 1 for a warning as well")
    parser.add_argument("--list", action="store_true", help="list the checks there are, and look at nothing")
    parser.add_argument("--rebuild", action="store_true", help="first write again what lists show, from the facts")
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Look, and print what was found."""
    prepare()
    from goldthread.commons.checks.catalogue import all_checks, check_of
    from goldthread.commons.checks.queries import problems
    from goldthread.domain.register.models.projection import rebuild
    from goldthread.domain.register.queries import record_by_reference
    from goldthread.kernel.clock import today

    if arguments.list:
        table(
            ("number", "severity", "room", "what is wrong"),
            [(c.number, c.severity, c.room, c.title) for c in all_checks()],
        )
        return 0
    try:
        looking = viewer(arguments.by)
    except LookupError as problem:
        return complain(str(problem), 1)
    within = record_by_reference(arguments.plan, viewer=looking) if arguments.plan else None
    if arguments.plan and within is None:
        return complain(f"There is no {arguments.plan} in this register.", 1)
    numbers = [number.strip() for number in arguments.only.split(",")] if arguments.only else None
    strange = [number for number in numbers or [] if check_of(number) is None]
    if strange:
        return complain(f"{', '.join(strange)} is no check; “goldthread check --list” names them all.", 2)
    if arguments.rebuild:
        out.print(f"Written again: {counted(rebuild(), 'record')}.")
    found = problems(viewer=looking, on=arguments.on or today(), within=within, numbers=numbers)
    return _tell(found, arguments)


def _tell(found: list[Problem], arguments: argparse.Namespace) -> int:
    if (arguments.format or ("table" if sys.stdout.isatty() else "json")) == "json":
        sys.stdout.write(json.dumps([as_json(row) for row in found], ensure_ascii=False, indent=1) + "\n")
    elif found:
        rows = [(row.number, row.severity + (" (waived)" if row.waived else ""), row.sentence) for row in found]
        table(("check", "severity", "what is wrong"), rows)
        out.print(_summary(found), markup=False)
    else:
        out.print("The checks find nothing.")
    bad = {"error", "warning"} if arguments.strict else {"error"}
    return 1 if any(row.severity in bad and row.waived is None for row in found) else 0


def _summary(found: list[Problem]) -> str:
    number = Counter(row.severity.value for row in found if row.waived is None)
    parts = [counted(number[severity], severity) for severity in ("error", "warning", "note")]
    waived = sum(row.waived is not None for row in found)
    return ", ".join(parts) + (f", {waived} waived" if waived else "") + "."


def as_json(row: Problem) -> dict[str, Any]:
    """A problem in plain values."""
    waived = row.waived
    return {
        "number": row.number,
        "severity": row.severity.value,
        "room": row.check.room,
        "title": row.check.title,
        "reference": row.reference,
        "plan": row.plan or None,
        "sentence": row.sentence,
        "what_to_do": row.what_to_do,
        "waived": {"until": waived.until.isoformat(), "by": waived.by.name, "reason": waived.reason}
        if waived
        else None,
    }
