"""The improvement plan report: a plan from the register, as it stood on a day and as known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import Max

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.errors import Refused
from goldthread.domain.plans.queries import ObjectiveAt, PlanAt, plan_at
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import at
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.rounds.queries.items import fates
from goldthread.kernel.clock import LONDON, now, today
from goldthread.kernel.ratings import RULE
from goldthread.kernel.timescales import parse_timescale
from goldthread.reporting.entries import Beside, listed_as_completed, printed_detail, printed_objective, rated, shared
from goldthread.reporting.model import (
    ActionRow,
    CompletedRow,
    Criterion,
    Fact,
    Group,
    ObjectiveBlock,
    OtherRow,
    RecommendationGroup,
    RecommendationRow,
    Report,
    Theme,
    summarise,
)
from goldthread.reporting.variants import Variant, narrowed, variant_in_words
from goldthread.reporting.wording import day

WHOLE = Variant("full")
"""All of a plan."""

STILL_OPEN = "Listed as completed, but still open"
"""The theme of entries that a document lists as completed while nobody has recorded them as complete."""

LISTED = "Listed as completed"
"""The mark of such an entry; what is printed beside it stands with its state."""


class NoSuchPlan(Refused):
    """No such plan stood on that day, was known on that day, or may be seen; the sentence does not say which."""


def build(
    plan_ref: str | None = None,
    *,
    viewer: Viewer,
    as_at: date | None = None,
    known_on: date | None = None,
    variant: Variant = WHOLE,
    prepared_for: str = "",
    frozen: bool = False,
) -> Report:
    """The report on one plan: the one of the reference, or the plan that speaks of the newest day up to ``as_at``.

    ``as_at`` is the day that the report speaks of (today by default), ``known_on`` that of knowledge (now by default).
    ``variant`` narrows it, ``prepared_for`` stands on the cover (the viewer's name unless told), and a ``frozen`` one carries
    the moment of its newest entry instead of the time of day: the same register gives the same bytes.
    A constant number of queries, whatever the size of the plan. Raises NoSuchPlan, NoSuchVariant.
    """
    whole = plan_on_day(plan_ref, viewer=viewer, as_at=as_at, known_on=known_on)
    plan, part = narrowed(whole, variant), variant_in_words(variant, viewer=viewer)
    beside = Beside(plan.holders, fates(plan.plan.record, viewer=viewer, known_on=known_on))
    themes = _themes(plan, beside)
    completed = _completed(plan, beside)
    recommendations = _recommendations(plan, beside)
    others = tuple(_other(row, beside) for row in plan.others)
    return Report(
        title=plan.plan.heading,
        organisation=settings.GOLDTHREAD_COUNCIL or printed_detail(plan.plan, "organisation"),
        as_at=plan.plan.on,
        known_on=known_on,
        generated_at=newest_entry(whole) if frozen else now(),
        kind=f"improvement-plan-{variant.kind}" if part else "improvement-plan",
        cover=(
            Fact("Plan", plan.plan.reference),
            *([Fact("Part", part)] if part else []),
            Fact("Prepared for", prepared_for or viewer.name),
        ),
        summary=summarise(themes, completed, recommendations, others),
        themes=themes,
        completed=completed,
        recommendations=recommendations,
        others=others,
        notes=_notes(plan, known_on),
        variant=str(variant),
        part=part,
        issued=frozen,
    )


def plan_on_day(
    plan_ref: str | None, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> PlanAt:
    """The plan of a reference, or the one that speaks of the newest day, on a day as known on a day. Raises NoSuchPlan."""
    reference = plan_ref or _newest(viewer, as_at, known_on)
    plan = plan_at(reference, viewer=viewer, as_at=as_at, known_on=known_on) if reference else None
    if plan is None:
        raise NoSuchPlan(_nothing_stood(plan_ref, as_at, known_on))
    return plan


def newest_entry(plan: PlanAt) -> datetime:
    """The moment, in London, at which the newest fact that a plan on a day is made of was recorded."""
    blocks = [block for theme in plan.themes for block in theme.objectives]
    inside = [row for block in blocks for row in (block.objective, *block.criteria, *block.actions) if row is not None]
    inside += [row for criteria in plan.met_by.values() for row in criteria]
    rows = [plan.plan, *inside, *plan.completed, *plan.recommendations, *plan.others]
    return max(fact.recorded for row in rows for fact in row.facts).astimezone(LONDON)


def _newest(viewer: Viewer, as_at: date | None, known_on: date | None) -> str | None:
    """The reference of the plan that speaks of the newest day; of several, the one last written.

    A plan from a document speaks of the day that the document prints. One that prints none was given the day of its import,
    which would make any old plan the newest, so it comes last.
    """
    plans = Record.objects.filter(kind=RecordKind.PLAN)
    stood = [row for row in at(plans, viewer=viewer, as_at=as_at, known_on=known_on) if not row.gone]
    inside = Record.objects.filter(within__in=[row.record.pk for row in stood], passage__isnull=False)
    printed = dict(inside.order_by().values_list("within").annotate(Max("passage__source_file__as_at")))

    def speaks_of(row: RecordAt) -> tuple[date, int]:
        day_of = printed.get(row.record.pk, row.version.as_at)
        return day_of or date.min, row.record.pk

    newest = max(stood, key=speaks_of, default=None)
    return newest.reference if newest else None


def _nothing_stood(plan_ref: str | None, as_at: date | None, known_on: date | None) -> str:
    known = f", as known on {day(known_on)}" if known_on else ""
    what = f"No plan {plan_ref}" if plan_ref else "No plan"
    return f"{what} is on record as at {day(as_at or today())}{known}; give another date, or import the plan first."


def _themes(plan: PlanAt, beside: Beside) -> tuple[Theme, ...]:
    """Objectives and open actions by their first heading, then by the headings below it, in printed order."""
    done_under = {row.parent_id for row in plan.completed}
    found: dict[str, dict[tuple[str, ...], list[ObjectiveBlock]]] = {}
    listed: dict[tuple[str, ...], list[ObjectiveBlock]] = {}
    for theme in plan.themes:
        heading, below = (theme.section[0], tuple(theme.section[1:])) if theme.section else ("", ())
        for objective in theme.objectives:
            claimed = [row for row in objective.actions if listed_as_completed(row)]
            others = [row for row in objective.actions if row not in claimed]
            if claimed:
                listed.setdefault(below, []).extend(_blocks(objective, claimed, beside))
            finished = objective.objective is not None and objective.objective.record.pk in done_under
            if others or not (claimed or finished):
                found.setdefault(heading, {}).setdefault(below, []).extend(_blocks(objective, others, beside))
    if listed:
        found[STILL_OPEN] = listed
    return tuple(
        Theme(heading, tuple(Group(section, tuple(blocks)) for section, blocks in groups.items()))
        for heading, groups in found.items()
    )


def _blocks(block: ObjectiveAt, actions: Iterable[RecordAt], beside: Beside) -> list[ObjectiveBlock]:
    """An objective with its actions; actions without one by the objective that is printed beside each, if any."""
    above = block.objective
    if above is not None:
        rows = tuple(_action(row, beside) for row in actions)
        return [ObjectiveBlock(above.reference, above.heading, _criteria(block.criteria), rows, above.checked)]
    printed: dict[str, list[RecordAt]] = {}
    for row in actions:
        printed.setdefault(printed_objective(row), []).append(row)
    return [
        ObjectiveBlock(
            text=text,
            criteria=_criteria(one for one in block.criteria if one.parent_id in {row.record.pk for row in found}),
            actions=tuple(_action(row, beside) for row in found),
        )
        for text, found in printed.items()
    ]


def _criteria(rows: Iterable[RecordAt]) -> tuple[Criterion, ...]:
    return tuple(Criterion(row.heading, row.reference, row.checked) for row in rows)


def _action(row: RecordAt, beside: Beside) -> ActionRow:
    rating, rule_rating = rated(row)
    marks = (LISTED,) if listed_as_completed(row) else ()
    return ActionRow(**shared(row, beside, marks), rating=rating, rule_rating=rule_rating)


def _completed(plan: PlanAt, beside: Beside) -> tuple[CompletedRow, ...]:
    """Completed actions in printed order, each with its criteria and its objective, whose own stand with the first of them."""
    above = {
        item.objective.record.pk: item
        for theme in plan.themes
        for item in theme.objectives
        if item.objective is not None
    }
    listed = _heading_of_the_list(plan)
    told: set[int | None] = {None}
    found = []
    for row in plan.completed:
        block = above.get(row.parent_id) if row.parent_id is not None else None
        criteria = list(block.criteria) if block and row.parent_id not in told else []
        own = plan.met_by.get(row.record.pk, [])
        told.add(row.parent_id)
        printed = printed_detail(row, "completed") or row.state_printed
        said = printed or _said_complete(row)
        found.append(
            CompletedRow(
                **shared(row, beside),
                section=tuple(row.section[1:] if listed else row.section),
                objective=block.objective.heading if block and block.objective else printed_objective(row),
                criteria=tuple(item.heading for item in (*criteria, *own)),
                own_criteria=tuple(item.checked for item in own),
                completed=said,
                completed_on=parse_timescale(printed).end if printed else row.done_on if said else None,
            )
        )
    return tuple(found)


def _said_complete(row: RecordAt) -> str:
    """When it was reported as complete, and how one can see it, where a person has said so; a document prints its own words."""
    change = row.states[-1]
    if change.passage_id is not None or row.done_on is None:
        return ""
    return f"Reported on {day(row.done_on)}" + (f": {change.reason}" if change.reason else "")


def _heading_of_the_list(plan: PlanAt) -> bool:
    """Whether the first heading of completed actions is that of their list, which says nothing: all share it, no other does."""
    first = {row.section[0] if len(row.section) > 1 else "" for row in plan.completed}
    open_ones = [row for theme in plan.themes for item in theme.objectives for row in item.actions]
    elsewhere = {row.section[0] for row in open_ones if row.section and not listed_as_completed(row)}
    return len(first) == 1 and "" not in first and not first & elsewhere


def _recommendations(plan: PlanAt, beside: Beside) -> tuple[RecommendationGroup, ...]:
    """Recommendations by the headings they stand under, in printed order."""
    groups: dict[str, list[RecommendationRow]] = {}
    for row in plan.recommendations:
        answer = RecommendationRow(
            **shared(row, beside),
            number=row.version.number,
            title=row.version.title,
            key_risk=printed_detail(row, "key_risk"),
            risk_rating=printed_detail(row, "risk_rating"),
            response=printed_detail(row, "response"),
        )
        groups.setdefault(" › ".join(row.section), []).append(answer)
    return tuple(RecommendationGroup(heading, tuple(rows)) for heading, rows in groups.items())


def _other(row: RecordAt, beside: Beside) -> OtherRow:
    return OtherRow(**shared(row, beside), kind=str(RecordKind(row.kind).label), section=tuple(row.section))


def _notes(plan: PlanAt, known_on: date | None) -> tuple[str, ...]:
    on = day(plan.plan.on)
    known = f"on {day(known_on)}" if known_on else "now"
    return (
        f"This report shows the plan as it stood on {on}, by what is known {known}, and only what its reader may see.",
        "A lead is a post, an elected office or a body; the name below it is whoever held it on that day.",
        f"Ratings follow the rule {RULE} unless a person has declared another one with a reason; then both are shown.",
        "A due date is the last day of the printed timescale. Words that name no day, such as “ongoing”, are no date.",
    )
