"""Do the work that comes again and is due: seal events, make files that are missing, send messages that wait.

``goldthread serve`` does this by itself. Where the server is run by other means, keep one ``goldthread tick --keep-going``
beside it, or call ``goldthread tick`` every minute. ``--only NAME`` does one kind at once, due or not; ``--list`` names them.
"""

from __future__ import annotations

import argparse
import time
from datetime import timedelta

from goldthread.cli.ground import prepare
from goldthread.cli.problems import of_database
from goldthread.cli.screen import complain, out, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread tick``."""
    parser.add_argument("--only", metavar="NAMES", help="only this work, at once: seal,files")
    parser.add_argument("--list", action="store_true", help="list the work there is and when it was done last")
    parser.add_argument("--keep-going", action="store_true", help="go on until stopped, looking every few seconds")
    parser.add_argument("--pause", type=int, default=15, metavar="SECONDS", help="between two looks (default: 15)")


def run(arguments: argparse.Namespace) -> int:
    """Do what is due; status 1 where something failed."""
    prepare()
    from django.db import DatabaseError, close_old_connections

    from goldthread.commons.tasks.models import LastRun
    from goldthread.commons.tasks.recurring import declared, run_due

    if arguments.list:
        last = {row.name: row for row in LastRun.objects.all()}
        rows = []
        for work in declared():
            row = last.get(work.name)
            when = f"{row.began:%Y-%m-%d %H:%M}" if row else "never"
            rows.append((work.name, _how_often(work.every), when, row.said if row else ""))
        table(("work", "every", "last", "what it did"), rows)
        return 0
    names = [name.strip() for name in arguments.only.split(",")] if arguments.only else None
    strange = set(names or []) - {work.name for work in declared()}
    if strange:
        return complain(f"There is no work {', '.join(sorted(strange))}; “goldthread tick --list” names all.", 2)
    if not arguments.keep_going:
        return 1 if _once(run_due(names=names)) else 0
    while True:
        try:
            _once(run_due(names=names))
        except DatabaseError as problem:  # busy, or being restarted: the next look finds the same work due
            complain(of_database(problem), 1)
        close_old_connections()
        time.sleep(max(arguments.pause, 1))


def _how_often(every: timedelta) -> str:
    """A pause as one says it: "10 s", "15 min", "12 h"."""
    seconds = int(every.total_seconds())
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _once(outcomes: list) -> bool:  # type: ignore[type-arg]  # its type needs Django
    for outcome in outcomes:
        if outcome.said:
            out.print(f"{outcome.name}: {outcome.said}", markup=False)
    return any(outcome.failed for outcome in outcomes)
