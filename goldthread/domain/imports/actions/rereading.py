"""What a column holds, as a person says: the document is read again with it, and the heading may be remembered."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.commons.files.storage import path_of
from goldthread.domain.imports.models import Heading, Import, Proposal
from goldthread.domain.imports.rules import column_of, is_unnamed, place_key
from goldthread.domain.imports.terms import COLUMNS, READ_AGAIN
from goldthread.domain.register.adopters import words_of
from goldthread.domain.register.models import Passage
from goldthread.reading.limits import read_in_child
from goldthread.reading.printed import as_json
from goldthread.reading.vocabulary import plain

OWN = {"id", "kind", "parent", "section", "text", "source", "confidence", "questions"}
"""What of a record of a reading is no field of its kind."""


def answer_column(*, batch: Import, heading: str, role: str, remember: bool, by: User) -> Event:
    """Say what the column of a heading holds: the document is read again by that, in a child process.

    ``heading`` is one of ``batch.headings()``. Open proposals that nobody has corrected become what is read now; those that a
    person decided on or corrected stay. ``remember`` keeps the heading for every later document. One event, which
    ``undo`` takes back. Raises Refused where there is no such column, or the document is being compared with a plan;
    UnreadableFile where it can no longer be read.
    """
    require(by, Permission.IMPORT_DOCUMENTS)
    if heading not in batch.headings():
        raise Refused(f"No column of this document is headed “{heading}”; choose one of the list.")
    if role not in COLUMNS:
        raise Refused("Choose what the column holds.")
    if batch.continues_id is not None:
        raise Refused("Take it as a plan of its own first, answer this, and compare it with the plan again.")
    columns = {**batch.columns, heading: role}
    # Reading takes seconds: it is done before anything is written.
    reading = as_json(
        read_in_child(path_of(batch.sha256), name=batch.file_name, columns={**Heading.remembered(), **columns})
    )
    return _replace(batch=batch, reading=reading, columns=columns, heading=heading, remember=remember, by=by)


@transaction.atomic
def _replace(
    *, batch: Import, reading: dict[str, Any], columns: dict[str, str], heading: str, remember: bool, by: User
) -> Event:
    held = Import.objects.select_for_update().get(pk=batch.pk)
    before = held.shape()
    rows = list(held.proposals.select_for_update(of=("self",)).select_related("passage"))
    shapes = {row.pk: row.shape() for row in rows}
    fresh = _Fresh(held, rows, reading)
    changed = fresh.changed(shapes)
    said = f"The column “{heading}” holds: {COLUMNS[columns[heading]].lower()}."
    event = record_event(
        READ_AGAIN,
        by=by,
        subject=str(held),
        reason=said,
        detail={
            "import": held.pk,
            "document": before,
            "proposals": {str(pk): shape for pk, shape in shapes.items() if pk in {*changed, *fresh.gone}},
            "made": [row.pk for row in fresh.made],
        },
    )
    Proposal.objects.bulk_update(
        [row for row in rows if row.pk in changed],
        ["kind", "text", "section", "fields", "questions", "parent_key", "passage", "position", "confidence"],
        batch_size=200,
    )
    Proposal.objects.filter(pk__in=fresh.gone).update(rejected=event)
    held.columns, held.document_kind = columns, reading["document"]["kind"]
    held.words, held.furniture, held.unplaced = reading["words"], reading["furniture"], reading["unplaced"]
    held.questions = _still_asked(held, reading, before["questions"], heading)
    held.save(update_fields=list(before))
    if remember and not is_unnamed(heading):
        _remember(heading, columns[heading], event)
    return event


def _still_asked(batch: Import, reading: dict[str, Any], asked: Sequence[dict[str, Any]], heading: str) -> list[Any]:
    """The questions about the whole document: those still open, and columns that were not asked about before."""
    undone = Event.objects.filter(undoes__isnull=False).values("undoes")
    closed = Event.objects.filter(verb="answered a question", detail__import=batch.pk).exclude(pk__in=undone)
    answered = set(closed.values_list("reason", flat=True))
    open_now = {words_of(one.get("ask")) for one in asked}
    return [
        one
        for one in reading["questions"]
        if not one.get("record")
        and column_of(one) != heading
        and words_of(one.get("ask")) not in answered
        and (words_of(one.get("ask")) in open_now or column_of(one))
    ]


def _remember(heading: str, role: str, event: Event) -> None:
    Heading.objects.filter(plain=plain(heading), forgotten=None).update(forgotten=event)
    Heading.objects.create(words=heading[:200], plain=plain(heading)[:200], role=role, told=event)


@transaction.atomic
def forget_heading(*, heading: Heading, by: User) -> Event:
    """Forget what stands under a heading; documents that were read by it stay as they are."""
    require(by, Permission.IMPORT_DOCUMENTS)
    if heading.forgotten_id is not None:
        raise Refused("This heading has been forgotten already.")
    detail: dict[str, Any] = {"import": None, "proposals": {}}
    event = record_event("forgot a heading", by=by, subject=heading.words, detail=detail)
    Heading.objects.filter(pk=heading.pk).update(forgotten=event)
    return event


class _Fresh:
    """The proposals of an import brought in line with a new reading of its file.

    What is printed at the same place and of the same kind is the same proposal. Attributes: ``made``, new ones, written;
    ``gone``, the ids of open ones that are read no longer. Changed ones are changed in memory only.
    """

    def __init__(self, batch: Import, rows: list[Proposal], reading: dict[str, Any]) -> None:
        self.batch = batch
        self.rows = rows
        self.made: list[Proposal] = []
        self.asked: dict[str, list[Any]] = defaultdict(list)
        for question in reading["questions"]:
            self.asked[question.get("record") or ""].append(question)
        self.number = max((_number(row.key) for row in rows), default=0)
        pairs = self._paired(reading["records"])
        self.keys = {record["id"]: row.key if row is not None else self._next_key() for record, row in pairs}
        new = [(position, record) for position, (record, row) in enumerate(pairs, start=1) if row is None]
        for position, (record, row) in enumerate(pairs, start=1):
            if row is not None and _untouched(row):
                self._fill(row, record, position)
        self._make(new)
        kept = {row.pk for _, row in pairs if row is not None}
        self.gone = [row.pk for row in rows if row.pk not in kept and _untouched(row)]

    def changed(self, shapes: dict[int, dict[str, Any]]) -> set[int]:
        """The ids of the proposals that stand otherwise than their shapes say."""
        return {row.pk for row in self.rows if row.shape() != shapes[row.pk]}

    def _paired(self, records: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Proposal | None]]:
        at: dict[tuple[str, str], deque[Proposal]] = defaultdict(deque)
        for row in self.rows:
            if row.passage is not None and row.rejected_id is None:
                at[row.kind, place_key(row.passage.places)].append(row)
        pairs: list[tuple[dict[str, Any], Proposal | None]] = []
        for record in records:
            waiting = at.get((record["kind"], place_key(record.get("source") or [])))
            pairs.append((record, waiting.popleft() if waiting else None))
        return pairs

    def _next_key(self) -> str:
        self.number += 1
        return f"r{self.number}"

    def _fill(self, row: Proposal, record: dict[str, Any], position: int) -> None:
        row.text, row.section, row.position = record["text"], record.get("section") or [], position
        row.fields = {name: value for name, value in record.items() if name not in OWN}
        row.parent_key = self.keys.get(record.get("parent") or "", "")
        row.confidence = record.get("confidence", 1.0)
        row.questions = record.get("questions") or self.asked.get(record["id"], [])
        places = record.get("source") or []
        if row.passage is None or row.passage.places != places:
            row.passage = self._passage(record, position)

    def _passage(self, record: dict[str, Any], position: int) -> Passage:
        assert self.batch.source_file is not None  # it has been read
        return Passage.objects.create(
            source_file=self.batch.source_file,
            text=record["text"],
            places=record.get("source") or [],
            position=position,
        )

    def _make(self, new: list[tuple[int, dict[str, Any]]]) -> None:
        for position, record in new:
            row = Proposal(batch=self.batch, key=self.keys[record["id"]], kind=record["kind"])
            row.passage = self._passage(record, position)
            self._fill(row, record, position)
            self.made.append(row)
        Proposal.objects.bulk_create(self.made, batch_size=200)


def _untouched(row: Proposal) -> bool:
    """Whether nobody has decided on a proposal or corrected it."""
    return row.state == "open" and row.edited_by_id is None


def _number(key: str) -> int:
    digits = key.partition("-")[0].removeprefix("r")
    return int(digits) if digits.isdigit() else 0
