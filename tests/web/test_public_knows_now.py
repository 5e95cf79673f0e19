"""What was published by mistake and taken back does not come back to the public by asking what was known before."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.viewer import PUBLIC
from goldthread.commons.errors import Refused
from goldthread.domain.register import actions as register
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.queries import at, records
from goldthread.domain.register.queries.history import history_of
from goldthread.domain.register.queries.threads import thread
from goldthread.kernel.clock import fixed_at
from goldthread.reporting.actions import freeze
from goldthread.reporting.queries import report_of
from tests.support.once import written_once
from tests.web.test_another_day import words

pytestmark = pytest.mark.usefixtures("today")

SLIP = "Let the contract to Ludmilla Quince of Hazel Close"
KNOWN = "known_on=2025-09-15"


@pytest.fixture
@written_once
def slipped(council):
    """Names stood in a wording, an update and a new entry for a month, until all three were undone."""
    with fixed_at(date(2025, 9, 1)):
        made = [
            register.reword(record=council.late, text=SLIP, by=council.by, reason="Clearer"),
            register.report_progress(record=council.late, text=SLIP, as_at=date(2025, 9, 1), by=council.by).event,
        ]
        entry = council.write("action", SLIP, council.objective, visibility="public")
        made.append(entry.created)
    with fixed_at(date(2025, 10, 1)):
        for event in made:
            undo(event=event, by=council.by, reason="It names a person")
    return council


def addresses(council):
    """Everything that the public opens about the plan and takes a day of knowledge, with its files."""
    plan, record = council.plan.reference, council.late.reference
    yield from (f"/plans/{plan}/", f"/records/{record}/", f"/enquiries/{plan}/", "/coverage/", "/lineages/")
    yield from (f"/plans/{plan}/report.{form}" for form in ("html", "json", "csv"))
    yield from (
        f"/enquiries/{plan}/briefing.html",
        f"/reviews/{council.review.reference}/",
        "/risks/",
        "/risks/report.csv",
    )
    for reference in (record, council.objective.reference, plan):
        yield from (
            f"/records/{reference}/{more}"
            for more in ("thread/", "thread.json", "thread.csv", "thread.svg", "lineage/")
        )
        yield from (f"/records/{reference}/{more}" for more in ("lineage.json", "lineage.svg"))


def body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


@pytest.mark.parametrize("role", ["public", "councillor", "contributor"])
def test_no_page_and_no_file_gives_it_back(client_for, slipped, role):
    client, opened = client_for(role), 0
    for address in addresses(slipped):
        for days in (KNOWN, f"as_at=2025-09-15&{KNOWN}", "as_at=2025-09-15"):
            response = client.get(f"{address}?{days}", strict=False)
            assert response.status_code in (200, 302, 404), address
            opened += response.status_code == 200
            assert "Ludmilla" not in body(response), f"{address}?{days}"
    assert opened > 20


def test_officers_keep_it(client_for, slipped):
    client = client_for("viewer")
    for address in (f"/plans/{slipped.plan.reference}/", f"/records/{slipped.late.reference}/thread.json"):
        assert "Ludmilla" in body(client.get(f"{address}?{KNOWN}")), address
        assert "Ludmilla" not in body(client.get(address)), address
    assert "Ludmilla" in body(client.get(f"/plans/{slipped.plan.reference}/report.csv?{KNOWN}"))


def test_the_page_says_why_the_day_does_not_count(client_for, slipped):
    page = f"/plans/{slipped.plan.reference}/"
    public = client_for("public").get(f"{page}?{KNOWN}")
    assert "What the council knew on an earlier day is for its officers" in words(public)
    assert "as we knew it on" not in words(public).replace("As we knew it on", "")
    plain = client_for("public").get(page)
    assert not html.fromstring(plain.content).xpath("//input[@name='known_on']"), "it is not offered either"
    assert html.fromstring(plain.content).xpath("//input[@name='as_at']")
    assert html.fromstring(client_for("viewer").get(page).content).xpath("//input[@name='known_on']")


def test_queries_say_the_same_whoever_calls_them(slipped):
    day, late = date(2025, 9, 15), slipped.late
    for viewer, told in ((PUBLIC, False), (viewer_for(slipped.by), True)):
        (row,) = at(records(viewer=viewer).filter(pk=late.pk), viewer=viewer, known_on=day)
        assert (SLIP in row.text) is told
        held = history_of(late, viewer=viewer, known_on=day)
        assert any(SLIP in one.text for one in held.versions) is told
        start = thread(late.reference, viewer=viewer, known_on=day).start
        assert (SLIP in start.row.text) is told


def test_a_report_for_the_public_is_issued_by_what_is_known_on_that_day(client_for, slipped):
    asked = {"plan": slipped.plan, "as_at": date(2025, 9, 15), "by": slipped.by, "reason": "For the meeting"}
    with pytest.raises(Refused, match="from what is known today"):
        freeze(**asked, known_on=date(2025, 9, 15), audience="public")
    assert "Ludmilla" not in str(report_of(freeze(**asked, audience="public")))
    chosen = f"?plan={slipped.plan.reference}&variant=full&as_at=2025-09-15&known_on=2025-09-15&audience=public"
    told = words(client_for("coordinator").get(f"/reports/new/{chosen}"))
    assert "A report for the public is made from what is known today" in told and "Ludmilla" not in told
