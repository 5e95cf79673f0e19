"""LE05: percentages, averages and rates that their own numbers contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from goldthread.domain.enquiries.rules.changes import (
    TAKE_UP,
    Wrong,
    change_contradicted,
    counted_before,
    per_cent,
    share_contradicted,
)
from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead
from goldthread.domain.enquiries.rules.kinds import kind, words_of
from goldthread.domain.enquiries.rules.phrases import (
    NUMBER,
    SPELLED,
    Figure,
    Sentence,
    counts_in_words,
    dates,
    figures,
    months_between,
    names_a_span,
    quote,
    sentences,
    stems,
)

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
    rf"\b[Oo]f\s+(?:the\s+|all\s+|our\s+)?(?P<whole>{NUMBER})\s+[a-z][^.;\d]{{0,70}}?[,\s]\s*(?P<part>{NUMBER})\b(?!\s?%)"
)
_PERCENT = re.compile(rf"(?P<value>{NUMBER})\s?(?:%|per ?cent\b)", re.I)
_CHANGE = kind("LE05", "change")
_SHARE = re.compile(
    r"\b(?:rate|share|proportion|which is|that is|i\.e|equivalent|or|equal\w*|represent\w*|mak(?:es|ing)|"
    r"being)\b|\(|,\s*\d",
    re.I,
)
_RATE = re.compile(
    rf"(?P<value>{NUMBER}|{'|'.join(SPELLED)})(?P<scale>k|m)?\s*(?:[A-Za-z-]+\s+){{0,2}}?(?:per|a|an|each|every)\s+(?P<unit>day|"
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
        # "Since January" in an update runs to the day of that update, not to the newest day of the plan.
        printed = (("update", entry.update, entry.update_on or plan.on), ("action", entry.text, plan.on))
        for where, text, on in printed:
            said = sentences(text)
            found = next((each for s in _joined(text) if (each := _contradicted(s, text, on, entry))), None)
            found = found or share_contradicted(said) or counted_before(said) or _change_told_apart(said)
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


def _joined(text: str) -> Iterator[Sentence]:
    """Sentences; what a semicolon parts is read together here, since a rate often follows its numbers behind one."""
    parts = sentences(text)
    for at, part in enumerate(parts):
        last = at
        while parts[last].text.endswith(";") and last + 1 < len(parts):
            last += 1
        yield (
            part
            if last == at
            else Sentence(" ".join(p.text for p in parts[at : last + 1]), part.begin, parts[last].stop)
        )


def _contradicted(sentence: Sentence, whole: str, on: date, entry: Entry) -> Wrong | None:
    for look in (_share, change_contradicted, _mean, _beside):
        wrong = look(sentence)
        if wrong is not None:
            return wrong
    return _over_time(sentence, whole, on)


def _change_told_apart(said: tuple[Sentence, ...]) -> Wrong | None:
    """A change claimed in one sentence, whose two numbers stand in the next."""
    for one, other in pairwise(said):
        if stems(one.text, generic=False) & stems(other.text, generic=False):
            wrong = change_contradicted(one, other)
            if wrong is not None:
                return wrong
    return None


def _number(text: str) -> float:
    return float(SPELLED.get(text.casefold()) or text.replace(",", ""))


def _share(sentence: Sentence) -> Wrong | None:
    text = sentence.text
    percents = list(_PERCENT.finditer(text))
    match = _PART_OF.search(text) or _OF_WHOLE.search(text)
    if match is None and _SHARE.search(text):
        match = _WHOLE_AND_PART.search(text)
    if len(percents) != 1 or match is None or match.start() <= percents[0].start() < match.end():
        return None
    if _of_others(text, *percents[0].span()):
        return None
    part, whole, claimed = _number(match["part"]), _number(match["whole"]), _number(percents[0]["value"])
    if not 0 < part < whole or whole < 3 or 1900 <= whole <= 2100:
        return None
    true = 100 * part / whole
    slack = 5 if _ROUGHLY.search(text[: percents[0].start()]) else 2
    if _follows(claimed, true, slack, text) or (
        _CHANGE.search(TAKE_UP.sub(" ", text[max(0, percents[0].start() - 25) : percents[0].start()]))
        and not re.search(r"\b(?:to|at)\s+(?:\w+\s+)?$", text[: percents[0].start()])
    ):
        return None
    said = percents[0][0]
    return sentence, f"{match['part']} of {match['whole']} is {true:.0f}%, and {said} is claimed.", said, f"{true:.0f}%"


_REST = kind("LE05", "rest")


def _follows(claimed: float, true: float, slack: float, text: str) -> bool:
    """Whether a share follows from its numbers: as it is, or as that of the rest where the sentence speaks of one."""
    return abs(claimed - true) <= slack or (abs(claimed - (100 - true)) <= slack and bool(_REST.search(text)))


_FRACTION = re.compile(
    r"\b(?P<many>(?:a|one|two|three|four)[- ])?(?P<part>half|thirds?|quarters?|fifths?|tenths?)\b(?=\s+of\b|\s*[,.;)]|$)",
    re.I,
)
_BESIDE = re.compile(
    rf"(?:[(:,;–—-]|\b{words_of('LE05', 'that_is')})\s*(?:an?\s+|the\s+)?(?:[\w’'-]+\s+){{0,4}}$", re.I
)
_OTHER_RATE = kind("LE05", "other_rate")
_GONE_FROM = re.compile(
    r"\bfrom\b.*\bto\b|\b(?:fell|falls?|fallen|rose|risen|rises?|grew|dropped|reduced|increased|decreased|cut)\b", re.I
)


def _of_others(text: str, begin: int, stop: int) -> bool:
    """Whether a share is said to be of things that the sentence has not counted: "24 of 30 homes, and 92% of residents"."""
    after = re.match(r"\s*of\s+(?:(?:the|all|our|its|these|those)\s+)*([A-Za-z][\w’'-]+)", text[stop:])
    return (
        after is not None
        and begin > 0
        and bool(stems(after[1]))
        and not stems(after[1]) & stems(text[:begin])
        and bool(re.search(r"\b(?:and|while|but|whereas|with)\s+(?:\w+\s+)?$", text[:begin], re.I))
    )


def _claims(text: str) -> list[tuple[float, int, int, str]]:
    """The shares that a sentence claims, in figures or in words: (per cent, from, to, words)."""
    found = [(_number(match["value"]), match.start(), match.end(), match[0]) for match in _PERCENT.finditer(text)]
    for match in _FRACTION.finditer(text):
        share = per_cent(match["part"], match["many"])
        if share is not None and share < 100:
            found.append((share, match.start(), match.end(), match[0].strip()))
    return found


def _beside(sentence: Sentence) -> Wrong | None:
    """A share set beside two numbers of one sort that it does not follow from, however the sentence turns them."""
    text = sentence.text
    claims = _claims(text)
    if len(claims) != 1 or _GONE_FROM.search(text):
        return None
    claimed, begin, stop, said = claims[0]
    numbers = _pair(text, begin)
    if (
        numbers is None
        or _of_others(text, begin, stop)
        or _OTHER_RATE.search(text[:begin].rpartition("(")[2][-45:])
        or _CHANGE_BEFORE.search(text[:begin])
    ):
        return None
    first = begin < min(each.begin for each in numbers)  # "half of the 24 schools (16)", "90% of staff (820 of 1,000)"
    if not (re.search(r"[(:–—]\s*£?\d", text[stop:]) if first else _BESIDE.search(text[:begin])):
        return None
    part, whole = sorted(numbers, key=lambda figure: figure.value)
    true = 100 * part.value / whole.value
    slack = 5 if _ROUGHLY.search(text[:begin]) or not said[0].isdigit() else 2
    if _follows(claimed, true, slack, text):
        return None
    return sentence, f"{part.text} of {whole.text} is {true:.0f}%, and {said} is claimed.", said, f"{true:.0f}%"


_CHANGE_BEFORE = re.compile(
    r"\b(?:reduction|fall|drop|cut|decrease|increase|rise|growth|improvement|saving)\s+(?:of\s+)?(?:\w+\s+)?$|"
    r"\bby\s+(?:\w+\s+)?$",
    re.I,
)


def _pair(text: str, begin: int) -> tuple[Figure, Figure] | None:
    """The two numbers of one sort and of no span of time that a sentence holds; None where there are more or fewer."""
    told = [f for f in (*figures(text), *counts_in_words(text)) if not f.per and f.sort in ("count", "money")]
    told = [f for f in told if not re.match(r"(?:day|week|month|year|hour|minut)", f.unit) and f.begin != begin]
    if any(re.match(r"[-\s](?:working|calendar)\s+(?:days?|hours?)", text[f.stop :]) for f in told):
        told = [f for f in told if not re.match(r"[-\s](?:working|calendar)\s", text[f.stop :])]
    if (
        len(told) != 2
        or told[0].sort != told[1].sort
        or told[0].value == told[1].value
        or min(f.value for f in told) <= 0
    ):
        return None
    return told[0], told[1]


def _mean(sentence: Sentence) -> Wrong | None:
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


def _over_time(sentence: Sentence, whole: str, on: date) -> Wrong | None:
    text = sentence.text
    rate = (_RATE.search(text) or _RATE_NAMED.search(text)) if names_a_span(text) else None
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
