"""Reading what came in. Only people who may import documents see proposals; everyone else sees what became of them.

A proposal has no visibility of its own, and what was adopted from it may be restricted since. So who may import for the
whole council sees every import; who may for a part of it sees those that they brought in themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.imports.models import CERTAIN, REPLACED, Heading, Import, Proposal
from goldthread.domain.register.adopters import words_of
from goldthread.domain.register.models import Record

_OPEN = Q(proposals__adopted__isnull=True, proposals__rejected__isnull=True)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a document gave: records by kind, and how far the deciding has come."""

    by_kind: dict[str, int]
    open: int
    certain: int
    in_question: int
    adopted: int
    rejected: int

    @property
    def total(self) -> int:
        """All proposals."""
        return sum(self.by_kind.values())


def _seen(viewer: Viewer, to_import: str = "") -> Q:
    """The imports that a viewer may see; ``to_import`` leads there from another table."""
    if viewer.may_everywhere(Permission.IMPORT_DOCUMENTS):
        return Q()
    if viewer.may(Permission.IMPORT_DOCUMENTS):
        return Q(**{f"{to_import}by_id": viewer.user_id})
    return Q(pk__in=[])


def imports(*, viewer: Viewer) -> QuerySet[Import]:
    """Files that came in, newest first, with counts: ``found``, ``waiting``."""
    return (
        Import.objects.filter(_seen(viewer))
        .select_related("by", "container")
        .order_by("-received", "-id")
        .annotate(found=Count("proposals"), waiting=Count("proposals", filter=_OPEN))
    )


def import_by_id(pk: int, *, viewer: Viewer) -> Import | None:
    """One import, or None where the viewer may not see imports."""
    return imports(viewer=viewer).filter(pk=pk).select_related("source_file", "container", "by").first()


def proposals(batch: Import, *, viewer: Viewer) -> QuerySet[Proposal]:
    """The proposals of an import in printed order."""
    rows = batch.proposals.filter(_seen(viewer, "batch__")).exclude(REPLACED)
    rows = rows.select_related("passage", "record", "post__owner", "batch", "adopted", "rejected")
    return rows.order_by("position", "pk")


def tally(batch: Import, *, viewer: Viewer) -> Tally:
    """The counts of an import."""
    rows = list(proposals(batch, viewer=viewer))
    by_kind: dict[str, int] = {}
    for row in rows:
        by_kind[row.kind] = by_kind.get(row.kind, 0) + 1
    waiting = [row for row in rows if row.state == "open"]
    return Tally(
        by_kind=by_kind,
        open=len(waiting),
        certain=sum(row.certain for row in waiting),
        in_question=sum(row.asks for row in rows),
        adopted=sum(row.state == "adopted" for row in rows),
        rejected=sum(row.state == "rejected" for row in rows),
    )


def open_questions(*, viewer: Viewer) -> QuerySet[Proposal]:
    """Open proposals that ask something or are not certain, in the order in which their files came in."""
    rows = Proposal.objects.filter(_seen(viewer, "batch__"), adopted__isnull=True, rejected__isnull=True)
    return rows.filter(Q(confidence__lt=CERTAIN, edited_by__isnull=True) | ~Q(questions=[])).select_related("batch")


def questions_about(record: Record, *, viewer: Viewer) -> list[str]:
    """What the reader asked about a record that was adopted unattended and nobody has checked; as sentences."""
    if record.checked or not viewer.may(Permission.EDIT_RECORDS):
        return []
    rows = Proposal.objects.filter(record=record, adopted__isnull=False).exclude(questions=[])
    return [words_of(question.get("ask")) for row in rows for question in row.questions]


def headings(*, viewer: Viewer) -> QuerySet[Heading]:
    """The headings that this council has had remembered; none for who may not import."""
    rows = Heading.objects.filter(forgotten=None) if viewer.may(Permission.IMPORT_DOCUMENTS) else Heading.objects.none()
    return rows.select_related("told__by").order_by("words", "pk")
