"""What a room above does as part of an action below, which knows nothing of it: declared at start, by the app of the room."""

from __future__ import annotations

from typing import Any, Protocol

from goldthread.commons.events.models import Event, Step


class Follow(Protocol):
    """What the room does, in the transaction of the action: the row in question, and the event that records the action."""

    def __call__(self, *, row: Any, event: Event) -> None: ...


_recorded: dict[type, Follow] = {}
_turned: dict[type[Step], Follow] = {}


def when_recorded(kind: type, follow: Follow) -> None:
    """Declare what follows where an action of its own puts a row of this kind on record."""
    _recorded[kind] = follow


def when_turned(kind: type[Step], follow: Follow) -> None:
    """Declare what follows where an action that a step of this kind was a part of is taken back, or brought back."""
    _turned[kind] = follow


def follow_recorded(row: Any, event: Event) -> None:
    """Let the room above follow a row that was just recorded; nothing happens where none has declared anything."""
    if (follow := _recorded.get(type(row))) is not None:
        follow(row=row, event=event)


def follow_turned(step: Step, event: Event) -> None:
    """Let the step's room follow the event that turned the action; nothing happens where it has declared nothing."""
    if (follow := _turned.get(type(step))) is not None:
        follow(row=step, event=event)
