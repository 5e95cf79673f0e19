"""Reading the register. Every query takes the viewer; what they may not see is not there."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Owner
from goldthread.domain.organisation.queries import owners_held
from goldthread.domain.organisation.rules import end_of_day, standing
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import FACTS, Link, Passage, Record, SourceFile
from goldthread.domain.register.models.as_at import RecordAt, stand
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import ANSWERABLE, GONE, LIVE, UPWARD, RecordKind


def records(*, viewer: Viewer) -> QuerySet[Record]:
    """Every record that the viewer may see, gone ones included."""
    return visible_to(viewer)


def live_records(*, viewer: Viewer) -> QuerySet[Record]:
    """Records that the viewer may see and that have not left the lists."""
    return visible_to(viewer).exclude(state__in=GONE)


def record_by_reference(reference: str, *, viewer: Viewer) -> Record | None:
    """The record that people call by a reference (case does not count), or None where the viewer sees none of that name."""
    return visible_to(viewer).filter(reference__iexact=reference.strip()).select_related("within", "passage").first()


def at(
    records: QuerySet[Record], *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> list[RecordAt]:
    """Records as they stood on a day, as the council knew it on a day (for who sees what is internal); today and now by default.

    What is imported today from a plan of May stands as at May and is known from today on. A constant number of queries.
    """
    return stand(visible_to(viewer, records), as_at=as_at, known_on=viewer.knowing(known_on))


def record_at(
    reference: str, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> RecordAt | None:
    """One record by its reference, as ``at``; None where it did not stand on that day or the viewer may not see it."""
    found = at(
        Record.objects.filter(reference__iexact=reference.strip()), viewer=viewer, as_at=as_at, known_on=known_on
    )
    return found[0] if found else None


def upwards(
    record: Record, *, viewer: Viewer, depth: int = 12, as_at: date | None = None, known_on: date | None = None
) -> list[tuple[int, str, Record]]:
    """The reasons above a record: (distance, relation, record), nearest first; each record once.

    As linked and worded on a day, as known on a day; today and now by default. A few queries a level.
    """
    return _walk(record, viewer=viewer, depth=depth, up=True, days=(as_at, viewer.knowing(known_on)))


def downwards(
    record: Record, *, viewer: Viewer, depth: int = 12, as_at: date | None = None, known_on: date | None = None
) -> list[tuple[int, str, Record]]:
    """What hangs below a record: (distance, relation, record), nearest first; each record once; days as ``upwards``."""
    return _walk(record, viewer=viewer, depth=depth, up=False, days=(as_at, viewer.knowing(known_on)))


def _walk(
    record: Record, *, viewer: Viewer, depth: int, up: bool, days: tuple[date | None, date | None]
) -> list[tuple[int, str, Record]]:
    found: list[tuple[int, str, Record]] = []
    seen, edge = {record.pk}, {record.pk}
    here, there = ("record_id", "target_id") if up else ("target_id", "record_id")
    for distance in range(1, depth + 1):
        hops: dict[int, str] = {}
        for link in _standing_links(edge, here, days):
            hops.setdefault(getattr(link, there), link.relation)
        edge = set(hops) - seen
        if not edge:
            break
        seen |= edge
        # Only what the viewer sees is walked on from: the end of a thread gives nothing away.
        visible = _visible_on(viewer, edge, days)
        found += [(distance, hops[row.pk], row) for row in visible]
        edge = {row.pk for row in visible}
    return found


def _visible_on(viewer: Viewer, ids: set[int], days: tuple[date | None, date | None]) -> list[Record]:
    """Records that the viewer sees and that had not left the lists, with the words of the day."""
    rows = visible_to(viewer, Record.objects.filter(pk__in=ids))
    if days == (None, None):
        return list(rows.exclude(state__in=GONE).order_by("position", "pk"))
    stood = [row for row in stand(rows, as_at=days[0], known_on=days[1]) if not row.gone]
    for row in stood:
        row.record.title, row.record.text, row.record.state = row.version.title, row.version.text, row.state
        row.record.position, row.record.number = row.version.position, row.version.number
    return sorted((row.record for row in stood), key=lambda record: (record.position, record.pk))


def _standing_links(ids: set[int], side: str, days: tuple[date | None, date | None]) -> list[Link]:
    links = Link.objects.filter(**{f"{side}__in": ids}, relation__in=UPWARD)
    as_at, known_on = days
    if as_at is not None:
        links = links.filter(as_at__lte=as_at)
    if known_on is not None:
        links = links.filter(recorded__lt=end_of_day(known_on))
    held = latest(standing(links), key=lambda row: (row.record_id, row.target_id, row.relation))
    return [row for row in held.values() if not row.ended]


def criteria_of(record: Record, *, viewer: Viewer) -> list[Record]:
    """The success criteria that a record is to be judged against: its own, else those of what it is part of, in order."""
    rows = live_records(viewer=viewer).filter(kind=RecordKind.CRITERION).order_by("position", "pk")
    found = list(rows.filter(parent_id__in=[pk for pk in (record.pk, record.parent_id) if pk is not None]))
    return [row for row in found if row.parent_id == record.pk] or found


def mine(*, viewer: Viewer) -> QuerySet[Record]:
    """Live records that the viewer owes an answer on: those of the posts, offices and bodies they hold today."""
    return live_records(viewer=viewer).filter(
        kind__in=ANSWERABLE, state__in=LIVE, accountable_id__in=owners_held(viewer)
    )


def not_yet_checked(*, viewer: Viewer) -> QuerySet[Record]:
    """Records adopted unattended that nobody has checked."""
    return live_records(viewer=viewer).filter(checked=False)


def unmatched(*, viewer: Viewer) -> QuerySet[Record]:
    """Live records with a printed lead that nobody has matched to a post, office or body."""
    return live_records(viewer=viewer).exclude(printed_leads="")


def unmatched_names(*, viewer: Viewer) -> list[tuple[str, int]]:
    """Printed names without a match, with how many live records print each; most frequent first."""
    counts: dict[str, int] = {}
    for names in unmatched(viewer=viewer).values_list("printed_leads", flat=True):
        for name in names.splitlines():
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))


def counts_by_owner(*, viewer: Viewer) -> dict[int, int]:
    """How many live actions and recommendations each owner answers for: owner id → number. One query."""
    rows = live_records(viewer=viewer).filter(kind__in=ANSWERABLE, state__in=LIVE, accountable__isnull=False)
    return dict(rows.order_by().values_list("accountable_id").annotate(number=Count("pk")))


def answered_for(owner: Owner, *, viewer: Viewer) -> QuerySet[Record]:
    """The live records that an owner is accountable for, with the plan or review each stands in."""
    rows = live_records(viewer=viewer).filter(accountable=owner, state__in=LIVE)
    return rows.select_related("within", "accountable")


def source_files(*, viewer: Viewer) -> QuerySet[SourceFile]:
    """Source files, newest first, for viewers who may see internal records everywhere; else only those with a visible record."""
    if viewer.may_everywhere(Permission.SEE_RESTRICTED) or viewer.may(Permission.IMPORT_DOCUMENTS):
        return SourceFile.objects.all()
    seen = visible_to(viewer).filter(passage__isnull=False)
    return SourceFile.objects.filter(passages__records__in=seen).distinct()


def passages(source: SourceFile, *, viewer: Viewer) -> list[tuple[Passage, Record]]:
    """The printed places of a source file that visible records came from, in printed order.

    A place that a record came from which the viewer may not see is left out: its words are that record's too.
    """
    seen = visible_to(viewer).filter(passage__source_file=source).select_related("passage")
    seen = seen.exclude(passage_id__in=_shut_passages(viewer).filter(passage__source_file=source).values("passage_id"))
    pairs = [(row.passage, row) for row in seen if row.passage is not None]
    return sorted(pairs, key=lambda pair: (pair[0].position, pair[1].pk))


def passage_of(record: Record, *, viewer: Viewer) -> Passage | None:
    """The printed place that a record came from; None where it has none, or shares it with one the viewer may not see."""
    if record.passage_id is None or _shut_passages(viewer).filter(passage_id=record.passage_id).exists():
        return None
    return record.passage


def _shut_passages(viewer: Viewer) -> QuerySet[Record]:
    """Records with a printed place that the viewer may not see."""
    return Record.objects.filter(passage__isnull=False).exclude(pk__in=visible_to(viewer).values("pk"))


def events_of(record: Record, *, viewer: Viewer, known_on: date | None = None) -> list[Event]:
    """What was done to a record up to a day (now), newest first; empty for viewers who may not see who did what."""
    if not viewer.may(Permission.SEE_EVENTS):
        return []
    ids = {record.created_id}
    for model in FACTS:
        ids |= set(model._default_manager.filter(record=record).values_list("event_id", flat=True))
    done = Event.objects.filter(pk__in=ids).select_related("by", "undone_by")
    known_on = viewer.knowing(known_on)
    return list(done if known_on is None else done.filter(at__lt=end_of_day(known_on)))
