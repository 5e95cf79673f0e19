"""Printed timescales as councils write them, each with the range a person would give it."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldthread.kernel.timescales import SORTS, find_dates, parse_timescale

D = date.fromisoformat

WITH_DATES = [
    ("by end of Q2 25/26", "quarter", "2025-07-01", "2025-09-30"),
    ("Quarter 4 2024/25", "quarter", "2025-01-01", "2025-03-31"),
    ("second quarter of 2025/26", "quarter", "2025-07-01", "2025-09-30"),
    ("2025/26 Q3", "quarter", "2025-10-01", "2025-12-31"),
    ("December 2025", "month", "2025-12-01", "2025-12-31"),
    ("Sept. 2019", "month", "2019-09-01", "2019-09-30"),
    ("Mar-26", "month", "2026-03-01", "2026-03-31"),
    ("Dec '25", "month", "2025-12-01", "2025-12-31"),
    ("12/2025", "month", "2025-12-01", "2025-12-31"),
    ("February 2024", "month", "2024-02-01", "2024-02-29"),
    ("31 December 2019", "day", "2019-12-31", "2019-12-31"),
    ("15th May 2019 Cabinet", "day", "2019-05-15", "2019-05-15"),
    ("27th May 2025", "day", "2025-05-27", "2025-05-27"),
    ("11 th October 2022", "day", "2022-10-11", "2022-10-11"),
    ("31/03/2026", "day", "2026-03-31", "2026-03-31"),
    ("1.4.25", "day", "2025-04-01", "2025-04-01"),
    ("2026-03-31", "day", "2026-03-31", "2026-03-31"),
    ("Tuesday, 27 May 2025", "day", "2025-05-27", "2025-05-27"),
    ("by Spring 2024", "season", "2024-03-01", "2024-05-31"),
    ("Winter 2024/25", "season", "2024-12-01", "2025-02-28"),
    ("early 2027", "season", "2027-01-01", "2027-04-30"),
    ("mid-2026", "season", "2026-05-01", "2026-08-31"),
    ("Late 2025", "season", "2025-09-01", "2025-12-31"),
    ("first half of 2025/26", "season", "2025-04-01", "2025-09-30"),
    ("early March 2026", "month", "2026-03-01", "2026-03-10"),
    ("end of 2027", "year", "2027-01-01", "2027-12-31"),
    ("2023", "year", "2023-01-01", "2023-12-31"),
    ("2023/24", "financial-year", "2023-04-01", "2024-03-31"),
    ("FY 25/26", "financial-year", "2025-04-01", "2026-03-31"),
    ("2025-26", "financial-year", "2025-04-01", "2026-03-31"),
    ("2024-2028", "range", "2024-01-01", "2028-12-31"),
    ("April - June 2025", "range", "2025-04-01", "2025-06-30"),
    ("November to January 2026", "range", "2025-11-01", "2026-01-31"),
    ("14-18 July 2025", "range", "2025-07-14", "2025-07-18"),
    ("Q1-Q3 2025/26", "range", "2025-04-01", "2025-12-31"),
    ("from April 2025 until March 2029", "range", "2025-04-01", "2029-03-31"),
    ("01.04.2025-31.03.2026", "range", "2025-04-01", "2026-03-31"),
    ("between 2019 and 2023", "range", "2019-01-01", "2023-12-31"),
    ("Started October 2023, ends March 2025", "range", "2023-10-01", "2025-03-31"),
    ("from April 2025", "range", "2025-04-01", None),
    ("April 2025 onwards", "range", "2025-04-01", None),
    ("before March 2026", "range", None, "2026-02-28"),
    ("until March 2029", "range", None, "2029-03-31"),
    ("start of April 2025", "month", "2025-04-01", "2025-04-10"),
    ("to start April 2025", "range", "2025-04-01", None),
    ("July and August 2025", "range", "2025-07-01", "2025-08-31"),
    ("July and September 2025", "several", "2025-07-01", "2025-09-30"),
    ("between July and September 2025", "range", "2025-07-01", "2025-09-30"),
    ("December 2019 and July 2021", "several", "2019-12-01", "2021-07-31"),
    ("Immediate - by 31 March 2019", "day", "2019-03-31", "2019-03-31"),
    ("To be completed by March 2026", "month", "2026-03-01", "2026-03-31"),
    ("Annual report July 2021", "month", "2021-07-01", "2021-07-31"),
    ("Started in October 2023 Ongoing", "ongoing", "2023-10-01", None),
    ("October 2023 - ongoing", "ongoing", "2023-10-01", None),
    ("Ongoing until March 2026", "ongoing", None, "2026-03-31"),
    ("Completed December 2023", "completed", "2023-12-01", "2023-12-31"),
    ("Quarterly from April 2025", "recurring", "2025-04-01", None),
]

WITHOUT_DATES = [
    ("As soon as possible", "as-soon-as-possible"),
    ("ASAP", "as-soon-as-possible"),
    ("Immediate", "immediate"),
    ("With immediate effect", "immediate"),
    ("Ongoing", "ongoing"),
    ("On-going", "ongoing"),
    ("Ongoing - review December 2019", "ongoing"),
    ("Completed", "completed"),
    ("Complete.", "completed"),
    ("Quarterly", "recurring"),
    ("Annually", "recurring"),
    ("Every 6 months", "recurring"),
    ("within 6 months", "relative"),
    ("Short term (0-6 months)", "relative"),
    ("Next financial year", "relative"),
    ("TBC", "none"),
    ("to be confirmed", "none"),
    ("N/A", "none"),
    ("-", "none"),
    ("", "none"),
    ("90% complete", "unknown"),
    ("Not completed", "unknown"),
    ("Incomplete", "unknown"),
    ("J23", "unknown"),
    ("50,000", "unknown"),
    ("£2025", "unknown"),
    ("version 2.3.1", "unknown"),
    ("May need a decision", "unknown"),
    ("May", "month"),
    ("by 15th May", "day"),
    ("31st June 2025", "day"),
    ("Q2", "quarter"),
    ("Q2 2025", "quarter"),
    ("autumn term 2025", "season"),
    ("academic year 2025/26", "year"),
    ("from March 2026 to April 2025", "range"),
]


@pytest.mark.parametrize(("text", "sort", "start", "end"), WITH_DATES)
def test_a_printed_timescale_becomes_its_range(text, sort, start, end):
    read = parse_timescale(text)
    assert (read.sort, read.start, read.end) == (sort, start and D(start), end and D(end))
    assert read.precision
    assert read.as_dict() == {"text": text, "sort": sort, "from": start, "to": end}


@pytest.mark.parametrize(("text", "sort"), WITHOUT_DATES)
def test_what_the_print_does_not_say_is_not_invented(text, sort):
    read = parse_timescale(text)
    assert (read.sort, read.start, read.end, read.precision) == (sort, None, None, "")


@pytest.mark.parametrize(
    "text", ["31st June 2025", "Q2 2025", "May", "autumn term 2025", "from March 2026 to April 2025"]
)
def test_a_date_that_is_not_concluded_says_why(text):
    assert parse_timescale(text).note


def test_a_deadline_is_told_from_a_plain_date():
    assert parse_timescale("by December 2025").deadline
    assert not parse_timescale("December 2025").deadline


def test_capitals_and_broken_lines_change_nothing():
    for text, *_ in WITH_DATES:
        broken = parse_timescale(text.replace(" ", "\n"))
        plain = parse_timescale(text)
        assert (broken.sort, broken.start, broken.end) == (plain.sort, plain.start, plain.end), text


def test_prose_gives_its_dates_with_their_place():
    text = (
        "The scheme was launched on 11th October 2022 and, after a pause in 2023, will run until March 2026 at least."
    )
    found = find_dates(text)
    assert [(each.text, each.start) for each in found] == [
        ("11th October 2022", D("2022-10-11")),
        ("2023", D("2023-01-01")),
        ("March 2026", D("2026-03-01")),
    ]
    assert all(text[each.begin : each.stop] == each.text for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "2023 homes were built",
        "support for 2000 residents",
        "they may wait, and Spring Street is closed",
        "open 24/7 with 9/10 satisfied",
        "paragraph 2.3.25 of the constitution",
        "over £2023 and 2,024 and 2025.5",
    ],
)
def test_numbers_in_prose_are_not_taken_for_dates(text):
    assert find_dates(text) == []


def test_words_of_two_cells_are_not_one_date():
    assert [each.text for each in find_dates("to its new home in October 2\t2023")] == []


def test_a_date_that_moved_is_two_dates():
    assert [each.text for each in find_dates("the go-live moved from March 2025 to June 2025")] == [
        "March 2025",
        "June 2025",
    ]


PHRASES = (
    "by end of the from until to - – / and Q2 Q5 quarter third 25/26 2025/26 2025/27 99/00 2025 31 30th February Feb "
    "May March-26 31/02/2024 29/02/2024 2026-13-45 spring winter early mid late completed not TBC asap annually "
    "every six months before after since started £ , . ( ) : 0 00 1 9999 1900 2199 H1 half year financial FY"
)
WORDS = st.sampled_from([*PHRASES.split(), "\n", "\t", "\u00a0"])


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)))
@example("31 December 2199 after")
@example("after 2199")
@example("before 1900")
def test_any_text_is_read_the_same_way_twice_and_its_range_is_in_order(text):
    read = parse_timescale(text)
    assert read == parse_timescale(text)
    assert read.text == text
    assert read.sort in SORTS
    assert read.start is None or read.end is None or read.start <= read.end
    assert bool(read.precision) == bool(read.start or read.end)
    if read.sort in ("unknown", "none", "as-soon-as-possible", "immediate", "relative"):
        assert read.start is None and read.end is None
    for found in (*read.dates, *find_dates(text)):
        assert text[found.begin : found.stop] == found.text
        assert (found.start is None) == (found.end is None)
        assert (found.start is None) == bool(found.note)
    ends = [(found.begin, found.stop) for found in find_dates(text)]
    assert all(left[1] <= right[0] for left, right in pairwise(ends))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_way_of_printing_a_day_gives_the_day(day):
    month = f"{day:%B}"
    for text in (
        f"{day.day} {month} {day.year}",
        f"{day.day:02d}/{day.month:02d}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{month} {day.day}, {day.year}",
        day.isoformat(),
    ):
        read = parse_timescale(f"by {text}")
        assert (read.sort, read.start, read.end, read.deadline) == ("day", day, day, True), text


def test_a_long_text_is_read_in_bounded_time():
    assert len(find_dates("Q2 25/26 to and until " * 5000)) == 5000
    assert find_dates("1 " * 50_000) == [] and find_dates(" " * 100_000) == []
