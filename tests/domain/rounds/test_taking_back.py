"""What was sent in a round can be taken back by who sent it until it is accepted; then by who runs the rounds, with why."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.notices.models import Message
from goldthread.domain.register.actions import report_progress
from goldthread.domain.register.actions.undo import ReasonWanted, undo
from goldthread.domain.register.models import Update
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.models import Round
from goldthread.domain.rounds.queries.board import board_of
from goldthread.domain.rounds.queries.items import my_items
from goldthread.domain.rounds.terms import ItemState, RoundState
from tests.support.client import StrictClient

DAY = date(2026, 11, 16)


def stands(update: Update) -> bool:
    return not update.withdrawn_by.exists() or update.withdrawn_by.get().withdrawn_by.exists()


def sent(opened, text="Done so far."):
    item = opened.item(0)
    return actions.send(item=item, answer=Answer(text=text), by=opened.user("Sol Avery"))


def signed_off(opened, state=RoundState.SIGNED_OFF):
    actions.accept(items=[opened.item(0)], by=opened.coordinator)
    actions.close_for_updates(round=opened.round, by=opened.coordinator, reason="x")
    actions.sign_off(round=opened.round, by=opened.executive)
    Round.objects.filter(pk=opened.round.pk).update(state=state)


def test_before_it_is_accepted_it_is_ones_own_to_take_back(opened, at):
    with at(DAY):
        sol, update = opened.user("Sol Avery"), sent(opened)
        undone = undo(event=update.event, by=sol)
        assert not stands(update)
        undo(event=undone, by=sol)
        assert stands(update)


def test_accepted_it_is_returned_first(opened, at):
    with at(DAY):
        sol, update = opened.user("Sol Avery"), sent(opened)
        actions.accept(items=[opened.item(0)], by=opened.coordinator)
        with pytest.raises(Refused, match="ask the coordinator to return it, then send another one"):
            undo(event=update.event, by=sol)
        actions.return_items(items=[opened.item(0)], by=opened.coordinator, reason="Please look again")
        undo(event=update.event, by=sol)
        assert not stands(update)


@pytest.mark.parametrize("state", [RoundState.SIGNED_OFF, RoundState.FROZEN, RoundState.ISSUED])
def test_signed_off_or_reported_the_coordinator_alone_takes_it_back_and_says_why(opened, at, state):
    with at(DAY):
        sol, update = opened.user("Sol Avery"), sent(opened)
        signed_off(opened, state)
        with pytest.raises(
            Refused, match=f"is {state.label.lower()} with .*: correct it by a new update, or ask the coord"
        ):
            undo(event=update.event, by=sol)
        assert stands(update)
        with pytest.raises(ReasonWanted, match="say why it is taken back"):
            undo(event=update.event, by=opened.coordinator)
        assert stands(update)
        undo(event=update.event, by=opened.coordinator, reason="It names a person")
        assert not stands(update)


def state_of(opened) -> str:
    return str(opened.item(0).state)


def test_ones_own_taken_back_waits_as_a_draft_and_can_be_sent_again(opened, at):
    with at(DAY):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        actions.save_draft(item=item, values={"text": "Too early"}, by=sol)
        update = sent(opened, "Too early")
        undo(event=update.event, by=sol)
        assert state_of(opened) == ItemState.DRAFTED
        assert opened.round.state == RoundState.OPEN and not opened.item(0).returned_because
        (row,) = my_items(viewer=viewer_for(sol), only=[item.pk])
        assert row.draft is not None and row.draft.text == "Too early", "what was typed is in the box again"
        kept = actions.save_draft(item=item, values={"text": "Now"}, by=sol, version=row.draft.version)
        again = actions.send(item=item, answer=Answer(text="Now", based_on=kept.based_on or 0), by=sol)
        assert state_of(opened) == ItemState.SENT and stands(again)


def test_brought_back_again_it_waits_for_its_check_and_can_be_checked(opened, at):
    with at(DAY):
        sol, update = opened.user("Sol Avery"), sent(opened)
        undone = undo(event=update.event, by=sol)
        back = undo(event=undone, by=sol)
        assert state_of(opened) == ItemState.SENT and opened.item(0).newest_update == update.pk
        actions.check(items=[opened.item(0)], by=opened.director)
        undo(event=back, by=sol)
        assert state_of(opened) == ItemState.DRAFTED


def test_what_was_returned_stays_returned_whatever_becomes_of_its_words(opened, at):
    with at(DAY):
        sol, update = opened.user("Sol Avery"), sent(opened)
        actions.return_items(items=[opened.item(0)], by=opened.director, reason="Which one?")
        undone = undo(event=update.event, by=sol)
        assert (state_of(opened), opened.item(0).returned_because) == (ItemState.RETURNED, "Which one?")
        undo(event=undone, by=sol)
        assert state_of(opened) == ItemState.RETURNED


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.ACCEPTED, RoundState.SIGNED_OFF])
def test_taken_back_by_the_coordinator_before_the_freeze_the_item_is_open_again(opened, at, state):
    with at(DAY):
        update = sent(opened)
        actions.accept(items=[opened.item(0)], by=opened.coordinator)
        if state != RoundState.OPEN:
            actions.close_for_updates(round=opened.round, by=opened.coordinator, reason="x")
        if state == RoundState.SIGNED_OFF:
            actions.sign_off(round=opened.round, by=opened.executive)
        undo(event=update.event, by=opened.coordinator, reason="It names a person")
        item = opened.item(0)
        assert (item.state, item.returned_because) == (ItemState.RETURNED, "It names a person")
        opened.round.refresh_from_db()
        assert opened.round.state == (RoundState.OPEN if state == RoundState.OPEN else RoundState.CHECKING)
        message = Message.objects.filter(key__contains="taken-back").get()
        assert message.to_address == "sol@fernleigh.example"
        assert "Cora Mayhew took it back: It names a person" in message.text
        board = board_of(opened.round, viewer=viewer_for(opened.coordinator))
        assert board.number(ItemState.ACCEPTED) == 0 and board.number(ItemState.RETURNED) == 1
        again = actions.send(item=item, answer=Answer(text="Without the name"), by=opened.user("Sol Avery"))
        assert stands(again) and state_of(opened) == ItemState.SENT


@pytest.mark.parametrize("state", [RoundState.FROZEN, RoundState.ISSUED])
def test_what_was_reported_stays_as_the_report_has_it(opened, at, state):
    with at(DAY):
        update = sent(opened)
        signed_off(opened, state)
        undo(event=update.event, by=opened.coordinator, reason="It names a person")
        assert state_of(opened) == ItemState.ACCEPTED
        opened.round.refresh_from_db()
        assert opened.round.state == state


def test_an_item_that_went_on_with_another_update_is_left_alone(opened, at):
    with at(DAY):
        sol, first = opened.user("Sol Avery"), sent(opened, "First")
        second = sent(opened, "Second")
        undo(event=first.event, by=sol)
        assert opened.item(0).update == second and state_of(opened) == ItemState.SENT


def test_an_undo_of_before_the_sign_off_is_not_turned_round_after_it(opened, at):
    """Bringing back what was taken back would put words under a signature that they were not under."""
    with at(DAY):
        sol, first = opened.user("Sol Avery"), sent(opened, "Too early")
        undone = undo(event=first.event, by=sol)
        sent(opened, "As it is")
        signed_off(opened)
        with pytest.raises(Refused, match="ask the coordinator"):
            undo(event=undone, by=sol)
        assert not stands(first)


def test_what_was_reported_outside_the_round_is_not_touched_by_it(opened, at):
    with at(DAY):
        sent(opened)
        signed_off(opened)
        sol = opened.user("Sol Avery")
        later = report_progress(record=opened.records[0], text="A correction", as_at=DAY, by=sol)
        undo(event=later.event, by=sol)
        assert not stands(later)


def test_the_page_asks_the_coordinator_why_and_tells_the_lead_what_to_do(opened, at):
    def page_of(user: User) -> StrictClient:
        client = StrictClient()
        client.force_login(user)
        return client

    with at(DAY):
        update = sent(opened)
        signed_off(opened)
        address, record = f"/undo/{update.event_id}/", f"/records/{opened.records[0].reference}/"
        lead, coordinator = page_of(opened.user("Sol Avery")), page_of(opened.coordinator)
        told = lead.post(address, HTTP_REFERER=f"http://testserver{record}", follow=True).content.decode()
        assert "correct it by a new update, or ask the coordinator to take it back" in told
        asked = coordinator.post(address, HTTP_REFERER=f"http://testserver{record}")
        assert asked.status_code == 422 and "Why it is taken back" in asked.content.decode()
        empty = coordinator.post(address, {"reason": " ", "back": record})
        assert empty.status_code == 422 and "govuk-error-message" in empty.content.decode()
        assert stands(update)
        done = coordinator.post(address, {"reason": "It names a person", "back": record})
        assert done.status_code == 302 and done["Location"] == record
        assert not stands(update)
        board = coordinator.get(f"/rounds/{opened.round.pk}/board/?show=returned").content.decode()
        assert "Sent back:</strong> It names a person" in board
        elsewhere = coordinator.post(f"/undo/{update.event_id}/", {"reason": "x", "back": "https://evil.example/"})
        assert elsewhere["Location"] == "/"
