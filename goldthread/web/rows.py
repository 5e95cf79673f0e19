"""A row of a list of entries: what every table of actions or recommendations shows of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from goldthread.domain.organisation.queries import Holder
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.kernel.shortening import shortened
from goldthread.web.components.lead.presenter import Lead
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.entries import address_of, lead_of, tags_on_day, tags_today

UPDATE_SHOWN = 220


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of a table."""

    reference: str
    href: str
    text: str
    lead: Lead
    tags: list[Tag]
    due_text: str
    due_on: date | None
    update: str
    updated_on: date | None
    late: bool = False
    number: str = ""
    within: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    criteria: list[str] = field(default_factory=list)


def row_on_day(row: RecordAt, holders: Mapping[int, Sequence[Holder]], *, query: str = "") -> EntryRow:
    """The row of an entry as it stood on a day; ``query`` keeps the day in its link."""
    last = row.last_update
    return EntryRow(
        reference=row.reference,
        href=address_of(row.record) + query,
        text=shortened(row.text if row.text else row.heading, 400),
        lead=lead_of(row, holders),
        tags=tags_on_day(row),
        due_text=row.due.text if row.due else "",
        due_on=row.due_on,
        update=shortened(last.text, UPDATE_SHOWN) if last else "",
        updated_on=last.as_at if last else None,
        late=row.late,
        number=row.version.number,
        facts={name: str(value) for name, value in row.details.items() if isinstance(value, str | int)},
    )


def row_today(record: Record, lead: Lead) -> EntryRow:
    """The row of an entry as it stands today, from what its record holds."""
    return EntryRow(
        reference=record.reference,
        href=address_of(record),
        text=shortened(record.heading, 300),
        lead=lead,
        tags=tags_today(record),
        due_text=record.due_text,
        due_on=record.due_on,
        update=shortened(record.last_update, UPDATE_SHOWN),
        updated_on=record.updated_on,
        number=record.number,
        within=shortened(record.within.heading, 80) if record.within else "",
    )
