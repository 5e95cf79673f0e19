"""The projection: the columns of Record that lists filter, sort and authorise by, written from the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate

from goldthread.domain.register.models import FACTS, Record, Version
from goldthread.domain.register.models.as_at import RecordAt, stand
from goldthread.domain.register.rules import aged
from goldthread.domain.register.terms import State
from goldthread.kernel.clock import today

AHEAD = timedelta(days=366)
"""How far back days are looked at whose facts were recorded ahead: as long as the program may have stood still."""

PROJECTED = (
    "within",
    "parent",
    "position",
    "number",
    "title",
    "text",
    "section",
    "details",
    "accountable",
    "printed_leads",
    "directorate",
    "state",
    "rating",
    "due_text",
    "due_on",
    "first_due_on",
    "late",
    "slip_days",
    "verified",
    "effective",
    "revisit_on",
    "updated_on",
    "last_update",
    "visibility",
    "restricted_because",
    "checked",
    "passage",
)
"""The columns that follow from facts."""

STEP = 100
"""Records that ``age`` writes in one transaction."""


@transaction.atomic(savepoint=False)
def project(record_ids: Iterable[int], *, below: bool = True) -> int:
    """Write the projection of some records, and of everything that is part of them (unless not ``below``).

    Returns how many changed columns.
    Part of the action that wrote the facts. A record whose wording has been taken back altogether counts as withdrawn.
    """
    ids = set(record_ids)
    changed = _rewritten(_with_descendants(ids) if below else ids)
    if unchanged := ids - changed:
        Record.objects.filter(pk__in=unchanged).update(revision=F("revision") + 1)
    return len(changed)


@transaction.atomic(savepoint=False)
def _rewritten(ids: set[int]) -> set[int]:
    """Write the columns of records that differ from what their facts say; returns which did.

    The rows are held from before their facts are read, so that of two actions at once the later one sees the earlier.
    """
    changed = []
    for record, values in _differing(ids, hold=True):
        _write(record, values)
        record.revision += 1
        changed.append(record)
    if changed:
        Record.objects.bulk_update(changed, [*PROJECTED, "revision"], batch_size=200)
    return {record.pk for record in changed}


def project_one(record: Record, stood: RecordAt) -> None:
    """Write the projection of one record, whose row is held, from how it stands with the facts just written; one query.

    For facts that change nothing for what is part of it.
    """
    _write(record, _projected(stood))
    record.revision += 1
    record.save(update_fields=[*PROJECTED, "revision"])


_LOOKED_AT = 2_000


def drift(record_ids: Iterable[int] | None = None) -> list[str]:
    """References of records (all, or some) whose stored projection differs from what their facts say; else empty.

    A rating that was true when it was written, and has only grown old since, is no difference. Some thousands are looked at
    at a time, so that a large register does not stand in memory twice.
    """
    ids = sorted(Record.objects.values_list("pk", flat=True) if record_ids is None else record_ids)
    parts = (set(ids[first : first + _LOOKED_AT]) for first in range(0, len(ids), _LOOKED_AT))
    return [record.reference for part in parts for record, values in _differing(part) if not _only_aged(record, values)]


def drifted(rows: Iterable[RecordAt]) -> list[RecordAt]:
    """Of records as they stand today, with their rows as stored, those whose stored projection differs; see ``drift``."""
    return [
        row for row in rows if _differs(row.record, values := _projected(row)) and not _only_aged(row.record, values)
    ]


def _only_aged(record: Record, values: dict[str, object]) -> bool:
    differing = {name for name in PROJECTED if _stored(record, name) != values[name]}
    due = record.due_on
    overdue = due is not None and due < today()
    now = aged(record.rating, state=record.state, overdue=overdue, was_late=record.late)
    return differing <= {"rating", "late"} and now == values["rating"]


def age(records: QuerySet[Record] | None = None) -> int:
    """Write the projection of some records (all of them) anew, as days pass; returns how many differed.

    Changes no fact and leaves no event. Every STEP records are a transaction of their own, so that no writer waits long.
    """
    rows = Record.objects.all() if records is None else records
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    changed = 0
    for first in range(0, len(ids), STEP):
        changed += len(_rewritten(set(ids[first : first + STEP])))
    return changed


def age_in_words() -> str:
    """Write every projection anew as days pass, and say how many records differed: the recurring work."""
    number = age()
    return f"{number:,} records rated anew" if number else ""


def rebuild() -> int:
    """Write the projection of every record anew in one go; returns how many differed."""
    return len(_rewritten(set(Record.objects.values_list("pk", flat=True))))


def catch_up() -> str:
    """Write the projection of records with a fact that was recorded ahead of its day and whose day has come.

    Facts recorded for a later day, such as who answers from the day of a new structure, leave the columns alone until
    then; this brings them up to date. Safe to run as often as one likes. Says what it did, "" for nothing.
    """
    day = today()
    ahead: set[int] = set()
    for model in FACTS:
        rows = model._default_manager.filter(as_at__lte=day, as_at__gte=day - AHEAD, as_at__gt=TruncDate("recorded"))
        ahead |= set(rows.values_list("record_id", flat=True))
    changed = project(ahead) if ahead else 0
    return f"brought {changed} records up to the day" if changed else ""


def _with_descendants(ids: set[int]) -> set[int]:
    found, edge = set(ids), set(ids)
    while edge:
        edge = set(Record.objects.filter(parent_id__in=edge).values_list("pk", flat=True)) - found
        found |= edge
    return found


def _differing(ids: set[int], *, hold: bool = False) -> Iterator[tuple[Record, dict[str, object]]]:
    """Records whose stored columns differ from what their facts say: each as stored, and what its columns should hold."""
    rows = Record.objects.filter(pk__in=ids)
    held = rows.order_by("pk").select_for_update(no_key=True) if hold else rows
    records = {row.pk: row for row in held}
    standing = {row.record.pk: row for row in stand(rows, as_at=None, known_on=None)}
    for pk, record in records.items():
        values = {name: _stored(record, name) for name in PROJECTED}
        if pk in standing:
            values = _projected(standing[pk])
        elif (
            not Version.objects.filter(record_id=pk, withdraws__isnull=True).exclude(withdrawn_by__isnull=True).exists()
        ):
            continue  # stands from a later day on: its columns are written when that day comes
        else:
            values["state"] = State.WITHDRAWN
        if _differs(record, values):
            yield record, values


def _differs(record: Record, values: dict[str, object]) -> bool:
    return any(_stored(record, name) != value for name, value in values.items())


def _stored(record: Record, name: str) -> object:
    return getattr(record, _attname(name))


@cache
def _attname(name: str) -> str:
    return str(Record._meta.get_field(name).attname)  # type: ignore[union-attr]


def _write(record: Record, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(record, _attname(name), value)


def _projected(stood: RecordAt) -> dict[str, object]:
    """What the columns of a record should hold, from how it stands today; foreign keys as ids. Every name of PROJECTED."""
    version, owner, due, update = stood.version, stood.accountable, stood.due, stood.last_update
    return {
        "within": stood.within_id,
        "parent": stood.parent_id,
        "position": version.position,
        "number": version.number,
        "title": version.title,
        "text": version.text,
        "section": version.section,
        "details": version.details,
        "accountable": owner.pk if owner else None,
        "printed_leads": "\n".join(stood.unmatched),
        "directorate": owner.directorate_id if owner else None,
        "state": stood.state,
        "rating": stood.rating,
        "due_text": due.text if due else "",
        "due_on": stood.due_on,
        "first_due_on": stood.first_due_on,
        "late": stood.late,
        "slip_days": stood.slip_days,
        "verified": stood.verified,
        "effective": stood.effective,
        "revisit_on": stood.revisit_on,
        "updated_on": update.as_at if update else None,
        "last_update": update.text if update else "",
        "visibility": stood.visibility,
        "restricted_because": stood.restricted_because,
        "checked": stood.checked,
        "passage": version.passage_id,
    }
