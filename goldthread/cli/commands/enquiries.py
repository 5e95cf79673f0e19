"""What in a plan does not add up, as questions that a councillor can ask, best first, each with the printed words.

Formats: table, json; html, pdf and docx write the two-page briefing for a scrutiny meeting into --out (./out unless said).
Without --as-at the plan is read on the newest day that it speaks of.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldthread.cli.ground import add_days, add_person, prepare, viewer
from goldthread.cli.screen import complain, out, table

if TYPE_CHECKING:
    from goldthread.domain.enquiries.queries import Found, PlanEnquiries

_FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread enquiries``."""
    parser.add_argument("plan", metavar="PLAN_REF", help="the plan, review or report, as ITAP")
    parser.add_argument("--rule", metavar="RULES", help="only these rules: LE01,LE05")
    parser.add_argument("--open", action="store_true", help="only what nobody has answered or dismissed")
    parser.add_argument(
        "--format", default=None, help="table, json, or html, pdf, docx for the briefing; several with commas"
    )
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="default: ./out")
    add_days(parser)
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the lines of enquiry, or write the briefing; status 1 where no such plan stood, 2 for a strange format or rule."""
    prepare()
    from goldthread.commons.errors import Refused
    from goldthread.domain.enquiries.queries import enquiries_of
    from goldthread.domain.enquiries.rules import RULES

    wanted = [rule.strip().upper() for rule in (arguments.rule or "").split(",") if rule.strip()]
    if strange := [rule for rule in wanted if rule not in RULES]:
        return complain(f"{', '.join(strange)} is no rule; they are LE01 to {max(RULES)}.", 2)
    form = arguments.format or ("table" if sys.stdout.isatty() else "json")
    try:
        looking = viewer(arguments.by)
        found = enquiries_of(arguments.plan, viewer=looking, as_at=arguments.as_at, known_on=arguments.known_on)
    except (Refused, LookupError) as problem:
        return complain(str(problem), 1)
    if found is None:
        return complain(f"No plan, review or report {arguments.plan} stood on that day.", 1)
    if form not in _FORMATS:
        return _briefing(found, form, arguments)
    rows = [row for row in found.rows if not wanted or row.enquiry.rule in wanted]
    rows = [row for row in rows if not arguments.open or row.standing == "open"]
    if form == "json":
        sys.stdout.write(json.dumps([as_json(row) for row in rows], ensure_ascii=False, indent=1) + "\n")
    else:
        _table(found, rows)
    return 0


def _table(found: PlanEnquiries, rows: list[Found]) -> None:
    if not rows:
        entries = "1 entry" if found.entries == 1 else f"{found.entries:,} entries"
        out.print(f"Nothing in the {entries} of {found.plan.reference} that does not add up.", markup=False)
        return
    table(
        ("rule", "at", "question", "why"),
        [(row.enquiry.rule, row.enquiry.reference, row.enquiry.question, row.enquiry.why) for row in rows],
    )
    counts = Counter(row.enquiry.rule for row in rows)
    out.print(", ".join(f"{rule} {number}" for rule, number in sorted(counts.items())), markup=False)


def _briefing(found: PlanEnquiries, form: str, arguments: argparse.Namespace) -> int:
    from goldthread.reporting.briefing import FORMATS, write
    from goldthread.reporting.formats import NotWritten

    forms = [name.strip().lower() for name in form.split(",") if name.strip()]
    if strange := [name for name in forms if name not in FORMATS]:
        return complain(f"“{', '.join(strange)}” is not a format; choose from {', '.join((*_FORMATS, *FORMATS))}.", 2)
    try:
        paths = write(found, forms, arguments.out)
    except NotWritten as problem:
        return complain(str(problem), 2)
    for path in paths:
        out.print(str(path), markup=False)
    return 0


def as_json(row: Found) -> dict[str, Any]:
    """An enquiry in plain values: the words with the field they stand in, from where to where, and their printed place."""
    enquiry, judgement = row.enquiry, row.judgement
    return {
        "rule": enquiry.rule,
        "title": row.title,
        "reference": enquiry.reference,
        "kind": row.record.kind,
        "text": row.record.heading,
        "question": enquiry.question,
        "why": enquiry.why,
        "weight": round(enquiry.weight, 3),
        "words": [
            {
                "reference": words.reference,
                "field": words.field,
                "text": words.said,
                "chars": [words.begin, words.stop],
                "where": row.places.get(words.reference),
            }
            for words in enquiry.words
        ],
        "standing": row.standing,
        "said": judgement.said if judgement else None,
        "action": judgement.action.reference if judgement and judgement.action else None,
        "key": enquiry.key,
    }
