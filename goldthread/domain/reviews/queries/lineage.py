"""Lineage: what was raised, what became of it on record, and when it was raised again; and what came back after being closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.rules import end_of_day, standing
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Link, Record
from goldthread.domain.register.models.record_at import RecordAt
from goldthread.domain.register.queries import at
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import LINEAGE, LIVE, RecordKind, Relation, State
from goldthread.domain.reviews.queries.repeats import ages
from goldthread.domain.reviews.rules.ages import Age
from goldthread.domain.reviews.rules.texts import theme_of
from goldthread.kernel.clock import today

JOINED = (*LINEAGE, Relation.REPEATS)
_ANSWERING = (RecordKind.OBJECTIVE, RecordKind.ACTION)
UNKNOWN = Age(9999, None, "nothing")


@dataclass(slots=True)
class Answering:
    """An objective or action that answers an entry, and how old the plan is in which it stands."""

    row: RecordAt
    age: Age
    own: bool  # it stands in the same document as the entry


@dataclass(slots=True)
class Step:
    """An entry of a lineage: when it was raised, what it is to earlier ones, what answered it, how it stands on record."""

    row: RecordAt
    age: Age
    document: Record | None
    to: list[tuple[str, Record]] = field(default_factory=list)  # (relation, the earlier entry)
    answers: list[Answering] = field(default_factory=list)
    closed_on: date | None = None

    @property
    def closed(self) -> bool:
        """Whether its closure is on record."""
        return self.row.state == State.COMPLETE

    @property
    def last_known(self) -> str:
        """Its last known state, in a sentence that says what is not on record too."""
        asks = self.row.kind == RecordKind.RECOMMENDATION
        if self.closed:
            return "Closed on record."
        if self.row.state not in LIVE:
            return f"{State(self.row.state).label}."
        parts = []
        own = [one for one in self.answers if one.row.kind == RecordKind.ACTION]
        if own:
            done = sum(one.row.state == State.COMPLETE for one in own)
            parts.append(f"{done} of {len(own)} action{'' if len(own) == 1 else 's'} complete.")
        if not self.answers and asks:
            said = self.row.last_update is not None
            parts.append("Its own update answers it." if said else "Nothing on record answers it.")
        return " ".join([*parts, "No closure on record." if asks else ""]).strip()


@dataclass(slots=True)
class Lineage:
    """Entries that people have joined, the oldest first."""

    steps: list[Step]
    on: date

    @property
    def theme(self) -> str:
        """The theme of the newest entry that stands under one."""
        named = [theme_of(one.row.details, one.row.section) for one in reversed(self.steps)]
        return next((name for name in named if name), "")

    @property
    def years(self) -> list[int]:
        """The years in which something was raised or answered, in order."""
        found = {one.age.year for one in self.steps} | {a.age.year for one in self.steps for a in one.answers}
        return sorted(year for year in found if year != UNKNOWN.year)


def lineage_of(
    reference: str, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> Lineage | None:
    """The lineage that an entry stands in on a day (alone where nothing is joined to it), or None."""
    start = visible_to(viewer, Record.objects.filter(reference__iexact=reference.strip())).first()
    if start is None:
        return None
    found = _lineages(viewer=viewer, as_at=as_at, known_on=known_on, only=start.pk)
    return found[0] if found else None


def lineages(*, viewer: Viewer, as_at: date | None = None, known_on: date | None = None) -> list[Lineage]:
    """Every lineage of two entries or more, the one raised longest ago first. A constant number of queries."""
    return _lineages(viewer=viewer, as_at=as_at, known_on=known_on, only=None)


@dataclass(slots=True)
class Told:
    """A recommendation of any year, what became of it on record, and the later entries that go back to it."""

    step: Step
    later: list[tuple[str, Step]] = field(default_factory=list)  # (relation, the later entry), the oldest first

    @property
    def answered(self) -> bool:
        """Whether something on record answers it: an action or objective, its own dated update, or its closure."""
        return bool(self.step.answers) or self.step.row.last_update is not None or self.step.closed

    @property
    def raised_again(self) -> bool:
        """Whether a later review raised it again."""
        return any(relation == Relation.RAISED_AGAIN for relation, _ in self.later)


def told(*, viewer: Viewer, as_at: date | None = None, known_on: date | None = None) -> list[Told]:
    """Every recommendation on record on a day, joined to a later one or not: by document, the one raised longest ago first.

    A constant number of queries.
    """
    asked = visible_to(viewer, Record.objects.filter(kind=RecordKind.RECOMMENDATION)).values_list("pk", flat=True)
    found = []
    for line in _lineages(viewer=viewer, as_at=as_at, known_on=known_on, only=None, alone=frozenset(asked)):
        later: dict[int, list[tuple[str, Step]]] = defaultdict(list)
        for step in line.steps:
            for relation, earlier in step.to:
                later[earlier.pk].append((relation, step))
        asks = [one for one in line.steps if one.row.kind == RecordKind.RECOMMENDATION]
        found += [Told(one, later[one.row.record.pk]) for one in asks]
    return sorted(found, key=lambda one: _printed_place(one.step))


def _printed_place(step: Step) -> tuple[tuple[int, date], int, int, int]:
    document = step.document.pk if step.document is not None else 0
    return (step.age.order, document, step.row.version.position, step.row.record.pk)


def _lineages(
    *,
    viewer: Viewer,
    as_at: date | None,
    known_on: date | None,
    only: int | None,
    alone: frozenset[int] = frozenset(),
) -> list[Lineage]:
    """The lineages of a day: the one that ``only`` stands in, or all of two entries or more; those ``alone`` in any case."""
    day, known_on = as_at or today(), viewer.knowing(known_on)
    joined = _links(JOINED, day, known_on)
    ends = {pk for link in joined for pk in (link.record_id, link.target_id)}
    seen = set(visible_to(viewer, Record.objects.filter(pk__in=ends)).values_list("pk", flat=True))
    # What the viewer may not see joins nothing: no two entries stand together by way of a third that is shut.
    joined = [link for link in joined if link.record_id in seen and link.target_id in seen]
    groups = _groups(joined, only)
    members = {pk for group in groups for pk in group}
    groups += [{pk} for pk in sorted(alone - members)]
    members |= alone
    hanging = _links((Relation.ANSWERS, Relation.PART_OF), day, known_on, onto=members)
    ids = members | {link.record_id for link in hanging}
    rows = at(Record.objects.filter(pk__in=ids).select_related("within"), viewer=viewer, as_at=as_at, known_on=known_on)
    stood = {row.record.pk: row for row in rows if not row.gone}
    old = ages({row.record.within for row in rows if row.record.within is not None}, viewer=viewer)
    found = []
    for group in groups:
        steps = _steps(group & set(stood), joined, hanging, stood, old)
        if steps and (only is not None or len(steps) > 1 or steps[0].row.record.pk in alone):
            found.append(Lineage(steps, day))
    return sorted(found, key=lambda one: (one.steps[0].age.order, one.steps[0].row.record.pk))


def _links(relations: Iterable[str], day: date, known_on: date | None, onto: set[int] | None = None) -> list[Link]:
    rows = Link.objects.filter(relation__in=relations, as_at__lte=day)
    if onto is not None:
        rows = rows.filter(target__in=onto, record__kind__in=_ANSWERING)
    if known_on is not None:
        rows = rows.filter(recorded__lt=end_of_day(known_on))
    held = latest(standing(rows), key=lambda row: (row.record_id, row.target_id, row.relation))
    return [row for row in held.values() if not row.ended]


def _groups(links: list[Link], only: int | None) -> list[set[int]]:
    """Records that are joined by links, in groups; the one that ``only`` stands in, alone where it is joined to none."""
    beside: dict[int, set[int]] = defaultdict(set)
    for link in links:
        beside[link.record_id].add(link.target_id)
        beside[link.target_id].add(link.record_id)
    groups, seen = [], set[int]()
    for start in [only] if only is not None else sorted(beside):
        if start in seen:
            continue
        group, edge = {start}, {start}
        while edge:
            edge = {other for one in edge for other in beside.get(one, ())} - group
            group |= edge
        seen |= group
        groups.append(group)
    return groups


def _steps(
    group: set[int], joined: list[Link], hanging: list[Link], stood: dict[int, RecordAt], old: dict[int, Age]
) -> list[Step]:
    steps = {}
    for pk in group:
        row = stood[pk]
        steps[pk] = Step(row, old.get(row.record.within_id or 0, UNKNOWN), row.record.within)
        steps[pk].closed_on = _closed_on(steps[pk])
    for link in joined:
        if link.record_id in steps and link.target_id in steps:
            steps[link.record_id].to.append((link.relation, stood[link.target_id].record))
    for link in hanging:
        if link.target_id in steps and link.record_id in stood:
            row = stood[link.record_id]
            own = row.record.within_id == steps[link.target_id].row.record.within_id
            steps[link.target_id].answers.append(Answering(row, old.get(row.record.within_id or 0, UNKNOWN), own))
    for step in steps.values():
        step.answers.sort(key=lambda one: (one.age.order, one.row.version.position, one.row.record.pk))
    return sorted(steps.values(), key=lambda one: (one.age.order, one.row.version.position, one.row.record.pk))


def _closed_on(step: Step) -> date | None:
    """The day on which an entry was closed: what its own document prints speaks of the age of the document."""
    if not step.closed or not step.row.states:
        return None
    change = step.row.states[-1]
    if change.passage_id is not None and change.as_at == step.row.version.as_at and step.age is not UNKNOWN:
        return step.age.order[1]
    return change.as_at


@dataclass(slots=True)
class CameBack:
    """A recommendation that was raised again: whether it had been closed by then, and where it belongs."""

    earlier: Step
    later: Step
    after_closing: bool
    directorate: str
    theme: str


@dataclass(slots=True)
class CameBackFigures:
    """What was raised again, and how much of it after it had been closed, by directorate and by theme."""

    rows: list[CameBack]

    @property
    def after_closing(self) -> list[CameBack]:
        """Those that had been closed when they were raised again."""
        return [one for one in self.rows if one.after_closing]

    def by(self, name: str) -> list[tuple[str, int, int]]:
        """(directorate or theme, raised again, of these after being closed), the most first."""
        whole = Counter(getattr(one, name) for one in self.rows)
        closed = Counter(getattr(one, name) for one in self.after_closing)
        return sorted(
            ((key, count, closed[key]) for key, count in whole.items()), key=lambda row: (-row[2], -row[1], row[0])
        )


def came_back(*, viewer: Viewer, as_at: date | None = None, known_on: date | None = None) -> CameBackFigures:
    """Recommendations that were raised again, each once, with whether it had been closed by then. Constant queries."""
    found: dict[int, CameBack] = {}
    for line in lineages(viewer=viewer, as_at=as_at, known_on=known_on):
        steps = {one.row.record.pk: one for one in line.steps}
        for later in line.steps:
            for relation, record in later.to:
                earlier = steps[record.pk]
                if relation != Relation.RAISED_AGAIN or earlier.row.kind != RecordKind.RECOMMENDATION:
                    continue
                by = later.age.day or date(later.age.year, 12, 31)
                closed = earlier.closed_on is not None and earlier.closed_on <= by
                held = found.get(record.pk)
                if held is None or (closed and not held.after_closing):  # each recommendation counts once
                    theme = line.theme or "No theme"
                    found[record.pk] = CameBack(earlier, later, closed, _directorate(earlier, later), theme)
    return CameBackFigures(list(found.values()))


def _directorate(*steps: Step) -> str:
    """The directorate that answers for the earlier entry, else for what answers it, else for the later one."""
    for step in steps:
        for row in (step.row, *(one.row for one in step.answers)):
            owner = row.accountable
            if owner is not None and owner.directorate is not None:
                return str(owner.directorate.name)
    return "No directorate"
