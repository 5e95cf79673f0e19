"""Finds dates and periods in English as councils print it, with their place in the text.

A phrase is a day, a month, a quarter, a season or part of a year, a year, a financial year, or a range of them. What is
printed without a year, or can mean two things, is found with its sort and no dates: nothing is invented.

Rules of reading, each with its source:

- Numbers with strokes are day first ("31/03/2026"), as dates are written in the United Kingdom (CLDR, locale en-GB).
- Two-digit years: POSIX, see ``years``. "25/26" is a financial year where the second follows the first and cannot be a
  day and a month. Two years that do not follow each other ("2025-2028") are a range of calendar years.
- Seasons are the Met Office's: spring March to May, summer June to August, autumn September to November, winter
  December to February. Winter of one printed year begins in that year.
- "Early", "mid" and "late" are the thirds of what they stand before: January to April for early in a year, days 1 to 10
  of a month, the first month of a quarter. "End of" and "by" leave a period as it is: its end is what counts.
- "Q2 2025" has no dates: it can be a calendar quarter or one of two financial years. A season called "term" has none
  (each school sets its own), nor has an academic or a municipal year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from goldthread.kernel.days import MONTHS
from goldthread.kernel.years import QUARTER, YEAR_PAIR, Quarter, full_year, quarter_number, year_of_pair

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s{1,3})?"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th)\b)?"
_YEAR = r"(?:19|20|21)\d\d"
_SHORT_YEAR = rf"(?:{_YEAR}|['’]\d\d)"
_TO = r"(?:-|–|—|/|&|to|until|till|through|and)"
_GAP = r"[\s,]{1,3}"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A phrase that speaks of time: its words, where they begin and stop in the text, its sort, its first and last day.

    ``sort``: day, month, quarter, season (a season or a part of a year), year, financial-year, range, several. ``start`` and
    ``end`` are None where the print does not say; ``note`` then says why.
    """

    text: str
    begin: int
    stop: int
    sort: str
    start: date | None
    end: date | None
    note: str = ""


_Span = tuple[str, date | None, date | None, str]  # sort, first day, last day, note
_NO_YEAR = "the year is not printed"
_NO_SUCH_DAY = "there is no such day"
_BACKWARDS = "the range ends before it begins"


def find_dates(text: str) -> list[FoundDate]:
    """Every date phrase in a text, in order, none overlapping. Never raises.

    A number alone is taken for a year only where a word before it says so ("in 2023", "by 2027").
    """
    return _scan(text, prose=True) if _FIGURE.search(text) else []  # in prose every phrase holds one


def find_dates_in_cell(text: str) -> list[FoundDate]:
    """As ``find_dates``, for a cell of a column known to hold timescales: a year or "Mar 26" stands for itself."""
    return list(_scanned(text)) if len(text) <= _SHORT else _scan(text, prose=False)


_SHORT = 80  # characters: the timescales of a plan come again and again, longer texts hardly do


@lru_cache(maxsize=4096)
def _scanned(text: str) -> tuple[FoundDate, ...]:
    return tuple(_scan(text, prose=False))


def _scan(text: str, *, prose: bool) -> list[FoundDate]:
    holds = {need for need, sign in _SIGNS.items() if sign.search(text)}
    possible = [rank for rank, needs in enumerate(_NEEDS) if needs <= holds and not (prose and rank in _ALONE)]
    starts = [match.start() for match in _START.finditer(text)] if possible else []
    candidates = []
    for rank in possible:
        pattern, build = _PHRASES[rank]
        for match in _matches(pattern, text, starts):
            candidates.append((match.start(), -match.end(), rank, match, build))
    found: list[FoundDate] = []
    free = 0
    for begin, minus_stop, _, match, build in sorted(candidates, key=lambda each: each[:3]):
        if begin < free or not _allowed(match, prose=prose):
            continue
        span = build(match)
        if span is None:
            continue
        sort, start, end, note = span
        each = FoundDate(text[begin:-minus_stop], begin, -minus_stop, sort, start, end, note)
        each = _with_part(text, each, free)
        found.append(each)
        free = each.stop
    return _joined(text, found)


