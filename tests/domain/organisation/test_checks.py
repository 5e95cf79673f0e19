"""The checks of the organisation: each speaks where something is wrong, and is silent where nothing is."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.events.actions import record_event
from goldthread.domain.organisation import actions
from goldthread.domain.organisation.models import (
    Appointment,
    Directorate,
    Owner,
    Post,
    PostListing,
    RoleHolding,
    StatedTotal,
    Structure,
)
from tests.support.checks import silent, speaks

DAY = date(2026, 3, 1)


@pytest.fixture
def place(coordinator: User) -> Directorate:
    """A directorate."""
    return actions.add_directorate(name="Place", by=coordinator)


@pytest.fixture
def two_posts(coordinator: User, place: Directorate) -> tuple[Post, Post]:
    """A director, and a head of service who reports to them."""
    above = actions.add_post(name="Director of Streets", directorate=place, by=coordinator)
    return above, actions.add_post(name="Head of Kerbs", directorate=place, reports_to=above, by=coordinator)


def hold(post: Post, name: str, by: User, **more: object) -> Appointment:
    """Somebody holds a post, past what the action refuses: as it may come from an older version."""
    event = record_event("appointed", by=by)
    person = actions.add_person(name=name, by=by)
    given = {"starts": date(2024, 1, 1), "kind": "substantive", **more}
    return Appointment.objects.create(person=person, owner=post.owner, recorded=event.at, by=by, event=event, **given)


def test_a_line_in_a_circle(two_posts: tuple[Post, Post], looking: Viewer) -> None:
    silent("GT201", looking)
    above, below = two_posts
    Post.objects.filter(pk=above.pk).update(reports_to=below)
    speaks("GT201", looking, at="Director of Streets (Place)")
    silent("GT201", PUBLIC)


def test_two_people_in_one_post(two_posts: tuple[Post, Post], coordinator: User, looking: Viewer) -> None:
    hold(two_posts[0], "Dirk Osgood", coordinator, ends=date(2026, 2, 28))
    hold(two_posts[0], "Dora Lane", coordinator, starts=date(2026, 2, 1))
    silent("GT202", looking, on=DAY)
    assert "Dora Lane" in speaks("GT202", looking, at="Director of Streets (Place)", on=date(2026, 2, 14)).sentence


def test_structures_list_the_posts_that_are_held_and_as_many_as_they_say(
    two_posts: tuple[Post, Post], coordinator: User, place: Directorate, looking: Viewer
) -> None:
    above, below = two_posts
    hold(below, "Dora Lane", coordinator)
    silent("GT203", looking)
    event = record_event("listed", by=coordinator)
    given = {"recorded": event.at, "by": coordinator, "event": event, "directorate": place}
    structure = Structure.objects.create(name="As it is", as_at=date(2026, 1, 1))
    PostListing.objects.create(structure=structure, post=above, printed="Director of Streets", **given)
    speaks("GT203", looking, at="Head of Kerbs (Place)")
    silent("GT204", looking)
    StatedTotal.objects.create(structure=structure, posts=1, printed="one post", **given)
    silent("GT204", looking)
    StatedTotal.objects.create(structure=structure, posts=3, printed="three posts", **given)
    assert "states 3 posts" in speaks("GT204", looking, at="Place in As it is").sentence


def test_statutory_roles_once_anybody_carries_one(
    two_posts: tuple[Post, Post], coordinator: User, looking: Viewer
) -> None:
    silent("GT205", looking)  # nothing recorded yet: that is no fault of the data
    event = record_event("gave a role", by=coordinator)
    RoleHolding.objects.create(
        role="head-of-paid-service", post=two_posts[0], recorded=event.at, by=coordinator, event=event
    )
    speaks("GT205", looking, at="Monitoring officer")


def test_held_for_a_time_that_has_grown_long(two_posts: tuple[Post, Post], coordinator: User, looking: Viewer) -> None:
    hold(two_posts[0], "Ida Marsh", coordinator, kind="interim", starts=date(2025, 1, 10))
    silent("GT206", looking, on=date(2025, 12, 1))
    speaks("GT206", looking, at="Director of Streets (Place)", on=DAY)


def test_a_line_to_a_post_that_has_ended(two_posts: tuple[Post, Post], looking: Viewer) -> None:
    silent("GT207", looking, on=DAY)
    Owner.objects.filter(pk=two_posts[0].pk).update(ends=date(2026, 2, 1))
    speaks("GT207", looking, at="Head of Kerbs (Place)", on=DAY)


def test_one_title_twice(two_posts: tuple[Post, Post], place: Directorate, looking: Viewer) -> None:
    silent("GT208", looking)
    owner = Owner.objects.create(kind="post", name="head of kerbs", directorate=place)
    Post.objects.create(owner=owner)
    speaks("GT208", looking, at="head of kerbs (Place)")
