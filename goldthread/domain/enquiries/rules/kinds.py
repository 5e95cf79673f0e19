"""The kinds of phrases that the rules know, read from ``kinds.toml``: the words are data, the grammar over them is code."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_WORDS = Path(__file__).with_name("kinds.toml")


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def listed(rule: str, name: str) -> list[str]:
    """The phrases of a kind in the order of the file; KeyError where there is no such kind."""
    return list(_tables()[rule][name])


@lru_cache(maxsize=128)
def words_of(rule: str, name: str) -> str:
    """The phrases of a kind as one piece of a pattern, to be put into a longer one; KeyError where there is no such kind."""
    return "(?:" + "|".join(_tables()[rule][name]) + ")"


@lru_cache(maxsize=128)
def kind(rule: str, name: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of a kind, whole words, letters large or small. KeyError: there is no such kind."""
    return re.compile(rf"\b{words_of(rule, name)}\b", re.IGNORECASE)
