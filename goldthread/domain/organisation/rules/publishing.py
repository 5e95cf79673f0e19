"""What of posts and their holders may be published: thresholds are dated data with their source (transparency.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from goldthread.domain.organisation.rules.lines import Line


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure of the Code: its value from a day on, and where it is laid down."""

    name: str
    value: int
    starts: date
    source: str


@cache
def thresholds() -> tuple[Threshold, ...]:
    """Every figure that the Code lays down, oldest first."""
    text = resources.files(__package__).joinpath("transparency.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["figure"]
    return tuple(
        sorted((Threshold(r["name"], r["value"], r["from"], r["source"]) for r in rows), key=lambda t: t.starts)
    )


def threshold(name: str, on: date) -> Threshold:
    """A figure as it holds on a day. Raises KeyError where none of that name held."""
    held = [each for each in thresholds() if each.name == name and each.starts <= on]
    if not held:
        raise KeyError(name)
    return held[-1]


def pay_of(line: Line) -> int | None:
    """What a post is paid at least, in pence a year."""
    return line.cost_low if line.cost_low is not None else line.cost_high


def name_published(line: Line, on: date) -> bool:
    """Whether the holder's name is published: only where the foot of the band reaches the threshold."""
    pay = pay_of(line)
    return pay is not None and pay >= threshold("names published from", on).value * 100


def salary_published(line: Line, on: date) -> bool:
    """Whether the salary is published."""
    pay = pay_of(line)
    return pay is not None and pay >= threshold("salaries published from", on).value * 100


def band_of(pence: int, on: date) -> tuple[int, int]:
    """The band that a sum falls in, in pounds: (50000, 54999)."""
    width = threshold("band", on).value
    foot = pence // 100 // width * width
    return foot, foot + width - 1


def levels_of(lines: Sequence[Line]) -> dict[int, int]:
    """How many lines each post stands below the top, 1 for a head; by its printed tier where it has no line."""
    above = {line.key: line.reports_to for line in lines}
    tiers = {line.key: line.tier for line in lines}
    found: dict[int, int] = {}

    def level(key: int, seen: frozenset[int]) -> int:
        if key not in found:
            boss = above.get(key)
            if boss is None or boss not in above or boss in seen:
                found[key] = tiers.get(key) or 1
            else:
                found[key] = level(boss, seen | {key}) + 1
        return found[key]

    for line in lines:
        level(line.key, frozenset())
    return found
