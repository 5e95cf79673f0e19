"""Frameworks for self-assessment: reference data with a source, and how scores roll up."""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

OWN_FRAMEWORKS = "GOLDTHREAD_FRAMEWORKS"  # names a TOML file of the same shape, whose frameworks come before ours
_SHIPPED = Path(__file__).with_name("frameworks.toml")


@dataclass(frozen=True, slots=True)
class Level:
    """One point of a scale: its number, its words, its colour."""

    value: int
    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class StandardOf:
    """A standard or theme: its key (a letter), its group, and what it asks, in short words."""

    key: str
    title: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """What a council judges itself against. A score below ``gap_below`` is a gap that wants an action."""

    key: str
    title: str
    source: str
    scale: tuple[Level, ...]
    gap_below: int
    standards: tuple[StandardOf, ...]

    def level(self, value: int | None) -> Level | None:
        """The point of the scale of a score, None where there is no score or no such point."""
        return next((one for one in self.scale if one.value == value), None)


def count_levels(framework: Framework, scores: Iterable[int | None]) -> Mapping[str, int]:
    """How many standards stand at each level, and how many are not scored ("Not scored yet"). Never an average."""
    counts = Counter(scores)
    found = {level.label: counts[level.value] for level in framework.scale}
    known = {level.value for level in framework.scale}
    return {**found, "Not scored yet": sum(number for value, number in counts.items() if value not in known)}


def framework_named(key: str) -> Framework | None:
    """The framework of a key, None where none is on file."""
    return next((one for one in frameworks() if one.key == key), None)


@lru_cache(maxsize=1)
def frameworks() -> tuple[Framework, ...]:
    """The frameworks on file, a council's own first. Raises OSError or TOMLDecodeError for a file that is no such file."""
    own = os.environ.get(OWN_FRAMEWORKS)
    files = [Path(own)] if own else []
    return tuple(one for path in [*files, _SHIPPED] for one in _read(path))


def _read(path: Path) -> Iterable[Framework]:
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("framework", []):
        scale = tuple(Level(**level) for level in entry["scale"])
        standards = tuple(StandardOf(**standard) for standard in entry["standards"])
        yield Framework(entry["key"], entry["title"], entry["source"], scale, entry["gap_below"], standards)
