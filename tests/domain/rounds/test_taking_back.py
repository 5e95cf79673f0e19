"""What was sent in a round can be taken back by who sent it until it is accepted; then by who runs the rounds, with why."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.domain.register.actions import report_progress
from goldthread.domain.register.actions.undo import ReasonWanted, undo
from goldthread.domain.register.models import Update
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.models import Round
from goldthread.domain.rounds.terms import RoundState
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
        elsewhere = coordinator.post(f"/undo/{update.event_id}/", {"reason": "x", "back": "https://evil.example/"})
        assert elsewhere["Location"] == "/"
