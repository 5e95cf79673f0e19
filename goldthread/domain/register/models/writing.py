"""The one place that adds facts: rooms' actions say what, this says how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Owner
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register.models import (
    Accountability,
    Confirmation,
    DueDate,
    Link,
    Passage,
    ProposedDate,
    Rating,
    Record,
    Series,
    StateChange,
    Update,
    Version,
    VisibilityChange,
)
from goldthread.domain.register.models.as_at import RecordAt, stood_with
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.register.models.projection import project, project_one
from goldthread.domain.register.rules import days_ahead, prefix_for
from goldthread.domain.register.terms import OwnerRole, Relation, State, Visibility
from goldthread.kernel.timescales import Timescale


@dataclass(slots=True)
class Lead:
    """Somebody who answers for a record: a matched owner, a printed name, or both."""

    owner: Owner | None = None
    printed: str = ""
    role: str = OwnerRole.ACCOUNTABLE


@dataclass(slots=True, eq=False)
class NewRecord:
    """A record to be: its wording, what it hangs on, and what is known of it on the day ``as_at``."""

    kind: str
    text: str
    as_at: date
    title: str = ""
    number: str = ""
    section: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    parent: Record | NewRecord | None = None
    links: list[tuple[str, Record | NewRecord]] = field(default_factory=list)  # (Relation, target)
    position: int = 0
    leads: list[Lead] = field(default_factory=list)
    update: str = ""
    timescale: Timescale | None = None
    state: str = State.OPEN
    state_printed: str = ""
    rating: str = ""
    rating_printed: str = ""
    visibility: str = Visibility.INTERNAL
    restricted_because: str = ""
    passage: Passage | None = None
    checked: bool = True
    record: Record | None = None  # set once written


def new_series(title: str) -> Series:
    """A series of references for a new plan, review or report, with a prefix from its title; part of an action."""
    taken = set(Series.objects.values_list("prefix", flat=True))
    return Series.objects.create(prefix=prefix_for(title, taken))


def allocate(series: Series, number: int) -> list[str]:
    """Take the next references of a series: ["IP-012", …]. Part of a transaction, which holds the series' row."""
    held = Series.objects.select_for_update().get(pk=series.pk)
    first = held.next_number
    held.next_number = first + number
    held.save(update_fields=["next_number"])
    return [f"{held.prefix}-{value:03d}" for value in range(first, first + number)]


def fact(model: type[Fact], record: Record, as_at: date, event: Event, **values: Any) -> Any:
    """An unsaved fact of an action: its person, moment and reason are the event's unless said otherwise."""
    values.setdefault("reason", event.reason)
    return model(record=record, as_at=as_at, recorded=event.at, by=event.by, event=event, **values)


def write(facts: Iterable[Fact]) -> None:
    """Add facts (one statement for each table) and write the projection of their records.

    Days to come that stand in the words of an update become proposed milestones beside it, for somebody to accept.
    """
    project({row.record_id for row in _add(facts)})


def write_about(record: Record, stood: RecordAt, facts: Iterable[Fact]) -> None:
    """``write`` for one record whose row is held, and which stands as ``stood`` until these facts: nothing is read again.

    Only for what is said of the record itself; a link, a wording or a tolerance changes what is part of it too.
    """
    project_one(record, stood_with(stood, _add(facts)))


def _add(facts: Iterable[Fact]) -> list[Fact]:
    """Add facts, and the dates that updates among them speak of; returns all that was added."""
    by_table: dict[type[Fact], list[Fact]] = {}
    for row in facts:
        by_table.setdefault(type(row), []).append(row)
    if updates := [row for row in by_table.get(Update, []) if isinstance(row, Update)]:
        by_table.setdefault(ProposedDate, []).extend(dates_in(updates))
    for model, rows in by_table.items():
        model._default_manager.bulk_create(rows, batch_size=500)
    return [row for rows in by_table.values() for row in rows]


