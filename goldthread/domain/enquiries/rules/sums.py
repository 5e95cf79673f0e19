"""LE04 and LE05: two figures for one thing, and rates that their own numbers contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead
from goldthread.domain.enquiries.rules.phrases import (
    NUMBER,
    Figure,
    Sentence,
    clauses,
    dates,
    figures,
    months_between,
    quote,
    sentences,
    stems,
)

# LE04 -------------------------------------------------------------------------------------------------------------

_PROGRESS = re.compile(
    r"\b(?:so far|to date|already|remaining|remain|left|further|additional|another|extra|"
    r"more than planned|of which|"
    r"increase[ds]?|decrease[ds]?|first|target|against|compared|previously|rose|"
    r"fell|up from|down from|instead of|out of|spent|saved|collected|received|recovered|delivered|achieved|secured|"
    r"prior|last year|over ?spen[dt]|under ?spen[dt]|variance|reduced|forecast outturn|outturn|actual\w*|average|each|"
    r"bids?)\b",
    re.I,
)


def two_figures(plan: PlanRead) -> Iterator[Enquiry]:
    """LE04: an action and its update, or two sentences of one update, give one thing two figures.

    One thing: the same unit, and words around both that tell it apart. A target beside what was reached, a part beside its
    whole, and figures of different years are two things.
    """
    for entry in plan.entries:
        told = list(_told(entry))
        found = [
            (likeness, one, other) for one, other in combinations(told, 2) if (likeness := _one_thing(one, other)) > 0
        ]
        if not found:
            continue
        _, one, other = max(found, key=lambda each: each[0])
        yield Enquiry(
            "LE04",
            entry.reference,
            f"Which figure is right, {one.figure.text} or {other.figure.text}, and what explains the difference?",
            f"{one.figure.text} and {other.figure.text} are printed for what reads as one thing.",
            (quote(entry, one.where, one.sentence), quote(entry, other.where, other.sentence)),
            0.82 if one.figure.sort == "money" else 0.72,
        )


class _Told:
    """A figure in its sentence, with the words that say what it is of."""

    def __init__(self, where: str, sentence: Sentence, figure: Figure) -> None:
        self.where, self.sentence, self.figure = where, sentence, figure
        begin, stop = next(
            ((one, two) for one, two in clauses(sentence.text) if one <= figure.begin < two), (0, len(sentence.text))
        )
        self.clause = sentence.text[begin:stop]
        left, right = sentence.text[begin : figure.begin], sentence.text[figure.stop : max(stop, figure.stop)]
        near = " ".join([*left.split()[-7:], *right.split()[:9]])
        if len(stems(near, generic=False)) < 2:  # a bare clause takes its words from the sentence
            near = " ".join([*sentence.text[: figure.begin].split()[-8:], *sentence.text[figure.stop :].split()[:10]])
        self.dated = bool(dates(sentence.text))
        self.topic, self.all = stems(near, generic=False), stems(near)
        self.next = stems(" ".join(sentence.text[figure.stop :].split()[:4]))
        subject = re.search(r"((?:[\w’'-]+\s+){1,3})(?:is|are|stands? at|totals?|amounts? to)\s*$", left, re.I)
        self.subject = stems(subject[1], generic=False) if subject else set()
        self.years = {
            (when.start.year, when.end.year) for when in dates(near) if when.sort in ("financial-year", "year")
        }


def _told(entry: Entry) -> Iterator[_Told]:
    for where, text in (("action", entry.text), ("objective", entry.objective), ("update", entry.update)):
        for sentence in sentences(text):
            for figure in figures(sentence.text):
                if figure.sort != "rank":
                    yield _Told(where, sentence, figure)


def _one_thing(one: _Told, other: _Told) -> float:
    """How alike the words around two differing figures are; 0 where they are figures of two things, or agree."""
    a, b = one.figure, other.figure
    if (one.where == other.where and one.sentence == other.sentence) or one.where == other.where != "update":
        return 0.0
    if a.sort != b.sort or a.per != b.per or _agree(a, b) or (a.sort == "count" and a.unit != b.unit):
        return 0.0
    if one.years and other.years and one.years != other.years:
        return 0.0
    if _progress(one) or _progress(other):
        return 0.0
    if any(_agree(a, c) for c in figures(other.sentence.text)) or any(_agree(b, c) for c in figures(one.sentence.text)):
        return 0.0  # the other sentence repeats the figure as well: they know of each other
    shared, topic = one.all & other.all, one.topic & other.topic
    smaller = min(len(one.all), len(other.all))
    if not smaller:
        return 0.0
    share, close = len(shared) / smaller, min(a.value, b.value) / max(a.value, b.value)
    named = one.next & other.next
    same_name = len(named) >= 2 and bool(named & topic)  # "levelling up grant" stands right after both
    if a.sort == "count":  # a count is of what stands after it: "55 units" in two places are two places' units
        many = not (_single(one) or _single(other))
        return max(share, 0.4) if many and (same_name or (len(topic - {a.unit}) >= 2 and share >= 0.5)) else 0.0
    said_of_one = bool(one.subject) and one.subject == other.subject and not (one.dated and other.dated)
    if said_of_one:
        return 0.5
    enough = share >= 0.5 and (len(shared) >= 3 or (len(shared) >= 2 and bool(topic)))
    near = close >= 0.95 or (bool(named) and close >= 0.8)
    of_one_year = bool(one.years) and one.years == other.years and near and a.sort == "money"
    return max(share, 0.4) if enough or of_one_year or (same_name and close >= 0.3) else 0.0


def _single(told: _Told) -> bool:
    """Whether the count describes one of several things: "a 55 unit building"."""
    return bool(re.search(r"\ban?\s+$", told.sentence.text[: told.figure.begin], re.I))


_COUNTED_SO_FAR = re.compile(
    r"^\s*(?:[\w’'-]+\s+){1,5}?(?:have|has|were|was|are)\s+(?:been\s+|now\s+|already\s+|so far\s+)*"
    r"(?!agreed|approved|planned|needed|required|granted|listed|identified|expected|proposed|presented|sent|noted|"
    r"explained|discussed|vacant)(?:\w+ed|met|built|begun|won|spent|in place|open)\b",
    re.I,
)


_YET_TO_BE = re.compile(
    r"\b(?:is|are|be|being)\s+(?:delivered|saved|spent|achieved|collected|recovered|received|secured)\b", re.I
)


def _progress(told: _Told) -> bool:
    """Whether a figure tells how far things have come, and not how much they are."""
    window = _YET_TO_BE.sub(" ", told.clause.replace(told.figure.text, " "))
    before, after = told.sentence.text[: told.figure.begin], told.sentence.text[told.figure.stop :]
    of_it = re.search(r"\b(?:for|of|with|to|in|on|all)\s+(?:the |our |all )*$", before, re.I)
    if told.figure.sort == "count" and not of_it and _COUNTED_SO_FAR.search(after):
        return True
    return bool(_PROGRESS.search(window))


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures can both be right: equal, or one is said to be rough, a least or a most."""
    if one.sort != other.sort:
        return False
    low, high = sorted((one, other), key=lambda figure: figure.value)
    if high.value == 0 or high.value - low.value <= 0.004 * high.value:
        return True
    near = (high.value - low.value) / high.value
    if "rough" in (one.manner, other.manner) and near <= 0.12:
        return True
    return (low.manner == "above" and near <= 0.4) or (high.manner == "below" and near <= 0.4)


