"""What follows in a room where an action that one of its steps was a part of is taken back, or brought back."""

from __future__ import annotations

from typing import Any, Protocol

from goldthread.commons.events.models import Event, Step


class Follow(Protocol):
    """What a room does then, in the transaction that turned the action: the step, and the event that turned it."""

    def __call__(self, *, sent: Any, event: Event) -> None: ...


_following: dict[type[Step], Follow] = {}


def when_turned(step: type[Step], follow: Follow) -> None:
    """Declare what follows for the steps of this kind: at start, by the app of their room."""
    _following[step] = follow


def follow_step(step: Step, event: Event) -> None:
    """Let the step's room follow the event that turned the action; nothing happens where no room has declared anything."""
    if (follow := _following.get(type(step))) is not None:
        follow(sent=step, event=event)
