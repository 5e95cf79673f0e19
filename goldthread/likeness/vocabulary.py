"""The words of local government by which texts are told to be alike: ``vocabulary.toml``, and a council's own on top."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from goldthread.likeness.stems import stem

OWN_WORDS = "GOLDTHREAD_VOCABULARY"  # names the council's own file; the reader of documents takes its lists from it too
_SHIPPED = Path(__file__).with_name("vocabulary.toml")
_TOKEN = re.compile(r"[a-z0-9£%]+")

Phrase = tuple[str, ...]
"""Stems in order."""


@dataclass(slots=True)
class Vocabulary:
    """Abbreviations as written → the words they stand for; phrases of stems → the groups and fields they belong to."""

    abbreviations: dict[str, str] = field(default_factory=dict)
    alike: dict[Phrase, list[str]] = field(default_factory=dict)
    near: dict[Phrase, list[str]] = field(default_factory=dict)
    weak: set[str] = field(default_factory=set)
    stop: set[str] = field(default_factory=set)
    light: set[str] = field(default_factory=set)
    furniture: set[Phrase] = field(default_factory=set)
    longest: int = 1

    def put(self, groups: dict[Phrase, list[str]], phrase: str, group: str) -> None:
        """Make a phrase one of a group."""
        key = tuple(stems(phrase))
        if group not in groups.setdefault(key, []):
            groups[key].append(group)
        self.longest = max(self.longest, len(key))


def stems(text: str) -> list[str]:
    """The stems of a text in order; apostrophes fall away, hyphens and ampersands part words."""
    return [stem(word) for word in _TOKEN.findall(text.lower().replace("’", "'").replace("'s", "").replace("'", ""))]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The shipped words with the council's own; raises OSError or TOMLDecodeError where the file it names is no such file."""
    found = Vocabulary()
    _add(found, _SHIPPED)
    if own := os.environ.get(OWN_WORDS):
        _add(found, Path(own))
    return found


def _add(found: Vocabulary, path: Path) -> None:
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    found.abbreviations.update(data.get("abbreviations", {}))
    for whole in data.get("abbreviations", {}).values():
        found.put(found.alike, whole, f"alike:{whole}")
    for kind, groups in (("alike", found.alike), ("near", found.near)):
        for name, phrases in data.get(kind, {}).items():
            for phrase in phrases:
                found.put(groups, phrase, f"{kind}:{name}")
    found.weak |= {stem(word) for word in data.get("weak", {}).get("words", [])}
    found.light |= {f"alike:{name}" for name in data.get("weak", {}).get("groups", [])}
    found.stop |= {stem(word) for word in data.get("stop", {}).get("words", [])}
    found.furniture |= {tuple(stems(phrase)) for phrase in data.get("stop", {}).get("phrases", [])}
    found.longest = max([found.longest, *map(len, found.furniture)])
