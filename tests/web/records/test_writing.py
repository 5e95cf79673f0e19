"""Writing by hand: an update, another wording, a rating, a link, evidence, something new; and taking it back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from goldthread.commons.events.models import Event
from goldthread.domain.register.models import Record

pytestmark = pytest.mark.usefixtures("today")
DAY = {"as_at_0": "14", "as_at_1": "January", "as_at_2": "2026"}


def errors(response) -> list[str]:
    """What the error summary says."""
    page = html.fromstring(response.content)
    return [item.text_content() for item in page.xpath("//div[contains(@class,'govuk-error-summary')]//li")]


def undo_from(client, response) -> Event:
    """Follow a redirect, press the undo of the newest banner, and return the undoing event."""
    page = html.fromstring(client.get(response.headers["Location"]).content)
    addresses = page.xpath("//div[contains(@class, 'govuk-notification-banner')]//form/@action")
    assert addresses, "the banner offers no undo"
    assert client.post(addresses[-1]).status_code == 302
    return Event.objects.order_by("-pk").first()


def test_an_update_goes_on_record_and_can_be_taken_back(client_for, council):
    client, url = client_for("lead"), f"/records/{council.late.reference}/update/"
    assert "Tender is out." in client.get(url).content.decode()
    response = client.post(
        url, {"text": "Contract let.", **DAY, "state": "complete", "state_reason": "It is published"}
    )
    assert response.headers["Location"] == f"/records/{council.late.reference}/"
    late = Record.objects.get(pk=council.late.pk)
    assert (late.last_update, late.state) == ("Contract let.", "complete")
    undo_from(client, response)
    late.refresh_from_db()
    assert (late.last_update, late.state) == ("Tender is out.", "open")


def test_who_only_proposes_a_date_is_told_so_before_and_after(client_for, council):
    address = f"/records/{council.late.reference}/update/"
    assert "waits as a proposal until the coordinator accepts it" in client_for("lead").get(address).content.decode()
    assert "waits as a proposal" not in client_for("coordinator").get(address).content.decode()
    data = {"text": "Slips", **DAY, "timescale": "May 2026", "reason": "The tender is late"}
    page = client_for("lead").post(address, data, follow=True).content.decode()
    assert "The date that you named waits until the coordinator accepts it." in page
    assert Record.objects.get(pk=council.late.pk).due_on == council.late.due_on


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": "", **DAY}, "Write what has happened."),
        ({"text": "Done", "as_at_0": "40", "as_at_1": "1", "as_at_2": "2026"}, "Enter a real date"),
        ({"text": "Done", "as_at_0": "1", "as_at_1": "2", "as_at_2": "2026"}, "speaks of today or earlier"),
        ({"text": "Slips", **DAY, "timescale": "May 2026"}, "Say why the date moves."),
    ],
)
def test_a_mistake_is_said_at_the_head_and_nothing_is_kept(client_for, council, data, said):
    response = client_for("lead").post(f"/records/{council.late.reference}/update/", data)
    assert any(said in error for error in errors(response))
    assert "<title>Error: " in response.content.decode()
    assert Record.objects.get(pk=council.late.pk).last_update == "Tender is out."


def test_files_are_asked_for_again_where_the_form_comes_back(client_for, council):
    client, address = client_for("lead"), f"/records/{council.late.reference}"
    for page, data in (
        ("update", {"text": "", **DAY}),
        ("evidence", {"as_at_0": "40", "as_at_1": "1", "as_at_2": "2026"}),
    ):
        chosen = SimpleUploadedFile("Minutes.pdf", b"%PDF-1.7 minutes")
        answer = client.post(f"{address}/{page}/", data | {"evidence_files": [chosen]})
        assert any("Choose the files again" in error for error in errors(answer)), page
        assert not any("Choose the files again" in error for error in errors(client.post(f"{address}/{page}/", data)))


def test_a_wording_changes_with_a_reason_and_can_be_taken_back(client_for, council):
    client, url = client_for("coordinator"), f"/records/{council.late.reference}/edit/"
    assert errors(client.post(url, {"text": "Let two contracts", "reason": ""})) == ["Say why, in a few words."]
    assert errors(client.post(url, {"text": "", "title": "", "reason": "x"})) == ["Write the title or the text."]
    unchanged = {"text": "Let one contract for all wards", "section": "Money\nStreets", "reason": "x"}
    assert "would change" in errors(client.post(url, unchanged))[0]
    response = client.post(url, {"text": "Let two contracts", "section": "Money\nRoads", "reason": "Split by area"})
    late = Record.objects.get(pk=council.late.pk)
    assert (late.text, late.section) == ("Let two contracts", ["Money", "Roads"])
    undo_from(client, response)
    late.refresh_from_db()
    assert late.text == "Let one contract for all wards"


def test_a_rating_a_link_and_evidence(client_for, council):
    client, base = client_for("coordinator"), f"/records/{council.undated.reference}/"
    assert client.post(base + "rating/", {"value": "amber", "reason": "Price is open"}).status_code == 302
    assert Record.objects.get(pk=council.undated.pk).rating == "amber"
    link = {"relation": "answers", "target": council.recommendation.reference.lower(), "reason": ""}
    assert client.post(base + "link/", link).status_code == 302
    assert "already answers" in errors(client.post(base + "link/", link))[0]
    assert "There is no entry" in errors(client.post(base + "link/", link | {"target": "XX-1"}))[0]
    evidence = {"evidence_title": "Valuation", "evidence_link": "https://example.gov.uk/depot", **DAY}
    assert client.post(base + "evidence/", evidence).status_code == 302
    assert "Valuation" in client.get(base).content.decode()
    assert (
        "whole link" in errors(client.post(base + "evidence/", evidence | {"evidence_link": "javascript:alert(1)"}))[0]
    )


def test_a_plan_is_made_without_any_document(client_for, council):
    client = client_for("coordinator")
    today = {"as_at_0": "15", "as_at_1": "1", "as_at_2": "2026", "visibility": "internal"}
    assert errors(client.post("/records/new/plan/", {"title": "", **today})) == ["Give it a title."]
    plan_url = client.post("/records/new/plan/", {"title": "Parks Plan", **today}).headers["Location"]
    plan = Record.objects.get(title="Parks Plan")
    assert plan_url == f"/plans/{plan.reference}/"
    assert "Nothing stands in this plan yet" in client.get(plan_url).content.decode()
    client.post(f"/records/{plan.reference}/new/objective/", {"text": "Greener parks", "section": "Parks", **today})
    objective = Record.objects.get(text="Greener parks")
    criterion = client.post(f"/records/{objective.reference}/new/criterion/", {"text": "More trees", **today})
    assert criterion.status_code == 302
    data = {"text": "Plant limes", "owner": council.director.pk, "timescale": "March 2026", **today}
    response = client.post(f"/records/{objective.reference}/new/action/", data)
    action = Record.objects.get(text="Plant limes")
    assert (action.within, action.section, action.accountable_id) == (plan, ["Parks"], council.director.pk)
    assert str(action.due_on) == "2026-03-31"
    undo_from(client, response)
    action.refresh_from_db()
    assert action.state == "withdrawn"


def test_reviews_and_priorities_are_written_by_hand_too(client_for, council):
    client = client_for("coordinator")
    today = {"as_at_0": "15", "as_at_1": "1", "as_at_2": "2026", "visibility": "public"}
    client.post("/records/new/review/", {"title": "Audit of roads", "review_kind": "audit", **today})
    review = Record.objects.get(title="Audit of roads")
    finding = {"text": "Records are good", "polarity": "strength", **today}
    assert client.post(f"/records/{review.reference}/new/finding/", finding).status_code == 302
    page = client_for("public").get(f"/reviews/{review.reference}/").content.decode()
    assert "Strength" in page
    assert "Records are good" in page
    client.post("/records/new/priority/", {"text": "Safe streets", **today})
    priority = Record.objects.get(text="Safe streets")
    client.post(f"/records/{priority.reference}/new/outcome/", {"text": "Fewer crashes", **today})
    assert "Fewer crashes" in client_for("public").get("/priorities/").content.decode()


def test_what_does_not_fit_cannot_be_written(client_for, council):
    client = client_for("coordinator")
    for url in (
        "/records/new/action/",
        "/records/new/nonsense/",
        f"/records/{council.late.reference}/new/criterion/",
        f"/records/{council.plan.reference}/new/finding/",
    ):
        assert client.get(url).status_code == 404
    assert client_for("lead").get("/records/new/plan/").status_code == 404


def test_marking_as_checked_takes_the_banner_away(client_for, council):
    client, url = client_for("coordinator"), f"/records/{council.undated.reference}/"
    assert "nobody has checked it yet" in client.get(url).content.decode()
    response = client.post(url + "confirm/")
    assert "nobody has checked it yet" not in client.get(url).content.decode()
    again = client.post(url + "confirm/")
    assert "checked already" in client.get(again.headers["Location"]).content.decode()
    assert client.get(url + "confirm/", strict=False).status_code == 405
    assert response.status_code == 302


def test_nobody_undoes_what_another_person_did(client_for, council):
    coordinator = client_for("coordinator")
    coordinator.post(f"/records/{council.late.reference}/rating/", {"value": "green", "reason": "Fine"})
    event = Event.objects.order_by("-pk").first()
    lead = client_for("lead")
    response = lead.post(f"/undo/{event.pk}/")
    assert "Only the person who did this" in lead.get(response.headers["Location"]).content.decode()
    assert Record.objects.get(pk=council.late.pk).rating == "green"
    assert client_for("public").post(f"/undo/{event.pk}/").status_code == 302
    assert Event.objects.order_by("-pk").first() == event


def test_an_undo_goes_back_only_to_this_site(client_for, council):
    client = client_for("coordinator")
    client.post(f"/records/{council.late.reference}/rating/", {"value": "green", "reason": "Fine"})
    event = Event.objects.order_by("-pk").first()
    response = client.post(f"/undo/{event.pk}/", headers={"referer": "https://elsewhere.example/plans/"})
    assert response.headers["Location"] == "/"


def test_a_link_is_ended_with_a_reason(client_for, council):
    client, base = client_for("coordinator"), f"/records/{council.late.reference}/"
    target = council.recommendation.reference
    assert "End this link" in client.get(base + "link/").content.decode()
    url = f"{base}unlink/?relation=answers&target={target}"
    assert errors(client.post(url, {"reason": ""})) == ["Say why, in a few words."]
    response = client.post(url, {"reason": "It answers another one"})
    assert response.headers["Location"] == base
    assert target not in html.fromstring(client.get(base).content).xpath("string(//nav[@aria-label='Thread'])")
    assert client.get(url).status_code == 404


def test_an_earlier_action_is_taken_back_from_the_events(client_for, council):
    client, base = client_for("coordinator"), f"/records/{council.late.reference}/"
    client.post(base + "rating/", {"value": "green", "reason": "Fine"})
    rated = Event.objects.order_by("-pk").first()
    client.post(base + "edit/", {"text": "Let two contracts", "section": "Money\nStreets", "reason": "Split"})
    assert f'action="/undo/{rated.pk}/"' in client.get(base).content.decode()
    client.post(f"/undo/{rated.pk}/")
    late = Record.objects.get(pk=council.late.pk)
    assert (late.rating, late.text) == ("red", "Let two contracts")
    page = html.fromstring(client.get(base).content)
    events = page.xpath("string(//div[@id='events'])")
    assert "later undone" in events
    assert not page.xpath(f"//div[@id='events']//form[@action='/undo/{rated.pk}/']")
    assert "/undo/" not in client_for("auditor").get(base).content.decode()
