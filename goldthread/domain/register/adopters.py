"""What a reading offers to the register, and how its common fields become facts; rooms' adopters add their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldthread.domain.organisation.models import Owner
from goldthread.domain.register.models import Passage, Record
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.register.terms import OwnerRole, State
from goldthread.kernel.ratings import Rating
from goldthread.kernel.timescales import Timescale, parse_timescale

COMMON = {
    "leads",
    "update",
    "timescale",
    "status",
    "rag",
    "title",
    "number",
    "completed",
    "success_criteria",
    "source",
    "facts",
}
"""Fields that become facts or records of their own; the others are kept in the wording's details."""


@dataclass(slots=True)
class Offer:
    """One proposal about to be adopted: what was read, where it stands, and on which day it speaks.

    ``fields`` carries the names of the reading format. ``matches`` are the decisions on record about printed names.
    """

    kind: str
    text: str
    fields: dict[str, Any]
    section: list[str]
    position: int
    as_at: date
    checked: bool
    in_doubt: bool = False  # questions about it are open
    passage: Passage | None = None
    matches: dict[str, Owner] = field(default_factory=dict)


def words_of(value: Any) -> str:
    """The text of a field that may be a string, or a dict with its text."""
    if isinstance(value, dict):
        value = value.get("text")
    return str(value).strip() if value is not None else ""


def lead_names(fields: dict[str, Any]) -> list[str]:
    """The names of the leads as printed."""
    return [name for name in (words_of(lead) for lead in fields.get("leads") or []) if name]


def new_record(offer: Offer, parent: Record | NewRecord | None) -> NewRecord:
    """The record that an offer becomes, with the facts that every kind may carry."""
    fields = offer.fields
    state, printed = state_of(fields, as_at=offer.as_at, in_doubt=offer.in_doubt)
    rating = words_of(fields.get("rag"))
    return NewRecord(
        kind=offer.kind,
        text=offer.text,
        title=words_of(fields.get("title")),
        number=words_of(fields.get("number")),
        as_at=offer.as_at,
        section=list(offer.section),
        details={name: value for name, value in fields.items() if name not in COMMON and value not in (None, "", [])},
        parent=parent,
        position=offer.position,
        leads=leads_of(offer),
        update=words_of(fields.get("update")),
        timescale=timescale_of(fields),
        state=state,
        state_printed=printed,
        rating=rating_of(rating),
        rating_printed=rating,
        passage=offer.passage,
        checked=offer.checked,
    )


_LETTERS = {"r": Rating.RED, "a": Rating.AMBER, "g": Rating.GREEN, "b": Rating.BLUE}
_WORD = re.compile(r"[a-z]+")


def rating_of(printed: str) -> str:
    """The rating that a print names: "Amber", "G", "Red – off track"; empty where it names none, or more than one."""
    said = _WORD.findall(printed.lower().replace("gray", "grey"))
    if len(said) == 1 and said[0] in _LETTERS:
        return _LETTERS[said[0]].value
    named = {word for word in said if word in set(Rating)}
    return named.pop() if len(named) == 1 else ""


def leads_of(offer: Offer) -> list[Lead]:
    """The first name printed is accountable, the others support; a remembered decision names their post."""
    roles = [OwnerRole.ACCOUNTABLE, *[OwnerRole.SUPPORTING] * 50]
    names = dict.fromkeys(lead_names(offer.fields))
    return [Lead(offer.matches.get(name), name, role) for name, role in zip(names, roles, strict=False)]


def timescale_of(fields: dict[str, Any]) -> Timescale | None:
    """The printed timescale, read by the kernel's grammar; None where none is printed."""
    text = words_of(fields.get("timescale"))
    return parse_timescale(text) if text else None


_DONE = {"complete", "completed", "closed", "done", "delivered", "achieved"}
_ENDED = {"stopped", "cancelled", "withdrawn", "abandoned", "discontinued"}
_PAUSED = {"on hold", "paused", "suspended", "deferred"}


def state_of(fields: dict[str, Any], *, as_at: date, in_doubt: bool) -> tuple[str, str]:
    """The state that is printed, and the print.

    The reader concludes a status where the document gives one; what is listed as completed while its text says that it
    goes on, or gives a later day, is concluded to be in progress and raised as a question, so it stays open until a
    person decides. What is concluded from the prose of an update alone changes no state. Without a conclusion, what
    stands in a column of completions is complete unless anything is in doubt.
    """
    status = fields.get("status")
    value = str((status.get("value") if isinstance(status, dict) else status) or "").strip().lower()
    listed, cue = words_of(fields.get("completed")), words_of(status)
    if cue and "completed" not in fields and cue.lower() in words_of(fields.get("update")).lower():
        return State.OPEN, ""  # a word of the update's prose is no status that anybody gave
    printed = listed or cue
    if value in _DONE:
        return State.COMPLETE, printed
    if value in _PAUSED:
        return State.ON_HOLD, printed
    if value in _ENDED:
        return State.STOPPED, printed
    if not (value or listed):
        done = (timescale_of(fields) or parse_timescale("")).sort == "completed"
        return (State.COMPLETE, words_of(fields.get("timescale"))) if done and not in_doubt else (State.OPEN, "")
    if value or not listed:
        return State.OPEN, printed
    parsed = parse_timescale(listed)
    goes_on = parsed.sort == "ongoing" or (parsed.end is not None and parsed.end > as_at)
    return (State.OPEN if in_doubt or goes_on else State.COMPLETE), printed
