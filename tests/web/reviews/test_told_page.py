"""What the council was told, year by year, and what became of it: the page that a scrutiny member asks for."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from lxml import html

from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.reviews.actions import confirm_repeat, write_entry
from tests.support.client import assert_queries
from tests.web.conftest import CANARY, MAY, SmallCouncil

pytestmark = pytest.mark.usefixtures("today")


def words(response: Any) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def told_again(council: SmallCouncil) -> Any:
    """A review of 2025 that raises the recommendation of 2024 again, and one that nobody has answered."""
    review = write_entry(new=NewRecord("review", "", MAY, title="Finance Review 2025"), by=council.by)
    again = write_entry(
        new=NewRecord("recommendation", "Spending on streets is to fall", MAY, parent=review), by=council.by
    )
    write_entry(new=NewRecord("recommendation", "Elect a mayor", MAY, parent=review), by=council.by)
    confirm_repeat(later=again, earlier=council.recommendation, relation="raised again", by=council.by)
    return again


def row_of(page: Any, reference: str) -> str:
    (row,) = page.xpath(f"//tr[.//span[@class='gt-reference' and normalize-space()='{reference}']][1]")[:1]
    return " ".join(row.text_content().split())


def test_a_member_reaches_what_became_of_a_year_in_two_presses(client_for: Any, council: SmallCouncil) -> None:
    again = told_again(council)
    client = client_for("viewer")
    home = html.fromstring(client.get("/").content)
    (first,) = home.xpath("//main//a[contains(., 'What we were told')]/@href")
    everything = html.fromstring(client.get(first).content)
    (second,) = everything.xpath("//nav[@aria-label='Years']//a[starts-with(normalize-space(), '2024')]/@href")
    page = html.fromstring(client.get(second).content)
    assert "What we were told in 2024, and what became of it" in " ".join(page.text_content().split())
    line = row_of(page, council.recommendation.reference)
    assert "Spend less on streets" in line
    assert "No closure on record." in line
    assert "27 May 2025" in line, "the newest word of what carries it out"
    assert "Tender is out." in line
    assert "Let one contract for all wards" in line
    assert "Late or off track" in line
    assert f"Raised again 2025: Spending on streets is to fall {again.reference}" in line
    assert "Elect a mayor" not in page.text_content(), "another year"


def test_figures_count_what_is_shown(client_for: Any, council: SmallCouncil) -> None:
    told_again(council)
    register.change_state(records=[council.recommendation], state="complete", by=council.by, reason="Done")
    seen = words(client_for("viewer").get("/reviews/told/"))
    assert "3 recommendations 1 closed on record 2 that nothing on record answers 1 raised again later" in seen
    assert "Closed on record." in seen
    one = words(client_for("viewer").get("/reviews/told/?year=2025"))
    assert "Nothing on record answers it. No closure on record." in one
    assert "2 recommendations 0 closed on record 2 that nothing on record answers 0 raised again later" in one


def test_the_file_says_the_same_in_named_columns(client_for: Any, council: SmallCouncil) -> None:
    again = told_again(council)
    answer = client_for("viewer").get("/reviews/told.csv?year=2024")
    assert answer["Content-Disposition"] == 'attachment; filename="what-we-were-told-2024.csv"'
    (line,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert line["Reference"] == council.recommendation.reference
    assert line["Carried out by"] == f"{council.late.reference} (open)"
    assert line["Came back as"] == f"{again.reference} (raised again 2025)"
    assert line["Last update of"] == council.late.reference


def test_nobody_sees_more_here_than_elsewhere(client_for: Any, council: SmallCouncil) -> None:
    told_again(council)
    register.link(record=council.canary, relation="answers", target=council.recommendation, by=council.by)
    for address in ("/reviews/told/", "/reviews/told.csv"):
        assert CANARY not in client_for("viewer").get(address).content.decode()
        assert "Spend less" not in client_for("public").get(address).content.decode(), "internal"
    assert "No recommendation is published yet" in words(client_for("public").get("/reviews/told/"))
    assert "Nothing of 2024 is published" in words(client_for("public").get("/reviews/told/?year=2024")), (
        "a link passed on"
    )
    assert "told" not in "".join(html.fromstring(client_for("public").get("/").content).xpath("//main//a/@href"))
    assert "Nothing of 1999 is on record" in words(client_for("viewer").get("/reviews/told/?year=1999"))
    assert client_for("viewer").get("/reviews/told/?year=nonsense").status_code == 404


def test_it_asks_as_often_for_many_as_for_few(client_for: Any, council: SmallCouncil) -> None:
    told_again(council)
    client = client_for("viewer")
    assert_queries(client, "/reviews/told/", 47)
    for number in range(6):
        new = NewRecord("recommendation", f"Do thing {number}", MAY, parent=council.review)
        write_entry(new=new, by=council.by)
    assert_queries(client, "/reviews/told/", 47)


def test_an_update_of_its_own_answers_a_recommendation_as_in_the_figures_of_coverage(
    client_for: Any, council: SmallCouncil
) -> None:
    told_again(council)
    mayor = Record.objects.get(text="Elect a mayor")
    register.report_progress(record=mayor, text="Council has decided against it.", by=council.by, as_at=MAY)
    seen = words(client_for("viewer").get("/reviews/told/"))
    assert "1 that nothing on record answers" in seen
    assert "Its own update answers it. No closure on record." in seen
    assert "2 of 3 recommendations" in words(client_for("viewer").get("/coverage/"))
