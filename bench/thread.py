"""How long a thread and the coverage of a register take, and whether the time grows with the records or faster.

    python bench/thread.py [--sizes 125,250,500,1000] [--repeat 5]

Plans are invented: objectives, a success criterion and actions with an update each. The fastest of the repeats
counts, in seconds of the processor, which a busy machine changes little (SQLite works in the same process).
"Growth" is the time for each record at the largest size over that at the smallest: 1 or less is linear, 2 is trouble.
Exits 1 where a thread of 500 records takes 200 ms or more, where a growth is over 2, or where queries grow with records.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LIMIT, GROWTH, MARK = 0.2, 2.0, 500
DAY = date(2025, 5, 27)


def main(arguments: list[str]) -> int:
    """Build, time and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda text: sorted(map(int, text.split(","))), default=[125, 250, 500, 1000])
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as home:
        os.environ["GOLDTHREAD_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
        from goldthread.cli.ground import prepare

        prepare()
        return _measured(options.sizes, options.repeat)


def _measured(sizes: list[int], repeat: int) -> int:
    from goldthread.commons.access.queries import viewer_for
    from goldthread.commons.accounts.actions import local_user
    from goldthread.domain.register.queries.coverage import coverage
    from goldthread.domain.register.queries.threads import thread
    from goldthread.reporting.threads import picture, values_of

    by = local_user()
    viewer, rows = viewer_for(by), []
    for size in sizes:
        reference = _plan(size, by)
        found = thread(reference, viewer=viewer)
        if found is None or len(found.knots()) != size:
            print(f"The thread of {size} records does not hold them all.")
            return 1
        asked: dict[str, Callable[[], Any]] = {
            "thread": lambda reference=reference: thread(reference, viewer=viewer),  # type: ignore[misc]
            "values": lambda found=found: values_of(found, viewer=viewer),  # type: ignore[misc]
            "picture": lambda found=found: picture(found),  # type: ignore[misc]
            "coverage": lambda: coverage(viewer=viewer),
        }
        rows.append((size, {name: _fastest(ask, repeat) for name, ask in asked.items()}))
    return _told(rows)


def _fastest(ask: Callable[[], Any], repeat: int) -> tuple[float, int]:
    """(seconds, queries)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken = []
    for _ in range(repeat):
        start = time.process_time()
        ask()
        taken.append(time.process_time() - start)
    with CaptureQueriesContext(connection) as queries:
        ask()
    return min(taken), len(queries)


def _told(rows: list[tuple[int, dict[str, tuple[float, int]]]]) -> int:
    bad = False
    print(f"{'':10}" + "".join(f"{size:>18,}" for size, _ in rows) + f"{'growth':>9}")
    for name in rows[0][1]:
        cells = "".join(f"{found[name][0] * 1000:>9.0f} ms {found[name][1]:>4} q" for _, found in rows)
        (small, first), (large, last) = rows[0], rows[-1]
        growth = (last[name][0] / large) / (first[name][0] / small)
        print(f"{name:10}{cells}{growth:>9.2f}")
        bad = bad or growth > GROWTH or last[name][1] != first[name][1]
    bad = bad or any(size == MARK and found["thread"][0] >= LIMIT for size, found in rows)
    return int(bad)


def _plan(size: int, by: Any) -> str:
    """Write a plan of so many records in one action and return its reference."""
    from django.db import transaction

    from goldthread.commons.events.actions import record_event
    from goldthread.domain.register.models.writing import NewRecord, create_records, new_series

    with transaction.atomic():
        series, event = new_series(f"Plan of Many {size}"), record_event("wrote", by=by, subject="many")
        plan = NewRecord("plan", "", DAY, title=f"Plan of many {size}")
        new = [plan]
        while len(new) < size:
            objective = NewRecord(
                "objective", f"Objective {len(new)} of a usual length", DAY, parent=plan, position=len(new)
            )
            new += [objective, NewRecord("criterion", "It can be seen", DAY, parent=objective, position=len(new))]
            new += [
                NewRecord(
                    "action",
                    f"Action {len(new)}-{n}",
                    DAY,
                    parent=objective,
                    position=len(new) + n,
                    update="It goes on.",
                )
                for n in range(8)
            ]
        return create_records(new[:size], series=series, event=event)[0].reference


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
