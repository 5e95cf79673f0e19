"""What freezing costs, and pages of another day: seconds, memory and growth, each in a process of its own.

    python bench/issuing.py [--sizes 1000,5000,20000] [--check]

Registers are invented: one plan that holds every action (for the freeze), and one of 100 beside it (for the pages). Each
action has a lead, a date, a later date, two updates, and every tenth was withdrawn. Seconds differ between machines: compare
the growth, the time for each action at the largest size over that at the smallest. ``--check`` ends with status 1 where a
freeze of 20,000 actions takes 20 s of processor time or more, 500 MB or more, or its write transaction 250 ms or more; where
a page of another day takes 300 ms or more; or where a growth is over 2.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

BEGIN, LATER, TODAY = date(2025, 5, 27), date(2025, 9, 1), date(2025, 11, 26)
SENTENCE = "The pilot ran in two libraries and the results went to the board; a second one follows in the autumn. "
FREEZE, MEMORY, SWAP, PAGE, GROWTH = 20.0, 500.0, 0.25, 0.3, 2.0


def main(arguments: list[str]) -> int:
    """Measure every size and print a table, or be the process that is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda text: sorted(map(int, text.split(","))), default=[1000, 5000, 20000])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--child", choices=("fill", "freeze", "pages"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        _set_up()
        print(json.dumps({"fill": _fill, "freeze": _freeze, "pages": _pages}[options.child](options.sizes[0])))
        return 0
    rows = [_measured(size) for size in options.sizes]
    names = ("freeze", "wall", "swap", "memory", "data MB", "plan page", "record page", "review page")
    print(f"{'actions':>9}" + "".join(f"{name:>14}" for name in names))
    for size, row in zip(options.sizes, rows, strict=True):
        print(f"{size:>9,}" + "".join(f"{row[name]:>14.3f}" for name in names))
    first, last = rows[0], rows[-1]
    growth = (last["freeze"] / options.sizes[-1]) / (first["freeze"] / options.sizes[0])
    pages = max(last["plan page"] / first["plan page"], last["record page"] / first["record page"])
    print(f"growth of the freeze for each action: {growth:.2f}; of the pages: {pages:.2f}")
    worst = max(last["plan page"], last["record page"], last["review page"])
    held = last["freeze"] < FREEZE and last["memory"] < MEMORY and last["swap"] < SWAP and worst < PAGE
    return 0 if not options.check or (held and growth <= GROWTH and pages <= GROWTH) else 1


def _measured(size: int) -> dict[str, float]:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as home:
        for child in ("fill", "freeze", "pages"):
            command = [sys.executable, __file__, "--sizes", str(size), "--child", child]
            done = subprocess.run(command, env={**os.environ, "GOLDTHREAD_HOME": home}, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(done.stderr)
            found |= json.loads(done.stdout.splitlines()[-1])
    return found


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    from goldthread.cli.ground import prepare

    prepare()


def _fill(size: int) -> dict[str, float]:
    """One plan of all actions, and plans of 100 with as many; each was begun in May and changed in September."""
    from django.db import transaction

    from goldthread.commons.accounts.actions import local_user
    from goldthread.commons.events.actions import record_event
    from goldthread.domain.organisation import actions as organisation
    from goldthread.domain.register.models.writing import new_series
    from goldthread.kernel.clock import fixed_at

    by = local_user()
    # The person of this machine holds their roles from today on.
    posts = [organisation.add_post(name=f"Director {number}", by=by) for number in range(20)]
    touched = _put_off_projection()
    for title, actions in (("Whole plan", size), ("Plan of 100", 100)):
        with fixed_at(BEGIN + timedelta(days=3)), transaction.atomic():
            event = record_event("filled", by=by)
            _plan(title, actions, posts, new_series(title), event)
    _project(touched)
    return {}


def _put_off_projection() -> set[int]:
    """Let writing add facts only; the columns of records are written once at the end, in the fastest way there is."""
    from goldthread.domain.register.models import writing

    touched: set[int] = set()
    writing.project = lambda ids: len(touched.update(ids) or ())  # type: ignore[func-returns-value]
    return touched


def _project(ids: set[int]) -> None:
    from django.db import connection, transaction

    from goldthread.domain.register.models import Record
    from goldthread.domain.register.models.projection import PROJECTED, _differing, _write

    fields = [Record._meta.get_field(name) for name in PROJECTED]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    rows = []
    for record, values in _differing(ids):
        _write(record, values)
        kept = (field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields)
        rows.append([*kept, record.pk])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"UPDATE register_record SET {columns} WHERE id = %s", rows)


