"""The polarity of a finding: a strength, an area for improvement, or neither, by the words with which it is said."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

# Words that open a sentence and judge nothing; an imperative may follow ("However" stays: it turns against what was said).
_OPENING = re.compile(r"^\W*(?:therefore|finally|in particular|as such|also|overall|going forward|moving forward)\b,? ")
_ENOUGH = 2_000  # characters of a sentence that are looked at
STRENGTH, IMPROVEMENT, NEUTRAL = "strength", "area for improvement", "neutral"


@dataclass(frozen=True, slots=True)
class Cues:
    """How many cues of each sort a sentence holds."""

    asks: int
    falls_short: int
    praises: int
    context: int

    @property
    def judges(self) -> bool:
        """Whether the sentence judges at all."""
        return bool(self.asks or self.falls_short or self.praises)


@cache
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    data = tomllib.loads(resources.files(__package__).joinpath("polarity.toml").read_text(encoding="utf-8"))
    return {sort: [re.compile(pattern) for pattern in patterns] for sort, patterns in data.items()}


@lru_cache(maxsize=4096)
def cues(text: str) -> Cues:
    """The cues of a sentence or a bullet."""
    plain = text[:_ENOUGH].lower().replace("’", "'").replace("‘", "'")
    plain = _OPENING.sub("", plain)
    return Cues(
        **{sort: sum(1 for pattern in patterns if pattern.search(plain)) for sort, patterns in _patterns().items()}
    )


def polarity(text: str, under: str | None = None) -> str:
    """``strength``, ``area for improvement`` or ``neutral``.

    ``under`` is what the heading says of everything beneath it ("Strengths", "Areas for improvement"); it decides
    alone.
    """
    if under in ("strengths", "improvements"):
        return STRENGTH if under == "strengths" else IMPROVEMENT
    found = cues(text)
    if found.asks:
        return IMPROVEMENT
    if found.falls_short and found.falls_short >= found.praises:
        return IMPROVEMENT
    if found.praises:
        return STRENGTH
    return {"graded well": STRENGTH, "graded badly": IMPROVEMENT}.get(under or "", NEUTRAL)
