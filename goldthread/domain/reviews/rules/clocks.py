"""The clock of a review: which steps are due by when, by the rule in force when it started, and which were met."""

from __future__ import annotations

import os
import tomllib
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from goldthread.domain.reviews.terms import StepState
from goldthread.kernel.days import CalendarEnds, add_working_days

OWN_CLOCKS = "GOLDTHREAD_CLOCKS"  # names a TOML file of the same shape, whose clocks come before ours
_SHIPPED = Path(__file__).with_name("clocks.toml")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a clock: due some months, working days or years after the visit or after another step; or not at all."""

    key: str
    title: str
    counted_from: str = ""
    months: int = 0
    working_days: int = 0
    years: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """The steps of some kinds of review that start from a day on (until a day), and where the rule stands written."""

    kinds: tuple[str, ...]
    source: str
    starts: date
    ends: date | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """What is on record of a review's days: first and last on site; step → day it happened; step → (day, words) printed."""

    started: date | None = None
    ended: date | None = None
    happened: dict[str, date] = field(default_factory=dict)
    printed: dict[str, tuple[date, str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)  # in words, for steps that no rule knows


@dataclass(frozen=True, slots=True)
class StepOnDay:
    """A step as it stands on a day: due by when and by what (a rule or print), when it happened, and how that stands."""

    key: str
    title: str
    due_on: date | None
    because: str
    happened_on: date | None
    state: StepState


def clock_of(kind: str, started: date | None, clocks: Sequence[Clock] | None = None) -> Clock | None:
    """The rule for a kind of review in force on the day it started; None where that day or the rule of it is not known."""
    if started is None:
        return None
    known = shipped_clocks() if clocks is None else clocks
    fitting = [one for one in known if kind in one.kinds and one.starts <= started and not _over(one, started)]
    return fitting[0] if fitting else None


def _over(clock: Clock, day: date) -> bool:
    return clock.ends is not None and clock.ends < day


def steps_on(dates: Dates, *, clock: Clock | None, on: date) -> list[StepOnDay]:
    """Every step of a review as it stands on a day, in order of their dates (those without one last).

    A printed date goes before the rule's: the review said it. Steps that neither the rule nor the print gives a date
    are there only where they happened. Total: never raises, whatever is missing.
    """
    steps = {step.key: step for step in (clock.steps if clock else ())}
    keys = [*steps, *(key for key in {**dates.printed, **dates.happened} if key not in steps)]
    found = []
    for key in keys:
        step = steps.get(key)
        happened = dates.happened.get(key)
        due: date | None
        if key in dates.printed:
            due, because = dates.printed[key][0], f"printed: “{dates.printed[key][1]}”"
        else:
            due = _due(step, dates) if step else None
            because = (clock.source if clock else "") if due else ""
        title = dates.titles.get(key) or (step.title if step else TITLES.get(key, key))
        found.append(StepOnDay(key, title, due, because, happened, _state(due, happened, on)))
    return sorted(found, key=lambda one: (one.due_on or one.happened_on or date.max, one.key))


def _state(due: date | None, happened: date | None, on: date) -> StepState:
    if happened is not None and happened <= on:
        if due is None:
            return StepState.DONE
        return StepState.MET if happened <= due else StepState.LATE
    if due is None:
        return StepState.UNKNOWN
    return StepState.NOT_ON_RECORD if due < on else StepState.DUE


def _due(step: Step, dates: Dates) -> date | None:
    start = _origin(step.counted_from, dates)
    if start is None or not (step.months or step.working_days or step.years):
        return None
    if step.working_days:
        try:
            return add_working_days(start, step.working_days)
        except CalendarEnds:
            return None
    return months_after(start, step.months + 12 * step.years)


def _origin(counted_from: str, dates: Dates) -> date | None:
    if counted_from == "end":
        return dates.ended or dates.started
    if counted_from == "start":
        return dates.started or dates.ended
    return dates.happened.get(counted_from)


def months_after(start: date, months: int) -> date:
    """The day some months later with the same number, or the last of a shorter month (Interpretation Act practice)."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


TITLES = {
    "visit": "Visit",
    "report-received": "Report received",
    "report-published": "Report published",
    "plan-published": "Action plan published",
    "progress-review": "Progress review or check-in",
    "progress-report": "Report of the progress review published",
    "next-review": "Next review",
    "response": "Response of the council",
    "closed": "Closed",
}
"""Steps that any review may have, in words."""


@lru_cache(maxsize=1)
def shipped_clocks() -> tuple[Clock, ...]:
    """The clocks on file, a council's own first. Raises OSError or TOMLDecodeError for a file that is no such file."""
    own = os.environ.get(OWN_CLOCKS)
    files = [Path(own)] if own else []
    return tuple(clock for path in [*files, _SHIPPED] for clock in _read(path))


def _read(path: Path) -> Iterable[Clock]:
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("clock", []):
        steps = tuple(Step(**step) for step in entry.get("steps", []))
        yield Clock(tuple(entry["kinds"]), entry["source"], entry["from"], entry.get("until"), steps)
