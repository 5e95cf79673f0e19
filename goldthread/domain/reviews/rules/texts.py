"""Entries of reviews and plans as texts to compare: pure, from what a record holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from goldthread.likeness import Text

_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*[.)]?\s+")
_NO_THEME = re.compile(r"\brecommendations?\b", re.IGNORECASE)


class Entry(Protocol):
    """What is compared of an entry."""

    pk: int
    text: str
    title: str
    section: Any
    details: Any
    within_id: int | None


def theme_of(details: Mapping[str, Any], section: Sequence[str]) -> str:
    """The theme or heading that an entry stands under without its number; "" for none, and for "Key recommendations"."""
    named = str(details.get("theme") or details.get("group") or (section[-1] if section else ""))
    named = _NUMBER.sub("", named)
    return "" if _NO_THEME.search(named) else named


def texts_of(rows: Sequence[Entry]) -> list[Text]:
    """Entries of one document, in printed order, as texts to compare; each knows what is printed before it under its theme."""
    found: list[Text] = []
    for row in rows:
        theme = theme_of(row.details, row.section)
        before = found[-1].text if found and theme and found[-1].theme == theme else ""
        found.append(Text(str(row.pk), row.text, row.title, theme, before, group=str(row.within_id)))
    return found
