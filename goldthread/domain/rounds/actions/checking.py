"""From an update that was sent to a report that stands: checked, accepted, signed off, frozen, issued; or returned."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Update
from goldthread.domain.register.models.loading import standing_ids
from goldthread.domain.rounds.access import may_check, may_run, may_sign_off
from goldthread.domain.rounds.actions.calling import call_back_to_check, call_on
from goldthread.domain.rounds.actions.opening import write_to
from goldthread.domain.rounds.actions.planning import step
from goldthread.domain.rounds.models import Item, ItemStep, Round
from goldthread.domain.rounds.terms import ANSWERED, RUNNING, UNDER_WAY, ItemState, Occasion, RoundState


def _locked(items: Sequence[Item]) -> list[Item]:
    found = Item.objects.select_for_update().filter(pk__in=[item.pk for item in items])
    pks = [item.pk for item in found]
    return list(
        Item.objects.filter(pk__in=pks).select_related("record", "round__plan", "request__person__user", "sent_by")
    )


def _refuse_taken_back(items: Sequence[Item]) -> None:
    """An update that was undone on its record is no update any more: its item goes back or gets another one."""
    stand = standing_ids(Update, [item.record_id for item in items])  # one that was brought back stands again
    gone = [item.record.reference for item in items if item.update_id not in stand.get(item.record_id, [])]
    if gone:
        raise Refused(f"The update of {gone[0]} was taken back since it was sent: return it, or ask for another one.")


def _move(items: Sequence[Item], state: ItemState, event: Event, reason: str = "") -> None:
    for item in items:
        item.state, item.returned_because = state, reason
    Item.objects.bulk_update(items, ["state", "returned_because"], batch_size=300)
    ItemStep.objects.bulk_create(
        [ItemStep(item=item, state=state, update_id=item.update_id, event=event, reason=reason) for item in items],
        batch_size=300,
    )


@transaction.atomic
def check(*, items: Sequence[Item], by: User) -> Event:
    """The director has read the updates and stands behind them. All or none.

    Raises Refused where one is not waiting for a check or was sent by the same person, NotAllowed outside their scope.
    """
    rows = _locked(items)
    viewer = require(by, Permission.VERIFY)
    if not rows:
        raise Refused("Choose at least one update.")
    for item in rows:
        if not may_check(viewer, item.record):
            raise NotAllowed(f"{item.record.reference} is not in your directorate.")
        if item.state != ItemState.SENT:
            raise Refused(f"{item.record.reference} does not wait for a check: it is {item.state} now.")
        if item.sent_by_id == by.pk:
            raise Refused(f"You sent the update of {item.record.reference} yourself; somebody else checks it.")
        if item.round.state not in RUNNING:
            raise Refused(f"The round {item.round.name} is past its check.")
    _refuse_taken_back(rows)
    event = record_event("checked updates", by=by, subject=_named(rows))
    _move(rows, ItemState.CHECKED, event)
    return event


@transaction.atomic
def return_items(*, items: Sequence[Item], by: User, reason: str) -> Event:
    """Send updates back to whoever sent them, with a reason that they get by mail; what they said stays on record.

    For the director (sent or checked ones of their directorate), the coordinator and who signs off. Raises Refused
    without a reason, without an item, or where there is no update to return.
    """
    rows = _locked(items)
    viewer = require(by, Permission.VERIFY)
    if not rows:
        raise Refused("Choose at least one update.")
    if not reason.strip():
        raise Refused("Say what is wrong or missing: the lead reads it.")
    for item in rows:
        if not (may_check(viewer, item.record) or may_run(viewer, item.round.plan)):
            raise NotAllowed(f"{item.record.reference} is not yours to return.")
        if item.state not in ANSWERED or item.round.state not in UNDER_WAY:
            raise Refused(f"{item.record.reference} has no update in this round that could be returned.")
    event = record_event("returned updates", by=by, subject=_named(rows), reason=reason.strip())
    _move(rows, ItemState.RETURNED, event, reason.strip())
    for round in {item.round_id: item.round for item in rows}.values():
        if round.state not in RUNNING:
            step(round=round, to=RoundState.CHECKING, by=by, event=event)
    by_person: dict[int, list[Item]] = {}
    for item in rows:
        by_person.setdefault(item.request_id, []).append(item)
    for theirs in by_person.values():
        person = theirs[0].request.person
        if person is not None and person.user is not None:
            write_to(
                occasion=Occasion.RETURNED, round=theirs[0].round, user=person.user, person=person, items=theirs, by=by,
                key=f"returned:{event.pk}", said=f"{by.name} asks: {reason.strip()}",
            )  # fmt: skip
    return event


@transaction.atomic
def accept(*, items: Sequence[Item], by: User) -> Event:
    """The coordinator accepts updates as they are. Those that no director has checked can be accepted too, and stay told.

    Raises Refused where one has no update, NotAllowed for who does not run this plan's rounds.
    """
    rows = _locked(items)
    viewer = require(by, Permission.RUN_ROUNDS)
    if not rows:
        raise Refused("Choose at least one update.")
    for item in rows:
        if not may_run(viewer, item.round.plan):
            raise NotAllowed(f"You do not run the rounds of {item.round.plan.reference}.")
        if item.state not in (ItemState.SENT, ItemState.CHECKED):
            raise Refused(f"{item.record.reference} has no update that waits to be accepted: it is {item.state} now.")
    _refuse_taken_back(rows)
    event = record_event("accepted updates", by=by, subject=_named(rows))
    _move(rows, ItemState.ACCEPTED, event)
    return event


@transaction.atomic
def close_for_updates(*, round: Round, by: User, reason: str = "") -> Round:
    """The coordinator has accepted what is there: no more updates are taken. What is missing is said, never hidden.

    Raises Refused where an update still waits to be accepted, or where items are missing and no reason says why.
    """
    row = Round.objects.select_related("plan").get(pk=round.pk)
    if not may_run(require(by, Permission.RUN_ROUNDS), row.plan):
        raise NotAllowed(f"You do not run the rounds of {row.plan.reference}.")
    waiting = Item.objects.filter(round=row, state__in=(ItemState.SENT, ItemState.CHECKED)).count()
    if waiting:
        raise Refused(f"{_many(waiting)} to be accepted or returned first.")
    missing = Item.objects.standing().filter(round=row).exclude(state=ItemState.ACCEPTED).count()
    if missing and not reason.strip():
        raise Refused(f"There is no update on {missing} of the items: say why the round goes on without them.")
    row = step(round=row, to=RoundState.ACCEPTED, by=by, reason=reason)
    call_on(round=row, by=by)
    return row


@transaction.atomic
def sign_off(*, round: Round, by: User, reason: str = "") -> Round:
    """The executive signs the round off. Raises NotAllowed for others, Refused before the coordinator has accepted it."""
    if not may_sign_off(require(by, Permission.SIGN_OFF), round.plan):
        raise NotAllowed("Only executive leadership signs a round off.")
    row = step(round=round, to=RoundState.SIGNED_OFF, by=by, reason=reason, permission=Permission.SIGN_OFF)
    call_on(round=row, by=by)
    return row


@transaction.atomic
def send_back(*, round: Round, by: User, reason: str) -> Round:
    """Open an accepted or signed-off round again for checking, with the reason. Raises Refused without one."""
    viewer = require(by, Permission.VERIFY)
    if not (may_sign_off(viewer, round.plan) or may_run(viewer, round.plan)):
        raise NotAllowed("Only executive leadership or the coordinator sends a round back.")
    if not reason.strip():
        raise Refused("Say what is to be looked at again: the coordinator reads it.")
    event = record_event("sent a round back", by=by, subject=str(round)[:200], reason=reason.strip())
    row = step(round=round, to=RoundState.CHECKING, by=by, event=event)
    call_back_to_check(round=row, by=by, reason=reason.strip(), step=event.pk)
    return row


@transaction.atomic
def mark_frozen(*, round: Round, event: Event) -> Round:
    """A report of the round is frozen: part of the action of the event, in its transaction, so that neither stands alone.

    Raises Refused where the round is not signed off.
    """
    return step(round=round, to=RoundState.FROZEN, by=event.by, event=event)


@transaction.atomic
def mark_issued(*, round: Round, by: User, issue: int) -> Round:
    """The frozen report of the round has its files and is out. Raises Refused where the round is not frozen."""
    require_for(by, Permission.ISSUE_REPORTS, [round.plan])
    event = record_event("issued the report of a round", by=by, subject=str(round)[:200], detail={"issue": issue})
    row = step(round=round, to=RoundState.ISSUED, by=by, event=event)
    row.issue = issue
    row.save(update_fields=["issue"])
    return row


def _named(items: Sequence[Item]) -> str:
    names = [item.record.reference for item in items]
    return (", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else ""))[:200]


def _many(number: int) -> str:
    return "1 update waits" if number == 1 else f"{number} updates wait"
