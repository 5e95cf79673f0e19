"""A record as it stands on a day: what follows from the facts that stood on that day, as they were known on another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldthread.commons.accounts.models import User
from goldthread.domain.organisation.models import Owner
from goldthread.domain.register.models import (
    Accountability,
    DateDecision,
    DueDate,
    EffectJudgement,
    Evidence,
    Link,
    ProposedDate,
    Rating,
    Record,
    StateChange,
    Update,
    Verification,
    Version,
)
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.register.rules import Slip, add_months, is_gone, rating_of, slips_of
from goldthread.domain.register.terms import (
    LIVE,
    REVISIT_MONTHS,
    Decision,
    OwnerRole,
    RecordKind,
    Relation,
    State,
    Visibility,
)
from goldthread.kernel.days import undated
from goldthread.kernel.ratings import Rated, shown
from goldthread.kernel.ratings import Rating as RatingValue


@dataclass(frozen=True, slots=True)
class Declared:
    """A rating that a person has declared (or a document printed): by whom, why, on which day, and what the rule said then."""

    value: RatingValue
    by: User
    reason: str
    on: date
    printed: str
    then: RatingValue


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed date, and what has become of it by the day (None: nobody has decided yet)."""

    row: ProposedDate
    decided: DateDecision | None

    @property
    def pending(self) -> bool:
        """Whether it waits for a decision."""
        return self.decided is None

    @property
    def is_milestone(self) -> bool:
        """Whether it is meant as a step on the way, and not as the due date of the whole."""
        return bool(self.row.milestone)


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
    within_id: int | None = None  # the plan, review or report that it stood in on the day
    verification: Verification | None = None
    effect: EffectJudgement | None = None
    proposals: list[Proposal] = field(default_factory=list)
    tolerance: int = 0  # calendar days, of its plan
    revisit_months: int = REVISIT_MONTHS
    tables: Mapping[type[Fact], list[Any]] = field(default_factory=dict, repr=False)  # all it was made of, where kept

    @property
    def facts(self) -> list[Fact]:
        """Every fact that it is made of on the day."""
        single = [self.version, self.rating_fact, self.verification, self.effect]
        several = (self.updates, self.states, self.due_dates, self.accountabilities, self.links, self.evidence)
        proposed = [fact for one in self.proposals for fact in (one.row, one.decided) if fact is not None]
        return [*filter(None, single), *(fact for facts in several for fact in facts), *proposed]

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
        """Its title, or its text where it has none; a plan without the day of the document that it was printed in."""
        name = self.version.title or self.version.text
        return undated(name) if self.kind == RecordKind.PLAN else name

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

    # Dates --------------------------------------------------------------------------------------------------------

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
    def slips(self) -> list[Slip[DueDate]]:
        """Every move of its date, oldest first."""
        return slips_of(self.due_dates) if len(self.due_dates) > 1 else []

    @property
    def slip_days(self) -> int | None:
        """By how many days the date that holds differs from the first one; None where there is no date."""
        first, now = self.first_due_on, self.due_on
        return (now - first).days if first is not None and now is not None else None

    @property
    def late(self) -> bool:
        """Open with a date that had passed by the day."""
        return self.state in LIVE and self.due_on is not None and self.due_on < self.on

    @property
    def proposed_dates(self) -> list[ProposedDate]:
        """Dates that wait for a decision, milestones included, earliest first."""
        return sorted((one.row for one in self.proposals if one.pending), key=lambda row: (row.due_on, row.pk))

    @property
    def milestones(self) -> list[Proposal]:
        """Steps on the way that somebody has accepted, earliest first; ``decided`` says which are met."""
        kept = [one for one in self.proposals if one.decided and one.decided.decision != Decision.DECLINED]
        return sorted((one for one in kept if one.is_milestone), key=lambda one: (one.row.due_on, one.row.pk))

    # Reports ------------------------------------------------------------------------------------------------------

    @property
    def last_update(self) -> Update | None:
        """The newest update."""
        return self.updates[-1] if self.updates else None

    @property
    def forecast_on(self) -> date | None:
        """When the lead last said that it will be finished, None where that was never said."""
        return next((row.forecast_on for row in reversed(self.updates) if row.forecast_on is not None), None)

    @property
    def open_issue(self) -> str:
        """What stands in its way by the newest update that speaks of it; "" for nothing."""
        return next((row.issue for row in reversed(self.updates) if row.issue is not None), "") or ""

    # Ratings ------------------------------------------------------------------------------------------------------

    def rated_on(self, day: date) -> Rated:
        """The rating that the rule gives on a day, from the facts of this one."""
        return rating_of(
            state=self.state,
            due_on=self.due_on,
            on=day,
            tolerance=self.tolerance,
            verified=self.verified,
            forecast=self.forecast_on,
            open_issue=bool(self.open_issue),
        )

    @property
    def rated(self) -> Rated:
        """The rating computed by the rule for the day."""
        return self.rated_on(self.on)

    @property
    def computed(self) -> Rated:
        """The rating computed by the rule for the day: its value, the version of the rule, and why."""
        return self.rated

    @property
    def declared(self) -> Declared | None:
        """The rating that a person has declared, where it still holds."""
        row = self.rating_fact
        if row is None or not row.value:
            return None
        then = RatingValue(row.computed) if row.computed else self.rated_on(row.as_at).value
        return Declared(RatingValue(row.value), row.by, row.reason, row.as_at, row.printed, then)

    @property
    def rating(self) -> str:
        """What shows (a value of kernel.ratings.Rating): the declared rating where it holds, else the computed one."""
        if self.rating_fact is None or not self.rating_fact.value:
            return self.rated.value.value
        held = self.declared
        assert held is not None
        return shown(self.rated.value, declared=held.value, then=held.then, verified=self.verified).value

    # Done, verified, effective ------------------------------------------------------------------------------------

    @property
    def verified(self) -> bool:
        """Complete, and somebody who did not report it has looked."""
        return self.verification is not None and self.verification.verified and self.state == State.COMPLETE

    @property
    def effective(self) -> str:
        """An Effect, or "" where nobody has judged it yet."""
        return self.effect.effective if self.effect is not None else ""

    @property
    def done_on(self) -> date | None:
        """The day from which it is complete."""
        return self.states[-1].as_at if self.state == State.COMPLETE else None

    @property
    def revisit_on(self) -> date | None:
        """From when on its effect can be judged; None for what is not complete."""
        return add_months(self.done_on, self.revisit_months) if self.done_on is not None else None

    @property
    def evidence_by_title(self) -> list[list[Evidence]]:
        """The pieces of evidence: the versions of each, newest first; pieces in the order in which they first came."""
        found: dict[str, list[Evidence]] = {}
        for row in self.evidence:
            found.setdefault(" ".join(row.title.split()).casefold(), []).insert(0, row)
        return list(found.values())

    # Owners and links ---------------------------------------------------------------------------------------------

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
