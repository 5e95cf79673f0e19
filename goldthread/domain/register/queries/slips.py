"""How dates have moved, by directorate: from the date ledgers of what the viewer sees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import Any, cast

from django.db.models import Q

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.models import DueDate, Record
from goldthread.domain.register.models.as_at import facts_of
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.rules import Slip, slips_of
from goldthread.domain.register.terms import ANSWERABLE
from goldthread.kernel.clock import today

CLASSES = ((0, "Not later than first set"), (30, "Up to 30 days later"), (90, "31 to 90 days later"))
BEYOND, WITHOUT = "More than 90 days later", "No date set"


@dataclass(frozen=True, slots=True)
class Moved:
    """A record whose date has moved later, and its moves."""

    record: Record
    days: int
    moves: list[Slip[Any]]


@dataclass(slots=True)
class SlipFigures:
    """How the dates of a group of actions and recommendations have moved."""

    name: str
    entries: int = 0
    without_date: int = 0
    moves: int = 0
    moves_agreed: int = 0  # moves for which a body or a meeting is named
    moved: list[Moved] = field(default_factory=list)  # later than first set, most days first

    @property
    def dated(self) -> int:
        """Entries with a date."""
        return self.entries - self.without_date

    @property
    def median_days(self) -> int | None:
        """The middle number of days by which those that slipped are later than first set."""
        return round(median(one.days for one in self.moved)) if self.moved else None

    @property
    def most_days(self) -> int | None:
        """The most days by which one of them is later than first set."""
        return max((one.days for one in self.moved), default=None)

    @property
    def classes(self) -> list[tuple[str, int]]:
        """How many entries are in each class of slip, the best first, those without a date last."""
        days = [one.days for one in self.moved]
        found, below = [(CLASSES[0][1], self.dated - len(days))], 0
        for most, words in CLASSES[1:]:
            found.append((words, sum(below < one <= most for one in days)))
            below = most
        return [*found, (BEYOND, sum(one > below for one in days)), (WITHOUT, self.without_date)]


def slip_figures(*, viewer: Viewer, within: Record | None = None) -> list[SlipFigures]:
    """The slips of actions and recommendations that the viewer sees (of one plan, if told): all of them, then by directorate.

    A date that was taken away counts as none. Three queries, whatever the number.
    """
    rows = live_records(viewer=viewer).filter(kind__in=ANSWERABLE).select_related("directorate", "within")
    if within is not None:
        rows = rows.filter(Q(within=within) | Q(pk=within.pk))
    found = list(rows.order_by("within_id", "position", "pk"))
    ledgers = facts_of(DueDate, rows.order_by().values("pk"), as_at=today(), known_on=None, related=("agreed_by",))  # type: ignore[arg-type]
    whole, homes = SlipFigures("All"), defaultdict[str, SlipFigures](lambda: SlipFigures(""))
    for row in found:
        home = homes[row.directorate.name if row.directorate else ""]
        for figures in (whole, home):
            _count(figures, row, ledgers.get(row.pk, []))
    for name, figures in homes.items():
        figures.name = name or "No matched lead"
    for figures in (whole, *homes.values()):
        figures.moved.sort(key=lambda one: -one.days)
    return [whole, *(homes[name] for name in sorted(homes, key=lambda name: (not name, name)))]


def _count(figures: SlipFigures, row: Record, ledger: list[DueDate]) -> None:
    figures.entries += 1
    moves: list[Slip[Any]] = slips_of(cast(list[Any], ledger))
    figures.moves += len(moves)
    figures.moves_agreed += sum(one.fact.agreed_by_id is not None or one.fact.meeting_id is not None for one in moves)
    if not ledger or ledger[-1].due_on is None:
        figures.without_date += 1
        return
    first = next(one.due_on for one in ledger if one.due_on is not None)
    days = (ledger[-1].due_on - first).days
    if days > 0:
        figures.moved.append(Moved(row, days, moves))
