"""Pure rules of the register: which dated facts hold, how an entry is rated, what a reference looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar

from goldthread.domain.register.terms import GONE, LIVE, State
from goldthread.kernel.ratings import Rated, rate
from goldthread.kernel.ratings import Rating as RatingValue
from goldthread.kernel.ratings import State as RatedState


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


def rating_of(*, state: str, due_on: date | None, on: date, tolerance: int = 0) -> Rated:
    """The rating computed by the kernel's rule for a record in a state of the register, on a day."""
    return rate(state=_RATED_AS.get(State(state), RatedState.WITHDRAWN), due=due_on, today=on, tolerance=tolerance)


def aged(stored: str, *, state: str, overdue: bool) -> str:
    """A rating as it reads today, from the one stored when the entry was last written.

    The rule gives green or grey only to an open entry whose date is still to come: once it has passed, the entry is late.
    """
    if overdue and state in LIVE and stored in (RatingValue.GREEN, RatingValue.GREY):
        return RatingValue.RED.value
    return stored


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
