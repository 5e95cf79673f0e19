"""What the pages of plans show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.text import slugify

from goldthread.domain.plans.queries import PlanAt, PlanCounts
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import LIVE
from goldthread.kernel.ratings import Rating
from goldthread.kernel.shortening import shortened
from goldthread.web.components.bar.presenter import Bar
from goldthread.web.components.tag.presenter import Tag, rating_tag
from goldthread.web.entries import address_of
from goldthread.web.pages.plans.filters import PlanFilters
from goldthread.web.ratings import rating_bar
from goldthread.web.rows import EntryRow, row_on_day


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its criteria and the actions that the filters let pass."""

    heading: EntryRow | None
    criteria: list[EntryRow]
    actions: list[EntryRow]

    @property
    def caption(self) -> str:
        """What its actions are for, for the caption of their table."""
        return self.heading.text if self.heading else "under no objective"


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme of the plan."""

    title: str
    above: str
    anchor: str
    objectives: list[ObjectiveView]

    @property
    def count(self) -> int:
        """How many actions it shows."""
        return sum(len(objective.actions) for objective in self.objectives)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The page of a plan on a day."""

    themes: list[ThemeView]
    completed: list[EntryRow]
    recommendations: list[EntryRow]
    others: list[EntryRow]
    bar: Bar
    shown: int
    rolled_up: list[tuple[Tag | None, int]]
    filtered: bool = False

    @property
    def rows(self) -> int:
        """How many rows can be chosen on the page."""
        return self.shown + len(self.recommendations)


def plan_page(plan: PlanAt, filters: PlanFilters, *, query: str) -> PlanPage:
    """The page: themes in printed order, with what the filters let pass; ``query`` keeps the day in the links."""

    def rows(found: Iterable[RecordAt]) -> list[EntryRow]:
        return [row_on_day(row, plan.holders, query=query) for row in found if filters.lets(row)]

    filtered = filters.in_use
    themes = []
    for theme in plan.themes:
        objectives = []
        for item in theme.objectives:
            actions = rows(item.actions)
            if actions or not filtered:
                heading = row_on_day(item.objective, plan.holders, query=query) if item.objective else None
                criteria = [row_on_day(row, plan.holders, query=query) for row in item.criteria]
                objectives.append(ObjectiveView(heading, criteria, actions))
        if objectives:
            title = theme.section[-1] if theme.section else "Actions"
            above = " › ".join(theme.section[:-1])
            anchor = f"theme-{len(themes) + 1}-{slugify(title)[:40]}"
            themes.append(ThemeView(title, above, anchor, objectives))
    completed, recommendations = _with_criteria(rows(plan.completed), plan), rows(plan.recommendations)
    return PlanPage(
        themes=themes,
        completed=completed,
        recommendations=recommendations,
        others=[] if filtered else [row_on_day(row, plan.holders, query=query) for row in plan.others],
        bar=rating_bar(
            "Actions by rating",
            Counter(row.rating for row in _live(plan) if row.state in LIVE),
            done=plan.figures.done,
            verified=plan.figures.done - plan.figures.not_verified,
        ),
        shown=sum(theme.count for theme in themes) + len(completed),
        rolled_up=[(rating_tag(rating), count) for rating, count in plan.figures.rolled_up.counts.items()],
        filtered=filtered,
    )


def _with_criteria(rows: list[EntryRow], plan: PlanAt) -> list[EntryRow]:
    """Completed actions with the success criteria that stand under each of them."""
    met = {row.reference: plan.met_by.get(row.record.pk, []) for row in plan.completed}
    return [replace(row, criteria=[one.heading for one in met[row.reference]]) for row in rows]


def _live(plan: PlanAt) -> list[RecordAt]:
    return [row for theme in plan.themes for item in theme.objectives for row in item.actions]


def all_actions(plan: PlanAt) -> list[RecordAt]:
    """Every action of a plan, completed ones included, and its recommendations: what the filters choose from."""
    return [*_live(plan), *plan.completed, *plan.recommendations]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in the list."""

    reference: str
    title: str
    href: str
    actions: int
    open_actions: int
    late: int
    unchecked: bool


def plan_line(plan: Record, counts: PlanCounts) -> PlanLine:
    """The line of a plan with its counts."""
    return PlanLine(
        reference=plan.reference,
        title=shortened(plan.heading, 160),
        href=address_of(plan),
        actions=counts.actions,
        open_actions=counts.open,
        late=counts.open_by_rating.get(Rating.RED.value, 0),
        unchecked=not plan.checked,
    )
