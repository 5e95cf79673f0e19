"""Working days of England and Wales, and dates as people read them.

A working day is Monday to Friday and not a bank holiday. The bank holidays are a frozen copy in ``data/`` (the law:
Banking and Financial Dealings Act 1971, Schedule 1, and each year's proclamations; published at gov.uk/bank-holidays).
The copy knows from when to when it speaks; beyond it a question raises CalendarEnds instead of a guess, because a
coronation or a funeral adds a day that no rule foresees. ``derived`` makes a new copy from the ``holidays`` package.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "bank_holidays.json"
_ONE = timedelta(days=1)
_SATURDAY = 5

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class CalendarEnds(Exception):
    """The bank holidays of the day asked about are not on file; the sentence says what is and how to extend it."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Bank holidays by date from ``first`` to ``last`` (both days included)."""

    name: str
    first: date
    last: date
    holidays: dict[date, str]

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on a day; raises CalendarEnds outside the calendar."""
        if not self.first <= day <= self.last:
            raise CalendarEnds(
                f"The bank holidays of {self.name} are on file from {printed(self.first)} to {printed(self.last)}, "
                f"and {printed(day)} is outside: update Goldthread to a version with a longer calendar."
            )
        return day.weekday() < _SATURDAY and day not in self.holidays


@cache
def england_and_wales() -> Calendar:
    """The frozen calendar of England and Wales."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return Calendar(
        name=data["name"],
        first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]),
        holidays={date.fromisoformat(day): name for day, name in data["holidays"].items()},
    )


def is_working_day(day: date) -> bool:
    """Whether a day is a working day in England and Wales; raises CalendarEnds."""
    return england_and_wales().is_working_day(day)


def add_working_days(day: date, number: int) -> date:
    """The working day that is ``number`` working days after a day, itself not counted; before it where negative.

    The day may be a weekend or a holiday: counting starts on the next working day, as the clocks of the Freedom of
    Information Act s10 and most complaint codes do. ``number`` 0 gives the day itself. Raises CalendarEnds.
    """
    calendar = england_and_wales()
    step = _ONE if number > 0 else -_ONE
    left = abs(number)
    while left:
        try:
            day += step
        except OverflowError as beyond:
            raise CalendarEnds(f"{printed(day)} is the end of every calendar.") from beyond
        left -= calendar.is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative where ``end`` is earlier.

    Raises CalendarEnds. It undoes ``add_working_days``: from any day, n working days on, this counts n.
    """
    if end < start:
        return -sum(is_working_day(end + _ONE * i) for i in range((start - end).days))
    return sum(is_working_day(start + _ONE * i) for i in range(1, (end - start).days + 1))


def printed(day: date) -> str:
    """A date as people read it: "27 May 2025"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"  # not strftime: its months follow the machine's locale


_DATED_TAIL = re.compile(
    r"[\s,;:(–—-]+(?:(?:progress|status|position|quarterly)\s+)?"
    r"(?:updated?(?:\s+(?:as\s+(?:at|of)|to|of|on))?|(?:report\s+)?as\s+(?:at|of))[\s:,–—-]+"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{'|'.join(f'{one}|{one[:3]}' for one in MONTHS)})\s+\d{{4}}"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2})\s*\)?\s*$",
    re.IGNORECASE,
)


def undated(name: str) -> str:
    """A document's title without the day that it speaks of: "Street plan – update as at 27 May 2025" is the "Street plan".

    A plan goes on after the document that it was first printed in; on a report of another day that day would be wrong. Only
    what says that it is such a day goes ("as at", "update"): the year of a "Plan 2025" is part of its name. A single word left
    would name nothing.
    """
    short = _DATED_TAIL.sub("", name)
    return short if " " in short.strip() else name


def derived(first_year: int, last_year: int) -> dict[str, str]:
    """Bank holidays that fall on Monday to Friday, ISO date → name, as the ``holidays`` package gives them for England.

    Wales keeps the same days. Used to renew the frozen copy and to compare it in a test, never to answer a question.
    """
    import holidays  # only this renewal needs the package, and it is slow to import

    days = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    return {day.isoformat(): name for day, name in sorted(days.items()) if day.weekday() < _SATURDAY}
