"""The clock of a review: what was due by when, by which rule, and what was met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.domain.reviews.rules.clocks import (
    Dates,
    clock_of,
    months_after,
    shipped_clocks,
    steps_on,
)
from goldthread.domain.reviews.rules.printed_clock import printed_clock
from goldthread.domain.reviews.terms import ReviewKind, StepState

DAYS = st.dates(date(2013, 1, 1), date(2027, 12, 31))
ON_SITE = date(2024, 3, 14)


def on(day: date, **happened: date) -> dict[str, object]:
    """The steps of a peer challenge of March 2024 on a day: key → (due, state)."""
    dates = Dates(started=ON_SITE, ended=ON_SITE, happened={k.replace("_", "-"): v for k, v in happened.items()})
    steps = steps_on(dates, clock=clock_of(ReviewKind.PEER_CHALLENGE, ON_SITE), on=day)
    return {step.key: (step.due_on, step.state) for step in steps}


def test_a_peer_challenge_is_due_after_three_five_ten_and_twelve_months_and_five_years():
    steps = on(date(2024, 4, 1))
    assert [steps[key][0] for key in ("report-published", "plan-published", "progress-review", "progress-report")] == [
        date(2024, 6, 14),
        date(2024, 8, 14),
        date(2025, 1, 14),
        date(2025, 3, 14),
    ]
    assert steps["next-review"] == (date(2029, 3, 14), StepState.DUE)


def test_met_late_past_and_due_are_told_apart_on_the_day():
    steps = on(date(2025, 2, 1), report_published=date(2024, 6, 14), plan_published=date(2024, 9, 1))
    assert steps["report-published"][1] == StepState.MET
    assert steps["plan-published"][1] == StepState.LATE
    assert steps["progress-review"][1] == StepState.NOT_ON_RECORD
    assert steps["progress-report"][1] == StepState.DUE
    assert on(date(2024, 6, 1), report_published=date(2024, 6, 14))["report-published"][1] == StepState.DUE


def test_a_review_from_before_the_rule_is_judged_by_its_print_only():
    started = date(2022, 11, 7)
    assert clock_of(ReviewKind.PEER_CHALLENGE, started) is None
    dates = Dates(started, date(2022, 11, 10), printed={"progress-review": (date(2023, 5, 10), "six-month check-in")})
    (step,) = steps_on(dates, clock=None, on=date(2025, 1, 1))
    assert (step.due_on, step.state) == (date(2023, 5, 10), StepState.NOT_ON_RECORD)
    assert "six-month check-in" in step.because
    assert steps_on(Dates(started), clock=None, on=date(2025, 1, 1)) == []


def test_what_was_printed_goes_before_the_rule():
    dates = Dates(ON_SITE, ON_SITE, printed={"progress-review": (date(2024, 9, 14), "after six months")})
    steps = {step.key: step for step in steps_on(dates, clock=clock_of("peer challenge", ON_SITE), on=ON_SITE)}
    assert steps["progress-review"].due_on == date(2024, 9, 14)


def test_a_step_counted_from_another_waits_for_it():
    clock = clock_of(ReviewKind.OFSTED, date(2024, 1, 8))
    before = {step.key: step for step in steps_on(Dates(date(2024, 1, 8)), clock=clock, on=date(2024, 5, 1))}
    assert before["plan-published"].state == StepState.UNKNOWN
    dates = Dates(date(2024, 1, 8), happened={"report-published": date(2024, 2, 26)})
    after = {step.key: step for step in steps_on(dates, clock=clock, on=date(2024, 5, 1))}
    assert after["plan-published"].due_on == date(2024, 6, 7)  # 14 weeks on, and four bank holidays between


@given(st.sampled_from(ReviewKind.values), DAYS, DAYS, st.integers(0, 2000))
def test_every_kind_has_an_answer_for_every_day_and_time_never_unmakes_a_miss(kind, started, today, later):
    dates = Dates(started)
    clock = clock_of(kind, started)
    now = {step.key: step.state for step in steps_on(dates, clock=clock, on=today)}
    then = {step.key: step.state for step in steps_on(dates, clock=clock, on=today + timedelta(later))}
    assert set(now) == set(then)
    assert all(then[key] == StepState.NOT_ON_RECORD for key, state in now.items() if state == StepState.NOT_ON_RECORD)


@given(DAYS, st.integers(0, 120))
def test_months_after_never_runs_over_into_the_month_after_next(start, months):
    found = months_after(start, months)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day <= start.day


def test_every_clock_on_file_says_its_source_and_counts_from_what_it_knows():
    for clock in shipped_clocks():
        assert clock.source and clock.steps and clock.starts
        keys = {step.key for step in clock.steps}
        assert {step.counted_from for step in clock.steps} <= keys | {"", "start", "end"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Borough of Fernleigh", "Corporate Peer Challenge", "", "4 - 7 March 2024"],
            [("visit", date(2024, 3, 4), date(2024, 3, 7))],
        ),
        (
            ["Inspection of services", "Fieldwork: 8 January to 19 January 2024", "We will return", "after nine months"],
            [("visit", date(2024, 1, 8), date(2024, 1, 19))],
        ),
        (
            ["Peer review, 12-15 June 2023", "There is a follow-up visit after nine months.", "A review comes every 3-4 years"],
            [
                ("visit", date(2023, 6, 12), date(2023, 6, 15)),
                ("progress-review", date(2024, 3, 15), date(2024, 3, 15)),
                ("next-review", date(2026, 6, 15), date(2027, 6, 15)),
            ],
        ),
        (["The lead will report every two years on the trees"], []),
        (["Savings of £2m by March 2024 and a follow-up by June 2024"], []),
    ],
)  # fmt: skip
def test_what_a_report_prints_of_its_own_clock(lines, expected):
    assert [(one.step, one.first, one.last) for one in printed_clock(lines)] == expected


def test_the_real_reports_print_the_days_that_they_print(shared_documents):
    def read(name):
        return {one.step: one.last for one in printed_clock((shared_documents / name).read_text().splitlines())}

    assert read("peer-challenge-report-2022.txt") == {
        "visit": date(2022, 11, 10),
        "progress-review": date(2023, 5, 10),
    }
    assert read("peer-challenge-action-plan-2019.txt") == {
        "visit": date(2019, 3, 1),
        "progress-review": date(2021, 2, 28),
        "next-review": date(2024, 3, 1),
    }
