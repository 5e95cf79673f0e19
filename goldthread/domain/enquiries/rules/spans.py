"""How long something has lasted and what is told without a date: "for over a year", "in the past six months", "last summer"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from goldthread.domain.enquiries.rules.phrases import SPELLED, When, dates, months_between, names_a_span, past
from goldthread.kernel.days import MONTHS

_MONTHS = {
    "day": 1 / 30.44,
    "week": 7 / 30.44,
    "fortnight": 14 / 30.44,
    "month": 1.0,
    "quarter": 3.0,
    "term": 4.0,
    "year": 12.0,
}
_NUMBER = rf"(?P<n>\d{{1,3}}|an?|{'|'.join(SPELLED)})"
_LONG = rf"(?P<more>(?:well |much |far )?(?:over|more than|above) |at least |nearly |almost |about |around |some )?{_NUMBER}"
_UNIT = r"[- ](?P<unit>day|week|fortnight|month|quarter|term|year)s?\b"
_FOR = re.compile(
    rf"\b(?:for|running|taken|lasted|lasts)\s+(?:the (?:past|last)\s+)?(?:now\s+)?{_LONG}{_UNIT}(?! ago)", re.I
)
_ON = re.compile(
    rf"\b{_LONG}{_UNIT}\s+(?:after|since)\s+(?:it|this|they|we|work|the \w+)\s+"
    r"(?:first )?(?:began|started|was|were|got|set|opened|launched)|"
    rf"\b{_LONG.replace('?P<n>', '?P<n2>').replace('?P<more>', '?P<more2>')}"
    rf"{_UNIT.replace('?P<unit>', '?P<unit2>')}\s+(?:on|in|old|now)\b",
    re.I,
)
_WITHIN = re.compile(rf"\b(?:in|over|during|within|for) the (?:past|last|previous|preceding)\s+{_LONG}{_UNIT}", re.I)
_A_YEAR = re.compile(
    r"\b(?:(?:in|over|during|for|through(?:out)?|across) the (?:(?:past|last|previous|whole|financial|full) )*year|"
    r"this (?:financial )?year|all year|(?:at|by) (?:the )?year[- ]end|in a (?:whole |full )?year)\b",
    re.I,
)
_AGO = re.compile(
    r"\b(?:last (?:year|spring|summer|autumn|winter|month|quarter|term|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|"
    r"(?:over|during|in) the (?:summer|autumn|winter|spring)|"
    rf"(?:{'|'.join(SPELLED)}|an?|\d{{1,2}}) (?:week|month|year)s? ago|"
    r"(?:earlier|previously) (?:in|this) (?:the )?year|(?:at|since|around) the turn of the year|"
    r"for (?:the past |over |more than |nearly |about )?(?:a|\d{1,2}|" + "|".join(SPELLED) + r") (?:month|year)s? now)\b",
    re.I,
)  # fmt: skip


def _months(match: re.Match[str]) -> float:
    told = match.groupdict()
    said = (told.get("n") or told["n2"]).casefold()
    number = 1 if said in ("a", "an") else SPELLED.get(said) or int(said)
    months = number * _MONTHS[(told.get("unit") or told["unit2"]).casefold()]
    more = told.get("more") or told.get("more2") or ""
    return months * 1.04 if re.search(r"over|more|above", more, re.I) else months


def lasted(text: str) -> float:
    """The months for which a sentence says that something has been going on; 0 where it does not say."""
    if not names_a_span(text):
        return 0.0
    return max((_months(match) for pattern in (_FOR, _ON) for match in pattern.finditer(text)), default=0.0)


_MONTH_NAMED = "|".join(MONTHS)
_UNDATED = re.compile(
    r"\b(?P<lead>in|since|from|until|till|by|during|before|at|over|after|to|between|and|last|on)\s+(?:the\s+)?"
    r"(?:(?:end|start|beginning|middle|turn) of\s+)?(?:the\s+)?(?:early\s+|late\s+|mid[- ]?|last\s+|past\s+)*"
    rf"(?P<when>{_MONTH_NAMED}|(?i:spring|summer|autumn|winter|new year)|Christmas|Easter)\b(?!\s+\d)",
)
_TO_COME = re.compile(r"\b(?:will|next|to be|(?:is|are) (?:to|due|planned|expected)|from \w+ (?:on|onwards))\b", re.I)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2), "easter": (4, 4),
            "christmas": (12, 12), "new year": (1, 1)}  # fmt: skip


def undated_past(text: str, on: date) -> list[When]:
    """The months and seasons that a sentence about what is over names without a year, as the last ones before the day.

    "in November", "since the autumn", "at Christmas"; none where the sentence looks ahead.
    """
    if _TO_COME.search(text):
        return []
    given = [(when.begin, when.stop) for when in dates(text)]
    found = []
    for match in _UNDATED.finditer(text):
        if any(begin < match.end() and match.start("when") < stop for begin, stop in given):
            continue
        first, last = _SEASONS.get(match["when"].casefold()) or (MONTHS.index(match["when"]) + 1,) * 2
        year = on.year
        while (end := _last_day(year, last)) > on:
            year -= 1
        start = date(year - (first > last), first, 1)
        found.append(When(start, end, match["when"], match.start("when"), match.end(), "month"))
    return found


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def of_a_year(text: str) -> bool:
    """Whether a sentence speaks of a whole year as over: "over the year", "at year end"."""
    return bool(_A_YEAR.search(text))


def told_past(text: str, on: date) -> bool:
    """Whether a sentence tells of a time that is over on the day, with a date or without one ("last summer", "in May")."""
    return bool(past(text, on)) or bool(_AGO.search(text)) or bool(undated_past(text, on))


def span_told(text: str, on: date) -> float:
    """The months of which a sentence speaks: since a day, in the past six months, in a year; 0 where it does not say."""
    if (match := _WITHIN.search(text)) is not None:
        return _months(match)
    for when in (*dates(text), *undated_past(text, on)):
        if when.start > on:
            continue
        if re.search(r"\b(?:since|from|set up|established|formed)\b[^.;]{0,60}$", text[: when.begin], re.I):
            return months_between(when.start, on)
        if when.sort in ("financial-year", "year", "quarter", "range", "half"):
            return months_between(when.start, min(when.end, on))
    named = undated_past(text, on)
    if len(named) == 2 and re.search(r"\bbetween\b", text, re.I):
        return max(0.0, months_between(named[0].start, named[1].end))
    return 12.0 if _A_YEAR.search(text) else 0.0
