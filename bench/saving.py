"""Many leads saving at once: nothing may be lost, and no write transaction may keep the others waiting for long.

    python bench/saving.py [--leads 50] [--items 6] [--database sqlite|postgres] [--processes 2] [--threads 4]

A council of its own, a round that is open, and every lead at it at the same time, with as many processes and threads to
serve them as ``goldthread serve`` has: each opens the update page, saves every draft three times and then sends all.
Counted afterwards: drafts whose last words stand, updates on record, items sent.

A transaction is timed from the moment at which it may write to its end, by the clock and by the processor time that its
own thread took: on a machine that does other work the two part, and the second is what the program answers for.
Exits 1 where anything was lost, or, with ``--limit MILLISECONDS``, where a write transaction took longer.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SAVES = 3


def main(arguments: list[str]) -> int:
    """Prepare, let everybody save at once, count."""
    options = _options(arguments)
    if options.worker:
        return _work(options.worker, options.threads)
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as home, _database(options.database) as url:
        os.environ |= {"GOLDTHREAD_HOME": home, "DJANGO_SETTINGS_MODULE": "goldthread.config.settings"}
        os.environ |= {"GOLDTHREAD_HOSTS": "testserver", **({"DATABASE_URL": url} if url else {})}
        _prepare(options.leads, options.items)
        began = time.perf_counter()
        said = _all_at_once(options.leads, options.processes, options.threads)
        seconds = time.perf_counter() - began
        lost = _lost(options.leads, options.items, said)
    times = sorted(one[0] for worker in said for one in worker["transactions"])
    busy = sorted(one[1] for worker in said for one in worker["transactions"])
    longest = times[-1] if times else 0.0
    print(
        f"{options.database}: {options.leads} leads, {options.leads * options.items} items, {options.processes} processes"
    )
    saves, sent = sum(worker["saves"] for worker in said), options.leads * options.items
    print(f"  {saves:,} drafts saved and {sent:,} sent in {seconds:.1f} s")
    print(f"  {len(times):,} transactions, by the clock:     {_in_words(times)}")
    print(f"  {len(busy):,} transactions, their own work: {_in_words(busy)}")
    print(f"  lost: {len(lost)}" + "".join(f"\n    {one}" for one in lost[:10]))
    return 1 if lost or (options.limit and longest > options.limit) else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leads", type=int, default=50)
    parser.add_argument("--items", type=int, default=6)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--limit", type=float, metavar="MILLISECONDS")
    parser.add_argument("--worker", metavar="LEADS", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


@contextlib.contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    from tests.support.postgres import running_postgres

    with running_postgres() as url:
        yield url


def _in_words(times: list[float]) -> str:
    if not times:
        return "none"
    middle, most = times[len(times) // 2], times[int(len(times) * 0.99)]
    return f"half under {middle:.0f} ms, 99 of 100 under {most:.0f} ms, longest {times[-1]:.0f} ms"


def _django() -> None:
    import django
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    django.setup()
    importlib.import_module("goldthread.config.wsgi")  # what the server sets for its threads holds here too


class _FromTheModels(dict):
    """The migrations of every app: none."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def _prepare(leads: int, items: int) -> None:
    """A plan in which each lead answers for some actions, and its round, open."""
    from datetime import timedelta

    _django()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    settings.MIGRATION_MODULES = _FromTheModels()  # in a second what the migrations take a quarter of a minute for
    call_command("migrate", run_syncdb=True, verbosity=0)
    from goldthread.commons.accounts.actions import local_user
    from goldthread.domain.organisation import actions as organisation
    from goldthread.domain.plans.actions import write_entry
    from goldthread.domain.register.models.writing import Lead, NewRecord, create_records
    from goldthread.domain.rounds import actions
    from goldthread.kernel.clock import today

    by, day = local_user(), today()
    plan = write_entry(new=NewRecord("plan", "", day, title="Everybody’s plan"), by=by)
    new = []
    for number in range(leads):
        post = organisation.add_post(name=f"Head of service {number}", by=by)
        person = organisation.add_person(name=f"Lead {number}", email=f"lead{number}@fernleigh.example", by=by)
        organisation.appoint(person=person, owner=post.owner, by=by, starts=day)
        new += [
            NewRecord("action", f"Action {number}.{one}", day, parent=plan, leads=[Lead(post.owner)], position=number)
            for one in range(items)
        ]
    with transaction.atomic():
        create_records(new, series=plan.series, event=plan.created)
    row = actions.add_round(
        plan=plan, by=by, name="Now", as_at=day, due_last=day + timedelta(days=7), freeze_on=day + timedelta(days=14)
    )
    opened = actions.open_round(round=row, by=by)
    assert (opened.people, opened.items) == (leads, leads * items)
    from django.db import connections

    connections.close_all()


