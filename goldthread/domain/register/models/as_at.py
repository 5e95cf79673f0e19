"""Records as they stand on a day, as known on a day: which facts hold, gathered in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

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
    StateChange,
    Tolerance,
    Update,
    Verification,
    Version,
    VisibilityChange,
)
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.register.models.record_at import Declared, Proposal, RecordAt
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import CONTAINERS, REVISIT_MONTHS, Relation, State, Visibility
from goldthread.kernel.clock import today

__all__ = ["Declared", "Proposal", "RecordAt", "facts_of", "stand", "stood_today"]

FactT = TypeVar("FactT", bound=Fact)


def facts_of(
    model: type[FactT], records: QuerySet[Record], *, as_at: date, known_on: date | None, related: Iterable[str] = ()
) -> dict[int, list[FactT]]:
    """The standing facts of one table for some records: record id → facts, oldest day first. One query."""
    rows = model._default_manager.filter(Q(record__in=records), as_at__lte=as_at)
    if known_on is not None:
        rows = rows.filter(recorded__lt=end_of_day(known_on))
    found: dict[int, list[FactT]] = defaultdict(list)
    for row in sorted(standing(rows.select_related(*related)) if related else standing(rows), key=_order):
        found[row.record_id].append(row)
    return found


def _order(row: Fact) -> tuple[date, Any, int]:
    return (row.as_at, row.recorded, row.pk)


def stand(records: QuerySet[Record], *, as_at: date | None, known_on: date | None) -> list[RecordAt]:
    """Records as they stood on a day (today by default), as known on a day (now by default).

    A constant number of queries, and two for each level above that is not among the records. A record of which no wording
    stood on the day is left out. Who may see what is the caller's business: ``queries.at``.
    """
    day = as_at or today()
    rows = list(records.select_related("passage__source_file"))
    ids = (
        Record.objects.filter(pk__in=[row.pk for row in rows]) if len(rows) <= 500 else records.order_by().values("pk")
    )

    def facts(model: type[FactT], *related: str) -> dict[int, list[FactT]]:
        return facts_of(model, ids, as_at=day, known_on=known_on, related=related)  # type: ignore[arg-type]

    versions, updates, states = facts(Version), facts(Update, "by"), facts(StateChange, "by")
    dues, ratings, evidence = facts(DueDate, "agreed_by__owner", "meeting"), facts(Rating, "by"), facts(Evidence)
    owners, links = facts(Accountability, "owner__directorate"), facts(Link)
    confirmations, visibilities = facts(Confirmation), facts(VisibilityChange)
    verifications, effects = facts(Verification, "by"), facts(EffectJudgement, "by")
    proposed, decisions = facts(ProposedDate, "agreed_by__owner", "by"), facts(DateDecision, "by")
    _passages_of({row.pk: versions[row.pk][-1] for row in rows if versions[row.pk]}, rows)
    held_links = {row.pk: _holding_links(links[row.pk]) for row in rows}
    within = _containers(rows, held_links, as_at=day, known_on=known_on)
    tolerances = _tolerances({pk for pk in within.values() if pk is not None}, as_at=day, known_on=known_on)
    months = _revisit_months(known_on)
    found = []
    for record in rows:
        pk = record.pk
        if not versions[pk]:
            continue
        visibility, moves = visibilities[pk][-1] if visibilities[pk] else None, states[pk]
        done_on = moves[-1].as_at if moves and moves[-1].state == State.COMPLETE else day
        found.append(
            RecordAt(
                record=record,
                on=day,
                version=versions[pk][-1],
                updates=updates[pk],
                states=moves,
                due_dates=dues[pk],
                rating_fact=_since_its_state(ratings[pk], moves, verifications[pk]),
                accountabilities=_holding_owners(owners[pk]),
                links=held_links[pk],
                evidence=evidence[pk],
                checked=confirmations[pk][-1].checked if confirmations[pk] else True,
                visibility=visibility.visibility if visibility else Visibility.INTERNAL,
                restricted_because=visibility.because if visibility else "",
                within_id=within[pk],
                verification=_since_its_state(verifications[pk], moves),
                effect=_since_its_state(effects[pk], moves),
                proposals=_with_decisions(proposed[pk], decisions[pk]),
                tolerance=tolerances.get(within[pk], 0),
                revisit_months=months(done_on),
            )
        )
    return found


def _passages_of(versions: Mapping[int, Version], rows: Sequence[Record]) -> None:
    """Give each wording its printed place: mostly the record's, read with it; one query for those printed elsewhere then."""
    elsewhere = {
        held.passage_id for row in rows if (held := versions.get(row.pk)) and held.passage_id != row.passage_id
    }
    others = Passage.objects.select_related("source_file").in_bulk([pk for pk in elsewhere if pk]) if elsewhere else {}
    for row in rows:
        held = versions.get(row.pk)
        if held is not None and held.passage_id is not None:
            held.passage = row.passage if held.passage_id == row.passage_id else others[held.passage_id]


def stood_today(records: Sequence[Record]) -> dict[int, RecordAt]:
    """Records as they stand today, by their ids. Raises Refused where one of them has no standing wording."""
    rows = stand(Record.objects.filter(pk__in=[row.pk for row in records]), as_at=None, known_on=None)
    found = {row.record.pk: row for row in rows}
    for record in records:
        if record.pk not in found:
            raise Refused(f"{record.reference} does not stand today; look at it on a day when it did.")
    return found


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
