"""Reading self-assessments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt, facts_of
from goldthread.domain.register.queries import at, live_records, records
from goldthread.domain.register.queries.hanging import hanging_on
from goldthread.domain.register.terms import RecordKind, Relation
from goldthread.domain.reviews.models import Score, SelfAssessment
from goldthread.domain.reviews.rules.frameworks import Framework, Level, count_levels, framework_named
from goldthread.kernel.clock import today


@dataclass(slots=True)
class StandardAt:
    """A standard on a day: its words, its score with evidence and gap, last year's level, the actions that close the gap."""

    row: RecordAt
    key: str
    score: Score | None = None
    level: Level | None = None
    before: Level | None = None
    actions: list[RecordAt] = field(default_factory=list)

    @property
    def scored(self) -> bool:
        """Whether it has a score."""
        return self.level is not None


@dataclass(slots=True)
class AssessmentAt:
    """A self-assessment on a day, with its standards in the order of the framework, and how many stand at each level."""

    record: RecordAt
    about: SelfAssessment
    framework: Framework | None
    standards: list[StandardAt]
    counts: Mapping[str, int]

    @property
    def gaps(self) -> list[StandardAt]:
        """Standards scored below what the framework asks."""
        low = self.framework.gap_below if self.framework else 0
        return [one for one in self.standards if one.level is not None and one.level.value < low]

    @property
    def without_action(self) -> list[StandardAt]:
        """Gaps that no action closes yet."""
        return [one for one in self.gaps if not one.actions]


def assessments(*, viewer: Viewer) -> QuerySet[Record]:
    """Self-assessments that the viewer may see, the newest year first."""
    rows = live_records(viewer=viewer).filter(kind=RecordKind.SELF_ASSESSMENT)
    return rows.select_related("self_assessment").order_by("-self_assessment__year", "reference")


def assessment_at(
    reference: str, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> AssessmentAt | None:
    """A self-assessment on a day; None where it did not stand, or the viewer may not see it. A constant number of queries."""
    own = records(viewer=viewer).filter(reference__iexact=reference.strip(), kind=RecordKind.SELF_ASSESSMENT).first()
    about = SelfAssessment.objects.filter(record=own).first() if own else None
    if own is None or about is None:
        return None
    known_on = viewer.knowing(known_on)
    days = {"as_at": as_at, "known_on": known_on}
    rows = Record.objects.filter(Q(pk=own.pk) | Q(within=own)).select_related("standard")
    stood = {row.record.pk: row for row in at(rows, viewer=viewer, **days) if not row.gone}
    if own.pk not in stood:
        return None
    framework = framework_named(about.framework)
    standards = [row for row in stood.values() if row.kind == RecordKind.STANDARD]
    scores = facts_of(
        Score,
        Record.objects.filter(pk__in=[row.record.pk for row in standards]),
        as_at=as_at or today(),
        known_on=known_on,
    )
    before = _year_before(about, framework, viewer=viewer)
    closing = hanging_on([row.record.pk for row in standards], Relation.ANSWERS, viewer=viewer, **days)
    found = []
    for row in sorted(standards, key=lambda one: one.version.position):
        key = row.record.standard.key
        held = scores[row.record.pk][-1] if scores[row.record.pk] else None
        level = framework.level(held.value) if framework and held else None
        found.append(StandardAt(row, key, held, level, before.get(key), closing.get(row.record.pk, [])))
    counts = count_levels(framework, (one.level.value if one.level else None for one in found)) if framework else {}
    return AssessmentAt(stood[own.pk], about, framework, found, counts)


def _year_before(about: SelfAssessment, framework: Framework | None, *, viewer: Viewer) -> dict[str, Level]:
    """The levels of the last assessment before this one: key of the standard → level."""
    earlier = (
        assessments(viewer=viewer)
        .filter(self_assessment__framework=about.framework, self_assessment__year__lt=about.year)
        .first()
    )
    if earlier is None or framework is None:
        return {}
    rows = live_records(viewer=viewer).filter(within=earlier, kind=RecordKind.STANDARD).select_related("standard")
    scores = facts_of(Score, rows, as_at=today(), known_on=None)
    found = {row.standard.key: framework.level(scores[row.pk][-1].value) for row in rows if scores[row.pk]}
    return {key: level for key, level in found.items() if level is not None}
