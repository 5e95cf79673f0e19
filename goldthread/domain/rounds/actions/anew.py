"""Asking again while a round runs: what has come into the plan since, and what has changed hands."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.domain.organisation.models import Person
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Record
from goldthread.domain.rounds.actions.opening import Opened, ask_each, let_in, put_items, write_to
from goldthread.domain.rounds.models import Item, Request, Round
from goldthread.domain.rounds.queries.people import Asking, who_is_asked
from goldthread.domain.rounds.terms import RUNNING, WAITING, Occasion
from goldthread.kernel.clock import now, today


def ask_anew(*, round: Round, by: User) -> Opened:
    """Ask for entries that have come into the plan, or have another owner, since the round opened; what is answered stays.

    Each person gets one message with these items. Raises Refused where there are none, or the round takes no updates.
    """
    viewer = require_for(by, Permission.RUN_ROUNDS, [round.plan])
    if round.state not in RUNNING:
        raise Refused(f"{round} takes no updates now.")
    held = {item.record_id: item for item in Item.objects.filter(round=round)}
    records = [record for record in round.asks_for() if _is_new(record, held.get(record.pk))]
    if not records:
        raise Refused("Nothing has come into the plan or changed hands since the round opened.")
    last = max(today(), round.due_last)
    asked = who_is_asked(records, first=today(), last=last, viewer=viewer)
    return ask_each(round=round, records=records, asked=asked, by=by, write=_ask)


def _is_new(record: Record, item: Item | None) -> bool:
    return item is None or (item.state in WAITING and item.owner_id != record.accountable_id)


@transaction.atomic
def _ask(*, round: Round, person: Person | None, records: Sequence[Record], asked: dict[int, Asking], by: User) -> bool:
    event = record_event("asked for updates", by=by, subject=f"{round}: {person or 'nobody'}"[:200])
    request, _ = Request.objects.get_or_create(round=round, person=person, defaults={"made": now()})
    put_items(round=round, request=request, records=records, asked=asked, event=event)
    if person is None:
        return False
    user = let_in(person=person, records=records, until=round.freeze_on, by=by)
    items = list(
        Item.objects.filter(round=round, record__in=[one.pk for one in records]).select_related(
            "record", "owner", "holder", "round__plan"
        )
    )
    return user is not None and write_to(
        occasion=Occasion.OPENED, round=round, user=user, person=person, items=items, by=by, key=f"anew:{event.pk}"
    )