# LE05 -------------------------------------------------------------------------------------------------------------

_PART_OF = re.compile(
    rf"(?P<part>{NUMBER})\s+(?:[\w’'/-]+\s+){{0,4}}?(?:out of|of|from)\s+(?:the\s+|all\s+|our\s+|a total of\s+|"
    rf"some\s+)*(?P<whole>{NUMBER})\b(?!\s?%)"
)
_WHOLE_AND_PART = re.compile(
    rf"(?P<whole>{NUMBER})\s+[a-z][\w’'-]*[^.;]{{0,60}}?\b(?:and|of which|of these|of whom|of them|"
    rf"with)\s+(?P<part>{NUMBER})\b(?!\s?%)"
)
_OF_WHOLE = re.compile(
    rf"\b[Oo]f\s+(?:the\s+|all\s+|our\s+)?(?P<whole>{NUMBER})\s+[a-z][^.;]{{0,70}}?,\s*(?P<part>{NUMBER})\b(?!\s?%)"
)
_FROM_TO = re.compile(rf"\bfrom\s+£?(?P<old>{NUMBER})[\w%]*\s+(?:[\w’'-]+\s+){{0,5}}?to\s+£?(?P<new>{NUMBER})")
_PERCENT = re.compile(rf"(?P<value>{NUMBER})\s?(?:%|per ?cent\b)", re.I)
_CHANGE = re.compile(
    r"\b(?:reduc\w+|fall\w*|fell|drop\w*|cut|decreas\w+|increas\w+|r[io]se\w*|gr[eo]w\w*|up|down|improv\w+|by)\b", re.I
)
_SHARE = re.compile(
    r"\b(?:rate|share|proportion|which is|that is|i\.e|equivalent|or|equal\w*|represent\w*|mak(?:es|ing)|"
    r"being)\b|\(|,\s*\d",
    re.I,
)
_RATE = re.compile(
    rf"(?P<value>{NUMBER})(?P<scale>k|m)?\s*(?:[A-Za-z-]+\s+){{0,2}}?(?:per|a|an|each|every)\s+(?P<unit>day|"
    rf"week|fortnight|month|quarter|year|annum)\b",
    re.I,
)
_RATE_NAMED = re.compile(
    rf"\b(?P<unit>daily|weekly|monthly|quarterly|yearly|annual)\s+(?:average|rate|total|figure)s?\s+(?:of|is|"
    rf"was)\s+(?:about\s+|around\s+|some\s+)?£?(?P<value>{NUMBER})",
    re.I,
)
_UNITS = {"day": 1 / 30.44, "week": 7 / 30.44, "fortnight": 14 / 30.44, "month": 1.0, "quarter": 3.0, "year": 12.0, "annum": 12.0,
          "daily": 1 / 30.44, "weekly": 7 / 30.44, "monthly": 1.0, "quarterly": 3.0, "yearly": 12.0, "annual": 12.0}  # fmt: skip
