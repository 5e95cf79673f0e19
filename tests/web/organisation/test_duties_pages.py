"""Pages of statutory roles, restricted posts, other bodies, people and the design check."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.domain.organisation import actions
from goldthread.domain.organisation.models import Structure
from goldthread.kernel.clock import fixed_at

pytestmark = pytest.mark.usefixtures("today")


def test_roles_are_recorded_as_printed_given_and_warned_of(council, client_for):
    with fixed_at(date(2025, 6, 11)):
        actions.add_post(name="Chief Executive", by=council.by, statutory_roles=["Head of Paid Service"])
    client = client_for("coordinator")
    page = client.get("/organisation/statutory-roles/").content.decode()
    assert "Printed beside Chief Executive" in page
    assert "No post is on record as head of paid service." in page
    page = client.post("/organisation/statutory-roles/printed/", follow=True).content.decode()
    assert "1 role is on record as printed" in page
    assert "Chief Executive carries the role and is vacant." in page
    form = {"post": council.director.pk, "acting": "on"}
    refused = client.post("/organisation/statutory-roles/monitoring-officer/", form)
    assert refused.status_code == 422 and "An acting holder has a last day" in refused.content.decode()
    page = client.post(
        "/organisation/statutory-roles/monitoring-officer/", {"post": council.director.pk}, follow=True
    ).content.decode()
    assert "Director of Streets: Robin Hale" in page and "Undo" in page
    restricted = client.get("/organisation/restricted-posts/").content.decode()
    assert "Monitoring officer" in restricted
    table = client.get("/organisation/restricted-posts/?format=csv").content.decode("utf-8-sig")
    assert "Director of Streets" in table


def test_other_bodies_from_the_empty_page_to_a_conflict(council, client_for):
    client = client_for("coordinator")
    assert "No other body is on record yet" in client.get("/organisation/other-bodies/").content.decode()
    body = actions.add_body(name="Fernleigh Land Ltd", by=council.by)
    base = f"/organisation/other-bodies/{body.pk}/"
    form = {"kind": "company", "agreement": "All shares", "plan_due_month": "3"}
    page = client.post(f"{base}arrangement/", form, follow=True).content.decode()
    assert "Business plan review overdue" in page and "All shares" in page
    review = {"reviewed_on_0": "4", "reviewed_on_1": "3", "reviewed_on_2": "2025", "reviewed_by": "Cabinet"}
    assert "overdue" not in client.post(f"{base}reviewed/", review, follow=True).content.decode()
    person = actions.add_person(name="Ada Stone", by=council.by)
    actions.add_member(person=person, body=body, by=council.by, role="Director")
    page = client.post(f"{base}interest/", {"person": person.pk, "text": "Holds shares"}, follow=True).content.decode()
    assert "Holds shares" in page
    assert "Fernleigh Land Ltd" in client.get("/organisation/other-bodies/").content.decode()


def test_people_and_a_person(council, client_for):
    client = client_for("viewer")
    page = client.get("/organisation/people/").content.decode()
    assert "Robin Hale" in page and "Director of Streets" in page
    before = client.get("/organisation/people/?as_at=2023-01-01").content.decode()
    assert "Hold nothing on this day" in before
    from goldthread.domain.organisation.models import Person

    one = client.get(f"/organisation/people/{Person.objects.get(name='Robin Hale').pk}/").content.decode()
    assert "1 January 2024" in one
    assert client.get("/organisation/people/999999/").status_code == 404


def test_the_design_check_of_a_structure_without_lines_says_so(council, client_for):
    structure = Structure.objects.create(name="Structure of May", as_at=date(2025, 5, 1))
    page = client_for("viewer").get(f"/organisation/structures/{structure.pk}/design/").content.decode()
    assert "No line is recorded in this structure" in page
    without = client_for("viewer").get(f"/organisation/structures/{structure.pk}/design/?vacant=without")
    assert "0 posts without a holder left out" in without.content.decode()


@pytest.mark.parametrize("address", ["people/", "statutory-roles/", "restricted-posts/", "other-bodies/"])
def test_the_public_is_not_shown_the_organisation(council, client_for, address):
    assert client_for("public").get(f"/organisation/{address}").status_code in (302, 403, 404)
