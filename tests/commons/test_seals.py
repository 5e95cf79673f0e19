"""The chain of seals: every event and what it recorded is covered, and tampering is told where it happened first."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from goldthread.commons.events.models import Event, Seal, SealedShape
from goldthread.commons.events.sealing import head, seal_new, verify_chain
from goldthread.commons.triggers import trigger_names
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Update
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import IMPORTED, SmallPlan
from tests.support.once import written_once


@pytest.fixture
@written_once
def sealed(small_plan, coordinator) -> SmallPlan:
    """A small plan with an update, all of it sealed."""
    with fixed_at(IMPORTED):
        register.add_update(record=small_plan.first, text="Tender is out", by=coordinator)
    assert seal_new() == Event.objects.count()
    return small_plan


def behind_the_back(table: str, statement: str) -> None:
    """Change a table as somebody with the database's password can, its triggers lifted."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name in trigger_names(table):
            on = "" if connection.vendor == "sqlite" else f" ON {quote(table)}"
            cursor.execute(f"DROP TRIGGER {quote(name)}{on}")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(statement)


def test_every_event_is_sealed_once_and_the_chain_holds(sealed, coordinator):
    verdict = verify_chain()
    assert (verdict.seals, verdict.unsealed, verdict.first_break) == (Event.objects.count(), 0, None)
    assert seal_new() == 0
    before = head()
    with fixed_at(IMPORTED):
        register.add_update(record=sealed.second, text="One offer came", by=coordinator)
    assert verify_chain().unsealed == 1
    assert seal_new() == 1
    assert verify_chain(expect=before).first_break is None
    assert head() != before


def test_it_goes_on_in_small_steps_where_it_stopped(small_plan):
    while seal_new(at_most=2):
        pass
    verdict = verify_chain()
    assert verdict.first_break is None
    assert [row.number for row in Seal.objects.all()] == list(range(1, Event.objects.count() + 1))


def test_seals_cannot_be_changed_or_deleted(sealed):
    for statement in ("UPDATE events_seal SET facts = 9", "DELETE FROM events_seal"):
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize(
    ("table", "statement", "said"),
    [
        ("events_event", "UPDATE events_event SET reason = 'Another' WHERE id = {event}", "was changed"),
        ("register_update", "UPDATE register_update SET text = 'Done' WHERE event_id = {event}", "was changed"),
        ("register_update", "DELETE FROM register_update WHERE event_id = {event}", "has 0 dated rows where 1 were sealed"),
        (
            "register_update",
            "INSERT INTO register_update ({columns}) SELECT {columns} FROM register_update WHERE event_id = {event}",
            "has 2 dated rows where 1 were sealed",
        ),
        ("events_seal", "UPDATE events_seal SET content = previous WHERE event_id = {event}", "was changed"),
        ("events_seal", "UPDATE events_seal SET hash = content WHERE event_id = {event}", "is not the one that"),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_named(sealed, table, statement, said):
    event = Update.objects.get(text="Tender is out").event_id
    columns = ", ".join(field.column for field in Update._meta.concrete_fields if not field.primary_key)
    behind_the_back(table, statement.format(event=event, columns=columns))
    found = verify_chain().first_break
    assert found is not None
    assert found.event == event
    assert said in found.said
    assert "updated IP-003, 10 June 2025" in found.said


def test_an_event_or_a_seal_that_was_taken_away_is_missed(sealed, coordinator):
    event = Update.objects.get(text="Tender is out").event_id
    behind_the_back("register_update", f"DELETE FROM register_update WHERE event_id = {event}")
    behind_the_back("events_event", f"DELETE FROM events_event WHERE id = {event}")
    found = verify_chain().first_break
    assert found is not None
    assert "has been taken away" in found.said


def test_the_end_of_the_chain_cannot_be_cut_off_unseen_where_its_hash_was_noted(sealed):
    noted = head()
    behind_the_back("events_seal", "DELETE FROM events_seal WHERE number > 3")
    assert verify_chain().first_break is None
    found = verify_chain(expect=noted).first_break
    assert found is not None
    assert "has been cut off or replaced" in found.said
    Seal.objects.get(number=3)
    behind = Seal.objects.get(number=2)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_seal WHERE number = 2")
    assert behind.number == 2
    assert "is missing before" in verify_chain().first_break.said


def test_a_column_added_later_breaks_no_seal_and_what_was_sealed_stays_covered(sealed, coordinator, monkeypatch):
    """The register as it was before a migration added a column: its seals name the columns that there were."""
    from goldthread.commons.events import sealing

    whole = sealing._shape_row().shape
    before = {**whole, "register_update": [name for name in whole["register_update"] if name != "said_by_id"]}
    row = SealedShape.objects.create(sha256=sealing._hash(before), shape=before)
    with monkeypatch.context() as older, fixed_at(IMPORTED):
        older.setattr(sealing, "_shape_row", lambda: row)
        register.add_update(record=sealed.second, text="One offer came", by=coordinator)
        assert seal_new() == 1
    with fixed_at(IMPORTED):
        register.add_update(record=sealed.second, text="Another offer came", by=coordinator)
    assert seal_new() == 1
    assert verify_chain().first_break is None
    event = Update.objects.get(text="One offer came").event_id
    behind_the_back("register_update", f"UPDATE register_update SET said_by_id = NULL WHERE event_id = {event}")
    assert verify_chain().first_break is None, "that column was not there when it was sealed"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE register_update SET text = 'None came' WHERE event_id = %s", [event])
    assert verify_chain().first_break.event == event
