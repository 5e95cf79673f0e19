"""On how many of its items each owner had an update, period by period."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register import actions
from goldthread.domain.register.actions.progress import add_update
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.register.queries.reported import Period, reported_by_owner
from goldthread.kernel.clock import fixed_at
from goldthread.kernel.years import FinancialYear
from tests.domain.conftest import MAY, person_with
from tests.support.once import written_once

NOW = date(2026, 2, 10)
QUARTERS = [Period(quarter.label, quarter.start, quarter.end) for quarter in FinancialYear(2025).quarters]


def figures(coordinator, looking=None, **more):
    """Owner → "reported/items" of each quarter of 2025/26, and for how long it has been silent."""
    with fixed_at(NOW):
        rows = reported_by_owner(QUARTERS, viewer=looking or viewer_for(coordinator), **more)
    return {
        str(row.owner) if row.owner else None: (
            " ".join(f"{len(each.reported)}/{each.items}" for each in row.periods),
            row.silent_for,
        )
        for row in rows
    }


@pytest.fixture
@written_once
def reporting(small_plan, coordinator):
    """Two more actions of the director; one update in the first quarter, one in the third, recorded late."""
    for text in ("Paint the lines", "Sweep the leaves"):
        new = NewRecord("action", text, MAY, parent=small_plan.objective, leads=[Lead(small_plan.director.owner)])
        setattr(small_plan, text.split()[0].lower(), write_entry(new=new, by=coordinator))
    with fixed_at(NOW):
        add_update(record=small_plan.first, text="Tender is out.", as_at=date(2025, 6, 30), by=coordinator)
        add_update(record=small_plan.paint, text="Half are painted.", as_at=date(2025, 12, 31), by=coordinator)
    return small_plan


def test_items_count_in_the_period_their_update_speaks_of(reporting, coordinator):
    assert figures(coordinator) == {"Director of Streets": ("1/3 0/3 1/3 0/3", 0), None: ("0/1 0/1 0/1 0/1", 3)}


def test_what_is_closed_counts_until_it_is_and_what_was_adopted_complete_never(reporting, coordinator):
    new = NewRecord(
        "action", "Count the potholes", MAY, parent=reporting.objective, state="complete",
        leads=[Lead(reporting.director.owner)],
    )  # fmt: skip
    write_entry(new=new, by=coordinator)
    with fixed_at(NOW):
        actions.change_state(
            records=[reporting.sweep], state="complete", as_at=date(2025, 10, 1), by=coordinator, reason="Done"
        )
        actions.withdraw(records=[reporting.first], as_at=date(2025, 9, 30), by=coordinator, reason="Twice")
    assert figures(coordinator)["Director of Streets"] == ("1/3 0/2 1/2 0/1", 0)


def test_an_item_counts_for_who_answered_for_it_at_the_end_of_each_period(reporting, coordinator):
    with fixed_at(NOW):
        other = organisation.add_post(name="Head of Roads", by=coordinator)
        actions.reassign(
            records=[reporting.first], owner=other.owner, as_at=date(2025, 10, 1), by=coordinator, reason="Moved"
        )
    found = figures(coordinator)
    assert found["Director of Streets"] == ("1/3 0/3 1/2 0/2", 0)
    assert found["Head of Roads"] == ("0/0 0/0 0/1 0/1", 1)
    assert list(found) == ["Head of Roads", "Director of Streets", None], "the longest silent first"


def test_only_what_the_viewer_sees_and_of_one_plan(reporting, coordinator):
    hidden = NewRecord(
        "action", "Close the hush-hush depot", MAY, parent=reporting.plan, visibility="restricted",
        restricted_because="Staffing", leads=[Lead(reporting.director.owner)],
    )  # fmt: skip
    write_entry(new=hidden, by=coordinator)
    assert figures(coordinator)["Director of Streets"][0] == "1/4 0/4 1/4 0/4"
    viewer = viewer_for(person_with("viewer", "Vera Lundy"))
    assert figures(coordinator, viewer)["Director of Streets"][0] == "1/3 0/3 1/3 0/3"
    other = write_entry(new=NewRecord("plan", "", MAY, title="Other plan"), by=coordinator)
    assert figures(coordinator, within=other) == {}


def test_the_number_of_queries_does_not_grow(reporting, coordinator, django_assert_num_queries):
    viewer = viewer_for(coordinator)
    counts = []
    for _ in range(2):
        with fixed_at(NOW), django_assert_num_queries(8) as seen:
            reported_by_owner(QUARTERS, viewer=viewer)
        counts.append(len(seen))
        for number in range(8):
            post = organisation.add_post(name=f"Head of {len(counts)} {number}", by=coordinator)
            new = NewRecord("action", f"Do {number}", MAY, parent=reporting.objective, leads=[Lead(post.owner)])
            write_entry(new=new, by=coordinator)
    assert counts[0] == counts[1]
