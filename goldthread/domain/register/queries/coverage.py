"""Where the thread holds and where it is broken: shares of actions and recommendations that have what they need."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.queries import holders
from goldthread.domain.organisation.rules import end_of_day, standing
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.domain.register.models import Link
from goldthread.domain.register.models.record_at import RecordAt
from goldthread.domain.register.queries import at, live_records
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import LIVE, UPWARD, RecordKind, State
from goldthread.kernel.clock import today


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of coverage: what it is called, what it counts, and among what."""

    key: str
    label: str
    among: str
    lacking: str


MEASURES = (
    Measure("priority", "Tied to a priority", "actions and recommendations", "Tied to no priority"),
    Measure("answered", "Answered", "recommendations", "No action answers it, and no dated update does"),
    Measure("date", "With a date", "open actions", "No date is set"),
    Measure("owner", "With an owner in post", "open actions", "Nobody in post answers for it"),
    Measure("criterion", "With a success criterion", "actions", "Nothing says how one will know"),
    Measure("evidence", "With evidence", "closed actions and recommendations", "Nothing shows that it was done"),
    Measure("verified", "Verified", "closed actions and recommendations", "Nobody else has checked it"),
)
"""Every figure, in the order of the thread from why to proof."""


@dataclass(slots=True)
class Share:
    """A figure: how many have it, of how many, and those that lack it."""

    measure: Measure
    whole: int = 0
    lacking: list[RecordAt] = field(default_factory=list)

    @property
    def having(self) -> int:
        """How many have it."""
        return self.whole - len(self.lacking)

    @property
    def percent(self) -> float | None:
        """The share in hundredths; None where there is nothing to count."""
        return 100 * self.having / self.whole if self.whole else None


@dataclass(slots=True)
class Group:
    """The figures of the whole register, of one plan or review, or of one directorate."""

    name: str
    reference: str = ""
    shares: dict[str, Share] = field(default_factory=lambda: {one.key: Share(one) for one in MEASURES})

    def count(self, row: RecordAt, had: dict[str, bool]) -> None:
        """Count one entry in each figure that it belongs to."""
        for key, has in had.items():
            self.shares[key].whole += 1
            if not has:
                self.shares[key].lacking.append(row)


@dataclass(slots=True)
class Coverage:
    """The figures on a day: of everything, of each plan and review, and of each directorate."""

    on: date
    whole: Group
    plans: list[Group]
    directorates: list[Group]

    def share(self, measure: str, *, plan: str = "", directorate: str = "") -> Share | None:
        """One figure of everything, of one plan or review (its reference) or of one directorate (its name); or None."""
        groups = [self.whole]
        if plan:
            groups = [one for one in self.plans if one.reference.casefold() == plan.casefold()]
        elif directorate:
            groups = [one for one in self.directorates if one.name == directorate]
        return groups[0].shares.get(measure) if groups else None

    def breaks(self) -> list[tuple[RecordAt, list[Measure]]]:
        """Where the thread is broken: each entry with what it lacks, the most broken first, then in register order."""
        held: dict[int, tuple[RecordAt, list[Measure]]] = {}
        for share in self.whole.shares.values():
            for row in share.lacking:
                held.setdefault(row.record.pk, (row, []))[1].append(share.measure)
        order = sorted(held.values(), key=lambda pair: (pair[0].record.within_id or 0, pair[0].version.position))
        return sorted(order, key=lambda pair: -len(pair[1]))


NO_DIRECTORATE = "No directorate"


