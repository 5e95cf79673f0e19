"""The way from the first page to this one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page on the way: its name, and its address unless it is the page itself."""

    text: str
    href: str = ""
