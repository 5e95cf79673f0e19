"""Years, money, working days, ratings and the clock hold what the rooms rely on."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldthread.kernel import clock, days
from goldthread.kernel.money import Money, NotMoney, find_money
from goldthread.kernel.ratings import RULE, Rating, State, rate
from goldthread.kernel.years import FinancialYear, NotAPeriod, Quarter

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))
WORKING = st.dates(min_value=date(2013, 1, 1), max_value=date(2027, 12, 31))
SUMS = st.integers(min_value=-(10**14), max_value=10**14).map(Money)


# Years ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["2025/26", "25/26", "2025-26", "2025/2026", "FY 25/26", "financial year 2025/26", " 2025–26 "]
)
def test_a_financial_year_is_read_however_it_is_printed(text):
    year = FinancialYear.parse(text)
    assert (year.label, year.start, year.end) == ("2025/26", date(2025, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize("text", ["2025", "2025/27", "26/25", "", "Q2", "2025/26 Q2", "twenty five", "1/3"])
def test_what_is_no_financial_year_is_refused_with_the_remedy(text):
    with pytest.raises(NotAPeriod, match="2025/26"):
        FinancialYear.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "Q2 25/26",
        "Quarter 2 2025/26",
        "second quarter of 2025/26",
        "2025/26 Q2",
        "quarter two, 2025-26",
        "2nd quarter 25/26",
    ],
)
def test_a_quarter_is_read_however_it_is_printed(text):
    quarter = Quarter.parse(text)
    assert (quarter.label, quarter.start, quarter.end) == ("Q2 2025/26", date(2025, 7, 1), date(2025, 9, 30))


@pytest.mark.parametrize("text", ["Q2 2025", "Q5 2025/26", "Q2", "2025/26", "Q2 2025/27"])
def test_a_quarter_that_can_mean_two_things_is_refused(text):
    with pytest.raises(NotAPeriod):
        Quarter.parse(text)


def test_the_turn_of_the_century_is_read_from_two_digits():
    assert FinancialYear.parse("99/00").first == 1999
    assert FinancialYear(1999).label == "1999/00"


@given(DAYS)
def test_each_day_stands_in_one_year_and_one_quarter(day):
    year, quarter = FinancialYear.of(day), Quarter.of(day)
    assert year.contains(day) and quarter.contains(day) and quarter.year == year
    assert [each.contains(day) for each in year.quarters].count(True) == 1
    assert not year.next().contains(day) and not year.previous().contains(day)
    assert FinancialYear.parse(year.label) == year if year.first >= 1969 and year.first <= 2067 else True
    assert Quarter.parse(quarter.label) == quarter


@given(DAYS)
def test_periods_follow_each_other_without_a_gap(day):
    for period in (FinancialYear.of(day), Quarter.of(day)):
        assert period.next().start - period.end == timedelta(days=1)
        assert period.next().previous() == period
        assert period < period.next()


# Money ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pence", "short", "exact"),
    [
        ("£1.2m", 1_200_000_00, "£1.2m", "£1,200,000"),
        ("£200,000", 200_000_00, "£200,000", "£200,000"),
        ("£28,000", 28_000_00, "£28,000", "£28,000"),
        ("£560k", 560_000_00, "£560,000", "£560,000"),
        ("£1.23 million", 1_230_000_00, "£1.23m", "£1,230,000"),
        ("£15.3m", 15_300_000_00, "£15.3m", "£15,300,000"),
        ("-£3,000", -3_000_00, "-£3,000", "-£3,000"),
        ("£-3,000", -3_000_00, "-£3,000", "-£3,000"),
        ("(£4k)", -4_000_00, "-£4,000", "-£4,000"),
        ("£2bn", 2_000_000_000_00, "£2bn", "£2,000,000,000"),
        ("£12.50", 12_50, "£12.50", "£12.50"),
        ("£999,999.99", 999_999_99, "£1m", "£999,999.99"),
        ("£70m", 70_000_000_00, "£70m", "£70,000,000"),
        ("£1,254,999", 1_254_999_00, "£1.3m", "£1,254,999"),
    ],
)
def test_a_printed_sum_is_read_and_printed_again(text, pence, short, exact):
    money = Money.parse(text)
    assert (money.pence, money.short, money.exact) == (pence, short, exact)


@pytest.mark.parametrize(
    "text", ["", "£", "12", "£1,23", "£1.234", "£1-2m", "(£4k", "£4k)", "$5", "€5", "£1.2.3", "one pound", "£12 each"]
)
def test_what_is_no_sum_is_refused(text):
    with pytest.raises(NotMoney):
        Money.parse(text)


def test_a_column_of_figures_may_leave_out_the_pound_sign():
    assert Money.parse("1,250", bare=True) == Money.pounds(1250)
    assert Money.parse("(4.5k)", bare=True) == Money.pounds(-4500)


def test_sums_are_found_in_prose_with_their_place():
    text = "It saved over £200,000 (£1.2m in all), cost £1-2m, and £28,000. Not 5% of £3 000 homes."
    found = find_money(text)
    assert [each.text for each in found] == ["£200,000", "£1.2m", "£1-2m", "£28,000", "£3"]
    assert found[2].low == Money.pounds(1_000_000) and found[2].high == Money.pounds(2_000_000)
    assert all(text[each.begin : each.stop] == each.text for each in found)


@given(st.text(alphabet="£€$0123456789,.-–() kmbntoillionGBP\n", max_size=60))
def test_any_prose_is_searched_without_failing(text):
    for each in find_money(text):
        assert text[each.begin : each.stop] == each.text


@given(SUMS)
def test_an_exact_figure_reads_back_and_the_short_one_is_near(money):
    assert Money.parse(money.exact) == money
    near = Money.parse(money.short)
    assert abs(near - money).pence * 20 <= abs(money).pence  # one decimal of the unit: never off by more than 5 %


@given(SUMS, SUMS, st.integers(min_value=1, max_value=50))
def test_no_penny_is_lost(one, other, parts):
    assert Money.total([one, other]) == one + other
    assert one + other - other == one
    assert Money.total(one.shared(parts)) == one
    assert max(one.shared(parts)) - min(one.shared(parts)) <= Money(1)
    assert one * parts == Money.total([one] * parts)
    assert (one.ratio(other) is None) == (other == Money(0))


def test_money_is_no_float_and_mixes_with_nothing_else():
    for wrong in (1.5, True, "12"):
        with pytest.raises(TypeError):
            Money(wrong)
    with pytest.raises(TypeError):
        Money(1) + 1
    with pytest.raises(TypeError):
        Money(1) * 1.5
    for wrong in ("0.001", "much", "NaN", "Infinity"):
        with pytest.raises(NotMoney):
            Money.pounds(wrong)
    assert Money.pounds(Decimal("0.10")) + Money.pounds("0.20") == Money(30)


# Working days -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        ("2025-05-23", 1, "2025-05-27"),  # over a weekend and the spring bank holiday
        ("2025-12-24", 2, "2025-12-30"),  # over Christmas
        ("2025-05-24", 1, "2025-05-27"),  # from a Saturday
        ("2025-05-27", -1, "2025-05-23"),
        ("2025-05-27", 20, "2025-06-24"),  # the Freedom of Information clock
        ("2025-05-24", 0, "2025-05-24"),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(day, number, expected):
    assert days.add_working_days(date.fromisoformat(day), number) == date.fromisoformat(expected)


@given(WORKING, st.integers(min_value=1, max_value=200))
def test_counting_undoes_adding(day, number):
    later = days.add_working_days(day, number)
    assert days.is_working_day(later)
    assert days.working_days_between(day, later) == number
    assert days.working_days_between(later, day) == -number if days.is_working_day(day) else True


@given(WORKING, st.integers(min_value=1, max_value=100))
def test_going_back_returns_to_the_same_working_day(day, number):
    assume(days.is_working_day(day))
    assert days.add_working_days(days.add_working_days(day, number), -number) == day


def test_the_calendar_says_where_it_ends():
    calendar = days.england_and_wales()
    for outside in (calendar.last + timedelta(days=1), calendar.first - timedelta(days=1)):
        with pytest.raises(days.CalendarEnds, match=days.printed(calendar.last)):
            days.is_working_day(outside)
    with pytest.raises(days.CalendarEnds):
        days.add_working_days(calendar.last, 1)
    assert days.is_working_day(calendar.last) in (True, False)


def test_the_frozen_calendar_is_what_the_package_says():
    data = json.loads(days.DATA.read_text(encoding="utf-8"))
    first, last = date.fromisoformat(data["first"]), date.fromisoformat(data["last"])
    assert data["holidays"] == days.derived(first.year, last.year)
    assert len(data["holidays"]) >= 8 * (last.year - first.year + 1)
    assert "2022-09-19" in data["holidays"]  # proclaimed ten days before: no rule foresaw it


def test_a_date_is_printed_as_people_read_it():
    assert days.printed(date(2025, 5, 27)) == "27 May 2025"
    assert days.printed(date(2025, 12, 1)) == "1 December 2025"


# Ratings ----------------------------------------------------------------------------------------------------------

DUE = date(2025, 9, 30)
SEVERITY = {Rating.BLUE: 0, Rating.GREY: 1, Rating.GREEN: 2, Rating.NO_DATE: 2, Rating.AMBER: 3, Rating.RED: 4}
ENTRIES = st.fixed_dictionaries(
    {
        "state": st.sampled_from(State),
        "due": st.none() | WORKING,
        "today": WORKING,
        "tolerance": st.integers(min_value=0, max_value=100),
        "verified": st.booleans(),
        "forecast": st.none() | WORKING,
        "open_issue": st.booleans(),
    }
)


@pytest.mark.parametrize(
    ("given_", "value", "says"),
    [
        ({"state": State.COMPLETED, "verified": True}, Rating.BLUE, "verified"),
        ({"state": State.COMPLETED}, Rating.GREEN, "not yet verified"),
        ({"state": State.IN_PROGRESS}, Rating.GREEN, "30 September 2025"),
        ({"state": State.IN_PROGRESS, "open_issue": True}, Rating.AMBER, "issue"),
        ({"state": State.IN_PROGRESS, "forecast": date(2025, 10, 14)}, Rating.AMBER, "14 days"),
        ({"state": State.IN_PROGRESS, "forecast": date(2025, 12, 1)}, Rating.RED, "tolerance is 28 days"),
        ({"state": State.IN_PROGRESS, "today": date(2025, 10, 1)}, Rating.RED, "1 day ago"),
        ({"state": State.NOT_STARTED}, Rating.GREY, "Not started"),
        ({"state": State.ON_HOLD}, Rating.GREY, "On hold"),
        ({"state": State.WITHDRAWN}, Rating.GREY, "Withdrawn"),
        ({"state": State.IN_PROGRESS, "due": None}, Rating.NO_DATE, "No due date"),
        ({"state": State.COMPLETED, "due": None}, Rating.NO_DATE, "No due date"),
    ],
)
def test_the_rule_rates_and_says_why(given_, value, says):
    rated = rate(**({"due": DUE, "today": date(2025, 5, 27), "tolerance": 28} | given_))
    assert rated.value is value and says in rated.why and rated.rule == RULE
    assert rated.value.label


@given(ENTRIES)
def test_every_entry_gets_one_rating_and_no_date_is_never_green(entry):
    rated = rate(**entry)
    assert rated == rate(**entry) and rated.why.endswith(".")
    assert (rated.value is Rating.BLUE) == (entry["state"] is State.COMPLETED and entry["verified"])
    if entry["due"] is None and entry["state"] is not State.WITHDRAWN:
        assert rated.value in (Rating.NO_DATE, Rating.BLUE)


@given(ENTRIES, st.integers(min_value=0, max_value=400))
def test_lateness_never_betters_a_rating(entry, later):
    before = SEVERITY[rate(**entry).value]
    assert SEVERITY[rate(**entry | {"today": entry["today"] + timedelta(days=later)}).value] >= before
    if entry["forecast"] is not None:
        assert SEVERITY[rate(**entry | {"forecast": entry["forecast"] + timedelta(days=later)}).value] >= before
    assert SEVERITY[rate(**entry | {"open_issue": True}).value] >= before


def test_a_negative_tolerance_is_a_mistake():
    with pytest.raises(ValueError, match="0 or more"):
        rate(state=State.IN_PROGRESS, due=DUE, today=DUE, tolerance=-1)


# The clock --------------------------------------------------------------------------------------------------------


def test_the_clock_can_be_set_and_comes_back():
    with clock.fixed_at(date(2025, 5, 27)):
        assert clock.today() == date(2025, 5, 27)
        with clock.fixed_at(date(2026, 1, 1)):
            assert clock.today() == date(2026, 1, 1)
        assert clock.today() == date(2025, 5, 27)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_day_is_the_day_in_london():
    with clock.fixed_at(datetime(2025, 6, 30, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2025, 7, 1)
    with clock.fixed_at(datetime(2025, 12, 31, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Street Plan – update as at 27 May 2025", "Street Plan"),
        ("Improvement plan as at 27 May 2025", "Improvement plan"),
        ("Recovery Plan (as at 3rd June 2024)", "Recovery Plan"),
        ("Recovery plan: position as of March 2025", "Recovery plan"),
        ("Debt plan, updated 01/04/2025", "Debt plan"),
        ("Improvement Plan 2025", "Improvement Plan 2025"),
        ("Action plan for the peer challenge of 26 February to 1 March 2019", None),
        ("Corporate Plan to March 2027", "Corporate Plan to March 2027"),
        ("As at 27 May 2025", "As at 27 May 2025"),
        ("Update as at 27 May 2025", "Update as at 27 May 2025"),
        ("", ""),
    ],
)
def test_a_plan_is_named_without_the_day_of_its_document(title, name):
    assert days.undated(title) == (title if name is None else name)
