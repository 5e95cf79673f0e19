"""The words of local government that the reader goes by: ``vocabulary.toml``, and a council's own words on top of it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

OWN_WORDS = "GOLDTHREAD_VOCABULARY"  # names a TOML file of the same shape, whose lists are added to ours
_SHIPPED = Path(__file__).with_name("vocabulary.toml")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases in their plain form (see ``plain``).

    ``columns``: phrase → role of a column. ``status`` and ``rag``: phrase → value. ``words``: the other lists by name.
    """

    columns: dict[str, str] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    rag: dict[str, str] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    leads: dict[str, frozenset[str]] = field(default_factory=dict)
    updates: dict[str, list[str]] = field(default_factory=dict)  # status → regular expressions
    parts: dict[str, list[str]] = field(default_factory=dict)  # role → beginnings of words that hint at it


_SHORT = 80  # characters; longer texts hardly come twice
_PUNCTUATION = re.compile(r"[^\w%#\"”“]+")


def plain(text: str) -> str:
    """A phrase as it is compared: lower case, no punctuation but ``%`` and ``#``, no "the", single spaces."""
    return _known(text) if len(text) <= _SHORT else _plain(text)


def _plain(text: str) -> str:
    words = _PUNCTUATION.sub(" ", text.lower().replace("’", "'").replace("'", "")).split()
    return " ".join(word for word in words if word != "the") or " ".join(words)


_known = lru_cache(maxsize=8192)(_plain)


_told: dict[str, str] = {}  # headings of columns that a person has told this process, and their roles


def tell(columns: Mapping[str, str]) -> None:
    """Say what columns hold before the first document is read: a heading → its role, above all other words.

    A column without a heading is told by ``unnamed``. Meant for a process that reads one file (see ``limits``).
    """
    _told.update({plain(heading): role for heading, role in columns.items()})
    vocabulary.cache_clear()


def told(heading: str) -> str | None:
    """The role that a person has said a heading has; None where nobody has."""
    return _told.get(plain(heading))


def unnamed(number: int) -> str:
    """What stands for the heading of a column that has none; columns are counted from 1."""
    return f"column {number} without a heading"


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The shipped words with the council's own; raises OSError or TOMLDecodeError where the file it names is no such file."""
    found = Vocabulary()
    _add(found, _SHIPPED)
    own = os.environ.get(OWN_WORDS)
    if own:
        _add(found, Path(own))
    found.columns.update(_told)
    return found


def _add(found: Vocabulary, path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for role, phrases in data.get("columns", {}).items():
        for phrase in phrases:
            found.columns[plain(phrase)] = role
    for role, parts in data.get("parts", {}).items():
        found.parts.setdefault(role, []).extend(parts)
    for name, value in data.get("words", {}).items():
        if name == "status":
            found.status.update({plain(p): kind for kind, phrases in value.items() for p in phrases})
        elif name == "rag":
            found.rag.update({plain(p): colour for colour, phrases in value.items() for p in phrases})
        elif name == "update_status":
            for kind, patterns in value.items():
                found.updates.setdefault(kind, []).extend(patterns)
        elif name == "leads":
            found.leads.update({k: frozenset(plain(p) for p in phrases) for k, phrases in value.items()})
        else:
            kept = found.words.get(name, frozenset())
            found.words[name] = kept | {plain(phrase) or phrase for phrase in value} | {p.lower() for p in value}
