"""What many tests begin with is written once in a run, through the product's own actions, and laid down before each test.

    @pytest.fixture
    @written_once
    def council(person_for): ...

The first test writes for real. The rows that this left in the database, the files that it left in ``MEDIA_ROOT`` and what
the fixture gave are kept; a later test that finds the database as the first one found it is given the same rows, the same
files, and a copy of its own of what was given. A test that finds anything else (another fixture wrote first, another clock
is set, the test commits) has it written for real, as without this. So a fixture says the same alone, in any order, beside
others and on any database, and its arguments are other fixtures without parameters.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")

Row = tuple[Any, ...]
Rows = dict[str, dict[Any, Row]]
"""Table → key → row, as the database gives it; of tables that hold anything."""

MOST_KEPT = 4
"""How many beginnings of one fixture are kept, those that were last found again or written."""


@dataclass(eq=False)
class Kept:
    """What a fixture found, what it left, and what it gave."""

    clock: object
    before: Rows
    written: Rows
    """Rows that were not there before, or were others."""
    gone: dict[str, list[Any]]
    files: dict[Path, bytes]
    letters: list[Any] = field(default_factory=list)
    given: Any = None


def written_once(write: Callable[P, T]) -> Callable[P, T]:
    """A fixture function whose writing is done once in a run; see above."""
    kept: list[Kept] = []

    @functools.wraps(write)
    def given(*arguments: P.args, **named: P.kwargs) -> T:
        if not connection.in_atomic_block:  # a test that commits: what it leaves is not taken back by itself
            return write(*arguments, **named)
        clock, before = _clock(), all_rows()
        for one in kept:
            if one.clock == clock and one.before == before:
                kept.remove(one)
                kept.insert(0, one)
                _lay_down(one)
                return copy.deepcopy(one.given)
        there, letters = set(_files()), len(_outbox())
        made = write(*arguments, **named)
        one = _difference(clock, before, all_rows())
        one.files = {path.relative_to(_folder()): path.read_bytes() for path in _belonging(one, there)}
        one.letters = list(_outbox()[letters:])
        one.given = copy.deepcopy(made)
        kept.insert(0, one)
        del kept[MOST_KEPT:]
        return made

    return given


def _clock() -> object:
    """The moment that is set, None where time runs."""
    from goldthread.kernel.clock import _fixed

    return _fixed.get()


def _outbox() -> list[Any]:
    return getattr(mail, "outbox", [])


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def _files() -> Iterator[Path]:
    return (path for path in _folder().rglob("*") if path.is_file())


def _belonging(kept: Kept, there: set[Path]) -> Iterator[Path]:
    """The files that are new, and those that rows name: a file is named by its hash, and may have been there before."""
    named = {
        value for rows in kept.written.values() for row in rows.values() for value in row if isinstance(value, str)
    }
    return (path for path in _files() if path not in there or path.name in named)


@functools.cache
def _tables() -> dict[str, tuple[str, list[str]]]:
    """Every table of the product: its name → its key and its columns, the key first."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            key = model._meta.pk.column
            rest = [one.column for one in model._meta.local_concrete_fields if one.column != key]
            found[model._meta.db_table] = (key, [key, *rest])
    return found


def _quoted(*names: str) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def all_rows() -> Rows:
    """Everything that the database holds."""
    tables = _tables()
    exists = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {_quoted(name)})" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(exists))
        held = sorted(name for (name,) in cursor.fetchall())
        found: Rows = {}
        for name in held:
            cursor.execute(f"SELECT {_quoted(*tables[name][1])} FROM {_quoted(name)}")
            found[name] = {row[0]: row for row in cursor.fetchall()}
    return found


def _difference(clock: object, before: Rows, after: Rows) -> Kept:
    written, gone = {}, {}
    for name, rows in after.items():
        held = before.get(name, {})
        if new := {key: row for key, row in rows.items() if held.get(key) != row}:
            written[name] = new
    for name, held in before.items():
        if keys := [key for key in held if key not in after.get(name, {})]:
            gone[name] = keys
    return Kept(clock, before, written, gone, {})


def _lay_down(kept: Kept) -> None:
    """Make the database and the folder of files as the fixture left them."""
    with connection.cursor() as cursor:
        for name, keys in kept.gone.items():
            key, _ = _tables()[name]
            cursor.executemany(f"DELETE FROM {_quoted(name)} WHERE {_quoted(key)} = %s", [(one,) for one in keys])
        for name, rows in kept.written.items():
            key, columns = _tables()[name]
            there = kept.before.get(name, {})
            if new := [row for one, row in sorted(rows.items()) if one not in there]:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {_quoted(name)} ({_quoted(*columns)}) VALUES ({marks})", new)
            if changed := [(*row[1:], row[0]) for one, row in sorted(rows.items()) if one in there]:
                values = ", ".join(f"{_quoted(column)} = %s" for column in columns[1:])
                cursor.executemany(f"UPDATE {_quoted(name)} SET {values} WHERE {_quoted(key)} = %s", changed)
    for path, content in kept.files.items():
        place = _folder() / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    _outbox().extend(copy.deepcopy(kept.letters))
