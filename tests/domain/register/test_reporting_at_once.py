"""A report is judged by what was read before its transaction: quick while others wait, and never by what has moved since."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import Body
from goldthread.domain.register import actions
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import stand, stood_today, stood_with
from goldthread.domain.register.models.projection import drift
from goldthread.domain.register.queries import record_at
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import MAY, SmallPlan

JUNE, JULY = date(2025, 6, 20), date(2025, 7, 10)

REPORTS = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["The tender is out", "Bids are due by 31 July 2025", "It starts in April 2026"]),
        "as_at": st.sampled_from([MAY, JUNE, JULY]),
    },
    optional={
        "state": st.sampled_from(["open", "on hold", "complete"]),
        "forecast_on": st.dates(date(2025, 6, 1), date(2026, 6, 1)),
        "issue": st.sampled_from(["", "No contractor"]),
        "due_on": st.dates(date(2025, 6, 1), date(2026, 6, 1)),
        "rating": st.sampled_from(["", "red", "amber", "green"]),
        "evidence": st.just((actions.NewEvidence("Minutes", "https://fernleigh.example/minutes"),)),
    },
)
"""What people may say in one report; not all of it is accepted."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(REPORTS, min_size=1, max_size=4))
def test_what_a_report_writes_is_what_reading_it_all_again_gives(
    small_plan: SmallPlan, coordinator: User, said: list[dict]
) -> None:
    board = organisation.add_body(name=f"Board {Body.objects.count() + 1}", by=coordinator)
    with fixed_at(JULY):
        for one in said:
            try:
                actions.report_progress(
                    record=small_plan.first, by=coordinator, state_reason="Seen", due_reason="Agreed", agreed_by=board,
                    rating_reason="Looked at", **one,
                )  # fmt: skip
            except actions.Refused:
                continue
        assert drift([small_plan.first.pk]) == []


def test_a_report_holds_the_others_up_for_nine_statements_at_most(small_plan: SmallPlan, coordinator: User) -> None:
    with fixed_at(JUNE):
        found = actions.found_for_report(record=small_plan.first, by=coordinator)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actions.report_progress(
                record=small_plan.first, text="The tender is out", as_at=JUNE, by=coordinator, found=found
            )
    assert len(queries) <= 9, [row["sql"][:90] for row in queries]


def test_what_moved_after_it_was_read_is_read_again(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    with fixed_at(JUNE):
        found = actions.found_for_report(record=small_plan.first, by=coordinator)
        event = actions.set_due_date(
            records=[small_plan.first], timescale="15 June 2025", by=coordinator, reason="First set", as_at=MAY
        )
        actions.report_progress(record=small_plan.first, text="Nearly there", as_at=JUNE, by=coordinator, found=found)
        row = record_at(small_plan.first.reference, viewer=looking)
        assert row.due_on == date(2025, 6, 15) and drift() == []
        small_plan.first.refresh_from_db()
        assert small_plan.first.rating == "red"
        found = actions.found_for_report(record=small_plan.first, by=coordinator)
        undo(event=event, by=coordinator)
        actions.report_progress(record=small_plan.first, text="Still", as_at=JUNE, by=coordinator, found=found)
        assert drift() == []


def test_the_newer_text_of_another_is_a_conflict_though_it_came_after_the_reading(
    small_plan: SmallPlan, coordinator: User
) -> None:
    with fixed_at(JUNE):
        found = actions.found_for_report(record=small_plan.first, by=coordinator)
        first = actions.report_progress(record=small_plan.first, text="Two bids", as_at=JUNE, by=coordinator)
        with pytest.raises(actions.Conflict) as conflict:
            actions.report_progress(
                record=small_plan.first, text="Three bids", as_at=JUNE, by=coordinator, based_on=0, found=found
            )
    assert conflict.value.theirs == first


def test_another_tolerance_of_the_plan_counts_though_it_came_after_the_reading(
    small_plan: SmallPlan, coordinator: User
) -> None:
    with fixed_at(JUNE):
        found = actions.found_for_report(record=small_plan.first, by=coordinator)
        actions.set_tolerance(plan=small_plan.plan, days=30, by=coordinator, reason="Agreed")
        actions.report_progress(
            record=small_plan.first, text="Late by a week", as_at=JUNE, by=coordinator, due_on="30 June 2025",
            due_reason="First set", forecast_on=date(2025, 7, 7), found=found,
        )  # fmt: skip
        assert drift() == []
        small_plan.first.refresh_from_db()
    assert small_plan.first.rating == "amber"


def test_facts_of_another_kind_are_not_added_to_what_was_read(small_plan: SmallPlan, coordinator: User) -> None:
    with fixed_at(JUNE):
        stood = stood_today([small_plan.first])[small_plan.first.pk]
        with pytest.raises(ValueError, match="read the record again"):
            stood_with(stood, stood.links)
        (without,) = stand(Record.objects.filter(pk=small_plan.first.pk), as_at=None, known_on=None)
        with pytest.raises(ValueError, match="read the record again"):
            stood_with(without, stood.updates or [stood.version])
