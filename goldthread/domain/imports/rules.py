"""Pure rules of imports: what an answer to a reader's question does, and where a cell is parted."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any


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
