"""Which objective or action of a plan may answer a recommendation, as proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.terms import RecordKind, Relation
from goldthread.domain.reviews.queries.repeats import _decided
from goldthread.domain.reviews.rules.texts import theme_of
from goldthread.domain.reviews.terms import Proposed
from goldthread.likeness import Likeness, Text

OFFERED = (RecordKind.OBJECTIVE, RecordKind.ACTION)


@dataclass(frozen=True, slots=True)
class MayAnswer:
    """An objective or action that may answer a recommendation."""

    recommendation: Record
    offered: Record
    score: float
    certain: bool
    why: str
    shared: tuple[tuple[str, str], ...]


def answers(
    *,
    viewer: Viewer,
    recommendation: Record | None = None,
    plan: Record | None = None,
    kinds: Sequence[str] = (RecordKind.OBJECTIVE,),
    most: int = 5,
) -> list[MayAnswer]:
    """What may answer recommendations, best first: of each up to ``most`` objectives (or actions) of plans.

    An objective is compared with its success criteria and actions. What is linked, hangs below the recommendation or was
    dismissed already is left out. ``recommendation`` and ``plan`` narrow it down. Eight queries.
    """
    asked_rows = live_records(viewer=viewer).filter(kind=RecordKind.RECOMMENDATION).select_related("within")
    if recommendation is not None:
        asked_rows = asked_rows.filter(pk=recommendation.pk)
    inside = live_records(viewer=viewer).filter(within__kind=RecordKind.PLAN)
    if plan is not None:
        inside = inside.filter(within=plan)
    kept = (*OFFERED, RecordKind.CRITERION)
    rows = list(inside.filter(kind__in=kept).select_related("within").order_by("within_id", "position", "pk"))
    offered = [row for row in rows if row.kind in kinds]
    asked = list(asked_rows)
    texts = _texts(offered, rows)
    background = [row.text for row in rows]
    known = _decided(offered, Proposed.ANSWERS, (Relation.ANSWERS,)) | {
        (row.pk, row.parent_id) for row in offered if row.parent_id is not None
    }
    by_key = {str(row.pk): row for row in (*asked, *offered)}
    questions = [Text(str(row.pk), row.text, row.title, group=str(row.within_id)) for row in asked]
    matches = Likeness(questions, texts, background).matches(most + len(known))
    found: list[MayAnswer] = []
    taken: dict[int, int] = defaultdict(int)
    for one in matches:
        rec, row = by_key[one.asked], by_key[one.offered]
        if (row.pk, rec.pk) not in known and taken[rec.pk] < most:
            taken[rec.pk] += 1
            found.append(MayAnswer(rec, row, one.score, one.certain, one.why, one.shared))
    return found


def _texts(offered: Sequence[Record], rows: Sequence[Record]) -> list[Text]:
    """Objectives with their success criteria and actions, and actions, as texts to compare."""
    below: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None and row.kind != RecordKind.OBJECTIVE:
            below[row.parent_id].append(f"{row.title} {row.text}".strip())
    return [
        Text(
            str(row.pk),
            row.text,
            row.title,
            " ".join(row.section) or theme_of(row.details, row.section),
            parts=tuple(below[row.pk]),
            group=str(row.within_id),
        )
        for row in offered
    ]
