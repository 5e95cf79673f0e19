"""The rating of an entry, computed by a declared rule with a version; no person's judgement and no clock inside.

The rule follows the practice of councils that keep the state of an entry apart from its colour. A person may declare
another rating with a reason; that stands beside the computed one and is not this module's business. How many days a
council tolerates is its own dated reference data, given as an argument.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldthread.kernel.days import printed

RULE = "rating/1"
"""Version of the rule in ``rate``; stored with every computed rating, raised whenever the rule changes."""


class Rating(StrEnum):
    """What a rating can be. ``NO_DATE`` is a state of its own: an open entry with no date is neither grey nor green."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"
    NO_DATE = "no-date"

    @property
    def label(self) -> str:
        """The word beside the colour (never colour alone)."""
        return _LABELS[self]

    @property
    def severity(self) -> int:
        """Its place in ``WORST_LAST``: of two ratings the one with the higher number is the worse."""
        return WORST_LAST.index(self)


WORST_LAST = (Rating.BLUE, Rating.GREY, Rating.GREEN, Rating.NO_DATE, Rating.AMBER, Rating.RED)
"""The ratings from the best to the worst. No date stands between green and amber: nothing is late, and nobody can know."""

_LABELS = {
    Rating.BLUE: "Complete and verified",
    Rating.GREEN: "On track",
    Rating.AMBER: "At risk",
    Rating.RED: "Late or off track",
    Rating.GREY: "Not started or paused",
    Rating.NO_DATE: "No date set",
}


class State(StrEnum):
    """How far an entry has come, as its lead says; kept apart from its rating."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Rated:
    """A computed rating: its value, the version of the rule, and the sentence why."""

    value: Rating
    why: str
    rule: str = RULE


def rate(
    *,
    state: State,
    due: date | None,
    today: date,
    tolerance: int,
    verified: bool = False,
    forecast: date | None = None,
    open_issue: bool = False,
) -> Rated:
    """Rate an entry as it stands today.

    Takes the state, the agreed due date, the tolerance in calendar days (the council's own), whether somebody else has
    verified the completion, the day on which the lead now expects to finish (None: on the due date), and whether an
    issue is open. Always answers. All else equal, a later today or a later forecast never gives a better rating.
    Raises ValueError for a negative tolerance.

    - blue: completed and verified, nothing else;
    - grey: withdrawn; or, with a date still to come, not started or on hold;
    - no date: no due date is set and the entry is neither verified nor withdrawn;
    - red: the due date has passed, or the forecast slips past the tolerance;
    - amber: the forecast slips within the tolerance, or an issue is open;
    - green: otherwise; completed but not yet verified is green, and says so.
    """
    if tolerance < 0:
        raise ValueError("A tolerance is a number of days, 0 or more.")
    if state is State.COMPLETED and verified:
        return Rated(Rating.BLUE, "Completed, and the completion is verified.")
    if state is State.WITHDRAWN:
        return Rated(Rating.GREY, "Withdrawn, so no longer rated.")
    if due is None:
        return Rated(Rating.NO_DATE, "No due date is set, so nobody can say whether it is on time.")
    if state is State.COMPLETED:
        return Rated(Rating.GREEN, "Reported as completed, not yet verified.")
    return _rate_open(state, due, today, tolerance, forecast, open_issue)


def _rate_open(state: State, due: date, today: date, tolerance: int, forecast: date | None, open_issue: bool) -> Rated:
    if today > due:
        return Rated(Rating.RED, f"Was due on {printed(due)}, {_days((today - due).days)} ago, and is not completed.")
    slip = (forecast - due).days if forecast is not None else 0
    if slip > tolerance:
        return Rated(
            Rating.RED,
            f"Expected {_days(slip)} after its due date of {printed(due)}; the tolerance is {_days(tolerance)}.",
        )
    if slip > 0:
        return Rated(Rating.AMBER, f"Expected {_days(slip)} after its due date of {printed(due)}, within tolerance.")
    if open_issue:
        return Rated(Rating.AMBER, f"An issue is open; due on {printed(due)}.")
    if state is State.ON_HOLD:
        return Rated(Rating.GREY, f"On hold; due on {printed(due)}.")
    if state is State.NOT_STARTED:
        return Rated(Rating.GREY, f"Not started; due on {printed(due)}.")
    return Rated(Rating.GREEN, f"In progress and due on {printed(due)}.")


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


# Rolling up -------------------------------------------------------------------------------------------------------

ROLL_UP_RULE = "roll-up/1"
"""Version of the rule in ``roll_up``."""

ROLL_UP_WORDS = (
    "How many entries have each rating; the worst of them stands for all: red before amber, before no date set, before "
    "green, before grey, before blue. Colours are never averaged."
)
"""The rule of ``roll_up`` as it is printed beside its result."""


@dataclass(frozen=True, slots=True)
class RolledUp:
    """How many entries have each rating, worst first, and the worst (None where there is no entry)."""

    counts: dict[Rating, int]
    worst: Rating | None
    rule: str = ROLL_UP_RULE

    @property
    def why(self) -> str:
        """The result in a sentence: "2 of 9 are Late or off track, which is the worst."."""
        if self.worst is None:
            return "Nothing is rated."
        return f"{self.counts[self.worst]} of {sum(self.counts.values())}: “{self.worst.label}”, the worst among them."


def roll_up(ratings: Iterable[Rating]) -> RolledUp:
    """Many ratings as one statement: counts, and the worst."""
    found = Counter(ratings)
    counts = {rating: found[rating] for rating in reversed(WORST_LAST) if found[rating]}
    return RolledUp(counts, next(iter(counts), None))


def worse(one: Rating, other: Rating) -> Rating:
    """The worse of two ratings."""
    return max(one, other, key=lambda rating: rating.severity)


def shown(computed: Rating, *, declared: Rating | None, then: Rating | None, verified: bool) -> Rating:
    """The rating that shows where a person has declared one beside the computed one.

    ``then`` is what the rule said when it was declared (None: not known). What is declared shows, but for three cases: blue
    without verification is not believed; no date set is never covered by anything better; and where the rule has since
    come to say worse than it said then, nobody has judged that yet, and the worse of both shows.
    """
    if declared is None or (declared is Rating.BLUE and not verified):
        return computed
    if computed is Rating.NO_DATE or (then is not None and computed.severity > then.severity):
        return worse(computed, declared)
    return declared
