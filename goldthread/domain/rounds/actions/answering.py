"""Writing and sending updates: drafts saved as they are typed, handed to others, sent by the lead."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from goldthread.commons.access.actions import end_items, give_items
from goldthread.commons.access.guard import require
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.actions import account_for_asking
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.commons.files.intake import TakenIn, keep
from goldthread.domain.organisation.models import Body, Person
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Update
from goldthread.domain.register.terms import Visibility
from goldthread.domain.rounds.access import may_draft, may_send, refuse_closed
from goldthread.domain.rounds.actions.opening import write_to
from goldthread.domain.rounds.models import Absence, Draft, HandOver, Item, ItemStep
from goldthread.domain.rounds.models.drafting import FILES
from goldthread.domain.rounds.terms import RUNNING, ItemState, Occasion
from goldthread.kernel.clock import now, today
from goldthread.kernel.days import printed

DRAFTER = "viewer"
"""The role in which somebody sees the item that they draft: one that adds no updates, so that only its lead sends it."""

MOST_TEXT = 20_000
"""The longest update, in characters."""


class Newer(Refused):
    """Somebody saved this draft in another window; ``theirs`` is what stands now and ``version`` its number."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__("This draft was changed in another window. Both texts are shown: keep the one you want.")
        self.theirs = theirs


def save_draft(*, item: Item, values: dict[str, Any], by: User, version: int | None = None) -> Draft:
    """Keep what somebody has typed for an item; ``version`` is the number of the draft they last saw (None: none yet).

    Raises NotAllowed for who may not draft it, Refused once the round takes no more updates or for a text that is too
    long, and Newer, with nothing overwritten, where the same person saved other words from another window.
    """
    # Who may is asked before the transaction: while it lasts, everybody else's saving waits.
    row = Item.objects.select_related("record", "round__plan").get(pk=item.pk)
    if not may_draft(by, viewer_for(by), row):
        raise NotAllowed("This item is not yours to draft.")
    refuse_closed(row)
    if len(str(values.get("text", ""))) > MOST_TEXT:
        raise Refused(f"An update has at most {MOST_TEXT:,} characters: shorten it.")
    typed = {name: value for name, value in values.items() if name != FILES}
    return _keep(row, typed, by, version, row.newest_update)


@transaction.atomic
def _keep(row: Item, values: dict[str, Any], by: User, version: int | None, seen: int | None) -> Draft:
    held = Draft.objects.select_for_update().filter(item=row, user=by).first()
    if held is not None and not held.sent:
        if held.typed == values:
            return held
        if version != held.version and held.text.strip():
            raise Newer(held)
        values = values | {name: kept for name, kept in held.values.items() if name == FILES}
    return put_draft(item=row, held=held, values=values, by=by, seen=seen)


def put_draft(*, item: Item, held: Draft | None, values: dict[str, Any], by: User, seen: int | None) -> Draft:
    """Write a draft, in the place of the one that is held; part of an action. The first one that says something is begun.

    ``seen`` is the ``newest_update`` that a draft which begins now is based on.
    """
    if held is None:
        draft = Draft.objects.create(item=item, user=by, values=values, saved=now(), based_on=seen)
    else:
        if held.sent:
            held.based_on = seen
        held.values, held.version, held.saved, held.sent = values, held.version + 1, now(), False
        held.save(update_fields=["values", "version", "saved", "sent", "based_on"])
        draft = held
    if item.state == ItemState.ASKED and _says_something(values):
        Item.objects.filter(pk=item.pk, state=ItemState.ASKED).update(state=ItemState.DRAFTED)
        event = record_event("began a draft", by=by, subject=item.record.reference)
        ItemStep.objects.create(item=item, state=ItemState.DRAFTED, event=event)
    return draft


def _says_something(values: dict[str, Any]) -> bool:
    return any(str(value).strip() for value in values.values())


@dataclass(frozen=True, slots=True)
class Answer:
    """An update ready to send: its words, and what changes with it. Checked by the form that made it."""

    text: str
    state: str = ""
    state_reason: str = ""
    rating: str = ""
    rating_reason: str = ""
    forecast_on: date | None = None
    due_on: date | None = None
    due_reason: str = ""
    agreed_by: Body | None = None
    no_change_because: str = ""
    evidence_title: str = ""
    evidence_link: str = ""
    evidence_files: tuple[TakenIn, ...] = ()
    based_on: int | None = None


