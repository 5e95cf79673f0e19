"""Pages of the lines of enquiry: what they show to whom, judging, the briefing, and what is not there."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.domain.enquiries.models import Judgement
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from tests.support.once import written_once
from tests.web.conftest import SmallCouncil

pytestmark = pytest.mark.usefixtures("today")

RATE = "Since 1 January 2024, 9,600 calls were taken (about 1,200 a month)."


@pytest.fixture
@written_once
def contradicted(council: SmallCouncil) -> SmallCouncil:
    """The council with an update whose rate its own numbers contradict."""
    register.add_update(record=council.undated, text=RATE, by=council.by, as_at=date(2025, 12, 30))
    return council


def plan_url(council: SmallCouncil) -> str:
    return f"/enquiries/{council.plan.reference}/"


def one_url(client, council: SmallCouncil) -> str:
    """The address of the enquiry about the rate."""
    page = client.get(plan_url(council) + "?rule=LE05").content.decode()
    return re.search(rf'href="({plan_url(council)}[0-9a-f]+/)"', page)[1]


def test_a_plan_shows_its_enquiries_with_the_printed_words(client_for, contradicted: SmallCouncil) -> None:
    page = client_for("viewer").get(plan_url(contradicted)).content.decode()
    assert RATE in page and "Which is right?" in page and "30 December 2025" in page
    assert client_for("viewer").get(one_url(client_for("viewer"), contradicted)).status_code == 200
    assert plan_url(contradicted) in client_for("viewer").get("/enquiries/").content.decode()


def test_the_public_and_councillors_see_what_is_published_only(client_for, contradicted: SmallCouncil) -> None:
    for role in ("public", "councillor"):
        assert RATE not in client_for(role).get(plan_url(contradicted)).content.decode()
    officer = client_for("coordinator")
    officer.post(f"{one_url(officer, contradicted)}judge/", {"do": "answer", "said": "Between ourselves"})
    register.change_visibility(records=[contradicted.undated], visibility="public", by=contradicted.by, reason="Shown")
    page = client_for("councillor").get(plan_url(contradicted)).content.decode()
    assert RATE in page and "Answered" in page and contradicted.canary.reference not in page
    assert "Between ourselves" not in page, "what officers write about an enquiry is not published with the plan"
    assert "Save" not in client_for("councillor").get(one_url(client_for("public"), contradicted)).content.decode()


def test_an_enquiry_is_answered_dismissed_opened_again_and_turned_into_an_action(
    client_for, contradicted: SmallCouncil
) -> None:
    client = client_for("coordinator")
    address = one_url(client, contradicted)
    assert "Choose what becomes of it." in client.post(f"{address}judge/", {"said": "x"}).content.decode()
    for do, shown in (("answer", "Answered"), ("dismiss", "Dismissed"), ("reopen", "")):
        client.post(f"{address}judge/", {"do": do, "said": f"Because of {do}"})
        page = client.get(plan_url(contradicted)).content.decode()
        assert (f"Because of {do}" in page) is bool(shown) and shown in page
    refused = client.post(f"{address}judge/", {"do": "action", "said": "Count again", "timescale": "soonish"})
    assert "is not a date" in refused.content.decode()
    client.post(f"{address}judge/", {"do": "action", "said": "Count the calls again", "timescale": "March 2027"})
    made = Record.objects.get(text="Count the calls again")
    assert (made.within, made.parent) == (contradicted.plan, contradicted.objective)
    assert made.reference in client.get(plan_url(contradicted)).content.decode()
    assert Judgement.objects.count() == 4


def test_who_may_not_judge_does_not(client_for, contradicted: SmallCouncil) -> None:
    address = one_url(client_for("viewer"), contradicted)
    assert client_for("viewer").post(f"{address}judge/", {"do": "answer", "said": "x"}).status_code == 404
    assert Judgement.objects.count() == 0


def test_an_answer_holds_until_the_words_change(client_for, contradicted: SmallCouncil) -> None:
    client = client_for("coordinator")
    client.post(f"{one_url(client, contradicted)}judge/", {"do": "answer", "said": "The calls were counted twice"})
    assert "The calls were counted twice" in client.get(plan_url(contradicted)).content.decode()
    register.add_update(record=contradicted.undated, text=RATE.replace("9,600", "9,700"), by=contradicted.by)
    assert "The calls were counted twice" not in client.get(plan_url(contradicted)).content.decode()


def test_the_briefing_comes_as_a_page_and_as_word(client_for, contradicted: SmallCouncil) -> None:
    client = client_for("viewer")
    page = client.get(plan_url(contradicted) + "briefing.html", strict=False).content.decode()
    assert RATE in page
    word = client.get(plan_url(contradicted) + "briefing.docx", strict=False)
    text = zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()
    assert "9,600 calls were taken" in text
    assert client.get(plan_url(contradicted) + "briefing.xlsx", strict=False).status_code == 404


def test_a_plan_in_which_all_adds_up_says_so(client_for, council: SmallCouncil) -> None:
    empty = council.write("plan", "", title="A short plan")
    page = client_for("viewer").get(f"/enquiries/{empty.reference}/").content.decode()
    assert "Nothing here that does not add up" in page
    assert client_for("viewer").get("/enquiries/NOPE/").status_code == 404


def test_the_page_costs_the_same_with_more_rows(client_for, contradicted: SmallCouncil) -> None:
    client = client_for("coordinator")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(plan_url(contradicted))
        return len(seen)

    queries()
    before = queries()
    for number in range(8):
        council_action = contradicted.write("action", f"Sweep street {number}", contradicted.objective)
        register.add_update(record=council_action, text=RATE, by=contradicted.by)
    assert queries() == before
