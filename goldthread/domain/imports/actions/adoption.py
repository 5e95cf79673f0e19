"""Proposals become facts: the rooms' adopters are called from one table here, in one action, in printed order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.imports.actions.revising import revise
from goldthread.domain.imports.models import Import, Proposal
from goldthread.domain.organisation import adopters as organisation
from goldthread.domain.organisation.queries import remembered_matches
from goldthread.domain.plans import adopters as plans
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.adopters import Offer, lead_names, new_record, words_of
from goldthread.domain.register.models import Record, Version
from goldthread.domain.register.models.writing import NewRecord, create_records, new_series
from goldthread.domain.register.terms import RecordKind, Relation
from goldthread.domain.reviews import adopters as reviews
from goldthread.domain.reviews.terms import ReviewKind
from goldthread.kernel.clock import today

Room = tuple[Callable[[Offer, Any], list[NewRecord]], Callable[..., None] | None]


def _plain(offer: Offer, parent: Record | NewRecord | None) -> list[NewRecord]:
    return [new_record(offer, parent)]


ADOPTERS: dict[str, Room] = {
    **dict.fromkeys(RecordKind.values, (_plain, None)),
    **dict.fromkeys(plans.TAKES, (plans.new_records, plans.keep)),
    **dict.fromkeys(reviews.TAKES, (reviews.new_records, reviews.keep)),
}
"""Who takes which kind. Kinds without a room of their own become plain records."""


def adopt(*, proposals: Sequence[Proposal], batch: Import, by: User, checked: bool, reason: str = "") -> Event:
    """Adopt open proposals of one import; what they hang on is adopted with them. Part of a transaction.

    ``checked``: a person has looked at each of them; False marks the records "not yet checked".
    """
    Import.objects.select_for_update().get(pk=batch.pk)  # one adoption of a document at a time
    batch.refresh_from_db()
    chosen = _with_parents(proposals, batch)
    if not chosen:
        raise Refused("They have been decided already.")
    container = (
        _container_of(batch, by=by, checked=checked) if any(p.kind in RecordKind.values for p in chosen) else None
    )
    event = record_event(
        "adopted proposals", by=by, subject=f"{len(chosen)} from {batch}", reason=reason, detail={"import": batch.pk}
    )
    _adopt_posts(chosen, batch, event)
    if container is not None:
        _adopt_records(chosen, batch, container, event, checked=checked)
    for proposal in chosen:
        proposal.adopted = event
    Proposal.objects.bulk_update(chosen, ["adopted", "record", "post", "responsibility"], batch_size=200)
    return event


def _with_parents(proposals: Sequence[Proposal], batch: Import) -> list[Proposal]:
    every = {row.key: row for row in batch.proposals.select_related("record", "passage")}
    chosen: dict[str, Proposal] = {}
    for proposal in proposals:
        row: Proposal | None = every.get(proposal.key)
        while row is not None and row.state == "open" and row.key not in chosen:
            chosen[row.key] = row
            row = every.get(row.parent_key)
    return sorted(chosen.values(), key=lambda row: (row.position, row.pk))


def _day_of(batch: Import) -> date:
    """The day that a document speaks of: as printed or told, else the day on which it came in."""
    return batch.as_at or today()


_CONTAINER = {
    "action-plan": RecordKind.PLAN,
    "review-report": RecordKind.REVIEW,
}


def _container_of(batch: Import, *, by: User, checked: bool) -> Record:
    """The plan, review or report that the document becomes: made with the first proposal adopted, brought back if undone."""
    if batch.container is not None:
        bring_container_back(batch=batch, by=by)
        return batch.container
    kinds = set(batch.proposals.values_list("kind", flat=True))
    kind = _CONTAINER.get(batch.document_kind)
    if kind is None:
        kind = RecordKind.PLAN if "action" in kinds else RecordKind.REVIEW if "finding" in kinds else RecordKind.REPORT
    title = batch.title or batch.file_name.rpartition(".")[0] or batch.file_name
    series = new_series(title)
    event = record_event(f"opened a {kind}", by=by, subject=series.prefix, detail={"import": batch.pk})
    new = NewRecord(kind=kind, title=title, text="", as_at=_day_of(batch), checked=checked)
    if batch.organisation:
        new.details["organisation"] = batch.organisation
    record = create_records([new], series=series, event=event, references=[series.prefix])[0]
    if kind == RecordKind.PLAN:
        plans.keep(kind=kind, records=[record], event=event)
    elif kind == RecordKind.REVIEW:
        reviews.keep(kind=kind, records=[record], event=event, review_kind=_review_kind(title))
    batch.container, batch.container_event = record, event
    batch.save(update_fields=["container", "container_event"])
    return record


def bring_container_back(*, batch: Import, by: User) -> None:
    """Bring the plan or review of a document back, where it went with the last of its proposals; part of an action."""
    undone = Event.objects.filter(undoes=batch.container_event).first()
    if undone is not None:
        batch.container_event = undo(event=undone, by=by, reason="Its proposals are adopted again")
        batch.save(update_fields=["container_event"])


def _review_kind(title: str) -> str:
    words = title.lower()
    cues = (
        ("progress review", ReviewKind.PROGRESS_REVIEW),
        ("peer", ReviewKind.PEER_CHALLENGE),
        ("financial", ReviewKind.FINANCIAL_MANAGEMENT),
        ("inspection", ReviewKind.INSPECTION),
        ("audit", ReviewKind.AUDIT),
        ("scrutiny", ReviewKind.SCRUTINY),
    )
    return next((kind for cue, kind in cues if cue in words), ReviewKind.OTHER)


def _adopt_records(
    chosen: Sequence[Proposal], batch: Import, container: Record, event: Event, *, checked: bool
) -> None:
    revise(rows=[row for row in chosen if row.matched_id], event=event, as_at=_day_of(batch))
    rows = [row for row in chosen if row.kind in RecordKind.values and not row.matched_id]
    if not rows:
        return
    names = [name for row in rows for name in lead_names(row.fields)]
    matches = remembered_matches(names, viewer=viewer_for(event.by))
    made: dict[str, NewRecord | Record] = {}
    for known in batch.proposals.select_related("record", "matched"):
        standing_for = known.matched or (known.record if known.adopted_id else None)
        if standing_for is not None:
            made[known.key] = standing_for
    by_number = {
        words_of(row.fields.get("number")): row.key for row in batch.proposals.all() if row.kind == "recommendation"
    }
    new: list[NewRecord] = []
    # What others hang on comes first, whatever its printed place.
    for row in sorted(rows, key=_reasons_first):
        made_of = _new_records(row, batch, container, made, by_number, matches, checked=checked)
        made[row.key] = made_of[0]
        new += made_of
    # References follow the print, whatever hangs on what.
    create_records(sorted(new, key=lambda item: item.position), series=container.series, event=event)
    for row in rows:
        written = made[row.key]
        row.record = written.record if isinstance(written, NewRecord) else written
    for kind in {item.kind for item in new}:
        keep = ADOPTERS[kind][1]
        fresh = [
            item.record for item in new if item.kind == kind and item.record and item.record.created_id == event.pk
        ]
        if keep is not None and fresh:
            keep(kind=RecordKind(kind), records=fresh, event=event)


def _reasons_first(row: Proposal) -> tuple[bool, int, int]:
    return (row.kind not in (RecordKind.OBJECTIVE, RecordKind.RECOMMENDATION), row.position, row.pk)


def _new_records(
    row: Proposal,
    batch: Import,
    container: Record,
    made: dict[str, NewRecord | Record],
    by_number: dict[str, str],
    matches: dict[str, Any],
    *,
    checked: bool,
) -> list[NewRecord]:
    offer = Offer(
        kind=row.kind,
        text=row.text,
        fields=row.fields,
        section=row.section,
        position=row.position,
        as_at=_day_of(batch),
        checked=checked,
        in_doubt=bool(row.questions),
        passage=row.passage,
        matches=matches,
    )
    above = made.get(row.parent_key)
    answers = above if _kind_of(above) == RecordKind.RECOMMENDATION else None
    parent = above if above is not None and answers is None else container
    made_of = ADOPTERS[row.kind][0](offer, parent)
    if answers is None and row.kind == RecordKind.ACTION and (number := words_of(row.fields.get("recommendation"))):
        answers = made.get(by_number.get(number, ""))
    if answers is not None:
        made_of[0].links.append((Relation.ANSWERS, answers))
    if row.record is not None and not _stands(row.record):
        made_of[0].record = row.record  # its adoption was undone: the reference stays
    return made_of


def _kind_of(item: NewRecord | Record | None) -> str:
    return item.kind if item is not None else ""


def _stands(record: Record) -> bool:
    rows = Version.objects.filter(record=record, withdraws__isnull=True)
    return rows.filter(withdrawn_by__isnull=True).exists()


def _adopt_posts(chosen: Sequence[Proposal], batch: Import, event: Event) -> None:
    posts = {row.key: _offered_post(row, batch) for row in chosen if row.kind == "post"}
    organisation.adopt_posts(list(posts.values()), event=event, title=str(batch))
    duties = {row.key: _offered_duty(row, batch) for row in chosen if row.kind == "responsibility"}
    homeless = organisation.adopt_responsibilities(list(duties.values()), event=event)
    if homeless:
        raise Refused(f"The post “{homeless[0].post_title}” is not known; adopt the post first.")
    for row in chosen:
        if row.key in posts:
            row.post = posts[row.key].post
        elif row.key in duties:
            row.responsibility = duties[row.key].responsibility


def _offered_post(row: Proposal, batch: Import) -> organisation.OfferedPost:
    fields = row.fields
    return organisation.OfferedPost(
        title=row.text,
        as_at=_day_of(batch),
        position=row.position,
        directorate=words_of(fields.get("directorate")),
        structure=words_of(fields.get("structure")),
        reports_to=words_of(fields.get("reports_to")),
        statutory_roles=[words_of(role) for role in fields.get("statutory_roles") or []],
        change=words_of(fields.get("change")),
        holder=words_of(fields.get("holder")) or next(iter(lead_names(fields)), ""),
        printed=fields,
    )


def _offered_duty(row: Proposal, batch: Import) -> organisation.OfferedResponsibility:
    return organisation.OfferedResponsibility(
        text=row.text, post_title=words_of(row.fields.get("post")), as_at=_day_of(batch), position=row.position
    )
