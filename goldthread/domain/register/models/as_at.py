"""A record as it stands on a day, as known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from goldthread.domain.organisation.models import Owner
from goldthread.domain.organisation.rules import end_of_day, standing
from goldthread.domain.register.models import (
    Accountability,
    Confirmation,
    DueDate,
    Evidence,
    Link,
    Rating,
    Record,
    StateChange,
    Update,
    Version,
    VisibilityChange,
)
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.register.rules import is_gone, latest, rating_of
from goldthread.domain.register.terms import OwnerRole, Relation, State, Visibility
from goldthread.kernel.clock import today
from goldthread.kernel.ratings import Rated


@dataclass(slots=True)
class RecordAt:
    """A record on a day: every value follows from the facts that stood on that day and were known on the other."""

    record: Record
    on: date
    version: Version
    updates: list[Update] = field(default_factory=list)  # oldest first
    states: list[StateChange] = field(default_factory=list)
    due_dates: list[DueDate] = field(default_factory=list)  # oldest first: the first one is the baseline
    rating_fact: Rating | None = None
    accountabilities: list[Accountability] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    checked: bool = True
    visibility: str = Visibility.INTERNAL
    restricted_because: str = ""

    @property
    def facts(self) -> list[Fact]:
        """Every fact that it is made of on the day."""
        single = [self.version, *([self.rating_fact] if self.rating_fact else [])]
        several = (self.updates, self.states, self.due_dates, self.accountabilities, self.links, self.evidence)
        return [*single, *(fact for facts in several for fact in facts)]

    @property
    def reference(self) -> str:
        """What people call it: IP-012."""
        return self.record.reference

    @property
    def kind(self) -> str:
        """A RecordKind."""
        return self.record.kind

    @property
    def heading(self) -> str:
        """Its title, or its text where it has none."""
        return self.version.title or self.version.text

    @property
    def text(self) -> str:
        """Its wording on the day."""
        return self.version.text

    @property
    def section(self) -> list[str]:
        """The headings it stands under, outermost first."""
        return list(self.version.section)

    @property
    def details(self) -> dict[str, Any]:
        """Other printed fields, by their names in the reading format."""
        return dict(self.version.details)

    @property
    def state(self) -> str:
        """Its State on the day."""
        return self.states[-1].state if self.states else State.OPEN

    @property
    def state_printed(self) -> str:
        """How the document says its state."""
        return self.states[-1].printed if self.states else ""

    @property
    def gone(self) -> bool:
        """Whether it had left the lists by that day."""
        return is_gone(self.state)

    @property
    def due(self) -> DueDate | None:
        """The timescale that holds."""
        return self.due_dates[-1] if self.due_dates else None

    @property
    def due_on(self) -> date | None:
        """The last day of the timescale that holds, None where no date is set."""
        return self.due.due_on if self.due else None

    @property
    def first_due_on(self) -> date | None:
        """The first date ever set."""
        return next((due.due_on for due in self.due_dates if due.due_on), None)

    @property
    def last_update(self) -> Update | None:
        """The newest update."""
        return self.updates[-1] if self.updates else None

    @property
    def rated(self) -> Rated:
        """The rating computed by the rule for the day."""
        return rating_of(state=self.state, due_on=self.due_on, on=self.on)

    @property
    def rating(self) -> str:
        """The declared rating where there is one, else the computed one (values of kernel.ratings.Rating)."""
        return self.rating_fact.value if self.rating_fact and self.rating_fact.value else self.rated.value.value

    @property
    def late(self) -> bool:
        """Open with a date that had passed by the day."""
        return self.state in (State.OPEN, State.ON_HOLD) and self.due_on is not None and self.due_on < self.on

    def owners(self, role: str) -> list[Owner]:
        """The matched owners in a role, in printed order."""
        return [row.owner for row in self.accountabilities if row.role == role and row.owner is not None]

    @property
    def accountable(self) -> Owner | None:
        """The one accountable owner, where matched."""
        return next(iter(self.owners(OwnerRole.ACCOUNTABLE)), None)

    @property
    def leads(self) -> list[Accountability]:
        """Accountable first, then supporting, in printed order, matched or not."""
        order = [OwnerRole.ACCOUNTABLE, OwnerRole.SUPPORTING]
        rows = [row for row in self.accountabilities if row.role in order]
        return sorted(rows, key=lambda row: (order.index(OwnerRole(row.role)), row.pk))

    @property
    def unmatched(self) -> list[str]:
        """Printed names that no person has matched to a post, office or body."""
        return [row.printed for row in self.leads if row.owner is None]

    def targets(self, relation: str) -> list[int]:
        """Ids of the records that it hangs on by a relation."""
        return [link.target_id for link in self.links if link.relation == relation]

    @property
    def parent_id(self) -> int | None:
        """The record that it is part of."""
        return next(iter(reversed(self.targets(Relation.PART_OF))), None)


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
    """Records as they stood on a day (today by default), as known on a day (now by default). Ten queries, whatever the number.

    A record of which no wording stood on the day is left out. Who may see what is the caller's business: ``queries.at``.
    """
    day = as_at or today()
    rows = list(records.select_related("passage__source_file"))
    ids = (
        Record.objects.filter(pk__in=[row.pk for row in rows]) if len(rows) <= 500 else records.order_by().values("pk")
    )

    def facts(model: type[FactT], *related: str) -> dict[int, list[FactT]]:
        return facts_of(model, ids, as_at=day, known_on=known_on, related=related)  # type: ignore[arg-type]

    versions, updates, states = facts(Version), facts(Update, "by"), facts(StateChange)
    dues, ratings, evidence = facts(DueDate, "agreed_by__owner"), facts(Rating), facts(Evidence)
    owners, links = facts(Accountability, "owner__directorate"), facts(Link)
    confirmations, visibilities = facts(Confirmation), facts(VisibilityChange)
    found = []
    for record in rows:
        pk = record.pk
        if not versions[pk]:
            continue
        visibility = visibilities[pk][-1] if visibilities[pk] else None
        found.append(
            RecordAt(
                record=record,
                on=day,
                version=versions[pk][-1],
                updates=updates[pk],
                states=states[pk],
                due_dates=dues[pk],
                rating_fact=_rating_that_holds(ratings[pk], states[pk]),
                accountabilities=_holding_owners(owners[pk]),
                links=_holding_links(links[pk]),
                evidence=evidence[pk],
                checked=confirmations[pk][-1].checked if confirmations[pk] else True,
                visibility=visibility.visibility if visibility else Visibility.INTERNAL,
                restricted_because=visibility.because if visibility else "",
            )
        )
    return found


def _holding_owners(rows: list[Accountability]) -> list[Accountability]:
    held = latest(rows, key=lambda row: (row.role, row.printed or row.owner_id))
    return [row for row in held.values() if not row.ended]


def _holding_links(rows: list[Link]) -> list[Link]:
    held = latest(rows, key=lambda row: (row.target_id, row.relation))
    return [row for row in held.values() if not row.ended]


def _rating_that_holds(ratings: list[Rating], states: list[StateChange]) -> Rating | None:
    """The declared rating, unless the record has moved to another state since: what was red then may be complete now."""
    if not ratings:
        return None
    declared, moved = ratings[-1], states[-1] if states else None
    later = moved is not None and (moved.as_at, moved.recorded) > (declared.as_at, declared.recorded)
    return None if later else declared
