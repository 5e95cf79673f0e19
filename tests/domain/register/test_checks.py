"""The checks of the register: each speaks where something is wrong, and is silent where nothing is."""

from __future__ import annotations

from datetime import date

from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import Owner
from goldthread.domain.register import actions
from goldthread.domain.register.models import Accountability, Link, Record
from goldthread.domain.register.models.writing import fact, write
from tests.domain.conftest import MAY, SmallPlan
from tests.support.checks import silent, speaks


def test_a_column_that_follows_from_no_fact(small_plan: SmallPlan, looking: Viewer) -> None:
    silent("GT001", looking)
    Record.objects.filter(pk=small_plan.first.pk).update(due_text="tampered")
    speaks("GT001", looking, at=small_plan.first.reference)


def test_a_rating_that_has_only_grown_old_is_no_drift(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    actions.set_due_date(records=[small_plan.first], timescale="March 2025", by=coordinator, reason="Agreed")
    Record.objects.filter(pk=small_plan.first.pk).update(
        rating="green", late=False
    )  # as it was on the day it was written
    silent("GT001", looking)


def test_an_owner_that_has_ended(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    silent("GT002", looking)
    Owner.objects.filter(pk=small_plan.director.pk).update(ends=date(2025, 8, 31))
    assert "31 August 2025" in speaks("GT002", looking, at=small_plan.first.reference).sentence
    silent("GT002", looking, on=date(2025, 8, 31))
    actions.change_state(records=[small_plan.first], state="complete", by=coordinator, reason="Signed")
    silent("GT002", looking)


def test_a_post_that_is_vacant(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    silent("GT003", looking)  # nobody on record as ever having held it: nothing is known to be vacant
    person = organisation.add_person(name="Dirk Osgood", by=coordinator)
    held = organisation.appoint(person=person, owner=small_plan.director.owner, by=coordinator, starts=date(2024, 1, 1))
    silent("GT003", looking)
    organisation.end_appointment(appointment=held, last_day=date(2025, 7, 31), by=coordinator, reason="Left")
    speaks("GT003", looking, at=small_plan.first.reference)


def test_nobody_answers_and_a_name_that_nobody_matched(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    silent("GT004", looking)
    speaks("GT005", looking, at=small_plan.second.reference)
    actions.match_name(printed="Pat Quill", owner=small_plan.director.owner, by=coordinator)
    silent("GT005", looking)
    alone = actions.create(new=actions.NewRecord("action", "Count lamps", MAY, parent=small_plan.plan), by=coordinator)
    speaks("GT004", looking, at=alone.reference)


def test_two_accountable_owners(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    silent("GT006", looking)
    head = organisation.add_post(name="Head of Roads", by=coordinator)
    write([fact(Accountability, small_plan.first, MAY, small_plan.first.created, role="accountable", owner=head.owner)])
    speaks("GT006", looking, at=small_plan.first.reference)


def test_dates_that_cannot_be_meant(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    one = small_plan.first
    actions.set_due_date(records=[one], timescale="31 July 2025", by=coordinator, reason="Agreed", as_at=MAY)
    silent("GT007", looking)
    silent("GT008", looking)
    actions.set_due_date(records=[one], timescale="March 2024", by=coordinator, reason="A slip", as_at=MAY)
    speaks("GT007", looking, at=one.reference)
    speaks("GT008", looking, at=one.reference)


def test_closed_without_evidence(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    silent("GT009", looking)
    actions.change_state(records=[small_plan.first], state="complete", by=coordinator, reason="Signed")
    speaks("GT009", looking, at=small_plan.first.reference)
    actions.add_evidence(record=small_plan.first, title="Contract", link="https://fernleigh.example/c", by=coordinator)
    silent("GT009", looking)


def test_a_date_that_passed_without_a_word(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    one = small_plan.first
    actions.set_due_date(records=[one], timescale="31 July 2025", by=coordinator, reason="Agreed", as_at=MAY)
    silent("GT010", looking, on=date(2025, 7, 31))
    speaks("GT010", looking, at=one.reference, on=date(2025, 8, 1))
    actions.add_update(record=one, text="Signed next week", by=coordinator, as_at=date(2025, 8, 4))
    silent("GT010", looking, on=date(2025, 8, 5))


def test_a_link_to_what_has_gone(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    silent("GT011", looking)
    actions.link(record=small_plan.first, relation="serves", target=small_plan.second, by=coordinator)
    actions.withdraw(records=[small_plan.second], by=coordinator, reason="No buyer")
    assert small_plan.second.reference in speaks("GT011", looking, at=small_plan.first.reference).sentence
    assert Link.objects.filter(target=small_plan.second).exists()
    silent("GT011", PUBLIC)


def test_a_rating_declared_against_the_dates(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    one = small_plan.first
    actions.set_due_date(records=[one], timescale="31 July 2025", by=coordinator, reason="Agreed", as_at=MAY)
    actions.declare_rating(record=one, value="green", by=coordinator, reason="All but signed", as_at=MAY)
    silent("GT012", looking, on=date(2025, 7, 31))
    assert "10 days late" in speaks("GT012", looking, at=one.reference, on=date(2025, 8, 10)).sentence


def test_what_was_adopted_unattended_is_counted(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    silent("GT013", looking)
    new = actions.NewRecord("action", "Sweep the square", MAY, parent=small_plan.plan, checked=False)
    made = actions.create(new=new, by=coordinator)
    assert "1 entry" in speaks("GT013", looking, at=small_plan.plan.reference).sentence
    actions.confirm(records=[made], by=coordinator)
    silent("GT013", looking)
