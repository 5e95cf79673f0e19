"""Records of the register as rows of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from goldthread.domain.organisation.queries import Holder
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.domain.register import models as register
from goldthread.domain.register.models import Accountability
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import Effect, OwnerRole, State
from goldthread.domain.rounds.queries.items import Fates
from goldthread.kernel.ratings import Rating as RatingValue
from goldthread.reporting.model import Lead, Rating, Source, Update
from goldthread.reporting.wording import day

_COMPLETED = re.compile(r"\bcompleted\b", re.IGNORECASE)

Holders = dict[int, list[Holder]]
"""Who held each post or office on the day, by the id of the owner."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What rows say beside their records: who held the posts, and what became of updates in the rounds."""

    holders: Holders
    fates: Fates


def shared(row: RecordAt, beside: Beside, marks: Iterable[str] = ()) -> dict[str, Any]:
    """What every kind of row says of a record: the arguments of ``model.Row``."""
    due, holders, newest = row.due, beside.holders, _newest_updates(row, beside.fates)
    back = max((beside.fates.sent_back[one.pk] for one in newest if one.pk in beside.fates.sent_back), default=None)
    if back is not None:
        marks = (*marks, f"Its update was sent back on {day(back)} and not sent again")
    return {
        "reference": row.reference,
        "text": row.text or row.heading,
        "leads": tuple(_lead(who, holders) for who in row.leads if who.role == OwnerRole.ACCOUNTABLE),
        "supporting": tuple(_lead(who, holders) for who in row.leads if who.role == OwnerRole.SUPPORTING),
        "state": str(State(row.state).label),
        "state_printed": row.state_printed,
        "due_text": due.text if due else "",
        "due_on": row.due_on,
        "first_due_on": row.first_due_on,
        "late": row.late,
        "slip_days": row.slip_days,
        "moves": len(row.slips),
        "forecast_on": row.forecast_on,
        "open_issue": row.open_issue,
        "verified": row.verified,
        "effective": str(Effect(row.effective).label) if row.effective else "",
        "updates": tuple(Update(update.text, update.as_at) for update in newest),
        "source": _source(row),
        "checked": row.checked,
        "marks": tuple(marks),
    }


def rated(row: RecordAt) -> tuple[Rating, Rating | None]:
    """The rating that holds, and what the rule says where a person has declared another one."""
    by_rule = Rating(row.rated.value.value, row.rated.value.label, row.rated.why)
    held = row.declared
    if held is None:
        return by_rule, None
    shows = RatingValue(row.rating)
    declared = shows is held.value  # a declared rating gives way where the rule has come to say something worse
    words = f"{shows.label} (printed: {held.printed})" if declared and held.printed else shows.label
    return Rating(shows.value, words, held.reason if declared else row.rated.why, declared), by_rule


def printed_detail(row: RecordAt, name: str) -> str:
    """A printed field by its name in the reading format, as text; empty where the document states none."""
    value = row.version.details.get(name)
    if isinstance(value, dict):
        value = value.get("text")
    if value is None or isinstance(value, bool):
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def printed_objective(row: RecordAt) -> str:
    """The objective printed beside an entry that stands directly in its plan.

    Empty for an entry that hangs on an objective: that one speaks for itself, to those who may see it.
    """
    alone = row.parent_id is None or row.parent_id == row.within_id
    return printed_detail(row, "objective") if alone else ""


def listed_as_completed(row: RecordAt) -> bool:
    """Whether its document lists it as completed: it says when, or the first heading above it says so."""
    return bool(printed_detail(row, "completed")) or bool(row.section and _COMPLETED.search(row.section[0]))


def _lead(who: Accountability, holders: Holders) -> Lead:
    if who.owner is None:
        return Lead(printed=who.printed)
    return Lead(
        owner=who.owner.name,
        holders=tuple(str(holder) for holder in holders.get(who.owner.pk, [])),
        printed=who.printed,
        held_by_people=who.owner.kind != OwnerKind.BODY,
    )


def _newest_updates(row: RecordAt, fates: Fates) -> list[register.Update]:
    """The updates of the newest day, oldest first, without those that were sent again in the same round."""
    newest, there = row.last_update, {update.pk for update in row.updates}
    if newest is None:
        return []
    return [one for one in row.updates if one.as_at == newest.as_at and not there & set(fates.replaced.get(one.pk, ()))]


def _source(row: RecordAt) -> Source | None:
    passage = row.version.passage
    return Source(passage.source_file.name, passage.where) if passage is not None else None
