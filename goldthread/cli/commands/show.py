"""Show one record: its words, what it is for, who answers for it, its dates, updates and source.

With --as-at and --known-on it is shown as it stood on a day, as the council knew it on a day.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from goldthread.cli.ground import add_days, add_person, prepare, viewer
from goldthread.cli.screen import complain, out
from goldthread.kernel.days import printed
from goldthread.kernel.ratings import Rating

if TYPE_CHECKING:
    from goldthread.commons.access.viewer import Viewer
    from goldthread.domain.register.models.as_at import RecordAt


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread show``."""
    parser.add_argument("reference", metavar="REF", help="as printed beside the record: IP-012")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    add_days(parser)
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the record; status 1 where it did not stand on that day, or the person may not see it."""
    prepare()
    from goldthread.domain.register.queries import record_at

    try:
        looking = viewer(arguments.by)
    except LookupError as problem:
        return complain(str(problem), 1)
    found = record_at(arguments.reference, viewer=looking, as_at=arguments.as_at, known_on=arguments.known_on)
    if found is None:
        return complain(_missing(arguments), 1)
    days = {"as_at": arguments.as_at, "known_on": arguments.known_on}
    values = described(found, viewer=looking, days=days)
    if arguments.format == "json":
        sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=1, default=str) + "\n")
        return 0
    _print(values)
    return 0


def _missing(arguments: argparse.Namespace) -> str:
    if arguments.as_at is None and arguments.known_on is None:
        return (
            f"There is no record {arguments.reference}; see the reference printed beside it on the pages or the report."
        )
    days = " ".join(
        filter(
            None,
            (
                arguments.as_at and f"as at {printed(arguments.as_at)}",
                arguments.known_on and f"as known on {printed(arguments.known_on)}",
            ),
        )
    )
    return f"There is no record {arguments.reference} {days}; give another day."


def described(found: RecordAt, *, viewer: Viewer, days: dict[str, date | None]) -> dict[str, Any]:
    """A record as plain values, for JSON and for the terminal; its thread as on the two days that were asked for."""
    from goldthread.domain.organisation.queries import holders
    from goldthread.domain.register.queries import downwards, upwards

    held = holders(
        [row.owner_id for row in found.leads if row.owner_id], viewer=viewer, on=found.on, known_on=days["known_on"]
    )
    passage = found.record.passage
    return {
        "reference": found.reference,
        "kind": found.kind,
        "title": found.version.title or None,
        "text": found.text,
        "section": found.section,
        "state": found.state,
        "rating": found.rating,
        "rating_why": found.rated.why,
        "rating_by_rule": found.rated.value.value,
        "rating_printed": found.rating_fact.printed or None if found.rating_fact else None,
        "due": found.due.text if found.due else None,
        "due_on": found.due_on,
        "first_due_on": found.first_due_on,
        "leads": [
            {
                "role": row.role,
                "owner": row.owner.name if row.owner else None,
                "printed": row.printed or None,
                "holders": [str(holder) for holder in held.get(row.owner_id or 0, [])],
            }
            for row in found.leads
        ],
        "updates": [
            {"as_at": row.as_at, "recorded": row.recorded, "text": row.text} for row in reversed(found.updates)
        ],
        "upwards": [
            {"relation": how, "reference": row.reference, "text": row.heading}
            for _, how, row in upwards(found.record, viewer=viewer, **days)
        ],
        "downwards": [
            {"reference": row.reference, "text": row.heading}
            for _, _, row in downwards(found.record, viewer=viewer, depth=1, **days)
        ],
        "source": {"file": passage.source_file.name, "where": passage.where} if passage else None,
        "checked": found.checked,
    }


def _print(values: dict[str, Any]) -> None:
    from goldthread.domain.register.terms import RecordKind, State

    out.print(f"{values['reference']}  {RecordKind(values['kind']).label}", style="bold", markup=False)
    for line in filter(None, (values["title"], values["text"])):
        out.print(line, markup=False)
    rating, why = Rating(values["rating"]).label, values["rating_why"].rstrip(".")
    if values["rating"] != values["rating_by_rule"]:
        said = f"printed as {values['rating_printed']}" if values["rating_printed"] else "declared by a person"
        why = f"{said}; by the rule: {Rating(values['rating_by_rule']).label}. {why}"
    out.print(f"state: {State(values['state']).label}; rating: {rating} ({why})", markup=False)
    out.print(f"due: {values['due'] or 'no date set'}", markup=False)
    for lead in values["leads"]:
        who = lead["owner"] or f"{lead['printed']} (as printed, not matched to a post)"
        out.print(f"{lead['role']}: {who} {'; '.join(lead['holders'])}".rstrip(), markup=False)
    for row in values["upwards"]:
        out.print(f"↑ {row['relation']} {row['reference']} {row['text'][:100]}", markup=False)
    for row in values["downwards"]:
        out.print(f"↓ {row['reference']} {row['text'][:100]}", markup=False)
    for row in values["updates"]:
        out.print(f"{printed(row['as_at'])}: {row['text']}", markup=False)
    if values["source"]:
        out.print(f"printed in {values['source']['file']}, {values['source']['where']}", markup=False)
    if not values["checked"]:
        out.print("not yet checked by anybody", markup=False)
