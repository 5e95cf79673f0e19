"""An update that was written on the record's own page while a round asks for one: it is the answer, and nobody is chased."""

from __future__ import annotations

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.events.models import Event
from goldthread.domain.register.models import Update
from goldthread.domain.rounds.access import may_run
from goldthread.domain.rounds.models import Item, ItemStep
from goldthread.domain.rounds.terms import RUNNING, WAITING, ItemState


def count_as_answer(*, row: Update, event: Event) -> None:
    """Let the items that wait for this update take it as theirs, to be checked like any other.

    Part of the action that put it on record, so taking that back opens them again. It counts where who was asked wrote it, or
    who runs the rounds did, for them; a remark by anybody else is none of the lead's words. It must speak of the round's own
    time. An item that somebody is sending at this moment is left to them: they are shown both texts.
    """
    items = (
        Item.objects.filter(record=row.record_id, state__in=WAITING, round__state__in=RUNNING)
        .filter(round__starts__lte=row.as_at)
        .select_related("round__plan", "request__person")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
    )
    for item in items:
        person = item.request.person
        asked = person is not None and person.user_id == event.by_id
        if not (asked or may_run(viewer_for(event.by), item.round.plan)):
            continue
        item.state, item.update, item.sent_by, item.sent_at, item.returned_because = (
            ItemState.SENT, row, event.by, event.at, "",
        )  # fmt: skip
        item.save(update_fields=["state", "update", "sent_by", "sent_at", "returned_because"])
        ItemStep.objects.create(item=item, state=ItemState.SENT, update=row, event=event)
