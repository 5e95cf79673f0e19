"""What happens to an item of a round when its update is taken back on its record, or brought back again."""

from __future__ import annotations

from django.db.models import F

from goldthread.commons.events.models import Event
from goldthread.domain.register.models import Update
from goldthread.domain.register.models.loading import standing_ids
from goldthread.domain.rounds.actions.opening import write_to
from goldthread.domain.rounds.actions.planning import step
from goldthread.domain.rounds.models import Draft, Item, ItemStep
from goldthread.domain.rounds.terms import ANSWERED, RUNNING, UNDER_WAY, WAITING, ItemState, Occasion, RoundState


def follow_the_update(*, row: ItemStep, event: Event) -> None:
    """Let the item of an update that was sent follow the update, which ``event`` has taken back or brought back.

    Part of that action, in its transaction; steps to other states have nothing to follow. Until the report is frozen the
    item is open again where its update is gone, and its round is checked again where it was past that; brought back, the
    update waits for its check. What was frozen stays as it was reported, and an item that has gone on with another update is
    left alone.
    """
    if row.state != ItemState.SENT:
        return
    item = (
        Item.objects.select_for_update(of=("self",), no_key=True)
        .select_related("record", "round__plan", "request__person__user", "sent_by")
        .get(pk=row.item_id)
    )
    if item.update_id is None or item.update_id != row.update_id:
        return
    if item.update_id in standing_ids(Update, [item.record_id]).get(item.record_id, []):
        _bring_back(item, event)
    elif item.state in ANSWERED and item.round.state in UNDER_WAY:
        _open(item, event)


def _open(item: Item, event: Event) -> None:
    """The words wait in the writer's box again: as a draft for who took back their own, else as something sent back."""
    own = item.sent_by_id == event.by_id
    said = "" if own else event.reason.strip() or f"{event.by.name} took your update back; please send another one."
    _move(item, ItemState.DRAFTED if own else ItemState.RETURNED, event, said)
    rows = Draft.objects.filter(item=item, user=item.sent_by_id, sent=True)
    rows.update(sent=False, version=F("version") + 1, based_on=item.newest_update)
    if item.round.state not in RUNNING:
        step(round=item.round, to=RoundState.CHECKING, by=event.by, event=event)
    person = item.request.person
    if not own and person is not None and person.user is not None:
        write_to(
            occasion=Occasion.RETURNED, round=item.round, user=person.user, person=person, items=[item], by=event.by,
            key=f"taken-back:{event.pk}", said=f"{event.by.name} took it back: {said}" if event.reason.strip() else said,
        )  # fmt: skip


def _bring_back(item: Item, event: Event) -> None:
    """Sent again, to be checked, where it was this update's being taken back that had opened the item."""
    opened = ItemStep.objects.filter(item=item, event=event.undoes_id).exists()
    if not opened or item.state not in WAITING or item.round.state not in RUNNING:
        return
    _move(item, ItemState.SENT, event, "")
    Draft.objects.filter(item=item, user=item.sent_by_id).update(sent=True)


def _move(item: Item, state: ItemState, event: Event, reason: str) -> None:
    item.state, item.returned_because = state, reason
    item.save(update_fields=["state", "returned_because"])
    ItemStep.objects.create(item=item, state=state, update=item.update, event=event, reason=reason)