def coverage(*, viewer: Viewer, as_at: date | None = None, known_on: date | None = None) -> Coverage:
    """The figures of coverage on a day, of what the viewer sees. A constant number of queries, whatever the register's size.

    A recommendation is tied to a priority through itself or through what answers it; an action through what it is part of or
    answers. A success criterion may stand on the action or on its objective.
    """
    day, known_on = as_at or today(), viewer.knowing(known_on)
    stood = {
        row.record.pk: row
        for row in at(
            live_records(viewer=viewer).order_by("within_id", "position", "pk"),
            viewer=viewer,
            as_at=as_at,
            known_on=known_on,
        )
        if not row.gone
    }
    links = _chain(set(stood), day=day, known_on=known_on)
    facts = _Facts(stood, links, _in_post(list(stood.values()), viewer=viewer, day=day, known_on=known_on))
    whole = Group("Everything")
    plans: dict[int, Group] = {}
    directorates: dict[str, Group] = defaultdict(lambda: Group(""))
    names = {
        pk: row for pk, row in stood.items() if row.kind in (RecordKind.PLAN, RecordKind.REVIEW, RecordKind.REPORT)
    }
    for row in stood.values():
        if row.kind not in (RecordKind.ACTION, RecordKind.RECOMMENDATION) or row.state not in _COUNTED:
            continue
        had = facts.of(row)
        whole.count(row, had)
        above = names.get(row.record.within_id or 0)
        if above is not None:
            plans.setdefault(above.record.pk, Group(above.heading, above.reference)).count(row, had)
        owner = row.accountable
        name = owner.directorate.name if owner is not None and owner.directorate is not None else NO_DIRECTORATE
        directorates[name].name = name
        directorates[name].count(row, had)
    order = sorted(directorates.values(), key=lambda one: (one.name == NO_DIRECTORATE, one.name.casefold()))
    return Coverage(day, whole, list(plans.values()), order)


_COUNTED = (*LIVE, State.COMPLETE)


@dataclass(slots=True)
class _Chain:
    """Every standing link upwards between the records that are counted."""

    above: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    below: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def reach(self, starts: set[int], *, upwards: bool) -> set[int]:
        """The starts and everything that can be reached from them in one direction."""
        step = self.above if upwards else self.below
        seen, edge = set(starts), set(starts)
        while edge:
            edge = {far for near in edge for far in step.get(near, ())} - seen
            seen |= edge
        return seen


def _chain(among: set[int], *, day: date, known_on: date | None) -> _Chain:
    """The links between some records that the viewer sees, on a day. One query."""
    rows = Link.objects.filter(relation__in=UPWARD, as_at__lte=day)
    if known_on is not None:
        rows = rows.filter(recorded__lt=end_of_day(known_on))
    held = latest(standing(rows), key=lambda row: (row.record_id, row.target_id, row.relation))
    found = _Chain()
    for row in held.values():
        if not row.ended and row.record_id in among and row.target_id in among:
            found.above[row.record_id].add(row.target_id)
            found.below[row.target_id].add(row.record_id)
    return found


@dataclass(slots=True)
class _Facts:
    """What each entry has."""

    stood: dict[int, RecordAt]
    links: _Chain
    in_post: set[int]
    tied: set[int] = field(init=False)
    with_criterion: set[int] = field(init=False)

    def __post_init__(self) -> None:
        tops = {pk for pk, row in self.stood.items() if row.kind in _TOPS}
        self.tied = self.links.reach(tops, upwards=False) - tops
        criteria = {pk for pk, row in self.stood.items() if row.kind == RecordKind.CRITERION}
        self.with_criterion = {above for pk in criteria for above in self.links.above.get(pk, ())}

    def of(self, row: RecordAt) -> dict[str, bool]:
        """Measure → whether the entry has it; measures that it is not counted in are left out."""
        pk, closed = row.record.pk, row.state == State.COMPLETE
        below = self.links.below.get(pk, set())
        had = {"priority": pk in self.tied or bool(below & self.tied)}
        if row.kind == RecordKind.RECOMMENDATION:
            answered = any(self.stood[one].kind in _ANSWERS for one in below)
            had["answered"] = answered or bool(row.updates)
        else:
            above = self.links.above.get(pk, set())
            had["criterion"] = bool(({pk} | above) & self.with_criterion)
            if not closed:
                had["date"] = row.due_on is not None
                had["owner"] = row.accountable is not None and row.accountable.pk in self.in_post
        if closed:
            had["evidence"] = bool(row.evidence)
            had["verified"] = row.verified
        return had


_TOPS = (RecordKind.VISION, RecordKind.PRIORITY, RecordKind.OUTCOME)
_ANSWERS = (RecordKind.ACTION, RecordKind.OBJECTIVE, RecordKind.PLAN)


def _in_post(rows: list[RecordAt], *, viewer: Viewer, day: date, known_on: date | None) -> set[int]:
    """Owners that somebody answers for on the day: bodies, and posts and offices that somebody holds."""
    owners = {row.accountable.pk: row.accountable for row in rows if row.accountable is not None}
    held = holders(set(owners), viewer=viewer, on=day, known_on=known_on)
    return {pk for pk, owner in owners.items() if owner.kind == OwnerKind.BODY or held.get(pk)}
