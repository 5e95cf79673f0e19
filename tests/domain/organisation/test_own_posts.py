"""Nobody gives themself a post, a seat, a longer time in one, or a line that shows them more."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.models import Grant
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.actions import local_user
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.domain.organisation import actions
from goldthread.domain.organisation.access import who_records_it_for
from goldthread.domain.organisation.actions.sheets import take_posts
from goldthread.domain.organisation.adopters import OfferedPost, adopt_posts
from goldthread.domain.organisation.models import Appointment, Membership, Person, Post, Structure
from goldthread.domain.organisation.queries import appointments, owners_held
from goldthread.domain.register.actions.undo import undo
from tests.domain.conftest import person_with

START, JUNE = date(2024, 1, 1), date(2025, 6, 30)


@pytest.fixture
def other(coordinator: User) -> User:
    """A second person who keeps the organisation."""
    return person_with("coordinator", "Otto Lang")


@pytest.fixture
def me(coordinator: User, other: User) -> Person:
    """The coordinator as a person of the organisation."""
    return actions.add_person(name="Cora Mayhew", user=coordinator, by=other)


@pytest.fixture
def post(coordinator: User) -> Post:
    """A post that nobody holds."""
    return actions.add_post(name="Director of Streets", by=coordinator)


def test_nobody_appoints_themself_and_somebody_else_can(me: Person, post: Post, coordinator: User, other: User) -> None:
    board = actions.add_body(name="Debt Board", by=coordinator)
    with pytest.raises(Refused, match=r"give yourself Director of Streets .* Ask Otto Lang to record it for you"):
        actions.appoint(person=me, owner=post.owner, kind="interim", by=coordinator)
    with pytest.raises(Refused, match="a seat on Debt Board"):
        actions.add_member(person=me, body=board, by=coordinator)
    assert not Appointment.objects.exists() and not Membership.objects.exists()
    actions.appoint(person=me, owner=post.owner, starts=START, by=other)
    assert owners_held(viewer_for(coordinator)) == {post.pk}


def test_alone_one_is_told_how_to_come_by_a_second_person(coordinator: User, post: Post) -> None:
    local_user()  # the commands' own account is nobody to ask
    cora = Person.objects.create(name="Cora Mayhew", user=coordinator)
    with pytest.raises(
        Refused, match="ask an administrator to give a colleague the role of coordinator; the colleague"
    ):
        actions.appoint(person=cora, owner=post.owner, by=coordinator)
    Grant.objects.create(user=coordinator, role="administrator", starts=START, granted_by=coordinator)
    assert "under Accounts, give a colleague the role of coordinator" in who_records_it_for(coordinator)
    person_with("coordinator", "Otto Lang")
    assert who_records_it_for(coordinator) == "Ask Otto Lang to record it for you."


def test_an_address_of_ones_own_is_oneself(post: Post, coordinator: User) -> None:
    with pytest.raises(Refused, match="you yourself"):
        actions.add_person(name="Nora Field", email=coordinator.email.upper(), by=coordinator)
    with pytest.raises(Refused, match="you yourself"):
        actions.add_person(name="Nora Field", user=coordinator, by=coordinator)
    nora = Person.objects.create(name="Nora Field", email=coordinator.email)
    with pytest.raises(Refused, match="give yourself"):
        actions.appoint(person=nora, owner=post.owner, by=coordinator)


def test_nobody_stays_longer_by_their_own_word_or_brings_back_what_somebody_ended(
    me: Person, post: Post, coordinator: User, other: User
) -> None:
    actions.appoint(person=me, owner=post.owner, starts=START, by=other)
    (held,) = appointments(post.owner, viewer=viewer_for(other))
    ended = actions.end_appointment(appointment=held, last_day=JUNE, by=other, reason="Moves on")
    with pytest.raises(Refused, match="for longer"):
        actions.end_appointment(appointment=ended, last_day=date(2099, 1, 1), by=coordinator, reason="Stays")
    with pytest.raises(Refused, match="an appointment of yours"):
        undo(event=ended.event, by=coordinator)
    assert owners_held(viewer_for(coordinator)) == set()
    earlier = actions.end_appointment(appointment=ended, last_day=date(2025, 5, 1), by=coordinator, reason="Sooner")
    assert earlier.ends == date(2025, 5, 1)  # leaving sooner shows nobody more
    undo(event=ended.event, by=other)


def test_neither_a_file_nor_a_document_puts_who_brings_it_in_a_post(
    me: Person, post: Post, coordinator: User, other: User
) -> None:
    rows = [["title", "holder"], ["Director of Streets", "Cora Mayhew"]]
    with pytest.raises(Refused, match="give yourself Director of Streets"):
        take_posts(rows=rows, name="Now", as_at=START, stage="current", by=coordinator)
    assert not Structure.objects.exists(), "a file is taken whole or not at all"
    offered = [OfferedPost("Director of Streets", JUNE, 1, holder="Cora Mayhew")]
    adopt_posts(offered, event=record_event("adopted proposals", by=coordinator), title="A page")
    assert not Appointment.objects.exists()
    adopt_posts(offered, event=record_event("adopted proposals", by=other), title="A page again")
    assert Appointment.objects.get().person == me


def test_nobody_moves_a_post_below_their_own(me: Person, post: Post, coordinator: User, other: User) -> None:
    below = actions.add_post(name="Head of Roads", reports_to=post, by=coordinator)
    far = actions.add_post(name="Head of Finance", by=coordinator)
    actions.appoint(person=me, owner=below.owner, starts=START, by=other)
    same = {"name": "Head of Finance", "directorate": None, "statutory_roles": [], "reason": "x"}
    with pytest.raises(Refused, match="Head of Finance would come below a post of yours"):
        actions.edit_post(post=far, reports_to=below, by=coordinator, **same)
    actions.edit_post(post=far, reports_to=post, by=coordinator, **same)  # beside it, not below
    offered = [OfferedPost("Head of Audit", JUNE, 1), OfferedPost("Head of Roads", JUNE, 2)]
    adopt_posts(offered, event=record_event("adopted proposals", by=coordinator), title="A page")
    offered = [OfferedPost("Head of Audit", JUNE, 1, reports_to="Head of Roads")]
    adopt_posts(offered, event=record_event("adopted proposals", by=coordinator), title="A page")
    assert Post.objects.get(owner__name="Head of Audit").reports_to is None
    adopt_posts(offered, event=record_event("adopted proposals", by=other), title="A page")
    assert Post.objects.get(owner__name="Head of Audit").reports_to == below
    actions.edit_post(post=far, reports_to=below, by=other, **same)
