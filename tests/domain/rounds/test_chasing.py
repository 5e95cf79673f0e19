"""Reminders, the line above, stand-ins' holidays, and a tick that does nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.notices.models import Message
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.models import Request


def run(at, first, last, by):
    """Tick on every day, twice a day."""
    day, done = first, []
    while day <= last:
        with at(day):
            for _ in range(2):
                ticked = actions.tick(by=by)
                assert not ticked.problems
                done.append((day, ticked))
        day += timedelta(days=1)
    return done


def keys(address):
    return [
        key.split(":", 3)[3]
        for key in Message.objects.filter(to_address=address).order_by("pk").values_list("key", flat=True)
    ]


def test_a_whole_round_by_itself(reporting, at):
    """From before its opening to after its grace: opened on its day, reminded thrice, told above once, then checking."""
    done = run(at, date(2026, 10, 30), date(2026, 11, 20), reporting.coordinator)
    assert [day for day, one in done if one.opened] == [date(2026, 11, 2)]
    reminders = [(day, one.reminded) for day, one in done if one.reminded]
    # Three days and one day before Thursday 12 November, and the day after; both leads (the director for the vacant post).
    assert reminders == [(date(2026, 11, 9), 2), (date(2026, 11, 11), 2), (date(2026, 11, 13), 2)]
    assert keys("sol@fernleigh.example") == [
        "opened", "reminder:2026-11-12:-3", "reminder:2026-11-12:-1", "reminder:2026-11-12:1",
    ]  # fmt: skip
    escalated = Message.objects.get(key__contains="escalation")
    assert escalated.to_address == "dara@fernleigh.example" and "Head of Streets" in escalated.text
    assert "hush-hush" not in escalated.text and "[[link]]" not in escalated.text
    assert [day for day, one in done if one.closed] == [date(2026, 11, 19)]
    reporting.round.refresh_from_db()
    assert reporting.round.state == "checking"


def test_who_has_answered_is_left_in_peace(opened, at):
    with at(date(2026, 11, 3)):
        for number in (0, 1, 2):
            actions.send(item=opened.item(number), answer=Answer(text="As planned."), by=opened.user("Sol Avery"))
        from goldthread.domain.rounds.models import Item

        canary = Item.objects.get(record=opened.canary)
        actions.send(item=canary, answer=Answer(text="Quiet."), by=opened.user("Sol Avery"))
    run(at, date(2026, 11, 9), date(2026, 11, 18), opened.coordinator)
    assert keys("sol@fernleigh.example") == ["opened"]
    assert not Message.objects.filter(key__contains="escalation", text__contains="Head of Streets").exists()


def test_a_reminder_waits_until_one_is_back(opened, at):
    with at(date(2026, 11, 3)):
        actions.say_away(
            person=opened.people["Sol Avery"], starts=date(2026, 11, 6), ends=date(2026, 11, 10), by=opened.coordinator
        )
    run(at, date(2026, 11, 5), date(2026, 11, 12), opened.coordinator)
    # Back on the 11th: the one of that day alone, not the one that was missed as well.
    assert keys("sol@fernleigh.example") == ["opened", "reminder:2026-11-12:-1"]


def test_nothing_goes_out_at_the_weekend(reporting, at):
    done = run(at, date(2026, 11, 7), date(2026, 11, 8), reporting.coordinator)
    assert not any(one.opened or one.reminded for _, one in done)
    with at(date(2026, 11, 9)):
        assert actions.tick(by=reporting.coordinator).opened  # the machine stood still; it is opened on the next day


def test_reminding_by_hand(opened, at):
    request = Request.objects.get(round=opened.round, person=opened.people["Sol Avery"])
    with at(date(2026, 11, 5)):
        assert actions.remind(requests=[request], by=opened.coordinator, said="Cabinet asks for this one.") == 1
        message = Message.objects.get(key__contains="by-hand")
        assert "Cabinet asks for this one." in message.text
        with pytest.raises(NotAllowed):
            actions.remind(requests=[request], by=opened.director)
        nobody = Request.objects.get(round=opened.round, person=None)
        with pytest.raises(Refused, match="Nobody among them"):
            actions.remind(requests=[nobody], by=opened.coordinator)
