"""What the rules read: a plan as plain values, and what they give: a question with the printed words it stands on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody printed or recorded as lead: the name, and what the organisation's records say of them on the day.

    ``gone_on``: the post ended on that day; ``vacant_since``: nobody has held it since; ``left_on``: the person printed here
    held a post until that day, and holds none.
    """

    name: str
    gone_on: date | None = None
    vacant_since: date | None = None
    left_on: date | None = None


@dataclass(slots=True)
class Entry:
    """An action or a recommendation on the day: its words and its dates. Texts that are not printed are empty."""

    reference: str
    text: str
    objective: str = ""
    objective_reference: str = ""
    update: str = ""
    update_on: date | None = None
    earlier: list[tuple[date, str]] = field(default_factory=list)  # updates before the newest, oldest first
    due_text: str = ""
    due_sort: str = ""
    due_from: date | None = None
    due_on: date | None = None
    complete: bool = False  # recorded as complete, or listed among what is complete
    stopped: bool = False
    on_hold: bool = False
    status: str = ""  # as printed
    rating: str = ""  # as declared
    leads: list[Lead] = field(default_factory=list)
    first_on: date | None = None  # the day from which it stands on record
    criteria: list[tuple[str, str]] = field(default_factory=list)  # (reference, text) of its objective

    @property
    def open(self) -> bool:
        """Whether it still asks for work."""
        return not (self.complete or self.stopped)


@dataclass(slots=True)
class Aim:
    """An objective: its words, its success criteria as (reference, text), and its actions."""

    reference: str
    text: str
    criteria: list[tuple[str, str]]
    entries: list[Entry]


@dataclass(slots=True)
class PlanRead:
    """A plan on a day. ``rounds``: the days on which it was reported, oldest first; ``prints_leads``: it names leads."""

    on: date
    aims: list[Aim]
    entries: list[Entry]
    rounds: list[date] = field(default_factory=list)

    @property
    def prints_leads(self) -> bool:
        """Whether this is a plan that names who answers: one entry in three at least."""
        return 3 * sum(bool(entry.leads) for entry in self.entries) >= len(self.entries)


@dataclass(frozen=True, slots=True)
class Words:
    """Printed words: of which record, in which of its fields, and from where to where in that field's text."""

    reference: str
    field: str  # action, update, earlier update, objective, criterion, timescale, status, lead
    said: str
    begin: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Something that does not add up: the question, why it is asked, and the words; ``weight`` ranks it, 0 to 1."""

    rule: str
    reference: str
    question: str
    why: str
    words: tuple[Words, ...]
    weight: float

    @property
    def key(self) -> str:
        """What it is known by: the rule, the record and the words. Other words make it another enquiry."""
        said = "\n".join(f"{each.field}: {' '.join(each.said.split())}" for each in self.words)
        return hashlib.sha256(f"{self.rule}\n{self.reference}\n{said}".encode()).hexdigest()[:16]
