"""What comes back: entries of a later document that speak of the same thing as one of an earlier one, as proposals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Link, Record, SourceFile
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import LINEAGE, RecordKind, Relation
from goldthread.domain.reviews.models import Dismissal, Particulars, Review
from goldthread.domain.reviews.rules.ages import Age, age_of
from goldthread.domain.reviews.rules.texts import texts_of
from goldthread.domain.reviews.terms import Polarity, Proposed
from goldthread.likeness import Likeness
from goldthread.likeness.bags import bag_of

KINDS = (RecordKind.RECOMMENDATION, RecordKind.FINDING)
DECIDED = (*LINEAGE, Relation.REPEATS)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A later entry that may repeat an earlier one. ``relation`` is the one that is proposed."""

    earlier: Record
    later: Record
    score: float
    certain: bool
    why: str
    shared: tuple[tuple[str, str], ...]
    relation: str


def ages(containers: Iterable[Record], *, viewer: Viewer) -> dict[int, Age]:
    """How old reviews, plans and reports are, of those that the viewer may see: id → age. Five queries."""
    asked = Record.objects.filter(pk__in=[row.pk for row in containers])
    rows = list(visible_to(viewer, asked).select_related("created"))
    ids = [row.pk for row in rows]
    held = {row.record_id: row.started_on for row in standing(Particulars.objects.filter(record__in=ids))}
    for about in Review.objects.filter(record__in=ids):
        if held.get(about.record_id) is None:
            held[about.record_id] = about.started_on
    texts: dict[int, list[str]] = defaultdict(list)
    files: dict[int, Counter[int]] = defaultdict(Counter)
    inside = visible_to(viewer, Record.objects.filter(within__in=ids)).order_by("pk")
    for within, text, update, file in inside.values_list("within_id", "text", "last_update", "passage__source_file"):
        texts[within or 0] += [text, update]
        if file is not None:
            files[within or 0][file] += 1
    sources = SourceFile.objects.in_bulk([file for found in files.values() for file, _ in found.most_common(1)])
    found = {}
    for row in rows:
        source = next((sources[file] for file, _ in files[row.pk].most_common(1)), None)
        found[row.pk] = age_of(
            held=held.get(row.pk),
            as_at=source.as_at if source else None,
            title=f"{row.heading} {source.title if source else ''}",
            file_name=source.name if source else "",
            texts=[row.text, *texts[row.pk]],
            recorded=row.created.at.date(),
        )
    return found


def repeats(*, viewer: Viewer, most: int = 25, later: Record | None = None) -> list[Repeat]:
    """What may come back, best first: for each entry of a document up to ``most`` of every later one.

    ``later`` asks for one entry, or for those of one review, plan or report. What is linked or was dismissed already is left out.
    """
    rows = list(
        live_records(viewer=viewer)
        .filter(kind__in=KINDS, within__isnull=False)
        .select_related("within", "finding")
        .order_by("within_id", "position", "pk")
    )
    by_document: dict[int, list[Record]] = defaultdict(list)
    for row in rows:
        by_document[row.within_id or 0].append(row)
    old = ages([items[0].within for items in by_document.values() if items[0].within is not None], viewer=viewer)
    documents = sorted((pk for pk in by_document if pk in old), key=lambda pk: (old[pk].order, pk))
    known = _decided(rows, Proposed.REPEATS, DECIDED)
    background = [row.text for row in rows]
    found: list[Repeat] = []
    for place, pk in enumerate(documents):
        if later is None or pk in (later.pk, later.within_id):
            for before in documents[:place]:
                if old[before].order < old[pk].order:
                    found += _between(by_document[before], by_document[pk], background, most, known, later)
    return sorted(found, key=lambda one: (-one.score, one.earlier.pk, one.later.pk))


def _between(
    earlier: Sequence[Record],
    later: Sequence[Record],
    background: Sequence[str],
    most: int,
    known: set[tuple[int, int]],
    only: Record | None,
) -> list[Repeat]:
    """The proposals between two documents."""
    asked = [row for row in earlier if not _is_praise(row)]
    by_key = {str(row.pk): row for row in (*asked, *later)}
    wanted = {str(only.pk)} if only is not None and only.kind in KINDS else None
    matches = Likeness(texts_of(asked), texts_of(later), background).matches(most, only=wanted)
    return [
        Repeat(a, b, one.score, one.certain, one.why, one.shared, _relation(a, b))
        for one in matches
        for a, b in [(by_key[one.asked], by_key[one.offered])]
        if (b.pk, a.pk) not in known
    ]


def _is_praise(row: Record) -> bool:
    """Whether an entry asks for nothing: a finding that is a strength cannot come back."""
    return row.kind == RecordKind.FINDING and _polarity(row) == Polarity.STRENGTH


def _polarity(row: Record) -> str:
    """What a finding says."""
    about = getattr(row, "finding", None)
    return str(about.polarity if about else row.details.get("polarity") or Polarity.NEUTRAL)


def _relation(earlier: Record, later: Record) -> str:
    """What the likeness most probably means; a person chooses."""
    steps = [feature for feature in bag_of(f"{later.title} {later.text}").counts if feature == "alike:process_step"]
    if steps and "alike:process_step" in bag_of(f"{earlier.title} {earlier.text}").counts:
        return Relation.SAME_STEP
    return Relation.PROGRESS_NOTED if _is_praise(later) else Relation.RAISED_AGAIN


def _decided(rows: Sequence[Record], sort: str, relations: Sequence[str]) -> set[tuple[int, int]]:
    """(record, target) of what people have linked or dismissed. Two queries."""
    ids = [row.pk for row in rows]
    said = standing(Dismissal.objects.filter(record__in=ids, sort=sort))
    links = standing(Link.objects.filter(record__in=ids, relation__in=relations))
    held = latest(links, key=lambda row: (row.record_id, row.target_id, row.relation)).values()
    return {(row.record_id, row.target_id) for row in said} | {
        (row.record_id, row.target_id) for row in held if not row.ended
    }