def send(*, item: Item, answer: Answer, by: User) -> Update:
    """Send the update of one item: it goes on record, and the item on to be checked. One short transaction.

    Raises NotAllowed for who only drafts it, Refused where the round takes no more updates or the update says nothing,
    and the register's Conflict where a newer update stands than the one the writer saw; nothing is written then.
    """
    row = Item.objects.select_related("record", "round__plan", "owner").get(pk=item.pk)
    if not may_send(by, viewer_for(by), row):
        raise NotAllowed("You can draft this item; its lead reads it and sends it.")
    # Kept and read before the transaction: while it lasts, everybody else's saving waits. What goes on record is in the
    # store for good by then, whatever becomes of the files that waited with the draft.
    answer = replace(answer, evidence_files=tuple(keep(one) for one in answer.evidence_files))
    return _send(row, answer, by, register.found_for_report(record=row.record, by=by))


@transaction.atomic
def _send(item: Item, answer: Answer, by: User, found: register.Found) -> Update:
    # Two senders of one item, or a sender and who closes the round, come one after the other.
    held = Item.objects.select_for_update(of=("self",), no_key=True).select_related("round").get(pk=item.pk)
    if held.round.state not in RUNNING:
        raise Refused(f"The round {held.round.name} takes no more updates; ask the coordinator.")
    if held.state == ItemState.ACCEPTED:
        raise Refused(f"The update of {item.record.reference} is accepted; ask the coordinator to return it first.")
    event = record_event("sent an update", by=by, subject=item.record.reference, detail={"round": item.round_id})
    update = _report(item, answer, by, event, found)
    held.state, held.update, held.sent_by, held.sent_at, held.returned_because = (
        ItemState.SENT, update, by, event.at, "",
    )  # fmt: skip
    held.save(update_fields=["state", "update", "sent_by", "sent_at", "returned_because"])
    ItemStep.objects.create(item=held, state=ItemState.SENT, update=update, event=event)
    Draft.objects.filter(item=held, user=by).update(sent=True)
    return update


def _evidence(answer: Answer) -> tuple[register.NewEvidence, ...]:
    """The files and the link; the title is the link's, without a link that of a single file."""
    title, link, files = answer.evidence_title, answer.evidence_link, answer.evidence_files
    named = title if len(files) == 1 and not link else ""
    shown = [register.NewEvidence(title=named, file=one) for one in files]
    if link:
        shown.append(register.NewEvidence(title=title or link, link=link))
    return tuple(shown)


def _report(item: Item, answer: Answer, by: User, event: Event, found: register.Found) -> Update:
    """Put the update on record. It speaks of the last day of the round's period where that is over, else of today."""
    day = min(today(), item.round.as_at)
    made: Update = register.report_progress(
        record=item.record, text=answer.text, as_at=day, by=by, said_by=item.owner,
        state=answer.state or None, state_reason=answer.state_reason, rating=answer.rating or None,
        rating_reason=answer.rating_reason, forecast_on=answer.forecast_on, due_on=answer.due_on,
        due_reason=answer.due_reason, agreed_by=answer.agreed_by, no_change_because=answer.no_change_because,
        evidence=_evidence(answer), based_on=answer.based_on, event=event, found=found,
    )  # fmt: skip
    return made


@dataclass(slots=True)
class Sent:
    """What sending several came to: references sent, and for each that was not, the sentence why."""

    sent: list[str] = field(default_factory=list)
    refused: dict[int, Refused] = field(default_factory=dict)


def send_all(*, answers: list[tuple[Item, Answer]], by: User) -> Sent:
    """Send several, each in a transaction of its own: one that is refused holds none of the others up."""
    done = Sent()
    for item, answer in answers:
        try:
            send(item=item, answer=answer, by=by)
            done.sent.append(item.record.reference)
        except Refused as refused:
            done.refused[item.pk] = refused
    return done


