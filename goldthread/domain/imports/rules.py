"""Pure rules of imports: what an answer to a reader's question does, and where a cell is parted."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Any

from goldthread.domain.imports.models import Proposal
from goldthread.domain.organisation.rules import name_key
from goldthread.domain.register.adopters import lead_names, state_of, timescale_of, words_of
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import State


class Effect(Enum):
    """What an answer does to the proposal that it is about."""

    CONFIRM = "what was read is right; the question is closed"
    COMPLETE = "it is complete"
    OPEN = "it goes on"
    PREVIOUS = "it is part of the proposal before it"
    CORRECT = "what was read is wrong, and a person corrects it"


_ASKS_WHETHER_COMPLETE = re.compile(r"\bis it complete\?\s*$", re.I)


def effect_of(question: dict[str, Any], choice: str) -> Effect:
    """What a choice does. The reader names first what it took for right; "part of …" names what stands before.

    Raises ValueError for a choice that the question does not offer.
    """
    choices = [str(one) for one in question.get("choices") or []]
    if choice not in choices:
        raise ValueError(f"{choice!r} is not among {choices}")
    agreed = choice == choices[0]
    if _ASKS_WHETHER_COMPLETE.search(str(question.get("ask") or "")):
        return Effect.COMPLETE if agreed else Effect.OPEN
    if choice.startswith("part of "):
        return Effect.PREVIOUS
    return Effect.CONFIRM if agreed else Effect.CORRECT


def parted(text: str, begins: str) -> tuple[str, str] | None:
    """A text in two, the second part from the first place on where ``begins`` stands; None where there are not two parts.

    Spaces and line breaks count alike and case does not, so that words can be typed as they are seen.
    """
    words = begins.split()
    if not words:
        return None
    for found in re.finditer(r"\s+".join(re.escape(word) for word in words), text, re.I):
        first, second = text[: found.start()].strip(), text[found.start() :].strip()
        if first:
            return first, second
    return None


def joined(texts: list[str], between: str) -> str:
    """Texts in order, each once, with something between them; empty ones are left out."""
    return between.join(dict.fromkeys(text.strip() for text in texts if text.strip()))


UNCHANGED = "unchanged"
UPDATED = "new update"
REWORDED = "reworded"
LEAD = "lead changed"
DATED = "date changed"
COMPLETED = "completed"
STATE = "state changed"
MOVED = "moved"


def flat(text: str) -> str:
    """A text as it is compared: spaces folded, case kept."""
    return " ".join(text.split())


def differences(row: Proposal, held: RecordAt, *, as_at: date) -> list[str]:
    """What a newer print says differently from what the register holds, in a fixed order; [UNCHANGED] where nothing."""
    found = []
    if flat(words_of(row.text)) != flat(held.text) or flat(words_of(row.fields.get("title"))) != flat(
        held.version.title
    ):
        found.append(REWORDED)
    update = flat(words_of(row.fields.get("update")))
    if update and update not in {flat(old.text) for old in held.updates}:
        found.append(UPDATED)
    if _leads_differ(row, held):
        found.append(LEAD)
    timescale = timescale_of(row.fields)
    if timescale is not None and (held.due is None or flat(held.due.text) != flat(timescale.text)):
        found.append(DATED)
    state, printed = state_of(row.fields, as_at=as_at, in_doubt=bool(row.questions))
    if state != held.state and (printed or state != State.OPEN):
        found.append(COMPLETED if state == State.COMPLETE else STATE)
    if row.section and list(row.section) != held.section:
        found.append(MOVED)
    return found or [UNCHANGED]


def _leads_differ(row: Proposal, held: RecordAt) -> bool:
    """Printed names say something new only where they are neither the printed ones on record nor what those stand for."""
    names = lead_names(row.fields)
    if not names:
        return False
    known = {name_key(lead.printed) for lead in held.leads if lead.printed}
    known |= {name_key(lead.owner.name) for lead in held.leads if lead.owner is not None}
    return not {name_key(name) for name in names} <= known
