"""The pages of reports: making, issuing, opening, proving, comparing, publishing, withdrawing; each for whom it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from goldthread.commons.access.terms import ScopeKind
from goldthread.commons.access.viewer import Scope
from goldthread.commons.files.storage import path_of
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.kernel.clock import fixed_at
from goldthread.reporting.actions import freeze, make_files, publish
from goldthread.reporting.models import Issue
from tests.support.client import assert_queries
from tests.web.conftest import CANARY, MAY, TODAY

pytestmark = pytest.mark.usefixtures("today")


def words(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def issued(council, **more) -> Issue:
    told = {"as_at": TODAY, "reason": "For the board", "kinds": ("html", "csv"), **more}
    return make_files(issue=freeze(plan=council.plan, by=council.by, **told), by=council.by)


def test_a_report_is_previewed_and_issued_from_a_page(client_for, council):
    client = client_for("coordinator")
    assert "Make a report" in words(client.get(reverse("report_new")))
    address = f"{reverse('report_new')}?plan={council.plan.reference}&variant=full&as_at={TODAY}&audience=council"
    seen = words(client.get(address))
    assert "Let one contract for all wards" in seen
    assert CANARY not in seen, "the coordinator may see it, but the report is for the council"
    assert "Freeze and issue" in seen
    assert "Say why the report is issued" in words(client.post(address, {"kinds": ["csv"], "reason": " "}))
    assert Issue.objects.count() == 0
    answer = client.post(address, {"kinds": ["csv", "html"], "reason": "For Cabinet"})
    issue = Issue.objects.get()
    assert answer.url == reverse("issue", args=[issue.reference])
    assert "Its files are being made" in words(client.get(answer.url))
    assert issue.kinds == ["csv", "html"]


def test_a_report_for_eyes_that_may_not_see_the_plan_says_so(client_for, council):
    register.change_visibility(records=[council.plan], visibility="internal", by=council.by, reason="Not yet")
    address = f"{reverse('report_new')}?plan={council.plan.reference}&variant=full&as_at={TODAY}&audience=public"
    seen = words(client_for("coordinator").get(address))
    assert "is not open to “The public”" in seen
    assert "Freeze and issue" not in seen


def test_a_part_needs_to_be_named_and_a_day_to_have_come(client_for, council):
    client = client_for("coordinator")
    address = f"{reverse('report_new')}?plan={council.plan.reference}&audience=council&as_at={TODAY}"
    assert "Choose the lead." in words(client.get(f"{address}&variant=lead"))
    assert "Choose since when." in words(client.get(f"{address}&variant=changes"))
    late = words(client.get(f"{address.replace(str(TODAY), '2030-01-01')}&variant=full"))
    assert "Choose today or an earlier day." in late
    one = words(client.get(f"{address}&variant=lead&lead={council.director.pk}"))
    assert "Lead: Director of Streets" in one
    assert "Sell the second depot" not in one
    before = address.replace(f"as_at={TODAY}", f"as_at={MAY - timedelta(days=1)}")
    assert "is on record as at 26 May 2025" in words(client.get(f"{before}&variant=full"))


def test_what_stands_in_the_way_is_listed_and_nothing_is_issued(client_for, council):
    Record.objects.filter(pk=council.late.pk).update(title="Past every action")
    client = client_for("coordinator")
    address = f"{reverse('report_new')}?plan={council.plan.reference}&variant=full&as_at={TODAY}&audience=council"
    seen = words(client.get(address))
    assert "What stands in the way" in seen
    assert "GT001" in seen
    assert "Freeze and issue" not in seen
    client.post(address, {"kinds": ["csv"], "reason": "Never mind"})
    assert Issue.objects.count() == 0


def test_an_issue_shows_its_hash_and_files_and_gives_them_out_unchanged(client_for, council):
    issue = issued(council)
    client = client_for("viewer")
    page = words(client.get(reverse("issue", args=[issue.reference])))
    assert issue.sha256 in page
    assert "For the board" in page

    def got(kind: str):
        return client.get(reverse("issue_file", args=[issue.reference, kind]), strict=False)  # html carries its styles

    before = {kind: got(kind).content for kind in issue.kinds}
    register.withdraw(records=[council.late], by=council.by, reason="Not now")
    answer, shown = got("csv"), got("html")
    assert answer.content == before["csv"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert shown.content == before["html"]
    assert "sha256-" in shown["Content-Security-Policy"]
    assert got("pdf").status_code == 404


def test_a_file_that_was_changed_is_not_given_out_and_the_proof_says_so(client_for, council):
    issue = issued(council)
    client = client_for("viewer")
    address = reverse("issue_verify", args=[issue.reference])
    assert "Everything holds" in words(client.get(address))
    path = path_of(issue.files.get(kind="csv").sha256)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"Tender", b"Vendor"))
    assert "Something does not hold" in words(client.get(address))
    answer = client.get(reverse("issue_file", args=[issue.reference, "csv"]))
    assert answer.status_code == 500
    assert b"Vendor" not in answer.content


def test_two_issues_are_compared_on_a_page_and_as_a_file(client_for, council):
    first = issued(council)
    with fixed_at(TODAY + timedelta(days=20)):
        register.set_due_date(records=[council.late], timescale="March 2027", by=council.by, reason="Agreed")
        second = issued(council, as_at=TODAY + timedelta(days=20))
        client = client_for("viewer")
        assert f"What has changed since {first.reference}" in words(
            client.get(reverse("issue", args=[second.reference]))
        )
        address = f"{reverse('issue_differences', args=[second.reference])}?other={first.reference}"
        seen = words(client.get(address))
        assert "Was: December 2025" in seen
        assert "Now: March 2027" in seen
        assert b"March 2027" in client.get(f"{address}&to=csv").content
        assert client.get(f"{reverse('issue_differences', args=[second.reference])}?other=R9999").status_code == 404


def test_who_may_open_which(client_for, council, person_for):
    board = organisation.add_body(name="Improvement Board", by=council.by)
    inside, for_board, secret = issued(council), issued(council, for_body=board), issued(council, audience="restricted")
    public = issued(council, audience="public")

    def opened(client) -> list[int]:
        rows = (inside, for_board, secret, public)
        return [client.get(reverse("issue", args=[row.reference])).status_code for row in rows]

    assert opened(client_for("coordinator")) == [200, 200, 200, 200]
    assert opened(client_for("viewer")) == [200, 200, 404, 200]
    assert opened(client_for("councillor", scope=Scope(ScopeKind.BODY, board.pk))) == [404, 200, 404, 404]
    assert opened(client_for("public")) == [404, 404, 404, 404]
    publish(issue=public, by=council.by, reason="Agenda is out")
    assert opened(client_for("public")) == [404, 404, 404, 200]
    seen = words(client_for("public").get(reverse("reports")))
    assert public.reference in seen
    assert inside.reference + " " not in seen
    page = client_for("public").get(reverse("issue", args=[public.reference]))
    assert "For the board" not in words(page), "why it was issued, and by whom, is the council's own business"
    assert council.by.name not in words(page)
    file = client_for("public").get(reverse("issue_file", args=[public.reference, "csv"])).content
    assert b"Sell the second depot" not in file, "an internal action"


def test_publishing_and_withdrawing_ask_for_a_reason(client_for, council):
    issue = issued(council, audience="public")
    client = client_for("coordinator")
    address = reverse("issue_publish", args=[issue.reference])
    day = {"day_0": "15", "day_1": "1", "day_2": "2026"}
    assert "Say why." in words(client.post(address, {**day, "reason": ""}))
    assert client.post(address, {**day, "reason": "Agenda is out"}).status_code == 302
    assert client.get(address).status_code == 404, "it is published already"
    away = reverse("issue_withdraw", args=[issue.reference])
    assert client_for("viewer").get(away).status_code == 404
    assert client.post(away, {"reason": "Wrong plan"}).status_code == 302
    assert "was withdrawn on 15 January 2026: Wrong plan" in words(client.get(reverse("issue", args=[issue.reference])))
    assert client_for("public").get(reverse("issue", args=[issue.reference])).status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(client_for, council):
    client = client_for("viewer")
    for _ in range(5):
        issued(council)
    assert_queries(client, reverse("reports"), 7)
    assert_queries(client, reverse("issue", args=[Issue.objects.first().reference]), 11)


def test_an_empty_list_says_what_to_do(client_for, council):
    assert "Make the first one" in words(client_for("coordinator").get(reverse("reports")))
    assert "once they are issued for you" in words(client_for("viewer").get(reverse("reports")))


def test_a_report_is_issued_anew_in_the_place_of_another(client_for, council):
    old = issued(council)
    client = client_for("coordinator")
    page = html.fromstring(client.get(reverse("issue", args=[old.reference])).content)
    (anew,) = page.xpath("//a[starts-with(normalize-space(), 'Issue it anew')]/@href")
    assert f"It takes the place of {old.reference}" in words(client.get(anew))
    client.post(anew, {"kinds": ["csv"], "reason": "The lead was wrong"})
    new = Issue.objects.get(supersedes=old)
    assert f"A newer report has taken its place: {new.reference}" in words(
        client.get(reverse("issue", args=[old.reference]))
    )
    assert old.reference in words(client.get(reverse("issue", args=[new.reference])))


def test_a_member_sees_what_has_changed_since_their_committee_last_met(client_for, council):
    board = organisation.add_body(name="Streets Scrutiny Panel", by=council.by)
    member = client_for("councillor", scope=Scope(ScopeKind.BODY, board.pk))
    assert "No report has been issued for it yet" in words(member.get("/"))
    older, issue = issued(council, for_body=board, as_at=MAY), issued(council, for_body=board)
    with fixed_at(TODAY + timedelta(days=20)):
        register.set_due_date(records=[council.late], timescale="March 2027", by=council.by, reason="Agreed")
        home = html.fromstring(member.get("/").content)
        (address,) = home.xpath("//main//a[contains(., 'What has changed since')]/@href")
        assert address == reverse("issue_since", args=[issue.reference]), f"the newest, not {older.reference}"
        seen = words(member.get(address))
        assert f"Streets Scrutiny Panel last had {issue.reference}" in seen
        assert "Was: December 2025" in seen
        assert "Now: March 2027" in seen
        assert "Sell the second depot" not in seen, "internal: neither changed nor gone for a member"
        counts = html.fromstring(member.get(address).content).xpath("//tr[contains(., 'No longer in the plan')]/td")
        assert [cell.text_content().strip() for cell in counts][-1] == "0"
        assert b"March 2027" in member.get(f"{address}?to=csv").content
        officer = words(client_for("coordinator").get(address))
        assert f"Compared with {issue.reference}" in officer
        assert "Now: March 2027" in officer
    assert client_for("public").get(address).status_code == 404
    page = html.fromstring(member.get(reverse("issue", args=[issue.reference])).content)
    (plan,) = page.xpath("//a[contains(., 'as it stood then')]/@href")
    assert "known_on" not in plan, "what was known before is for officers"


def test_a_plan_that_is_not_published_says_so_instead_of_nothing(client_for, council):
    board = organisation.add_body(name="Streets Scrutiny Panel", by=council.by)
    issue = issued(council, for_body=board)
    register.change_visibility(records=[council.plan], visibility="internal", by=council.by, reason="Not yet")
    member = client_for("councillor", scope=Scope(ScopeKind.BODY, board.pk))
    assert "The plan is not published" in words(member.get(reverse("issue_since", args=[issue.reference])))
    summary = issued(council, for_body=board, variant="summary")
    assert member.get(reverse("issue_since", args=[summary.reference])).status_code == 404


def test_who_takes_the_files_finds_what_their_columns_mean(client_for, council):
    issue = issued(council)
    page = html.fromstring(client_for("auditor").get(reverse("issue", args=[issue.reference])).content)
    (address,) = page.xpath("//a[contains(., 'columns of the files')]/@href")
    assert "Slip in days Calendar days from the first due date" in " ".join(
        html.fromstring(client_for("public").get(address).content).xpath("string(//main)").split()
    ).replace("daysCalendar", "days Calendar")
    assert client_for("public").get(f"{address}?to=csv").content.decode("utf-8-sig").startswith("Column,What it holds")