def _matches(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, tried only where a phrase can begin: a tenth of the places, or fewer."""
    free = 0
    for start in starts:
        if start >= free and (match := pattern.match(text, start)) is not None:
            free = match.end()
            yield match


def _allowed(match: re.Match[str], *, prose: bool) -> bool:
    """Whether a phrase that may be something else is one here, by the words around it."""
    kind = match.lastgroup
    before = match.string[max(0, match.start() - 30) : match.start()]
    if kind == "alone":
        after = match.string[match.end() : match.end() + 30]
        return not prose and bool(_ONLY_CONNECTIVES.fullmatch(before) and _ONLY_CONNECTIVES.fullmatch(after))
    if not prose:
        return True
    if kind == "bare_year":
        return bool(_BEFORE_A_YEAR.search(before)) and not _COUNTED.match(match.string, match.end())
    if kind == "bare_pair":
        return bool(_BEFORE_A_PAIR.search(before))
    return kind != "cell_only"


_ONLY_CONNECTIVES = re.compile(
    r"(?:\s|[,.()-]|\b(?:by|end|of|the|in|during|before|from|until|to|early|mid|late|start|beginning|middle|due|next|this)\b)*",
    re.I,
)
_BEFORE_A_YEAR = re.compile(
    r"(?:\b(?:in|by|during|since|from|until|till|before|after|through|throughout|early|mid|late|year|between"
    r"|(?:end|start|beginning|middle|half|part|quarter)\s{1,2}of|end)|\b(?:19|20|21)\d\d\s(?:to|and|until))[\s-]{1,3}$",
    re.I,
)
_BEFORE_A_PAIR = re.compile(
    r"\b(?:in|by|during|since|from|until|till|to|before|after|throughout|early|mid|late|of|for|years?|and|between|into|the|end"
    r")[\s-]{1,3}$",
    re.I,
)
_COUNTED = re.compile(r"\s(?!this\b|across\b|does\b)[a-z]{3,}s\b")  # "from 2000 homes": a number of things, not a year


# Parts: early, mid, late ------------------------------------------------------------------------------------------

_PART = re.compile(
    r"\b(?:(?P<part>early|mid|late|first\s+half|second\s+half|H1|H2)(?:\s{1,3}(?:in|of))?"
    r"|(?:the\s{1,3})?(?P<part_of>start|beginning|middle)\s{1,3}of)(?:\s{1,3}the)?[\s,-]{1,3}$",
    re.I,
)


def _with_part(text: str, found: FoundDate, free: int) -> FoundDate:
    match = _PART.search(text, max(free, found.begin - 30), found.begin)
    if match is None or found.sort not in ("month", "quarter", "year", "financial-year"):
        return found
    part = re.sub(r"\s+", " ", (match["part"] or match["part_of"]).lower())
    begin = match.start()
    sort = found.sort if found.sort in ("month", "quarter") else "season"
    found = replace(found, text=text[begin : found.stop], begin=begin, sort=sort)
    if found.start is None or found.end is None:
        return found
    if part in ("h1", "h2") and found.start.month == 1:
        return replace(found, start=None, end=None, note="half of a calendar or of a financial year")
    start, end = _part_of(part, found.start, found.end)
    return replace(found, start=start, end=end)


def _part_of(part: str, start: date, end: date) -> tuple[date, date]:
    """First and last day of a half or third of a month, quarter or year."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if part in ("first half", "h1", "second half", "h2"):
        second = start.replace(day=16) if months == 1 else _add_months(start, months // 2, months % 2 * 16)
        return (start, second - timedelta(days=1)) if part in ("first half", "h1") else (second, end)
    third = 0 if part in ("early", "start", "beginning") else 1 if part in ("mid", "middle") else 2
    if months == 1:
        edges = (start, start.replace(day=11), start.replace(day=21), end + timedelta(days=1))
    else:
        each = months // 3
        edges = (start, _add_months(start, each), _add_months(start, 2 * each), end + timedelta(days=1))
    return edges[third], edges[third + 1] - timedelta(days=1)


def _add_months(day: date, months: int, on: int = 0) -> date:
    """The first of the month, ``months`` later (or day ``on`` of it)."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, on or 1)


# Ranges: joining two phrases --------------------------------------------------------------------------------------

_JOIN = re.compile(
    r"\s{0,3}(?:-|–|—|to|until|till|through|up\s+to)\s{0,3}(?:the\s{1,3})?(?:end\s{1,3}of\s{1,3})?", re.I
)
_AND = re.compile(r"\s{1,3}and\s{1,3}", re.I)
_BETWEEN = re.compile(r"\bbetween\s{1,3}$", re.I)
_MOVED = re.compile(r"\b(?:moved|slipped|changed|extended|revised|delayed|pushed|brought)\b[^.;]{0,30}$", re.I)


def _joined(text: str, found: list[FoundDate]) -> list[FoundDate]:
    out: list[FoundDate] = []
    for each in found:
        last = out[-1] if out else None
        if last is not None and last.sort != "range" and each.sort != "range" and _connected(text, last, each):
            out[-1] = _range(text, last, each)
        else:
            out.append(each)
    return out


def _connected(text: str, left: FoundDate, right: FoundDate) -> bool:
    between, before = text[left.stop : right.begin], text[max(0, left.begin - 45) : left.begin]
    if _JOIN.fullmatch(between):
        return not _MOVED.search(before)  # "moved from March 2025 to June 2025" is two dates, not a range
    return bool(_AND.fullmatch(between) and _BETWEEN.search(before))


def _range(text: str, left: FoundDate, right: FoundDate) -> FoundDate:
    start, end, note = left.start, right.end, left.note or right.note
    if start is None or end is None:
        start = end = None
    elif end < start:
        start, end, note = None, None, _BACKWARDS
    return FoundDate(text[left.begin : right.stop], left.begin, right.stop, "range", start, end, note)


# The phrases ------------------------------------------------------------------------------------------------------


def _month_number(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.lower().startswith(name[:3].lower()))


def _leading_number(day: str) -> int:
    return int(day[:2] if day[:2].isdecimal() else day[:1])


def _day_span(year: int, month: int, day: int) -> _Span:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return "day", None, None, _NO_SUCH_DAY
    exact = date(year, month, day)
    return "day", exact, exact, ""


def _month_span(year: int, month: int) -> _Span:
    return "month", date(year, month, 1), date(year, month, monthrange(year, month)[1]), ""


def _full_date(match: re.Match[str]) -> _Span | None:
    return _day_span(full_year(match["year"]), _month_number(match["month"]), _leading_number(match["day"]))


def _numeric_date(match: re.Match[str]) -> _Span | None:
    day, month, year = int(match["day"]), int(match["month"]), full_year(match["year"])
    if month > 12 or not 1 <= day <= 31 or month < 1:
        return None  # a version number, a reference or a date of another country: not for this grammar
    return _day_span(year, month, day)


def _iso_date(match: re.Match[str]) -> _Span | None:
    return _day_span(int(match["year"]), int(match["month"]), int(match["day"]))


def _day_without_year(match: re.Match[str]) -> _Span | None:
    if not match["month"][0].isupper() or not 1 <= _leading_number(match["day"]) <= 31:
        return None
    return "day", None, None, _NO_YEAR


def _days_of_month(match: re.Match[str]) -> _Span | None:
    first, last = _month_number(match["month1"] or match["month"]), _month_number(match["month"])
    year = full_year(match["year"])
    year1 = full_year(match["year1"]) if match["year1"] else year if first <= last else year - 1
    left = _day_span(year1, first, _leading_number(match["day1"]))
    right = _day_span(year, last, _leading_number(match["day"]))
    if left[1] is None or right[1] is None:
        return "range", None, None, _NO_SUCH_DAY
    if right[1] < left[1]:
        return "range", None, None, _BACKWARDS
    return "range", left[1], right[1], ""


def _months_of_year(match: re.Match[str]) -> _Span | None:
    first, last, year = _month_number(match["month1"]), _month_number(match["month"]), full_year(match["year"])
    start = date(year if first <= last else year - 1, first, 1)
    apart = match["to"].lower() in ("and", "&", "/") and (last - first) % 12 != 1
    before = match.string[max(0, match.start() - 12) : match.start()]
    return "several" if apart and not _BETWEEN.search(before) else "range", start, _month_span(year, last)[2], ""


def _month_and_year(match: re.Match[str]) -> _Span | None:
    return _month_span(full_year(match["year"]), _month_number(match["month"]))


def _month_in_numbers(match: re.Match[str]) -> _Span | None:
    month = int(match["month"])
    return _month_span(int(match["year"]), month) if 1 <= month <= 12 else None


def _bare_month(match: re.Match[str]) -> _Span | None:
    return ("month", None, None, _NO_YEAR) if match["month"][0].isupper() else None


def _quarter_of_year(match: re.Match[str]) -> _Span | None:
    year = year_of_pair(match["y1"], match["y2"])
    if year is None:
        return None
    first = Quarter(year, quarter_number(match))
    if not match.groupdict().get("q_to"):
        return "quarter", first.start, first.end, ""
    last = Quarter(year, int(match["q_to"]))
    if last < first:
        return "range", None, None, _BACKWARDS
    return "range", first.start, last.end, ""


def _quarter_alone(match: re.Match[str]) -> _Span | None:
    return (
        "quarter",
        None,
        None,
        "the financial year is not printed" if not match["year"] else "calendar or financial year",
    )


def _financial_year(match: re.Match[str]) -> _Span | None:
    if match["other"]:
        return "year", None, None, "this kind of year is not the financial year"
    year = year_of_pair(match["y1"], match["y2"])
    if year is not None:
        return "financial-year", year.start, year.end, ""
    return _years_apart(match["y1"], match["y2"])


def _years_apart(first: str, second: str) -> _Span | None:
    if len(first) < 4:
        return None
    begins = int(first)
    ends = int(second) if len(second) == 4 else begins // 100 * 100 + int(second)
    if not begins < ends <= begins + 50 or (len(second) == 2 and int(second) <= 12):
        return None  # "2025-03" is a month in the order of ISO 8601 or nothing
    return "range", date(begins, 1, 1), date(ends, 12, 31), ""


def _bare_pair(match: re.Match[str]) -> _Span | None:
    year = year_of_pair(match["y1"], match["y2"])
    if year is None or int(match["y2"]) <= 12:
        return None  # "11/12" may be a day of December
    return "financial-year", year.start, year.end, ""


_SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def _season(match: re.Match[str]) -> _Span | None:
    if match["term"]:
        return "season", None, None, "the dates of terms are local"
    if not match["year"]:
        return ("season", None, None, _NO_YEAR) if match["season"][0].isupper() else None
    name, year = match["season"].lower(), full_year(match["year"])
    if match["second"] and (name != "winter" or int(match["second"]) % 100 != (year + 1) % 100):
        return "season", None, None, "two years are printed for one season"
    start = date(year, _SEASON_MONTHS[name], 1)
    return "season", start, _add_months(start, 3) - timedelta(days=1), ""


def _bare_year(match: re.Match[str]) -> _Span | None:
    year = int(match["year"])
    return "year", date(year, 1, 1), date(year, 12, 31), ""


_OF_YEAR = r"[\s,:/(–-]{0,3}(?:of\s{1,2})?(?:the\s{1,2})?(?:financial\s{1,2}year\s{1,2})?"
_MONTH_G = rf"(?P<month>{_MONTH})\b\.?"
_MONTH1_G = rf"(?P<month1>{_MONTH})\b\.?"
_THEN_YEAR = rf"[\s,-]{{1,3}}(?:of\s{{1,2}})?(?P<year>{_SHORT_YEAR})"


def _words(pattern: str) -> re.Pattern[str]:
    """A phrase that begins with a word or a day, and is no part of a longer word or number."""
    return re.compile(rf"(?<![\w£])(?:(?<![/.])|(?=[a-z]))(?:{pattern})(?![\w%])(?![/.]\d)", re.I)


def _digits(pattern: str) -> re.Pattern[str]:
    """A phrase of digits only, and no part of a sum, a decimal, a reference or a longer row of numbers."""
    return re.compile(rf"(?<![\w£$€/.])(?<!\d[,–-])(?:{pattern})(?![\w%])(?![/.,–-]\d)", re.I)


# Of two phrases that begin at one place the longer is taken, then the earlier here. The names of empty groups at the
# end of a pattern say where it may stand: see _allowed.
# fmt: off
_PHRASES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Span | None]], ...] = (
    (_words(rf"{_WEEKDAY}(?P<day1>{_DAY})(?:{_GAP}{_MONTH1_G}(?:{_GAP}(?P<year1>{_YEAR}))?)?\s{{0,3}}{_TO}\s{{0,3}}"
            rf"{_WEEKDAY}(?P<day>{_DAY}){_GAP}(?:of\s{{1,2}})?{_MONTH_G}{_GAP}(?P<year>{_SHORT_YEAR})"),
     _days_of_month),
    (_words(rf"{_WEEKDAY}(?P<day>{_DAY})[\s,-]{{0,3}}(?:of\s{{1,2}})?{_MONTH_G}[\s,-]{{0,3}}(?P<year>{_SHORT_YEAR})"),
     _full_date),
    (_words(rf"(?P<day>\d{{1,2}})[-\s]{_MONTH_G}[-\s](?P<year>\d\d)(?!:)"), _full_date),
    (_words(rf"{_MONTH_G}[^\S\t]{{1,3}}(?P<day>{_DAY}),?[^\S\t]{{1,3}}(?P<year>{_YEAR})"), _full_date),
    (_words(rf"(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>{_YEAR})"), _numeric_date),
    (_words(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d\d)"), _numeric_date),
    (_words(r"(?P<day>\d{1,2})(?P<mark>[.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d\d)(?P<cell_only>)"), _numeric_date),
    (_words(rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T\s]\d\d:\d\d(?::\d\d)?)?"), _iso_date),
    (_words(rf"{_MONTH1_G}\s{{0,3}}(?P<to>{_TO})\s{{0,3}}{_MONTH_G}{_THEN_YEAR}"), _months_of_year),
    (_words(rf"{_MONTH_G}{_THEN_YEAR}"), _month_and_year),
    (_words(rf"{_MONTH_G}[-–](?P<year>\d\d)"), _month_and_year),
    (_words(rf"{_MONTH_G}\s{{1,2}}(?P<year>\d\d)(?P<cell_only>)"), _month_and_year),
    (_digits(rf"(?P<month>\d{{1,2}})/(?P<year>{_YEAR})"), _month_in_numbers),
    (_words(rf"{QUARTER}(?:\s?(?:-|–|to|and|&|/)\s?(?:Q|quarter\s)?\s?(?P<q_to>[1-4])\b(?!/))?{_OF_YEAR}{YEAR_PAIR}"),
     _quarter_of_year),
    (_words(rf"{YEAR_PAIR}[\s,:/(–-]{{0,3}}{QUARTER}"), _quarter_of_year),
    (_words(rf"{QUARTER}[\s,]{{1,2}}(?:of\s{{1,2}})?(?P<year>{_YEAR})"), _quarter_alone),
    (_words(r"(?:Q|quarter\s{1,2})[1-4](?P<year>(?!))?"), _quarter_alone),
    (_digits(rf"(?:(?P<other>(?:academic|school|municipal)\s{{1,2}})?(?:financial\s{{1,2}})?years?\s{{1,2}}"
             rf"(?:of\s{{1,2}})?)?(?:FY\s?)?(?P<y1>{_YEAR})\s?[/–—-]\s?(?P<y2>{_YEAR}|\d\d)"), _financial_year),
    (_words(r"(?:financial\s{1,2}year\s{1,2}|FY\s?)(?P<other>(?!))?(?P<y1>\d\d)\s?[/–—-]\s?(?P<y2>\d\d)"),
     _financial_year),
    (_digits(r"(?P<y1>\d\d)/(?P<y2>\d\d)(?P<bare_pair>)"), _bare_pair),
    (_words(rf"(?P<season>spring|summer|autumn|winter)(?P<term>\s{{1,2}}term)?"
            rf"[\s,]{{1,3}}(?:of\s{{1,2}})?(?P<year>{_YEAR})(?:[/–-](?P<second>{_YEAR}|\d\d))?"), _season),
    (_words(r"(?P<season>spring|summer|autumn|winter)(?P<term>\s{1,2}term)?(?P<year>(?!))?(?P<alone>)"), _season),
    (_words(rf"{_WEEKDAY}(?P<day>{_DAY})\s{{0,3}}(?:of\s{{1,2}})?{_MONTH_G}"), _day_without_year),
    (_words(rf"{_MONTH_G}(?P<alone>)"), _bare_month),
    (_digits(rf"(?P<year>{_YEAR})(?P<bare_year>)"), _bare_year),
)
# fmt: on

# Most texts of a plan hold no figure or no month: what a phrase cannot do without is looked for first, since a pattern of
# many words costs far more than a search for one sign.
_FIGURE = re.compile(r"\d")
_START = re.compile(  # every phrase begins with one of these
    rf"(?<![\w£])(?=['\dadfjlmnoqstwy])(?=\d|'\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|{_MONTH}|q|fy|first|second"
    r"|third|fourth|final|last|financial|academic|school|municipal|year|spring|summer|autumn|winter)",
    re.I,
)
_SIGNS = {
    "figure": _FIGURE,
    "parted": re.compile(r"\d\s?[/.–—-]\s?\d"),  # figures with a mark between them
    "quarter": re.compile(r"q\s?[1-4]|quarter|qtr", re.I),
    "year": re.compile(_YEAR),
    "month": re.compile(rf"(?<![^\W\d_]){_MONTH}\b", re.I),
    "season": re.compile("spring|summer|autumn|winter", re.I),
}
_PARTED = ("(?P<mark>", "(?P<y2>", r"(?P<day>\d{1,2})/", r"(?P<month>\d{1,2})/", r"-(?P<month>\d\d)-")
_NEEDS = [
    {
        *(() if "alone" in pattern.groupindex else ("figure",)),
        *(("parted",) if any(part in pattern.pattern for part in _PARTED) else ()),
        *(("quarter",) if "quarter" in pattern.pattern else ()),
        *(("year",) if "bare_year" in pattern.groupindex else ()),
        *(("month",) if _MONTH in pattern.pattern else ()),
        *(("season",) if "<season>" in pattern.pattern else ()),
    }
    for pattern, _ in _PHRASES
]
_ALONE = {rank for rank, (pattern, _) in enumerate(_PHRASES) if "alone" in pattern.groupindex}
