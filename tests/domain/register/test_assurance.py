"""Done by one, verified by another, judged by a third; ratings that only who may can better; tolerance by day."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.domain.register import actions
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.models.projection import age, drift
from goldthread.domain.register.queries import record_at
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import SmallPlan, person_with
from tests.support.once import written_once

JUNE, JULY, DUE = date(2025, 6, 20), date(2025, 7, 10), date(2026, 3, 31)


@pytest.fixture
def lead(small_plan: SmallPlan) -> User:
    """A person with the role of a lead."""
    return person_with("lead", "Lea Marsh", ("directorate", small_plan.first.directorate_id))


@pytest.fixture
def director(small_plan: SmallPlan) -> User:
    """The director of the same directorate, who holds no post."""
    return person_with("director", "Dora Finch", ("directorate", small_plan.first.directorate_id))


@pytest.fixture
def auditor(db: None) -> User:
    """Internal audit."""
    return person_with("auditor", "Ada Stone")


@pytest.fixture
@written_once
def dated(small_plan: SmallPlan, coordinator: User) -> SmallPlan:
    """The plan with a date on its first action."""
    with fixed_at(JUNE):
        actions.set_due_date(records=[small_plan.first], timescale="31 March 2026", by=coordinator, reason="First set")
    return small_plan


def complete(plan: SmallPlan, by: User) -> None:
    """Report the first action as complete in June."""
    with fixed_at(JUNE):
        actions.report_progress(
            record=plan.first,
            text="Signed",
            as_at=JUNE,
            by=by,
            state="complete",
            state_reason="The contract is published",
        )


def now(plan: SmallPlan, looking: Viewer, day: date = JULY, **known: date) -> RecordAt:
    """The first action on a day in July."""
    found = record_at(plan.first.reference, viewer=looking, as_at=day, **known)
    assert found is not None
    return found


def test_done_verified_and_effective_are_three_people(
    dated: SmallPlan, looking: Viewer, lead: User, director: User, auditor: User
) -> None:
    first = dated.first
    complete(dated, lead)
    assert (now(dated, looking).rating, now(dated, looking).verified) == ("green", False)
    with fixed_at(JULY):
        with pytest.raises(NotAllowed):
            actions.verify(record=first, by=lead, reason="I saw it", verified=True)
        actions.verify(record=first, by=director, reason="The contract is on the register", verified=True)
        with pytest.raises(Refused, match="verified already"):
            actions.verify(record=first, by=auditor, reason="Twice", verified=True)
        with pytest.raises(Refused, match="20 December 2025"):
            actions.judge_effect(record=first, by=auditor, effective="effective", reason="Too early")
    done = now(dated, looking)
    assert (done.rating, done.verified, done.revisit_on, done.effective) == ("blue", True, date(2025, 12, 20), "")
    with fixed_at(date(2025, 12, 20)):
        with pytest.raises(NotAllowed, match="third person"):
            actions.judge_effect(record=first, by=director, effective="effective", reason="I like it")
        event = actions.judge_effect(record=first, by=auditor, effective="partly", reason="The cost fell in two wards")
        judged = now(dated, looking, date(2025, 12, 20))
        assert judged.effective == "partly"
        assert [one["text"] for one in judged.effect.criteria] == ["Cost per mile falls"]
        first.refresh_from_db()
        assert (first.verified, first.effective, first.rating, drift()) == (True, "partly", "blue", [])
        undo(event=event, by=auditor)
    assert now(dated, looking, date(2025, 12, 20)).effective == ""


def test_what_is_not_verified_goes_back_open_and_undo_brings_it_back(
    dated: SmallPlan, looking: Viewer, lead: User, auditor: User
) -> None:
    complete(dated, lead)
    with fixed_at(JULY):
        event = actions.verify(record=dated.first, by=auditor, reason="No signature on it", verified=False)
    assert (now(dated, looking).state, now(dated, looking).rating) == ("open", "green")
    assert now(dated, looking, date(2025, 7, 9)).state == "complete"
    with fixed_at(JULY):
        with pytest.raises(Refused, match="not reported as complete"):
            actions.verify(record=dated.first, by=auditor, reason="Again", verified=True)
        undo(event=event, by=auditor)
    assert now(dated, looking).state == "complete"


def test_opening_it_again_ends_its_verification(dated: SmallPlan, looking: Viewer, lead: User, director: User) -> None:
    complete(dated, lead)
    with fixed_at(JULY):
        actions.verify(record=dated.first, by=director, reason="Seen", verified=True)
    with fixed_at(date(2025, 8, 1)):
        actions.change_state(records=[dated.first], state="open", by=director, reason="It came undone")
        actions.change_state(records=[dated.first], state="complete", by=director, reason="Done again")
    assert not now(dated, looking, date(2025, 8, 1)).verified
    assert now(dated, looking).verified
    assert not now(dated, looking, known_on=date(2025, 7, 9)).verified


def test_a_lead_may_worsen_a_rating_and_only_who_verifies_or_edits_may_better_it(
    dated: SmallPlan, coordinator: User, looking: Viewer, lead: User, director: User, auditor: User
) -> None:
    first = dated.first
    with fixed_at(JULY):
        actions.declare_rating(record=first, value="amber", by=lead, reason="The bidder wavers")
        held = now(dated, looking)
        assert (held.computed.value, held.declared.value, held.declared.by, held.rating) == (
            "green",
            "amber",
            lead,
            "amber",
        )
        actions.declare_rating(record=first, value="red", by=director, reason="The bidder has gone")
        with pytest.raises(NotAllowed, match="worse"):
            actions.declare_rating(record=first, value="amber", by=lead, reason="Another will come")
        with pytest.raises(NotAllowed):
            actions.declare_rating(record=first, value="", by=lead, reason="Another will come")
        with pytest.raises(NotAllowed):
            actions.declare_rating(record=first, value="green", by=auditor, reason="Auditors change nothing")
        actions.declare_rating(record=first, value="", by=coordinator, reason="Another has come")
        assert now(dated, looking).declared is None


def test_a_better_rating_does_not_outlive_what_it_was_given_for(
    dated: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    first = dated.first
    with fixed_at(JULY):
        actions.report_progress(
            record=first, text="Slow", as_at=JULY, by=coordinator, issue="One bid only", rating="green",
            rating_reason="One bid is enough",
        )  # fmt: skip
    assert (now(dated, looking).computed.value, now(dated, looking).rating) == ("amber", "green")
    late = now(dated, looking, date(2026, 4, 1))
    assert (late.computed.value, late.rating, late.late) == ("red", "red", True)
    with fixed_at(date(2026, 4, 1)):
        first.refresh_from_db()
        assert (first.rating, first.late) == ("green", False)
        assert age() >= 1
        first.refresh_from_db()
        assert (first.rating, first.late, drift()) == ("red", True, [])


@pytest.mark.django_db(transaction=True)
def test_a_tolerance_holds_for_its_plan_from_its_day_on(
    dated: SmallPlan, coordinator: User, looking: Viewer, lead: User
) -> None:
    with fixed_at(JUNE):
        actions.report_progress(
            record=dated.first, text="Slower", as_at=JUNE, by=coordinator, forecast_on=date(2026, 4, 20)
        )
        assert now(dated, looking, JUNE).rating == "red"
    with fixed_at(JULY):
        with pytest.raises(NotAllowed):
            actions.set_tolerance(plan=dated.plan, days=28, by=lead, reason="Four weeks")
        with pytest.raises(Refused, match="whole plan"):
            actions.set_tolerance(plan=dated.first, days=28, by=coordinator, reason="Four weeks")
        event = actions.set_tolerance(plan=dated.plan, days=28, by=coordinator, reason="Four weeks")
        dated.first.refresh_from_db()
        assert dated.first.rating == "amber"
        assert (now(dated, looking).rating, now(dated, looking, JUNE).rating) == ("amber", "red")
        undo(event=event, by=coordinator)
        dated.first.refresh_from_db()
        assert (dated.first.rating, now(dated, looking).rating) == ("red", "red")


def test_the_council_sets_when_effects_are_judged(
    dated: SmallPlan, coordinator: User, looking: Viewer, lead: User
) -> None:
    complete(dated, lead)
    with fixed_at(JULY):
        event = actions.set_revisit_period(months=3, by=coordinator, reason="Cabinet, July 2025", from_day=JUNE)
    assert now(dated, looking).revisit_on == date(2025, 9, 20)
    assert now(dated, looking, known_on=JUNE).revisit_on == date(2025, 12, 20)
    undo(event=event, by=coordinator)
    assert now(dated, looking).revisit_on == date(2025, 12, 20)
