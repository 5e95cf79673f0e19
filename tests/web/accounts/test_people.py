"""The pages on which administrators add people, give and end roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from goldthread.commons.access.actions import give_role
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope
from goldthread.commons.accounts.actions import create_account
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.queries import owners_held
from goldthread.kernel.clock import fixed_at
from tests.support.client import StrictClient, assert_queries


@pytest.fixture
def administrator(client_for: Callable[..., StrictClient]) -> StrictClient:
    """Somebody who manages accounts, signed in."""
    return client_for("administrator")


def text_of(response: object) -> str:
    """The page as text."""
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_person_is_added_and_given_a_role_for_a_directorate(
    administrator: StrictClient, person_for: Callable[..., User]
) -> None:
    place = organisation.add_directorate(name="Place", by=person_for("coordinator"))
    administrator.get("/people/add/")
    answer = administrator.post(
        "/people/add/", {"name": "Nell Hardy", "email": "nell@fernleigh.example", "reason": "Starts in June"}
    )
    nell = User.objects.get(email="nell@fernleigh.example")
    assert answer["Location"] == f"/people/{nell.pk}/role/"
    form = administrator.get(answer["Location"])
    assert "Place" in text_of(form) and "Auditor" in text_of(form)
    given = {"role": "director", "place": f"directorate:{place.pk}", "reason": "Starts in June"}
    page = administrator.post(answer["Location"], given, follow=True)
    assert "Director: Place" in text_of(page) and "Starts in June" in text_of(page)
    assert viewer_for(nell).scopes(Permission.SEE_RESTRICTED) == {Scope(ScopeKind.DIRECTORATE, place.pk)}
    assert "Director: Place" in text_of(administrator.get("/people/"))


def test_errors_stand_in_a_summary_and_beside_their_field(
    administrator: StrictClient, person_for: Callable[..., User]
) -> None:
    page = text_of(administrator.post("/people/add/", {"name": "", "email": "no address", "reason": ""}))
    assert page.count("There is a problem") == 1 and page.count("Enter the person&#x27;s name") == 2
    assert "Error: Add a person" in page
    viewer = person_for("viewer")
    path = f"/people/{viewer.pk}/role/"
    wrong = text_of(administrator.post(path, {"role": "councillor", "place": "everything", "reason": "Elected"}))
    assert "The role councillor is held for: one body" in wrong
    unknown = {"role": "contributor", "place": "reference", "reference": "ZZ-999", "reason": "Drafts"}
    assert "There is no ZZ-999: check the reference" in text_of(administrator.post(path, unknown))
    missing = {"role": "contributor", "place": "reference", "reason": "Drafts"}
    assert "Enter the reference" in text_of(administrator.post(path, missing))
    forged = {"role": "viewer", "place": "directorate:77", "reason": "Forged"}
    assert "There is a problem" in text_of(administrator.post(path, forged))
    assert viewer.grants.count() == 1


def test_a_role_is_ended_with_a_reason_and_stays_on_record(
    administrator: StrictClient, person_for: Callable[..., User]
) -> None:
    lead = person_for("lead")
    grant = lead.grants.get()
    path = f"/people/{lead.pk}/role/{grant.pk}/end/"
    assert "End the role lead of Lena Farrow" in text_of(administrator.get(path))
    assert "Say why" in text_of(administrator.post(path, {"reason": ""}))
    page = administrator.post(path, {"reason": "Moved on"}, follow=True)
    assert "The role has ended for Lena Farrow" in text_of(page) and "Lead: The whole council" in text_of(page)
    assert "End this role" not in text_of(page)
    assert viewer_for(lead).roles == ()


def test_a_role_can_have_a_last_day_from_the_start_or_later(
    administrator: StrictClient, person_for: Callable[..., User]
) -> None:
    """An inspector's visit: it holds to the end of its last day and then no more, without anybody doing anything."""
    visitor = person_for("viewer")
    path = f"/people/{visitor.pk}"
    given = {"role": "auditor", "place": "everything", "reason": "Inspection"}
    with fixed_at(date(2026, 5, 4)):
        past = given | {"last_day_0": "3", "last_day_1": "5", "last_day_2": "2026"}
        assert "choose a last day from 4 May 2026 on" in text_of(administrator.post(f"{path}/role/", past))
        visit = given | {"last_day_0": "15", "last_day_1": "May", "last_day_2": "2026"}
        page = text_of(administrator.post(f"{path}/role/", visit, follow=True))
        assert "From 4 May 2026, to the end of 15 May 2026" in page
        assert "holds this role there already" in text_of(administrator.post(f"{path}/role/", visit))
    assert "auditor" in viewer_for(visitor, on=date(2026, 5, 15)).roles
    assert "auditor" not in viewer_for(visitor, on=date(2026, 5, 16)).roles
    grant = visitor.grants.get(role="auditor")
    with fixed_at(date(2026, 5, 10)):
        sooner = {"last_day_0": "11", "last_day_1": "5", "last_day_2": "2026", "reason": "Done early"}
        page = text_of(administrator.post(f"{path}/role/{grant.pk}/end/", sooner, follow=True))
        assert "ends for Vera Lundy after 11 May 2026" in page and "to the end of 11 May 2026" in page
    with fixed_at(date(2026, 5, 12)):
        assert "From 4 May 2026, ended on 12 May 2026" in text_of(administrator.get(f"{path}/"))
        assert "auditor" not in viewer_for(visitor).roles


