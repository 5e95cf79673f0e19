"""A pytest plugin: people of every role, and clients signed in as them.

    def test_a_plan_opens(client_for, council_plan):
        client_for("coordinator").get("/plans/")

``client_for(role, scope=…)`` gives a strict client signed in as a person who holds one role; without a scope it is held
for the whole council, or, for a role that cannot be, for the first thing it can be held for (number 1 of it).
``client_for("public")`` is nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

NAMES = {
    "viewer": "Vera Lundy",
    "contributor": "Connor Bright",
    "lead": "Lena Farrow",
    "coordinator": "Cora Mayhew",
    "director": "Dirk Osgood",
    "executive": "Edie Swann",
    "councillor": "Colin Reeve",
    "auditor": "Audra Penn",
    "administrator": "Adam Stoker",
}
ROLES = ("public", *NAMES)


def pytest_configure(config: pytest.Config) -> None:
    """Let the database be emptied between tests, and give WhiteNoise the folder it looks for."""
    from django.conf import settings
    from django.test import TransactionTestCase

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    empty = TransactionTestCase._fixture_teardown
    if getattr(empty, "lifts_triggers", False):
        return

    def lift_and_empty(case: TransactionTestCase) -> None:
        """Tests that commit empty every table afterwards, append-only ones too; ``flush`` makes the triggers again."""
        _lift_triggers()
        empty(case)

    lift_and_empty.lifts_triggers = True  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = lift_and_empty


def _lift_triggers() -> None:
    from django.db import connection

    from goldthread.commons.triggers import append_only_tables, trigger_names

    existing = set(connection.introspection.table_names())
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in append_only_tables() & existing:
            on = "" if connection.vendor == "sqlite" else f" ON {quote(table)}"
            for name in trigger_names(table):
                cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)}{on}")


@pytest.fixture
def person_for(db: None) -> Callable[..., Any]:
    """``person_for("lead", scope=…)``: the account of a person who holds one role; the same one when asked again."""
    from goldthread.commons.access.models import Grant
    from goldthread.commons.access.roles import all_roles
    from goldthread.commons.access.viewer import Scope
    from goldthread.commons.accounts.models import User

    def make(role: str, scope: Scope | None = None) -> User:
        kinds = all_roles()[role].scopes
        if scope is None:
            scope = Scope(kinds[0]) if kinds[0] == "everything" else Scope(kinds[0], 1)
        email = f"{role}@fernleigh.example" if scope.id is None else f"{role}.{scope.kind}.{scope.id}@fernleigh.example"
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, NAMES[role])
            Grant.objects.create(
                user=user,
                role=role,
                scope_kind=scope.kind,
                scope_id=scope.id,
                starts=date(2020, 1, 1),
                granted_by=user,
                reason="For a test",
            )
        return user

    return make


@pytest.fixture
def client_for(person_for: Callable[..., Any]) -> Callable[..., Any]:
    """``client_for("coordinator")``: a strict client, signed in as a person who holds the role."""
    from tests.support.client import StrictClient

    def make(role: str, scope: Any = None) -> StrictClient:
        client = StrictClient()
        if role != "public":
            client.force_login(person_for(role, scope))
        return client

    return make
