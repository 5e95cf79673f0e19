"""Evidence: what shows that something was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.commons.files.intake import TakenIn
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Evidence, Record
from goldthread.domain.register.models.writing import fact, write
from goldthread.kernel.clock import today


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A piece of evidence to be: a link (never fetched), or a file that ``commons.files.intake`` has taken in.

    The title of a piece that the record has already makes it the next version of that piece.
    """

    title: str = ""
    link: str = ""
    file: TakenIn | None = None
    public: bool = False  # whoever sees the record may see it


def pieces(*, record: Record, new: Sequence[NewEvidence], as_at: date, event: Event) -> list[Evidence]:
    """Pieces of evidence as unsaved facts of the action of an event. Raises Refused for one with neither file nor link."""
    rows: list[Evidence] = []
    for one in new:
        if not (one.link.strip() or one.file):
            raise Refused("Give a file or a link as evidence.")
        if one.link.strip() and not one.link.strip().lower().startswith(("https://", "http://")):
            raise Refused(f"“{one.link.strip()[:80]}” is no link to a page; it begins with https://.")
        kept = one.file
        named = one.title.strip() or (kept.name if kept else "") or one.link.strip()
        rows.append(
            fact(
                Evidence, record, as_at, event,
                title=named[:300], link=one.link.strip(), sha256=kept.sha256 if kept else "",
                file_name=kept.name if kept else "", media_type=kept.media_type if kept else "",
                size=kept.size if kept else None, scanned=bool(kept and kept.scanned), public=one.public,
            )
        )  # fmt: skip
    return rows


@transaction.atomic
def attach(
    *, record: Record, new: Sequence[NewEvidence], by: User, as_at: date | None = None, reason: str = ""
) -> Event:
    """Attach pieces of evidence as one action; by whoever may report on the record."""
    require_for(by, Permission.ADD_UPDATES, [record])
    day = as_at or today()
    if day > today():
        raise Refused("Evidence speaks of today or earlier; give a day that has come.")
    event = record_event("added evidence", by=by, subject=record.reference, reason=reason.strip())
    rows = pieces(record=record, new=new, as_at=day, event=event)
    if not rows:
        raise Refused("Give a file or a link as evidence.")
    write(rows)
    return event


@transaction.atomic
def add_evidence(
    *, record: Record, title: str, by: User, link: str = "", file: TakenIn | None = None, as_at: date | None = None
) -> Evidence:
    """Attach one piece of evidence: a link (never fetched), or a file that has been taken in; as ``attach``."""
    event = attach(record=record, new=[NewEvidence(title, link, file)], by=by, as_at=as_at)
    return Evidence.objects.get(event=event)
