"""Append-only tables: the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from goldthread.commons.accounts.models import User
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.commons.triggers import absent, append_only_tables, check_triggers, install, trigger_names
from tests.support.accounts import _lift_triggers


@pytest.fixture
def event(person_for: Callable[..., User]) -> Event:
    """Something that somebody did."""
    return record_event("tried something", by=person_for("coordinator"))


def test_an_event_can_be_added_and_neither_changed_nor_deleted(event: Event) -> None:
    for attempt in (lambda: Event.objects.update(verb="did nothing"), lambda: Event.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            attempt()
    assert Event.objects.get(pk=event.pk).verb == "tried something"


def test_lost_triggers_are_noticed_and_made_again(event: Event) -> None:
    assert absent(connection) == []
    _lift_triggers()
    assert Event._meta.db_table in absent(connection)
    warnings = check_triggers(None, ["default"])
    assert any(Event._meta.db_table in warning.msg and "migrate" in str(warning.hint) for warning in warnings)
    install(connection)
    assert absent(connection) == [] and check_triggers(None, ["default"]) == []
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Event.objects.update(verb="did nothing")


def test_a_trigger_that_does_something_else_is_noticed(event: Event) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL names the function of each trigger; SQLite keeps its text")
    table = Event._meta.db_table
    name = trigger_names(table)[0]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" BEGIN SELECT 1; END')
    assert absent(connection) == [table]


@pytest.mark.django_db(transaction=True)
def test_migrating_makes_lost_triggers_again() -> None:
    _lift_triggers()
    assert absent(connection)
    call_command("migrate", verbosity=0)
    assert absent(connection) == []


def test_events_are_among_the_append_only_tables() -> None:
    assert Event._meta.db_table in append_only_tables()
