"""The header of a table whose columns were lost: known headings, one a line, or several in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from goldthread.reading.understanding.columns import role_of_heading
from goldthread.reading.vocabulary import plain, vocabulary

FEWEST, MOST = 3, 12  # columns
LONGEST_HEADING = 6  # words
LONGEST_LAST, _SURE = 9, 0.9  # words of the last heading of a line, and how surely it must name its column
MOST_LINES = 4  # over which headings beside one another are broken
ENTRIES = ("action", "recommendation", "indicator", "saving")  # what makes a row an entry by itself
MAIN = (*ENTRIES, "key_risk", "objective", "description")  # the likeliest first
TOLD = (
    "lead",
    "timescale",
    "status",
    "rag",
    "completed",
    "revised",
    "target",
    "actual",
    "saving_target",
    "saving_actual",
)  # columns whose cells are told by themselves


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a lost table with their roles, and how many lines they stand on."""

    texts: tuple[str, ...]
    roles: tuple[str, ...]
    lines: int


def header_at(lines: Sequence[str]) -> Header | None:
    """The header that begins with the first of these lines; None where none does."""
    if not lines or (_role(lines[0]) is None and not _starts(lines[0])):
        return None
    return _one_a_line(lines) or _apart(lines[0]) or _in_a_line(lines)


def _starts(line: str) -> bool:
    words = line.split()
    return 0 < len(words) <= 30 and any(
        _role(" ".join(words[:n])) for n in range(1, min(LONGEST_HEADING, len(words)) + 1)
    )


@lru_cache(maxsize=4096)
def _role(text: str) -> str | None:
    """The role that a phrase of the vocabulary names word for word."""
    if text.strip() in ("#", "No.", "No"):
        return "number"
    return (
        vocabulary().columns.get(plain(text)) if text[:1].isupper() and len(text.split()) <= LONGEST_HEADING else None
    )


def _loosely(text: str) -> str | None:
    """The role of the last heading of a line, which may say more than its name: "Update for the committee of 3 May"."""
    role, score = role_of_heading(text) if text[:1].isupper() else (None, 0.0)
    return role if score >= _SURE else None


def _one_a_line(lines: Sequence[str]) -> Header | None:
    """Headings each on a line of its own, the longest run of them with different roles."""
    texts: list[str] = []
    roles: list[str] = []
    for line in lines:
        role = _role(line.strip())
        if role is None or (role in roles and role != "also") or len(texts) == MOST:
            break
        texts.append(line.strip())
        roles.append(role)
    return _header(texts, roles, len(texts))


def _in_a_line(lines: Sequence[str]) -> Header | None:
    """Headings that a line or a few hold and nothing else: the cut whose roles differ and whose phrases are longest."""
    for count in range(MOST_LINES, 0, -1):
        words = " ".join(lines[:count]).split()
        if len(lines) < count or len(words) > 30:
            continue
        made = [
            _header(list(way), [_role(text) or _loosely(text) or "" for text in way], count)
            for way in _ways(tuple(words))
        ]
        whole = [header for header in made if header is not None]
        if whole:
            return max(whole, key=lambda header: _weight(header, words))
    return None


def columns_at(lines: Sequence[str]) -> tuple[Header, int] | None:
    """The header of a table that was copied column by column, a heading above the cells of each, and how many cells each
    has: every heading must have as many lines below it as the others; None where that is not so."""
    if not lines or _role(lines[0].strip()) is None:
        return None
    step = next((n for n in range(FEWEST, len(lines)) if _role(lines[n].strip()) is not None), 0)
    texts: list[str] = []
    at = 0
    while step and at + step <= len(lines) and (role := _role(lines[at].strip())) is not None:
        if any(_role(text) == role for text in texts) or any(
            _role(line.strip()) not in (None, role) for line in lines[at + 1 : at + step]
        ):
            return None
        texts.append(lines[at].strip())
        at += step
    if at < len(lines) and _role(lines[at].strip()) is not None:
        return None  # a heading with fewer lines below it
    header = _header(texts, [_role(text) or "" for text in texts], at)
    return (header, step - 1) if header is not None else None


def _apart(line: str) -> Header | None:
    """Headings that wide spaces part in a line."""
    texts = parts_of(line)
    roles = [_role(text) for text in texts]
    if (
        len(texts) < FEWEST
        or None in roles
        or len({role for role in roles if role != "also"}) < len(roles) - roles.count("also")
    ):
        return None
    return _header(texts, [role or "" for role in roles], 1)


def parts_of(line: str) -> list[str]:
    """The parts of a line that two spaces or more keep apart."""
    return [part for part in re.split(r"\s{2,}", line.strip()) if part]


def _ways(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The cuts of words into known headings with different roles."""
    found: list[tuple[str, ...]] = []

    def go(at: int, texts: tuple[str, ...], roles: tuple[str, ...]) -> None:
        if len(found) > 200 or len(texts) > MOST:
            return
        if at == len(words):
            found.append(texts)
            return
        rest = len(words) - at
        for size in {*range(1, min(LONGEST_HEADING, rest) + 1), *([rest] if rest <= LONGEST_LAST else [])}:
            text = " ".join(words[at : at + size])
            role = _role(text) or (_loosely(text) if size == rest and len(texts) + 1 >= FEWEST else None)
            if role is not None and (role == "also" or role not in roles):
                go(at + size, (*texts, text), (*roles, role))

    go(0, (), ())
    yield from found


def _weight(header: Header, words: Sequence[str]) -> tuple[bool, int, int]:
    """How well a cut agrees with what plans print and with the capitals of the line: where headings go on in small letters,
    a capital begins the next; where every word has one, longer phrases are likelier."""
    small = any(word[:1].islower() for word in words)
    capitals = sum(1 for text in header.texts for word in text.split()[1:] if word[:1].isupper())
    plain_entry = bool({*header.roles} & {*ENTRIES})
    return (plain_entry, -capitals if small else 0, sum(len(text.split()) ** 2 for text in header.texts))


def _header(texts: list[str], roles: list[str], lines: int) -> Header | None:
    told = sum(1 for role in roles if role in TOLD)
    if not FEWEST <= len(texts) <= MOST or not told or not set(roles) & set(MAIN):
        return None
    return Header(tuple(texts), tuple(roles), lines)


def main_of(roles: Sequence[str]) -> int:
    """The column whose cell makes a row an entry."""
    return min((roles.index(role) for role in MAIN if role in roles), key=lambda n: MAIN.index(roles[n]))
