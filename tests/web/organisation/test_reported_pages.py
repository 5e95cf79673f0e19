"""The page of updates by owner: what it says, the plan and rounds it shows, its CSV, and who may open it."""

from __future__ import annotations

import csv
import io
from datetime import date

from django.urls import reverse
from lxml import html

from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register.models.writing import Lead
from goldthread.domain.rounds.models import Round
from tests.support.client import assert_queries
from tests.web.conftest import CANARY


def words(response):
    return " ".join(html.fromstring(response.content).text_content().split())


def test_quarters_with_who_was_silent_and_since_when(client_for, council, today):
    client, address = client_for("viewer"), reverse("owner_updates")
    assert client_for("councillor").get(address).status_code == 404
    text = words(client.get(address))
    assert "Director of Streets Robin Hale" in text and "Q4 2025/26 so far" in text
    assert "3 quarters running" not in text.split("No matched lead")[0], "its update of May counts in the first quarter"
    row = html.fromstring(client.get(address).content).xpath("//tr[contains(., 'Director of Streets')]")[0]
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
    assert cells == ["–", "–", "–", "–", "1 of 1", "0 of 1", "0 of 1", "0 of 1", "2 quarters running"]
    picture = 'aria-label="Q1 2025/26: 1 owner with items: 1 on every item"'
    assert "Owners by how many of their items had an update" in text and picture in client.get(address).content.decode()
    assert reverse("owner_updates") in client.get(reverse("organisation")).content.decode()


def test_the_csv_names_the_entries_that_had_none_and_no_restricted_one(client_for, council, today):
    answer = client_for("viewer").get(reverse("owner_updates_csv"), {"within": council.plan.reference})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    first = next(row for row in rows if row["Owner"] == "Director of Streets" and row["Period"] == "Q3 2025/26")
    assert (first["Items"], first["With an update"], first["Items without"]) == ("1", "0", council.late.reference)
    assert council.canary.reference not in answer.content.decode() and CANARY not in answer.content.decode()
    assert client_for("viewer").get(reverse("owner_updates"), {"within": "NO-1"}).status_code == 404


def test_by_the_rounds_of_a_plan(client_for, council, today):
    client, address = client_for("coordinator"), reverse("owner_updates")
    query = {"within": council.plan.reference, "by": "rounds"}
    assert "No round of this plan has begun" in words(client.get(address, query))
    day = date(2025, 7, 8)
    Round.objects.create(
        plan=council.plan, name="July round", starts=date(2025, 4, 1), as_at=date(2025, 6, 30), offsets={}, opens=day,
        due_first=day, due_last=day, grace_until=day, check_by=day, accept_by=day, sign_off_by=day, freeze_on=day,
    )  # fmt: skip
    text = words(client.get(address, query))
    assert "round by round" in text and "July round" in text and "1 of 1" in text and "Q3" not in text


def test_the_number_of_queries_does_not_grow_with_owners(client_for, council, today):
    client, address = client_for("viewer"), reverse("owner_updates")
    assert_queries(client, address, 21)
    for number in range(6):
        post = organisation.add_post(name=f"Head of Works {number}", by=council.by)
        person = organisation.add_person(name=f"Holder {number}", by=council.by)
        organisation.appoint(person=person, owner=post.owner, by=council.by)
        council.write("action", f"Do {number}", council.objective, leads=[Lead(post.owner)])
    assert "Holder 5" in words(assert_queries(client, address, 21))
