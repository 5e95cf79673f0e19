"""Pages of structures and drafts: what they show, to whom, and what they do."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html

from goldthread.domain.organisation.actions.sheets import take_posts
from goldthread.domain.organisation.models import Structure
from goldthread.domain.register.models import Record
from goldthread.domain.restructures.models import Restructure
from tests.support.client import assert_queries
from tests.support.once import written_once
from tests.web.conftest import TODAY

HEAD = ["Post number", "Title", "Directorate", "Reports to", "Grade", "Salary from", "Services", "Statutory roles"]
BEFORE = [
    HEAD,
    ["1", "Chief Executive", "", "", "CE", "180000", "", "Head of Paid Service"],
    ["2", "Director of Streets", "Place", "1", "D1", "120000", "Roads", "Traffic Manager"],
    ["3", "Head of Roads", "Place", "2", "H1", "70000", "Roads", ""],
    ["4", "Head of Parks & <Trees>", "Place", "2", "H1", "70000", "Parks", ""],
]
AFTER = [
    HEAD,
    BEFORE[1],
    BEFORE[2],
    BEFORE[3],
    ["5", "Head of Parks, Trees and Play", "Place", "2", "H2", "65000", "Parks", ""],
]


def words(response):
    return " ".join(html.fromstring(response.content).text_content().split())


@pytest.fixture
@written_once
def pair(council, today):
    first = take_posts(rows=BEFORE, name="Launch structure", as_at=date(2025, 4, 1), stage="launched", by=council.by)
    second = take_posts(rows=AFTER, name="Current structure", as_at=date(2026, 1, 1), stage="current", by=council.by)
    return first, second


@pytest.fixture
def planner(client_for):
    return client_for("executive")


def test_structures_are_listed_shown_and_compared(client_for, pair):
    client = client_for("viewer")
    text = words(client.get(reverse("structures")))
    assert "Launch structure Launched" in text and "Draft a new structure" not in text
    text = words(client.get(reverse("structure", args=[pair[0].pk])))
    assert "3 layers" in text and "£440,000" in text and "Head of Parks & <Trees>" in text
    page = client.get(reverse("structures_compare"), {"before": pair[0].pk, "after": pair[1].pk}, follow=True)
    text = words(page)
    assert "Renamed Regraded" in text.replace(" ", " ") and "Difference in cost" in text and "-£5,000" in text
    assert "Proposed by rule" in text and "Confirm all" not in text
    assert client.get(reverse("structures_confirm", args=[pair[0].pk, pair[1].pk])).status_code in (404, 405)


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "docx", "html"])
def test_a_comparison_in_every_format(client_for, pair, form):
    address = reverse("structures_report", args=[pair[0].pk, pair[1].pk, form])
    response = client_for("viewer").get(address, strict=form != "html")  # a file that carries its own styles
    assert response.status_code == 200 and len(response.content) > 200
    if form == "json":
        part = json.loads(response.content)["directorates"][1]
        assert part["renamed"] == [["Head of Parks & <Trees>", "Head of Parks, Trees and Play"]]


def test_a_person_confirms_and_decides(client_for, pair):
    client, address = client_for("coordinator"), reverse("structures_compared", args=[pair[0].pk, pair[1].pk])
    text = words(client.post(reverse("structures_confirm", args=[pair[0].pk, pair[1].pk]), follow=True))
    assert "What was proposed is confirmed." in text and "confirmed by nobody" not in text
    page = html.fromstring(client.get(address).content)
    (link,) = [a.get("href") for a in page.xpath("//a[contains(@href, 'decide')]")]
    form = html.fromstring(client.get(link).content)
    before = form.xpath("//input[@name='before' and @checked]/@value")
    text = words(client.post(link, {"kind": "removed", "before": before, "after": []}, follow=True))
    assert "Removed" in text and "Added" in text
    refused = client.post(link, {"kind": "split", "before": before, "after": []})
    assert refused.status_code == 422 and "does not fit 1 posts before and 0 after" in words(refused)


def test_what_a_post_is_in_a_structure_is_edited_and_undone(client_for, pair):
    client, line = client_for("coordinator"), pair[0].listings.get(printed="Head of Roads")
    address = reverse("structure_post", args=[pair[0].pk, line.post_id])
    fields = html.fromstring(client.get(address).content).xpath("//main//form")[0].fields
    values = {name: value or "" for name, value in fields.items() if name != "csrfmiddlewaretoken"}
    assert values["cost_low"] == "£70,000" and values["services"].strip() == "Roads"
    changed = values | {
        "grade": "H3",
        "restriction": "advises",
        "services": "Roads\nBridges",
        "reason": "Evaluated again",
    }
    page = client.post(address, changed, follow=True)
    assert "was changed in this structure" in words(page) and "H3" in words(page)
    undo = html.fromstring(page.content).xpath("//form[contains(@action, 'undo')]/@action")[0]
    client.post(undo)
    text = words(client.get(reverse("structure", args=[pair[0].pk])))
    assert "H3" not in text and text.count("Head of Roads") >= 1
    ring = changed | {"reports_to": "", "title": " "}
    assert "Give the post a title." in words(client.post(address, ring))
    assert client_for("viewer").get(address).status_code == 404


def test_charts_are_escaped_and_stand_as_a_list_too(client_for, pair):
    client = client_for("viewer")
    page = client.get(reverse("structure_chart", args=[pair[0].pk]))
    assert page.content.count(b"<svg") == 1 and b"Parks &amp; &lt;Trees&gt;" in page.content
    assert len(html.fromstring(page.content).xpath("//ul[contains(@class, 'gt-tree')]//li")) == 4
    alone = client.get(reverse("structure_chart", args=[pair[0].pk]), {"directorate": "Place"})
    assert "Place: 3 posts" in words(alone)
    both = client.get(reverse("structures_charts", args=[pair[0].pk, pair[1].pk]))
    assert "renamed" in words(both) and b"stroke-dasharray" in both.content


def test_what_is_published_names_only_those_above_the_threshold(client_for, pair):
    client = client_for("viewer")
    for form in ("organisation-chart", "senior-salaries", "salary-bands", "appointments"):
        response = client.get(reverse("structure_published", args=[pair[0].pk, form]))
        assert response.status_code == 200 and b"Robin Hale" not in response.content  # the director's holder
    assert client.get(reverse("structure_published", args=[pair[0].pk, "names"])).status_code == 404


def test_posts_are_brought_in_by_hand(client_for, council, today):
    client = client_for("coordinator")
    good = "\n".join(",".join(row) for row in BEFORE).encode()
    values = {"name": "New", "as_at_0": "1", "as_at_1": "4", "as_at_2": "2026", "stage": "planned", "named": ""}
    bad = good.replace(b"Place,1,", b"Place,99,")
    refused = client.post(reverse("posts_import"), values | {"file": SimpleUploadedFile("posts.csv", bad)})
    assert "which is not in this file" in words(refused) and not Structure.objects.exists()
    page = client.post(reverse("posts_import"), values | {"file": SimpleUploadedFile("posts.csv", good)}, follow=True)
    assert "New was added." in words(page) and "Director of Streets" in words(page)


def test_a_draft_from_beginning_to_end(council, pair, planner, client_for):
    planner.post(reverse("draft_new"), {"name": "Quiet plan", "base": pair[1].pk, "purpose": ""})
    draft = Restructure.objects.get()
    address = reverse("draft", args=[draft.pk])
    director = council.director.pk
    remove = reverse("draft_edit", args=[draft.pk, "remove"])
    assert planner.get(remove).status_code == 200
    text = words(planner.post(remove, {"post": director, "reason": "To spend less"}, follow=True))
    assert "Director of Streets would go: 2 entries lose" in text and "Traffic Manager" in text
    assert "Successor: Head of Roads (answers for the same services)" in text
    for role in ("viewer", "coordinator", "auditor"):
        other = client_for(role)
        assert other.get(address).status_code == 404
        assert "Quiet plan" not in words(other.get(reverse("structures")))
    choose = f"{reverse('draft_successor', args=[draft.pk, director])}?record={council.late.reference}"
    chief = html.fromstring(planner.get(choose).content).xpath("//option[contains(., 'Chief Executive')]/@value")
    planner.post(choose, {"successor": chief[0]})
    agree = reverse("draft_step", args=[draft.pk, "agreed"])
    day = {f"in_force_on_{at}": part for at, part in enumerate((TODAY.day, TODAY.month, TODAY.year))}
    values = {**day, "body": "", "delegation": "Scheme 3.4", "reason": "Agreed in private", "skipped": ""}
    assert "leaves out “in consultation”: say why" in words(planner.post(agree, values))
    text = words(planner.post(agree, values | {"skipped": "Nobody holds the post"}, follow=True))
    assert "moves on its day" in text
    assert Record.objects.get(pk=council.late.pk).accountable.name == "Chief Executive"
    assert Record.objects.get(pk=council.done.pk).accountable.name == "Head of Roads"
    assert "Quiet plan" in words(client_for("viewer").get(reverse("structures")))
    fill_posts(planner, client_for, draft, address)
    force = reverse("draft_step", args=[draft.pk, "in-force"])
    text = words(planner.post(force, {"reason": ""}, follow=True))
    assert "The structure is in force." in text and "Who holds which post from" not in text


def fill_posts(planner, client_for, draft, address):
    """Robin Hale's post ends: one post is chosen for them, taken back, chosen again; the others wait with a reason."""
    page = planner.get(address)
    assert "No other post is said yet for Robin Hale (Director of Streets, which ends)." in words(page)
    assert "Say who" not in words(client_for("viewer").get(address)), "it shows, and only its people change it"
    (fill,) = html.fromstring(page.content).xpath("//a[contains(., 'takes up Head of Roads')]/@href")
    assert client_for("coordinator").get(fill).status_code == 404
    form = html.fromstring(planner.get(fill).content)
    robin = form.xpath("//optgroup[@label='Whose post ends']/option[contains(., 'Robin Hale')]/@value")[0]
    assert "not both" in words(planner.post(fill, {"person": robin, "name": "Nora Field", "kind": "acting"}))
    assert "Choose a person, or enter" in words(planner.post(fill, {"person": "", "name": "", "kind": "acting"}))
    text = words(planner.post(fill, {"person": robin, "kind": "substantive"}, follow=True))
    assert "Robin Hale takes up Head of Roads on 15 January 2026." in text and "No other post is said" not in text
    (back,) = html.fromstring(planner.get(address).content).xpath("//form[contains(@action, 'take-back')]/@action")
    assert "The choice is taken back." in words(planner.post(back, follow=True))
    planner.post(fill, {"person": robin, "kind": "substantive"})
    filled = reverse("draft_step", args=[draft.pk, "appointed"])
    day = {f"as_at_{at}": part for at, part in enumerate((TODAY.day, TODAY.month, TODAY.year))}
    assert "Nobody takes up Chief Executive" in words(planner.get(filled))
    assert "say why that waits" in words(planner.post(filled, day | {"reason": ""}))
    text = words(planner.post(filled, day | {"reason": "Advertised in March"}, follow=True))
    assert "The appointments are recorded." in text and "Advertised in March" in text


