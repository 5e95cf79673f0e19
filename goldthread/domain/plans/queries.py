"""Reading plans: a plan as it stands on a day, as known on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q, QuerySet

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.queries import Holder, holders
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import live_records, records
from goldthread.domain.register.queries.contents import contents_at
from goldthread.domain.register.rules import aged
from goldthread.domain.register.terms import LIVE, RecordKind, State
from goldthread.kernel.clock import today
from goldthread.kernel.ratings import Rating, RolledUp, roll_up


@dataclass(slots=True)
class ObjectiveAt:
    """An objective with its success criteria and actions; ``objective`` is None for actions that stand under none."""

    objective: RecordAt | None
    section: list[str]
    criteria: list[RecordAt] = field(default_factory=list)
    actions: list[RecordAt] = field(default_factory=list)


@dataclass(slots=True)
class ThemeAt:
    """One theme of a plan: the headings it is printed under, and its objectives in printed order."""

    section: list[str]
    objectives: list[ObjectiveAt] = field(default_factory=list)


@dataclass(slots=True)
class Figures:
    """The counts of a plan."""

    actions: int = 0
    done: int = 0
    late: int = 0
    without_date: int = 0
    without_owner: int = 0
    not_checked: int = 0
    recommendations: int = 0
    not_verified: int = 0
    proposed: int = 0  # with a date or a milestone that waits for a decision
    rolled_up: RolledUp = field(default_factory=lambda: roll_up([]))


@dataclass(slots=True)
class PlanAt:
    """A plan on a day. ``others`` are records of kinds that are neither of a plan nor recommendations.

    ``met_by`` holds the success criteria of completed actions, by the id of the action.
    """

    plan: RecordAt
    themes: list[ThemeAt]
    completed: list[RecordAt]
    recommendations: list[RecordAt]
    others: list[RecordAt]
    holders: dict[int, list[Holder]]
    figures: Figures
    met_by: dict[int, list[RecordAt]] = field(default_factory=dict)


def plans(*, viewer: Viewer) -> QuerySet[Record]:
    """Plans that the viewer may see: the one that speaks of the newest day first, as ``speaks_of``."""
    rows = live_records(viewer=viewer).filter(kind=RecordKind.PLAN)
    return rows.annotate(speaks_of=Max("version_facts__as_at")).order_by("-speaks_of", "-created_id")


def priorities(*, viewer: Viewer) -> QuerySet[Record]:
    """The vision, the corporate priorities and their outcomes, in order."""
    kinds = (RecordKind.VISION, RecordKind.PRIORITY, RecordKind.OUTCOME)
    return live_records(viewer=viewer).filter(kind__in=kinds).select_related("parent").order_by("position", "pk")


def plan_at(
    reference: str, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> PlanAt | None:
    """A whole plan on a day, as known on a day; None where it did not stand, or the viewer may not see it.

    A constant number of queries, whatever the size of the plan.
    """
    plan = records(viewer=viewer).filter(reference__iexact=reference.strip(), kind=RecordKind.PLAN).first()
    if plan is None:
        return None
    stood = [row for row in contents_at(plan, viewer=viewer, as_at=as_at, known_on=known_on) if not row.gone]
    itself = next((row for row in stood if row.record.pk == plan.pk), None)
    if itself is None:
        return None
    inside_it = sorted(
        (row for row in stood if row is not itself), key=lambda row: (row.version.position, row.record.pk)
    )
    completed = [row for row in inside_it if row.kind == RecordKind.ACTION and row.state == State.COMPLETE]
    owners = {lead.owner_id for row in inside_it for lead in row.leads if lead.owner_id is not None}
    return PlanAt(
        plan=itself,
        themes=_themes(
            [row for row in inside_it if not (row.kind == RecordKind.ACTION and row.state == State.COMPLETE)]
        ),
        completed=completed,
        recommendations=[row for row in inside_it if row.kind == RecordKind.RECOMMENDATION],
        others=[row for row in inside_it if row.kind not in _OF_A_PLAN],
        holders=holders(owners, viewer=viewer, on=itself.on, known_on=known_on),
        figures=_figures(inside_it),
        met_by=_criteria_of(completed, inside_it),
    )


_OF_A_PLAN = (RecordKind.OBJECTIVE, RecordKind.CRITERION, RecordKind.ACTION, RecordKind.RECOMMENDATION)


def _themes(rows: list[RecordAt]) -> list[ThemeAt]:
    """Objectives and actions in printed order, gathered by the headings they stand under."""
    objectives = {row.record.pk: ObjectiveAt(row, row.section) for row in rows if row.kind == RecordKind.OBJECTIVE}
    blocks = dict(objectives)  # what a criterion can be part of: an objective, an action
    loose: dict[tuple[str, ...], ObjectiveAt] = {}
    ordered: list[ObjectiveAt] = []
    for row in rows:
        above = objectives.get(row.parent_id) if row.parent_id is not None else None
        if row.kind == RecordKind.OBJECTIVE:
            ordered.append(objectives[row.record.pk])
        elif row.kind == RecordKind.CRITERION and (block := blocks.get(row.parent_id or 0)) is not None:
            block.criteria.append(row)
        elif row.kind == RecordKind.ACTION and above is not None:
            above.actions.append(row)
            blocks[row.record.pk] = above
        elif row.kind == RecordKind.ACTION:
            key = tuple(row.section)
            if key not in loose:
                loose[key] = ObjectiveAt(None, row.section)
                ordered.append(loose[key])
            loose[key].actions.append(row)
            blocks[row.record.pk] = loose[key]
    themes: dict[tuple[str, ...], ThemeAt] = {}
    for item in ordered:
        themes.setdefault(tuple(item.section), ThemeAt(item.section)).objectives.append(item)
    return list(themes.values())


def _criteria_of(actions: list[RecordAt], rows: list[RecordAt]) -> dict[int, list[RecordAt]]:
    """The success criteria that stand under actions themselves: id of the action → its criteria in printed order."""
    found: dict[int, list[RecordAt]] = {row.record.pk: [] for row in actions}
    for row in rows:
        if row.kind == RecordKind.CRITERION and row.parent_id in found:
            found[row.parent_id].append(row)
    return {pk: criteria for pk, criteria in found.items() if criteria}


def _figures(rows: list[RecordAt]) -> Figures:
    actions = [row for row in rows if row.kind == RecordKind.ACTION]
    live = [row for row in actions if row.state in LIVE]
    return Figures(
        actions=len(actions),
        done=sum(row.state == State.COMPLETE for row in actions),
        late=sum(row.late for row in live),
        without_date=sum(row.due_on is None for row in live),
        without_owner=sum(row.accountable is None for row in live),
        not_checked=sum(not row.checked for row in rows),
        recommendations=sum(row.kind == RecordKind.RECOMMENDATION for row in rows),
        not_verified=sum(row.state == State.COMPLETE and not row.verified for row in actions),
        proposed=sum(bool(row.proposed_dates) for row in live),
        # What is done and not verified carries no colour yet: it is counted beside, as in every bar of ratings.
        rolled_up=roll_up(Rating(row.rating) for row in actions if row.state in LIVE or row.verified),
    )


@dataclass(slots=True)
class PlanCounts:
    """How many actions of a plan the viewer sees, how many are done, and those still open by rating."""

    actions: int = 0
    done: int = 0
    verified: int = 0
    open_by_rating: dict[str, int] = field(default_factory=dict)

    @property
    def open(self) -> int:
        """Actions that still ask for work."""
        return sum(self.open_by_rating.values())


def counts_by_plan(*, viewer: Viewer) -> dict[int, PlanCounts]:
    """The counts of each plan's actions, of those that the viewer sees: plan id → counts. One query.

    A stored rating was true on the day it was written: an open action whose date has passed since then counts as late.
    """
    counts: dict[int, PlanCounts] = defaultdict(PlanCounts)
    rows = live_records(viewer=viewer).filter(kind=RecordKind.ACTION, within__kind=RecordKind.PLAN)
    overdue = ExpressionWrapper(Q(due_on__isnull=False, due_on__lt=today()), output_field=BooleanField())
    grouped = (
        rows.order_by()
        .annotate(overdue=overdue)
        .values_list("within_id", "state", "rating", "overdue", "late", "verified")
    )
    for plan, state, stored, passed, late, verified, number in grouped.annotate(number=Count("pk")):
        rating = aged(stored, state=state, overdue=passed, was_late=late)
        one = counts[plan]
        one.actions += number
        if state == State.COMPLETE:
            one.done += number
            one.verified += number * verified
        elif state in LIVE:
            one.open_by_rating[rating] = one.open_by_rating.get(rating, 0) + number
    return dict(counts)
