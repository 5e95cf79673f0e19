"""Queueing messages and handing them over: at least once, each key once in the queue, tried again with a longer wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.notices.channels import CHANNELS, Envelope, Undelivered
from goldthread.commons.notices.models import Attempt, Message, MessageState
from goldthread.kernel.clock import now

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each failed try; the last one repeats."""

MOST_TRIES = 20
"""About a week of a mail server that does not answer; then a person decides."""

HELD_FOR = timedelta(minutes=5)
"""How long one worker has a message to itself: killed meanwhile, another one sends it afterwards."""

Filler = Callable[[str], Mapping[str, str] | None]
_fillers: dict[str, Filler] = {}


def fill_with(name: str, filler: Filler) -> None:
    """Declare what fills the places of messages whose filler is ``name:argument``; at start, by the app that queues them.

    It answers what stands for each place, or None where the message must not go out any more.
    """
    _fillers[name] = filler


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said to whom. ``key``: the same words for the same occasion have the same one."""

    key: str
    about: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str = ""
    filler: str = ""
    channel: str = "email"


def queue(*, letters: list[Letter], by: User) -> int:
    """Put messages into the queue, in the caller's transaction; those whose key is there stay. Returns how many are new."""
    if not letters:
        return 0
    moment = now()
    known = set(Message.objects.filter(key__in=[one.key for one in letters]).values_list("key", flat=True))
    fresh = {one.key: one for one in letters if one.key not in known}
    rows = [
        Message(
            key=one.key, about=one.about, channel=one.channel, to_name=one.to_name, to_address=one.to_address,
            subject=" ".join(one.subject.split())[:250], text=one.text, html=one.html, filler=one.filler,
            made=moment, next_try=moment, by=by,
        )
        for one in fresh.values()
    ]  # fmt: skip
    # Two workers may queue at once: what the other one has put there stays.
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    return len(rows)


@dataclass(slots=True)
class Delivery:
    """What one pass over the queue came to; ``waits_for`` says why nothing could go out at all."""

    sent: int = 0
    failed: int = 0
    waits_for: str = ""


def deliver(*, most: int = 500) -> Delivery:
    """Hand over what is due, one message after the other; nothing is lost where the server is down or this is killed."""
    done = Delivery()
    due = Message.objects.filter(state=MessageState.WAITING, next_try__lte=now()).order_by("next_try", "pk")
    for message in due[:most]:
        channel = CHANNELS[message.channel]
        if sentence := channel.ready():
            done.waits_for = sentence
            continue
        if not _claim(message):
            continue
        if _hand_over(message):
            done.sent += 1
        else:
            done.failed += 1
    return done


def deliver_in_words() -> str:
    """Hand over what is due, and say how many went out: the recurring work. Raises Refused where some did not."""
    done = deliver()
    if done.failed:
        raise Refused(f"{done.failed} messages were not taken and are tried again; {done.sent} went out.")
    return f"{done.sent} messages went out" if done.sent else ""


def _claim(message: Message) -> bool:
    """Take a message for a while; False where another worker has it. One statement, so that of two only one succeeds."""
    moment = now()
    free = Message.objects.filter(pk=message.pk, state=MessageState.WAITING, next_try__lte=moment)
    return bool(free.update(next_try=moment + HELD_FOR, tries=message.tries + 1))


def _hand_over(message: Message) -> bool:
    places: Mapping[str, str] | None = {}
    if message.filler:
        name, _, argument = message.filler.partition(":")
        places = _fillers[name](argument)
    if places is None:
        _settle(message, MessageState.CALLED_BACK, "It was no longer to go out.", delivered=False)
        return False
    envelope = Envelope(
        message.key, message.to_name, message.to_address, message.subject,
        _filled(message.text, places), _filled(message.html, places),
    )  # fmt: skip
    try:
        said = CHANNELS[message.channel].send(envelope)
    except Undelivered as problem:
        gone = problem.for_good or message.tries + 1 >= MOST_TRIES
        _settle(message, MessageState.GIVEN_UP if gone else MessageState.WAITING, str(problem), delivered=False)
        return False
    _settle(message, MessageState.SENT, said, delivered=True)
    return True


def _filled(words: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        words = words.replace(f"[[{name}]]", value)
    return words


@transaction.atomic
def _settle(message: Message, state: str, outcome: str, *, delivered: bool) -> None:
    moment = now()
    Attempt.objects.create(
        message=message, at=moment, channel=message.channel, delivered=delivered, outcome=outcome[:300]
    )
    message.state, message.problem, message.tries = state, "" if delivered else outcome[:300], message.tries + 1
    message.sent = moment if delivered else None
    message.next_try = moment + WAITS[min(message.tries, len(WAITS)) - 1]
    message.save(update_fields=["state", "problem", "sent", "next_try", "tries"])


@transaction.atomic
def try_again(*, message: Message, by: User, to_address: str = "") -> Message:
    """Put a message that was not delivered back into the queue, to another address where one is given.

    Raises Refused for one that went out.
    """
    row = Message.objects.select_for_update().get(pk=message.pk)
    if row.state == MessageState.SENT:
        raise Refused("This message went out already; a reminder is a message of its own.")
    row.state, row.tries, row.next_try = MessageState.WAITING, 0, now()
    row.to_address = to_address or row.to_address
    row.save(update_fields=["state", "tries", "next_try", "to_address"])
    return row


@transaction.atomic
def call_back(*, about: str, by: User) -> int:
    """Take what still waits about something out of the queue; returns how many."""
    return Message.objects.filter(about=about, state=MessageState.WAITING).update(state=MessageState.CALLED_BACK)
