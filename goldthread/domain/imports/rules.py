"""Pure rules of imports: what an answer to a reader's question does, and where a cell is parted."""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import Any

from goldthread.reading.vocabulary import unnamed


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


_ASKS_ABOUT_COLUMN = re.compile(
    r"^What does the column (?:“(?P<heading>.+?)”|without a heading \(column (?P<number>\d+)\)) hold\?", re.S
)


def column_of(question: dict[str, Any]) -> str:
    """The heading of the column that a question about a document asks about, as the reader is told it; "" for others."""
    found = _ASKS_ABOUT_COLUMN.match(str(question.get("ask") or ""))
    if found is None:
        return ""
    return found["heading"] or unnamed(int(found["number"]))


def is_unnamed(heading: str) -> bool:
    """Whether what ``column_of`` gave stands for a column without a heading, which cannot be remembered."""
    return re.fullmatch(unnamed(0).replace("0", r"\d+"), heading) is not None


def place_key(places: list[dict[str, Any]]) -> str:
    """Where something is printed, without the cell: what the same row gives when it is read again with other columns."""
    first = places[0] if places else {}
    return json.dumps({name: value for name, value in first.items() if name in _WHERE}, sort_keys=True)


_WHERE = ("page", "sheet", "table", "row", "paragraph", "lines", "line")


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
