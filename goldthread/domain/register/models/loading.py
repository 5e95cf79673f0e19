"""Reading dated facts by the ten thousand: as cheap as they can honestly be read, and still the rows that they are.

Half of the cost of a row read in the usual way is the ceremony of ``Model.__init__`` and a copy of the same person and post
for each. Here rows are filled without it, and people, owners, bodies and meetings are read once and shared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

from goldthread.commons.accounts.models import User
from goldthread.domain.organisation.models import Body, Meeting, Owner
from goldthread.domain.register.models.facts import Fact

FactT = TypeVar("FactT", bound=Fact)

SHARED: dict[type[Model], tuple[str, ...]] = {
    User: (),
    Owner: ("directorate",),
    Body: ("owner",),
    Meeting: ("body__owner",),
}
"""What facts point at that few of are many times pointed at, with what is read along."""


@cache
def _every(model: type[Fact]) -> tuple[QuerySet[Any, Any], list[str], Callable[[Any], Any]]:
    """The question for all rows of a table, its columns, and the order in which facts hold.

    Kept, because a page asks many of these and only the conditions differ; sorted by whoever reads, because an order would be
    put into words again each time.
    """
    fields = [field.attname for field in model._meta.concrete_fields]
    pk = model._meta.pk
    assert pk is not None
    order = itemgetter(*(fields.index(name) for name in ("as_at", "recorded", pk.attname)))
    return model._default_manager.order_by().values_list(*fields), fields, order


def rows_of(model: type[FactT], **conditions: Any) -> list[FactT]:
    """The rows of a table for which some conditions hold (as ``filter`` takes them), oldest day first. One query."""
    every, fields, order = _every(model)
    rows = every.filter(**conditions)
    alias = rows.db
    found: list[FactT] = []
    for values in sorted(rows, key=order):
        row = model.__new__(model)
        state = ModelState()
        state.db, state.adding = alias, False
        inside = row.__dict__
        inside["_state"] = state
        for name, value in zip(fields, values, strict=True):
            inside[name] = value
        found.append(row)
    return found


def standing_by_record(rows: Sequence[FactT]) -> dict[int, list[FactT]]:
    """Of all rows of one table, in the order in which they hold, those that nobody has taken back: record id → rows.

    As ``organisation.rules.standing``: a withdrawal can itself be withdrawn.
    """
    gone: set[int] = set()
    for row in sorted((row for row in rows if row.withdraws_id is not None), key=lambda row: -row.pk):
        if row.pk not in gone and row.withdraws_id is not None:
            gone.add(row.withdraws_id)
    found: dict[int, list[FactT]] = defaultdict(list)
    for row in rows:
        if row.withdraws_id is None and row.pk not in gone:
            found[row.record_id].append(row)
    return found


def standing_ids(model: type[FactT], record_ids: Collection[int]) -> dict[int, list[int]]:
    """The facts of one table about some records that nobody has taken back, of whatever day: record id → their ids, oldest
    first.

    One query, and no row is made: records of years have many.
    """
    rows: Any = model._default_manager.filter(record__in=record_ids).order_by("as_at", "recorded", "pk")
    held = standing_by_record(list(rows.values_list("pk", "record_id", "withdraws_id", named=True)))
    return {record: [row.pk for row in kept] for record, kept in held.items()}


def share(facts: Iterable[tuple[Iterable[Fact], Sequence[str]]]) -> None:
    """Give rows what some of their foreign keys point at: (rows, names of the keys, "owner__directorate" reads on).

    One query for each table pointed at.
    """
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    along: dict[type[Model], set[str]] = defaultdict(set)
    keys: list[tuple[Sequence[Fact], str, str, type[Model]]] = []
    for some, names in facts:
        rows = list(some)
        for path in names if rows else ():
            name, _, further = path.partition("__")
            field: Any = rows[0]._meta.get_field(name)
            model = field.related_model
            keys.append((rows, name, field.attname, model))
            along[model].update([further] if further else [], SHARED.get(model, ()))
            wanted[model].update(pk for row in rows if (pk := getattr(row, field.attname)) is not None)
    held: dict[type[Model], dict[int, Any]] = {
        model: model._default_manager.select_related(*along[model]).in_bulk(pks) if pks else {}
        for model, pks in wanted.items()
    }
    for pointing, name, attname, model in keys:
        for row in pointing:
            pk = getattr(row, attname)
            row._state.fields_cache[name] = held[model][pk] if pk is not None else None
