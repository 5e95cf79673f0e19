"""What comes back in a later review, and which objective of a plan may answer which recommendation: proposals with the words
that show them, best first. A person confirms them on the pages.

goldthread reviews repeats                        of the register: what a later document raises that an earlier one did
goldthread reviews repeats EARLIER LATER …        of documents, oldest first, without a register
goldthread reviews answers                        of the register: objectives that may answer a recommendation
goldthread reviews answers REVIEW PLAN            of two documents
goldthread reviews repeats --confirm FILE         record your decisions: a CSV file with the columns record, relation, target
                                                  (raised again, progress noted, fulfils, same step, repeats, answers, no)
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from goldthread.cli.ground import add_person, person, prepare, viewer
from goldthread.cli.screen import complain, counted, out
from goldthread.likeness import Likeness, Text

ASKS = ("recommendation", "finding")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread reviews``."""
    parser.add_argument("what", choices=("repeats", "answers"), help="what comes back, or what answers what")
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="documents instead of the register, oldest first"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--most", type=int, default=25, metavar="N", help="of each earlier entry (default: 25)")
    parser.add_argument(
        "--confirm", type=Path, metavar="CSV", help="record decisions from a file instead of listing proposals"
    )
    parser.add_argument("--actions", action="store_true", help="answers: offer actions as well as objectives")
    parser.add_argument("--certain", action="store_true", help="only what is marked certain")
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the proposals, or record decisions; status 2 for files that cannot be used."""
    if arguments.confirm is not None:
        return _confirm(arguments)
    if arguments.files and len(arguments.files) < 2:
        return complain("Give two documents or more, the oldest first; or none, for the register.", 2)
    if arguments.what == "answers" and len(arguments.files) > 2:
        return complain("Give one document with recommendations and one plan.", 2)
    try:
        rows = _of_files(arguments) if arguments.files else _of_register(arguments)
    except LookupError as problem:
        return complain(str(problem), 1)
    rows = [row for row in rows if row["certain"] or not arguments.certain]
    if arguments.format == "json":
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return 0
    _print(rows)
    return 0


def _confirm(arguments: argparse.Namespace) -> int:
    if not arguments.confirm.is_file():
        return complain(f"{arguments.confirm} is not there or is not a file: check its name and folder.", 2)
    prepare()
    from goldthread.commons.errors import Refused

    try:
        done = confirm_from(arguments.confirm, by_email=arguments.by)
    except (KeyError, UnicodeDecodeError, csv.Error):
        return complain(f"{arguments.confirm} needs the columns record, relation and target: save it as CSV UTF-8.", 2)
    except (Refused, LookupError) as problem:
        return complain(str(problem), 1)
    out.print(f"{counted(done, 'decision')} recorded.", markup=False)
    return 0


def confirm_from(path: Path, *, by_email: str | None) -> int:
    """Record the decisions of a CSV file, all or none; those on record already are passed over. Returns how many were new.

    Raises Refused or LookupError, which name the row, and KeyError where a column is missing.
    """
    from django.db import transaction

    from goldthread.commons.errors import Refused
    from goldthread.domain.register.models import Link
    from goldthread.domain.register.queries import record_by_reference
    from goldthread.domain.reviews.actions import confirm_answer, confirm_repeat, dismiss
    from goldthread.domain.reviews.models import Dismissal
    from goldthread.domain.reviews.terms import Proposed

    by, looking = person(by_email), viewer(by_email)
    done = 0
    with path.open(encoding="utf-8-sig", newline="") as file, transaction.atomic():
        for line, row in enumerate(csv.DictReader(file), start=2):
            found = [record_by_reference(row[name], viewer=looking) for name in ("record", "target")]
            record, target = found
            if record is None or target is None:
                raise Refused(
                    f"{path.name}, row {line}: there is no record {row['target'] if record else row['record']}."
                )
            relation = row["relation"].strip().lower()
            known = Dismissal.objects if relation == "no" else Link.objects.filter(relation=relation)
            if known.filter(record=record, target=target).exists():
                continue
            try:
                if relation == "no":
                    dismiss(record=record, target=target, sort=Proposed.REPEATS, by=by)
                elif relation == "answers":
                    confirm_answer(offered=record, recommendation=target, by=by)
                else:
                    confirm_repeat(later=record, earlier=target, relation=relation, by=by)
            except Refused as refused:
                raise Refused(f"{path.name}, row {line}: {refused}") from None
            done += 1
    return done


NAMES = {"repeats": ("earlier", "later"), "answers": ("recommendation", "objective")}


def _row(
    what: str, one: tuple[str, str], other: tuple[str, str], score: float, certain: bool, why: str
) -> dict[str, Any]:
    first, second = NAMES[what]
    return {
        first: one[0],
        f"{first}_text": one[1],
        second: other[0],
        f"{second}_text": other[1],
        "score": score,
        "certain": certain,
        "why": why,
    }


def _of_register(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    prepare()
    from goldthread.domain.reviews.queries.answers import answers
    from goldthread.domain.reviews.queries.repeats import repeats

    looking = viewer(arguments.by)
    if arguments.what == "answers":
        return [
            _row("answers", (one.recommendation.reference, one.recommendation.text), (one.offered.reference, one.offered.text),
                 one.score, one.certain, one.why)
            for one in answers(viewer=looking, kinds=_kinds(arguments), most=arguments.most)
        ]  # fmt: skip
    return [
        _row("repeats", (one.earlier.reference, one.earlier.text), (one.later.reference, one.later.text),
             one.score, one.certain, one.why)
        for one in repeats(viewer=looking, most=arguments.most)
    ]  # fmt: skip


def _of_files(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    from goldthread.reading.limits import read_in_child
    from goldthread.reading.printed import as_json

    readings = [(path, as_json(read_in_child(path))["records"]) for path in arguments.files]
    asks = [_entries(path, rows, ASKS) for path, rows in readings]
    pairs = []
    if arguments.what == "answers":
        offered = _offered(*readings[-1], _kinds(arguments))
        pairs.append(([one for one in asks[0] if _kind(one, readings[0][1]) == "recommendation"], offered))
    else:
        pairs += [(asks[a], asks[b]) for b in range(len(asks)) for a in range(b)]
    found = []
    for asked, offered in pairs:
        texts = {one.key: one.text for one in (*asked, *offered)}
        for match in Likeness(asked, offered).matches(arguments.most):
            one, other = (match.asked, texts[match.asked]), (match.offered, texts[match.offered])
            found.append(_row(arguments.what, one, other, match.score, match.certain, match.why))
    return sorted(found, key=lambda row: -float(row["score"]))


def _kind(one: Text, rows: Sequence[dict[str, Any]]) -> str:
    return next(str(row["kind"]) for row in rows if one.key.endswith(f":{row['id']}"))


def _entries(path: Path, rows: Sequence[dict[str, Any]], kinds: Sequence[str]) -> list[Text]:
    """The entries of a reading as texts; their keys are the file's name and the reading's own."""
    found: list[Text] = []
    for row in rows:
        if row["kind"] in kinds:
            theme = str(row.get("theme") or row.get("group") or (row["section"][-1] if row.get("section") else ""))
            before = found[-1].text if found and theme and found[-1].theme == theme else ""
            found.append(
                Text(f"{path.name}:{row['id']}", row["text"], row.get("title") or "", theme, before, group=path.name)
            )
    return found


def _kinds(arguments: argparse.Namespace) -> tuple[str, ...]:
    return ("objective", "action") if arguments.actions else ("objective",)


def _offered(path: Path, rows: Sequence[dict[str, Any]], kinds: Sequence[str]) -> list[Text]:
    found = []
    for row in rows:
        if row["kind"] in kinds:
            actions = [one["text"] for one in rows if one.get("parent") == row["id"]]
            parts = (*map(_words, row.get("success_criteria") or []), *actions)
            found.append(
                Text(f"{path.name}:{row['id']}", row["text"], theme=" ".join(row.get("section") or []), parts=parts)
            )
    return found


def _words(value: Any) -> str:
    return str(value["text"]) if isinstance(value, dict) else str(value)


def _print(rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        out.print("Nothing is proposed: there is nothing to compare, or all of it has been decided.")
    for row in rows:
        keys = [key for key in row if key not in ("score", "certain", "why") and not key.endswith("_text")]
        first, second = (f"{row[key]} {row[f'{key}_text'][:110]}" for key in keys)
        out.print(f"{row['score']:.2f}{' certain' if row['certain'] else ''}  {first}\n      {second}", markup=False)
        out.print(f"      {row['why']}", style="dim", markup=False)
