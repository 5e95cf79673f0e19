"""A newer print of a record becomes facts about it: only what differs is written, from the day of the newer document on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.events.models import Event
from goldthread.domain.imports.models import Proposal
from goldthread.domain.imports.terms import Difference
from goldthread.domain.organisation.models import Owner
from goldthread.domain.organisation.queries import remembered_matches
from goldthread.domain.organisation.rules import name_key
from goldthread.domain.register.adopters import lead_names, state_of, timescale_of, words_of
from goldthread.domain.register.models import Accountability, Record, StateChange, Update
from goldthread.domain.register.models.as_at import RecordAt, stand
from goldthread.domain.register.models.writing import copy_of, due_date, fact, write
from goldthread.domain.register.terms import OwnerRole


def revise(*, rows: Sequence[Proposal], event: Event, as_at: date) -> None:
    """Write what newer prints of records say differently; part of an adoption, which has the event."""
    if not rows:
        return
    records = Record.objects.filter(pk__in=[row.matched_id for row in rows])
    held = {item.record.pk: item for item in stand(records, as_at=as_at, known_on=None)}
    matches = remembered_matches([name for row in rows for name in lead_names(row.fields)], viewer=viewer_for(event.by))
    facts: list[Any] = []
    for row in rows:
        assert row.matched is not None
        row.record = row.matched
        if row.matched.pk in held:
            facts += _facts(row, held[row.matched.pk], matches, event, as_at)
    write(facts)


def _facts(row: Proposal, held: RecordAt, matches: dict[str, Owner], event: Event, as_at: date) -> Iterable[Any]:
    record, place = held.record, row.passage
    what = row.differences(held, as_at=as_at)
    if Difference.REWORDED in what or Difference.MOVED in what:
        yield copy_of(
            held.version,
            event,
            as_at=as_at,
            text=row.text,
            title=words_of(row.fields.get("title")) or held.version.title,
            section=list(row.section) or held.version.section,
            passage=place,
        )
    if Difference.UPDATED in what:
        yield fact(Update, record, as_at, event, text=words_of(row.fields.get("update")), passage=place)
    timescale = timescale_of(row.fields)
    if Difference.DATED in what and timescale is not None:
        yield due_date(record, timescale, as_at, event, passage=place)
    if Difference.COMPLETED in what or Difference.STATE in what:
        state, printed = state_of(row.fields, as_at=as_at, in_doubt=bool(row.questions))
        yield fact(StateChange, record, as_at, event, state=state, printed=printed, passage=place)
    if Difference.LEAD in what:
        yield from _new_leads(row, held, matches, event, as_at)


def _new_leads(row: Proposal, held: RecordAt, matches: dict[str, Owner], event: Event, as_at: date) -> Iterable[Any]:
    names = list(dict.fromkeys(lead_names(row.fields)))
    keys = {name_key(name) for name in names}
    for old in held.leads:
        if name_key(old.printed or (old.owner.name if old.owner else "")) not in keys:
            yield copy_of(old, event, as_at=as_at, ended=True)
    known = {name_key(old.printed) for old in held.leads}
    for position, name in enumerate(names):
        if name_key(name) not in known:
            role = OwnerRole.SUPPORTING if position else OwnerRole.ACCOUNTABLE
            owner = matches.get(name)
            yield fact(
                Accountability,
                held.record,
                as_at,
                event,
                role=role,
                owner=owner,
                printed=name[:300],
                passage=row.passage,
            )
