"""What the name of a structure says of it: how far it has come, and the day that it speaks of."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from goldthread.kernel.days import MONTHS

_STAGES = (
    ("current", r"\b(?:current|existing|as at|as of|present)\b"),
    ("launched", r"\b(?:launch(?:ed)?|implemented|live)\b"),
    ("agreed", r"\b(?:agreed|approved)\b"),
    ("planned", r"\b(?:planned|future|new)\b"),
    ("proposed", r"\b(?:proposed|proposals?|draft|consult\w*|revised)\b"),
)
_MONTH = re.compile(rf"\b({'|'.join(name[:3] for name in MONTHS)})[a-z]*\.?,? ['’]?(\d{{4}}|\d\d)\b", re.IGNORECASE)


def stage_of(name: str) -> str:
    """The stage that a structure's printed name tells (a word of ``terms.Stage``), "printed" where it tells none."""
    return next((stage for stage, words in _STAGES if re.search(words, name, re.IGNORECASE)), "printed")


def day_of(name: str, document_day: date) -> date:
    """The day of which a structure speaks: the last month in its name, else the day of its document.

    "As at March 24" is the end of March 2024, no later than the document; "implemented April 23" its first day.
    """
    found = list(_MONTH.finditer(name))
    if not found:
        return document_day
    month = next(number for number, each in enumerate(MONTHS, 1) if each[:3].lower() == found[-1][1].lower())
    year = int(found[-1][2]) + (2000 if len(found[-1][2]) == 2 else 0)
    if re.search(r"\b(?:as (?:at|of)|current|existing)\b", name, re.IGNORECASE):
        return min(date(year, month, monthrange(year, month)[1]), max(document_day, date(year, month, 1)))
    return date(year, month, 1)
