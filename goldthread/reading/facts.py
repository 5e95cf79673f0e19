"""Facts inside texts: sums of money, percentages, counts, dates and deadlines, each with its words and their place.

A fact keeps what is printed beside what is concluded: ``text`` is the exact phrase, ``chars`` its place in the field named
by ``in``, ``value`` the number (pounds, per cent, count) or the period in ISO form. ``role`` says what a figure is for
(target, actual, baseline, forecast) where words nearby say so; ``qualifier`` repeats "over", "around", "up to".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from goldthread.kernel.money import find_money
from goldthread.kernel.timescales import FoundDate, find_dates
from goldthread.reading.reading import Reading, ReadRecord

FIELDS = ("text", "update", "key_risk", "timescale", "completed", "success_criteria", "response")
"""Where facts are looked for; headings and repeated objectives are not."""

_QUALIFIER = (
    r"(?P<qualifier>in the region of|more than|less than|at least|at most|no more than|up to|over|under|around|about|"
    r"approximately|approx\.?|circa|c\.|nearly|almost|some|an average of|on average|average)"
)
_BEFORE = re.compile(rf"(?:\b{_QUALIFIER}\s+(?:a\s+|the\s+)?)$", re.IGNORECASE)
_PERCENT = re.compile(r"(?<![\w.])(?P<value>\d{1,3}(?:\.\d{1,2})?)\s?(?:%|per ?cent\b)")
_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_SMALL = {word: number for number, word in enumerate(_WORDS, 1)}
# A pattern of many words tries each of them at every word, unless it looks at the first letter before: (?=[…]) below.
_INITIAL = f"(?=[{''.join(sorted({word[0] for word in _WORDS}))}])"
_COUNT = re.compile(
    r"(?<![\w£.,/:-])x?(?P<value>\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d%/.:]|,\d|\s?%|\s?per ?cent)"
    r"(?P<ordinal>\s?(?:st|nd|rd|th)\b)?"
    rf"|\b{_INITIAL}(?P<word>{'|'.join(_WORDS)})\b",
    re.IGNORECASE,
)
_ANY = re.compile(rf"\d|\b{_INITIAL}(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)  # what every fact holds
# A number after one of these names something instead of counting it.
_NAMED_BY = re.compile(
    r"(?:\b(?:phase|stage|grade|cohort|section|quarter|part|tier|level|version|appendix|annex|number|no\.?|act|"
    r"regulation|schedule|chapter|theme|priority|q|s|v|band|year|category|article|paragraph|windows|office|ward|table|"
    r"page|recommendation|of|on)\s?|[A-Za-z]-)$",
    re.IGNORECASE,
)
# "Microsoft 365": a word with a capital inside a sentence, before digits, is part of a name.
_NAME_BEFORE = re.compile(r"[a-z,]\s+[A-Z][a-z]+\s$")
_NOT_COUNTED = re.compile(
    r"^\s*(?:or more|to|and|of|in|by|from|as|at|for|is|was|were|are|which|that|with|has|have|will)\b", re.I
)
_UNIT = re.compile(r"^(?:[-\s]\s?)(?P<unit>[A-Za-z][\w'’-]*(?:\s+[A-Za-z][\w'’-]*){0,2})")
_TARGET = re.compile(
    r"\b(?=[adefgmprstw])"
    r"(?:target|aim(?:s|ing)?|goal|will|to (?:reach|achieve|deliver|reduce|save|increase|provide)|should|must|expect\w*|"
    r"propos\w+|agreed|planned|further|remaining|every|access to|deliver)\b",
    re.IGNORECASE,
)
_ACTUAL = re.compile(
    r"\b(?=[acdhimnprstuw])(?:deliver(?:ed|ing)|achiev(?:ed|ing)|saved|collect(?:ed|ing)|reduced|reduction|completed?|confirmed|made|received|"
    r"appointed|currently|to date|so far|now|prevented|migrated|submitted|has been|have been|have met|was|were|is|are|"
    r"attended|trained|seen|showing|using|increase)\b",
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"\b(?=[bcfops])(?:baseline|from a base|previously|prior year|overspend|currently about|starting point)\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(r"\b(?=[aefp])(?:forecast|projected|predicted|estimated|anticipated)\b", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\b(?:by|until|due|deadline|target date|before|no later than|will|to be|planned|scheduled|expected|anticipated|starting|"
    r"closing|implementation|funded until|through|timeline|following|around)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:since|was|were|as (?:of|at)|launched|established|took place|completed in|agreed in)\b[^.;]{0,30}$", re.I
)
_BACKWARDS = re.compile(r"(?:\s+[\w'’/&-]+){0,3}")  # up to three words before a phrase, read from its end
_CLAUSE = re.compile(r"[.;:!?\n(]\s")
_LABEL, _NAME = 20, 120  # characters before a number that can make it part of a name: a label, a word with a capital
_CUE = 100  # characters before a date or figure that a cue can stand in: every cue and what may follow it is shorter
_NEAR = 400  # characters around a figure that can say what it is: a long text is not gone through for each of them


@dataclass(frozen=True, slots=True)
class _Span:
    begin: int
    stop: int


def add_facts(reading: Reading) -> None:
    """Put the facts of every record's texts into its fields as ``facts``; records without any stay as they are."""
    as_at = date.fromisoformat(reading.as_at) if reading.as_at else None
    known: dict[tuple[str, str], list[dict[str, Any]]] = {}  # criteria and dates are often printed again and again
    for record in reading.records:
        facts: list[dict[str, Any]] = []
        for name, text in _texts(record):
            if (name, text) not in known:
                known[name, text] = facts_in(text, where=name, as_at=as_at)
            facts.extend({**fact, "chars": [*fact["chars"]]} for fact in known[name, text])
        if facts:
            record.fields["facts"] = facts


