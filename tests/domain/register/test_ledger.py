"""The date ledger and the rating that shows, for whatever is said in whatever order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.domain.register.rules import add_months, aged, days_ahead, rating_of, slips_of
from goldthread.kernel.ratings import WORST_LAST, Rating, roll_up, shown, worse

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))
RATINGS = st.sampled_from(Rating)


@dataclass(frozen=True)
class Entry:
    """One entry of a ledger."""

    as_at: date
    due_on: date | None
    reason: str = ""


LEDGERS = st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=8).map(
    lambda rows: [Entry(*row) for row in sorted(rows, key=lambda row: row[0])]
)


def first_of(ledger: list[Entry]) -> date | None:
    """The first date of a ledger."""
    return next((entry.due_on for entry in ledger if entry.due_on is not None), None)


@given(LEDGERS)
def test_the_moves_add_up_to_the_whole_slip(ledger: list[Entry]) -> None:
    slips, dated = slips_of(ledger), [entry.due_on for entry in ledger if entry.due_on is not None]
    assert sum(one.days or 0 for one in slips) == ((dated[-1] - dated[0]).days if dated else 0)
    assert all(one.was != one.now for one in slips)
    assert len(slips) < max(len(ledger), 1)


@given(LEDGERS, st.integers(min_value=0, max_value=400), st.none() | DAYS)
def test_the_first_date_never_changes_and_an_earlier_day_sees_no_later_move(
    ledger: list[Entry], later: int, due: date | None
) -> None:
    last = ledger[-1].as_at if ledger else date(2025, 1, 1)
    longer = [*ledger, Entry(last + timedelta(days=later), due)]
    assert first_of(ledger) is None or first_of(longer) == first_of(ledger)
    assert slips_of(longer)[: len(slips_of(ledger))] == slips_of(ledger)


@given(LEDGERS, st.data())
def test_a_move_that_is_withdrawn_is_as_if_it_had_not_been(ledger: list[Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=0, max_value=len(ledger)))
    day = ledger[at - 1].as_at if at else date(2020, 1, 1)
    wrong = Entry(day, data.draw(DAYS))
    with_it = [*ledger[:at], wrong, *ledger[at:]]
    assert slips_of([entry for entry in with_it if entry is not wrong]) == slips_of(ledger)


@given(RATINGS, st.none() | RATINGS, st.none() | RATINGS, st.booleans())
def test_what_shows_is_one_of_both_and_never_covers_what_nobody_has_judged(
    computed: Rating, declared: Rating | None, then: Rating | None, verified: bool
) -> None:
    value = shown(computed, declared=declared, then=then, verified=verified)
    assert value in (computed, declared)
    if not verified:
        assert value is not Rating.BLUE or computed is Rating.BLUE
    if computed is Rating.NO_DATE:
        assert value.severity >= Rating.NO_DATE.severity or value is Rating.NO_DATE
    if then is not None and computed.severity > then.severity:
        assert value.severity >= computed.severity


@given(st.lists(RATINGS))
def test_a_roll_up_counts_everything_and_its_worst_is_the_worst(ratings: list[Rating]) -> None:
    found = roll_up(ratings)
    assert sum(found.counts.values()) == len(ratings)
    assert found.worst == (max(ratings, key=WORST_LAST.index) if ratings else None)
    assert list(found.counts) == sorted(found.counts, key=WORST_LAST.index, reverse=True)
    assert found.why.endswith(".") and found.rule
    assert all(worse(found.worst, one) is found.worst for one in ratings if found.worst)


@given(
    st.sampled_from(["open", "on hold"]),
    DAYS,
    st.integers(0, 400),
    st.integers(0, 400),
    st.none() | DAYS,
    st.booleans(),
)
def test_a_stored_rating_reads_as_the_rule_says_once_its_date_has_passed(
    state: str, due: date, before: int, after: int, forecast: date | None, issue: bool
) -> None:
    written, now = due - timedelta(days=before), due + timedelta(days=after)
    stored = rating_of(state=state, due_on=due, on=written, forecast=forecast, open_issue=issue).value
    reads = aged(stored.value, state=state, overdue=due < now, was_late=due < written)
    assert reads == rating_of(state=state, due_on=due, on=now, forecast=forecast, open_issue=issue).value.value


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@settings(max_examples=60)
@given(st.text(max_size=120), DAYS)
def test_dates_ahead_lie_ahead_and_stand_in_the_text(text: str, after: date) -> None:
    for found in days_ahead(text, after=after):
        assert found.due_on > after
        assert found.text in text and len(found.sentence) <= 300