@transaction.atomic
def hand_over(
    *, item: Item, by: User, email: str, name: str = "", reason: str = "", until: date | None = None
) -> HandOver:
    """Ask somebody, of the council or of a partner, to draft one item until a day (the last day on which it is due).

    They get a message with a link, see this record and no other that is not published, and draft; the lead reads it and
    sends it. Raises NotAllowed for who may not send the item, Refused for a restricted record, for oneself, for an
    address that is none, or where the round takes no more updates.
    """
    row = Item.objects.select_related("record", "round__plan").get(pk=item.pk)
    if not may_send(by, viewer_for(by), row):
        raise NotAllowed("Only who answers for this item can hand it to somebody.")
    if row.record.visibility == Visibility.RESTRICTED:
        raise Refused(f"{row.record.reference} is restricted and stays in your hands.")
    if row.round.state not in RUNNING:
        raise Refused(f"The round {row.round.name} takes no more updates.")
    until = until or max(row.due_on, today())
    if not today() <= until <= row.round.freeze_on:
        raise Refused(f"Choose a last day from today to {printed(row.round.freeze_on)}.")
    to = account_for_asking(
        email=email, name=name.strip() or email.partition("@")[0], by=by, reason=f"Drafts {row.record.reference}"
    )
    if to.pk == by.pk:
        raise Refused("That is your own address: the item is in your hands already.")
    event = record_event(
        "handed over a draft", by=by, subject=row.record.reference, reason=reason.strip(), detail={"to": to.email}
    )
    made = HandOver.objects.create(
        item=row, to=to, until=until, recorded=event.at, by=by, event=event, reason=reason.strip()
    )
    ends = until + timedelta(days=1)
    give_items(user=to, role=DRAFTER, ids=[row.record_id], ends=ends, by=by, reason="Drafts for a lead")
    write_to(
        occasion=Occasion.HANDED_OVER, round=row.round, user=to, person=None, items=[row], by=by,
        key=f"handed:{made.pk}", said=f"{by.name} asks you: {reason.strip()}" if reason.strip() else f"{by.name} asks you.",
        until=until,
    )  # fmt: skip
    return made


@transaction.atomic
def take_back(*, hand_over: HandOver, by: User) -> HandOver:
    """Take an item back from who drafts it; what they wrote stays with the item. Raises NotAllowed for others."""
    row = HandOver.objects.select_related("item__record", "item__round", "to").get(pk=hand_over.pk)
    if not may_send(by, viewer_for(by), row.item):
        raise NotAllowed("Only who answers for this item can take it back.")
    event = record_event("took back a draft", by=by, subject=row.item.record.reference, detail={"to": row.to.email})
    end_items(user=row.to, role=DRAFTER, ids=[row.item.record_id], by=by, reason="Taken back by the lead")
    return HandOver.objects.create(
        item=row.item, to=row.to, until=row.until, ended=True, recorded=event.at, by=by, event=event
    )


@transaction.atomic
def say_away(
    *, person: Person, starts: date, ends: date, by: User, stand_in: Person | None = None, reason: str = ""
) -> Absence:
    """A person is away from a day to a last day; a stand-in is asked in their place. For oneself, or by who runs rounds.

    Raises Refused for days in the wrong order or in the past, or a stand-in who is the person themself.
    """
    if person.user_id != by.pk:
        require(by, Permission.RUN_ROUNDS)
    if ends < starts:
        raise Refused("The last day is before the first; swap the dates.")
    if ends < today():
        raise Refused("These days are over; give days to come.")
    if stand_in is not None and stand_in.pk == person.pk:
        raise Refused(f"{person} cannot stand in for themself; choose somebody else.")
    event = record_event("said who is away", by=by, subject=person.name, reason=reason.strip())
    return Absence.objects.create(
        person=person, stand_in=stand_in, starts=starts, ends=ends, recorded=event.at, by=by, event=event,
        reason=event.reason,
    )  # fmt: skip


@transaction.atomic
def not_away(*, absence: Absence, by: User, reason: str = "") -> Absence:
    """Take an absence back. Raises Refused where it was taken back already."""
    if absence.person.user_id != by.pk:
        require(by, Permission.RUN_ROUNDS)
    if absence not in standing(Absence.objects.filter(person=absence.person)):
        raise Refused("This absence was taken back already.")
    event = record_event("took back an absence", by=by, subject=absence.person.name, reason=reason.strip())
    return Absence.objects.create(
        person=absence.person, stand_in=absence.stand_in, starts=absence.starts, ends=absence.ends,
        recorded=event.at, by=by, event=event, reason=event.reason, withdraws=absence,
    )  # fmt: skip
