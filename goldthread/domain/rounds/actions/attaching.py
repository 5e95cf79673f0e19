"""Files that go with an update: taken in and kept with its draft as they come, on record as evidence once it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.files.intake import TakenIn, take_in
from goldthread.domain.rounds.access import may_send, refuse_closed
from goldthread.domain.rounds.actions.answering import put_draft
from goldthread.domain.rounds.models import Draft, Item
from goldthread.domain.rounds.models.drafting import FILES

MOST_FILES = 10
"""How many files go with one update at most."""


def attach(*, item: Item, name: str, chunks: Iterable[bytes], by: User) -> Draft:
    """Take a file in and keep it with the draft of an item; sending the update puts it on record as evidence.

    For whoever sends the update: a file that somebody else chose would go out unseen. Raises NotAllowed for others, and
    Refused, with nothing kept, where the round takes no more updates, ten files are there, or the file is not taken in.
    """
    row = _to_send(item, by)
    held = Draft.objects.filter(item=row, user=by, sent=False).first()
    _refuse_too_many(name, len(held.files) if held else 0)
    kept = take_in(name, chunks)  # before the transaction: a scanner takes its time
    return _add(row, kept, by)


def detach(*, item: Item, sha256: str, by: User) -> str:
    """Take a file off the draft of an item again; gives its name. Raises NotAllowed, and Refused where it is not there."""
    row = _to_send(item, by)
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(item=row, user=by, sent=False).first()
        gone = next((one for one in held.files if one.sha256 == sha256), None) if held is not None else None
        if held is None or gone is None:
            raise Refused("That file is not with your draft any more.")
        _put(row, held, [one for one in held.files if one != gone], by)
    return gone.name


def _to_send(item: Item, by: User) -> Item:
    row = Item.objects.select_related("record", "round__plan").get(pk=item.pk)
    if not may_send(by, viewer_for(by), row):
        raise NotAllowed("Files go with the update: give them to its lead, who sends it.")
    refuse_closed(row)
    return row


def _refuse_too_many(name: str, there: int) -> None:
    if there >= MOST_FILES:
        raise Refused(f"{name} is not added: {MOST_FILES} files are with this update, and more do not go with one.")


@transaction.atomic
def _add(row: Item, kept: TakenIn, by: User) -> Draft:
    held = Draft.objects.select_for_update().filter(item=row, user=by).first()
    there = held.files if held is not None and not held.sent else []
    if held is not None and any(one.sha256 == kept.sha256 for one in there):
        return held  # the same file again
    _refuse_too_many(kept.name, len(there))
    return _put(row, held, [*there, kept], by)


def _put(row: Item, held: Draft | None, files: list[TakenIn], by: User) -> Draft:
    """The draft with these files. What was typed, and the number by which another window is noticed, stay as they are."""
    typed = held.typed if held is not None and not held.sent else {}
    values = typed | ({FILES: [asdict(one) for one in files]} if files else {})
    if held is None or held.sent:
        return put_draft(item=row, held=held, values=values, by=by, seen=row.newest_update)
    held.values = values
    held.save(update_fields=["values"])
    return held