def dates_in(updates: Sequence[Update], *, event: Event | None = None) -> list[Fact]:
    """The dates that updates speak of as still to come, as unsaved proposals of milestones of the same event (or another).

    A date that was proposed for the record before, and whatever became of it, is not proposed again.
    """
    spoken = [(update, found) for update in updates for found in days_ahead(update.text, after=update.as_at)]
    rows = ProposedDate.objects.filter(record__in={update.record_id for update, _ in spoken}) if spoken else []
    known = {(row.record_id, row.due_on) for row in standing(rows)}
    proposals: list[Fact] = []
    for update, found in spoken:
        if (update.record_id, found.due_on) not in known:
            known.add((update.record_id, found.due_on))
            proposals.append(
                fact(
                    ProposedDate, update.record, update.as_at, event or update.event,
                    text=found.text, sort=found.sort, starts_on=found.starts_on, due_on=found.due_on,
                    milestone=found.sentence, found_in=update, passage_id=update.passage_id,
                )
            )  # fmt: skip
    return proposals


def create_records(
    new: Sequence[NewRecord], *, series: Series, event: Event, references: Sequence[str] | None = None
) -> list[Record]:
    """Write new records with their facts, in order; parents among them come before their children. Returns the records.

    An item whose ``record`` is set already (one whose creation had been undone) keeps its reference.
    """
    fresh = [item for item in new if item.record is None]
    names = list(references) if references is not None else allocate(series, len(fresh))
    rows = [
        Record(kind=item.kind, reference=name, created=event, series=series)
        for item, name in zip(fresh, names, strict=True)
    ]
    Record.objects.bulk_create(rows, batch_size=500)
    for item, row in zip(fresh, rows, strict=True):
        item.record = row
    write(row for item in new for row in _facts(item, event))
    found = Record.objects.in_bulk([_written(item).pk for item in new])
    for item in new:
        item.record = found[_written(item).pk]
    return [_written(item) for item in new]


def _written(target: Record | NewRecord) -> Record:
    if isinstance(target, Record):
        return target
    if target.record is None:
        raise ValueError("A record is written after what it hangs on.")
    return target.record


def _facts(item: NewRecord, event: Event) -> Iterable[Fact]:
    record, day, place = _written(item), item.as_at, item.passage
    yield fact(
        Version, record, day, event,
        number=item.number[:40], title=item.title[:500], text=item.text, section=item.section,
        position=item.position, details=item.details, passage=place,
    )  # fmt: skip
    parent = [(Relation.PART_OF, item.parent)] if item.parent is not None else []
    for relation, target in [*parent, *item.links]:
        yield fact(Link, record, day, event, target=_written(target), relation=relation)
    for lead in item.leads:
        yield fact(
            Accountability,
            record,
            day,
            event,
            role=lead.role,
            owner=lead.owner,
            printed=lead.printed[:300],
            passage=place,
        )
    if item.update:
        yield fact(Update, record, day, event, text=item.update, passage=place)
    if item.timescale is not None:
        yield due_date(record, item.timescale, day, event, passage=place)
    if item.state != State.OPEN or item.state_printed:
        yield fact(StateChange, record, day, event, state=item.state, printed=item.state_printed, passage=place)
    if item.rating or item.rating_printed:
        yield fact(Rating, record, day, event, value=item.rating, printed=item.rating_printed[:100], passage=place)
    if not item.checked:
        yield fact(Confirmation, record, day, event, checked=False)
    yield fact(VisibilityChange, record, day, event, visibility=item.visibility, because=item.restricted_because[:300])


def due_date(record: Record, timescale: Timescale, as_at: date, event: Event, **values: Any) -> DueDate:
    """The due date that a timescale sets: its last day, or none where it names no day."""
    row: DueDate = fact(
        DueDate, record, as_at, event,
        text=timescale.text[:300], sort=timescale.sort, starts_on=timescale.start, due_on=timescale.end, **values,
    )  # fmt: skip
    return row


def copy_of(row: Any, event: Event, **changes: Any) -> Any:
    """A new fact like another one, with some values changed and the new event's person, moment and reason."""
    skip = {"id", "recorded", "by", "event", "reason", "withdraws"}
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in skip}
    for name, value in changes.items():
        values[row._meta.get_field(name).attname] = value.pk if hasattr(value, "pk") else value
    return type(row)(**values, recorded=event.at, by=event.by, event=event, reason=event.reason)
