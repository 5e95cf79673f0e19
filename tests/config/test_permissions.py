"""The permission table: every address of the URL map, tried by every role."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import resolve

from goldthread.commons.access.roles import all_roles
from goldthread.commons.access.table import Row, as_markdown, permission_table
from goldthread.config.permissions import LISTED_VIEWS
from tests.support.accounts import ROLES
from tests.support.client import StrictClient

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
PARAMETERLESS = [row for row in permission_table() if row.parameterless]


def test_every_address_says_who_it_is_for() -> None:
    unlisted = [row.pattern for row in permission_table() if row.mark is None]
    assert not unlisted, f"mark these views with @allow, @allow_signed_in or @allow_everyone: {unlisted}"


def test_every_address_has_a_name_of_its_own() -> None:
    names = [row.name for row in permission_table()]
    assert all(names) and len(names) == len(set(names))


def test_no_listed_view_is_gone_or_ours() -> None:
    """The list is for other packages' views only, and holds nothing that is not in the URL map."""
    rows = {row.name: row for row in permission_table()}
    assert set(LISTED_VIEWS) <= set(rows)
    for name in LISTED_VIEWS:
        if rows[name].parameterless:
            assert not resolve(rows[name].pattern).func.__module__.startswith("goldthread."), f"{name} can carry a mark"


def test_the_page_in_docs_is_current() -> None:
    printed = StringIO()
    call_command("permissions", stdout=printed)
    assert printed.getvalue() == as_markdown(permission_table())
    assert PAGE.read_text() == printed.getvalue(), "run: goldthread manage permissions > docs/permissions.md"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_each_role_as_the_table_says(client_for: Callable[..., StrictClient], role: str) -> None:
    client = client_for(role)
    wrong = [f"{row.pattern}: {said}" for row in PARAMETERLESS if (said := _disagreement(client, row, role))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["public", "coordinator", "administrator"])
def test_every_page_is_well_formed(client_for: Callable[..., StrictClient], role: str) -> None:
    client, wrong = client_for(role), []
    for row in PARAMETERLESS:
        try:
            client.get(row.pattern)
        except AssertionError as problems:
            wrong.append(str(problems))
    assert not wrong, "\n".join(wrong)


def _disagreement(client: StrictClient, row: Row, role: str) -> str:
    """How the answer differs from the table, or ""."""
    response = client.get(row.pattern, strict=False)
    to_sign_in = response.status_code == 302 and response["Location"].startswith("/sign-in/?next=")
    if row.lets_in(all_roles()[role]):
        # A page of sign-in may send on who is signed in; a page may need something (a second step) that is not there.
        alright = response.status_code in (200, 302, 405) and not (to_sign_in and role == "public")
        alright = alright or (row.name.startswith("mfa_") and response.status_code == 404)
        alright = alright or (row.name == "socialaccount_login_error" and response.status_code == 401)
        alright = alright or (row.name.endswith("_reauthenticate") and response.status_code == 403)
        # The page of a signed link says that this browser holds none.
        alright = alright or (row.name in {"link_updates", "link_send"} and response.status_code == 410)
    else:
        alright = to_sign_in if role == "public" else response.status_code == 404
    if row.name == "account_logout":
        return ""  # asking to sign out shows a question to who is signed in, and sends on who is not
    return "" if alright else f"answered {response.status_code} {response.headers.get('Location', '')}"
