"""What it costs to say how a register of many actions stands on a day: queries, seconds and memory, and how they grow.

    python -m bench.standing            20,000 actions and a tenth of them, in a register of their own that is thrown away
    python -m bench.standing 5000

Each action has a wording, a lead, a parent, six updates, two dates, and every fourth one is complete and verified.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

START = date(2024, 4, 1)
UPDATES = 6


def main(number: int) -> None:
    """Fill a register, then measure."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["GOLDTHREAD_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "goldthread.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for size in (number // 10, number - number // 10):
            _fill(size)
            _measure()


def _fill(number: int) -> None:
    from goldthread.commons.accounts.models import User
    from goldthread.commons.events.actions import record_event
    from goldthread.domain.organisation.models import Directorate, Owner
    from goldthread.domain.register.models import DueDate, StateChange, Update, Verification
    from goldthread.domain.register.models.writing import Lead, NewRecord, create_records, fact, new_series

    by, _ = User.objects.get_or_create(email="bench@localhost", defaults={"name": "Bench"})
    place, _ = Directorate.objects.get_or_create(name="Place")
    owners = [Owner.objects.create(kind="post", name=f"Head of service {n}", directorate=place) for n in range(40)]
    event = record_event("filled", by=by)
    series = new_series("Great Improvement Plan")
    plan = NewRecord("plan", "Great Improvement Plan", START)
    goals = [NewRecord("objective", f"Objective {n}", START, parent=plan, position=n) for n in range(number // 50)]
    above = create_records([plan, *goals], series=series, event=event)
    for first in range(0, number, 1000):
        size = min(1000, number - first)
        new = [
            NewRecord(
                "action", f"Do thing {first + n} before the year is out, with those who know how", START,
                parent=above[1 + (first + n) % (len(above) - 1)], leads=[Lead(owners[n % 40])], position=first + n,
            )
            for n in range(size)
        ]  # fmt: skip
        records = create_records(new, series=series, event=event)
        rows: dict[Any, list[Any]] = {Update: [], DueDate: [], StateChange: [], Verification: []}
        for n, record in enumerate(records):
            for step in range(UPDATES):
                day = START + timedelta(days=90 * step)
                rows[Update].append(fact(Update, record, day, event, text=f"Quarter {step}: under way. " * 6))
            for step in range(2):
                due = START + timedelta(days=300 + 60 * step)
                rows[DueDate].append(
                    fact(DueDate, record, START + timedelta(days=90 * step), event, text="x", sort="day", due_on=due)
                )
            if n % 4 == 0:
                rows[StateChange].append(
                    fact(StateChange, record, START + timedelta(days=400), event, state="complete")
                )
                rows[Verification].append(fact(Verification, record, START + timedelta(days=420), event, verified=True))
        for model, facts in rows.items():
            model._default_manager.bulk_create(facts, batch_size=2000)


def _measure() -> None:
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    from goldthread.domain.register.models import Record
    from goldthread.domain.register.models.as_at import stand

    day = START + timedelta(days=500)
    every, page = Record.objects.all(), Record.objects.filter(kind="action").order_by("pk")[:50]
    for label, rows in (("page of 50", page), ("all", every)):
        before, began, worked = _resident(), time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as asked:
            stood = stand(rows, as_at=day, known_on=None)
        taken, worked = time.perf_counter() - began, time.process_time() - worked
        held, began = _resident() - before, time.process_time()
        counts = Counter(row.rating for row in stood)
        print(
            f"{label}: {len(stood):,} records, {len(asked)} queries, {taken:.2f} s ({worked:.2f} s of work), "
            f"{held:.0f} MB more; rated in {time.process_time() - began:.2f} s: {dict(sorted(counts.items()))}"
        )
        reset_queries()


def _resident() -> float:
    """MB of memory that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
