"""Using what somebody else drafted: the lead takes it into their own draft, reads it there, and sends it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.files.intake import TakenIn, copy_waiting
from goldthread.domain.rounds.access import may_send, refuse_closed
from goldthread.domain.rounds.actions.answering import MOST_TEXT, put_draft
from goldthread.domain.rounds.actions.attaching import MOST_FILES
from goldthread.domain.rounds.models import Draft, Item
from goldthread.domain.rounds.models.drafting import FILES

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("no_change",),
    ("state", "state_reason"),
    ("forecast_on",),
    ("due_on", "due_reason", "agreed_by"),
    ("rating", "rating_reason"),
    ("evidence_link", "evidence_title"),
)
"""Fields of an update that are taken over together or not at all: a date goes with its reason. The words are put together."""


def use_draft(*, item: Item, draft: int, by: User, files_only: bool = False) -> Draft:
    """Put what somebody else drafted for an item into one's own draft: the words after one's own, the other fields where
    one's own are empty, the files beside one's own; ``files_only``: nothing but the files. Theirs stays as it is.

    Raises NotAllowed for who does not send the item, and Refused, with nothing changed, where the draft is gone, the round
    takes no more updates, or it all would be too much for one update.
    """
    row = Item.objects.select_related("record", "round__plan").get(pk=item.pk)
    if not may_send(by, viewer_for(by), row):
        raise NotAllowed("You can draft this item; its lead reads it and sends it.")
    refuse_closed(row)
    theirs = Draft.objects.filter(pk=draft, item=row, sent=False).exclude(user=by).first()
    if theirs is None:
        raise Refused("That draft is not there any more: it was sent, or begun anew.")
    copies = [copy_waiting(one) for one in theirs.files]  # before the transaction: a disk takes its time
    return _merge(row, {} if files_only else theirs.typed, copies, by)


@transaction.atomic
def _merge(row: Item, typed: dict[str, Any], files: list[TakenIn], by: User) -> Draft:
    held = Draft.objects.select_for_update().filter(item=row, user=by).first()
    own = held.values if held is not None and not held.sent else {}
    values = {name: value for name, value in own.items() if name != FILES} | _beside(own, typed)
    if len(str(values.get("text", ""))) > MOST_TEXT:
        raise Refused(f"Together the texts are longer than {MOST_TEXT:,} characters: shorten yours first.")
    there = [TakenIn(**one) for one in own.get(FILES, [])]
    known = {one.sha256 for one in there}
    there += [one for one in files if one.sha256 not in known]
    if len(there) > MOST_FILES:
        raise Refused(
            f"Together there would be {len(there)} files, and {MOST_FILES} go with one update: take some off."
        )
    if there:
        values[FILES] = [asdict(one) for one in there]
    return put_draft(item=row, held=held, values=values, by=by, seen=row.newest_update)


def _beside(own: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    """What comes to one's own fields: the words, put together once, and each group of which one's own has nothing."""
    found = {}
    mine, words = str(own.get("text", "")).strip(), str(typed.get("text", "")).strip()
    if words and words not in mine:
        found["text"] = "\n\n".join(filter(None, [mine, words]))
    for names in TOGETHER:
        taken = {name: typed[name] for name in names if str(typed.get(name, "")).strip()}
        mute = "no_change" in taken and mine  # that nothing has changed is not said over words of one's own
        if not mute and not any(str(own.get(name, "")).strip() for name in names):
            found |= taken
    return found
