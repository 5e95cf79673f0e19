"""Files that go with an update: they wait with its draft as they come, and are on record as evidence once it is sent.

A file that waits is none of the register's (``commons.files.waiting``): once a round is over, those of drafts that nobody
sent are let go. What was sent was put into the store before it went on record, and stays. See docs/decisions/0030.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.files.intake import TakenIn, take_in
from goldthread.commons.files.waiting import let_go, waiting_since
from goldthread.domain.rounds.access import may_draft, refuse_closed
from goldthread.domain.rounds.actions.answering import put_draft
from goldthread.domain.rounds.models import Draft, Item
from goldthread.domain.rounds.models.drafting import FILES
from goldthread.domain.rounds.terms import OVER

MOST_FILES = 10
"""How many files go with one update at most."""

YOUNGEST = timedelta(days=1)
"""How long a file waits at least, whether a draft names it or not."""


def attach(*, item: Item, name: str, chunks: Iterable[bytes], by: User) -> Draft:
    """Take a file in and let it wait with one's draft of an item; sending the update puts it on record as evidence.

    Of who drafts for a lead it goes to the lead, who opens it and takes it (``use_draft``). Raises NotAllowed for who may
    not draft the item, and Refused, with nothing kept, where the round takes no more updates, ten files are there, or the
    file is not taken in.
    """
    row = _to_draft(item, by)
    held = Draft.objects.filter(item=row, user=by, sent=False).first()
    _refuse_too_many(name, len(held.files) if held else 0)
    taken = take_in(name, chunks, waits=True)  # before the transaction: a scanner takes its time
    return _add(row, taken, by)


def let_go_of_files(*, by: User) -> int:
    """Let go of waiting files that no draft of a round which is not over names any more; gives how many.

    Of a day or older alone: a younger one may be on its way into a draft.
    """
    names = set(waiting_since(YOUNGEST))
    if not names:
        return 0
    drafts = Draft.objects.filter(values__has_key=FILES).exclude(item__round__state__in=OVER)
    names -= {one.waits for draft in drafts for one in draft.files}
    number = let_go(names)
    if number:
        record_event("let go of files of drafts", by=by, subject=f"{number} that nobody sent or that were taken off")
    return number


def detach(*, item: Item, sha256: str, by: User) -> str:
    """Take a file off one's draft of an item again; gives its name. Raises NotAllowed, and Refused where it is not there."""
    row = _to_draft(item, by)
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(item=row, user=by, sent=False).first()
        gone = next((one for one in held.files if one.sha256 == sha256), None) if held is not None else None
        if held is None or gone is None:
            raise Refused("That file is not with your draft any more.")
        _put(row, held, [one for one in held.files if one != gone], by)
    return gone.name


def _to_draft(item: Item, by: User) -> Item:
    row = Item.objects.select_related("record", "round__plan").get(pk=item.pk)
    if not may_draft(by, viewer_for(by), row):
        raise NotAllowed("This item is not yours to draft.")
    refuse_closed(row)
    return row


def _refuse_too_many(name: str, there: int) -> None:
    if there >= MOST_FILES:
        raise Refused(f"{name} is not added: {MOST_FILES} files are with this update, and more do not go with one.")


@transaction.atomic
def _add(row: Item, taken: TakenIn, by: User) -> Draft:
    held = Draft.objects.select_for_update().filter(item=row, user=by).first()
    there = held.files if held is not None and not held.sent else []
    if held is not None and any(one.sha256 == taken.sha256 for one in there):
        return held  # the same file again
    _refuse_too_many(taken.name, len(there))
    return _put(row, held, [*there, taken], by)


def _put(row: Item, held: Draft | None, files: list[TakenIn], by: User) -> Draft:
    """The draft with these files. What was typed, and the number by which another window is noticed, stay as they are."""
    typed = held.typed if held is not None and not held.sent else {}
    values = typed | ({FILES: [asdict(one) for one in files]} if files else {})
    if held is None or held.sent:
        return put_draft(item=row, held=held, values=values, by=by, seen=row.newest_update)
    held.values = values
    held.save(update_fields=["values"])
    return held
