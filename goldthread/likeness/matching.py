"""Which texts speak of the same thing, best first, with the words that show it. Pure, without a model: see decision 0017."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from goldthread.likeness.bags import WEAK, Bag, asks, bag_of, definitions, together, worth

TITLE, THEME, BEFORE, PARTS = 1.5, 0.4, 0.3, 0.6
"""What the title of a text, the heading over it, the sentence before it and what belongs to it count beside its words."""

ONE_ASK = 0.5
"""What the best single ask of a text counts beside the text as a whole."""

SATURATION, LENGTH = 1.2, 0.6
"""BM25's two constants: how soon a word said again stops counting, and how much long texts are held back."""

CERTAIN, CLEAR, NEAREST, STRONG = 0.28, 1.8, 3, 2
"""A match is certain from this likeness on, so many times ahead of the next of its group, among the nearest so many, and
with so many strong things in common."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to compare. ``group`` is the document it stands in, ``before`` what is printed before it under its theme."""

    key: str
    text: str
    title: str = ""
    theme: str = ""
    before: str = ""
    parts: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Two texts that speak of the same thing. ``score`` 0 to 1; ``why`` in words; ``shared`` the printed words of both."""

    asked: str
    offered: str
    score: float
    certain: bool
    why: str
    shared: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Asked:
    text: Text
    whole: Bag
    each: list[Bag]
    norm: float = 1.0


class Likeness:
    """Compares texts. What is rare is learnt from all texts given and from a ``background`` of others."""

    def __init__(self, asked: Sequence[Text], offered: Sequence[Text], background: Sequence[str] = ()) -> None:
        self._defined = definitions(part for one in (*asked, *offered) for part in (one.title, one.text, *one.parts))
        self._asked = [self._question(one) for one in asked]
        self._offered = [(one, _document(one, self._defined)) for one in offered]
        bags = [one.whole for one in self._asked] + [bag for _, bag in self._offered]
        bags += [bag_of(text, self._defined) for text in background]
        self._rarity = _rarity(bags)
        self._mean = sum(bag.length for _, bag in self._offered) / len(self._offered) if self._offered else 1.0
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        wanted = {feature for one in self._asked for feature in one.whole.counts}
        sizes = []
        for index, (_, bag) in enumerate(self._offered):
            weights = self._weights(bag)
            sizes.append(sum(_often(count) * weights[feature] for feature, count in bag.counts.items()))
            for feature in weights.keys() & wanted:
                self._postings[feature].append((index, weights[feature]))
        for one in self._asked:
            own = self._weights(one.whole)
            one.norm = math.sqrt(sum(_often(n) * own[f] for f, n in one.whole.counts.items()) or 1.0)
        usual = (sum(sizes) / len(sizes) if sizes else 1.0) or 1.0
        self._sizes = [usual**0.25 * (size + 0.1 * usual) ** 0.25 for size in sizes]

    def _question(self, one: Text) -> _Asked:
        bags = [(bag_of(one.title, self._defined), TITLE), (bag_of(one.text, self._defined), 1.0)]
        bags += [(bag_of(part, self._defined), PARTS) for part in one.parts]
        bags.append((bag_of(one.theme, self._defined), THEME / 2))
        said = [part for words in (one.title, one.text) for part in asks(words)]
        return _Asked(one, together(bags), [bag_of(part, self._defined) for part in said])

    def _weights(self, bag: Bag) -> dict[str, float]:
        """What each feature of a text counts when it is asked for (BM25)."""
        held = SATURATION * (1 - LENGTH + LENGTH * bag.length / (self._mean or 1.0))
        return {
            feature: self._rarity[feature] * count * (SATURATION + 1) / (count + held)
            for feature, count in bag.counts.items()
        }

    def _found(self, bag: Bag) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for feature, count in bag.counts.items():
            often = _often(count)
            for index, value in self._postings.get(feature, ()):
                scores[index] += often * value
        return scores

    def matches(self, most: int = 25, only: Collection[str] | None = None) -> list[Match]:
        """The ``most`` likest offered texts of each asked one, all together, best first; nothing in common is no match.

        ``only`` keeps those of some offered texts, judged among all.
        """
        table: list[dict[int, float]] = []
        for one in self._asked:
            scores = self._found(one.whole)
            best: dict[int, float] = defaultdict(float)
            for part in one.each:
                for index, value in self._found(part).items():
                    best[index] = max(best[index], value)
            table.append({i: (s + ONE_ASK * best[i]) / one.norm / self._sizes[i] for i, s in scores.items()})
        rivals = self._rivals(table)
        found = []
        for row, (one, scores) in enumerate(zip(self._asked, table, strict=True)):
            order = sorted(scores, key=lambda i: (-scores[i], i))
            order = order if only is not None else order[:most]
            for place, index in enumerate(order):
                key = self._offered[index][0].key
                if key != one.text.key and (only is None or key in only):
                    clear = self._clear(row, index, table, rivals)
                    found.append(self._match(one, index, scores[index], clear=clear and place < NEAREST))
        return sorted(found, key=lambda match: (-match.score, match.asked, match.offered))

    def _rivals(self, table: list[dict[int, float]]) -> dict[tuple[str, int], list[tuple[float, int]]]:
        """(group of the asked, offered) → the two best asked of that group, best first."""
        found: dict[tuple[str, int], list[tuple[float, int]]] = defaultdict(list)
        for row, (one, scores) in enumerate(zip(self._asked, table, strict=True)):
            for index, score in scores.items():
                pair = found[one.text.group, index]
                pair.append((score, row))
                if len(pair) > 2:
                    pair.remove(min(pair))
        return found

    def _clear(
        self,
        row: int,
        index: int,
        table: list[dict[int, float]],
        rivals: dict[tuple[str, int], list[tuple[float, int]]],
    ) -> bool:
        others = [s for s, other in rivals[self._asked[row].text.group, index] if other != row]
        return table[row][index] >= CLEAR * max(others, default=0.0)

    def _by_itself(self, one: _Asked, own: Bag) -> float:
        """What a text scores by its own words, without the heading over it and the sentence before it."""
        weights = self._weights(own)
        return sum(_often(count) * weights.get(feature, 0.0) for feature, count in one.whole.counts.items())

    def _match(self, one: _Asked, index: int, score: float, *, clear: bool) -> Match:
        text, _ = self._offered[index]
        # What shows a match is in the words of both themselves, not in the heading that they stand under.
        own = together([(bag_of(words, self._defined), 1.0) for words in (text.text, text.title, *text.parts)])
        asked = together(
            [(bag_of(words, self._defined), 1.0) for words in (one.text.title, one.text.text, *one.text.parts)]
        )
        shared = sorted(
            (f for f in asked.counts.keys() & own.counts.keys() if not f.startswith("near:")),
            key=lambda f: (-self._rarity[f] * asked.shown[f].count(" "), -self._rarity[f], f),
        )
        strong = [f for f in shared if worth(f) > WEAK and not f.startswith("pair:")]
        certain = clear and _things(strong, shared) >= STRONG
        certain = certain and self._by_itself(one, own) / one.norm / self._sizes[index] >= CERTAIN
        pairs = _shown(shared, asked, own)
        return Match(one.text.key, text.key, round(score / (score + 1), 4), certain, _why(pairs), pairs)


@lru_cache(maxsize=8192)
def _document(one: Text, defined: tuple[tuple[str, str], ...]) -> Bag:
    """An offered text as one bag; kept, because the same ones are offered for every recommendation."""
    bags = [(bag_of(one.text, defined), 1.0), (bag_of(one.title, defined), 1.0)]
    bags += [(bag_of(part, defined), PARTS) for part in one.parts]
    bags += [(bag_of(one.theme, defined), THEME), (bag_of(one.before, defined), BEFORE)]
    return together(bags)


def _things(strong: Sequence[str], shared: Sequence[str]) -> int:
    """How many different things two texts share: words that stand side by side in both ("internal audit") are one."""
    words = [f.partition(":")[2] for f in strong if f.startswith("word:")]
    joined = {two for f in shared if f.startswith("pair:") for two in f.partition(":")[2].split()[1:]}
    groups = [f for f in strong if f.startswith("alike:")]
    return max(len([word for word in words if word not in joined]), len(groups))


def _often(count: float) -> float:
    return count * (SATURATION + 1) / (count + SATURATION)


def _rarity(bags: Sequence[Bag]) -> dict[str, float]:
    """How much each feature says: the rarer among the texts the more."""
    counts = Counter(feature for bag in bags for feature in bag.counts)
    many = len(bags) + 10
    return {f: worth(f) * math.log(1 + (many - n + 0.5) / (n + 0.5)) for f, n in counts.items()}


def _shown(shared: Sequence[str], asked: Bag, own: Bag) -> tuple[tuple[str, str], ...]:
    """The printed words of both texts that show the likeness, the most telling first; each printed word once."""
    found: list[tuple[str, str]] = []
    said: set[str] = set()
    for feature in shared:
        if worth(feature) <= WEAK:
            continue
        pair = (asked.shown[feature], own.shown[feature])
        if not any(word.lower() in said for part in pair for word in part.split()):
            found.append(pair)
        said |= {word.lower() for part in pair for word in part.split()}
    return tuple(found[:6])


def _why(pairs: Sequence[tuple[str, str]]) -> str:
    same = [a for a, b in pairs if a.lower() == b.lower()]
    alike = [f"“{a}” and “{b}”" for a, b in pairs if a.lower() != b.lower()]
    parts = []
    if same:
        parts.append("both say " + ", ".join(f"“{word}”" for word in same))
    if alike:
        parts.append("alike: " + ", ".join(alike))
    return "; ".join(parts) or "the same field of work"
