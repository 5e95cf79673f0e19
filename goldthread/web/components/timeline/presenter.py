"""What a timeline shows: dated entries, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: a title, the day it speaks of, its text, a note (who recorded it, where from)."""

    title: str
    day: date | None
    text: str = ""
    note: str = ""
    href: str = ""
    link_text: str = "Where it is printed"
    anchor: str = ""
    undo: str = ""  # the address that takes it back
