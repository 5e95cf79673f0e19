"""The page of one record: its thread, its timelines, its days, what one may do."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from goldthread.domain.register import actions as register
from goldthread.kernel.clock import fixed_at
from tests.web.conftest import CANARY

pytestmark = pytest.mark.usefixtures("today")


def words(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def test_the_thread_runs_up_to_the_reasons_and_down_to_what_is_done(client_for, council):
    client = client_for("viewer")
    page = html.fromstring(client.get(f"/records/{council.late.reference}/").content)
    above = [knot.text_content() for knot in page.xpath("//ol[contains(@class,'--above')]/li")]
    assert any("answers recommendation" in knot and "Spend less on streets" in knot for knot in above)
    assert any("Cut the cost of repairs" in knot for knot in above)
    assert any("A council within its means" in knot for knot in above)
    down = words(client.get(f"/records/{council.recommendation.reference}/"))
    assert f"answered by action {council.late.reference}" in down
    objective = words(client.get(f"/records/{council.objective.reference}/"))
    assert "Cost per mile falls" in objective
    assert CANARY not in objective


def test_the_dates_keep_the_first_one(client_for, council):
    with fixed_at(date(2025, 9, 1)):
        register.set_due_date(
            records=[council.late], timescale="31 March 2026", by=council.by, reason="One bidder left"
        )
    text = words(client_for("viewer").get(f"/records/{council.late.reference}/"))
    assert "90 days later than first set (31 December 2025)" in text
    assert "First date" in text
    assert "One bidder left" in text


def test_updates_stand_newest_first_and_repeats_are_named(client_for, council):
    for day in (1, 2):
        with fixed_at(date(2025, 10, day)):
            register.add_update(record=council.late, text="Bids are in.", by=council.by)
    page = html.fromstring(client_for("viewer").get(f"/records/{council.late.reference}/").content)
    entries = [entry.text_content() for entry in page.xpath("//div[@id='updates']//li")]
    assert len(entries) == 3
    assert "2 October 2025" in entries[0]
    assert "The same words as the time before" in entries[0]
    assert "The same words" not in entries[1]
    assert "Tender is out." in entries[2]


def test_an_earlier_day_shows_what_stood_then(client_for, council):
    with fixed_at(date(2025, 10, 1)):
        register.reword(record=council.late, text="Let two contracts", by=council.by, reason="Split by area")
    client = client_for("viewer")
    now, then = (client.get(f"/records/{council.late.reference}/{days}") for days in ("", "?as_at=2025-06-30"))
    assert "Let two contracts" in words(now)
    assert "First wording" in words(now)
    assert "Let one contract for all wards" in html.fromstring(then.content).findtext(".//h1")
    assert "Show it as it stands today" in words(then)
    assert client.get(f"/records/{council.late.reference}/?known_on=2025-06-09").status_code == 404


def test_the_rating_is_explained_and_an_override_shows_both(client_for, council):
    url = f"/records/{council.late.reference}/"
    assert "Was due on 31 December 2025" in words(client_for("viewer").get(url))
    register.declare_rating(record=council.late, value="amber", by=council.by, reason="Award is a week away")
    text = words(client_for("viewer").get(url))
    assert "Award is a week away" in text
    assert "What shows: At risk" in text
    assert "The rule" in text
    assert "Late or off track" in text


def test_officers_names_are_not_for_the_public(client_for, council):
    url = f"/records/{council.late.reference}/"
    assert "Recorded on 10 June 2025 by Cora Mayhew" in words(client_for("viewer").get(url))
    public = words(client_for("public").get(url))
    assert "Recorded on 10 June 2025" in public
    assert "Cora Mayhew" not in public


def test_only_those_who_may_are_offered_anything(client_for, council):
    url = f"/records/{council.late.reference}/"
    assert "Withdraw" in words(client_for("coordinator").get(url))
    assert "Withdraw" not in words(client_for("viewer").get(url))
    lead = words(client_for("lead").get(url))
    assert "Add an update" in lead
    assert "Edit the wording" not in lead


def test_plans_and_reviews_have_pages_of_their_own(client_for, council):
    client = client_for("viewer")
    assert client.get(f"/records/{council.plan.reference}/").headers["Location"] == f"/plans/{council.plan.reference}/"
    assert client.get(f"/records/{council.plan.reference}/?history").status_code == 200
    location = client.get(f"/records/{council.review.reference}/").headers["Location"]
    assert location == f"/reviews/{council.review.reference}/"


def test_what_is_not_there_answers_404_whoever_asks(client_for, council):
    for role in ("public", "viewer", "coordinator"):
        assert client_for(role).get("/records/NONE-1/").status_code == 404
    assert client_for("public").get(f"/records/{council.undated.reference}/").status_code == 404
    for path in ("update", "edit", "rating", "link", "evidence", "verify", "effect", "dates/propose", "new/criterion"):
        url = f"/records/{council.canary.reference}/{path}/"
        assert client_for("lead").get(url).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_history(client_for, council):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = client_for("coordinator"), f"/records/{council.late.reference}/"

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    before = count()
    for number in range(6):
        register.add_update(record=council.late, text=f"Step {number}", by=council.by)
    assert count() <= before
