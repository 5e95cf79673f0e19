"""LE05, what it reads: claims of a change ("halved", "down 30%") and of a share ("nine in ten"), and the two numbers of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from goldthread.domain.enquiries.rules.kinds import kind, words_of
from goldthread.domain.enquiries.rules.phrases import NUMBER, SPELLED, Figure, Sentence, counts_in_words, figures, stems

Wrong = tuple[Sentence, str, str, str]
"""What is wrong: the sentence, why, what is claimed, and what its numbers give."""

_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_MANY = {"two": 2, "three": 3, "four": 4, "nine": 9, "seven": 7}
_WORDED = r"(?:(?P<many>an?|one|two|three|four|seven|nine)[- ])?(?P<part>half|thirds?|quarters?|fifths?|tenths?)\b"
_AMOUNT = rf"(?:(?P<value>{NUMBER})\s?(?:%|per ?cent\b)|{_WORDED})"
_ROUGH = "about|around|nearly|almost|over|more than|just over|just under|well over|roughly|approximately|at least|less than|under"
_SOFT = rf"(?P<soft>(?:(?:by|of|some|an?(?= \d)|overall|{_ROUGH})\s+)*)"
_WAY = rf"(?:(?P<down>{words_of('LE05', 'down')})|(?P<up>{words_of('LE05', 'up')})|{words_of('LE05', 'either_way')})"
_CHANGED = (
    re.compile(rf"\b{_WAY}\s+(?:\w+ly\s+)?{_SOFT}{_AMOUNT}", re.I),
    re.compile(rf"\b{_SOFT}{_AMOUNT}\s+(?:[\w-]+\s+)?{_WAY}\b", re.I),
    re.compile(rf"\b{_WAY}(?:\s+(?!from\b|to\b)[\w’'-]+){{1,8}}?\s+by\s+{_SOFT}{_AMOUNT}", re.I),
)
_MANIFOLD = re.compile(
    r"\b(?P<soft>(?:more than |over |nearly |almost |about |roughly |just )*)"
    r"(?P<said>halved|doubled|trebled|tripled|quadrupled)\b",
    re.I,
)
_TIMES = {"halved": -50.0, "doubled": 100.0, "trebled": 200.0, "tripled": 200.0, "quadrupled": 300.0}
TAKE_UP = re.compile(r"\b(?:take|start|sign|set|follow|check|catch|back)[- ]?up\b|\bup to date\b", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: per cent, the way it went (1 up, -1 down, 0 not said), how surely, and where it stands."""

    value: float
    way: int
    soft: str
    begin: int
    stop: int
    said: str


def _soft(words: str) -> str:
    said = words.casefold()
    if re.search(r"more than|over|at least", said):
        return "above"
    if re.search(r"less than|under", said):
        return "below"
    return "rough" if re.search(r"about|around|nearly|almost|some|roughly|approx", said) else ""


def _value(match: re.Match[str]) -> float | None:
    if match["value"]:
        return float(match["value"].replace(",", ""))
    return per_cent(match["part"], match["many"])


def per_cent(part: str, many: str | None) -> float | None:
    """A fraction in words as per cent: ("quarters", "three-") is 75; None for "quarter" alone, which may be of a year."""
    said = part.casefold().rstrip("s")
    if not many and said != "half":
        return None
    return _MANY.get((many or "a").casefold().rstrip("- "), 1) * _PARTS[said]


_ANY_CLAIM = re.compile(
    r"%|per ?cent|\bhal[fv]|third|quarter|fifth|tenth|doubled|trebled|tripled|quadrupled|"
    r"\b(?:in|out of)(?: every)? (?:three|four|five|ten|10|100|a hundred)\b",
    re.I,
)
"""Without one of these a sentence claims neither a change nor a share; looked for first because it is cheap."""