def test_an_account_is_closed_and_opened_again(administrator: StrictClient, person_for: Callable[..., User]) -> None:
    lead = person_for("lead")
    administrator.get(f"/people/{lead.pk}/close/")
    administrator.post(f"/people/{lead.pk}/close/", {"reason": "Long leave"})
    lead.refresh_from_db()
    assert not lead.is_active
    assert "(closed)" in text_of(administrator.get("/people/"))
    page = administrator.post(f"/people/{lead.pk}/open/", {"reason": "Back"}, follow=True)
    lead.refresh_from_db()
    assert lead.is_active and "Give a role" in text_of(page)


def test_nobody_changes_their_own_roles(administrator: StrictClient, person_for: Callable[..., User]) -> None:
    me = person_for("administrator")
    assert "another administrator changes your roles" in text_of(administrator.get(f"/people/{me.pk}/"))
    given = {"role": "executive", "place": "everything", "reason": "Curious"}
    assert "ask another administrator" in text_of(administrator.post(f"/people/{me.pk}/role/", given))
    assert viewer_for(me).roles == ("administrator",)


def test_a_role_of_another_person_is_not_ended_through_somebody_elses_address(
    administrator: StrictClient, person_for: Callable[..., User]
) -> None:
    lead, viewer = person_for("lead"), person_for("viewer")
    path = f"/people/{viewer.pk}/role/{lead.grants.get().pk}/end/"
    assert administrator.post(path, {"reason": "Forged"}).status_code == 404


def test_a_scope_that_is_a_record_is_called_by_its_reference_only(
    administrator: StrictClient, person_for: Callable[..., User], small_plan_reference: str
) -> None:
    viewer = person_for("viewer")
    given = {"role": "contributor", "place": "reference", "reference": small_plan_reference, "reason": "Drafts"}
    page = text_of(administrator.post(f"/people/{viewer.pk}/role/", given, follow=True))
    assert f"Contributor: {small_plan_reference}" in page and "Close the harbour" not in page


@pytest.fixture
def small_plan_reference(person_for: Callable[..., User]) -> str:
    """The reference of an internal action, which administrators may not see."""
    from datetime import date

    from goldthread.domain.plans.actions import write_entry
    from goldthread.domain.register.models.writing import NewRecord

    by = person_for("coordinator")
    plan = write_entry(new=NewRecord("plan", "", date(2025, 5, 27), title="Harbour plan"), by=by)
    action = write_entry(new=NewRecord("action", "Close the harbour", date(2025, 5, 27), parent=plan), by=by)
    return action.reference


def test_the_list_finds_people_and_asks_the_same_number_of_questions_for_any_number(
    administrator: StrictClient, person_for: Callable[..., User]
) -> None:
    by = person_for("administrator")
    organisation.add_directorate(name="Place", by=person_for("coordinator"))
    administrator.get("/people/")
    for number in range(30):
        user = User.objects.create_user(f"person{number}@fernleigh.example", f"Person {number}")
        give_role(user=user, role="lead", scope=Scope(ScopeKind.DIRECTORATE, 1), by=by, reason="Test")
    assert_queries(administrator, "/people/", 7)
    page = text_of(administrator.get("/people/?text=person1"))
    assert "11 people" in page and "Person 2<" not in page
    assert "Nobody has a name" in text_of(administrator.get("/people/?text=zebra"))


def test_ones_own_account_says_in_plain_english_what_one_may_do(client_for: Callable[..., StrictClient]) -> None:
    page = text_of(client_for("viewer").get("/account/"))
    assert "Viewer: The whole council" in page and "changes nothing" in page


@pytest.mark.parametrize("role", ["viewer", "coordinator", "executive", "auditor"])
def test_nobody_else_sees_the_people(client_for: Callable[..., StrictClient], role: str) -> None:
    assert client_for(role).get("/people/").status_code == 404


def test_who_signs_in_is_told_apart_from_who_holds_a_post_until_an_administrator_links_them(
    administrator: StrictClient, person_for: Callable[..., User]
) -> None:
    coordinator, nell = (
        person_for("coordinator"),
        create_account(email="nell@fernleigh.example", name="N Hardy", by=person_for("administrator")),
    )
    post = organisation.add_post(name="Head of Parks", by=coordinator)
    holder = organisation.add_person(name="Nell Hardy", by=coordinator)
    organisation.appoint(owner=post.owner, person=holder, by=coordinator)
    assert owners_held(viewer_for(nell)) == set()
    page = text_of(administrator.get(f"/people/{nell.pk}/"))
    assert "Nobody yet" in page and f"/people/{nell.pk}/holder/" in page
    address = f"/people/{nell.pk}/holder/"
    administrator.get(address)
    refused = administrator.post(address, {"name": "Nobody At All", "reason": "Head of Parks"})
    assert "Nobody called Nobody At All holds a post" in text_of(refused)
    done = administrator.post(address, {"name": "nell hardy", "reason": "Head of Parks"}, follow=True)
    assert "Nell Hardy" in text_of(done)
    assert owners_held(viewer_for(nell)) == {post.owner_id}
    other = create_account(email="n2@fernleigh.example", name="Nell Hardy", by=person_for("administrator"))
    taken = administrator.post(f"/people/{other.pk}/holder/", {"name": "Nell Hardy", "reason": "The same name"})
    assert "Another account is Nell Hardy already" in text_of(taken)


def test_nobody_links_their_own_account(person_for: Callable[..., User]) -> None:
    organisation.add_person(name="Nell Hardy", by=person_for("coordinator"))
    by = person_for("administrator")
    with pytest.raises(Refused, match="another administrator"):
        organisation.link_account(user=by, name="Nell Hardy", by=by, reason="Mine")
