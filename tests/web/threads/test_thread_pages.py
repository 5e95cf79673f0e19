"""The pages of threads, coverage, lineages and proposals, as a person uses them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from lxml import html

from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.register.queries import upwards
from goldthread.domain.reviews.actions import confirm_repeat, write_entry
from tests.support.once import written_once
from tests.web.conftest import CANARY, MAY, SmallCouncil

pytestmark = pytest.mark.usefixtures("today")


def words(response: Any) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


@pytest.fixture
@written_once
def later(council: SmallCouncil) -> dict[str, Record]:
    """A review of 2025 that raises again what the one of 2024 did."""
    review = write_entry(new=NewRecord("review", "", MAY, title="Finance Review 2025"), by=council.by)
    rec = write_entry(
        new=NewRecord("recommendation", "Spending on streets is to fall", MAY, parent=review), by=council.by
    )
    other = write_entry(new=NewRecord("recommendation", "Elect a mayor", MAY, parent=review), by=council.by)
    return {"review": review, "rec": rec, "other": other}


def test_a_councillor_follows_a_thread_from_the_recommendation_to_what_was_said(
    client_for: Any, council: SmallCouncil
) -> None:
    client = client_for("viewer")
    page = html.fromstring(client.get(f"/records/{council.recommendation.reference}/thread/").content)
    here = page.xpath("//*[@aria-current='true']")[0].text_content()
    assert "Spend less on streets" in here
    below = page.xpath("//*[@aria-labelledby='what']")[0].text_content()
    assert f"answered by action {council.late.reference}" in " ".join(below.split())
    assert "Tender is out." in below
    assert "27 May 2025" in below
    top = words(client.get(f"/records/{council.priority.reference}/thread/"))
    assert "served by plan" in top
    assert CANARY not in top
    assert page.xpath("//main//a[contains(@href,'thread.svg')]")


def test_the_picture_the_table_and_json_hold_the_same_and_nothing_shut(client_for: Any, council: SmallCouncil) -> None:
    client, start = client_for("viewer"), f"/records/{council.plan.reference}/thread"
    picture, table, values = client.get(f"{start}.svg"), client.get(f"{start}.csv"), client.get(f"{start}.json")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Content-Security-Policy"] == "sandbox; default-src 'none'"
    names = [row["reference"] for row in json.loads(values.content)["records"]]
    assert council.late.reference in names
    for answer in (picture, table, values):
        assert council.late.reference in answer.content.decode()
        assert council.canary.reference not in answer.content.decode()
        assert "hush" not in answer.content.decode()
    assert client.get(f"/records/{council.canary.reference}/thread/").status_code == 404


def test_coverage_leads_to_those_that_lack_and_they_are_tied_at_once(client_for: Any, council: SmallCouncil) -> None:
    client = client_for("coordinator")
    page = html.fromstring(client.get("/coverage/").content)
    assert any(
        "With a date: 1 of 3 open actions (33%)" in " ".join(one.text_content().split()) for one in page.xpath("//h2")
    )
    lacking = client.get("/coverage/date/")
    assert "Sell the second depot" in words(lacking)
    assert client.get("/coverage/nothing/").status_code == 404
    assert client.get("/coverage/date/?plan=NO").status_code == 404
    loose = write_entry(new=NewRecord("recommendation", "Paint the gates", MAY, parent=council.review), by=council.by)
    assert "Paint the gates" in words(client.get("/coverage/priority/"))
    form = client.post("/records/change/", {"do": "tie", "record": [loose.reference]})
    assert "Tie to a priority" in words(form)
    done = client.post(
        "/records/change/tie/",
        {"record": [loose.reference], "to": council.priority.reference, "reason": "It is for that"},
        follow=True,
    )
    assert "was tied to it" in words(done)
    assert "Paint the gates" not in words(client.get("/coverage/priority/"))
    again = client.post(
        "/records/change/tie/",
        {"record": [loose.reference], "to": council.priority.reference, "reason": "again"},
        follow=True,
    )
    assert "tied to CP-001 already" in words(again) or "already" in words(again)


def test_coverage_of_nothing_says_so(client_for: Any) -> None:
    assert "There is nothing to count yet" in words(client_for("coordinator").get("/coverage/"))


def test_what_comes_back_is_confirmed_with_one_press_and_undone(
    client_for: Any, council: SmallCouncil, later: dict[str, Record]
) -> None:
    client = client_for("coordinator")
    address = f"/records/{later['review'].reference}/repeats/"
    page = html.fromstring(client.get(address).content)
    pair = page.xpath("//li[contains(@class,'gt-pair')]")[0]
    assert {mark.text_content().lower() for mark in pair.xpath(".//mark")} >= {"streets"}
    action = f"/records/{later['rec'].reference}/repeats/{council.recommendation.reference}/"
    assert action in [form.get("action") for form in pair.xpath(".//form")]
    done = client.post(action, {"is": "raised again"}, HTTP_REFERER=f"http://testserver{address}", follow=True)
    assert "raised again." in words(done)
    lineage = words(client.get(f"/records/{council.recommendation.reference}/lineage/"))
    assert "Raised 2024; no closure on record; answered 2025; raised again 2025" in lineage
    assert "1 lineage" in words(client.get("/lineages/"))
    undo = html.fromstring(done.content).xpath("//form[contains(@action,'/undo/')]")[0].get("action")
    client.post(undo)
    assert "Nothing is joined to it yet" in words(client.get(f"/records/{council.recommendation.reference}/lineage/"))


def test_not_the_same_is_remembered(client_for: Any, council: SmallCouncil, later: dict[str, Record]) -> None:
    client = client_for("coordinator")
    address = f"/records/{later['review'].reference}/repeats/"
    action = f"/records/{later['rec'].reference}/repeats/{council.recommendation.reference}/"
    assert action in client.get(address).content.decode()
    client.post(action, {"is": "no"})
    assert action not in client.get(address).content.decode()
    assert "Choose what the later one is" in words(client.post(action, {"is": "whatever"}, follow=True))


def test_an_objective_is_linked_from_the_page_of_the_recommendation(client_for: Any, council: SmallCouncil) -> None:
    rec = write_entry(
        new=NewRecord("recommendation", "Bring down what repairs cost", MAY, parent=council.review), by=council.by
    )
    client = client_for("coordinator")
    page = client.get(f"/records/{rec.reference}/")
    assert "Objectives that may answer it" in words(page)
    assert "Objectives that may answer it" not in words(client_for("viewer").get(f"/records/{rec.reference}/"))
    done = client.post(
        f"/records/{rec.reference}/may-answer/{council.objective.reference}/", {"is": "yes"}, follow=True
    )
    assert f"{council.objective.reference} now answers {rec.reference}" in words(done)
    above = upwards(council.objective, viewer=_viewer(council), depth=1)
    assert rec.pk in {row.pk for _, relation, row in above if relation == "answers"}
    assert "may answer" in words(client.get(f"/records/{council.plan.reference}/may-answer/"))


def _viewer(council: SmallCouncil) -> Any:
    from goldthread.commons.access.queries import viewer_for

    return viewer_for(council.by)


def test_who_may_not_edit_decides_nothing(client_for: Any, council: SmallCouncil, later: dict[str, Record]) -> None:
    client = client_for("viewer")
    action = f"/records/{later['rec'].reference}/repeats/{council.recommendation.reference}/"
    assert client.post(action, {"is": "raised again"}).status_code == 404
    assert (
        '<form method="post" class="gt-pair'
        not in client.get(f"/records/{later['review'].reference}/repeats/").content.decode()
    )


def test_pages_cost_no_more_queries_for_more_records(
    client_for: Any, council: SmallCouncil, later: dict[str, Record], django_assert_max_num_queries: Any
) -> None:
    client = client_for("coordinator")
    confirm_repeat(later=later["rec"], earlier=council.recommendation, relation="raised again", by=council.by)
    pages = [
        f"/records/{council.plan.reference}/thread/",
        f"/records/{council.recommendation.reference}/lineage/",
        "/coverage/",
        "/coverage/date/",
        "/lineages/",
        f"/records/{later['review'].reference}/repeats/",
        f"/records/{council.plan.reference}/may-answer/",
        f"/records/{council.recommendation.reference}/",
    ]

    def counts() -> list[int]:
        found = []
        for page in pages:
            with django_assert_max_num_queries(90) as taken:
                assert client.get(page).status_code == 200, page
            found.append(len(taken))
        return found

    counts()
    few = counts()
    for number in range(6):
        council.write("action", f"Mend street {number}", council.objective)
        council.write("objective", f"Spend less on street {number}", council.plan)
        new = write_entry(
            new=NewRecord("recommendation", f"Cut street spending {number}", MAY, parent=later["review"]), by=council.by
        )
        if number < 3:
            confirm_repeat(later=new, earlier=council.recommendation, relation="raised again", by=council.by)
    assert dict(zip(pages, counts(), strict=True)) == dict(zip(pages, few, strict=True))


def test_an_earlier_day_shows_the_thread_of_then(client_for: Any, council: SmallCouncil) -> None:
    client = client_for("viewer")
    page = words(client.get(f"/records/{council.plan.reference}/thread/?as_at=2025-05-27"))
    assert "This page shows the thread as at 27 May 2025" in page
    assert client.get(f"/records/{council.plan.reference}/thread/?as_at={date(2020, 1, 1)}").status_code == 404
