"""Remembering what printed names stand for."""

from __future__ import annotations

from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import NameMatch, Owner
from goldthread.domain.organisation.rules import name_key
from goldthread.kernel.clock import now


def remember_match(*, printed: str, owner: Owner | None, event: Event) -> NameMatch:
    """Remember what a printed name stands for (None: nobody); part of an action that has its own event."""
    return NameMatch.objects.create(
        key=name_key(printed),
        printed=printed[:300],
        owner=owner,
        recorded=now(),
        by=event.by,
        event=event,
        reason=event.reason,
    )
