"""Pure rules of the organisation."""

from __future__ import annotations

import re
from datetime import date


def name_key(printed: str) -> str:
    """Fold a printed name for comparing: lower case, single spaces, no trailing punctuation."""
    return re.sub(r"\s+", " ", printed).strip(" .,;:").casefold()[:300]


def holds_on(starts: date | None, ends: date | None, day: date) -> bool:
    """Whether a period covers a day; an open side reaches for ever, the last day counts."""
    return (starts is None or starts <= day) and (ends is None or day <= ends)
