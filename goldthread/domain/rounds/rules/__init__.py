"""Pure rules of rounds: the calendar, who answers, when to remind, where a rating and its words disagree."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from goldthread.domain.rounds.terms import Frequency
from goldthread.kernel.days import MONTHS, add_working_days, is_working_day
from goldthread.kernel.years import FinancialYear

STEPS = ("publish", "after_period", "clearances", "sign_off", "acceptance", "check", "grace", "writing", "escalation")
"""The numbers of a timetable, each in working days."""

MOST_DAYS = 120


class WrongTimetable(ValueError):
    """The numbers make no timetable; the message is a sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Level:
    """Entries of some kinds, due some working days before the last due day."""

    name: str
    kinds: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Offsets:
    """How far the steps of a round lie apart, in working days; see ``terms/timetable.toml`` for what each means."""

    publish: int
    after_period: int
    clearances: int
    sign_off: int
    acceptance: int
    check: int
    grace: int
    writing: int
    escalation: int
    reminders: tuple[int, ...]
    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        for name in STEPS:
            if not 0 <= getattr(self, name) <= MOST_DAYS:
                raise WrongTimetable(f"“{name}” is {getattr(self, name)}: give working days from 0 to {MOST_DAYS}.")
        if self.publish < 1 or self.after_period < 1 or self.writing < 1 or self.escalation < 1:
            raise WrongTimetable(
                "Publishing, the end of a period, writing and escalation need at least one working day."
            )
        if any(not 0 <= level.days <= MOST_DAYS for level in self.levels):
            raise WrongTimetable(f"A level is due from 0 to {MOST_DAYS} working days before the last one.")
        if any(abs(day) > MOST_DAYS for day in self.reminders):
            raise WrongTimetable(f"A reminder lies at most {MOST_DAYS} working days from the due day.")

    def days_before(self, kind: str) -> int:
        """How many working days before the last due day entries of a kind are due; 0 for a kind of no level."""
        return next((level.days for level in self.levels if kind in level.kinds), 0)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for storing."""
        return asdict(self)


def offsets_from(values: Mapping[str, Any]) -> Offsets:
    """Offsets from plain values, as stored or as the file gives them. Raises WrongTimetable."""
    try:
        levels = tuple(Level(str(row["name"]), tuple(row["kinds"]), int(row["days"])) for row in values["levels"])
        return Offsets(
            **{name: int(values[name]) for name in STEPS},
            reminders=tuple(sorted({int(day) for day in values["reminders"]})),
            levels=levels,
        )
    except (KeyError, TypeError) as problem:
        raise WrongTimetable(f"The timetable lacks {problem}: fill in every number.") from problem


@dataclass(frozen=True, slots=True)
class Period:
    """What a round reports on: a name and its first and last day."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of one round, all working days but the meeting's, in the order in which they come."""

    opens: date
    due_first: date
    due_last: date
    grace_until: date
    check_by: date
    accept_by: date
    sign_off_by: date
    freeze_on: date
    meets_on: date | None = None

    def due(self, kind: str, offsets: Offsets) -> date:
        """The day on which an entry of a kind is due, lowest level first."""
        return add_working_days(self.due_last, -offsets.days_before(kind))


def for_meeting(meets_on: date, offsets: Offsets) -> Timetable:
    """The days of a round to a meeting: frozen and published with the clear days that the law wants before it.

    Five clear working days lie between publication and meeting where ``publish`` is 6 (LGA 1972 s100B(3); neither the
    day of publication nor that of the meeting counts). Raises kernel CalendarEnds.
    """
    return _counted_back(add_working_days(meets_on, -offsets.publish), offsets, meets_on)


def for_period(period: Period, offsets: Offsets) -> Timetable:
    """The days of a round without a meeting: frozen some working days after the end of its period."""
    return _counted_back(add_working_days(period.end, offsets.after_period), offsets, None)


def _counted_back(freeze_on: date, offsets: Offsets, meets_on: date | None) -> Timetable:
    sign_off_by = add_working_days(freeze_on, -offsets.clearances)
    accept_by = add_working_days(sign_off_by, -offsets.sign_off)
    check_by = add_working_days(accept_by, -offsets.acceptance)
    grace_until = add_working_days(check_by, -offsets.check)
    due_last = add_working_days(grace_until, -offsets.grace)
    due_first = add_working_days(due_last, -max((level.days for level in offsets.levels), default=0))
    opens = add_working_days(due_first, -offsets.writing)
    return Timetable(
        opens, due_first, due_last, grace_until, check_by, accept_by, sign_off_by, freeze_on, meets_on
    )  # fmt: skip


