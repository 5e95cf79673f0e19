"""The calendar of a round, by the law's clear days and the council's own numbers."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.domain.rounds.rules import (
    Level,
    Offsets,
    coming_periods,
    disagreement,
    for_meeting,
    for_period,
    offsets_from,
    period_of,
    reminder_for,
    who_answers,
)
from goldthread.domain.rounds.rules.telling import disagreement_of, shipped_rules
from goldthread.domain.rounds.terms.shipped import suggested_timetable, telling_words
from goldthread.kernel.days import add_working_days, is_working_day, working_days_between

SUGGESTED = offsets_from(suggested_timetable())
DAYS = st.dates(date(2024, 6, 1), date(2027, 1, 1))
SMALL = st.integers(0, 20)
STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a machine may be busy
OFFSETS = st.builds(
    Offsets,
    publish=st.integers(1, 20), after_period=st.integers(1, 30), clearances=SMALL, sign_off=SMALL, acceptance=SMALL,
    check=SMALL, grace=SMALL, writing=st.integers(1, 30), escalation=st.integers(1, 10),
    reminders=st.lists(st.integers(-10, 10), max_size=5, unique=True).map(lambda days: tuple(sorted(days))),
    levels=st.lists(SMALL, min_size=1, max_size=3).map(
        lambda days: tuple(Level(f"Level {n}", (f"kind{n}",), d) for n, d in enumerate(days))
    ),
)  # fmt: skip


@STEADY
@given(DAYS, OFFSETS)
def test_the_steps_come_in_order_on_working_days(meets, offsets):
    days = for_meeting(meets, offsets)
    due = sorted(days.due(kind, offsets) for level in offsets.levels for kind in level.kinds)
    steps = [
        days.opens, *due, days.due_last, days.grace_until, days.check_by, days.accept_by, days.sign_off_by,
        days.freeze_on,
    ]  # fmt: skip
    assert steps == sorted(steps) and days.freeze_on < meets and days.opens < due[0]
    assert due[0] == days.due_first
    assert all(is_working_day(day) for day in steps)
    assert working_days_between(days.opens, days.due_first) == offsets.writing


@STEADY
@given(DAYS)
def test_five_clear_working_days_lie_between_publication_and_meeting(meets):
    frozen = for_meeting(meets, SUGGESTED).freeze_on
    between = (frozen + timedelta(days=n) for n in range(1, (meets - frozen).days))
    assert sum(is_working_day(day) for day in between) == 5


@STEADY
@given(DAYS, OFFSETS, st.integers(1, 30))
def test_a_later_meeting_never_has_an_earlier_step(meets, offsets, later):
    one, other = for_meeting(meets, offsets), for_meeting(meets + timedelta(days=later), offsets)
    assert all(getattr(one, name) <= getattr(other, name) for name in ("opens", "due_last", "check_by", "freeze_on"))


@STEADY
@given(DAYS, OFFSETS, st.integers(1, 10))
def test_more_time_for_a_step_moves_only_what_comes_before_it(meets, offsets, more):
    one, other = for_meeting(meets, offsets), for_meeting(meets, replace(offsets, check=offsets.check + more))
    assert (one.freeze_on, one.sign_off_by, one.accept_by, one.check_by) == (
        other.freeze_on, other.sign_off_by, other.accept_by, other.check_by,
    )  # fmt: skip
    assert other.grace_until < one.grace_until and other.opens < one.opens


@STEADY
@given(DAYS, OFFSETS, st.sampled_from(["monthly", "quarterly"]))
def test_coming_periods_follow_each_other_and_can_still_open(day, offsets, frequency):
    periods = coming_periods(frequency, day, 3, offsets)
    assert all(for_period(period, offsets).opens >= day for period in periods)
    for one, after in itertools.pairwise(periods):
        assert after.start == one.end + timedelta(days=1)
    before = period_of(frequency, periods[0].start - timedelta(days=1))
    assert for_period(before, offsets).opens < day or before.end < day - timedelta(days=180)


@STEADY
@given(DAYS, DAYS, OFFSETS)
def test_of_the_reminders_that_have_come_only_the_latest_is_sent(due, day, offsets):
    number = reminder_for(due, day, offsets)
    come = [n for n in offsets.reminders if add_working_days(due, n) <= day]
    assert number == (max(come) if come else None)


def test_a_december_meeting_by_hand():
    """Cabinet on Wednesday 9 December 2026: papers out on Tuesday 1 December, counted on paper."""
    days = for_meeting(date(2026, 12, 9), SUGGESTED)
    assert days.freeze_on == date(2026, 12, 1)
    assert days.sign_off_by == date(2026, 11, 27)
    assert days.due_last == date(2026, 11, 16) and days.due_first == date(2026, 11, 12)
    assert days.opens == date(2026, 11, 2)


def test_christmas_is_counted_round():
    assert for_meeting(date(2027, 1, 6), SUGGESTED).freeze_on == date(2026, 12, 24)


class Gone:
    """An absence."""

    def __init__(self, person_id, stand_in_id, starts, ends):
        self.person_id, self.stand_in_id, self.starts, self.ends = person_id, stand_in_id, starts, ends


def test_a_stand_in_answers_only_where_the_person_is_not_there_in_time():
    first, last = date(2026, 10, 29), date(2026, 11, 12)
    whole, short = Gone(1, 2, first, last), Gone(1, 2, first, date(2026, 11, 6))
    assert who_answers(1, [whole], first=first, last=last) == (2, True)
    assert who_answers(1, [short], first=first, last=last) == (1, False)
    assert who_answers(1, [Gone(1, None, first, last)], first=first, last=last) == (1, False)
    chain = [whole, Gone(2, 3, first, last)]
    assert who_answers(1, chain, first=first, last=last) == (3, True)
    assert who_answers(1, [whole, Gone(2, 1, first, last)], first=first, last=last)[0] == 2  # a circle ends


def test_words_that_do_not_go_with_a_rating():
    words, rules = telling_words(), shipped_rules()

    def said(rating, text):
        return disagreement(rating, text, rules, words["denials"])

    assert "delayed" in said("green", "Procurement was delayed by the summer.")
    assert said("green", "The work is not delayed.") == ""
    assert said("green", "Nothing new. The tender is out.") == ""
    assert "on track" in said("red", "All on track for March.")
    assert said("red", "This is no longer on track.") == ""
    assert "not started" in said("blue", "Phase two has not started")
    assert said("green", "The related team collated plates.") == ""


@pytest.mark.parametrize(
    "text",
    [
        "80% of systems moved to the cloud; complete by August 2025",
        "Phases 1A and 1B are complete.",
        "52% of actions were complete or on course for 2027.",
        "It should be practically complete around May 2026.",
        "The first homes are complete.",
        "250 managers finished the first course; its second part ended in November.",
        "Once the review is completed, Cabinet decides.",
        "A draft policy is ready to be completed.",
    ],
)
def test_a_part_that_is_finished_or_an_end_that_is_to_come_is_no_contradiction(text):
    assert disagreement_of("no-date", text, state="open") == ""


def test_what_is_called_finished_and_is_recorded_as_open_is_shown_and_what_is_complete_is_not():
    for text in (
        "The pilot is finished and written up.",
        "Work completed in March.",
        "A part. The review is complete.",
    ):
        assert "says it is finished" in disagreement_of("no-date", text, state="open")
        assert disagreement_of("no-date", text, state="complete") == ""
    assert "delayed" in disagreement_of("green", "Delayed by cuts; phase 2 begins.", state="open")


@STEADY
@given(st.text(max_size=200), st.sampled_from(["blue", "green", "amber", "red", "grey", "no-date", ""]))
def test_any_text_can_be_compared(text, rating):
    words, rules = telling_words(), shipped_rules()
    assert isinstance(disagreement(rating, text, rules, words["denials"]), str)
