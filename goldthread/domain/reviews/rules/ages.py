"""Which of two documents speaks of an earlier time: pure, from what is known of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Age:
    """The day or the year that a document speaks of, and how that is known."""

    year: int
    day: date | None
    by: str

    @property
    def order(self) -> tuple[int, date]:
        """What sorts documents from old to new: a year without a day stands in its middle."""
        return (self.year, self.day or date(self.year, 7, 1))


def age_of(
    *, held: date | None, as_at: date | None, title: str, file_name: str, texts: Iterable[str], recorded: date
) -> Age:
    """The age of a document, by the first that is known: the days on which the review was held, the day it says it speaks of, a
    year in its title, a year in the name of its file, the year that its text prints most, the day it was put on record for."""
    for day, by in ((held, "the days on site"), (as_at, "the day that it speaks of")):
        if day is not None:
            return Age(day.year, day, by)
    for text, by in ((title, "its title"), (file_name, "the name of its file")):
        if years := _YEAR.findall(text):
            return Age(int(years[-1]), None, by)
    printed = Counter(year for text in texts for year in _YEAR.findall(text))
    printed = Counter({year: count for year, count in printed.items() if int(year) <= recorded.year})
    if printed:
        year = max(printed, key=lambda one: (printed[one], one))
        return Age(int(year), None, "the year that it prints most")
    return Age(recorded.year, recorded, "the day it was put on record for")
