"""The one door for the time of day: everything that needs "now" or "today" asks here, so that a test can set it.

The council's day is the day in London: at half past midnight in June the date in UTC is still yesterday.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_fixed: ContextVar[datetime | None] = ContextVar("goldthread_fixed_time", default=None)


def now() -> datetime:
    """The moment, aware, in London time."""
    fixed = _fixed.get()
    return fixed if fixed is not None else datetime.now(LONDON)


def today() -> date:
    """The date in London."""
    return now().date()


@contextmanager
def fixed_at(moment: datetime | date) -> Iterator[datetime]:
    """Make now() answer ``moment`` inside the block, for the running thread or task only.

    A date means noon of that day; a datetime without a zone is taken as London time. Gives the moment that was set.
    """
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12))
    aware = moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)
    token = _fixed.set(aware)
    try:
        yield aware
    finally:
        _fixed.reset(token)