def _plan(title: str, size: int, posts: list[Any], series: Any, event: Any) -> None:
    from goldthread.commons.events.actions import record_event
    from goldthread.domain.plans.actions import keep
    from goldthread.domain.register.models import StateChange, Update
    from goldthread.domain.register.models.writing import Lead, NewRecord, create_records, due_date, fact, write
    from goldthread.kernel.clock import fixed_at
    from goldthread.kernel.timescales import parse_timescale

    plan = NewRecord("plan", "", BEGIN, title=title)
    objectives = [
        NewRecord("objective", f"Objective {n}", BEGIN, parent=plan, section=[f"Theme {n % 8}"], position=n)
        for n in range(size // 10)
    ]
    actions = [
        NewRecord(
            "action", f"Action {n} of {title}: review the service and report to the board", BEGIN, position=n,
            parent=objectives[n // 10], section=list(objectives[n // 10].section), update=SENTENCE * (1 + n % 4),
            leads=[Lead(posts[n % 20].owner, f"Printed {n % 20}")], timescale=parse_timescale("March 2026"),
        )
        for n in range(size)
    ]  # fmt: skip
    create_records([plan, *objectives, *actions], series=series, event=event)
    for kind, rows in (("plan", [plan]), ("objective", objectives), ("action", actions)):
        keep(kind=kind, records=[row.record for row in rows if row.record], event=event)
    with fixed_at(LATER):
        later = record_event("changed", by=event.by, reason="A round")
        facts = []
        for n, row in enumerate(actions):
            facts.append(fact(Update, row.record, LATER, later, text=SENTENCE))
            facts.append(due_date(row.record, parse_timescale("September 2026"), LATER, later))
            if n % 10 == 9:
                facts.append(fact(StateChange, row.record, LATER, later, state="withdrawn"))
        write(facts)


def _freeze(size: int) -> dict[str, float]:
    """Freeze the one large plan; the peak of the process less what the program takes to start is not taken off."""
    from django.db import transaction

    from goldthread.commons.accounts.actions import local_user
    from goldthread.domain.register.models import Record
    from goldthread.reporting import actions

    by, plan = local_user(), Record.objects.get(kind="plan", title="Whole plan")
    swaps: list[float] = []
    atomic = transaction.atomic

    class Timed:
        def __enter__(self) -> None:
            self.inner = atomic()
            self.inner.__enter__()
            self.began = time.perf_counter()

        def __exit__(self, *what: Any) -> Any:
            ended = self.inner.__exit__(*what)
            swaps.append(time.perf_counter() - self.began)
            return ended

    actions.transaction = type("Watched", (), {"atomic": lambda: Timed(), "on_commit": transaction.on_commit})  # type: ignore[assignment]
    wall, cpu = time.perf_counter(), time.process_time()
    issue = actions.freeze(plan=plan, as_at=TODAY if date.today() >= TODAY else date.today(), by=by, reason="Bench")
    taken = {"freeze": time.process_time() - cpu, "wall": time.perf_counter() - wall, "swap": max(swaps)}
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    return {**taken, "memory": peak, "data MB": issue.size / 1_000_000}


def _pages(size: int) -> dict[str, float]:
    """Pages of a plan of 100, of a record and of its history on another day, the register holding everything."""
    from django.conf import settings
    from django.test import Client

    from goldthread.commons.access.queries import viewer_for
    from goldthread.commons.accounts.actions import local_user
    from goldthread.domain.plans.queries import plan_at
    from goldthread.domain.register.models import Record

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    client = Client()
    client.force_login(local_user())
    plan = Record.objects.get(kind="plan", title="Plan of 100")
    record = Record.objects.filter(kind="action", within=plan).first()
    assert plan_at(plan.reference, viewer=viewer_for(local_user()), as_at=date(2025, 6, 1)) is not None
    days = "as_at=2025-06-01&known_on=2025-09-30"
    addresses = {
        "plan page": f"/plans/{plan.reference}/?{days}",
        "record page": f"/records/{record.reference}/?{days}",
        "review page": f"/records/{plan.reference}/?{days}&history",
    }
    return {name: _fastest(client, address) for name, address in addresses.items()}


def _fastest(client: Any, address: str) -> float:
    taken = []
    for _ in range(4):
        began = time.process_time()
        answer = client.get(address)
        taken.append(time.process_time() - began)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
    return min(taken)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
