"""The design check of a structure: spans, layers, one-to-ones, skipped and doubled levels, against thresholds."""

from __future__ import annotations

import os
import tomllib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from goldthread.domain.organisation.rules.lines import Figures, Line, figures_of

OWN_THRESHOLDS = "GOLDTHREAD_DESIGN"
_SHIPPED = Path(__file__).with_name("design.toml")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as too many or too few, and where that stands written."""

    layers_good: int
    layers_most: int
    span_least: int
    span_most: int
    source: str


@dataclass(frozen=True, slots=True)
class Span:
    """A manager's reports, counted as heads and as full-time equivalents (None: not all are known)."""

    manager: Line
    reports: tuple[Line, ...]
    fte: Decimal | None
    flag: str = ""  # "", "one-to-one", "narrow", "wide"


@dataclass(frozen=True, slots=True)
class Level:
    """A report whose level does not follow its manager's: the same level (doubled) or more than one below (skipped)."""

    manager: Line
    report: Line
    kind: str  # "doubled", "skipped"


@dataclass(frozen=True, slots=True)
class DesignCheck:
    """What the check of a structure found."""

    figures: Figures
    spans: tuple[Span, ...]
    levels: tuple[Level, ...]
    layers_word: str  # "within the range", "a warning", "too many", "not known"
    left_out: int  # vacant posts left out by choice
    thresholds: Thresholds

    def flagged(self, flag: str) -> list[Span]:
        """Spans with a flag."""
        return [one for one in self.spans if one.flag == flag]


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """The council's thresholds, else the shipped ones."""
    own = os.environ.get(OWN_THRESHOLDS)
    return Thresholds(**tomllib.loads((Path(own) if own else _SHIPPED).read_text(encoding="utf-8")))


def check_design(lines: Sequence[Line], against: Thresholds, *, vacant: Collection[int] = ()) -> DesignCheck:
    """Check a structure. ``vacant`` posts (keys) are left out; what reported to them counts for the post above them."""
    kept = _without(lines, set(vacant))
    by_key = {line.key: line for line in kept}
    below: dict[int, list[Line]] = defaultdict(list)
    for line in kept:
        if line.reports_to in by_key:
            below[line.reports_to].append(line)
    spans = tuple(_span(by_key[key], rows, against) for key, rows in below.items())
    figures = figures_of(kept)
    return DesignCheck(
        figures=figures,
        spans=tuple(sorted(spans, key=lambda one: -len(one.reports))),
        levels=tuple(_levels(by_key, kept)),
        layers_word=_layers_word(figures.layers, against),
        left_out=len(lines) - len(kept),
        thresholds=against,
    )


def _without(lines: Sequence[Line], gone: set[int]) -> list[Line]:
    above = {line.key: line.reports_to for line in lines}
    kept = []
    for line in lines:
        if line.key in gone:
            continue
        step, seen = line.reports_to, set()
        while step in gone and step not in seen:
            seen.add(step)
            step = above.get(step)
        kept.append(line if step == line.reports_to else _moved(line, step))
    return kept


def _moved(line: Line, above: int | None) -> Line:
    return replace(line, reports_to=above)


def _span(manager: Line, rows: list[Line], against: Thresholds) -> Span:
    number = len(rows)
    known = [line.fte for line in rows if line.fte is not None]
    fte = sum(known, Decimal(0)) if len(known) == number else None
    if number == 1:
        flag = "one-to-one"
    elif number < against.span_least:
        flag = "narrow"
    else:
        flag = "wide" if number > against.span_most else ""
    return Span(manager, tuple(rows), fte, flag)


def _levels(by_key: dict[int, Line], lines: Sequence[Line]) -> list[Level]:
    found = []
    for line in lines:
        manager = by_key.get(line.reports_to) if line.reports_to is not None else None
        if manager is None or manager.tier is None or line.tier is None:
            continue
        if line.tier <= manager.tier:
            found.append(Level(manager, line, "doubled"))
        elif line.tier > manager.tier + 1:
            found.append(Level(manager, line, "skipped"))
    return found


def _layers_word(layers: int | None, against: Thresholds) -> str:
    if layers is None:
        return "not known"
    if layers <= against.layers_good:
        return "within the range"
    return "a warning" if layers <= against.layers_most else "too many"
