"""The seal: a chain of hashes over every event and every dated row that it recorded.

A sealer adds what has been committed since, in the background; no writer waits for it. Each seal holds the hash of the
event, of the rows that name it (of every table of ``Recorded`` rows, whichever room they stand in) and of the seal before.
Whoever changes, adds or takes away a row behind the program's back breaks the chain, and ``broken`` says where first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event, Recorded, Seal, SealedShape
from goldthread.kernel.clock import LONDON, now
from goldthread.kernel.days import printed

START = "0" * 64
"""What stands for the seal before the first one."""

_BATCH = 200

Shape = dict[str, list[str]]
"""The columns that a seal covers, by table: those there were when it was made, so that a column added later breaks nothing."""


class OtherSealer(Refused):
    """Somebody else is sealing at the same time; what was left undone will be done by them."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: the number of the seal, the event, and what is wrong in a sentence."""

    number: int
    event: int | None
    said: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying the chain found."""

    seals: int
    head: str
    unsealed: int
    first_break: Break | None


def head() -> str:
    """The hash of the newest seal, "" before the first one."""
    return Seal.objects.order_by("-number").values_list("hash", flat=True).first() or ""


def seal_new(*, at_most: int | None = None) -> int:
    """Seal every committed event that has no seal yet, oldest first; returns how many. Safe to run beside itself.

    Reads and hashes outside any transaction; each batch is written in one short one.
    """
    shape_row, done = None, 0
    while at_most is None or done < at_most:
        size = _BATCH if at_most is None else min(_BATCH, at_most - done)
        events = list(Event.objects.filter(seal__isnull=True).order_by("pk")[:size])
        if not events:
            break
        shape_row = shape_row or _shape_row()
        try:
            _add(events, shape_row)
        except IntegrityError as error:
            raise OtherSealer(
                "The chain is being sealed by another process at this moment; try again later."
            ) from error
        done += len(events)
    return done


def seal_in_words() -> str:
    """Seal what is new, and say how many events that were: the recurring work."""
    number = seal_new()
    return f"{number:,} sealed" if number else ""


def verify_chain(*, expect: str = "") -> Verdict:
    """Compute every seal anew from what the register holds; ``expect`` is a hash noted elsewhere that must be in the chain."""
    previous, number, found = START, 0, False
    first: Break | None = None
    seals = Seal.objects.order_by("number").select_related("shape").iterator(chunk_size=_BATCH)
    for batch in _batches(seals):
        first, previous, number, seen = _verified(batch, previous, number, expect)
        found |= seen
        if first is not None:
            break
    if first is None and expect and not found:
        first = Break(
            number, None, f"No seal has the hash {expect[:12]}…: the end of the chain has been cut off or replaced."
        )
    return Verdict(
        seals=Seal.objects.count(),
        head=head(),
        unsealed=Event.objects.filter(seal__isnull=True).count(),
        first_break=first,
    )


def _add(events: Sequence[Event], shape_row: SealedShape) -> None:
    last = Seal.objects.order_by("-number").first()
    previous, number = (last.hash, last.number) if last else (START, 0)
    contents = _contents(events, shape_row.shape)
    rows = []
    for event in events:
        number += 1
        content, facts = contents[event.pk]
        this = _link(previous, number, event.pk, shape_row.sha256, content)
        rows.append(
            Seal(
                number=number, event=event, shape=shape_row, facts=facts, content=content, previous=previous,
                hash=this, sealed=now(),
            )
        )  # fmt: skip
        previous = this
    with transaction.atomic():
        Seal.objects.bulk_create(rows)


def _verified(batch: Sequence[Seal], previous: str, number: int, expect: str) -> tuple[Break | None, str, int, bool]:
    """The first break among seals in order, the hash and number that the next one follows, whether ``expect`` came by."""
    contents: dict[int, tuple[str, int]] = {}
    known = Event.objects.in_bulk([row.event_id for row in batch])
    for shape in {row.shape_id: row.shape for row in batch}.values():
        events = [known[row.event_id] for row in batch if row.shape_id == shape.pk and row.event_id in known]
        if _hash(shape.shape) == shape.sha256:
            contents |= _contents(events, shape.shape)
    seen = False
    for row in batch:
        said = _wrong(row, previous, number, known.get(row.event_id), contents.get(row.event_id))
        if said:
            return Break(row.number, row.event_id, said), previous, number, seen
        previous, number = row.hash, row.number
        seen |= row.hash == expect
    return None, previous, number, seen


def _wrong(row: Seal, previous: str, number: int, done: Event | None, content: tuple[str, int] | None) -> str:
    event = f"event {row.event_id}"
    if done is not None:
        event += f" ({' '.join(f'{done.verb} {done.subject}'.split())}, {printed(done.at.astimezone(LONDON).date())})"
    if row.number != number + 1:
        return f"Seal {number + 1} is missing before {event}."
    if row.previous != previous:
        return f"Seal {row.number} of {event} does not follow the seal before it."
    if done is None:
        return f"Seal {row.number} stands, but its {event} has been taken away."
    if content is None:
        return f"What seal {row.number} of {event} covers is no longer told: its list of columns has changed."
    if content[0] != row.content:
        what = "was changed"
        if content[1] != row.facts:
            what = f"has {content[1]} dated rows where {row.facts} were sealed"
        return f"The record of {event} {what} after it was sealed, or a row that it recorded was."
    if _link(previous, row.number, row.event_id, row.shape.sha256, row.content) != row.hash:
        return f"The hash of seal {row.number} of {event} is not the one that its content gives."
    return ""


def _link(previous: str, number: int, event: int, shape: str, content: str) -> str:
    return _hash([previous, number, event, shape, content])


def _contents(events: Sequence[Event], shape: Shape) -> dict[int, tuple[str, int]]:
    """The hash of each event with its rows, and how many rows there are. One query for each table that the shape names."""
    ids = [event.pk for event in events]
    hashes = {pk: [_hash(row)] for pk, row in _rows(Event, "id", ids, shape)}
    for model in _dated():
        table = model._meta.db_table
        if table in shape:
            for pk, row in _rows(model, "event_id", ids, shape):
                hashes.setdefault(pk, []).append(_hash([table, row]))
    return {pk: (_hash(found), len(found) - 1) for pk, found in hashes.items()}


def _rows(model: type[models.Model], key: str, ids: Sequence[int], shape: Shape) -> Iterator[tuple[int, list[Any]]]:
    """Rows of a table with the event that each belongs to, as plain values of the columns of the shape, by number."""
    columns = shape[model._meta.db_table]
    attributes = [name for column in columns if (name := _attribute(model, column))]
    if len(attributes) < len(columns):
        return  # a column that was sealed is gone: nothing can be compared, and the content will differ
    rows = model._default_manager.filter(**{f"{key}__in": ids}).order_by("pk").values_list(key, *attributes)
    for pk, *values in rows.iterator(chunk_size=2_000):
        yield pk, [_plain(value) for value in values]


def _attribute(model: type[models.Model], column: str) -> str | None:
    return next((field.attname for field in model._meta.concrete_fields if field.column == column), None)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool | list | dict) else str(value)


def _shape_row() -> SealedShape:
    """The row of the columns that there are now; one is added whenever a migration has changed them."""
    shape: Shape = {
        model._meta.db_table: sorted(field.column for field in model._meta.concrete_fields)
        for model in (Event, *_dated())
    }
    return SealedShape.objects.get_or_create(sha256=_hash(shape), defaults={"shape": shape})[0]


def _dated() -> list[type[Recorded]]:
    found: list[type[Recorded]] = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return sorted(found, key=_table)


def _table(model: type[Recorded]) -> str:
    return model._meta.db_table


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _batches(rows: Iterable[Seal]) -> Iterator[list[Seal]]:
    batch: list[Seal] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
