"""The list of plans, a plan by theme, its filters, its days, its reports."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from goldthread.domain.plans.actions import keep
from goldthread.domain.register import actions as register
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.kernel.clock import fixed_at
from goldthread.kernel.timescales import parse_timescale
from tests.support.client import assert_queries
from tests.web.conftest import CANARY, MAY, SmallCouncil

pytestmark = pytest.mark.usefixtures("today")


def shown(response) -> list[str]:
    """The references of the actions that a plan page shows."""
    page = html.fromstring(response.content)
    return [row.get("id") for row in page.xpath("//tbody/tr[@id]")]


@pytest.fixture
def plan_url(council: SmallCouncil) -> str:
    return f"/plans/{council.plan.reference}/"


def test_a_plan_shows_its_themes_objectives_and_actions(client_for, council, plan_url):
    response = client_for("viewer").get(plan_url)
    text = html.fromstring(response.content).text_content()
    assert "Money" in text
    assert "Cut the cost of repairs" in text
    assert "Cost per mile falls" in text
    assert "Robin Hale" in text
    assert "Director of Streets" in text
    assert "Pat Quill (not matched to a post)" in text
    assert "Late or off track" in text
    assert "31 December 2025" in text
    assert "Completed actions" in text
    assert shown(response) == [council.late.reference, council.undated.reference, council.done.reference]


def test_the_public_sees_what_is_published(client_for, council, plan_url):
    response = client_for("public").get(plan_url)
    assert shown(response) == [council.late.reference]
    text = response.content.decode()
    assert CANARY not in text
    assert "Choose" not in text
    assert "Add action" not in text


def test_a_plan_is_opened_with_what_stands_in_it_save_what_is_restricted(client_for, council, plan_url):
    page = html.fromstring(client_for("coordinator").get(plan_url).content)
    (form,) = page.xpath("//form[input[@name='do'][@value='visibility']]")
    named = form.xpath("./input[@name='record']/@value")
    assert {council.plan.reference, council.objective.reference, council.criterion.reference} <= set(named)
    assert council.canary.reference not in named
    assert "Change who may see it" not in client_for("viewer").get(plan_url).content.decode()


@pytest.mark.parametrize("role", ["public", "viewer", "lead", "administrator"])
def test_the_restricted_action_shows_nowhere(client_for, council, role):
    client = client_for(role)
    for url in ("/", "/plans/", f"/plans/{council.plan.reference}/", "/search/?q=depot", "/priorities/"):
        text = client.get(url).content.decode()
        assert CANARY not in text
        assert council.canary.reference not in text
    assert client.get(f"/records/{council.canary.reference}/").status_code == 404
    with_it = client_for("coordinator").get(f"/plans/{council.plan.reference}/").content.decode()
    assert CANARY in with_it


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=contract+wards", ["late"]),
        ("q=TENDER", ["late"]),
        ("rating=red", ["late"]),
        ("state=late", ["late"]),
        ("state=complete", ["done"]),
        ("state=no-date", ["undated"]),
        ("state=unchecked", ["undated"]),
        ("lead=unmatched", ["undated"]),
        ("lead=nobody", ["undated"]),
        ("q=nowhere", []),
    ],
)
def test_filters_are_kept_in_the_address(client_for, council, plan_url, query, expected):
    response = client_for("viewer").get(f"{plan_url}?{query}")
    assert shown(response) == [getattr(council, name).reference for name in expected]
    assert "Clear all filters" in response.content.decode()


def test_filters_by_lead_and_directorate(client_for, council, plan_url):
    client = client_for("viewer")
    for query in (f"lead={council.director.pk}", f"directorate={council.place.pk}"):
        assert shown(client.get(f"{plan_url}?{query}")) == [council.late.reference, council.done.reference]


def test_a_filter_that_cannot_be_read_filters_nothing(client_for, council, plan_url):
    assert len(shown(client_for("viewer").get(f"{plan_url}?lead=99999&rating=mauve"))) == 3


def test_a_plan_as_it_stood_and_as_it_was_known(client_for, council, plan_url):
    client = client_for("viewer")
    in_may = client.get(f"{plan_url}?as_at=2025-05-27")
    assert shown(in_may) == [council.late.reference, council.undated.reference, council.done.reference]
    assert "as at 27 May 2025" in in_may.content.decode()
    assert f"/records/{council.late.reference}/?as_at=2025-05-27" in in_may.content.decode()
    assert client.get(f"{plan_url}?as_at=2025-05-27&known_on=2025-06-09").status_code == 404
    assert client.get(f"{plan_url}?as_at=2025-05-26").status_code == 404


def test_a_day_that_cannot_be_read_is_said_and_not_obeyed(client_for, council, plan_url):
    response = client_for("viewer").get(f"{plan_url}?as_at=yesterday")
    assert response.status_code == 200
    assert "Enter a date as year-month-day" in response.content.decode()
    assert "today or an earlier day" in client_for("viewer").get(f"{plan_url}?as_at=2027-01-01").content.decode()


def test_the_figures_count_and_lead_to_what_they_count(client_for, council, plan_url):
    page = html.fromstring(client_for("viewer").get(plan_url).content)
    figures = {
        item.xpath("string(span[2])"): int(item.xpath("string(span[1])"))
        for item in page.xpath('//div[@class="gt-figure"]')
    }
    assert figures == {
        "actions": 3, "complete": 1, "late": 1, "without a date": 1, "without a matched lead": 1, "not yet checked": 1,
        "done, not verified": 1,
    }  # fmt: skip


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_reports_of_a_plan(client_for, council, plan_url, form):
    response = client_for("viewer").get(f"{plan_url}report.{form}", strict=False)
    assert response.status_code == 200
    assert b"Let one contract for all wards" in response.content
    assert CANARY.encode() not in response.content
    assert client_for("viewer").get(f"{plan_url}report.exe").status_code == 404


def test_a_plan_that_is_not_there(client_for, council):
    assert client_for("coordinator").get("/plans/NONE/").status_code == 404
    assert client_for("coordinator").get(f"/plans/{council.review.reference}/").status_code == 404


def test_the_list_counts_what_the_viewer_sees(client_for, council):
    cells = html.fromstring(client_for("viewer").get("/plans/").content).xpath("//tbody/tr/td")
    assert [cell.text_content().strip() for cell in cells] == ["3", "2", "1"]
    cells = html.fromstring(client_for("public").get("/plans/").content).xpath("//tbody/tr/td")
    assert [cell.text_content().strip() for cell in cells] == ["1", "1", "1"]


def test_an_empty_register_says_what_to_do(client_for):
    assert "There is no plan to show yet" in client_for("public").get("/plans/").content.decode()
    assert "write one by hand" in client_for("coordinator").get("/").content.decode()
    assert "There is no review" in client_for("viewer").get("/reviews/").content.decode()
    assert "No priority is on record" in client_for("viewer").get("/priorities/").content.decode()


def test_the_number_of_queries_does_not_grow(client_for, council, plan_url):
    client = client_for("coordinator")
    counts = {url: _count(client, url) for url in (plan_url, "/plans/", "/")}
    with fixed_at(date(2025, 7, 1)):
        for number in range(12):
            council.write(
                "action", f"Mend street {number}", council.objective, leads=[Lead(council.director.owner)],
                timescale=parse_timescale("March 2026"), update="Going well", checked=False,
            )  # fmt: skip
        register.confirm(records=[council.undated], by=council.by)
    for url, count in counts.items():
        assert_queries(client, url, count)


def _count(client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def words(response) -> str:
    """The words of a page."""
    return " ".join(html.fromstring(response.content).text_content().split())


def test_the_plan_rolls_up_by_a_rule_and_lists_what_is_done_and_not_verified(client_for, council, plan_url):
    client = client_for("auditor")
    page = words(client_for("viewer").get(plan_url))
    assert "Late or off track 1 · No date set 1" in page, "as in the bar: what is done is counted beside"
    assert "1 is complete and not verified: no rating." in page
    assert "the worst among them" in page
    assert "Colours are never averaged. Rule roll-up/1." in page
    assert "1 done, not verified" in page
    listed = words(client.get(f"{plan_url}?state=not-verified"))
    assert council.done.reference in listed
    assert council.late.reference not in listed.split("Completed actions")[1]
    client.post(f"/records/{council.done.reference}/verify/", {"verified": "yes", "reason": "Counted"})
    assert "done, not verified" not in words(client.get(plan_url)).split("Filter")[0]


def test_what_has_no_date_can_be_filtered_by_its_rating(client_for, council, plan_url):
    page = words(client_for("viewer").get(f"{plan_url}?rating=no-date&state=open"))
    assert council.undated.reference in page
    assert council.late.reference not in page.split("match")[1]


def test_the_tolerance_of_a_plan_is_set_with_a_reason_and_taken_back(client_for, council, plan_url):
    client = client_for("coordinator")
    data = {"days": "28", "from_day_0": "15", "from_day_1": "1", "from_day_2": "2026", "reason": "Board, January"}
    assert client.post(f"{plan_url}tolerance/", data | {"reason": ""}).status_code == 200
    assert client.post(f"{plan_url}tolerance/", data | {"days": "many"}).status_code == 200
    assert client.post(f"{plan_url}tolerance/", data).status_code == 302
    page = client.get(plan_url)
    assert "Tolerance: 28 days after the due date" in words(page)
    undo = html.fromstring(page.content).xpath("//div[contains(@class, 'govuk-notification-banner')]//form/@action")[0]
    client.post(undo)
    assert "Tolerance: 0 days" in words(client.get(plan_url))
    assert client_for("lead").get(f"{plan_url}tolerance/").status_code == 404
    assert client.get("/plans/effects/").status_code == 200
    assert client_for("lead").get("/plans/effects/").status_code == 404


def test_slips_are_told_by_directorate_and_as_csv(client_for, council, plan_url):
    assert "No date is later than first set" in words(client_for("viewer").get("/plans/slips/"))
    with fixed_at(date(2025, 9, 1)):
        register.set_due_date(
            records=[council.late], timescale="31 March 2026", by=council.by, reason="=One bidder left"
        )
    page = words(client_for("viewer").get(f"/plans/slips/?within={council.plan.reference}"))
    assert "Place 2 1 1 1 0 90 90" in page
    assert "31 to 90 days later1" in page
    assert "One bidder left" in page
    sent = client_for("viewer").get("/plans/slips.csv").content.decode("utf-8-sig")
    (line,) = sent.splitlines()[1:]
    assert line.startswith(f"{council.late.reference},Let one contract for all wards,Place,")
    assert ",90,'=One bidder left" in line
    assert client_for("viewer").get(f"/plans/slips/?within={council.canary.reference}").status_code == 404


def test_a_plan_of_a_past_day_holds_what_has_been_moved_out_of_it_since(client_for, council, plan_url):
    other = council.write("plan", "", title="Depots Plan")
    with fixed_at(date(2025, 9, 1)):
        register.move(records=[council.late], to=other, by=council.by, reason="It belongs there")
    client = client_for("coordinator")
    assert council.late.reference not in words(client.get(plan_url))
    assert council.late.reference in words(client.get(f"{plan_url}?as_at=2025-08-31"))
    assert council.late.reference not in words(client.get(f"/plans/{other.reference}/?as_at=2025-08-31"))


def test_the_criteria_of_a_completed_action_and_of_one_without_objective_are_on_the_page_and_in_the_report(
    client_for, council, plan_url
):
    loose = council.write("action", "Paint the depot", council.plan)
    for text, action in (("The depot is white", loose), ("Every hole has a number", council.done)):
        # As imports write them: a document may print what shows success beside the action itself.
        new = NewRecord("criterion", text, MAY, parent=action)
        keep(kind="criterion", records=[made := register.create(new=new, by=council.by)], event=made.created)
    client = client_for("viewer")
    page = html.fromstring(client.get(plan_url).content)
    (row,) = page.xpath(f"//tr[@id='{council.done.reference}']")
    assert "Met when: Every hole has a number" in row.text_content()
    assert "The depot is white" in words(client.get(plan_url))
    report = client.get(f"{plan_url}report.csv").content.decode()
    assert "The depot is white" in report
    assert "Every hole has a number" in report
