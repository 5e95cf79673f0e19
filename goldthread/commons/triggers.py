"""Tables that only grow: the database itself refuses to change or delete a row of theirs.

Events and every table of dated rows (``events.Recorded``) are declared by the events app; a room declares any other with
``append_only(Model._meta.db_table)`` in its app's ``ready``. The triggers are made after each migration
(SQLite drops them silently when a table is altered) and compared with what they should be by Django's database checks
(``goldthread manage check --database default --fail-level WARNING``) and by the program's start.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_tables: set[str] = set()

_REFUSAL = "rows of this table are never changed or deleted: record a withdrawal instead"
_FUNCTION = "goldthread_refuse_change"
_OPERATIONS = ("update", "delete")


def append_only(*tables: str) -> None:
    """Declare tables whose rows are never changed or deleted; once per table, at start."""
    _tables.update(tables)


def append_only_tables() -> frozenset[str]:
    """The tables declared so far."""
    return frozenset(_tables)


def trigger_names(table: str) -> tuple[str, ...]:
    """The names of the triggers that hold a table append-only."""
    return tuple(f"append_only_{table}_{operation}" for operation in _OPERATIONS)


def absent(connection: BaseDatabaseWrapper) -> list[str]:
    """The declared tables that exist and whose triggers are missing, switched off or not as they should be, sorted."""
    existing = set(connection.introspection.table_names())
    found = _installed(connection)
    return sorted(
        table
        for table in _tables & existing
        if any(
            found.get(name) != expected
            for name, expected in zip(trigger_names(table), _expected(connection, table), strict=True)
        )
    )


def install(connection: BaseDatabaseWrapper, tables: Iterable[str] | None = None) -> None:
    """Make the triggers of some tables (all that lack them, unless told) as they should be."""
    wanted = absent(connection) if tables is None else sorted(set(tables) & set(absent(connection)))
    with connection.cursor() as cursor:
        for statement in [sql for table in wanted for sql in _statements(connection, table)]:
            cursor.execute(statement)


def after_migrate(sender: AppConfig, using: str, **_: Any) -> None:
    """Receiver of ``post_migrate``: the triggers of one app's tables."""
    mine = {model._meta.db_table for model in sender.get_models(include_auto_created=True)} & _tables
    if mine:
        install(connections[using], mine)


def check_triggers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_: Any
) -> list[CheckMessage]:
    """Database check: a warning for every table that has lost its triggers.

    A warning and no error, since ``migrate`` runs the checks first and is itself the remedy.
    """
    return [
        Warning(
            f"The database no longer refuses to change or delete rows of {table}.",
            hint="Run: goldthread manage migrate",
            id="goldthread.W001",
        )
        for alias in databases or []
        for table in absent(connections[alias])
    ]


def _installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Triggers that are there: name → what they do, in the words of ``_expected``."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only_%'")
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname || ' ' || t.tgenabled::text || ' ' || t.tgtype || ' ' || p.proname"
                " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE NOT t.tgisinternal AND t.tgname LIKE 'append_only_%%'"
            )
        return dict(cursor.fetchall())


def _expected(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """What each trigger of ``trigger_names`` should be."""
    if connection.vendor == "sqlite":
        return [_sqlite(connection, table, operation) for operation in _OPERATIONS]
    # tgtype of a row trigger before the event (src/include/catalog/pg_trigger.h): 1 + 2, with 16 for update, 8 for delete.
    return [f"{table} O {kind} {_FUNCTION}" for kind in (19, 11)]


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    quote = connection.ops.quote_name
    if connection.vendor == "sqlite":
        drops = [f"DROP TRIGGER IF EXISTS {quote(name)}" for name in trigger_names(table)]
        return drops + _expected(connection, table)
    made = [
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '%: {_REFUSAL}', TG_TABLE_NAME; END $$"
    ]
    for name, operation in zip(trigger_names(table), _OPERATIONS, strict=True):
        made.append(f"DROP TRIGGER IF EXISTS {quote(name)} ON {quote(table)}")
        made.append(
            f"CREATE TRIGGER {quote(name)} BEFORE {operation.upper()} ON {quote(table)}"
            f" FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()"
        )
    return made


def _sqlite(connection: BaseDatabaseWrapper, table: str, operation: str) -> str:
    quote = connection.ops.quote_name
    return (
        f"CREATE TRIGGER {quote(f'append_only_{table}_{operation}')} BEFORE {operation.upper()} ON {quote(table)}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: {_REFUSAL}'); END"
    )
