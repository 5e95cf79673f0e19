"""UK financial years (1 April to 31 March) and their quarters, as values.

Source of the year: Interpretation Act 1978, Schedule 1, "financial year" (of public money: twelve months that end on
31 March). Source of the two-digit rule: POSIX, as Python's ``time.strptime`` states it: 69 to 99 are
1969 to 1999, 00 to 68 are 2000 to 2068.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2199  # what a council's document can speak of; outside it, digits are not a year

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}

YEAR_PAIR = r"(?:(?:FY\s?)?(?P<y1>(?:19|20|21)\d\d|'?\d\d)\s?[/–—-]\s?(?P<y2>(?:19|20|21)\d\d|\d\d))"
"""Pattern of a printed financial year: groups y1 and y2. ``year_of_pair`` says whether the two follow each other."""

QUARTER = (
    r"(?:Q\s?(?P<q>[1-4])|(?:quarter|qtr)\.?\s{1,2}(?P<qn>[1-4]|one|two|three|four)"
    r"|(?P<qo>first|second|third|fourth|final|last|1st|2nd|3rd|4th)\s{1,2}(?:quarter|qtr))"
)
"""Pattern of a printed quarter's number: groups q, qn, qo; ``quarter_number`` reads them."""

_PAIR = re.compile(rf"\s*(?:the\s+)?(?:financial\s+year\s+)?{YEAR_PAIR}\s*", re.I)
_QUARTER_FIRST = re.compile(
    rf"\s*(?:the\s+)?{QUARTER}[\s,:/–-]*(?:of\s+)?(?:the\s+)?(?:financial\s+year\s+)?{YEAR_PAIR}\s*", re.I
)
_YEAR_FIRST = re.compile(rf"\s*{YEAR_PAIR}[\s,:/–-]*{QUARTER}\s*", re.I)


class NotAPeriod(ValueError):
    """The text is not a financial year or quarter; the sentence shows the text and how one is written."""


def full_year(digits: str) -> int:
    """The year that two or four printed digits mean ("25" is 2025, "98" is 1998), an apostrophe allowed."""
    number = int(digits.lstrip("'’"))
    if number >= 100:
        return number
    return 2000 + number if number <= 68 else 1900 + number


def year_of_pair(first: str, second: str) -> FinancialYear | None:
    """The financial year that a printed pair of years means, or None where the second does not follow the first."""
    begins = full_year(first)
    if not FIRST_YEAR <= begins <= LAST_YEAR:
        return None
    follows = begins + 1 if len(second) > 2 else (begins + 1) % 100
    return FinancialYear(begins) if int(second) == follows else None


def quarter_number(match: re.Match[str]) -> int:
    """The number 1 to 4 in a match of QUARTER."""
    if match["q"]:
        return int(match["q"])
    word = (match["qn"] or match["qo"]).lower()
    return _NUMBERS.get(word) or _ORDINALS.get(word) or int(word[0])


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """The year from 1 April ``first`` to 31 March of the next; printed "2025/26". Ordered by time."""

    first: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.first <= LAST_YEAR:
            raise NotAPeriod(
                f"{self.first} is not a year that a financial year can begin in: use {FIRST_YEAR} to {LAST_YEAR}."
            )

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """Read "2025/26", "25/26", "2025-26", "2025/2026" or "FY 25/26"; raises NotAPeriod for anything else."""
        match = _PAIR.fullmatch(text)
        year = year_of_pair(match["y1"], match["y2"]) if match else None
        if year is None:
            raise NotAPeriod(f"“{text.strip()}” is not a financial year: write it as 2025/26.")
        return year

    @classmethod
    def of(cls, day: date) -> FinancialYear:
        """The financial year in which a day falls."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    @property
    def start(self) -> date:
        """1 April."""
        return date(self.first, 4, 1)

    @property
    def end(self) -> date:
        """31 March of the next calendar year."""
        return date(self.first + 1, 3, 31)

    @property
    def label(self) -> str:
        """As a council prints it: "2025/26"."""
        return f"{self.first}/{(self.first + 1) % 100:02d}"

    @property
    def quarters(self) -> tuple[Quarter, Quarter, Quarter, Quarter]:
        """Its four quarters in order."""
        return Quarter(self, 1), Quarter(self, 2), Quarter(self, 3), Quarter(self, 4)

    def contains(self, day: date) -> bool:
        """Whether a day falls in it."""
        return self.start <= day <= self.end

    def next(self) -> FinancialYear:
        """The year after; raises NotAPeriod at the end of the range."""
        return FinancialYear(self.first + 1)

    def previous(self) -> FinancialYear:
        """The year before; raises NotAPeriod at the start of the range."""
        return FinancialYear(self.first - 1)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a financial year: number 1 is April to June, 4 is January to March; printed "Q2 2025/26"."""

    year: FinancialYear
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise NotAPeriod(f"A year has quarters 1 to 4, not {self.number}.")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read "Q2 25/26", "Quarter 2 2025/26", "second quarter of 2025/26" or "2025/26 Q2", else NotAPeriod.

        "Q2 2025" is refused: it can mean a calendar quarter or one of two financial years.
        """
        match = _QUARTER_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
        year = year_of_pair(match["y1"], match["y2"]) if match else None
        if match is None or year is None:
            raise NotAPeriod(f"“{text.strip()}” is not a quarter of a financial year: write it as Q2 2025/26.")
        return cls(year, quarter_number(match))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which a day falls."""
        return cls(FinancialYear.of(day), (day.month - 4) % 12 // 3 + 1)

    @property
    def start(self) -> date:
        """Its first day."""
        month = (4, 7, 10, 1)[self.number - 1]
        return date(self.year.first + (self.number == 4), month, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return self.year.end if self.number == 4 else Quarter(self.year, self.number + 1).start - timedelta(days=1)

    @property
    def label(self) -> str:
        """As a council prints it: "Q2 2025/26"."""
        return f"Q{self.number} {self.year.label}"

    def contains(self, day: date) -> bool:
        """Whether a day falls in it."""
        return self.start <= day <= self.end

    def next(self) -> Quarter:
        """The quarter after."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year.next(), 1)

    def previous(self) -> Quarter:
        """The quarter before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year.previous(), 4)

    def __str__(self) -> str:
        return self.label