def _texts(record: ReadRecord) -> Iterator[tuple[str, str]]:
    for name in FIELDS:
        value = record.text if name == "text" else record.fields.get(name)
        for item in value if isinstance(value, list) else [value]:
            text = item.get("text") if isinstance(item, dict) else item
            if text:
                yield name, str(text)


def facts_in(text: str, *, where: str = "text", as_at: date | None = None) -> list[dict[str, Any]]:
    """The facts of a text in printed order, none overlapping. ``as_at``: the day that the document speaks of, if known."""
    found: list[dict[str, Any]] = []
    if not _ANY.search(text):
        return found
    taken: list[_Span] = []  # in order, none overlapping
    for begin, stop, fact in (*_dates(text, as_at), *_sums(text), *_percentages(text), *_counts(text)):
        at = bisect_left(taken, begin, key=lambda span: span.begin)
        if any(span.begin < stop and begin < span.stop for span in taken[max(at - 1, 0) : at + 1]):
            continue
        taken.insert(at, _Span(begin, stop))
        left, right = fact.pop("span")
        found.append({**fact, "text": text[left:right].strip(), "in": where, "chars": [left, right]})
    return sorted(found, key=lambda fact: fact["chars"][0])


_Found = tuple[int, int, dict[str, Any]]


def _dates(text: str, as_at: date | None) -> Iterator[_Found]:
    for found in find_dates(text):
        if found.sort == "several":
            continue
        left = _clause_start(text, found.begin)
        begin = _lead_in(text, left, found.begin)
        sort = "deadline" if _is_deadline(text[left : found.begin], found, as_at) else "date"
        yield (
            found.begin,
            found.stop,
            {"sort": sort, "value": _period(found), "precision": found.sort, "span": (begin, found.stop)},
        )


def _is_deadline(before: str, found: FoundDate, as_at: date | None) -> bool:
    """A date that something is to happen by: cue words before it, or a day after the document's own."""
    before = before[-_CUE:]
    if as_at is not None and found.end is not None:
        if found.end <= as_at:
            return bool(re.search(r"\b(?:by|target|timeline|deadline)\b[^.;]{0,20}$", before, re.IGNORECASE))
        if found.start is not None and found.start > as_at:
            return not _PAST.search(before)
    return bool(_DEADLINE.search(before)) and not _PAST.search(before)


def _period(found: FoundDate) -> str | None:
    """ISO form: a day, a month, a year, or two days with a stroke between them."""
    if found.start is None or found.end is None:
        return None
    if found.start == found.end:
        return found.start.isoformat()
    if found.sort == "month":
        return found.start.isoformat()[:7]
    if found.sort == "year":
        return str(found.start.year)
    return f"{found.start.isoformat()}/{found.end.isoformat()}"


