"""Pages of another day: a plan, a record, a review and a structure as they stood, as they were known; links stay there."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from lxml import html

from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import PostListing, Structure
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.kernel.clock import fixed_at
from tests.support.client import assert_queries
from tests.support.once import written_once

pytestmark = pytest.mark.usefixtures("today")

AUTUMN = date(2025, 10, 1)
THEN = "as_at=2025-09-01&known_on=2025-09-01"


def words(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


@pytest.fixture
@written_once
def moved_on(council):
    """In autumn the late action moved to another plan with other words, the undated one was withdrawn as from August."""
    with fixed_at(AUTUMN):
        other = council.write("plan", "", title="Parks Plan")
        register.reword(record=council.late, text="Let two contracts", by=council.by, reason="Clearer")
        register.move(records=[council.late], to=other, by=council.by, reason="Belongs there")
        register.withdraw(records=[council.undated], by=council.by, reason="Not now", as_at=date(2025, 8, 1))
    return council


def test_a_plan_shows_what_stood_in_it_then(client_for, moved_on):
    client, plan = client_for("viewer"), reverse("plan", args=[moved_on.plan.reference])
    now, then = words(client.get(plan)), words(client.get(f"{plan}?{THEN}"))
    assert "Let two contracts" not in now
    assert "Sell the second depot" not in now
    assert "Let one contract for all wards" in then, "it was moved away later"
    assert "Sell the second depot" in then, "that it was withdrawn from August on was not known in September"
    assert "This page shows the plan as at 1 September 2025, as we knew it on 1 September 2025." in then
    corrected = words(client.get(f"{plan}?as_at=2025-09-01"))
    assert "Sell the second depot" not in corrected, "by what is known now it had gone in August"


def test_a_record_and_its_thread_speak_of_that_day_and_links_stay_there(client_for, moved_on):
    client = client_for("viewer")
    page = client.get(f"{reverse('record', args=[moved_on.late.reference])}?{THEN}")
    seen = words(page)
    assert "Let one contract for all wards" in seen
    assert "Let two contracts" not in seen
    assert "Cut the cost of repairs" in seen, "the objective that it was part of then"
    assert "Parks Plan" not in html.fromstring(page.content).xpath("string(//nav[@class='gt-thread'])")
    links = list(html.fromstring(page.content).xpath("//nav[@class='gt-thread']//a/@href"))
    assert links
    assert all("as_at=2025-09-01" in link for link in links)


def test_a_review_shows_what_stood_then(client_for, moved_on):
    with fixed_at(AUTUMN):
        register.withdraw(records=[moved_on.recommendation], by=moved_on.by, reason="Answered")
    client, review = client_for("viewer"), reverse("review", args=[moved_on.review.reference])
    assert "Spend less on streets" not in words(client.get(review))
    assert "Spend less on streets" in words(client.get(f"{review}?{THEN}"))
    assert client.get(f"{review}?known_on=2025-06-01").status_code == 404, "nobody knew of it yet"


def test_a_structure_shows_its_posts_and_holders_as_known_then(client_for, council):
    structure = Structure.objects.create(name="Structure of March", as_at=date(2025, 3, 1))
    event = Record.objects.first().created
    told = {"recorded": event.at, "by": council.by, "event": event}
    PostListing.objects.create(structure=structure, post=council.director, printed="Director of Streets", **told)
    with fixed_at(AUTUMN):
        person = organisation.add_person(name="Isolde Marchbank", by=council.by)
        organisation.appoint(
            person=person, owner=council.director.owner, by=council.by, kind="interim", starts=date(2025, 8, 1)
        )
    client, page = client_for("viewer"), reverse("structure", args=[structure.pk])
    assert "Isolde Marchbank" in words(client.get(page))
    then = words(client.get(f"{page}?{THEN}"))
    assert "Director of Streets" in then
    assert "Isolde Marchbank" not in then
    assert "Isolde Marchbank" in words(client.get(f"{page}?as_at=2025-09-01"))
    assert "Nothing of it was known on that day." in words(client.get(f"{page}?known_on=2025-06-01"))
    assert "it speaks of a later day" in words(client.get(f"{page}?as_at=2025-02-01"))


def test_another_day_asks_no_more_often_for_more_entries(client_for, council):
    client, plan = client_for("viewer"), f"{reverse('plan', args=[council.plan.reference])}?{THEN}"
    client.get(plan)
    record = f"{reverse('record', args=[council.late.reference])}?{THEN}"
    assert_queries(client, plan, 32)
    assert_queries(client, record, 110)
    for number in range(6):
        new = NewRecord("action", f"One more {number}", date(2025, 6, 1), parent=council.objective)
        with fixed_at(date(2025, 7, 1)):
            register.create(new=new, by=council.by)
    assert_queries(client, plan, 32)
