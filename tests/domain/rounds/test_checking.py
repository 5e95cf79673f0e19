"""From a draft to a frozen report, and what each step refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.models import Event
from goldthread.commons.notices.models import Message
from goldthread.domain.register import actions as register
from goldthread.domain.register.actions import Conflict
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.queries import records
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.models import Draft, Item, Round
from goldthread.domain.rounds.queries.board import board_of
from goldthread.domain.rounds.queries.items import my_items
from goldthread.reporting.improvement_plan import build

OPENS, DAY = date(2026, 11, 2), date(2026, 11, 10)


def sent(opened, *numbers):
    sol = opened.user("Sol Avery")
    for number in numbers:
        actions.send(item=opened.item(number), answer=Answer(text=f"Update {number}."), by=sol)
    return [opened.item(number) for number in numbers]


def test_from_update_to_frozen(opened, at):
    with at(DAY):
        items = sent(opened, 0, 1, 2)
        actions.check(items=items[:2], by=opened.director)
        actions.accept(items=items, by=opened.coordinator)
        with pytest.raises(Refused, match="say why the round goes on"):
            actions.close_for_updates(round=opened.round, by=opened.coordinator)
        actions.close_for_updates(round=opened.round, by=opened.coordinator, reason="Two posts are vacant")
        with pytest.raises(NotAllowed):
            actions.sign_off(round=opened.round, by=opened.coordinator)
        actions.sign_off(round=opened.round, by=opened.executive)
        with pytest.raises(Refused, match="takes no more updates"):
            actions.send(item=opened.item(0), answer=Answer(text="Late."), by=opened.user("Sol Avery"))
        event = Event.objects.latest("pk")
        actions.mark_frozen(round=opened.round, event=event)
        actions.mark_issued(round=opened.round, by=opened.coordinator, issue=7)
    row = Round.objects.get(pk=opened.round.pk)
    assert (row.state, row.issue) == ("issued", 7)
    assert [step.state for step in row.steps.all()] == [
        "planned", "open", "accepted", "signed off", "frozen", "issued",
    ]  # fmt: skip


def test_nobody_checks_what_they_sent_themselves(opened, at):
    with at(DAY):
        item = opened.item(3)  # of the vacant post: asked of the director
        actions.send(item=item, answer=Answer(text="Trees are ordered."), by=opened.director)
        with pytest.raises(Refused, match="somebody else checks it"):
            actions.check(items=[item], by=opened.director)
        actions.check(items=[item], by=opened.executive)
        with pytest.raises(NotAllowed):
            actions.check(items=[item], by=opened.user("Sol Avery"))


def test_all_or_none(opened, at):
    with at(DAY):
        items = sent(opened, 0)
        with pytest.raises(Refused, match="does not wait for a check"):
            actions.check(items=[*items, opened.item(1)], by=opened.director)
    assert opened.item(0).state == "sent"


def test_an_update_that_was_undone_is_not_accepted(opened, at):
    with at(DAY):
        (item,) = sent(opened, 0)
        undo(event=item.update.event, by=opened.user("Sol Avery"))
        with pytest.raises(Refused, match="has no update that waits to be accepted: it is drafted now"):
            actions.accept(items=[item], by=opened.coordinator)
        actions.send(item=item, answer=Answer(text="As it really is."), by=opened.user("Sol Avery"))
        actions.accept(items=[opened.item(0)], by=opened.coordinator)


def test_what_comes_back_carries_its_reason(opened, at):
    with at(DAY):
        items = sent(opened, 0)
        with pytest.raises(Refused, match="Say what is wrong"):
            actions.return_items(items=items, by=opened.director, reason=" ")
        actions.return_items(items=items, by=opened.director, reason="Which wards are missing?")
        assert "Which wards are missing?" in Message.objects.get(key__contains="returned").text
        row = next(one for one in my_items(viewer=viewer_for(opened.user("Sol Avery"))) if one.item.pk == items[0].pk)
        assert row.item.returned_because == "Which wards are missing?"
        again = Answer(text="Two wards are missing.", based_on=row.stood.last_update.pk)
        actions.send(item=row.item, answer=again, by=opened.user("Sol Avery"))
    assert opened.item(0).returned_because == ""
    assert opened.records[0].update_facts.count() == 2  # what was said first stays on record


def test_a_report_says_of_an_update_that_it_was_sent_back_and_never_sent_again(opened, at):
    """On the day and for ever; before it was sent back, and once another update is there, nothing of the kind."""

    def marks(**day):
        report = build(opened.plan.reference, viewer=viewer_for(opened.coordinator), **day)
        rows = [row for *_, block in report.objectives() for row in block.actions]
        return {row.text: row.marks for row in rows if row.marks}

    with at(DAY):
        items = sent(opened, 0, 1)
    with at(date(2026, 11, 12)):
        actions.return_items(items=items, by=opened.director, reason="Which wards are missing?")
        again = Answer(text="Two wards are missing.", based_on=items[1].update_id)
        actions.send(item=items[1], answer=again, by=opened.user("Sol Avery"))
        said = {"Let one contract for all wards": ("Its update was sent back on 12 November 2026 and not sent again",)}
        assert marks() == said and marks(known_on=DAY) == {}
    with at(date(2026, 11, 20)):
        actions.send(
            item=items[0], answer=Answer(text="All.", based_on=items[0].update_id), by=opened.user("Sol Avery")
        )
        assert marks() == {} and marks(known_on=date(2026, 11, 12)) == said


def test_signed_off_it_can_still_be_sent_back(opened, at):
    with at(DAY):
        actions.accept(items=sent(opened, 0), by=opened.coordinator)
        actions.close_for_updates(round=opened.round, by=opened.coordinator, reason="x")
        with pytest.raises(Refused, match="looked at again"):
            actions.send_back(round=opened.round, by=opened.executive, reason="")
        actions.send_back(round=opened.round, by=opened.executive, reason="The second one is thin")
        assert Round.objects.get(pk=opened.round.pk).state == "checking"


def test_a_newer_update_is_never_overwritten_unseen(opened, at):
    with at(DAY):
        sol, item = opened.user("Sol Avery"), opened.item(1)
        draft = actions.save_draft(item=item, values={"text": "Half are counted."}, by=sol)
        actions.send(item=item, answer=Answer(text="All are counted."), by=opened.coordinator)
        with pytest.raises(Conflict) as clash:
            actions.send(item=item, answer=Answer(text="Half are counted.", based_on=draft.based_on), by=sol)
        assert (clash.value.theirs.text, clash.value.yours) == ("All are counted.", "Half are counted.")
    assert Draft.objects.get().text == "Half are counted." and not Draft.objects.get().sent


def test_a_draft_handed_to_a_partner(opened, at):
    with at(DAY):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        made = actions.hand_over(
            item=item, by=sol, email="pat@trees.example", name="Pat Quill", reason="You know the figures"
        )
        pat = made.to
        assert "You know the figures" in Message.objects.get(to_address="pat@trees.example").text
        viewer = viewer_for(pat)
        assert {row.reference for row in records(viewer=viewer)} == {opened.records[0].reference}
        (row,) = my_items(viewer=viewer)
        assert row.drafts_only
        actions.save_draft(item=item, values={"text": "We counted 40."}, by=pat)
        with pytest.raises(NotAllowed, match="its lead reads it"):
            actions.send(item=item, answer=Answer(text="We counted 40."), by=pat)
        with pytest.raises(NotAllowed):
            actions.save_draft(item=opened.item(1), values={"text": "x"}, by=pat)
        own = next(one for one in my_items(viewer=viewer_for(sol)) if one.item.pk == item.pk)
        assert [draft.text for draft in own.other_drafts] == ["We counted 40."]
        actions.take_back(hand_over=own.hands[0], by=sol)
        assert not my_items(viewer=viewer_for(pat)) and not records(viewer=viewer_for(pat)).exists()
        canary = Item.objects.get(record=opened.canary)
        with pytest.raises(Refused, match="stays in your hands"):
            actions.hand_over(item=canary, by=sol, email="pat@trees.example")


def test_who_only_drafts_writes_nothing_on_record_by_another_door(opened, at):
    with at(DAY):
        made = actions.hand_over(item=opened.item(0), by=opened.user("Sol Avery"), email="pat@trees.example", until=DAY)
        actions.save_draft(item=opened.item(0), values={"text": "We counted 40."}, by=made.to)
        with pytest.raises(NotAllowed):
            register.add_update(record=opened.records[0], text="Quite done", by=made.to)
    with at(DAY + timedelta(days=1)):
        with pytest.raises(NotAllowed):
            actions.send(item=opened.item(0), answer=Answer(text="We counted 40."), by=made.to)
        with pytest.raises(NotAllowed):
            actions.save_draft(item=opened.item(0), values={"text": "x"}, by=made.to)


def test_the_board_counts(opened, at):
    with at(date(2026, 11, 18)):
        sol = opened.user("Sol Avery")
        actions.send(item=opened.item(0), answer=Answer(text="All is delayed."), by=sol)
        viewer = viewer_for(opened.coordinator)
        board = board_of(opened.round, viewer=viewer)
        assert board.number("sent") == 1 and len(board.items) == 6
        assert len(board.late) == 5 and board.never == ["Head of Parks", "No lead"]
        assert {one.record.pk for one in board.vacant} == {opened.records[3].pk, opened.records[4].pk}
        blind = board_of(opened.round, viewer=viewer_for(opened.user("Sol Avery")))
        assert opened.records[3].pk not in {one.record.pk for one in blind.items}
