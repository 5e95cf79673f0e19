"""An update on the record's own page answers the round that waits for it: nobody is chased for what they have said."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.notices.models import Message
from goldthread.domain.register.actions import report_progress
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.models import Draft, ItemStep
from goldthread.domain.rounds.queries.board import board_of
from goldthread.domain.rounds.terms import ItemState

DAY = date(2026, 11, 9)


def reported(opened, by, *, number=0, **more):
    values = {"text": "All wards but two have signed.", "as_at": DAY, **more}
    return report_progress(record=opened.records[number], by=by, **values)


def test_the_lead_who_reports_on_the_record_has_answered_and_is_not_reminded_of_it(opened, at):
    with at(DAY):
        sol = opened.user("Sol Avery")
        update = reported(opened, sol)
        item = opened.item(0)
        assert (item.state, item.update_id, item.sent_by) == (ItemState.SENT, update.pk, sol)
        board = board_of(opened.round, viewer=viewer_for(opened.coordinator))
        assert next(one.answered for one in board.people if one.name == "Sol Avery") == 1
    with at(opened.round.due_last):
        actions.tick(by=opened.coordinator)
        said = Message.objects.filter(to_name="Sol Avery", key__contains="reminder").latest("pk").text
        assert opened.records[1].reference in said and opened.records[0].reference not in said


def test_who_runs_the_round_writes_for_a_lead_and_others_only_remark(opened, at):
    with at(DAY):
        reported(opened, opened.director)
        assert opened.item(0).state == ItemState.ASKED, "a director’s remark is none of the lead’s words"
        reported(opened, opened.coordinator)
        assert (opened.item(0).state, opened.item(0).sent_by) == (ItemState.SENT, opened.coordinator)


def test_what_speaks_of_an_earlier_time_answers_nothing(opened, at):
    before = opened.round.starts.replace(year=opened.round.starts.year - 1)
    with at(DAY):
        reported(opened, opened.user("Sol Avery"), number=1, as_at=before)
        assert opened.item(1).state == ItemState.ASKED


def test_taken_back_the_item_is_open_again_and_brought_back_it_is_sent(opened, at):
    with at(DAY):
        sol = opened.user("Sol Avery")
        update = reported(opened, sol)
        undone = undo(event=update.event, by=sol)
        assert opened.item(0).state in (ItemState.ASKED, ItemState.DRAFTED)
        undo(event=undone, by=sol)
        assert opened.item(0).state == ItemState.SENT


def test_sent_back_and_reported_anew_it_waits_for_its_check_without_the_old_reason(opened, at):
    with at(DAY):
        sol = opened.user("Sol Avery")
        actions.send(item=opened.item(0), answer=Answer(text="Done so far."), by=sol)
        actions.return_items(items=[opened.item(0)], by=opened.coordinator, reason="Which wards?")
        reported(opened, sol, text="All but East and North.")
        item = opened.item(0)
        assert (item.state, item.returned_because, item.update.text) == (ItemState.SENT, "", "All but East and North.")


def test_words_that_somebody_had_begun_stay_in_their_box(opened, at):
    with at(DAY):
        sol = opened.user("Sol Avery")
        actions.save_draft(item=opened.item(0), values={"text": "Half a sent"}, by=sol)
        reported(opened, sol)
        draft = Draft.objects.get(item=opened.item(0), user=sol)
        assert (draft.text, draft.sent) == ("Half a sent", False)


@pytest.mark.parametrize("state", ["accepted", "frozen"])
def test_a_round_that_takes_no_more_updates_is_left_as_it_was(opened, at, state):
    with at(DAY):
        type(opened.round).objects.filter(pk=opened.round.pk).update(state=state)
        reported(opened, opened.user("Sol Avery"))
        assert opened.item(0).state == ItemState.ASKED
        assert not ItemStep.objects.filter(item=opened.item(0), state=ItemState.SENT).exists()