def _all_at_once(leads: int, processes: int, threads: int) -> list[dict]:
    shares = [list(range(first, leads, processes)) for first in range(processes)]
    command = [sys.executable, __file__, "--threads", str(threads), "--worker"]
    running = [
        subprocess.Popen([*command, json.dumps(share)], stdout=subprocess.PIPE, cwd=ROOT, text=True) for share in shares
    ]
    return [json.loads(one.communicate()[0].splitlines()[-1]) for one in running]


def _work(leads: str, threads: int) -> int:
    """One process of the server: the requests of its leads, taken in turn by its threads. Prints what was done as JSON."""
    _django()
    times: list[tuple[float, float]] = []
    _time_transactions(times)
    numbers, said, saves = json.loads(leads), [], []
    with ThreadPoolExecutor(threads) as pool:
        turns = [_one_lead(number) for number in numbers]
        while turns:
            # Each lead has one request under way at a time, as a browser has; all leads take turns.
            done = list(pool.map(lambda turn: _step(turn, said), turns))
            saves += [one for one in done if one]
            turns = [turn for turn, one in zip(turns, done, strict=True) if one is not None]
    print(json.dumps({"transactions": times, "problems": said, "saves": sum(saves)}))
    return 0


def _step(turn: Iterator[int], said: list[str]) -> int | None:
    """The next request of a lead: how many saves it was, None when there is no more (or it failed, which is noted)."""
    try:
        return next(turn, None)
    except Exception as problem:  # noqa: BLE001  whatever it is, it is counted
        said.append(f"{type(problem).__name__}: {problem}")
        return None


def _one_lead(number: int) -> Iterator[int]:
    """The requests of one lead, one by one: the page opened, every draft saved three times, then all sent."""
    from django.test import Client

    from goldthread.commons.accounts.models import User
    from goldthread.domain.rounds.models import Item

    user = User.objects.get(email=f"lead{number}@fernleigh.example")
    own = list(Item.objects.filter(request__person__user=user).order_by("pk").values_list("pk", flat=True))
    client = Client()
    client.force_login(user)
    versions = dict.fromkeys(own, 0)
    answer = client.get("/updates/")
    assert answer.status_code == 200, answer.status_code
    yield 0
    for save in range(SAVES):
        for pk in own:
            words = {f"i{pk}-text": words_of(number, pk, save), f"i{pk}-version": str(versions[pk])}
            answer = client.post(f"/updates/{pk}/draft/", words)
            assert answer.status_code == 200, f"{answer.status_code} {answer.content[:200]!r}"
            versions[pk] = answer.json()["version"]
            yield 1
    answer = client.post("/updates/send/", {"item": own})
    assert answer.status_code == 302, answer.status_code
    yield 0


def words_of(number: int, pk: int, save: int) -> str:
    """What a lead types the first, second or third time."""
    return f"Lead {number} says of {pk}, version {save + 1}: all as planned."


def _time_transactions(times: list[tuple[float, float]]) -> None:
    """Note how long each outermost transaction may write: from after its beginning (and any waiting for it) to its end."""
    from django.db.transaction import Atomic

    enter, leave, began = Atomic.__enter__, Atomic.__exit__, threading.local()

    def entered(self: Atomic) -> None:
        from django.db import connection

        outermost = not connection.in_atomic_block
        enter(self)
        if outermost:
            began.at, began.work = time.perf_counter(), time.thread_time()

    def left(self: Atomic, *problem: object) -> None:
        from django.db import connection

        leave(self, *problem)
        if not connection.in_atomic_block:
            times.append(((time.perf_counter() - began.at) * 1000, (time.thread_time() - began.work) * 1000))

    Atomic.__enter__, Atomic.__exit__ = entered, left  # type: ignore[method-assign]


def _lost(leads: int, items: int, said: list[dict]) -> list[str]:
    """What is not there, in words."""
    from django.db import connections

    connections.close_all()
    from goldthread.domain.register.models import Update
    from goldthread.domain.rounds.models import Draft, Item

    lost = [problem for worker in said for problem in worker["problems"]]
    if (number := sum(worker["saves"] for worker in said)) != leads * items * SAVES:
        lost.append(f"{leads * items * SAVES - number} saves did not come through")
    texts = dict(Draft.objects.values_list("item_id", "values__text"))
    for item in Item.objects.select_related("request__person"):
        number = int(item.request.person.name.split()[1])
        wanted = words_of(number, item.pk, SAVES - 1)
        if texts.get(item.pk) != wanted:
            lost.append(f"the draft of item {item.pk} says {texts.get(item.pk)!r}")
        if item.state != "sent" or Update.objects.filter(pk=item.update_id, text=wanted).count() != 1:
            lost.append(f"the update of item {item.pk} is not on record ({item.state})")
    if Update.objects.count() != leads * items:
        lost.append(f"{Update.objects.count()} updates are on record, {leads * items} were sent")
    return lost


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
