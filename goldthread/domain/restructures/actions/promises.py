"""Answering what a structure was to bring: its design principles, the benefits claimed for it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Structure
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import fact, write
from goldthread.domain.restructures.models import PromiseAnswer
from goldthread.domain.restructures.queries.promises import ANSWERED
from goldthread.domain.restructures.terms import Kept
from goldthread.kernel.clock import today


@transaction.atomic
def answer_promise(
    *, record: Record, structure: Structure, answer: str, evidence: str, by: User, as_at: date | None = None
) -> Event:
    """Say whether a structure follows a design principle, or brought a benefit, with what shows it.

    Raises Refused for anything else, without evidence, and for a day to come.
    """
    require_for(by, Permission.EDIT_RECORDS, [record])
    if record.kind not in ANSWERED:
        raise Refused(f"{record.reference} is neither a design principle nor a benefit.")
    if not evidence.strip():
        raise Refused(
            "Say what shows it: a yes without evidence convinces nobody, and a no without a reason helps nobody."
        )
    day = as_at or today()
    if day > today():
        raise Refused("An answer speaks of today or earlier.")
    subject = f"{record.reference} for {structure}"
    event = record_event("answered a promise of a structure", by=by, subject=subject, detail={"answer": answer})
    values = {"structure": structure, "answer": Kept(answer), "evidence": evidence.strip()}
    write([fact(PromiseAnswer, record, day, event, **values)])
    return event
