"""The queue of messages against a real mail server that goes away and comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.notices import actions
from goldthread.commons.notices.models import Attempt, Message
from goldthread.kernel.clock import fixed_at, now
from tests.support.mail import Sink, text_of


@pytest.fixture
def by(db):
    return User.objects.create_user("cora@fernleigh.example", "Cora Mayhew")


@pytest.fixture
def sink(settings):
    made = Sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", made.port, 5
    yield made
    made.close()


def letter(key="round:1:2:opened", **more):
    values = {
        "to_name": "Sol Avery",
        "to_address": "sol@fernleigh.example",
        "subject": "Updates",
        "text": "Hello [[x]]",
    }
    return actions.Letter(key=key, about="round:1", **{**values, **more})


def test_queued_twice_it_is_one_message(by, sink):
    assert actions.queue(letters=[letter(), letter()], by=by) == 1
    assert actions.queue(letters=[letter()], by=by) == 0
    assert actions.deliver().sent == 1 and actions.deliver().sent == 0
    (mail,) = sink.mails
    assert mail["To"] == "sol@fernleigh.example" and mail["Auto-Submitted"] == "auto-generated"


def test_a_server_that_is_down_loses_nothing(by, sink):
    actions.queue(letters=[letter(), letter("other", to_address="dara@fernleigh.example", html="<p>Hi</p>")], by=by)
    sink.close()
    start = now()
    with fixed_at(start):
        assert actions.deliver().failed == 2
        assert actions.deliver().failed == 0  # it waits before the next try
    waiting = Message.objects.filter(state="waiting")
    assert waiting.count() == 2 and all("did not take it" in one.problem for one in waiting)
    sink.open()
    with fixed_at(start + timedelta(minutes=2)):
        assert actions.deliver().sent == 2
    assert len(sink.mails) == 2 and not Message.objects.exclude(state="sent").exists()
    assert list(Attempt.objects.order_by("pk").values_list("delivered", flat=True)) == [False, False, True, True]


def test_the_waits_grow(by, sink):
    actions.queue(letters=[letter()], by=by)
    sink.close()
    moment, waits = now(), []
    for _ in range(5):
        with fixed_at(moment):
            actions.deliver()
        due = Message.objects.get().next_try
        waits.append((due - moment).total_seconds() // 60)
        moment = due
    assert waits == [1, 5, 15, 60, 180]


def test_an_address_that_is_refused_is_given_up_and_can_be_put_right(by, sink):
    sink.refuse.add("sol@fernleigh.example")
    actions.queue(letters=[letter()], by=by)
    actions.deliver()
    message = Message.objects.get()
    assert message.state == "given up" and "no such person" in message.problem
    actions.try_again(message=message, by=by, to_address="sol.avery@fernleigh.example")
    assert actions.deliver().sent == 1 and sink.to("sol.avery@fernleigh.example")
    with pytest.raises(Refused):
        actions.try_again(message=message, by=by)


def test_killed_between_sending_and_noting_it_is_sent_again_and_known_again(by, sink, monkeypatch):
    actions.queue(letters=[letter()], by=by)

    def die(*args, **values):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "_settle", die)
    start = now()
    with fixed_at(start), pytest.raises(KeyboardInterrupt):
        actions.deliver()
    monkeypatch.undo()
    with fixed_at(start + timedelta(minutes=1)):
        assert actions.deliver().sent == 0  # the other worker may still be at it
    with fixed_at(start + timedelta(minutes=6)):
        assert actions.deliver().sent == 1
    one, again = sink.mails
    assert one["Message-ID"] == again["Message-ID"]


def test_places_are_filled_on_the_way_out_alone(by, sink):
    actions.fill_with("test.place", lambda argument: {"x": f"secret-{argument}"} if argument != "gone" else None)
    actions.queue(letters=[letter(filler="test.place:7"), letter("gone", filler="test.place:gone")], by=by)
    actions.deliver()
    (mail,) = sink.mails
    assert "secret-7" in text_of(mail)
    assert "secret" not in str(list(Message.objects.values()))
    assert Message.objects.get(key="gone").state == "called back"


def test_a_line_break_in_a_subject_makes_no_header(by, sink):
    actions.queue(letters=[letter(subject="Updates\nBcc: all@fernleigh.example")], by=by)
    actions.deliver()
    (mail,) = sink.mails
    assert mail["Bcc"] is None and mail["Subject"] == "Updates Bcc: all@fernleigh.example"


def test_without_a_mail_server_everything_waits_and_says_so(by, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    actions.queue(letters=[letter()], by=by)
    assert "GOLDTHREAD_SMTP" in actions.deliver().waits_for
    assert Message.objects.get().state == "waiting"