@lru_cache(maxsize=4096)
def changes_claimed(text: str) -> tuple[Claim, ...]:
    """The changes that a sentence claims, each once."""
    if not _ANY_CLAIM.search(text):
        return ()
    plain = TAKE_UP.sub(lambda match: "·" * len(match[0]), text)
    found: dict[int, Claim] = {}
    for pattern in _CHANGED:
        for match in pattern.finditer(plain):
            value = _value(match)
            place = match.start("value") if match["value"] else match.start("part")
            if value is not None and re.match(r"\s*(?:points?|of (?!th))", plain[match.end() :]) is None:
                way = -1 if match["down"] else 1 if match["up"] else 0
                soft = _soft(match["soft"]) or ("" if match["value"] else "worded")
                found.setdefault(place, Claim(value, way, soft, match.start(), match.end(), match[0].strip()))
    for match in _MANIFOLD.finditer(plain):
        value = _TIMES[match["said"].casefold()]
        soft = _soft(match["soft"]) or "worded"
        found[match.start()] = Claim(
            abs(value), 1 if value > 0 else -1, soft, match.start(), match.end(), match[0].strip()
        )
    return tuple(found.values())


def _numbers(text: str, leave_out: tuple[int, int]) -> list[Figure]:
    """The counts and sums of a sentence outside a claim; "15 of the 20" is left in, ranks and percentages are not."""
    told = [f for f in (*figures(text), *counts_in_words(text)) if f.sort in ("count", "money") and f.value > 0]
    told = [f for f in told if not leave_out[0] <= f.begin < leave_out[1]]
    spans = [f for f in told if re.match(r"(?:day|week|month|year|hour|minut)", f.unit)]
    return sorted(told if len(told) == 2 else [f for f in told if f not in spans], key=lambda f: f.begin)


_THEN_BEFORE = re.compile(rf"\b{words_of('LE05', 'then_before')}\W*(?:£\s?)?$", re.I)
_THEN_AFTER = re.compile(rf"^[\w%]*\W+(?:[\w’'-]+\s+){{0,4}}?{words_of('LE05', 'then_after')}\b", re.I)
_NOW_BEFORE = re.compile(rf"\b{words_of('LE05', 'now_before')}\W*(?:£\s?)?$", re.I)
_NOW_AFTER = re.compile(rf"^[\w%]*\W+(?:[\w’'-]+\s+){{0,4}}?{words_of('LE05', 'now_after')}\b", re.I)


def _old_and_new(text: str, pair: list[Figure]) -> tuple[Figure, Figure, bool]:
    """Which of two numbers is the older one, and whether the words say so."""
    one, other = pair
    between = text[one.stop : other.begin]
    if re.search(r"\bfrom\s+(?:\w+\s+){0,2}£?$", text[: one.begin], re.I) and re.search(r"\bto\b", between):
        return one, other, True

    def age(figure: Figure, before: str, after: str) -> int:
        old = bool(_THEN_BEFORE.search(before)) or bool(_THEN_AFTER.match(after))
        new = bool(_NOW_BEFORE.search(before)) or bool(_NOW_AFTER.match(after))
        return int(new) - int(old)

    first = age(one, text[: one.begin], between)
    second = age(other, between, text[other.stop :])
    if first == second:
        return one, other, False
    return (one, other, True) if first < second else (other, one, True)


def change_contradicted(sentence: Sentence, numbers_in: Sentence | None = None) -> Wrong | None:
    """A claimed change that the two numbers beside it do not give, or that went the other way."""
    claims = changes_claimed(sentence.text)
    if len(claims) != 1:
        return None
    claim, where = claims[0], numbers_in or sentence
    pair = _numbers(where.text, (claim.begin, claim.stop) if where is sentence else (-1, -1))
    if len(pair) != 2 or pair[0].sort != pair[1].sort or pair[0].value == pair[1].value:
        return None
    if len({f.unit for f in pair if f.unit}) > 1 or len({f.per for f in pair if f.per}) > 1:
        return None
    old, new, told = _old_and_new(where.text, pair)
    if not told and (where is not sentence or not _SET_BESIDE.search(where.text[pair[0].stop : pair[1].begin])):
        return None
    true = 100 * (new.value - old.value) / old.value
    back = 100 * (old.value - new.value) / new.value
    if _change_fits(claim, true) or (not told and _change_fits(claim, back)):
        return None
    why = f"From {old.text} to {new.text} is {'up' if true > 0 else 'down'} {abs(true):.0f}%, and “{claim.said}” is claimed."
    return sentence, why, claim.said, f"{'+' if true > 0 else '−'}{abs(true):.0f}%"


