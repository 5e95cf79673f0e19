"""Recording what was done."""

from __future__ import annotations

from typing import Any

from goldthread.commons.accounts.models import User
from goldthread.commons.events.models import Event
from goldthread.kernel.clock import now


def record_event(
    verb: str,
    *,
    by: User,
    subject: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
    undoes: Event | None = None,
) -> Event:
    """Write the event of an action, inside the action's transaction, and return it.

    ``verb`` is past tense ("adopted proposals"); ``detail`` holds plain JSON values.
    """
    return Event.objects.create(
        at=now(), by=by, verb=verb, subject=subject[:200], reason=reason, detail=detail or {}, undoes=undoes
    )
