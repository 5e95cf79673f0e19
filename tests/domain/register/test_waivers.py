"""Letting a problem stand: dated, with a reason, shown, ending by itself, undone like any action, and only where one may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.checks.actions import end_waiver, waive
from goldthread.commons.checks.models import Waiver
from goldthread.commons.checks.queries import problems, standing_in_the_way
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Owner
from goldthread.domain.register import actions
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models.writing import NewRecord
from goldthread.kernel.clock import fixed_at, today
from tests.domain.conftest import MAY, SmallPlan, person_with


@pytest.fixture
def ended(small_plan: SmallPlan) -> str:
    """The reference of an action whose accountable post has ended: an error, which stands in the way of a report."""
    Owner.objects.filter(pk=small_plan.director.pk).update(ends=date(2025, 8, 31))
    return small_plan.first.reference


def in_the_way(viewer: Viewer, plan: SmallPlan, on: date | None = None) -> list[str]:
    """The numbers of the errors that nobody has waived."""
    return [row.number for row in standing_in_the_way(viewer=viewer, within=plan.plan, on=on or today())]


def test_a_waived_error_stands_in_nobodys_way_and_is_still_shown(
    small_plan: SmallPlan, ended: str, coordinator: User, looking: Viewer
) -> None:
    assert in_the_way(looking, small_plan) == ["GT002"]
    until = today() + timedelta(days=30)
    waive(number="gt002", reference=ended, by=coordinator, reason="The new post starts next month", until=until)
    assert in_the_way(looking, small_plan) == []
    shown = [row for row in problems(viewer=looking, on=today(), within=small_plan.plan) if row.number == "GT002"]
    assert [row.waived.reason for row in shown if row.waived] == ["The new post starts next month"]
    assert in_the_way(looking, small_plan, on=until + timedelta(days=1)) == ["GT002"], "it ends by itself"
    assert in_the_way(looking, small_plan, on=today() - timedelta(days=1)) == ["GT002"], "nor did it hold before"


def test_a_waiver_is_ended_or_undone(small_plan: SmallPlan, ended: str, coordinator: User, looking: Viewer) -> None:
    until = today() + timedelta(days=30)
    waive(number="GT002", reference=ended, by=coordinator, reason="Soon", until=until)
    end_waiver(number="GT002", reference=ended, by=coordinator, reason="It starts later after all")
    assert in_the_way(looking, small_plan) == ["GT002"]
    undo(event=Event.objects.get(verb="ended a waiver"), by=coordinator)
    assert in_the_way(looking, small_plan) == []
    undo(event=Event.objects.get(verb="waived a check"), by=coordinator)
    assert in_the_way(looking, small_plan) == ["GT002"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "Say why"),
        ({"until": date(2020, 1, 1)}, "has passed"),
        ({"until": date(2999, 1, 1)}, "a year at most"),
        ({"number": "GT999"}, "There is no check"),
        ({"reference": "IP-999"}, "finds nothing at IP-999"),
    ],
)
def test_what_cannot_be_waived_leaves_no_trace(ended: str, coordinator: User, change: dict, said: str) -> None:
    before = Event.objects.count()
    given = {"number": "GT002", "reference": ended, "reason": "Soon", "until": today(), **change}
    with pytest.raises(Refused, match=said):
        waive(by=coordinator, **given)
    assert (Waiver.objects.count(), Event.objects.count()) == (0, before)


def test_only_who_may_waive_there_does(small_plan: SmallPlan, ended: str, coordinator: User) -> None:
    lead = person_with("lead", "Lena Farrow")
    elsewhere = person_with("coordinator", "Ella Stone", ("plan", 999_999))
    here = person_with("coordinator", "Hana Reed", ("plan", small_plan.plan.pk))
    given = {"number": "GT002", "reference": ended, "reason": "Soon", "until": today()}
    for person in (lead, elsewhere):
        with pytest.raises(Refused):
            waive(by=person, **given)
    with pytest.raises(NotAllowed):
        waive(by=lead, **given)
    waive(by=here, **given)


def test_what_is_restricted_is_checked_for_nobody_else(
    small_plan: SmallPlan, ended: str, coordinator: User, looking: Viewer
) -> None:
    actions.change_visibility(
        records=[small_plan.first], visibility="restricted", because="Staffing", by=coordinator, reason="Consultation"
    )
    blind = viewer_for(person_with("viewer", "Vera Lundy"))
    assert ended not in {row.reference for row in problems(viewer=blind, on=today())}
    assert ended in {row.reference for row in problems(viewer=looking, on=today())}


def test_the_number_of_queries_does_not_depend_on_the_number_of_records(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            problems(viewer=looking, on=today())
        return len(seen)

    before = queries()
    with fixed_at(date(2025, 6, 11)):
        for number in range(12):
            actions.create(
                new=NewRecord("action", f"Sweep street {number}", MAY, parent=small_plan.plan), by=coordinator
            )
    assert queries() == before