_WITHIN = re.compile(
    r"\b(?:over|in|during|across|within|for)\s+(?:the\s+)?(?:past|last|first|previous|latest|space of|course of)?\s*"
    r"(?P<n>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen)[- ](?P<unit>day|week|"
    r"month|year)s?\b",
    re.I,
)
_SPELLED = {
    word: n
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"eighteen": 18}
_SINCE = re.compile(
    r"\b(?:since|from|starting (?:in|on)|beginning (?:in|on))\s+(?:the\s+)?(?:start of\s+|beginning of\s+)?$", re.I
)
_MEAN = re.compile(
    rf"(?:average|mean|averaging|each|apiece)\s+(?:\w+\s+)?(?:of\s+)?(?:about\s+|around\s+)?£(?P<value>{NUMBER})|"
    rf"£(?P<each>{NUMBER})\s+(?:each|apiece|(?:per|a|for each)\s+[a-z]+)",
    re.I,
)
_ROUGHLY = re.compile(r"\b(?:about|around|approx\w*|circa|nearly|almost|roughly|some|over|more than)\s*£?$", re.I)


def rate_contradicted(plan: PlanRead) -> Iterator[Enquiry]:
    """LE05: a percentage, an average or a rate that does not follow from the numbers printed beside it."""
    for entry in plan.entries:
        for where, text in (("update", entry.update), ("action", entry.text)):
            found = next((each for s in sentences(text) if (each := _contradicted(s, text, plan.on, entry))), None)
            if found is not None:
                sentence, why, claimed, reckoned = found
                yield Enquiry(
                    "LE05",
                    entry.reference,
                    f"{claimed} is claimed; the numbers printed give about {reckoned}. Which is right?",
                    why,
                    (quote(entry, where, sentence),),
                    0.95,
                )
                break


_Wrong = tuple[Sentence, str, str, str]


def _contradicted(sentence: Sentence, whole: str, on: date, entry: Entry) -> _Wrong | None:
    for look in (_share, _change, _mean):
        wrong = look(sentence)
        if wrong is not None:
            return wrong
    return _over_time(sentence, whole, on)


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _share(sentence: Sentence) -> _Wrong | None:
    text = sentence.text
    percents = list(_PERCENT.finditer(text))
    match = _PART_OF.search(text) or _OF_WHOLE.search(text)
    if match is None and _SHARE.search(text):
        match = _WHOLE_AND_PART.search(text)
    if len(percents) != 1 or match is None or match.start() <= percents[0].start() < match.end():
        return None
    part, whole, claimed = _number(match["part"]), _number(match["whole"]), _number(percents[0]["value"])
    if not 0 < part < whole or whole < 3 or 1900 <= whole <= 2100:
        return None
    true = 100 * part / whole
    slack = 5 if _ROUGHLY.search(text[: percents[0].start()]) else 2
    if min(abs(claimed - true), abs(claimed - (100 - true))) <= slack or _CHANGE.search(
        text[max(0, percents[0].start() - 25) : percents[0].start()]
    ):
        return None
    said = percents[0][0]
    return sentence, f"{match['part']} of {match['whole']} is {true:.0f}%, and {said} is claimed.", said, f"{true:.0f}%"


