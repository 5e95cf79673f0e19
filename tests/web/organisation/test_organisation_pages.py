"""The organisation on its pages: who holds what on a day, changing it, matching printed names."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from lxml import html

from goldthread.domain.organisation import actions
from goldthread.domain.organisation.models import Appointment, Owner
from goldthread.domain.register.models import Record
from tests.support.client import assert_queries

pytestmark = pytest.mark.usefixtures("today")


def words(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def day(prefix: str, *parts: object) -> dict[str, str]:
    """What the three boxes of a day send."""
    return {f"{prefix}_{number}": str(part) for number, part in enumerate(parts)}


@pytest.fixture
def client(client_for, council):
    return client_for("coordinator")


def test_nothing_yet_says_how_to_begin(client_for):
    text = words(client_for("coordinator").get("/organisation/"))
    assert "No posts yet" in text and "import a structure report" in text


def test_posts_stand_by_directorate_with_their_holder_of_the_day(client, council):
    text = words(client.get("/organisation/"))
    assert "1 post, 0 of them without a holder" in text
    assert "Director of Streets Robin Hale 1" in text, "one action is open"
    before = words(client.get("/organisation/?as_at=2023-12-31"))
    assert "Nobody recorded" in before
    assert "Who held each post is shown as at 31 December 2023" in before
    assert "what they answer for are today’s" in before, "the counts beside them do not follow the day"
    assert "1 printed name stands for nobody yet" in text


def test_a_holder_leaves_and_the_post_shows_as_vacant(client, council):
    held = Appointment.objects.get()
    address = reverse("post_end", args=[council.director.pk, held.pk])
    assert "Enter the last day." in words(client.post(address, {"reason": "Retires"}))
    page = client.post(address, {"reason": "Retires", **day("last_day", 31, 12, 2025)}, follow=True)
    assert "Vacant; the last holder's last day was 31 December 2025" in words(page)
    assert "Vacant since 31 December 2025" in words(client.get("/organisation/"))
    assert "Robin Hale" in words(client.get("/organisation/?as_at=2025-12-31"))
    undone = client.post(html.fromstring(page.content).xpath("//div[contains(@class,'gt-banner')]//form/@action")[0])
    assert undone.status_code == 302 and "Vacant since" not in words(client.get("/organisation/"))


def test_somebody_is_appointed_by_name(client, council):
    address = reverse("post_appoint", args=[council.director.pk])
    said = words(client.get(address))
    assert "Nobody records this of themself" in said and "ask an administrator to give a colleague the role" in said
    wrong = client.post(address, {"person": "Sam Oddy", "kind": "substantive"})
    assert wrong.status_code == 422 and "Robin Hale already holds" in words(wrong)
    page = client.post(address, {"person": "Sam Oddy", "kind": "interim", **day("starts", 1, "jan", 2026)}, follow=True)
    assert "Held today by Robin Hale, Sam Oddy (interim)" in words(page)


@pytest.mark.parametrize(
    ("kind", "values", "says"),
    [
        ("directorate", {"name": "Resources"}, "Resources was added."),
        ("post", {"name": "Head of Parks", "statutory_roles": "Proper officer\n"}, "Statutory roles Proper officer"),
        ("office", {"name": "Leader of the Council", "portfolio": "All"}, "Elected office"),
        ("body", {"name": "Debt Board", "kind": "board"}, "Add a member"),
        ("person", {"name": "Sam Oddy", "email": "sam@fernleigh.example"}, "Sam Oddy was added."),
    ],
)
def test_whatever_can_be_added_is_added(client, kind, values, says):
    address = reverse("organisation_new", args=[kind])
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": ""}).status_code == 422
    assert says in words(client.post(address, values, follow=True))


def test_a_post_is_corrected_with_a_reason(client, council):
    address = reverse("post_edit", args=[council.director.pk])
    values = {"name": "Director of Roads", "directorate": council.place.pk}
    assert "Say why." in words(client.post(address, values))
    assert "Director of Roads was changed." in words(client.post(address, {**values, "reason": "Renamed"}, follow=True))


def test_a_body_has_members(client, council):
    board = actions.add_body(name="Debt Board", by=council.by)
    address = reverse("body_member", args=[board.pk])
    page = client.post(address, {"person": "Robin Hale", "role": "Chair"}, follow=True)
    assert "Robin Hale, Chair" in words(page)
    assert client.get(reverse("body_member", args=[council.director.pk])).status_code == 404
    assert client.get(reverse("post_edit", args=[board.pk])).status_code == 404


def test_a_printed_name_is_matched_once_for_all(client, council):
    depots = actions.add_post(name="Head of Depots", by=council.by)
    person = actions.add_person(name="Pat Quill", by=council.by)
    actions.appoint(person=person, owner=depots.owner, starts=date(2025, 1, 1), by=council.by)
    page = client.get(reverse("names"))
    buttons = html.fromstring(page.content).xpath("//button[@name='owner']")
    assert [button.text_content().strip() for button in buttons] == ["Head of Depots"]
    assert "Choose what the name stands for." in words(client.post(reverse("names"), {"printed": "Pat Quill"}))
    page = client.post(reverse("names"), {"printed": "Pat Quill", "owner": depots.pk}, follow=True)
    assert "“Pat Quill” stands for Head of Depots; matched on 1 entry." in words(page)
    assert "Every printed name is matched" in words(page)
    assert Record.objects.get(pk=council.undated.pk).accountable == depots.owner
    assert "Printed as Pat Quill" in words(client.get(reverse("post", args=[depots.pk])))


def test_readers_see_and_do_not_change(client_for, council):
    viewer = client_for("viewer")
    text = words(viewer.get("/organisation/"))
    assert "Director of Streets" in text and "Add a post" not in text and "Match" not in text
    assert "Edit the post" not in words(viewer.get(reverse("post", args=[council.director.pk])))
    for name, args in (("names", []), ("organisation_new", ["post"]), ("post_edit", [council.director.pk])):
        assert viewer.get(reverse(name, args=args)).status_code == 404
    assert client_for("public").get("/organisation/").status_code == 302


def test_pages_ask_the_database_as_often_for_many_posts_as_for_few(client, council):
    for address, most in (("/organisation/", ORGANISATION), (reverse("post", args=[council.director.pk]), OWNER)):
        assert_queries(client, address, most)
    for number in range(15):
        post = actions.add_post(name=f"Post {number}", directorate=council.place, by=council.by)
        person = actions.add_person(name=f"Person {number}", by=council.by)
        actions.appoint(person=person, owner=post.owner, by=council.by)
        council.write("action", f"Do thing {number}", council.objective, leads=[_lead(council.director.owner)])
    for address, most in (("/organisation/", ORGANISATION), (reverse("post", args=[council.director.pk]), OWNER)):
        assert_queries(client, address, most)


def _lead(owner: Owner):
    from goldthread.domain.register.models.writing import Lead

    return Lead(owner)


ORGANISATION, OWNER = 14, 15


def test_what_a_printed_name_stands_for_is_added_on_the_way_and_one_comes_back(client, council):
    page = client.get("/organisation/names/?name=Head of Trees")
    (add,) = [
        one for one in html.fromstring(page.content).xpath("//a/@href") if one.startswith("/organisation/new/post/")
    ]
    form = html.fromstring(client.get(add).content)
    assert form.xpath("//input[@name='name']/@value") == ["Head of Trees"], "the name need not be typed again"
    back = client.post(add, {"name": "Head of Trees"})
    assert back["Location"] == "/organisation/names/?name=Head+of+Trees"
    assert "Head of Trees" in words(client.get(back["Location"]))
    elsewhere = client.post("/organisation/new/post/", {"name": "Head of Ponds"})
    assert elsewhere["Location"].startswith("/organisation/posts/")


def test_who_is_appointed_gets_an_address_in_one_go(client, council):
    address = reverse("post_appoint", args=[council.director.pk])
    held = Appointment.objects.get()
    client.post(
        reverse("post_end", args=[council.director.pk, held.pk]), {"reason": "x", **day("last_day", 31, 12, 2025)}
    )
    data = {"person": "Sam Oddy", "email": "Sam@Fernleigh.example", "kind": "substantive", **day("starts", 1, 1, 2026)}
    wrong = client.post(address, data | {"email": "sam"})
    assert wrong.status_code == 422 and "valid email" in words(wrong) and 'value="Sam Oddy"' in wrong.content.decode()
    assert "Sam Oddy is recorded in" in words(client.post(address, data, follow=True))
    assert Appointment.objects.get(person__name="Sam Oddy").person.email == "sam@fernleigh.example"
    again = client.post(
        reverse("post_appoint", args=[council.director.pk]), data | {"person": "Tia Vale", "kind": "acting"}
    )
    assert "is the address of Sam Oddy; give another one" in words(again)
    assert not Appointment.objects.filter(person__name="Tia Vale").exists()
