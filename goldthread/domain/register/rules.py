"""Pure rules of the register: which dated facts hold, how an entry is rated, what a reference looks like."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from goldthread.commons.errors import Refused
from goldthread.domain.register.terms import GONE, LIVE, State
from goldthread.kernel.date_phrases import find_dates
from goldthread.kernel.days import printed
from goldthread.kernel.ratings import Rated, rate
from goldthread.kernel.ratings import Rating as RatingValue
from goldthread.kernel.ratings import State as RatedState
from goldthread.kernel.timescales import Timescale, parse_timescale


class Dated(Protocol):
    """A fact with its two dates; ``pk`` breaks ties in the order of recording."""

    as_at: date
    recorded: datetime
    pk: int


FactT = TypeVar("FactT", bound=Dated)


def latest(facts: Iterable[FactT], key: Callable[[FactT], Hashable]) -> dict[Hashable, FactT]:
    """The fact that holds for each key: the one with the latest day, and of the same day the one recorded last."""
    holding: dict[Hashable, FactT] = {}
    for fact in facts:
        held = holding.get(key(fact))
        if held is None or (fact.as_at, fact.recorded, fact.pk) >= (held.as_at, held.recorded, held.pk):
            holding[key(fact)] = fact
    return holding


_RATED_AS = {
    State.OPEN: RatedState.IN_PROGRESS,
    State.ON_HOLD: RatedState.ON_HOLD,
    State.COMPLETE: RatedState.COMPLETED,
}


def rating_of(
    *,
    state: str,
    due_on: date | None,
    on: date,
    tolerance: int = 0,
    verified: bool = False,
    forecast: date | None = None,
    open_issue: bool = False,
) -> Rated:
    """The rating computed by the kernel's rule for a record in a state of the register, on a day."""
    rated = rate(
        state=_RATED_AS.get(State(state), RatedState.WITHDRAWN),
        due=due_on,
        today=on,
        tolerance=tolerance,
        verified=verified,
        forecast=forecast,
        open_issue=open_issue,
    )
    if State(state) in _RATED_AS or State(state) is State.WITHDRAWN:
        return rated
    return Rated(rated.value, f"{State(state).label}, so no longer rated.", rated.rule)


def aged(stored: str, *, state: str, overdue: bool, was_late: bool = False) -> str:
    """A rating as it reads today, from the one stored when the entry was last written.

    Once the date of an open entry has passed it is late, whatever was stored or declared before; what was late already
    when it was written (``was_late``) has its rating from then.
    """
    if overdue and not was_late and state in LIVE and stored:
        return RatingValue.RED.value
    return stored


Day = date
"""The type of a date where a field has that name itself."""


class Due(Protocol):
    """One entry of a date ledger."""

    as_at: date
    due_on: date | None
    reason: str


DueT = TypeVar("DueT", bound=Due)


@dataclass(frozen=True, slots=True)
class Slip(Generic[DueT]):
    """One move of a due date: on which day, from which date to which (None: no date any more), and the fact that says so."""

    date: Day
    was: Day
    now: Day | None
    reason: str
    fact: DueT

    @property
    def days(self) -> int | None:
        """By how many days it moved: later is more than 0; None where the date was taken away."""
        return (self.now - self.was).days if self.now is not None else None

    @property
    def agreed_by(self) -> Any:
        """The body that agreed, where it was said."""
        return getattr(self.fact, "agreed_by", None)

    @property
    def meeting(self) -> Any:
        """The meeting at which it was agreed, where it was said."""
        return getattr(self.fact, "meeting", None)


def slips_of(ledger: Iterable[DueT]) -> list[Slip[DueT]]:
    """The moves of a date ledger (oldest first): each date that differs from the dated one before it.

    The days of all moves between dates add up to the days between the first date and the last one.
    """
    found: list[Slip[DueT]] = []
    held: date | None = None
    dated = False  # whether ``held`` still holds, or was taken away
    for entry in ledger:
        if held is not None and (entry.due_on != held if entry.due_on is not None else dated):
            found.append(Slip(entry.as_at, held, entry.due_on, entry.reason, entry))
        held, dated = entry.due_on or held, entry.due_on is not None
    return found


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A date that a text speaks of as still to come: its words, its sort, its days, and the sentence that it stands in."""

    text: str
    sort: str
    starts_on: date | None
    due_on: date
    sentence: str


def days_ahead(text: str, *, after: date) -> list[DayAhead]:
    """The dates in a text whose last day lies after a day, each once, in printed order. Nothing is guessed.

    A date without its year, a whole year and a whole financial year name no day that somebody could be held to.
    """
    found: dict[date, DayAhead] = {}
    for one in find_dates(text):
        if one.end is not None and one.end > after and one.sort not in ("year", "financial-year", "several"):
            sentence = _sentence_around(text, one.begin, one.stop)
            found.setdefault(one.end, DayAhead(one.text[:300], one.sort, one.start, one.end, sentence))
    return list(found.values())


_STOPS = re.compile(r"(?<=[.!?;])\s+|\n+")


def _sentence_around(text: str, begin: int, stop: int) -> str:
    starts = [match.end() for match in _STOPS.finditer(text, 0, begin)]
    ends = _STOPS.search(text, stop)
    words = " ".join(text[starts[-1] if starts else 0 : ends.start() if ends else len(text)].split())
    return words if len(words) <= 300 else words[:299].rsplit(" ", 1)[0] + "…"


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of that month where it has no such day (Interpretation Act 1978 s5)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def said(reason: str) -> str:
    """A reason with something in it. Raises Refused for an empty one."""
    if not reason.strip():
        raise Refused("Say why: a change of the register needs a reason.")
    return reason.strip()


def wanted_date(said_as: date | str) -> Timescale:
    """A day, or a date in words. Raises Refused for words that name no day and are none of the known timescales."""
    if isinstance(said_as, date):
        return Timescale(printed(said_as), "day", said_as, said_as, "day")
    parsed = parse_timescale(said_as.strip())
    if parsed.sort == "unknown":
        raise Refused(f"“{said_as}” is not a date; write it like 31 March 2027, March 2027 or Q4 2026/27.")
    return parsed


def together(references: Sequence[str]) -> str:
    """Some references as the subject of an event: the first eight, and how many more."""
    return ", ".join(references[:8]) + (f" and {len(references) - 8} more" if len(references) > 8 else "")


def is_gone(state: str) -> bool:
    """Whether a record in this state has left the lists."""
    return state in GONE


_SMALL_WORDS = {
    "a",
    "an",
    "and",
    "at",
    "as",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "update",
    "draft",
}


def prefix_for(title: str, taken: Iterable[str]) -> str:
    """A short prefix for references, from the initials of a title: two to five letters, not yet taken.

    "Improvement and Transformation Action Plan – update as at 27 May 2025" gives "ITAP"; a second one "ITAP2".
    """
    head = re.split(r"\s[–—-]\s|[:(]", title.strip(), maxsplit=1)[0]
    words = [w for w in re.findall(r"[A-Za-z]+", head) if w.lower() not in _SMALL_WORDS]
    letters = "".join(word[0].upper() for word in words)[:5]
    if len(letters) < 2:
        letters = words[0][:3].upper() if words and len(words[0]) >= 2 else "REC"
    taken = set(taken)
    candidate, number = letters, 2
    while candidate in taken:
        candidate, number = f"{letters}{number}", number + 1
    return candidate
