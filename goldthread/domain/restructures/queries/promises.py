"""What a structure was to bring, and what came of it: its post-implementation review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Structure
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt, facts_of
from goldthread.domain.register.queries import at
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.restructures.models import PromiseAnswer
from goldthread.kernel.clock import today

ANSWERED = (RecordKind.PRINCIPLE, RecordKind.BENEFIT)
"""Kinds that are answered with evidence; a workstream has an owner and updates instead."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A design principle, benefit or workstream on a day, with the answer for the structure where there is one."""

    row: RecordAt
    answer: PromiseAnswer | None = None


@dataclass(slots=True)
class PromisesAt:
    """What was promised, in printed order under its headings: principles by group, benefits by kind, workstreams by part."""

    structure: Structure
    principles: dict[str, list[Promise]] = field(default_factory=dict)
    benefits: dict[str, list[Promise]] = field(default_factory=dict)
    workstreams: dict[str, list[Promise]] = field(default_factory=dict)

    def answered(self, groups: dict[str, list[Promise]]) -> tuple[int, int]:
        """How many of some promises are answered, and how many there are."""
        every = [one for rows in groups.values() for one in rows]
        return sum(one.answer is not None for one in every), len(every)

    @property
    def unowned(self) -> int:
        """Workstreams that nobody answers for."""
        return sum(not one.row.leads for rows in self.workstreams.values() for one in rows)

    @property
    def silent(self) -> int:
        """Workstreams without an update on record."""
        return sum(one.row.last_update is None for rows in self.workstreams.values() for one in rows)


def promises(
    structure: Structure, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> PromisesAt:
    """Every design principle, benefit and workstream that the viewer may see, with what this structure answers.

    A constant number of queries.
    """
    kinds = (*ANSWERED, RecordKind.WORKSTREAM)
    stood = at(Record.objects.filter(kind__in=kinds), viewer=viewer, as_at=as_at, known_on=known_on)
    rows = [row for row in stood if not row.gone]
    answers = _answers(rows, structure, as_at or today(), viewer.knowing(known_on))
    found = PromisesAt(structure)
    for row in sorted(rows, key=lambda one: (one.record.within_id or 0, one.version.position, one.record.pk)):
        promise = Promise(row, answers.get(row.record.pk))
        group = row.section[-1] if row.section else ""
        if row.kind == RecordKind.PRINCIPLE:
            found.principles.setdefault(group, []).append(promise)
        elif row.kind == RecordKind.BENEFIT:
            found.benefits.setdefault(str(row.details.get("type") or group), []).append(promise)
        else:
            found.workstreams.setdefault(group, []).append(promise)
    return found


def _answers(
    rows: Iterable[RecordAt], structure: Structure, day: date, known_on: date | None
) -> dict[int, PromiseAnswer]:
    records = Record.objects.filter(pk__in=[row.record.pk for row in rows])
    facts = facts_of(PromiseAnswer, records, as_at=day, known_on=known_on, related=["by"])
    own = {pk: [one for one in held if one.structure_id == structure.pk] for pk, held in facts.items()}
    return {pk: held[-1] for pk, held in own.items() if held}
