"""The page that compares a newer issue with the register."""

from __future__ import annotations

from typing import Any

from goldthread.domain.imports import actions
from goldthread.domain.imports.models import Import
from goldthread.domain.register.models import Record
from tests.domain.imports.test_newer_issue import FIRST, SECOND


def read_in(text: str, name: str, by: Any) -> Import:
    """A document that has been read."""
    batch, _ = actions.receive(file_name=name, content=text.encode(), by=by)
    return actions.read(batch=batch, by=by)


def test_a_newer_issue_is_compared_and_published(client_for: Any, person_for: Any) -> None:
    client, by = client_for("coordinator"), person_for("coordinator")
    first = read_in(FIRST, "may.csv", by)
    actions.adopt_many(batch=first, by=by, only_certain=False)
    first.refresh_from_db()
    second = read_in(SECOND, "september.csv", by)
    offered = client.get(f"/imports/{second.pk}/newer/")
    assert "stand in this document again" in offered.content.decode()
    client.post(f"/imports/{second.pk}/newer/", {"plan": first.container_id})
    page = client.get(f"/imports/{second.pk}/compare/").content.decode()
    assert "<ins>and parks</ins>" in page and "Publish a list of empty homes" in page
    refused = client.post(f"/imports/{second.pk}/compare/", {})
    assert refused.status_code == 422 and "Choose at least one entry" in refused.content.decode()
    keys = [row.key for row in second.proposals.all()]
    missing = Record.objects.get(text__startswith="Publish a list").reference
    done = client.post(
        f"/imports/{second.pk}/compare/",
        {"proposal": keys, "missing": [missing], "reason": "Not in the plan"},
        follow=True,
    )
    assert "Published" in done.content.decode()
    assert Record.objects.get(reference=missing).state == "withdrawn"
    assert Record.objects.filter(text__startswith="Let one contract for all of the wards").count() == 1
