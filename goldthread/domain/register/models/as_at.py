"""Records as they stand on a day, as known on a day: which facts hold, gathered in a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from goldthread.commons.errors import Refused
from goldthread.domain.organisation.rules import end_of_day, standing
from goldthread.domain.register.models import (
    Accountability,
    Confirmation,
    DateDecision,
    DueDate,
    EffectJudgement,
    Evidence,
    Link,
    Passage,
    ProposedDate,
    Rating,
    Record,
    RevisitPeriod,
    SourceFile,
    StateChange,
    Tolerance,
    Update,
    Verification,
    Version,
    VisibilityChange,
)
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.register.models.loading import rows_of, share, standing_by_record
from goldthread.domain.register.models.record_at import Declared, Proposal, RecordAt
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import CONTAINERS, REVISIT_MONTHS, Relation, Visibility
from goldthread.kernel.clock import today
from goldthread.kernel.collecting import without_pauses

__all__ = ["Declared", "Proposal", "RecordAt", "facts_of", "stand", "stood_today", "stood_with"]

FactT = TypeVar("FactT", bound=Fact)


def facts_of(
    model: type[FactT],
    records: QuerySet[Record] | Sequence[int],
    *,
    as_at: date,
    known_on: date | None,
    related: Sequence[str] = (),
) -> dict[int, list[FactT]]:
    """The standing facts of one table for some records: record id → facts, oldest day first.

    One query, and one for each table that the foreign keys of ``related`` point at (``loading.SHARED``).
    """
    conditions: dict[str, Any] = {"record__in": records, "as_at__lte": as_at}
    if known_on is not None:
        conditions["recorded__lt"] = end_of_day(known_on)
    found = standing_by_record(rows_of(model, **conditions))
    if related:
        share([((row for rows in found.values() for row in rows), related)])
    return found


WITH: dict[type[Fact], tuple[str, ...]] = {
    Version: (),
    Update: ("by", "said_by"),
    StateChange: ("by",),
    DueDate: ("by", "agreed_by", "meeting"),
    Rating: ("by",),
    Accountability: ("owner",),
    Link: (),
    Evidence: ("by",),
    Confirmation: (),
    VisibilityChange: (),
    Verification: ("by",),
    EffectJudgement: ("by",),
    ProposedDate: ("by", "agreed_by"),
    DateDecision: ("by",),
}
"""The tables that a record on a day is made of, with the foreign keys that are at hand in each."""

LISTED = 900
"""Up to so many records are asked for by their numbers, more by the question that found them."""


def stand(
    records: QuerySet[Record], *, as_at: date | None, known_on: date | None, keep: bool = False
) -> list[RecordAt]:
    """Records as they stood on a day (today by default), as known on a day (now by default).

    A constant number of queries, and two for each level above that is not among the records. A record of which no wording
    stood on the day is left out. Who may see what is the caller's business: ``queries.at``. ``keep`` holds the facts of
    each by their tables, for ``stood_with``.
    """
    with without_pauses():
        return _stand(records, as_at or today(), known_on, keep)


def _stand(records: QuerySet[Record], day: date, known_on: date | None, keep: bool) -> list[RecordAt]:
    rows = list(records)
    if not rows:
        return []
    ids: QuerySet[Record] | list[int] = [row.pk for row in rows]
    if len(rows) > LISTED and not records.query.is_sliced:
        ids = records.order_by().values("pk")  # type: ignore[assignment]
    facts: dict[type[Fact], dict[int, list[Any]]] = {
        model: facts_of(model, ids, as_at=day, known_on=known_on) for model in WITH
    }
    share([([row for held in facts[model].values() for row in held], names) for model, names in WITH.items() if names])
    _share_passages(rows, facts[Version])
    links = {row.pk: _holding_links(facts[Link].get(row.pk, [])) for row in rows}
    within = _containers(rows, links, as_at=day, known_on=known_on)
    plans = {row.pk: row.pk if row.kind in CONTAINERS else within[row.pk] for row in rows}
    tolerances = _tolerances({pk for pk in plans.values() if pk is not None}, as_at=day, known_on=known_on)
    months = _revisit_months(known_on)
    found = []
    for record in rows:
        if record.pk in facts[Version]:
            tables = {model: held.get(record.pk, []) for model, held in facts.items()}
            one = _record_at(record, day, tables)
            one.tables = tables if keep else {}
            one.links, one.within_id = links[record.pk], within[record.pk]
            one.tolerance, one.revisit_months = tolerances.get(plans[record.pk], 0), months(one.done_on or day)
            found.append(one)
    return found


def _record_at(record: Record, day: date, facts: Mapping[type[Fact], list[Any]]) -> RecordAt:
    """A record on a day from its standing facts by table, all but what depends on other records."""
    states, visible = facts[StateChange], facts[VisibilityChange]
    confirmed = facts[Confirmation]
    return RecordAt(
        record=record,
        on=day,
        version=facts[Version][-1],
        updates=facts[Update],
        states=states,
        due_dates=facts[DueDate],
        rating_fact=_since_its_state(facts[Rating], states, facts[Verification]),
        accountabilities=_holding_owners(facts[Accountability]),
        evidence=facts[Evidence],
        checked=confirmed[-1].checked if confirmed else True,
        visibility=visible[-1].visibility if visible else Visibility.INTERNAL,
        restricted_because=visible[-1].because if visible else "",
        verification=_since_its_state(facts[Verification], states),
        effect=_since_its_state(facts[EffectJudgement], states),
        proposals=_with_decisions(facts[ProposedDate], facts[DateDecision]) if facts[ProposedDate] else [],
    )


def _share_passages(rows: Sequence[Record], versions: Mapping[int, list[Version]]) -> None:
    """Give records, and the wordings of the day, the places where they were printed; each document once. Two queries."""
    holders: list[Record | Version] = [*rows, *(held[-1] for held in versions.values() if held)]
    wanted = {one.passage_id for one in holders if one.passage_id is not None}
    if len(wanted) <= LISTED:
        passages = Passage.objects.in_bulk(wanted)
    else:
        passages = {row.pk: row for row in Passage.objects.all() if row.pk in wanted}
    sources = SourceFile.objects.in_bulk({row.source_file_id for row in passages.values()})
    for passage in passages.values():
        passage._state.fields_cache["source_file"] = sources[passage.source_file_id]
    for one in holders:
        one._state.fields_cache["passage"] = passages[one.passage_id] if one.passage_id is not None else None


def stood_today(records: Sequence[Record]) -> dict[int, RecordAt]:
    """Records as they stand today, by their ids. Raises Refused where one of them has no standing wording."""
    rows = stand(Record.objects.filter(pk__in=[row.pk for row in records]), as_at=None, known_on=None, keep=True)
    found = {row.record.pk: row for row in rows}
    for record in records:
        if record.pk not in found:
            raise Refused(f"{record.reference} does not stand today; look at it on a day when it did.")
    return found


def stood_with(stood: RecordAt, facts: Iterable[Fact]) -> RecordAt:
    """How a record stands with some new facts about it beside those it was made of (``stand`` with ``keep``); no query.

    Facts of later days count from then on, and not here. Raises ValueError for a fact that takes another one back or links
    the record to another: what follows from those has to be read.
    """
    tables = {model: list(rows) for model, rows in stood.tables.items()}
    for row in facts:
        if type(row) not in tables or isinstance(row, Link) or row.withdraws_id is not None:
            raise ValueError(f"{row} cannot be added to what was read: read the record again.")
        if row.as_at <= stood.on:
            tables[type(row)].append(row)
    for rows in tables.values():
        rows.sort(key=lambda row: (row.as_at, row.recorded, row.pk))
    then = _record_at(stood.record, stood.on, tables)
    then.links, then.within_id, then.tables = stood.links, stood.within_id, tables
    then.tolerance, then.revisit_months = stood.tolerance, stood.revisit_months
    return then


def _holding_owners(rows: list[Accountability]) -> list[Accountability]:
    held = latest(rows, key=lambda row: (row.role, row.printed or row.owner_id))
    return [row for row in held.values() if not row.ended]


def _holding_links(rows: list[Link]) -> list[Link]:
    held = latest(rows, key=lambda row: (row.target_id, row.relation))
    return [row for row in held.values() if not row.ended]


def _since_its_state(rows: list[FactT], *ending: list[Any]) -> FactT | None:
    """The newest of some facts, unless the record has moved to another state (or what else ends it has come) since.

    What was red then may be complete now, and who verified it saw what stands no more.
    """
    if not rows:
        return None
    held = rows[-1]
    return None if any(_later(others[-1], held) for others in ending if others) else held


def _later(one: Fact, other: Fact) -> bool:
    return (one.as_at, one.recorded) > (other.as_at, other.recorded)


def _with_decisions(rows: list[ProposedDate], decisions: list[DateDecision]) -> list[Proposal]:
    decided = {row.proposal_id: row for row in decisions}  # the newest stands last
    return [Proposal(row, decided.get(row.pk)) for row in rows]


def _containers(
    rows: Sequence[Record], links: Mapping[int, list[Link]], *, as_at: date, known_on: date | None
) -> dict[int, int | None]:
    """The nearest plan, review or report that each record stood in on a day: record id → id, None where in none.

    Two queries for each level above the records that is not among them.
    """
    kinds = {row.pk: row.kind for row in rows}
    above = {pk: _parent(held) for pk, held in links.items()}
    while missing := {pk for pk in above.values() if pk is not None and pk not in kinds}:
        higher = Record.objects.filter(pk__in=missing)
        kinds |= dict(higher.values_list("pk", "kind"))
        part_of = facts_of(Link, higher, as_at=as_at, known_on=known_on)
        above |= {pk: _parent(_holding_links(part_of[pk])) for pk in missing}
    found: dict[int, int | None] = {}
    for row in rows:
        step, seen = above[row.pk], {row.pk}
        while step is not None and step not in seen and kinds.get(step) not in CONTAINERS:
            seen.add(step)
            step = above.get(step)
        found[row.pk] = step if step not in seen else None
    return found


def _parent(links: list[Link]) -> int | None:
    return next((row.target_id for row in reversed(links) if row.relation == Relation.PART_OF), None)


def _tolerances(plans: Iterable[int], *, as_at: date, known_on: date | None) -> dict[int | None, int]:
    rows = facts_of(Tolerance, Record.objects.filter(pk__in=plans), as_at=as_at, known_on=known_on)
    return {pk: held[-1].days for pk, held in rows.items() if held}


def _revisit_months(known_on: date | None) -> Callable[[date], int]:
    """After how many months the effect of what was completed on a day is judged, as known on a day."""
    rows = RevisitPeriod.objects.all()
    if known_on is not None:
        rows = rows.filter(recorded__lt=end_of_day(known_on))
    periods = sorted(standing(rows), key=lambda row: (row.as_at, row.recorded, row.pk))

    def months(day: date) -> int:
        return next((row.months for row in reversed(periods) if row.as_at <= day), REVISIT_MONTHS)

    return months
