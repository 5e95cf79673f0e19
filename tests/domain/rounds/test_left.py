"""An entry that leaves the plan while a round runs is asked of nobody any more, and missed by nobody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.notices.models import Message
from goldthread.domain.register.actions import withdraw
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.queries import counts_of
from goldthread.domain.rounds.queries.board import board_of
from goldthread.domain.rounds.queries.work import work_of

DAY = date(2026, 11, 9)


@pytest.fixture
def left(opened, at):
    """The first of three items of one lead has been answered, the second is withdrawn, unanswered."""
    with at(DAY):
        actions.send(item=opened.item(0), answer=Answer(text="Let."), by=opened.user("Sol Avery"))
        withdraw(records=[opened.records[1]], by=opened.coordinator, reason="Part of the first one")
    return opened


def test_nobody_is_reminded_of_it_and_the_line_above_is_not_told(left, at):
    with at(left.round.due_last + timedelta(days=3)):
        actions.tick(by=left.coordinator)
        said = " ".join(Message.objects.filter(key__regex="reminder|escalation").values_list("text", flat=True))
    assert left.records[2].reference in said, "the one that is owed is chased"
    assert left.records[1].reference not in said


def test_it_is_not_counted_as_missing(left, at):
    viewer = viewer_for(left.coordinator)
    with at(DAY):
        assert counts_of([left.round.pk], viewer=viewer)[left.round.pk] == (1, 5)
        assert left.records[1].pk not in [one.record.pk for one in board_of(left.round, viewer=viewer).items]
        (work,) = [one for one in work_of(viewer=viewer_for(left.user("Sol Avery"))) if one.what.startswith("Give")]
        assert work.number == 2, "the third one, and the restricted one"


def test_what_was_answered_before_it_left_stays_with_the_round(left, at):
    with at(DAY):
        withdraw(records=[left.records[0]], by=left.coordinator, reason="Done elsewhere")
        viewer = viewer_for(left.coordinator)
        assert counts_of([left.round.pk], viewer=viewer)[left.round.pk] == (1, 5)
