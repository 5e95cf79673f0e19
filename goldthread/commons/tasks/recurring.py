"""Work that comes again: sealing, files that are still missing, messages that wait.

A room declares its own once, in its app's ``ready``:  ``recurring("seal", every=timedelta(minutes=5), run=seal)``.
``goldthread tick`` does what is due, once or for as long as it runs; ``goldthread serve`` keeps one beside the server.
What is needed at once goes through ``django_tasks`` instead. Work must be safe to run again, and beside itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, transaction

from goldthread.commons.errors import Refused
from goldthread.commons.tasks.models import LastRun
from goldthread.kernel.clock import now

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A kind of work: its name, how often it is due, and what does it (returns what it did, in words; "" for nothing)."""

    name: str
    every: timedelta
    run: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kind of work did."""

    name: str
    said: str
    failed: bool = False


_declared: dict[str, Recurring] = {}


def recurring(name: str, *, every: timedelta, run: Callable[[], str]) -> None:
    """Declare work that comes again; the same name again replaces it."""
    _declared[name] = Recurring(name, every, run)


def declared() -> list[Recurring]:
    """Everything declared, in the order of declaration."""
    return list(_declared.values())


def run_due(*, names: Iterable[str] | None = None) -> list[Outcome]:
    """Do what is due (or, whether due or not, what is named). Returns what each did; one that fails does not stop the others."""
    chosen = set(names) if names is not None else None
    outcomes = []
    for work in declared():
        if chosen is not None and work.name not in chosen:
            continue
        if _taken(work, at_once=chosen is not None):
            outcomes.append(_done(work))
    return outcomes


def _taken(work: Recurring, *, at_once: bool) -> bool:
    """Mark the beginning, so that a second process leaves it alone; False where it is not due."""
    moment = now()
    with transaction.atomic():
        row, _ = LastRun.objects.get_or_create(name=work.name, defaults={"began": moment - work.every})
        row = LastRun.objects.select_for_update().get(pk=row.pk)
        if not at_once and row.began > moment - work.every:
            return False
        row.began = moment
        row.save(update_fields=["began"])
    return True


def _done(work: Recurring) -> Outcome:
    try:
        outcome = Outcome(work.name, work.run())
    except (Refused, DatabaseError, OSError) as problem:
        _log.warning("%s: %s", work.name, problem)
        outcome = Outcome(work.name, str(problem), failed=True)
    ended = {} if outcome.failed else {"ended": now()}
    LastRun.objects.filter(name=work.name).update(said=outcome.said, failed=outcome.failed, **ended)
    return outcome