def _sums(text: str) -> Iterator[_Found]:
    for found in find_money(text):
        begin, stop, fact = _figure(text, found.begin, found.stop)
        yield begin, stop, {"sort": "money", "value": _number(Decimal(found.low.pence) / 100), "unit": "GBP", **fact}


def _percentages(text: str) -> Iterator[_Found]:
    for match in _PERCENT.finditer(text) if "%" in text or "cent" in text else ():
        begin, stop, fact = _figure(text, *match.span())
        yield begin, stop, {"sort": "percent", "value": _number(Decimal(match["value"])), "unit": "%", **fact}


def _counts(text: str) -> Iterator[_Found]:
    for match in _COUNT.finditer(text):
        if _named(text, match.start()):
            continue
        after = text[match.end() : match.end() + _NEAR]
        if match["word"] is None and not _counts_something(match, after):
            continue
        if match["word"] is not None and not _word_counts(match["word"], after):
            continue
        value = _SMALL[match["word"].lower()] if match["word"] else int(match["value"].replace(",", ""))
        if match["word"] is None and 1900 <= value <= 2100 and "," not in match["value"]:
            continue
        begin, stop, fact = _figure(text, *match.span())
        unit = _UNIT.match(after)
        yield begin, stop, {"sort": "count", "value": value, "unit": unit["unit"] if unit else None, **fact}


def _named(text: str, begin: int) -> bool:
    """Whether the words before a number make it part of a name."""
    if _NAMED_BY.search(text, max(begin - _LABEL, 0), begin):
        return True
    return text[begin - 1 : begin].isspace() and bool(_NAME_BEFORE.search(text, max(begin - _NAME, 0), begin))


def _counts_something(match: re.Match[str], after: str) -> bool:
    return (bool(_UNIT.match(after)) and not _NOT_COUNTED.match(after)) or bool(match["ordinal"])


def _word_counts(word: str, after: str) -> bool:
    """A number in words counts where a noun follows; "one of", "one to ones" and the like do not count."""
    if _NOT_COUNTED.match(after) or not _UNIT.match(after):
        return False
    return word.lower() != "one" or bool(
        re.match(r"\s+(?:additional|directly|new|further|more)\b", after, re.IGNORECASE)
    )


def _figure(text: str, begin: int, stop: int) -> _Found:
    """A figure's phrase (its qualifier before, what it counts after), its qualifier and its role."""
    fact: dict[str, Any] = {}
    left = begin
    window = max(begin - _CUE, 0)
    if qualifier := _BEFORE.search(text, window, begin):
        fact["qualifier"], left = qualifier["qualifier"].lower().rstrip("."), qualifier.start()
    after = re.match(r"(?:[-\s]+[A-Za-z'’&][\w'’&-]*){1,4}", text[stop : stop + _NEAR])
    right = stop + (after.end() if after else 0)
    if len(text[left:right].split()) < 3:  # a bare figure says too little: the words before it belong to its phrase
        clause = _clause_start(text, left)
        left = _lead_in(text, clause, left)
    if role := _role(text, begin, stop):
        fact["role"] = role
    return begin, stop, {**fact, "span": (left, right)}


def _role(text: str, begin: int, stop: int) -> str | None:
    """What a figure is for, by the words of its clause: the nearest kind of cue before it, else after it."""
    left = max(_clause_start(text, begin), begin - 120)
    before, after = text[left:begin], text[stop : stop + 60].split(".")[0]
    cues = (("baseline", _BASELINE), ("forecast", _FORECAST), ("target", _TARGET), ("actual", _ACTUAL))
    for part in (after[:30], before, after):
        nearest = [
            (hits[-1].end() if part is before else -hits[0].start(), role)
            for role, cue in cues
            if (hits := list(cue.finditer(part)))
        ]
        if nearest:
            return max(nearest)[1]
    return None


def _clause_start(text: str, position: int) -> int:
    window = max(position - _NEAR, 0)
    starts = [match.end() for match in _CLAUSE.finditer(text, window, position)]
    return starts[-1] if starts else window


def _lead_in(text: str, clause: int, stop: int) -> int:
    """Where the last three words of a clause before a phrase begin, or as many as it has with nothing else between."""
    words = _BACKWARDS.match(text[clause:stop][::-1])
    return stop - words.end() if words else stop


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
