"""What a structure was to bring: answered with evidence, undone, and shown with its figures."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.domain.organisation.models import Structure
from goldthread.domain.register import actions as register
from goldthread.domain.register.models.writing import NewRecord
from goldthread.kernel.clock import fixed_at
from tests.support.once import written_once

pytestmark = pytest.mark.usefixtures("today")
MAY = date(2025, 5, 27)


@pytest.fixture
@written_once
def structure(council):
    """A structure, and a report with two principles, a benefit and a workstream."""
    with fixed_at(date(2025, 6, 10)):
        report = register.create(new=NewRecord("report", "", MAY, title="Structure report"), by=council.by)
        for kind, text, more in (
            ("principle", "Few layers", {"section": ["As a council"]}),
            ("principle", "Clear names", {"section": ["As a council"]}),
            ("benefit", "Shorter queues", {"details": {"type": "For residents"}}),
            ("workstream", "Design of the depot", {"section": ["Place"]}),
        ):
            register.create(new=NewRecord(kind, text, MAY, parent=report, **more), by=council.by)
    return Structure.objects.create(name="Structure of May", as_at=MAY)


def test_promises_are_answered_with_evidence_and_undone(structure, council, client_for):
    client, base = client_for("coordinator"), f"/organisation/structures/{structure.pk}/promises/"
    page = client.get(base).content.decode()
    assert "Few layers" in page and "1 without anybody who answers for it, 1 without an update" in page
    refused = client.post(f"{base}SR-001/", {"answer": "yes", "evidence": " "})
    assert refused.status_code == 422 and "Say what shows it" in refused.content.decode()
    page = client.post(f"{base}SR-001/", {"answer": "yes", "evidence": "Six layers became five"}, follow=True)
    assert "Followed" in page.content.decode() and "Six layers became five" in page.content.decode()
    page = client.post(f"{base}SR-003/", {"answer": "no", "evidence": "Queues grew"}, follow=True).content.decode()
    assert "Not realised" in page and "Undo" in page
    table = client.get(f"/organisation/structures/{structure.pk}/promises.csv").content.decode("utf-8-sig")
    assert "Design principle,As a council,SR-001,Few layers,Followed,Six layers became five,2026-01-15" in table
    other = Structure.objects.create(name="Structure of June", as_at=date(2025, 6, 1))
    assert "Six layers became five" not in client.get(f"/organisation/structures/{other.pk}/promises/").content.decode()


def test_a_workstream_is_not_answered_and_a_reader_answers_nothing(structure, client_for):
    base = f"/organisation/structures/{structure.pk}/promises/"
    assert client_for("coordinator").get(f"{base}SR-004/").status_code == 404
    assert "Answer" not in client_for("viewer").get(base).content.decode().replace("answered", "").replace(
        "answers", ""
    )
    assert client_for("viewer").get(f"{base}SR-001/").status_code in (403, 404)


def test_an_empty_register_says_what_to_do(council, client_for):
    structure = Structure.objects.create(name="Structure of May", as_at=MAY)
    page = client_for("viewer").get(f"/organisation/structures/{structure.pk}/promises/").content.decode()
    assert "Nothing was promised on record" in page
