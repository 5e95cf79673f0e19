"""A text as a bag of what it speaks of: words, pairs of words, groups of like words, and fields of work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from goldthread.likeness.stems import stem
from goldthread.likeness.vocabulary import Vocabulary, vocabulary

_WORD = re.compile(r"[A-Za-z0-9£%]+(?:&[A-Za-z0-9]+)?(?:['’][A-Za-z]+)?")
_DEFINED = re.compile(r"((?:[A-Z][\w'’-]*[ ]+(?:(?:and|of|the|for|&)[ ]+)?){1,7})\(([A-Z][A-Za-z&]{1,7})s?\)")
_ASK = re.compile(r"(?<=[.;:?!])\s+|\s+[-–—]\s+")

LAYERS = {"word": 1.0, "alike": 0.8, "near": 0.3, "pair": 0.5}
"""What a feature of each layer counts beside a rare word."""

WEAK = 0.3
"""What a word counts that stands in almost every text of councils."""

SPELT_OUT = 0.5
"""What a word counts that only the spelling out of an abbreviation says."""


@dataclass(slots=True)
class Bag:
    """Feature → how often, and the words of the text that show it. A feature is "layer:what"."""

    counts: dict[str, float] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    length: float = 0.0

    def add(self, feature: str, words: Iterable[str], count: float = 1.0) -> None:
        """Count a feature once more."""
        self.counts[feature] = self.counts.get(feature, 0.0) + count
        self.shown.setdefault(feature, " ".join(dict.fromkeys(words)))


def definitions(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Abbreviations that the texts explain themselves: "Target Operating Model (TOM)" gives ("TOM", "Target Operating Model")."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _DEFINED.finditer(text):
            words, short = match.group(1).split(), match.group(2)
            for start in range(len(words)):
                if "".join(w[0] for w in words[start:] if w[0].isupper()).upper() == short.upper():
                    found.setdefault(short, " ".join(words[start:]))
                    break
    return tuple(sorted(found.items()))


def asks(text: str) -> list[str]:
    """The several things that one recommendation asks for: its sentences and the parts set off in them."""
    return [part for part in _ASK.split(text) if len(part) >= 12]


@lru_cache(maxsize=20_000)
def bag_of(text: str, defined: tuple[tuple[str, str], ...] = ()) -> Bag:
    """The bag of one text; ``defined`` are abbreviations that stand beside those of the vocabulary. Do not change it."""
    words = vocabulary()
    tokens = _without_furniture(_tokens(text, {**words.abbreviations, **dict(defined)}), words)
    bag = Bag()
    content = [one for one in tokens if one[0] not in words.stop and not one[0].isdigit()]
    for token, shown in content:
        spelt = stem(shown.lower().removesuffix("'s").replace("'", "")) == token
        bag.add(f"word:{token}", [shown], 1.0 if spelt else SPELT_OUT)
        bag.length += WEAK if token in words.weak else 1.0
    for (one, first), (two, second) in pairwise(content):
        bag.add(f"pair:{one} {two}", [first, second])
    for groups in (words.alike, words.near):
        _phrases(bag, tokens, groups, words)
    return bag


def _tokens(text: str, abbreviations: Mapping[str, str]) -> list[tuple[str, str]]:
    """(stem, printed words); each word that an abbreviation stands for shows as the abbreviation."""
    found = []
    for printed in _WORD.findall(text):
        whole = abbreviations.get(printed) or abbreviations.get(printed.removesuffix("s"))
        for word in _WORD.findall(whole) if whole else [printed]:
            plain = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
            found += [(stem(part), printed) for part in plain.split("&") if part]
    return found


def _without_furniture(tokens: list[tuple[str, str]], words: Vocabulary) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(tokens):
        size = _longest(tokens, at, words.furniture, words.longest)
        if not size:
            found.append(tokens[at])
        at += size or 1
    return found


def _longest(tokens: list[tuple[str, str]], at: int, phrases: Iterable[tuple[str, ...]], longest: int) -> int:
    """The size of the longest of the phrases that begins here, 0 for none."""
    known = phrases if isinstance(phrases, set | dict) else set(phrases)
    for size in range(min(longest, len(tokens) - at), 0, -1):
        if tuple(one for one, _ in tokens[at : at + size]) in known:
            return size
    return 0


def _phrases(
    bag: Bag, tokens: list[tuple[str, str]], groups: dict[tuple[str, ...], list[str]], words: Vocabulary
) -> None:
    at = 0
    while at < len(tokens):
        size = _longest(tokens, at, groups, words.longest)
        if size and not (size == 1 and tokens[at][0] in words.stop):
            for group in groups[tuple(one for one, _ in tokens[at : at + size])]:
                bag.add(group, [shown for _, shown in tokens[at : at + size]])
        at += size or 1


def together(parts: Iterable[tuple[Bag, float]]) -> Bag:
    """Several bags as one, each with the weight that it has in it; what is shown comes from the first that shows it."""
    found = Bag()
    for bag, weight in parts:
        found.length += bag.length * weight
        for feature, count in bag.counts.items():
            found.counts[feature] = found.counts.get(feature, 0.0) + count * weight
            found.shown.setdefault(feature, bag.shown[feature])
    return found


def worth(feature: str) -> float:
    """What a feature counts before its rarity: its layer, and less for what every text of a council says."""
    words = vocabulary()
    layer, _, what = feature.partition(":")
    base = LAYERS[layer]
    if layer in ("word", "pair"):
        for part in what.split():
            base *= WEAK if part in words.weak else 1.0
    return base * (WEAK if feature in words.light else 1.0)