def _change(sentence: Sentence) -> _Wrong | None:
    text = sentence.text
    percents = list(_PERCENT.finditer(text))
    match = _FROM_TO.search(text)
    if (
        len(percents) != 1
        or match is None
        or match.start() <= percents[0].start() < match.end()
        or not _CHANGE.search(text)
    ):
        return None
    old, new, claimed = _number(match["old"]), _number(match["new"]), _number(percents[0]["value"])
    if (
        old <= 0
        or old == new
        or (1900 <= old <= 2100 and 1900 <= new <= 2100)
        or text[match.end() : match.end() + 1] == "%"
    ):
        return None
    true = 100 * abs(new - old) / old
    slack = max(5.0, 0.12 * true) if _ROUGHLY.search(text[: percents[0].start()]) else 2
    if abs(claimed - true) <= slack or abs(claimed - 100 * new / old) <= slack:
        return None
    said = percents[0][0]
    return (
        sentence,
        f"From {match['old']} to {match['new']} is {true:.0f}%, and {said} is claimed.",
        said,
        f"{true:.0f}%",
    )


def _mean(sentence: Sentence) -> _Wrong | None:
    text = sentence.text
    match = _MEAN.search(text)
    if match is None:
        return None
    place = match.start("value") if match["value"] else match.start("each")
    claimed = _number(match["value"] or match["each"])
    sums = [f for f in figures(text) if f.sort == "money" and not f.begin <= place <= f.stop and f.value > claimed]
    counts = [f for f in figures(text) if f.sort == "count" and f.value > 1 and not f.per]
    if len(sums) != 1 or len(counts) != 1:
        return None
    true = sums[0].value / counts[0].value
    slack = 0.12 if _ROUGHLY.search(text[:place]) else 0.04
    if abs(claimed - true) <= slack * true:
        return None
    said, reckoned = f"£{claimed:,.0f} each", f"£{true:,.0f}"
    return (
        sentence,
        f"{sums[0].text} among {counts[0].text} is about {reckoned} each, and £{claimed:,.0f} is claimed.",
        said,
        reckoned,
    )


def _over_time(sentence: Sentence, whole: str, on: date) -> _Wrong | None:
    text = sentence.text
    rate = _RATE.search(text) or _RATE_NAMED.search(text)
    if rate is None:
        return None
    claimed, unit = _number(rate["value"]), rate["unit"].lower()
    span = _months_told(text, on)
    if span is None or claimed <= 0:
        return None
    low, high = span
    totals = [
        f for f in figures(text)
        if not rate.start() <= f.begin < rate.end() and f.sort in ("count", "money") and f.value > claimed and not f.per
        and not re.match(r"\s*[-\s](?:days?|weeks?|months?|years?)\b", text[f.stop :])
    ]  # fmt: skip
    if len(totals) != 1:
        return None
    slowest, fastest = totals[0].value / high * _UNITS[unit], totals[0].value / low * _UNITS[unit]
    slack = 0.18 if _ROUGHLY.search(text[: rate.start()]) else 0.1
    if slowest * (1 - slack) <= claimed <= fastest * (1 + slack):
        return None
    reckoned = (slowest + fastest) / 2
    told = f"{reckoned:,.0f} a {_SINGULAR.get(unit, unit)}"
    months = f"{(low + high) / 2:.0f} months" if high > 2.5 else f"{(low + high) / 2 * 30.44:.0f} days"
    return (
        sentence,
        f"{totals[0].text} in about {months} is about {told}, and {rate[0].strip()} is claimed.",
        rate[0].strip(),
        told,
    )


_SINGULAR = {
    "annum": "year",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annual": "year",
}


def _months_told(text: str, on: date) -> tuple[float, float] | None:
    """The months that a sentence speaks of, at least and at most; since a day runs to the plan's own day."""
    if (match := _WITHIN.search(text)) is not None:
        number = _SPELLED.get(match["n"].lower()) or int(match["n"]) if not match["n"].isdigit() else int(match["n"])
        months = number * _UNITS[match["unit"].lower()]
        return months * 0.97, months * 1.03
    told = [when for when in dates(text) if when.end <= on]
    if len(told) == 2 and re.search(r"\b(?:between|from)\b", text, re.I):
        months = months_between(told[0].start, told[1].end)
        return (max(months - 1, 0.5), months + 0.2) if months > 0.5 else None
    for when in told:
        if _SINCE.search(text[: when.begin]):
            months = months_between(when.start, on)
            return (max(months - 1.2, 0.5), months + 0.1) if months >= 2 else None
        if when.sort == "financial-year":
            return 11.8, 12.2
    running = [when for when in dates(text) if when.sort == "range" and when.end <= on]
    if running:
        months = months_between(running[0].start, running[0].end)
        return months * 0.97, months * 1.03
    return None
