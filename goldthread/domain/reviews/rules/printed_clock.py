"""What a report prints of its own clock: the days on site, a check-in after so many months, a visit by a day, the next one.

General phrases only; whatever it finds is a proposal that a person keeps or leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.domain.reviews.rules.clocks import months_after
from goldthread.kernel.date_phrases import find_dates

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_LOOKED = re.compile(r"peer|challenge|review|on[- ]?site|inspect|visit|assessment|fieldwork|audit", re.I)
_RETURN = re.compile(
    r"check[- ]?in|follow[- ]?up|progress (?:review|visit|session)|re-?visit|return(?:s|ing)? to", re.I
)
_AFTER_MONTHS = re.compile(rf"\b{_NUMBER}[- ]months?\b", re.I)
_EVERY = re.compile(r"\bevery\s+(?P<first>\d{1,2}|\w+)(?:\s*(?:-|–|to|or)\s*(?P<last>\d{1,2}|\w+))?\s+years?\b", re.I)
_HEAD = 80  # lines: a report says at its head when it was on site
_LONGEST_VISIT = 31  # days
_AROUND = 12  # lines: a table's row in plain text


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day that the document prints or counts for a step: the step, its first and last day, and the words."""

    step: str
    first: date
    last: date
    words: str


def printed_clock(lines: Sequence[str]) -> list[PrintedDate]:
    """The steps that a document prints, each once, the visit first. Takes its lines or paragraphs in order.

    What is counted from the visit ("a six-month check-in") needs the visit's days; without them it is left out.
    """
    visit = next(_visits(lines), None)
    found = [visit] if visit else []
    for one in _returns(lines, visit):
        if all(one.step != other.step for other in found):
            found.append(one)
    return found


def _visits(lines: Sequence[str]) -> Iterator[PrintedDate]:
    for at, line in enumerate(lines[:_HEAD]):
        near = " ".join(lines[max(0, at - 5) : at + 2])
        if not _LOOKED.search(near):
            continue
        for phrase in find_dates(line):
            if phrase.sort in ("range", "day") and phrase.start and phrase.end:
                days = (phrase.end - phrase.start).days
                if days <= _LONGEST_VISIT and (phrase.sort == "range" or _LOOKED.search(line)):
                    yield PrintedDate("visit", phrase.start, phrase.end, phrase.text)


def _returns(lines: Sequence[str], visit: PrintedDate | None) -> Iterator[PrintedDate]:
    for at, line in enumerate(lines):
        window = " ".join([line, *lines[at + 1 : at + _AROUND]])
        if _RETURN.search(line):
            after = _AFTER_MONTHS.search(line)
            if after and visit:
                due = months_after(visit.last, _number(after["number"]))
                yield PrintedDate("progress-review", due, due, _around(line, after))
            for phrase in find_dates(window):
                if phrase.end and visit and phrase.end > visit.last and re.search(r"\bby\b|\bend of\b", window, re.I):
                    yield PrintedDate("progress-review", phrase.start or phrase.end, phrase.end, phrase.text)
                    break
        every = _EVERY.search(line)
        if every and visit and _LOOKED.search(" ".join(lines[max(0, at - 2) : at + 1])):
            first = _number(every["first"])
            last = _number(every["last"] or every["first"])
            if 0 < first <= last:
                yield PrintedDate(
                    "next-review",
                    months_after(visit.last, 12 * first),
                    months_after(visit.last, 12 * last),
                    every[0],
                )


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _NUMBERS.index(text.lower()) + 1 if text.lower() in _NUMBERS else 0


def _around(line: str, match: re.Match[str]) -> str:
    """The phrase with a few words on either side, of its own sentence: "includes a six-month check-in session"."""
    before = re.split(r"[.;!?](?=\s|$)", line[: match.start()])[-1].split()[-4:]
    after = re.split(r"[.;!?](?=\s|$)", line[match.end() :])[0].split()[:2]
    return " ".join([*before, match[0], *after]).strip(" ,.;")
