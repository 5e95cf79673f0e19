"""The page of the data checks: what it shows to whom, its filters, its export, waiving and taking that back."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.commons.checks.models import Waiver
from goldthread.kernel.clock import today as day_of_today
from tests.web.conftest import CANARY, SmallCouncil

pytestmark = pytest.mark.usefixtures("today")


def test_problems_are_shown_with_what_to_do_and_filtered(client_for, council: SmallCouncil) -> None:
    client = client_for("viewer")
    page = client.get("/checks/").content.decode()
    assert f"{council.undated.reference} “" in page and "GT104" in page and "Agree by when it is to be done." in page
    only = client.get("/checks/?check=GT010").content.decode()
    assert "GT104 " not in only.split('id="problems"')[1].split("<details")[0]
    assert "No problem matches these filters" in client.get("/checks/?waived=waived").content.decode()
    assert "/waive/" not in page, "who may not waive is offered no way to"


def test_restricted_records_are_not_told_and_the_public_is_not_let_in(client_for, council: SmallCouncil) -> None:
    assert council.canary.reference not in client_for("viewer").get("/checks/").content.decode()
    assert council.canary.reference in client_for("coordinator").get("/checks/").content.decode()
    assert CANARY not in client_for("viewer").get("/checks/problems.csv").content.decode()
    assert client_for("public").get("/checks/").status_code in (302, 404)
    assert client_for("councillor").get("/checks/").status_code == 404


def test_the_export_says_what_the_page_says(client_for, council: SmallCouncil) -> None:
    answer = client_for("coordinator").get("/checks/problems.csv?check=GT104")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Check,Severity,") and all("GT104" in line for line in lines[1:]) and len(lines) > 1
    assert "attachment" in answer["Content-Disposition"]


def test_a_problem_is_waived_and_still_shown_and_the_waiver_ended(client_for, council: SmallCouncil) -> None:
    client = client_for("coordinator")
    at = quote(council.undated.reference)
    until = day_of_today() + timedelta(days=30)
    empty = client.post(
        f"/checks/GT104/waive/?at={at}", {"until_0": until.day, "until_1": until.month, "until_2": until.year}
    )
    assert "Say why this is to stay as it is." in empty.content.decode()
    given = {"reason": "Waits for the budget", "until_0": until.day, "until_1": until.month, "until_2": until.year}
    assert client.post(f"/checks/GT104/waive/?at={at}", given).status_code == 302
    page = client.get("/checks/?waived=waived").content.decode()
    assert "Waits for the budget" in page and "End the waiver" in page
    assert client.post(f"/checks/GT104/end/?at={at}", {"reason": "The budget came"}).status_code == 302
    assert Waiver.objects.count() == 2
    assert "No problem matches" in client.get("/checks/?waived=waived").content.decode()
    assert client.get(f"/checks/GT104/waive/?at={quote(council.done.reference)}").status_code == 404
    assert client.get("/checks/GT999/waive/?at=x").status_code == 404


def test_the_page_costs_the_same_with_more_rows(client_for, council: SmallCouncil) -> None:
    client = client_for("coordinator")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/checks/")
        return len(seen)

    queries()
    before = queries()
    for number in range(8):
        council.write("action", f"Sweep street {number}", council.objective)
    assert queries() == before
