"""Posts, who holds them on a day, and what printed names may stand for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.models import Event
from goldthread.domain.organisation import actions
from goldthread.domain.organisation.adopters import OfferedPost, adopt_posts
from goldthread.domain.organisation.models import Appointment, Person, Post
from goldthread.domain.organisation.queries import (
    appointments,
    holders,
    names_of,
    suggested_owners,
    vacant_since,
)
from goldthread.domain.organisation.rules import likeness
from goldthread.domain.register.actions import match_name
from goldthread.domain.register.actions.undo import undo
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import person_with
from tests.support.once import written_once

MARCH, JUNE = date(2025, 3, 1), date(2025, 6, 30)


@pytest.fixture
@written_once
def post(coordinator: User) -> Post:
    """A post that Robin Hale has held since March 2025."""
    made = actions.add_post(name="Head of Depots", by=coordinator)
    with fixed_at(MARCH):
        person = actions.add_person(name="Robin Hale", by=coordinator)
        actions.appoint(person=person, owner=made.owner, starts=MARCH, by=coordinator)
    return made


def names_on(post: Post, looking: Viewer, day: date, **known: date) -> list[str]:
    """Who holds a post on a day, as words."""
    return [str(one) for one in holders([post.pk], viewer=looking, on=day, **known).get(post.pk, [])]


def test_a_post_is_vacant_from_the_day_after_the_last_one(post: Post, coordinator: User, looking: Viewer) -> None:
    with fixed_at(date(2025, 5, 1)):
        held = appointments(post.owner, viewer=looking)[0]
        ended = actions.end_appointment(appointment=held, last_day=JUNE, by=coordinator, reason="Moves on")
    assert names_on(post, looking, JUNE) == ["Robin Hale"] and names_on(post, looking, date(2025, 7, 1)) == []
    assert vacant_since([post.pk], viewer=looking, on=JUNE) == {}
    assert vacant_since([post.pk], viewer=looking, on=date(2025, 7, 1)) == {post.pk: JUNE}
    assert names_on(post, looking, date(2025, 7, 1), known_on=date(2025, 4, 30)) == ["Robin Hale"], "nobody knew yet"
    assert vacant_since([post.pk], viewer=looking, on=date(2025, 7, 1), known_on=date(2025, 4, 30)) == {}
    undo(event=ended.event, by=coordinator)
    assert names_on(post, looking, date(2025, 7, 1)) == ["Robin Hale"]


def test_one_substantive_holder_at_a_time_others_are_said_to_act(
    post: Post, coordinator: User, looking: Viewer
) -> None:
    other = actions.add_person(name="Sam Oddy", by=coordinator)
    with pytest.raises(Refused, match="Robin Hale already holds"):
        actions.appoint(person=other, owner=post.owner, starts=JUNE, by=coordinator)
    actions.appoint(person=other, owner=post.owner, starts=JUNE, kind="interim", by=coordinator)
    assert names_on(post, looking, JUNE) == ["Robin Hale", "Sam Oddy (interim)"]
    with pytest.raises(Refused, match="swap the dates"):
        actions.appoint(person=other, owner=post.owner, starts=JUNE, ends=MARCH, by=coordinator)
    with pytest.raises(Refused, match="later last day"):
        held = appointments(post.owner, viewer=looking)[-1]
        actions.end_appointment(appointment=held, last_day=date(2025, 2, 1), by=coordinator, reason="x")


def test_bodies_have_members_and_no_holders(coordinator: User) -> None:
    board = actions.add_body(name="Debt Board", by=coordinator)
    person = actions.add_person(name="Robin Hale", by=coordinator)
    with pytest.raises(Refused, match="add Robin Hale as a member"):
        actions.appoint(person=person, owner=board.owner, by=coordinator)
    actions.add_member(person=person, body=board, role="Chair", by=coordinator)
    with pytest.raises(Refused, match="already there"):
        actions.add_body(name="debt board", by=coordinator)


def test_nobody_reports_to_themselves_in_a_circle(post: Post, coordinator: User) -> None:
    below = actions.add_post(name="Depot Keeper", reports_to=post, by=coordinator)
    change = {"name": "Head of Depots", "directorate": None, "statutory_roles": [], "by": coordinator, "reason": "x"}
    with pytest.raises(Refused, match="would report to itself"):
        actions.edit_post(post=post, reports_to=below, **change)
    with pytest.raises(Refused, match="a name"):
        actions.edit_post(post=post, reports_to=None, **{**change, "name": " "})


def test_who_may_not_changes_nothing(post: Post) -> None:
    reader, before = person_with("viewer", "Vera Lundy"), Event.objects.count()
    for act in (
        lambda: actions.add_post(name="Another", by=reader),
        lambda: actions.add_directorate(name="Place", by=reader),
        lambda: actions.appoint(person=Person.objects.get(), owner=post.owner, kind="acting", by=reader),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Event.objects.count() == before


def test_a_printed_name_is_suggested_the_post_of_its_person_and_titles_like_it(
    post: Post, coordinator: User, looking: Viewer
) -> None:
    reform = actions.add_post(name="Assistant Director of Reform", by=coordinator)
    actions.add_post(name="Director of Finance", by=coordinator)
    assert suggested_owners("robin  hale", viewer=looking) == [post.owner]
    assert suggested_owners("AD Reform", viewer=looking) == [reform.owner]
    assert suggested_owners("Pat Quill", viewer=looking) == []
    match_name(printed="AD Reform", owner=reform.owner, by=coordinator)
    assert names_of(reform.owner, viewer=looking) == ["AD Reform"]


def test_a_column_of_holders_says_vacant_without_making_a_person_of_it(coordinator: User) -> None:
    from goldthread.commons.events.actions import record_event

    event = record_event("adopted proposals", by=coordinator)
    rows = [
        OfferedPost("Head of Bins", JUNE, 1, holder="Vacant", statutory_roles=["Head of Paid Service"]),
        OfferedPost("Head of Bins", JUNE, 2, holder="Sam Oddy", statutory_roles=["Head of the Paid Service"]),
        OfferedPost("Head of Trees", JUNE, 3, holder="To be confirmed."),
    ]
    adopt_posts(rows, event=event, title="Posts")
    assert list(Person.objects.values_list("name", flat=True)) == ["Sam Oddy"]
    assert Appointment.objects.get().owner.name == "Head of Bins"
    assert Post.objects.get(owner__name="Head of Bins").statutory_roles == ["Head of Paid Service"]


@given(some.text(max_size=60), some.text(max_size=60))
def test_likeness_is_a_share_and_even_handed(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@pytest.mark.parametrize(
    ("printed", "title"),
    [("COO", "Chief Operating Officer"), ("Director of HR", "Director Human Resources"), ("The CE", "Chief Executive")],
)
def test_short_forms_are_written_out(printed: str, title: str) -> None:
    assert likeness(printed, title) == 1