_SET_BESIDE = re.compile(r"\b(?:to|against|compared|from|and|last|vs|versus)\b|\(|→|[-–]>", re.I)


def _change_fits(claim: Claim, true: float) -> bool:
    if claim.way and claim.way * true < 0:
        return False
    if claim.soft == "worded":  # "halved", "by a third": no more exact than that
        return abs(claim.value - abs(true)) <= max(5.0, 0.2 * claim.value)
    return _fits(claim.value, claim.soft, abs(true))


def _fits(value: float, soft: str, true: float) -> bool:
    if soft == "above":
        return value * 0.98 - 1 <= true
    if soft == "below":
        return true <= value * 1.02 + 1
    slack = {"rough": max(5.0, 0.12 * true), "worded": 5.0}.get(soft, max(2.0, 0.03 * true))
    return abs(value - true) <= slack


# A share ----------------------------------------------------------------------------------------------------------

_IN_TEN = re.compile(
    r"\b(?P<n>one|two|three|four|five|six|seven|eight|nine|\d{1,2}) (?:out of|in)(?: every)? "
    r"(?P<m>three|four|five|ten|10|100|a hundred)\b"
    r"(?! (?:days?|weeks?|months?|years?|minutes?|hours?|working))",
    re.I,
)


def share_contradicted(said: tuple[Sentence, ...]) -> Wrong | None:
    """A share in one sentence that the part and the whole of the next, or of the one before, do not give."""
    for at, sentence in enumerate(said):
        claims = shares_claimed(sentence.text)
        if len(claims) != 1 or kind("LE05", "other_rate").search(sentence.text):
            continue
        claim = claims[0]
        for where in (sentence, *said[at + 1 : at + 2], *said[max(0, at - 1) : at]):
            pair = _part_and_whole(where.text, (claim.begin, claim.stop) if where is sentence else (-1, -1))
            if pair is None or (where is not sentence and (shares_claimed(where.text) or not _of_one(sentence, where))):
                continue
            wrong = _share_wrong(sentence, claim, *pair, sentence.text + where.text)
            if wrong is not None:
                return wrong
    return None


def _share_wrong(sentence: Sentence, claim: Claim, part: Figure, whole: Figure, said: str) -> Wrong | None:
    """What is wrong with a share of two numbers; None where it follows from them, or is that of the rest spoken of."""
    true = 100 * part.value / whole.value
    rest = bool(kind("LE05", "rest").search(said))
    if _fits(claim.value, claim.soft, true) or (rest and _fits(claim.value, claim.soft, 100 - true)):
        return None
    why = f"{part.text} of {whole.text} is {true:.0f}%, and “{claim.said}” is claimed."
    return sentence, why, claim.said, f"{true:.0f}%"


def _of_one(one: Sentence, other: Sentence) -> bool:
    return bool(stems(one.text, generic=False) & stems(other.text, generic=False))


_SHARE = re.compile(rf"(?P<soft>(?:(?:{_ROUGH})\s+)*){_AMOUNT}", re.I)


