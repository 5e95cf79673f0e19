"""Pages of reviews, risks and self-assessments: what each shows, and that what is asked for is written and undone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.reviews.actions import set_particulars, write_entry
from goldthread.domain.risks.queries import register_at
from goldthread.kernel.clock import fixed_at

pytestmark = pytest.mark.usefixtures("today")


def references(page: str) -> set[str]:
    """The references that a page shows."""
    return set(re.findall(r'gt-reference">([A-Z]+-?\d*)', page))


def test_the_review_shows_its_clock_and_offers_what_is_to_be_recorded(council, client_for):
    client = client_for("coordinator")
    address = f"/reviews/{council.review.reference}/"
    assert "The days of the review are not on record" in client.get(address).content.decode()
    days = {"started_on_0": "11", "started_on_1": "3", "started_on_2": "2024"}
    sent = client.post(f"{address}particulars/", {"kind": "peer challenge", "by_whom": "The LGA", **days}, follow=True)
    page = sent.content.decode()
    assert "Corporate peer challenge" in page and "The LGA" in page
    assert "Report published, with an action plan" in page and "Not on record" in page
    step = {"step": "report-published", "kind": "happened", "day_0": "1", "day_1": "6", "day_2": "2024"}
    page = client.post(f"{address}dates/", step, follow=True).content.decode()
    assert "Met" in page
    assert "Undo" in page
    clocks = client.get("/reviews/clocks/").content.decode()
    assert clocks.index("Not on record") < clocks.index("Met")
    assert "past and not on record" in client.get("/reviews/").content.decode()


def test_a_date_to_come_has_not_happened(council, client_for):
    step = {"step": "report-published", "kind": "happened", "day_0": "1", "day_1": "6", "day_2": "2027"}
    answer = client_for("coordinator").post(f"/reviews/{council.review.reference}/dates/", step)
    assert answer.status_code == 422
    assert "cannot lie in the future" in answer.content.decode()


def test_recommendations_are_answered_and_tied_to_actions(council, client_for):
    with fixed_at(date(2025, 7, 1)):
        organisation.add_office(name="Leader of the Council", by=council.by)
        cabinet = organisation.add_body(name="Cabinet", by=council.by)
    client, name = client_for("coordinator"), council.recommendation.reference
    opened = client.post("/reviews/respond/", {"record": [name], "within": council.review.reference})
    assert "Answer a recommendation" in opened.content.decode()
    refused = client.post("/reviews/respond/", {"record": [name], "answer": "rejected", "reason": ""})
    assert refused.status_code == 422 and "Say why" in refused.content.decode()
    sent = {"record": [name], "answer": "accepted", "reason": "", "agreed_by": cabinet.pk}
    page = client.post("/reviews/respond/", sent, follow=True).content.decode()
    assert "Accepted" in page and "Cabinet" in page
    found = client.get(f"/reviews/answers/{name}/?q={council.late.reference}").content.decode()
    assert council.late.reference in found
    page = client.post(f"/reviews/answers/{name}/", {"record": [council.late.reference]}, follow=True).content.decode()
    assert council.late.reference in references(client.get(f"/reviews/{council.review.reference}/").content.decode())


def test_nothing_chosen_is_said_and_goes_back_to_the_review(council, client_for):
    answer = client_for("coordinator").post("/reviews/respond/", {"within": council.review.reference}, follow=True)
    assert "Choose at least one recommendation" in answer.content.decode()


def test_who_only_reads_is_offered_nothing_and_may_do_nothing(council, client_for):
    client, review = client_for("viewer"), council.review.reference
    page = client.get(f"/reviews/{review}/").content.decode()
    assert "Answer the chosen ones" not in page and "Tie actions" not in page
    for address in (f"/reviews/{review}/particulars/", f"/reviews/{review}/dates/", "/risks/new/", "/risks/matrix/"):
        assert client.get(address).status_code in (403, 404)


def test_printed_risks_are_registered_scored_and_shown_on_the_matrix(council, client_for):
    with fixed_at(date(2025, 6, 12)):
        details = {"key_risk": "The depot may close", "risk_rating": "3"}
        new = NewRecord("recommendation", "Find a depot", date(2025, 5, 27), parent=council.review, details=details)
        write_entry(new=new, by=council.by)
    client = client_for("coordinator")
    assert "1 recommendation prints a key risk" in client.get("/risks/").content.decode()
    page = client.post("/risks/register-printed/", follow=True).content.decode()
    assert "one number is printed, 1 × 3 or 3 × 1; likelihood and impact not stated" in page
    assert "1 of 1 in no cell" in page
    risk = register_at(viewer=viewer_for(council.by)).risks[0].row.reference
    assert "The document prints 3: 1 × 3 or 3 × 1." in client.get(f"/risks/{risk}/score/").content.decode()
    refused = client.post(f"/risks/{risk}/score/", {"moment": "current", "likelihood": 3, "impact": 3})
    assert refused.status_code == 422 and "say what has changed" in refused.content.decode()
    page = client.post(
        f"/risks/{risk}/score/", {"moment": "current", "likelihood": 1, "impact": 3}, follow=True
    ).content.decode()
    assert "Unlikely × major" in page and "printed as “3”" in page
    page = client.post(
        f"/risks/{risk}/treatment/", {"approach": "treat", "text": "Look for a site"}, follow=True
    ).content.decode()
    assert "Treat: Look for a site" in page
    table = client.get("/risks.csv").content.decode("utf-8-sig")
    assert table.splitlines()[1].startswith(f"{risk},The depot may close,")
    assert client_for("public").get(f"/risks/{risk}/").status_code == 404
    for form, starts in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype html>")):
        answer = client.get(f"/risks/report.{form}", strict=False)
        assert answer.status_code == 200 and answer.content.lower().startswith(starts.lower())
    assert "The depot may close" in client.get("/risks/report.html", strict=False).content.decode()
    assert client.get("/risks/report.exe").status_code == 404
    assert b"The depot may close" not in client_for("public").get("/risks/report.html", strict=False).content


def test_a_risk_by_hand_opens_the_corporate_register(council, client_for):
    client = client_for("coordinator")
    page = client.post("/risks/new/", {"text": "Prices rise faster than income"}, follow=True).content.decode()
    assert "Prices rise faster than income" in page
    again = client.post("/risks/new/", {"text": "A main supplier fails"}, follow=True).content.decode()
    assert "CRR-002" in again


def test_the_matrix_is_set_from_a_day(council, client_for):
    client = client_for("coordinator")
    form = {
        "likelihoods": "Rare\nLikely",
        "impacts": "Small\nLarge",
        "bands": "2 Low green\n4 Very high red",
        "starts_0": "1",
        "starts_1": "1",
        "starts_2": "2026",
        "reason": "A simpler one",
    }
    wrong = client.post("/risks/matrix/", {**form, "bands": "2 Low green"})
    assert wrong.status_code == 422 and "highest score, 4" in wrong.content.decode()
    client.post("/risks/matrix/", form)
    client.post("/risks/new/", {"text": "A flood"})
    assert "Rare" in client.get("/risks/").content.decode()


def test_a_self_assessment_is_started_scored_and_its_gap_closed(council, client_for):
    client = client_for("coordinator")
    page = client.post("/self-assessments/new/", {"framework": "fm-code", "year": 2025}, follow=True).content.decode()
    assert "Financial Management Code 2025/26" in page
    first = sorted(references(page))[0]
    refused = client.post(f"/self-assessments/score/{first}/", {"value": 1, "evidence": "A note", "gap": ""})
    assert refused.status_code == 422 and "what is missing" in refused.content.decode()
    form = {"value": 1, "evidence": "A note", "gap": "No test of value"}
    page = client.post(f"/self-assessments/score/{first}/", form, follow=True).content.decode()
    assert "1 gap, 1 of them without an action that closes it." in page
    client.post(f"/reviews/answers/{first}/", {"record": [council.late.reference]})
    listed = client.get("/self-assessments/").content.decode()
    assert "Financial Management Code 2025/26" in listed
    assert (
        client_for("public").get("/self-assessments/").content.decode().count("Financial Management Code 2025/26") == 0
    )


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(council, client_for, django_assert_max_num_queries):
    client = client_for("coordinator")

    def queries(address: str) -> int:
        client.get(address)
        with django_assert_max_num_queries(500) as counted:
            client.get(address)
        return len(counted)

    addresses = (f"/reviews/{council.review.reference}/", "/reviews/", "/reviews/clocks/", "/risks/")
    client.post("/risks/new/", {"text": "Risk 0"})
    before = {address: queries(address) for address in addresses}
    with fixed_at(date(2025, 6, 12)):
        for number in range(6):
            new = NewRecord("recommendation", f"Mend road {number}", date(2025, 5, 27), parent=council.review)
            write_entry(new=new, by=council.by)
            review = write_entry(
                new=NewRecord("review", "", date(2025, 5, 27), title=f"Review {number}"),
                by=council.by,
                review_kind="peer challenge",
            )
            set_particulars(review=review, by=council.by, kind="peer challenge", started_on=date(2024, 1, number + 1))
    for number in range(6):
        client.post("/risks/new/", {"text": f"Risk {number + 1}"})
    assert {address: queries(address) for address in addresses} == before


def test_a_review_of_a_day_without_a_rule_leads_to_what_its_document_prints(council, client_for):
    address = f"/reviews/{council.review.reference}/"
    client = client_for("coordinator")
    days = {"started_on_0": "7", "started_on_1": "11", "started_on_2": "2022"}
    page = client.post(f"{address}particulars/", {"kind": "peer challenge", "by_whom": "The LGA", **days}, follow=True)
    assert "No rule is on file for a review of that day" in page.content.decode()
    assert f'href="{address}dates/">See what its document prints' in page.content.decode()
    assert "See what its document prints" not in client_for("viewer").get(address).content.decode()
