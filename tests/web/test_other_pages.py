"""Home, search, priorities, reviews, sources, the error pages and the frame."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.template.loader import render_to_string
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from lxml import html

from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register import actions as register
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.reviews.actions import write_entry as write_in_review
from tests.support.client import StrictClient, assert_queries

pytestmark = pytest.mark.usefixtures("today")


def words(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def test_home_shows_a_lead_what_they_answer_for(client_for, person_for, council):
    user = person_for("lead")
    person = organisation.add_person(name="Lena Farrow", user=user, by=council.by)
    organisation.appoint(
        person=person, owner=council.director.owner, by=council.by, kind="acting", starts=date(2025, 1, 1)
    )
    text = words(client_for("lead").get("/"))
    assert "What you answer for" in text
    assert "Let one contract for all wards" in text
    assert "Late or off track" in text
    assert "Count the potholes" not in text, "what is complete asks for nothing"


def test_home_tells_the_coordinator_what_waits(client_for, council):
    text = words(client_for("coordinator").get("/"))
    assert "1 not yet checked" in text
    assert "1 printed names not matched" in text or "1 printed name not matched" in text


def test_home_tells_a_viewer_that_nothing_waits(client_for, council):
    assert "Nothing waits for you today" in words(client_for("viewer").get("/"))


@pytest.mark.parametrize(
    "problem", [OperationalError("canceling statement due to lock timeout"), InterfaceError("closed")]
)
def test_a_database_that_does_not_answer_asks_to_try_again(client_for, council, monkeypatch, caplog, problem):
    client = client_for("viewer")

    def fails(**_):
        raise problem

    monkeypatch.setattr("goldthread.web.pages.home.views.work_of", fails)
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Nothing is lost. Try again in a few minutes." in words(answer)
    assert str(problem) in caplog.text and str(problem) not in answer.content.decode()


def test_search_finds_what_the_viewer_sees(client_for, council):
    text = words(client_for("viewer").get("/search/?q=contract"))
    assert "1 entry with “contract”" in text
    assert "Let one contract" in text
    assert "Nothing was found" in words(client_for("public").get("/search/?q=depot"))
    assert "1 entry" in words(client_for("viewer").get(f"/search/?q={council.done.reference}"))
    assert client_for("viewer").get("/search/?q=%22%27%3B--").status_code == 200
    led = words(client_for("viewer").get("/search/?q=director+of+streets"))
    assert f"{council.late.reference} in Streets Plan · led by Director of Streets" in led
    wrong = html.fromstring(client_for("viewer").get("/search/?q=potholse").content)
    assert wrong.xpath("//main//a[.='potholes']/@href") == ["?q=potholes"]


def test_who_sees_only_what_is_published_needs_no_tag_for_it_and_no_words_of_the_office(client_for, council):
    url = f"/plans/{council.plan.reference}/"
    register.change_visibility(records=[council.undated], visibility="public", by=council.by, reason="Out")
    officer, resident = words(client_for("viewer").get(url)), words(client_for("public").get(url))
    assert "Public" in officer
    assert "Pat Quill (not matched to a post)" in officer
    assert "without a matched lead" in officer
    assert "Public" not in resident
    assert "Pat Quill (as printed)" in resident
    assert "without a matched lead" not in resident
    assert "Tolerance: 0" not in resident
    assert "Components" in officer
    assert "Components" not in resident, "the parts that pages are made of are for those who make them"


def test_a_review_shows_recommendations_and_findings(client_for, council):
    text = words(client_for("viewer").get(f"/reviews/{council.review.reference}/"))
    assert "R1 Spend less on streets" in text
    assert "Strength Residents like their streets" in text
    listed = html.fromstring(client_for("viewer").get("/reviews/").content)
    assert [cell.text_content().strip() for cell in listed.xpath("//tbody/tr/td")] == [
        "",
        "1",
        "1",
        "Nothing due on record",
    ]
    assert client_for("public").get(f"/reviews/{council.review.reference}/").status_code == 404


def test_priorities_stand_with_their_outcomes(client_for, council):
    council.write("outcome", "Debts fall", council.priority)
    text = words(client_for("viewer").get("/priorities/"))
    assert text.index("A council within its means") < text.index("Debts fall")


@override_settings(GOLDTHREAD_COUNCIL="Fernleigh Council")
def test_the_frame_names_the_council_and_offers_what_one_may_see(client_for):
    public, coordinator = (words(client_for(role).get("/")) for role in ("public", "coordinator"))
    assert "Fernleigh Council" in public
    assert "Sign in" in public
    assert "Import" not in public
    assert "Import" in coordinator
    assert "Sign out" in coordinator


def test_nothing_of_government_stands_on_a_page(client_for):
    text = client_for("public").get("/accessibility/").content.decode()
    for mark in ("crown", "GOV.UK", "govuk-header__logo", "gds-transport"):
        assert mark.lower() not in text.lower().replace("govuk-generic-header", "")


def test_a_missing_page_says_what_to_do(client_for):
    response = client_for("public").get("/nowhere/")
    assert response.status_code == 404
    assert "check that you copied all of it" in words(response)


def test_a_form_that_is_too_old_says_so(council):
    client = StrictClient(enforce_csrf_checks=True)
    client.force_login(council.by)
    response = client.post(f"/records/{council.undated.reference}/confirm/")
    assert response.status_code == 403
    assert "Nothing was saved" in words(response)


@pytest.mark.parametrize(
    ("name", "says"), [("403", "ask the person"), ("500", "Nothing of what you did last was saved")]
)
def test_pages_for_when_things_go_wrong_need_nothing_to_be_shown(rf, name, says):
    request = rf.get("/") if name == "403" else None
    assert says in render_to_string(f"{name}.html", {} if request is None else {"exception": ""}, request=request)


@pytest.mark.parametrize("url", ["/reviews/", "/priorities/", "/search/?q=street", "/records/unchecked/", "{review}"])
def test_the_number_of_queries_does_not_grow(client_for, council, url):
    client, url = client_for("coordinator"), url.format(review=f"/reviews/{council.review.reference}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    for number in range(5):
        council.write("priority", f"Street priority {number}", checked=False)
        for kind in ("recommendation", "finding"):
            new = NewRecord(kind, f"Street {kind} {number}", date(2025, 5, 27), parent=council.review, checked=False)
            write_in_review(new=new, by=council.by)
    assert_queries(client, url, len(asked))
