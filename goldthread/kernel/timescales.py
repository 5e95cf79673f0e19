"""Reads a printed timescale ("by end of Q2 25/26", "Started in October 2023 Ongoing", "TBC") as a range of days.

The grammar concludes only what the print says: words it does not know are sort "unknown" and have no dates. It never
raises, gives the same answer every time, and keeps the printed text. How a date phrase is read, and on what authority,
stands in ``date_phrases``; ``find_dates`` and ``FoundDate`` are offered here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from goldthread.kernel.date_phrases import FoundDate, find_dates, find_dates_in_cell

__all__ = ["SORTS", "FoundDate", "Timescale", "find_dates", "parse_timescale"]

SORTS = (
    "day",
    "month",
    "quarter",
    "season",  # a season, or an early, middle or late part of a year
    "year",
    "financial-year",
    "range",  # two ends, or one of them ("from April 2025", "until March 2029", "before May 2026")
    "several",  # more than one date phrase, not joined to a range: from the first to the last of them
    "as-soon-as-possible",
    "immediate",
    "ongoing",
    "completed",
    "recurring",
    "relative",  # counted from something that is not printed as a date ("within 6 months")
    "none",  # the print says that there is no date, or none yet ("TBC", "n/a")
    "unknown",
)

_LONG_CELL = 12  # more words than this around a date phrase are prose that mentions a date


@dataclass(frozen=True, slots=True)
class Timescale:
    """What a printed timescale says.

    ``start`` and ``end`` are the first and last day of the range, each None where the print gives none; a deadline is
    the end. ``precision`` is the sort of the phrase that gave the dates (day, month, …; "" without dates). ``deadline``
    says that "by", "before" or the like is printed. ``dates`` are the phrases found, ``note`` says why a date was not
    concluded, ``in_prose`` that the dates stand within longer prose.
    """

    text: str
    sort: str
    start: date | None = None
    end: date | None = None
    precision: str = ""
    deadline: bool = False
    dates: tuple[FoundDate, ...] = ()
    note: str = ""
    in_prose: bool = False

    def as_dict(self) -> dict[str, str | None]:
        """The four keys of the reading format: text, sort, from, to (ISO dates or None)."""
        return {
            "text": self.text,
            "sort": self.sort,
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
        }


def parse_timescale(text: str) -> Timescale:
    """Read one printed timescale. Total: any text gives a Timescale, at worst of sort "unknown"."""
    return _known(text) if len(text) <= _SHORT else _parsed(text)


def _parsed(text: str) -> Timescale:
    in_prose = len(text.split()) > _LONG_CELL
    dates = tuple(find_dates(text) if in_prose else find_dates_in_cell(text))
    plain = re.sub(r"\s+", " ", text).strip().strip(".;:,*").strip().lower()
    sort = _sort_by_words(plain, bool(dates))
    start, end, precision, note = _range(text, dates, loose=sort in ("ongoing", "recurring"))
    if sort is None:
        sort = _sort_by_dates(text, dates, start, end)
    return Timescale(text, sort, start, end, precision, bool(_DEADLINE.search(text)), dates, note, in_prose)


_SHORT = 80  # characters: "March 2026" stands in hundreds of rows of a plan
_known = lru_cache(maxsize=4096)(_parsed)


# Sorts that words decide ------------------------------------------------------------------------------------------

_ONGOING = re.compile(r"\b(?:on ?[-–]? ?going|continuous|continuously|continuing|rolling|business as usual|bau)\b")
_NOT_YET = (
    r"(?:not|not yet|partially|partly|part|nearly|almost|mostly|largely|to be|be|will be|\d+ ?%|is to be|yet to be"
    r"|once|when|until|if)"
)
_COMPLETED = re.compile(
    rf"(?<![\w-])(?<!in)(?P<not>{_NOT_YET} )?(?:fully |already |now )?"
    r"(?:completed|complete|done|closed|achieved|delivered|finished|implemented)\b(?P<by> by\b)?"
)
_DONE_ONLY = re.compile(r"(?:yes|✓|✔)")
_RECURRING = re.compile(
    r"\b(?:(?:bi-?|semi-?|half-? ?|six-? ?|three-? ?|two-? ?|twice-? ?|four-? ?)?(?:annually|annual|yearly|monthly"
    r"|weekly)|quarterly|daily|fortnightly|termly|biennial(?:ly)?|per annum"
    r"|(?:every|each) (?:other )?(?:\w+ )?(?:years?|months?|weeks?|quarters?|days?|terms?|meetings?"
    r"|spring|summer|autumn|winter)"
    r"|(?:once|twice|\w+ times) (?:a|per|each|every) (?:year|month|week|quarter|term))\b"
)
_ASAP = re.compile(r"\b(?:as soon as (?:is )?(?:reasonably )?(?:possible|practicable|practical)|asap|a\.s\.a\.p)\b")
_IMMEDIATE = re.compile(
    r"\b(?:immediate|immediately|with immediate effect|straight ?away|right away|at once|now|urgent|urgently"
    r"|without delay)\b"
)
_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen"
    r"|twenty[- ]?four|thirty[- ]?six)"
)
_RELATIVE = re.compile(
    rf"\b(?:{_COUNT}(?: ?(?:-|–|to) ?{_COUNT})? ?[-+]? ?(?:working |calendar |clear )?(?:days?|weeks?|months?|years?)\b"
    r"|(?:short|medium|long)(?:er)?[- ](?:to[- ](?:medium|long)[- ])?term|(?:next|following|coming|this|current) "
    r"(?:financial |calendar |municipal )?(?:year|quarter|month|week|meeting)|year \d|phase \d)"
)
_NO_DATE = re.compile(
    r"(?:tbc|tba|tbd|t\.b\.[acd]\.?|to be (?:confirmed|agreed|determined|decided|advised|announced|scheduled|set"
    r"|arranged)|dates? (?:tbc|tba|tbd|to be \w+)|n/?a|not applicable|none|nil|not set"
    r"|no (?:date|timescale|deadline)(?: set)?"
    r"|not known|unknown|[-–—.?]*)"
)


def _sort_by_words(plain: str, dated: bool) -> str | None:
    if _NO_DATE.fullmatch(plain):
        return "none"
    if _ONGOING.search(plain):
        return "ongoing"
    done = _COMPLETED.search(plain)
    if done is not None and not done["not"] and not (done["by"] and done[0].startswith("complete by")):
        return "completed"
    if _DONE_ONLY.fullmatch(plain):
        return "completed"
    if _RECURRING.match(plain) and (not dated or _FROM.search(plain) or _UNTIL.search(plain)):
        return "recurring"
    if dated:
        return None
    for pattern, sort in ((_RECURRING, "recurring"), (_ASAP, "as-soon-as-possible"), (_IMMEDIATE, "immediate")):
        if pattern.search(plain):
            return sort
    return "relative" if _RELATIVE.search(plain) else None


# Dates and the words before them ----------------------------------------------------------------------------------

_END_OF = r"(?:the\s{1,3})?(?:(?:very\s{1,3})?end\s{1,3}(?:of\s{1,3})?)?(?:the\s{1,3})?"
_DEADLINE = re.compile(
    r"\b(?:by|before|no\s+later\s+than|not\s+later\s+than|due|deadline|latest|until|till|prior\s+to|in\s+time\s+for)\b",
    re.I,
)
_BEFORE = re.compile(rf"\b(?:before|prior\s{{1,3}}to|ahead\s{{1,3}}of)\s{{1,3}}{_END_OF}$", re.I)
_AFTER = re.compile(r"\bafter\s{1,3}(?:the\s{1,3})?$", re.I)
_FROM = re.compile(
    r"\b(?:from|since|start(?:ed|ing|s)?|beg[aiu]n(?:s|ning)?|commenc(?:ed|ing|es)|launched|as\s+of)\b", re.I
)
_UNTIL = re.compile(r"\b(?:until|till|til|up\s+to|through\s+to|to\s+the\s+end\s+of)\b", re.I)
_FROM_RIGHT_BEFORE = re.compile(
    r"\b(?:from|since|start(?:ed|ing|s)?|beg[aiu]n(?:s|ning)?|commenc(?:ed|ing|es)|launched|as\s+of)[\s:,-]{1,3}"
    rf"(?:(?:in|on|at|from)\s{{1,3}})?{_END_OF}$",
    re.I,
)
_UNTIL_RIGHT_BEFORE = re.compile(rf"\b(?:until|till|til|up\s{{1,3}}to|through\s{{1,3}}to)\s{{1,3}}{_END_OF}$", re.I)
_ONWARDS = re.compile(
    r"\s{1,3}(?:onwards?|to\s{1,3}date|to\s{1,3}present|and\s{1,3}(?:beyond|ongoing|after))\b"
    r"|\s{0,3}[-–]\s{0,3}(?:on ?-?going|present|date)\b",
    re.I,
)


def _range(text: str, dates: tuple[FoundDate, ...], *, loose: bool) -> tuple[date | None, date | None, str, str]:
    """First day, last day, precision and note of all date phrases together.

    ``loose``: the sort is one that dates only bound ("ongoing since …"), so a date without such a word bounds nothing.
    """
    notes = [each.note for each in dates if each.note]
    known = [each for each in dates if each.start is not None and each.end is not None]
    bounds = [(each, *_bounded(text, each, loose=loose)) for each in known]
    starts = [start for _, start, _ in bounds if start is not None]
    ends = [end for _, _, end in bounds if end is not None]
    if not starts and not ends:
        return None, None, "", notes[0] if notes else ("the date is not said to be a start or an end" if known else "")
    start, end = min(starts, default=None), max(ends, default=None)
    if any(s is None and e is not None for _, s, e in bounds) and not any(s is not None for _, s, _ in bounds):
        start = None
    if start is not None and end is not None and end < start:
        return None, None, "", "the range ends before it begins"
    coarsest = max((each.sort for each, s, e in bounds if s or e), key=SORTS.index)
    return start, end, coarsest, notes[0] if notes else ""


def _bounded(text: str, found: FoundDate, *, loose: bool) -> tuple[date | None, date | None]:
    """The two ends of one phrase, after the words that stand right before and after it."""
    assert found.start is not None and found.end is not None  # the caller has left the others out
    before, after = text[max(0, found.begin - 40) : found.begin], text[found.stop : found.stop + 20]
    if _BEFORE.search(before):
        ends_with = re.search(r"\bend\s", before[-15:], re.I)
        return None, found.end if ends_with else found.start - timedelta(days=1)
    if _AFTER.search(before):
        return found.end + timedelta(days=1), None
    if found.sort in ("range", "several"):
        return found.start, found.end
    if _FROM_RIGHT_BEFORE.search(before) or _ONWARDS.match(after):
        return found.start, None
    if _UNTIL_RIGHT_BEFORE.search(before):
        return None, found.end
    return (None, None) if loose else (found.start, found.end)


def _sort_by_dates(text: str, dates: tuple[FoundDate, ...], start: date | None, end: date | None) -> str:
    if not dates:
        return "none" if not text.strip() else "unknown"
    if len(dates) > 1:
        joined = start is not None and end is not None and len(dates) == 2 and _open_ended(text, dates[0])
        return "range" if joined else "several"
    if (start is None) != (end is None):
        return "range"
    return dates[0].sort


def _open_ended(text: str, found: FoundDate) -> bool:
    return bool(_FROM_RIGHT_BEFORE.search(text[max(0, found.begin - 40) : found.begin]))
