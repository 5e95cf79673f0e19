"""How long something has lasted and what is told without a date: "for over a year", "in the past six months", "last summer"."""

from __future__ import annotations

import re
from datetime import date

from goldthread.domain.enquiries.rules.phrases import SPELLED, dates, months_between, past

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
_WITHIN = re.compile(rf"\b(?:in|over|during|within|for) the (?:past|last|previous|preceding)\s+{_LONG}{_UNIT}", re.I)
_AGO = re.compile(
    r"\b(?:last (?:year|spring|summer|autumn|winter|month|quarter|term|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|"
    r"(?:over|during|in) the (?:summer|autumn|winter|spring)|"
    rf"(?:{'|'.join(SPELLED)}|an?|\d{{1,2}}) (?:week|month|year)s? ago|(?:earlier|previously) (?:in|this) (?:the )?year|"
    r"for (?:the past |over |more than |nearly |about )?(?:a|\d{1,2}|" + "|".join(SPELLED) + r") (?:month|year)s? now)\b",
    re.I,
)  # fmt: skip


def _months(match: re.Match[str]) -> float:
    said = match["n"].casefold()
    number = 1 if said in ("a", "an") else SPELLED.get(said) or int(said)
    months = number * _MONTHS[match["unit"].casefold()]
    return months * 1.04 if re.search(r"over|more|above", match["more"] or "", re.I) else months


def lasted(text: str) -> float:
    """The months for which a sentence says that something has been going on; 0 where it does not say."""
    return max((_months(match) for match in _FOR.finditer(text)), default=0.0)


def told_past(text: str, on: date) -> bool:
    """Whether a sentence tells of a time that is over on the day, with a date or without one ("last summer")."""
    return bool(past(text, on)) or bool(_AGO.search(text))


def span_told(text: str, on: date) -> float:
    """The months of which a sentence speaks: since a day, in the past six months, in a year; 0 where it does not say."""
    if (match := _WITHIN.search(text)) is not None:
        return _months(match)
    for when in dates(text):
        if when.start > on:
            continue
        if re.search(r"\b(?:since|from|set up|established|formed)\b[^.;]{0,60}$", text[: when.begin], re.I):
            return months_between(when.start, on)
        if when.sort in ("financial-year", "year", "quarter", "range", "half"):
            return months_between(when.start, min(when.end, on))
    return 0.0
