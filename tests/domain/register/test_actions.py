"""Writing: each change has a person and a reason, one event, and refuses in one sentence without a trace."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.models import Event
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.queries import holders
from goldthread.domain.register import actions
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models import FACTS, Record
from goldthread.domain.register.models.projection import drift
from goldthread.domain.register.queries import (
    downwards,
    mine,
    record_at,
    record_by_reference,
    unmatched_names,
    upwards,
)
from goldthread.domain.register.queries.finding import search
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import MAY, SmallPlan, person_with


def count_facts() -> int:
    """Rows in every table of facts."""
    return sum(model._default_manager.count() for model in FACTS)


def test_references_count_within_the_plan_and_the_thread_reaches_both_ways(
    small_plan: SmallPlan, looking: Viewer
) -> None:
    assert [small_plan.plan.reference, small_plan.objective.reference, small_plan.second.reference] == [
        "IP",
        "IP-001",
        "IP-004",
    ]
    above = [row.reference for _, _, row in upwards(small_plan.first, viewer=looking)]
    assert above == ["IP-001", "IP"]
    below = {row.reference for _, _, row in downwards(small_plan.plan, viewer=looking)}
    assert below == {"IP-001", "IP-002", "IP-003", "IP-004"}
    assert small_plan.first.directorate.name == "Place"


@pytest.mark.parametrize(
    "change",
    [
        lambda p, by: actions.withdraw(records=[p.first], by=by, reason=" "),
        lambda p, by: actions.reword(record=p.first, by=by, reason="x", text=p.first.text),
        lambda p, by: actions.reword(record=p.first, by=by, reason="x", text="  "),
        lambda p, by: actions.move(records=[p.objective], to=p.first, by=by, reason="x"),
        lambda p, by: actions.merge(records=[p.first], into=p.objective, by=by, reason="x"),
        lambda p, by: actions.merge(records=[p.first], into=p.first, by=by, reason="x"),
        lambda p, by: actions.set_due_date(records=[p.first], timescale="soonish", by=by, reason="x"),
        lambda p, by: actions.add_update(record=p.first, text="", by=by),
        lambda p, by: actions.add_update(record=p.first, text="Later", by=by, as_at=date(2999, 1, 1)),
        lambda p, by: actions.change_visibility(records=[p.first], visibility="restricted", by=by, reason="x"),
        lambda p, by: actions.link(record=p.first, relation="serves", target=p.first, by=by),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_no_trace(small_plan: SmallPlan, coordinator: User, change) -> None:  # type: ignore[no-untyped-def]
    before = (count_facts(), Event.objects.count())
    with pytest.raises(Refused):
        change(small_plan, coordinator)
    assert (count_facts(), Event.objects.count()) == before


def test_people_without_the_role_change_nothing(small_plan: SmallPlan) -> None:
    reader = person_with("viewer", "Vera Lundy")
    with pytest.raises(NotAllowed):
        actions.add_update(record=small_plan.first, text="It is done", by=reader)
    lead = person_with("lead", "Lena Farrow", ("directorate", small_plan.director.owner.directorate_id))
    actions.add_update(record=small_plan.first, text="The tender is out", by=lead)
    with pytest.raises(NotAllowed):
        actions.add_update(record=small_plan.second, text="It belongs to nobody's directorate", by=lead)
    with pytest.raises(NotAllowed):
        actions.withdraw(records=[small_plan.first], by=lead, reason="No")


def test_reassigning_leaves_one_accountable_owner_and_keeps_who_it_was(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    with fixed_at(date(2025, 9, 1)):
        post = organisation.add_post(name="Head of Roads", by=coordinator)
        actions.reassign(
            records=[small_plan.first, small_plan.second], owner=post.owner, by=coordinator, reason="New structure"
        )
    for record in (small_plan.first, small_plan.second):
        now = record_at(record.reference, viewer=looking, as_at=date(2025, 9, 2))
        assert [row.owner for row in now.leads] == [post.owner]
    before = record_at(small_plan.second.reference, viewer=looking, as_at=date(2025, 8, 31))
    assert before.unmatched == ["Pat Quill"]


def test_a_match_of_a_printed_name_is_remembered_and_reaches_every_record(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    assert unmatched_names(viewer=looking) == [("Pat Quill", 1)]
    event, number = actions.match_name(printed="pat  quill", owner=small_plan.director.owner, by=coordinator)
    assert number == 1
    matched = record_at(small_plan.second.reference, viewer=looking, as_at=MAY)
    assert (matched.accountable, matched.leads[0].printed) == (small_plan.director.owner, "Pat Quill")
    assert unmatched_names(viewer=looking) == []
    undo(event=event, by=coordinator)
    assert unmatched_names(viewer=looking) == [("Pat Quill", 1)]


def test_merging_moves_what_hung_on_the_merged_one(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    other = actions.create(
        new=actions.NewRecord("objective", "Repair streets for less", MAY, parent=small_plan.plan), by=coordinator
    )
    actions.merge(records=[small_plan.objective], into=other, by=coordinator, reason="The same said twice")
    first = record_by_reference(small_plan.first.reference, viewer=looking)
    assert first.parent_id == other.pk
    assert record_at(small_plan.objective.reference, viewer=looking).state == "merged"


def test_undo_is_refused_twice_and_where_others_have_worked_since(small_plan: SmallPlan, coordinator: User) -> None:
    with pytest.raises(Refused, match="worked on"):
        created = small_plan.first.created
        actions.add_update(record=small_plan.first, text="Under way", by=coordinator)
        undo(event=created, by=coordinator)
    event = actions.withdraw(records=[small_plan.second], by=coordinator, reason="x")
    undo(event=event, by=coordinator)
    with pytest.raises(Refused, match="undone already"):
        undo(event=event, by=coordinator)
    stranger = person_with("lead", "Lena Farrow")
    with pytest.raises(NotAllowed):
        undo(event=actions.withdraw(records=[small_plan.second], by=coordinator, reason="x"), by=stranger)


def test_an_owner_sees_and_updates_what_their_post_answers_for(small_plan: SmallPlan, coordinator: User) -> None:
    account = User.objects.create_user("dirk@fernleigh.example", "Dirk Osgood")
    person = organisation.add_person(name="Dirk Osgood", by=coordinator, user=account)
    organisation.appoint(person=person, owner=small_plan.director.owner, by=coordinator, starts=date(2024, 1, 1))
    looking = viewer_for(account)
    assert [row.reference for row in mine(viewer=looking)] == [small_plan.first.reference]
    assert record_by_reference(small_plan.second.reference, viewer=looking) is None
    held = holders([small_plan.director.pk], viewer=looking, on=MAY)
    assert str(held[small_plan.director.pk][0]) == "Dirk Osgood"
    assert holders([small_plan.director.pk], viewer=looking, on=date(2023, 12, 31)) == {}


def test_restricted_records_are_not_there_for_others(small_plan: SmallPlan, coordinator: User) -> None:
    actions.change_visibility(
        records=[small_plan.first], visibility="restricted", because="Staffing", by=coordinator, reason="Consultation"
    )
    reader = viewer_for(person_with("viewer", "Vera Lundy"))
    for viewer in (reader, PUBLIC):
        assert record_at(small_plan.first.reference, viewer=viewer) is None
        assert search("contract", viewer=viewer) == []
        assert small_plan.first.pk not in {row.pk for _, _, row in downwards(small_plan.plan, viewer=viewer)}
    assert record_at(small_plan.first.reference, viewer=viewer_for(coordinator)) is not None


def test_the_projection_never_drifts_from_the_facts(small_plan: SmallPlan, coordinator: User) -> None:
    actions.add_update(record=small_plan.first, text="Half done", by=coordinator, timescale="March 2026")
    actions.change_state(records=[small_plan.second], state="on hold", by=coordinator, reason="No buyer")
    actions.change_state(records=[small_plan.first], state="complete", by=coordinator, reason="Signed")
    assert drift() == []
    Record.objects.filter(pk=small_plan.first.pk).update(due_text="tampered")
    assert drift() == [small_plan.first.reference]
