"""Match names printed in documents to posts, offices and bodies.

Without a file it lists the printed names that nobody has matched. With --match FILE it reads a CSV file with the columns
“printed” and “owner” and remembers each as your decision; from then on documents that print the name are matched to it.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from goldthread.cli.ground import add_person, person, prepare
from goldthread.cli.screen import complain, counted, out, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread names``."""
    parser.add_argument("--match", type=Path, metavar="FILE", help="a CSV file with the columns printed, owner")
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """List, or match; a row that names no known owner stops everything before anything is written."""
    if arguments.match is not None and not arguments.match.is_file():
        return complain(f"{arguments.match} is not there or is not a file: check its name and folder.", 2)
    prepare()
    from goldthread.commons.access.queries import viewer_for
    from goldthread.commons.errors import Refused
    from goldthread.domain.register.queries import unmatched_names

    try:
        by = person(arguments.by)
        if arguments.match is None:
            if found := unmatched_names(viewer=viewer_for(by)):
                table(("printed name", "records"), found, numbers=(1,))
            else:
                out.print("Every printed name is matched.")
            return 0
        done = match_from(arguments.match, by_email=arguments.by)
    except (KeyError, UnicodeDecodeError, csv.Error):
        return complain(
            f"{arguments.match} needs the columns “printed” and “owner”: save it as CSV UTF-8 with them.", 2
        )
    except (Refused, LookupError) as problem:
        return complain(str(problem), 1)
    out.print(f"{counted(len(done), 'name')} matched, on {counted(sum(done.values()), 'record')}.", markup=False)
    return 0


def match_from(path: Path, *, by_email: str | None) -> dict[str, int]:
    """Match the names of a CSV file. Returns printed name → number of records. Raises Refused, LookupError or KeyError."""
    from django.db import transaction

    from goldthread.commons.access.queries import viewer_for
    from goldthread.commons.errors import Refused
    from goldthread.domain.organisation.models import Owner
    from goldthread.domain.organisation.queries import remembered_matches
    from goldthread.domain.register.actions import match_name

    by = person(by_email)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [((row["printed"] or "").strip(), (row["owner"] or "").strip()) for row in csv.DictReader(file)]
    known = remembered_matches([name for name, _ in rows], viewer=viewer_for(by))
    done: dict[str, int] = {}
    with transaction.atomic():
        for line, (printed, wanted) in enumerate(rows, start=2):
            owner = Owner.objects.standing().filter(name__iexact=wanted).first()
            if owner is None:
                raise Refused(f"{path.name}, row {line}: there is no post, office or body “{wanted}”; add it first.")
            if known.get(printed) != owner:
                done[printed] = match_name(printed=printed, owner=owner, by=by, reason=f"From {path.name}")[1]
    return done
