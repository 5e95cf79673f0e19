"""Reading risks. Every query says for whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register.models import Link, Record
from goldthread.domain.register.models.as_at import RecordAt, facts_of
from goldthread.domain.register.queries import at, live_records, records
from goldthread.domain.register.queries.hanging import hanging_on
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import RecordKind, Relation
from goldthread.domain.risks.models import Matrix, RiskScore, Treatment
from goldthread.domain.risks.rules import Band, RiskMatrix, matrix_of, shipped_matrix
from goldthread.domain.risks.terms import Moment
from goldthread.kernel.clock import today


@dataclass(slots=True)
class RiskAt:
    """A risk on a day: its scores by moment with every earlier one, its treatment, and what is done about it."""

    row: RecordAt
    scores: dict[str, RiskScore] = field(default_factory=dict)
    history: list[RiskScore] = field(default_factory=list)  # oldest first
    treatment: Treatment | None = None
    answers: list[RecordAt] = field(default_factory=list)  # recommendations and actions that mitigate it

    @property
    def current(self) -> RiskScore | None:
        """The score that holds now, where there is one."""
        return self.scores.get(Moment.CURRENT)

    def moved(self) -> int:
        """How the current score has moved since the one before: negative is better, 0 where there is none before."""
        own = [one.score for one in self.history if one.moment == Moment.CURRENT]
        return own[-1] - own[-2] if len(own) > 1 else 0


@dataclass(slots=True)
class RegisterAt:
    """The risk register on a day, the highest current score first, on the matrix that held that day."""

    matrix: RiskMatrix
    risks: list[RiskAt]

    def bands(self) -> list[tuple[Band, int]]:
        """How many risks stand in each band, the worst first; those without a current score are in none."""
        counts = Counter(self.matrix.band(one.current.score) for one in self.risks if one.current)
        return [(band, counts[band]) for band in reversed(self.matrix.bands)]

    @property
    def not_scored(self) -> int:
        """How many have no current score."""
        return sum(one.current is None for one in self.risks)


def risks(*, viewer: Viewer) -> QuerySet[Record]:
    """Risks that the viewer may see."""
    return live_records(viewer=viewer).filter(kind=RecordKind.RISK)


def register_at(*, viewer: Viewer, as_at: date | None = None, known_on: date | None = None) -> RegisterAt:
    """Every risk that the viewer may see on a day. A constant number of queries."""
    rows = Record.objects.filter(kind=RecordKind.RISK)
    found = _with_facts(rows, viewer=viewer, as_at=as_at, known_on=known_on)
    found.sort(key=lambda one: (-(one.current.score if one.current else 0), one.row.reference))
    return RegisterAt(matrix_on(as_at or today(), viewer=viewer), found)


def risk_at(
    reference: str, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> RiskAt | None:
    """One risk on a day; None where it did not stand or the viewer may not see it."""
    own = records(viewer=viewer).filter(reference__iexact=reference.strip(), kind=RecordKind.RISK)
    found = _with_facts(own, viewer=viewer, as_at=as_at, known_on=known_on)
    return found[0] if found else None


def _with_facts(rows: QuerySet[Record], *, viewer: Viewer, as_at: date | None, known_on: date | None) -> list[RiskAt]:
    day, known_on = as_at or today(), viewer.knowing(known_on)
    stood = [row for row in at(rows, viewer=viewer, as_at=as_at, known_on=known_on) if not row.gone]
    seen = Record.objects.filter(pk__in=[row.record.pk for row in stood])
    scores = facts_of(RiskScore, seen, as_at=day, known_on=known_on, related=["by"])
    treatments = facts_of(Treatment, seen, as_at=day, known_on=known_on)
    ids = [row.record.pk for row in stood]
    answers = hanging_on(ids, Relation.MITIGATES, viewer=viewer, as_at=as_at, known_on=known_on)
    return [
        RiskAt(
            row,
            {str(key): one for key, one in latest(scores[row.record.pk], key=lambda one: one.moment).items()},
            scores[row.record.pk],
            treatments[row.record.pk][-1] if treatments[row.record.pk] else None,
            answers.get(row.record.pk, []),
        )
        for row in stood
    ]


def printed_risks(*, viewer: Viewer) -> list[Record]:
    """Recommendations that print a key risk which is in no risk register yet, in printed order. Two queries."""
    tied = Link.objects.filter(relation=Relation.MITIGATES, withdraws__isnull=True, withdrawn_by__isnull=True)
    rows = live_records(viewer=viewer).filter(kind=RecordKind.RECOMMENDATION, details__has_key="key_risk")
    rows = rows.exclude(pk__in=tied.values("record_id")).order_by("within_id", "position")
    return [row for row in rows if str(row.details.get("key_risk") or "").strip()]


def matrix_on(day: date, *, viewer: Viewer) -> RiskMatrix:
    """The matrix that holds on a day: the council's own from its day on, before that the shipped one. Open to everyone."""
    rows = [row for row in standing(Matrix.objects.all()) if row.starts <= day]
    if not rows:
        return shipped_matrix()
    row = max(rows, key=lambda one: (one.starts, one.pk))
    return matrix_of(row.likelihoods, row.impacts, row.bands, row.source)
