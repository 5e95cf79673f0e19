"""Any past day can be asked about: as it stood, and as it was known."""

from __future__ import annotations

from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.plans.queries import plan_at
from goldthread.domain.register import actions
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.queries import record_at
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import IMPORTED, MAY, SmallPlan


def test_what_came_in_later_is_found_on_the_day_it_speaks_of_and_not_as_known_before(
    small_plan: SmallPlan, looking: Viewer
) -> None:
    reference = small_plan.first.reference
    assert record_at(reference, viewer=looking, as_at=MAY) is not None
    assert record_at(reference, viewer=looking, as_at=date(2025, 5, 26)) is None
    assert record_at(reference, viewer=looking, as_at=MAY, known_on=date(2025, 6, 9)) is None
    assert record_at(reference, viewer=looking, as_at=MAY, known_on=IMPORTED) is not None
    assert plan_at(small_plan.plan.reference, viewer=looking, known_on=date(2025, 6, 9)) is None


def test_a_withdrawn_action_still_stands_on_the_days_before(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    with fixed_at(date(2025, 9, 1)):
        actions.withdraw(records=[small_plan.first], by=coordinator, reason="The contract was let by others")
    plan = small_plan.plan.reference
    assert plan_at(plan, viewer=looking, as_at=date(2025, 8, 31)).figures.actions == 2
    assert plan_at(plan, viewer=looking, as_at=date(2025, 9, 1)).figures.actions == 1
    assert plan_at(plan, viewer=looking, as_at=date(2025, 9, 1), known_on=date(2025, 8, 31)).figures.actions == 2


def test_a_later_correction_of_an_earlier_day_is_known_only_from_then_on(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    with fixed_at(date(2025, 10, 1)):
        actions.reword(
            record=small_plan.first, by=coordinator, reason="A word was wrong", text="Let two contracts", as_at=MAY
        )
    reference = small_plan.first.reference
    assert record_at(reference, viewer=looking, as_at=MAY).text == "Let two contracts"
    earlier = record_at(reference, viewer=looking, as_at=MAY, known_on=date(2025, 9, 30))
    assert earlier.text == "Let one contract for all wards"


def test_a_slipped_date_keeps_the_first_one(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    record = small_plan.first
    with fixed_at(date(2025, 7, 1)):
        actions.set_due_date(records=[record], timescale="31 March 2026", by=coordinator, reason="Agreed by the board")
    with fixed_at(date(2026, 2, 1)):
        actions.set_due_date(records=[record], timescale="Q2 2026/27", by=coordinator, reason="Tender failed")
    now = record_at(record.reference, viewer=looking, as_at=date(2026, 4, 1))
    assert (now.first_due_on, now.due_on, now.late) == (date(2026, 3, 31), date(2026, 9, 30), False)
    as_known_before = record_at(record.reference, viewer=looking, as_at=date(2026, 4, 1), known_on=date(2026, 1, 31))
    assert (as_known_before.due_on, as_known_before.late) == (date(2026, 3, 31), True)


def test_a_move_shows_where_it_was_before(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    with fixed_at(date(2025, 8, 1)):
        actions.move(records=[small_plan.first], to=small_plan.plan, by=coordinator, reason="It serves the whole plan")
    reference = small_plan.first.reference
    assert record_at(reference, viewer=looking, as_at=date(2025, 7, 31)).parent_id == small_plan.objective.pk
    assert record_at(reference, viewer=looking, as_at=date(2025, 8, 1)).parent_id == small_plan.plan.pk


def test_an_undone_action_is_as_if_it_had_not_been_but_stays_known(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    with fixed_at(date(2025, 8, 1)):
        event = actions.withdraw(records=[small_plan.first], by=coordinator, reason="By mistake")
    with fixed_at(date(2025, 8, 3)):
        undone = undo(event=event, by=coordinator, reason="It was the wrong one")
    reference = small_plan.first.reference
    assert record_at(reference, viewer=looking, as_at=date(2025, 8, 5)).state == "open"
    assert record_at(reference, viewer=looking, as_at=date(2025, 8, 2), known_on=date(2025, 8, 2)).state == "withdrawn"
    with fixed_at(date(2025, 8, 4)):
        undo(event=undone, by=coordinator)
    assert record_at(reference, viewer=looking, as_at=date(2025, 8, 5)).state == "withdrawn"


def test_a_declared_rating_ends_when_the_entry_moves_to_another_state(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    first = small_plan.first
    with fixed_at(date(2025, 9, 1)):
        actions.declare_rating(record=first, value="red", by=coordinator, reason="The tender failed")
    assert record_at(first.reference, viewer=looking, as_at=date(2025, 9, 1)).rating == "red"
    with fixed_at(date(2025, 10, 1)):
        actions.change_state(records=[first], state="complete", by=coordinator, reason="Let after all")
    first.refresh_from_db()
    later = record_at(first.reference, viewer=looking, as_at=date(2025, 10, 1))
    assert later.rating == first.rating == later.rated.value.value != "red"
    assert record_at(first.reference, viewer=looking, as_at=date(2025, 9, 30)).rating == "red"
