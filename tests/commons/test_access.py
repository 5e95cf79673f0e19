"""Who may do what: roles, grants by day, and the marks on views."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from django.views import View

from goldthread.commons.access.actions import end_grant, give_role, grant_role
from goldthread.commons.access.decorators import allow, allow_everyone, allow_signed_in, mark_of
from goldthread.commons.access.middleware import PermissionMiddleware
from goldthread.commons.access.models import Grant
from goldthread.commons.access.queries import grants_of, viewer_for, who_may
from goldthread.commons.access.roles import all_roles
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import PUBLIC, Scope
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.models import Event
from goldthread.kernel.clock import fixed_at

JUNE = date(2025, 6, 10)
PLACE, PEOPLE = Scope(ScopeKind.DIRECTORATE, 1), Scope(ScopeKind.DIRECTORATE, 2)
COUNCIL = Scope(ScopeKind.EVERYTHING)


@pytest.fixture
def administrator(person_for: Callable[..., User]) -> User:
    """Somebody who manages accounts."""
    return person_for("administrator")


@pytest.fixture
def newcomer(db: None) -> User:
    """Somebody without a role."""
    return User.objects.create_user("nell@fernleigh.example", "Nell Hardy")


def test_who_is_not_signed_in_is_the_public(newcomer: User) -> None:
    assert viewer_for(AnonymousUser()) is PUBLIC
    newcomer.is_active = False
    assert viewer_for(newcomer) is PUBLIC


def test_without_a_role_one_sees_what_the_public_sees(newcomer: User) -> None:
    viewer = viewer_for(newcomer)
    assert viewer.user_id == newcomer.pk and viewer.permissions == PUBLIC.permissions


def test_a_role_holds_where_it_is_given_and_nowhere_else(administrator: User, newcomer: User) -> None:
    grant_role(user=newcomer, role="director", scope=PLACE, by=administrator, reason="New director")
    viewer = viewer_for(newcomer)
    assert viewer.may(Permission.SEE_INTERNAL) and not viewer.may_everywhere(Permission.SEE_INTERNAL)
    assert viewer.scopes(Permission.SEE_RESTRICTED) == {PLACE}
    assert viewer.ids(Permission.EDIT_RECORDS, ScopeKind.DIRECTORATE) == {1}
    assert viewer.may_everywhere(Permission.SEE_PUBLISHED)


def test_a_role_holds_from_its_first_day_and_ends_at_once(administrator: User, newcomer: User) -> None:
    with fixed_at(JUNE):
        grant = grant_role(user=newcomer, role="viewer", by=administrator, reason="Scrutiny support")
    assert viewer_for(newcomer, on=date(2025, 6, 9)).roles == ()
    assert viewer_for(newcomer, on=JUNE).roles == ("viewer",)
    with fixed_at(date(2025, 9, 1)):
        end_grant(grant=grant, by=administrator, reason="Moved to another council")
        assert viewer_for(newcomer).roles == ()
    assert viewer_for(newcomer, on=date(2025, 8, 31)).roles == ("viewer",)
    assert Grant.objects.filter(pk=grant.pk).exists()


def test_every_grant_and_its_end_is_an_event_with_its_reason(administrator: User, newcomer: User) -> None:
    grant = grant_role(user=newcomer, role="lead", scope=PEOPLE, by=administrator, reason="Heads the service")
    end_grant(grant=grant, by=administrator, reason="Left the council")
    ended, given = Event.objects.filter(subject=newcomer.email)
    assert (given.verb, given.by, given.reason) == ("granted a role", administrator, "Heads the service")
    assert (ended.verb, ended.reason) == ("ended a role", "Left the council")
    assert given.detail["scope_id"] == 2


def test_the_same_role_given_twice_is_given_once(administrator: User, newcomer: User) -> None:
    first = grant_role(user=newcomer, role="viewer", by=administrator, reason="Reads")
    assert grant_role(user=newcomer, role="viewer", by=administrator, reason="Reads") == first


@pytest.mark.parametrize(
    ("role", "scope", "reason", "said"),
    [
        ("emperor", COUNCIL, "Why not", "no role"),
        ("public", COUNCIL, "Why not", "no role"),
        ("councillor", COUNCIL, "Elected", "another place"),
        ("contributor", PLACE, "Drafts", "another place"),
        ("viewer", COUNCIL, "  ", "Say why"),
    ],
)
def test_a_grant_without_sense_is_refused(
    administrator: User, newcomer: User, role: str, scope: Scope, reason: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        grant_role(user=newcomer, role=role, scope=scope, by=administrator, reason=reason)
    assert not newcomer.grants.exists()


def test_only_an_administrator_gives_roles_and_nobody_to_themselves(
    administrator: User, newcomer: User, person_for: Callable[..., User]
) -> None:
    with pytest.raises(NotAllowed):
        grant_role(user=newcomer, role="viewer", by=person_for("coordinator"), reason="Asked")
    with pytest.raises(NotAllowed, match="another administrator"):
        grant_role(user=administrator, role="executive", by=administrator, reason="Curious")


def test_the_last_administrator_stays(administrator: User, newcomer: User) -> None:
    grant = administrator.grants.get()
    with pytest.raises(Refused, match="Nobody would be left"):
        end_grant(grant=grant, by=administrator, reason="Tired")
    give_role(user=newcomer, role="administrator", by=administrator, reason="Second one")
    end_grant(grant=grant, by=newcomer, reason="Retired")
    assert not viewer_for(administrator).may(Permission.MANAGE_ACCOUNTS)


def test_a_role_ends_once_not_in_the_past_and_not_without_a_reason(administrator: User, newcomer: User) -> None:
    grant = grant_role(user=newcomer, role="viewer", by=administrator, reason="Reads")
    with pytest.raises(Refused, match="past"):
        end_grant(grant=grant, by=administrator, reason="Left", on=date(2020, 1, 1))
    with pytest.raises(Refused, match="Say why"):
        end_grant(grant=grant, by=administrator, reason=" ")
    end_grant(grant=grant, by=administrator, reason="Left")
    with pytest.raises(Refused, match="already"):
        end_grant(grant=grant, by=administrator, reason="Left")


def test_the_viewer_costs_one_query_whatever_the_number_of_roles(
    newcomer: User, django_assert_num_queries: Callable[..., object]
) -> None:
    for number in range(1, 9):
        give_role(user=newcomer, role="lead", scope=Scope(ScopeKind.RECORD, number), by=newcomer, reason="Test")
    with django_assert_num_queries(1):
        assert len(viewer_for(newcomer).ids(Permission.ADD_UPDATES, ScopeKind.RECORD)) == 8


def test_who_may_finds_those_of_the_scope_and_of_the_whole_council(person_for: Callable[..., User]) -> None:
    here, there, everywhere = person_for("lead", PLACE), person_for("lead", PEOPLE), person_for("coordinator")
    assert set(who_may(Permission.ADD_UPDATES, PLACE)) == {here, everywhere}
    assert there in who_may(Permission.ADD_UPDATES, PEOPLE)
    assert set(who_may(Permission.ADD_UPDATES, COUNCIL)) == {everywhere}
    everywhere.is_active = False
    everywhere.save()
    assert set(who_may(Permission.ADD_UPDATES, PLACE)) == {here}


def test_only_the_person_and_administrators_see_somebodys_roles(
    administrator: User, person_for: Callable[..., User]
) -> None:
    lead = person_for("lead")
    assert grants_of(lead, viewer=viewer_for(lead)).count() == 1
    assert grants_of(lead, viewer=viewer_for(administrator)).count() == 1
    with pytest.raises(NotAllowed):
        grants_of(lead, viewer=viewer_for(person_for("coordinator")))


def test_a_grant_whose_scope_is_half_said_does_not_enter_the_database(newcomer: User) -> None:
    for kind, number in (("directorate", None), ("everything", 3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(
                user=newcomer, role="viewer", scope_kind=kind, scope_id=number, starts=JUNE, granted_by=newcomer
            )


def test_a_role_that_the_council_no_longer_has_allows_nothing(newcomer: User) -> None:
    Grant.objects.create(user=newcomer, role="beadle", starts=date(2020, 1, 1), granted_by=newcomer)
    assert viewer_for(newcomer).permissions == PUBLIC.permissions


def test_every_role_says_what_it_is_and_the_administrator_sees_no_more_than_the_public() -> None:
    roles = all_roles()
    assert list(roles) == [
        "public",
        "viewer",
        "contributor",
        "lead",
        "coordinator",
        "director",
        "executive",
        "councillor",
        "auditor",
        "administrator",
    ]
    assert all(
        role.description.endswith(".") and Permission.SEE_PUBLISHED in role.permissions for role in roles.values()
    )
    seeing = {Permission.SEE_INTERNAL, Permission.SEE_RESTRICTED}
    assert not seeing & roles["administrator"].permissions
    assert not seeing & roles["councillor"].permissions
    assert roles["contributor"].scopes == (ScopeKind.RECORD,)


# Marks on views


def _seen(view: Callable[..., HttpResponse], user: User | AnonymousUser, **headers: str) -> HttpResponse | None:
    """What the middleware answers in place of the view; None when it lets the request through."""
    request: HttpRequest = RequestFactory().get("/somewhere/", headers=headers)
    request.user = user
    request.resolver_match = ResolverMatch(view, (), {}, url_name="somewhere")
    answers = []

    def respond(request: HttpRequest) -> HttpResponse:
        answers.append(middleware.process_view(request, view, (), {}))
        return HttpResponse()

    middleware = PermissionMiddleware(respond)
    middleware(request)
    return answers[0]


@allow(Permission.EDIT_RECORDS, Permission.IMPORT_DOCUMENTS)
def editing(request: HttpRequest) -> HttpResponse:
    """For who edits or imports."""
    return HttpResponse()


@allow_signed_in
class Own(View):
    """For everybody signed in."""


def unmarked(request: HttpRequest) -> HttpResponse:
    """Says nothing."""
    return HttpResponse()


def test_a_view_opens_to_whom_its_mark_names(person_for: Callable[..., User]) -> None:
    assert _seen(editing, person_for("coordinator")) is None
    with pytest.raises(Http404):
        _seen(editing, person_for("viewer"))
    assert _seen(Own.as_view(), person_for("viewer")) is None
    assert _seen(allow_everyone(lambda request: HttpResponse()), AnonymousUser()) is None


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(db: None) -> None:
    answer = _seen(editing, AnonymousUser())
    assert answer is not None and answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/somewhere/"
    fragment = _seen(editing, AnonymousUser(), **{"HX-Request": "true"})
    assert fragment is not None and fragment["HX-Redirect"] == "/sign-in/"


def test_a_view_without_a_mark_opens_to_nobody(person_for: Callable[..., User], settings: object) -> None:
    with pytest.raises(ImproperlyConfigured, match="does not say who it is for"):
        _seen(unmarked, person_for("executive"))
    settings.GOLDTHREAD_STRICT = False  # type: ignore[attr-defined]
    with pytest.raises(Http404):
        _seen(unmarked, person_for("executive"))


def test_a_mark_needs_a_permission_and_survives_a_class() -> None:
    with pytest.raises(ValueError, match="needs a permission"):
        allow()
    assert str(mark_of(Own.as_view())) == "Everyone signed in"
    assert str(mark_of(editing)).startswith("Who may write and edit records or import")
