"""Reminders, the line above, stand-ins' holidays, and a tick that does nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.notices.models import Message
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.actions.calling import call_on
from goldthread.domain.rounds.models import Item, Request, Round


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


def mail_to(address):
    """What went out to somebody, oldest first."""
    return [sent for sent in mail.outbox if sent.to and address in sent.to[0]]


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


def calls(address):
    """What somebody was told of as waiting for them, oldest first: (which step, its message)."""
    rows = Message.objects.filter(key__contains=":call:", to_address=address).order_by("pk")
    return [(message.key.split(":call:")[1].split(":")[0], message) for message in rows]


def test_whom_a_step_waits_for_is_told_once_and_again_on_its_last_day(opened, at):
    """Grace ends on 18 November; checks are due on the 23rd, acceptance on the 25th, sign-off on the 27th."""
    by, round = opened.coordinator, opened.round
    with at(date(2026, 11, 10)):
        for number in (0, 1):
            actions.send(item=opened.item(number), answer=Answer(text="As planned."), by=opened.user("Sol Avery"))
        canary = Item.objects.get(record=opened.canary)
        actions.send(item=canary, answer=Answer(text="Quiet."), by=opened.user("Sol Avery"))
        actions.send(item=opened.item(3), answer=Answer(text="Trees are ordered."), by=opened.director)
    run(at, date(2026, 11, 17), round.check_by, by)
    days = [(what, message.made.date()) for what, message in calls("dara@fernleigh.example")]
    assert days == [("check", date(2026, 11, 19)), ("check", round.check_by)]
    first = calls("dara@fernleigh.example")[0][1]
    assert (
        first.subject.startswith("3 items to check: ") and "Count the potholes" in first.text
    )  # not the one sent by herself
    assert "hush-hush" not in first.text and f"/rounds/{round.pk}/check/" in mail_to("dara@fernleigh.example")[-1].body
    assert not calls("edie@fernleigh.example") and not calls(by.email)

    with at(round.check_by):
        actions.check(items=[opened.item(0), opened.item(1)], by=opened.director)
    run(at, round.check_by + timedelta(days=1), round.check_by + timedelta(days=1), by)
    assert [what for what, _ in calls(by.email)] == ["accept"] and "4 items" in calls(by.email)[0][1].subject

    with at(round.accept_by):
        actions.accept(items=[*(opened.item(number) for number in (0, 1, 3)), Item.objects.get(pk=canary.pk)], by=by)
        actions.close_for_updates(round=round, by=by, reason="One is on leave")
    run(at, round.accept_by, round.sign_off_by, by)
    asked = calls("edie@fernleigh.example")
    assert [(what, message.made.date()) for what, message in asked] == [
        ("sign off", round.accept_by), ("sign off", round.sign_off_by),
    ]  # fmt: skip
    assert "4 of 6 items have an accepted update. 2 go on without one" in asked[0][1].text

    with at(round.sign_off_by):
        round.refresh_from_db()
        actions.sign_off(round=round, by=opened.executive)
    run(at, round.sign_off_by, round.freeze_on, by)
    assert [what for what, _ in calls(by.email)] == ["accept", "freeze", "freeze"]
    assert len(calls("dara@fernleigh.example")) == 2


def test_a_round_that_is_sent_back_says_so_and_waits_anew(opened, at):
    by, round = opened.coordinator, opened.round
    with at(date(2026, 11, 24)):
        actions.send(item=opened.item(0), answer=Answer(text="As planned."), by=opened.user("Sol Avery"))
        actions.accept(items=[opened.item(0)], by=by)
        actions.close_for_updates(round=round, by=by, reason="x")
        actions.tick(by=by)
        actions.send_back(round=round, by=opened.executive, reason="The first one is thin")
    ((what, message),) = calls(by.email)
    assert what == "sent back" and "Edie Swann asks: The first one is thin" in message.text
    with at(date(2026, 11, 25)):
        actions.tick(by=by)
        assert f"/rounds/{round.pk}/board/" in mail_to(by.email)[-1].body
        round.refresh_from_db()
        actions.close_for_updates(round=round, by=by, reason="x")
        actions.tick(by=by)
    assert [what for what, _ in calls("edie@fernleigh.example")] == ["sign off", "sign off"]


def test_what_waits_no_longer_is_not_sent(opened, at, settings):
    """The mail server was down while the round went on: the message stays in the queue and then does not go out."""
    by, round = opened.coordinator, opened.round
    with at(date(2026, 11, 24)):
        actions.close_for_updates(round=round, by=by, reason="Nothing came")
        assert call_on(round=Round.objects.get(pk=round.pk), by=by) == 0  # told as it was closed
        actions.sign_off(round=round, by=opened.executive)
        actions.tick(by=by)
    ((_, message),) = calls("edie@fernleigh.example")
    assert message.state == "called back" and not mail_to("edie@fernleigh.example")