def test_forms_of_every_edit_and_step_open(pair, planner):
    planner.post(reverse("draft_new"), {"name": "Quiet plan", "base": pair[1].pk, "purpose": ""})
    pk = Restructure.objects.get().pk
    for kind in ("add", "remove", "move", "rename", "regrade", "merge", "split"):
        page = planner.get(reverse("draft_edit", args=[pk, kind]))
        assert page.status_code == 200, kind
        assert planner.post(reverse("draft_edit", args=[pk, kind]), {"x": ""}).status_code == 422
    for kind in ("consultation", "agreed", "appointed", "in-force", "drop"):
        assert planner.get(reverse("draft_step", args=[pk, kind])).status_code == 200, kind
    assert planner.get(reverse("draft_charts", args=[pk])).status_code == 200
    page = planner.post(reverse("draft_people", args=[pk]), {"email": "nobody@fernleigh.example"}, follow=True)
    assert "Nobody here signs in" in words(page)


def test_the_number_of_queries_does_not_grow_with_posts(client_for, pair, council):
    client = client_for("viewer")
    rows = [*BEFORE, *([str(n), f"Officer {n}", "Place", "3", "C1", "30000", "", ""] for n in range(10, 60))]
    many = take_posts(rows=rows, name="Many", as_at=date(2026, 1, 1), stage="planned", by=council.by)
    for structure in (pair[0], many):
        assert_queries(client, reverse("structure", args=[structure.pk]), 13)
        assert_queries(client, reverse("structure_chart", args=[structure.pk]), 12)
        assert_queries(client, reverse("structures_compared", args=[pair[1].pk, structure.pk]), 16)
