"""What the pages of plans show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.text import slugify

from goldthread.domain.plans.queries import PlanAt
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries.standing import RecordAt
from goldthread.kernel.ratings import Rating
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.tag.presenter import RATING_COLOURS
from goldthread.web.entries import address_of, shortened, tags_on_day
from goldthread.web.pages.plans.filters import PlanFilters
from goldthread.web.rows import EntryRow, row_on_day

FORMATS = (("html", "Web page"), ("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))
BAR_ORDER = (Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED, Rating.GREY, Rating.NO_DATE)


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its criteria and the actions that the filters let pass."""

    heading: EntryRow | None
    criteria: list[EntryRow]
    actions: list[EntryRow]


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
    filtered: bool = False
    printed: dict[str, str] = field(default_factory=dict)


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
    completed, recommendations = rows(plan.completed), rows(plan.recommendations)
    return PlanPage(
        themes=themes,
        completed=completed,
        recommendations=recommendations,
        others=[] if filtered else [row_on_day(row, plan.holders, query=query) for row in plan.others],
        bar=rating_bar("Actions by rating", Counter(row.rating for row in _live(plan)), done=len(plan.completed)),
        shown=sum(theme.count for theme in themes) + len(completed),
        filtered=filtered,
    )


def _live(plan: PlanAt) -> list[RecordAt]:
    return [row for theme in plan.themes for item in theme.objectives for row in item.actions]


def all_actions(plan: PlanAt) -> list[RecordAt]:
    """Every action of a plan, completed ones included, and its recommendations: what the filters choose from."""
    return [*_live(plan), *plan.completed, *plan.recommendations]


def rating_bar(label: str, counts: Mapping[str, int], *, done: int = 0) -> Bar:
    """A bar of ratings in a fixed order, completed actions first; each part links to the list with that filter."""
    parts = [("Complete", done, "blue", "?state=complete")]
    for rating in BAR_ORDER:
        count = counts.get(rating.value, 0)
        parts.append((rating.label, count, RATING_COLOURS[rating] or "blue", f"?rating={rating.value}"))
    return stacked(label, parts)


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


def plan_line(plan: Record, counts: Mapping[str, int]) -> PlanLine:
    """The line of a plan; ``plan`` carries the counts of ``plans.queries.plans``."""
    return PlanLine(
        reference=plan.reference,
        title=shortened(plan.heading, 160),
        href=address_of(plan),
        actions=plan.actions,  # type: ignore[attr-defined]
        open_actions=plan.open_actions,  # type: ignore[attr-defined]
        late=counts.get(Rating.RED.value, 0),
        unchecked=not plan.checked,
    )


def head_tags(plan: PlanAt) -> list[object]:
    """The tags at the head of the page."""
    return list(tags_on_day(plan.plan))
