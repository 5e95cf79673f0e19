"""What follows in a room above where an action puts a row of a kind on record: the room below knows nothing of it."""

from __future__ import annotations

from typing import Any, Protocol

from goldthread.commons.events.models import Event


class FollowRow(Protocol):
    """What a room does then, in the transaction of the action: the row, and the event that recorded it."""

    def __call__(self, *, row: Any, event: Event) -> None: ...


_following: dict[type, FollowRow] = {}


def when_recorded(kind: type, follow: FollowRow) -> None:
    """Declare what follows the rows of this kind: at start, by the app of the room above."""
    _following[kind] = follow


def follow_row(row: Any, event: Event) -> None:
    """Let the room above follow a row that was just recorded; nothing happens where none has declared anything."""
    if (follow := _following.get(type(row))) is not None:
        follow(row=row, event=event)
