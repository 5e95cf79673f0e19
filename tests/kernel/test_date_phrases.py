"""Dates are looked for only where a phrase can begin: nothing may be missed that the patterns find anywhere in a text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.kernel import date_phrases
from goldthread.kernel.date_phrases import find_dates, find_dates_in_cell

_PARTS = """
Monday Tuesday, 1 2nd 3rd 31 12 5 30th January feb March May june. sept Dec 2025 2026 25 '26 25/26 2025/26 2025-2028 - – / to and
& of the Q1 Q4 q 2 quarter two first second last qtr. final FY FY25/26 financial year years academic spring Summer term winter by
£5 £2025 1.2 3/4/25 03.04.2025 2025-03-04 , . ( % a_May May_b toApril 5March 10% end until Q3/4 T
"""
_TEXTS = st.lists(st.tuples(st.sampled_from(_PARTS.split()), st.sampled_from((" ", "", "  ", "\n"))), max_size=9)


@settings(max_examples=400)
@given(_TEXTS)
def test_a_pattern_finds_no_more_by_trying_every_place(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + gap for part, gap in parts)
    starts = [match.start() for match in date_phrases._START.finditer(text)]
    holds = {need for need, sign in date_phrases._SIGNS.items() if sign.search(text)}
    for (pattern, _), needs in zip(date_phrases._PHRASES, date_phrases._NEEDS, strict=True):
        everywhere = [match.span() for match in pattern.finditer(text)]
        assert [match.span() for match in date_phrases._matches(pattern, text, starts)] == everywhere
        assert not everywhere or needs <= holds


def test_the_check_above_has_something_to_find() -> None:
    text = "by 5March 2025, Q2 2025/26 and Spring 2026"
    starts = [match.start() for match in date_phrases._START.finditer(text)]
    assert sum(1 for pattern, _ in date_phrases._PHRASES for _ in date_phrases._matches(pattern, text, starts)) >= 4


def test_what_is_given_of_a_cell_may_be_changed_without_changing_the_next() -> None:
    first = find_dates_in_cell("March 2026")
    first.clear()
    assert [found.sort for found in find_dates_in_cell("March 2026")] == ["month"]
    assert find_dates("nothing here says when") == []