@lru_cache(maxsize=4096)
def shares_claimed(text: str) -> tuple[Claim, ...]:
    """The shares that a sentence claims: per cents, fractions and so many in ten; changes are none."""
    if not _ANY_CLAIM.search(text):
        return ()
    changes = [(claim.begin, claim.stop) for claim in changes_claimed(text)]
    found = []
    for match in _SHARE.finditer(text):
        value = _value(match)
        after = text[match.end() :]
        if value is None or (match["part"] and not re.match(r"\s+of\b|\s*[,.;:)]|\s*$", after)):
            continue
        soft = _soft(match["soft"]) or ("" if match["value"] else "worded")
        found.append(Claim(value, 0, soft, match.start(), match.end(), match[0].strip()))
    for match in _IN_TEN.finditer(text):
        n, m = (
            float(SPELLED.get(x.casefold(), 0) or {"a hundred": 100}.get(x.casefold(), 0) or x) for x in match.groups()
        )
        if n < m:
            found.append(Claim(100 * n / m, 0, "worded", match.start(), match.end(), match[0]))
    return tuple(each for each in found if not any(begin <= each.begin < stop for begin, stop in changes))


def _part_and_whole(text: str, leave_out: tuple[int, int]) -> tuple[Figure, Figure] | None:
    """The only two numbers of a sentence, the first said to be a part of the second."""
    numbers = [f for f in _numbers(text, leave_out) if not f.per]
    if not numbers or len(numbers) > 2:
        return None
    if len(numbers) == 1:  # "eleven of the 40": a word before "of" is no count by itself
        match = re.search(
            rf"\b({'|'.join(SPELLED)})\s+(?:out\s+)?of\s+(?:the\s+|our\s+|all\s+)*$", text[: numbers[0].begin], re.I
        )
        if match is None or leave_out[0] <= match.start() < leave_out[1]:
            return None
        part = Figure("count", SPELLED[match[1].casefold()], match.start(), match.end(1), match[1])
        return (part, numbers[0]) if part.value < numbers[0].value else None
    part, whole = numbers
    between = text[part.stop : whole.begin]
    if part.sort != whole.sort or part.value >= whole.value or not _OF.search(between):
        return None
    return part, whole


_OF = re.compile(r"\b(?:of|out of|among|from)\s+(?:(?:the|all|our|a total of|some|those|a)\s+)*£?\s?$", re.I)
_ANAPHOR = re.compile(
    r"^\W*(?:that|this|which|the|a|it)\b(?:\s+[\w’'-]+){0,4}?\s+"
    r"(?:rate|share|proportion|percentage|return|level|is|means|makes)\b",
    re.I,
)


def counted_before(said: tuple[Sentence, ...]) -> Wrong | None:
    """A share whose whole, or whose both numbers, stand in sentences before it: "There were 160. 104 were answered (78%)"."""
    for at, sentence in enumerate(said):
        claims = shares_claimed(sentence.text)
        if not at or len(claims) != 1 or kind("LE05", "other_rate").search(sentence.text):
            continue
        claim = claims[0]
        here = _numbers(sentence.text, (claim.begin, claim.stop))
        before = [(s, f) for s in said[max(0, at - 3) : at] for f in _numbers(s.text, (-1, -1)) if not f.per]
        if len(here) == 1 and here[0].sort == "count" and _UNNAMED.match(sentence.text[here[0].stop :]):
            part, wholes = here[0], [f for _, f in before if f.sort == "count" and f.unit]
        elif not here and _ANAPHOR.match(sentence.text) and len(before) == 2:
            part, wholes = (
                min((f for _, f in before), key=lambda f: f.value),
                [max((f for _, f in before), key=lambda f: f.value)],
            )
        else:
            continue
        if len(wholes) != 1 or wholes[0].value <= part.value or wholes[0].sort != part.sort:
            continue
        wrong = _share_wrong(sentence, claim, part, wholes[0], sentence.text)
        if wrong is not None:
            return wrong
    return None


_UNNAMED = re.compile(r"\s*(?:of (?:them|these|those)\b|(?:were|was|have|has|had|are|is)\b|\w+ed\b)", re.I)
