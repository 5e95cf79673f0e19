"""Objectives of a post: for its line and nobody else, tied to what they serve, followed by the thread."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.models import Grant
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register.queries import records, upwards
from goldthread.domain.register.queries.finding import search
from goldthread.kernel.clock import fixed_at
from tests.support.once import written_once

pytestmark = pytest.mark.usefixtures("today")
WORDS = "Mend one street in five before the frost"


@pytest.fixture
@written_once
def line(council, client_for, person_for):
    """A chief above the director of streets; both may read, and no more."""
    with fixed_at(date(2025, 6, 11)):
        chief = organisation.add_post(name="Chief Executive", by=council.by)
        organisation.edit_post(
            post=council.director,
            name=council.director.owner.name,
            directorate=council.place,
            reports_to=chief,
            statutory_roles=[],
            by=council.by,
            reason="The line",
        )
        users = {}
        for key, name in (("director", "Robin Hale"), ("chief", "Sam Upton")):
            users[key] = User.objects.create_user(f"{key}@fernleigh.example", name)
            organisation.add_person(name=name, by=council.by, user=users[key])
            Grant.objects.create(
                user=users[key], role="viewer", scope_kind="everything", starts=date(2020, 1, 1), granted_by=council.by
            )
        person = organisation.add_person(name="Sam Upton", by=council.by)
        organisation.appoint(person=person, owner=chief.owner, by=council.by, starts=date(2024, 1, 1))
    return users


def client_of(user):
    """A strict client signed in as a person."""
    from tests.support.client import StrictClient

    client = StrictClient()
    client.force_login(user)
    return client


def test_only_the_line_sees_an_objective(line, council, client_for):
    address = f"/organisation/posts/{council.director.pk}/objectives/"
    own = client_of(line["director"])
    assert "No objective is set yet" in own.get(address).content.decode()
    form = {"text": WORDS, "year": "2025", "serves": f"{council.priority.reference}, {council.late.reference}"}
    page = own.post(f"{address}new/", form, follow=True).content.decode()
    assert WORDS in page and council.priority.reference in page
    assert WORDS in client_of(line["chief"]).get(address).content.decode()
    for role in ("coordinator", "executive", "auditor", "administrator", "viewer"):
        client = client_for(role)
        assert client.get(address).status_code == 404
        assert WORDS not in client.get(f"/search/?q={WORDS.split()[0]}").content.decode()
    assert not records(viewer=viewer_for(council.by)).filter(text=WORDS).exists()
    assert search(WORDS, viewer=viewer_for(council.by)) == []
    objective = records(viewer=viewer_for(line["chief"])).get(text=WORDS)
    above = [row.reference for _, _, row in upwards(objective, viewer=viewer_for(line["chief"]))]
    assert council.late.reference in above or council.priority.reference in above


def test_what_became_of_it_needs_words_and_is_undone(line, council):
    address = f"/organisation/posts/{council.director.pk}/objectives/"
    own = client_of(line["director"])
    own.post(f"{address}new/", {"text": WORDS, "year": "2025", "serves": ""})
    refused = own.post(f"{address}PO-001/", {"state": "complete", "reason": ""})
    assert refused.status_code == 422
    page = own.post(f"{address}PO-001/", {"state": "complete", "reason": "42 of 200"}, follow=True).content.decode()
    assert "Complete" in page and "Undo" in page
    wrong = own.post(f"{address}new/", {"text": WORDS, "year": "2025", "serves": "XX-999"})
    assert wrong.status_code == 422 and "There is no entry XX-999" in wrong.content.decode()


def test_nobody_outside_the_line_takes_an_objective_back(line, council, client_for):
    address = f"/organisation/posts/{council.director.pk}/objectives/"
    own = client_of(line["director"])
    own.post(f"{address}new/", {"text": WORDS, "year": "2025", "serves": ""})
    event = records(viewer=viewer_for(line["director"])).get(text=WORDS).created
    said = client_for("coordinator").post(f"/undo/{event.pk}/", follow=True).content.decode()
    assert "can undo it" in said and "objective" not in said
    assert WORDS in own.get(address).content.decode()
