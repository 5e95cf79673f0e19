"""Bringing files in, and deciding on what was found in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django_tasks import task

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.commons.files.storage import path_of, store
from goldthread.domain.imports.actions.adoption import adopt, bring_container_back
from goldthread.domain.imports.actions.rereading import OWN, answer_column, forget_heading
from goldthread.domain.imports.actions.shaping import (
    answer_question,
    edit_proposal,
    merge_proposals,
    reject,
    settle_question,
    split_proposal,
    take_back,
    take_up_again,
)
from goldthread.domain.imports.models import Heading, Import, Proposal
from goldthread.domain.imports.terms import Stage
from goldthread.domain.register.actions import undo as register
from goldthread.domain.register.adopters import words_of
from goldthread.domain.register.models import Passage, Record, SourceFile
from goldthread.domain.register.terms import GONE
from goldthread.kernel.clock import now
from goldthread.reading.document import UnreadableFile
from goldthread.reading.limits import read_in_child
from goldthread.reading.printed import as_json

Progress = Callable[[int, int], None]

__all__ = [
    "adopt_many",
    "adopt_proposals",
    "answer_column",
    "answer_question",
    "edit_proposal",
    "forget_heading",
    "merge_proposals",
    "read",
    "read_later",
    "receive",
    "reject",
    "set_day",
    "settle_question",
    "split_proposal",
    "take_up_again",
    "undo",
]


@transaction.atomic
def receive(*, file_name: str, content: bytes | Path, by: User, as_at: date | None = None) -> tuple[Import, bool]:
    """Take a file in. Returns the import and whether it is new: the same bytes lead to the import they had before.

    A file that was refused is read by the name it comes with now: renaming it may have been the remedy. ``as_at`` is the day
    that it speaks of where it prints none.
    """
    require(by, Permission.IMPORT_DOCUMENTS)
    stored = store(content)
    known = Import.objects.filter(sha256=stored.sha256).first()
    if known is not None:
        if known.stage == Stage.REFUSED:
            known.file_name = Path(file_name).name[:300]
            known.save(update_fields=["file_name"])
        return known, False
    batch = Import.objects.create(
        file_name=Path(file_name).name[:300], sha256=stored.sha256, by=by, received=now(), as_at=as_at
    )
    record_event(
        "brought in a file", by=by, subject=batch.file_name, detail={"import": batch.pk, "sha256": batch.sha256}
    )
    return batch, True


def read(*, batch: Import, by: User, on_progress: Progress | None = None) -> Import:
    """Read a received file in a process of its own, and lay what was found beside the register as proposals.

    Nothing of the register changes. A file that cannot be read says so in ``problem``; killed half-way, nothing is left but
    the file, and reading it again does all of it. Raises Refused where it has been read already.
    """
    require(by, Permission.IMPORT_DOCUMENTS)
    if batch.stage == Stage.READ:
        raise Refused(f"{batch.file_name} has been read already.")
    Import.objects.filter(pk=batch.pk).update(stage=Stage.READING, problem="", done=0, steps=0)
    try:
        reading = as_json(
            read_in_child(
                path_of(batch.sha256),
                name=batch.file_name,
                columns=Heading.remembered(),
                on_progress=_progress(batch, on_progress),
            )
        )
    except UnreadableFile as problem:
        Import.objects.filter(pk=batch.pk).update(stage=Stage.REFUSED, problem=str(problem))
        batch.refresh_from_db()
        return batch
    except RuntimeError:  # the reader's own fault, not the file's: it can be read again once that is mended
        Import.objects.filter(pk=batch.pk).update(stage=Stage.WAITING)
        raise
    return _publish(batch, reading, by)


def _progress(batch: Import, told: Progress | None) -> Progress:
    def tell(done: int, steps: int) -> None:
        Import.objects.filter(pk=batch.pk).update(done=done, steps=steps)
        if told is not None:
            told(done, steps)

    return tell


@transaction.atomic
def _publish(batch: Import, reading: dict[str, Any], by: User) -> Import:
    batch = Import.objects.select_for_update().get(pk=batch.pk)
    if batch.stage == Stage.READ:  # read twice at the same time: the first one holds
        return batch
    document = reading["document"]
    as_at = date.fromisoformat(document["as_at"]) if document.get("as_at") else batch.as_at
    event = record_event("read a file", by=by, subject=batch.file_name, detail={"import": batch.pk, **reading["words"]})
    source = SourceFile.objects.create(
        name=batch.file_name,
        sha256=batch.sha256,
        media_type=document["media_type"] or "",
        size=path_of(batch.sha256).stat().st_size,
        pages=document.get("pages"),
        title=(document.get("title") or "")[:500],
        document_kind=document["kind"],
        as_at=as_at,
        recorded=event.at,
        by=by,
        event=event,
    )
    _lay_beside(batch, source, reading)
    batch.stage, batch.read_at, batch.source_file = Stage.READ, event.at, source
    batch.title, batch.document_kind, batch.as_at = source.title, source.document_kind, as_at
    batch.organisation = (document.get("organisation") or "")[:300]
    batch.words, batch.furniture, batch.unplaced = reading["words"], reading["furniture"], reading["unplaced"]
    batch.questions = [row for row in reading["questions"] if not row.get("record")]
    batch.save()
    return batch


def _lay_beside(batch: Import, source: SourceFile, reading: dict[str, Any]) -> None:
    records = reading["records"]
    passages = Passage.objects.bulk_create(
        [
            Passage(source_file=source, text=row["text"], places=row.get("source") or [], position=position)
            for position, row in enumerate(records, start=1)
        ],
        batch_size=500,
    )
    asked: dict[str, list[Any]] = {}
    for question in reading["questions"]:
        asked.setdefault(question.get("record") or "", []).append(question)
    Proposal.objects.bulk_create(
        [
            Proposal(
                batch=batch,
                key=row["id"],
                parent_key=row.get("parent") or "",
                position=position,
                kind=row["kind"],
                text=row["text"],
                section=row.get("section") or [],
                fields={name: value for name, value in row.items() if name not in OWN},
                confidence=row.get("confidence", 1.0),
                questions=row.get("questions") or asked.get(row["id"], []),
                passage=passage,
            )
            for position, (row, passage) in enumerate(zip(records, passages, strict=True), start=1)
        ],
        batch_size=500,
    )


@transaction.atomic
def adopt_proposals(*, proposals: Sequence[Proposal], by: User, reason: str = "") -> Event:
    """A person adopts proposals of one import that they have looked at; what they hang on comes with them."""
    require(by, Permission.IMPORT_DOCUMENTS)
    if not proposals:
        raise Refused("Choose at least one proposal.")
    batch = proposals[0].batch
    if any(row.batch_id != batch.pk for row in proposals):
        raise Refused("Adopt the proposals of one document at a time.")
    return adopt(proposals=proposals, batch=batch, by=by, checked=True, reason=reason)


@transaction.atomic
def adopt_many(*, batch: Import, by: User, only_certain: bool, reason: str = "") -> Event | None:
    """Adopt all open proposals of an import unattended, or only those that are certain: marked "not yet checked".

    Returns None where none was open.
    """
    require(by, Permission.IMPORT_DOCUMENTS)
    rows = batch.proposals.filter(adopted__isnull=True, rejected__isnull=True).select_related("batch")
    chosen = [row for row in rows if row.certain or not only_certain]
    if only_certain:
        chosen = _only_with_certain_parents(chosen, batch)
    return adopt(proposals=chosen, batch=batch, by=by, checked=False, reason=reason) if chosen else None


def _only_with_certain_parents(chosen: Sequence[Proposal], batch: Import) -> list[Proposal]:
    every = {row.key: row for row in batch.proposals.all()}

    def sure(row: Proposal) -> bool:
        above = every.get(row.parent_key)
        return above is None or above.adopted_id is not None or (above.certain and sure(above))

    return [row for row in chosen if sure(row)]


@transaction.atomic
def set_day(*, batch: Import, as_at: date, by: User) -> Import:
    """Say which day a document speaks of, before anything of it is adopted."""
    require(by, Permission.IMPORT_DOCUMENTS)
    if batch.proposals.filter(adopted__isnull=False).exists():
        raise Refused("Proposals of this document are adopted already; undo that first, then set the day.")
    record_event(
        "set the day of a document",
        by=by,
        subject=str(batch),
        detail={"before": str(batch.as_at), "after": str(as_at)},
    )
    batch.as_at = as_at
    batch.questions = [row for row in batch.questions if "day" not in words_of(row.get("ask")).lower()]
    batch.save(update_fields=["as_at", "questions"])
    return batch


@transaction.atomic
def undo(*, event: Event, by: User, reason: str = "") -> Event:
    """Undo any action. Proposals whose adoption is undone are open again; undoing that undo adopts them again."""
    if {"proposals", "asked"} & set(event.detail):  # it decided on proposals beside the register only
        return take_back(event=event, by=by, reason=reason)
    undone = register.undo(event=event, by=by, reason=reason)
    first, again = event, False  # an undo of an undo of … an adoption
    while first.undoes is not None:
        first, again = first.undoes, not again
    if again:
        taken_back = Proposal.objects.filter(was_adopted=first, adopted=None, rejected=None)
        taken_back.update(adopted=first, was_adopted=None)
    else:
        Proposal.objects.filter(adopted=first).update(adopted=None, was_adopted=first)
    for batch in Import.objects.filter(pk=first.detail.get("import"), container__isnull=False):
        if again:
            bring_container_back(batch=batch, by=by)
        else:
            _close_if_empty(batch, by)
    return undone


def _close_if_empty(batch: Import, by: User) -> None:
    """A plan of which nothing is left after an undo is taken back as well."""
    assert batch.container is not None and batch.container_event is not None
    alive = Record.objects.filter(within=batch.container).exclude(state__in=GONE).exists()
    gone = Event.objects.filter(undoes=batch.container_event).exists()
    if not alive and not gone:
        register.undo(event=batch.container_event, by=by, reason="Nothing of it is adopted any longer")


@task()
def read_later(import_id: int, user_id: int) -> None:
    """Read a received file in the background; a page shows how far it has come."""
    batch = Import.objects.get(pk=import_id)
    if batch.stage != Stage.READ:
        read(batch=batch, by=User.objects.get(pk=user_id))
