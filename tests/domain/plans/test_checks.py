"""The checks of plans: each speaks where something is wrong, and is silent where nothing is."""

from __future__ import annotations

from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register import actions
from goldthread.domain.register.actions.assurance import verify
from goldthread.domain.register.actions.dates import decide_date, propose_date
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import MAY, SmallPlan, person_with
from tests.support.checks import silent, speaks


def write(by: User, kind: str, text: str, parent: Record) -> Record:
    """An entry of the small plan."""
    return write_entry(new=NewRecord(kind, text, MAY, parent=parent), by=by)


def test_objectives_have_actions_and_criteria_and_actions_an_objective(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    silent("GT101", looking)
    silent("GT102", looking)
    silent("GT103", looking)
    loose = write(coordinator, "action", "Paint the railings", small_plan.plan)
    speaks("GT101", looking, at=loose.reference)
    bare = write(coordinator, "objective", "Safer crossings", small_plan.plan)
    speaks("GT103", looking, at=bare.reference)
    silent("GT102", looking)  # nothing is done under it yet
    write(coordinator, "action", "Count the crossings", bare)
    speaks("GT102", looking, at=bare.reference)
    silent("GT103", looking)


def test_an_action_without_a_date(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    speaks("GT104", looking, at=small_plan.first.reference)
    both = [small_plan.first, small_plan.second]
    actions.set_due_date(records=both[:1], timescale="March 2027", by=coordinator, reason="Agreed")
    actions.set_due_date(records=both[1:], timescale="Ongoing", by=coordinator, reason="Agreed")
    silent("GT104", looking)


def test_what_is_complete_is_verified_by_another(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    silent("GT105", looking)
    actions.change_state(records=[small_plan.first], state="complete", by=coordinator, reason="Signed")
    speaks("GT105", looking, at=small_plan.first.reference)
    verify(record=small_plan.first, by=person_with("auditor", "Audra Penn"), reason="Seen", verified=True)
    silent("GT105", looking)


def test_the_same_words_twice(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    silent("GT106", looking)
    again = write(coordinator, "action", "Let one contract  for all Wards.", small_plan.objective)
    assert small_plan.first.reference in speaks("GT106", looking, at=again.reference).sentence


def test_an_objective_whose_actions_are_all_done(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    actions.change_state(records=[small_plan.first], state="complete", by=coordinator, reason="Signed")
    silent("GT107", looking)
    actions.change_state(records=[small_plan.second], state="complete", by=coordinator, reason="Sold")
    speaks("GT107", looking, at=small_plan.objective.reference)


def test_a_proposed_date_that_nobody_decides_on(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    one = small_plan.first
    with fixed_at(date(2025, 7, 1)):
        held = propose_date(record=one, timescale_or_day="March 2026", by=coordinator, reason="Slower than thought")
    silent("GT108", looking, on=date(2025, 7, 20))
    speaks("GT108", looking, at=one.reference, on=date(2025, 9, 1))
    with fixed_at(date(2025, 9, 2)):
        decide_date(proposed=held, decision="accepted", by=coordinator, reason="Agreed")
    silent("GT108", looking, on=date(2025, 9, 3))


def test_one_that_nobody_speaks_of_while_others_are_reported(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    actions.add_update(record=small_plan.first, text="The tender is out", by=coordinator, as_at=date(2025, 6, 1))
    silent("GT109", looking, on=date(2026, 2, 1))  # nobody has reported anything since: the plan rests
    actions.add_update(record=small_plan.second, text="A buyer came", by=coordinator, as_at=date(2026, 1, 20))
    speaks("GT109", looking, at=small_plan.first.reference, on=date(2026, 2, 1))
