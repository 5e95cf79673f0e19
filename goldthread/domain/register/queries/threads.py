"""The golden thread of a record on a day: upwards to why, downwards to what was done, to any depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.queries import owners_held
from goldthread.domain.organisation.rules import end_of_day, standing
from goldthread.domain.register.access import may, visible_to
from goldthread.domain.register.models import Evidence, Link, Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import at
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import UPWARD, RecordKind, Relation
from goldthread.kernel.clock import today

DEEPEST = 40
"""Levels after which a thread is cut: far more than any council has, and a guard against a mistake in the links."""

_ORDER = [
    RecordKind.VISION, RecordKind.PRIORITY, RecordKind.OUTCOME, RecordKind.REVIEW, RecordKind.REPORT, RecordKind.RECOMMENDATION,
    RecordKind.FINDING, RecordKind.RISK, RecordKind.PLAN, RecordKind.OBJECTIVE, RecordKind.CRITERION, RecordKind.ACTION,
    RecordKind.MILESTONE,
]  # fmt: skip
"""In which order what hangs on one record is told."""


@dataclass(slots=True)
class Knot:
    """A record on a thread. ``relation`` is how it hangs on ``via``, or, upwards, how ``via`` hangs on it."""

    row: RecordAt
    depth: int
    relation: str = ""
    via: int | None = None
    also: list[tuple[str, Record]] = field(default_factory=list)
    inside: list[Knot] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)  # empty for who does not see what is internal there

    @property
    def record(self) -> Record:
        """The record itself."""
        return self.row.record

    def walk(self) -> Iterator[Knot]:
        """It and everything inside it, in reading order."""
        waiting = [self]
        while waiting:
            knot = waiting.pop()
            yield knot
            waiting.extend(reversed(knot.inside))


@dataclass(slots=True)
class Thread:
    """A record with the reasons above it and what hangs below it, each as a tree that grows away from the record."""

    start: Knot
    above: list[Knot]
    below: list[Knot]
    on: date
    known_on: date | None = None

    def up(self) -> list[Knot]:
        """The reasons, the nearest first."""
        return [knot for root in self.above for knot in root.walk()]

    def down(self) -> list[Knot]:
        """What hangs below, in reading order."""
        return [knot for root in self.below for knot in root.walk()]

    def knots(self) -> list[Knot]:
        """All of it: reasons with the outermost first, the record, what hangs below."""
        return [*reversed(self.up()), self.start, *self.down()]


@dataclass(slots=True)
class _Hop:
    """A step of the walk: from a record already on the thread to a next one."""

    relation: str
    via: int
    depth: int
    also: list[tuple[str, int]] = field(default_factory=list)


def thread(reference: str, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None) -> Thread | None:
    """The thread of a record as it stood on a day, as known on a day; None where it did not stand or is not to be seen.

    What the viewer may not see ends the thread there and leaves no trace; so does what had left the lists. Each record stands on
    it once, at its nearest place; its other links are named there. Two queries a level, and a constant number besides.
    """
    day, known_on = as_at or today(), viewer.knowing(known_on)
    start = visible_to(viewer, Record.objects.filter(reference__iexact=reference.strip())).first()
    if start is None:
        return None
    up = _walk(start.pk, viewer=viewer, day=day, known_on=known_on, upwards=True)
    down = _walk(start.pk, viewer=viewer, day=day, known_on=known_on, upwards=False)
    down = {pk: hop for pk, hop in down.items() if pk not in up}
    rows = Record.objects.filter(pk__in=[start.pk, *up, *down])
    stood = {row.record.pk: row for row in at(rows, viewer=viewer, as_at=as_at, known_on=known_on)}
    if start.pk not in stood:
        return None
    here = Knot(stood[start.pk], 0)
    held = {pk: row for pk, row in stood.items() if not row.gone}
    found = Thread(here, _tree(here, up, held), _tree(here, down, held), day, known_on)
    _show_evidence(found, viewer)
    return found


def _show_evidence(found: Thread, viewer: Viewer) -> None:
    """Give each knot its evidence where the viewer sees what is internal there, or answers for the record."""
    mine = owners_held(viewer) if viewer.user_id is not None else set()
    for knot in found.knots():
        if may(viewer, Permission.SEE_INTERNAL, knot.record) or knot.record.accountable_id in mine:
            knot.evidence = list(knot.row.evidence)


def _walk(start: int, *, viewer: Viewer, day: date, known_on: date | None, upwards: bool) -> dict[int, _Hop]:
    here, there = ("record_id", "target_id") if upwards else ("target_id", "record_id")
    found: dict[int, _Hop] = {}
    seen, edge = {start}, {start}
    for depth in range(1, DEEPEST + 1):
        links = _links(edge, here, day, viewer.knowing(known_on))
        ids = {getattr(link, there) for link in links}
        shown = set(visible_to(viewer, Record.objects.filter(pk__in=ids - seen)).values_list("pk", flat=True))
        for link in sorted(links, key=lambda row: (row.relation != Relation.PART_OF, row.pk)):
            near, far = getattr(link, here), getattr(link, there)
            if far in shown and far not in found:
                found[far] = _Hop(link.relation, near, depth)
            elif far in found and found[far].via != near:
                found[far].also.append((link.relation, near))
        edge = shown
        seen |= ids
        if not edge:
            break
    return found


def _links(ids: set[int], side: str, day: date, known_on: date | None) -> list[Link]:
    rows = Link.objects.filter(**{f"{side}__in": ids}, relation__in=UPWARD, as_at__lte=day)
    if known_on is not None:
        rows = rows.filter(recorded__lt=end_of_day(known_on))
    held = latest(standing(rows), key=lambda row: (row.record_id, row.target_id, row.relation))
    return [row for row in held.values() if not row.ended]


def _tree(start: Knot, hops: dict[int, _Hop], stood: dict[int, RecordAt]) -> list[Knot]:
    """The knots that can still be reached over ones that stood, each inside the one it was reached by."""
    knots = {start.record.pk: start}
    roots: list[Knot] = []
    for pk, hop in sorted(hops.items(), key=lambda item: item[1].depth):
        if pk not in stood or hop.via not in knots:
            continue
        also = [(relation, stood[other].record) for relation, other in hop.also if other in stood]
        knots[pk] = Knot(stood[pk], hop.depth, hop.relation, hop.via, also)
        (roots if hop.via == start.record.pk else knots[hop.via].inside).append(knots[pk])
    for knot in knots.values():
        knot.inside.sort(key=_place)
    return sorted(roots, key=_place)


def _place(knot: Knot) -> tuple[int, int, int]:
    kind = RecordKind(knot.row.kind)
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), knot.row.version.position, knot.record.pk)