def period_of(frequency: str, day: date) -> Period:
    """The month or quarter (of the financial year) in which a day falls."""
    if frequency == Frequency.MONTHLY:
        last = calendar.monthrange(day.year, day.month)[1]
        return Period(f"{MONTHS[day.month - 1]} {day.year}", day.replace(day=1), day.replace(day=last))
    quarter = next(one for one in FinancialYear.of(day).quarters if one.start <= day <= one.end)
    return Period(f"Quarter {quarter.number} {quarter.year.label}", quarter.start, quarter.end)


def coming_periods(frequency: str, day: date, number: int, offsets: Offsets) -> list[Period]:
    """The next periods that can still be reported on in full: the first is the earliest whose round opens from a day on."""
    found: list[Period] = []
    period = period_of(frequency, day - timedelta(days=190))
    while len(found) < number:
        if for_period(period, offsets).opens >= day:
            found.append(period)
        period = period_of(frequency, period.end + timedelta(days=1))
    return found


# Who answers -------------------------------------------------------------------------------------------------------


class Away(Protocol):
    """A time in which a person is away, and who stands in (None: nobody)."""

    person_id: int
    stand_in_id: int | None
    starts: date
    ends: date


def who_answers(person: int, away: Iterable[Away], *, first: date, last: date) -> tuple[int, bool]:
    """Who is asked in place of a person between two days: (person, whether they stand in).

    Somebody who is there for at least two of the working days is asked themselves; otherwise the stand-in, and the
    stand-in's own, each at most once. Where nobody stands in, the person is asked all the same.
    """
    rows = list(away)
    seen, now = {person}, person
    while True:
        stand_in = _stand_in(now, rows, first, last)
        if stand_in is None or stand_in in seen:
            return now, now != person
        seen.add(stand_in)
        now = stand_in


def _stand_in(person: int, away: Sequence[Away], first: date, last: date) -> int | None:
    mine = [row for row in away if row.person_id == person and row.starts <= last and row.ends >= first]
    if not mine or _working_days_there(mine, first, last) >= 2:
        return None
    return next((row.stand_in_id for row in mine if row.stand_in_id is not None), None)


def _working_days_there(away: Sequence[Away], first: date, last: date) -> int:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(is_working_day(day) and not any(row.starts <= day <= row.ends for row in away) for day in days)


def is_away(person: int, away: Iterable[Away], day: date) -> bool:
    """Whether a person is away on a day."""
    return any(row.person_id == person and row.starts <= day <= row.ends for row in away)


# When to remind ----------------------------------------------------------------------------------------------------


def reminder_for(due: date, day: date, offsets: Offsets) -> int | None:
    """Which reminder is to be sent by a day: the latest one whose day has come, or None.

    One that was missed (a machine that stood still) is made up by the latest alone, so that nobody gets two at once.
    """
    come = [number for number in offsets.reminders if add_working_days(due, number) <= day]
    return max(come) if come else None


def escalates(due: date, day: date, offsets: Offsets) -> bool:
    """Whether the line above is to be told by a day that an update is missing."""
    return add_working_days(due, offsets.escalation) <= day


# Where a rating and its words disagree -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TellingRule:
    """Words that do not go with some ratings, and what they say instead.

    They count for nothing in a record whose state is one of ``not_in``, nor in a clause that speaks with one of ``partly``
    of a part only or of what is yet to come, nor right before one of ``not_before`` ("complete by August").
    """

    ratings: tuple[str, ...]
    says: str
    words: tuple[str, ...]
    not_in: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


_CLAUSE = re.compile(r"[.;:!?•\n]")


def disagreement(
    rating: str, text: str, rules: Iterable[TellingRule], denials: Iterable[str], *, state: str = ""
) -> str:
    """What the words of an update say against its rating, with the word that shows it; "" where nothing does.

    ``state`` is that of the record: that a complete one is called finished is no contradiction.
    """
    lowered = text.lower().replace("’", "'")
    no = set(denials)
    for rule in rules:
        if rating not in rule.ratings or state in rule.not_in:
            continue
        for word in rule.words:
            for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", lowered):
                before = _words_of(_CLAUSE.split(lowered[: match.start()])[-1])
                after = _words_of(_CLAUSE.split(lowered[match.end() :])[0])
                if (
                    no & set(before[-3:])
                    or set(rule.partly) & {*before, *after}
                    or set(after[:1]) & set(rule.not_before)
                ):
                    continue
                return f"{rule.says}: “{word}”"
    return ""


def _words_of(clause: str) -> list[str]:
    return re.findall(r"[\w']+|%", clause)
