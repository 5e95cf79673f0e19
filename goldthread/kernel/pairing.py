"""Which entries of a newer issue are which of an older one: pure, so that it can be tested without a database.

Two entries are alike by their words, rare words counting more, with what stands around them (number, headings, lead, the
objective they belong to, their order) deciding between near-equals. Pairs are taken best first; what nothing is alike enough
to is new, or missing.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"[a-z0-9£%]+")

LEAST = 0.34
"""Under this likeness two entries are not taken for the same one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of either issue, as far as matching looks at it."""

    key: str
    kind: str
    text: str
    number: str = ""
    section: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    above: str = ""  # the words of the objective or recommendation it belongs to
    update: str = ""
    order: float = 0.0  # its place in its issue, 0 to 1


@dataclass(frozen=True, slots=True)
class Pair:
    """An old entry that stands again in the new issue, and how alike they are (0 to 1)."""

    old: str
    new: str
    score: float


@dataclass(slots=True)
class _Bag:
    entry: Entry
    words: Counter[str]
    weight: float = 0.0


def words_of(text: str) -> list[str]:
    """The words that likeness is counted in."""
    return _WORD.findall(text.lower())


def pair_up(old: Sequence[Entry], new: Sequence[Entry]) -> list[Pair]:
    """The pairs between two issues, best first; each entry stands in one pair at most, and only with its own kind.

    Cost grows with the number of entries that share a word which is not everywhere, not with the product of the sizes.
    """
    idf = _rarity([*old, *new])
    olds, news = [_Bag(e, Counter(words_of(e.text))) for e in old], [_Bag(e, Counter(words_of(e.text))) for e in new]
    for bag in (*olds, *news):
        bag.weight = sum(idf[word] * count for word, count in bag.words.items())
    where: dict[str, list[int]] = defaultdict(list)
    for index, bag in enumerate(olds):
        for word in bag.words:
            where[word].append(index)
    candidates = []
    for bag_index, bag in enumerate(news):
        for index in {index for word in bag.words for index in where.get(word, ()) if len(where[word]) <= 400}:
            if olds[index].entry.kind == bag.entry.kind:
                score = _likeness(olds[index], bag, idf)
                if score >= LEAST:
                    candidates.append((score + _around(olds[index].entry, bag.entry), score, index, bag_index))
    return _best_first(candidates, olds, news)


def _best_first(candidates: list[tuple[float, float, int, int]], olds: list[_Bag], news: list[_Bag]) -> list[Pair]:
    used_old: set[int] = set()
    used_new: set[int] = set()
    pairs = []
    for _, score, old, new in sorted(candidates, key=lambda item: (-item[0], item[2], item[3])):
        if old not in used_old and new not in used_new:
            used_old.add(old)
            used_new.add(new)
            pairs.append(Pair(olds[old].entry.key, news[new].entry.key, round(score, 4)))
    return pairs


def _rarity(entries: Sequence[Entry]) -> dict[str, float]:
    counts = Counter(word for entry in entries for word in set(words_of(entry.text)))
    return {word: math.log(1 + len(entries) / count) for word, count in counts.items()}


def _likeness(old: _Bag, new: _Bag, idf: dict[str, float]) -> float:
    total = old.weight + new.weight
    if not total:
        return 1.0
    return 2 * sum(idf[word] * count for word, count in (old.words & new.words).items()) / total


def _around(old: Entry, new: Entry) -> float:
    """What speaks for a pair besides its words; at most 0.35, so that it only decides between near-equals."""
    score = 0.0
    if old.number and old.number == new.number:
        score += 0.1
    if old.section and old.section == new.section:
        score += 0.05
    if set(old.leads) & set(new.leads):
        score += 0.05
    if old.above and new.above:
        a, b = set(words_of(old.above)), set(words_of(new.above))
        score += 0.1 * (2 * len(a & b) / ((len(a) + len(b)) or 1))
    return score + 0.05 * (1 - min(1.0, abs(old.order - new.order)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a comparison: ``how`` is same, taken out or put in."""

    how: str
    text: str


def word_difference(before: str, after: str) -> list[Piece]:
    """What changed between two wordings, word by word, in reading order."""
    a, b = before.split(), after.split()
    pieces: list[Piece] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(a[a0:a1])))
            continue
        if a1 > a0:
            pieces.append(Piece("taken out", " ".join(a[a0:a1])))
        if b1 > b0:
            pieces.append(Piece("put in", " ".join(b[b0:b1])))
    return pieces
