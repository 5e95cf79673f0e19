"""Pure rules of risks: the matrix, what a printed score can mean, which band a score falls in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_SHIPPED = Path(__file__).with_name("matrix.toml")


@dataclass(frozen=True, slots=True)
class Band:
    """Scores up to a number, with their word and colour."""

    up_to: int
    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class RiskMatrix:
    """Likelihood × impact: the words of each step from the lowest up, and the bands from the lowest up."""

    likelihoods: tuple[str, ...]
    impacts: tuple[str, ...]
    bands: tuple[Band, ...]
    source: str

    @property
    def highest(self) -> int:
        """The highest score."""
        return len(self.likelihoods) * len(self.impacts)

    def band(self, score: int) -> Band | None:
        """The band of a score; None for a score that this matrix cannot give."""
        if not 1 <= score <= self.highest:
            return None
        return next((one for one in self.bands if score <= one.up_to), None)

    def places(self, score: int) -> list[tuple[int, int]]:
        """Every (likelihood, impact) that gives a score: what a printed number can mean. Empty for one that cannot occur."""
        return [
            (likelihood, score // likelihood)
            for likelihood in range(1, len(self.likelihoods) + 1)
            if score % likelihood == 0 and 1 <= score // likelihood <= len(self.impacts)
        ]


COLOURS = ("green", "yellow", "orange", "red")
"""Colours a band may have, always shown with its word."""


def matrix_of(
    likelihoods: Iterable[str], impacts: Iterable[str], bands: Iterable[Mapping[str, Any]], source: str
) -> RiskMatrix:
    """A matrix from plain values. Raises ValueError with a sentence where it would leave a score without a band."""
    rows = tuple(word.strip() for word in likelihoods if word.strip())
    columns = tuple(word.strip() for word in impacts if word.strip())
    if not (2 <= len(rows) <= 10 and 2 <= len(columns) <= 10):
        raise ValueError("A matrix has between 2 and 10 steps of likelihood and of impact.")
    found = sorted((Band(int(one["up_to"]), str(one["label"]), str(one["colour"])) for one in bands), key=_upper)
    if not found or found[-1].up_to < len(rows) * len(columns):
        raise ValueError(f"The last band must reach the highest score, {len(rows) * len(columns)}.")
    if len({band.up_to for band in found}) != len(found):
        raise ValueError("Two bands end at the same score.")
    if strange := next((band.colour for band in found if band.colour not in COLOURS), None):
        raise ValueError(f"“{strange}” is not a colour of bands; use {', '.join(COLOURS)}.")
    return RiskMatrix(rows, columns, tuple(found), source)


def _upper(band: Band) -> int:
    return band.up_to


def cells(matrix: RiskMatrix, scores: Sequence[tuple[int | None, int | None, str]]) -> dict[tuple[int, int], list[str]]:
    """Which references stand in which cell: takes (likelihood, impact, reference), leaves out what is not stated."""
    found: dict[tuple[int, int], list[str]] = {}
    for likelihood, impact, reference in scores:
        if likelihood is None or impact is None:
            continue
        if likelihood <= len(matrix.likelihoods) and impact <= len(matrix.impacts):
            found.setdefault((likelihood, impact), []).append(reference)
    return found


@lru_cache(maxsize=1)
def shipped_matrix() -> RiskMatrix:
    """The matrix that holds until a council sets its own."""
    data = tomllib.loads(_SHIPPED.read_text(encoding="utf-8"))
    return matrix_of(data["likelihoods"], data["impacts"], data["bands"], data["source"])
