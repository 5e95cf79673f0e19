"""Statutory roles, restricted posts, other bodies, people by day, and the design check."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event
from goldthread.domain.organisation import actions
from goldthread.domain.organisation.actions.duties import end_role, give_role
from goldthread.domain.organisation.actions.partners import declare_interest, record_plan_review, set_arrangement
from goldthread.domain.organisation.models import Post
from goldthread.domain.organisation.queries.duties import held_on, holdings, restricted_posts, roles_on
from goldthread.domain.organisation.queries.partners import partner, partners
from goldthread.domain.organisation.queries.people_by_day import people_on
from goldthread.domain.organisation.rules.design import check_design, thresholds
from goldthread.domain.organisation.rules.duties import AUTHORITIES, clashes, role_named, role_printed, statutory_roles
from goldthread.domain.organisation.rules.lines import Line
from goldthread.domain.register.actions.undo import undo
from goldthread.kernel.clock import fixed_at
from tests.support.once import written_once

DAY = date(2025, 6, 10)


@pytest.fixture
@written_once
def posts(coordinator: User) -> dict[str, Post]:
    """A chief executive with two directors below and a head below one of them; each held by somebody."""
    with fixed_at(DAY):
        chief = actions.add_post(name="Chief Executive", by=coordinator)
        money = actions.add_post(name="Director of Resources", reports_to=chief, by=coordinator)
        law = actions.add_post(name="Director of Law", reports_to=chief, by=coordinator)
        desk = actions.add_post(name="Secretary to the Chief Executive", reports_to=chief, by=coordinator)
        head = actions.add_post(name="Head of Audit", reports_to=money, by=coordinator)
        for post, name in ((chief, "Ada Stone"), (money, "Ben Reed"), (law, "Cy Marsh"), (head, "Di Brook")):
            person = actions.add_person(name=name, by=coordinator)
            actions.appoint(person=person, owner=post.owner, by=coordinator, starts=date(2024, 1, 1))
        return {"chief": chief, "money": money, "law": law, "desk": desk, "head": head}


def sentences(viewer: Viewer, on: date) -> list[str]:
    """Everything that is wrong on a day."""
    return [fault.sentence for one in roles_on(viewer=viewer, on=on) for fault in one.faults]


def test_missing_roles_are_told_and_a_role_given_is_no_longer_missing(posts, coordinator, looking) -> None:
    assert "No post is on record as monitoring officer." in sentences(looking, DAY)
    give_role(role="monitoring-officer", post=posts["law"], by=coordinator, starts=date(2025, 1, 1))
    told = sentences(looking, DAY)
    assert "No post is on record as monitoring officer." not in told
    assert "No deputy is on record for the monitoring officer." in told
    give_role(role="monitoring-officer", post=posts["head"], by=coordinator, starts=date(2025, 1, 1), deputy=True)
    assert "No deputy is on record for the monitoring officer." not in sentences(looking, DAY)
    assert roles_on(viewer=PUBLIC, on=DAY) == []


@pytest.mark.parametrize(("first", "second"), [clash.roles for clash in clashes() if clash.hard])
def test_what_the_law_forbids_is_refused_without_a_trace(posts, coordinator, first, second) -> None:
    give_role(role=first, post=posts["law"], by=coordinator, starts=date(2025, 1, 1))
    before = Event.objects.count()
    with pytest.raises(Refused, match="may not be one person"):
        give_role(role=second, post=posts["law"], by=coordinator, starts=date(2025, 2, 1))
    assert Event.objects.count() == before


def test_one_person_in_two_posts_is_one_person(posts, coordinator) -> None:
    person = actions.add_person(name="Ben Reed", by=coordinator)
    spare = actions.add_post(name="Director of Assurance", by=coordinator)
    actions.appoint(person=person, owner=spare.owner, by=coordinator, starts=date(2025, 1, 1))
    give_role(role="chief-finance-officer", post=posts["money"], by=coordinator, starts=date(2025, 1, 2))
    with pytest.raises(Refused, match="may not be one person"):
        give_role(role="monitoring-officer", post=spare, by=coordinator, starts=date(2025, 1, 3))


def test_what_guidance_discourages_needs_a_reason_and_is_warned_of(posts, coordinator, looking) -> None:
    give_role(role="director-of-childrens-services", post=posts["law"], by=coordinator, starts=date(2025, 1, 1))
    values = {"role": "director-of-adult-social-services", "post": posts["law"], "by": coordinator}
    with pytest.raises(Refused, match="say why"):
        give_role(**values, starts=date(2025, 1, 1))
    give_role(**values, starts=date(2025, 1, 1), reason="A local test of assurance was made")
    assert any("should not be" in line or "which one person should not" in line for line in sentences(looking, DAY))


def test_a_new_holder_ends_the_old_one_an_acting_one_has_a_last_day_and_undo_brings_back(
    posts, coordinator, looking
) -> None:
    give_role(role="chief-finance-officer", post=posts["money"], by=coordinator, starts=date(2024, 1, 1))
    with pytest.raises(Refused, match="has a last day"):
        give_role(role="chief-finance-officer", post=posts["head"], by=coordinator, acting=True)
    event = give_role(
        role="chief-finance-officer",
        post=posts["head"],
        by=coordinator,
        starts=date(2025, 5, 1),
        ends=date(2025, 9, 30),
        acting=True,
    )
    assert [one.title for one in held_on(viewer=looking, on=date(2025, 4, 30))] == ["Director of Resources"]
    assert [one.title for one in held_on(viewer=looking, on=DAY)] == ["Head of Audit"]
    assert held_on(viewer=looking, on=date(2025, 10, 1)) == []
    undo(event=event, by=coordinator)
    assert [one.title for one in held_on(viewer=looking, on=DAY)] == ["Director of Resources"]
    held = holdings(viewer=looking)[0]
    end_role(holding=held, last_day=date(2025, 5, 31), by=coordinator, reason="Retired")
    assert held_on(viewer=looking, on=DAY) == []


def test_a_vacant_post_with_a_role_is_told(posts, coordinator, looking) -> None:
    give_role(role="head-of-paid-service", post=posts["chief"], by=coordinator, starts=date(2024, 1, 1))
    from goldthread.domain.organisation.queries import appointments

    held = appointments(posts["chief"].owner, viewer=looking)[0]
    actions.end_appointment(appointment=held, last_day=date(2025, 5, 31), by=coordinator, reason="Left")
    assert "Chief Executive carries the role and is vacant." in sentences(looking, DAY)


def test_restricted_posts_follow_from_the_lines_and_roles(posts, coordinator, looking) -> None:
    give_role(role="head-of-paid-service", post=posts["chief"], by=coordinator, starts=date(2024, 1, 1))
    give_role(role="chief-finance-officer", post=posts["money"], by=coordinator, starts=date(2024, 1, 1))
    found = {one.post.owner.name: one.category for one in restricted_posts(viewer=looking, on=DAY)}
    assert found == {
        "Chief Executive": "head of paid service",
        "Director of Resources": "statutory chief officer",
        "Director of Law": "non-statutory chief officer",
        "Head of Audit": "deputy chief officer",
    }


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("S151 Officer", "chief-finance-officer"),
        ("Section 151 officer", "chief-finance-officer"),
        ("Head of the Paid Service", "head-of-paid-service"),
        ("Statutory Director of Children’s Services", "director-of-childrens-services"),
        ("Monitoring Officer", "monitoring-officer"),
        ("Tree officer", None),
    ],
)
def test_printed_words_name_a_role(words, key) -> None:
    found = role_printed(words)
    assert (found.key if found else None) == key


def test_the_reference_data_names_known_roles_and_kinds_and_says_its_sources() -> None:
    keys = {one.key for one in statutory_roles()}
    assert all(one.source and set(one.required_for) <= set(AUTHORITIES) for one in statutory_roles())
    assert all(set(one.roles) <= keys and one.source for one in clashes())
    assert role_named("scrutiny-officer").required("district", DAY) is False


def test_another_body_its_plan_its_conflicts_and_its_exit(coordinator, looking) -> None:
    with fixed_at(DAY):
        body = actions.add_body(name="Fernleigh Land Ltd", by=coordinator)
        director = actions.add_person(name="Ada Stone", by=coordinator)
        with pytest.raises(Refused, match="by when"):
            set_arrangement(body=body, kind="company", by=coordinator, comes_back="The staff")
        set_arrangement(
            body=body,
            kind="company",
            by=coordinator,
            plan_due_month=3,
            exit_on=date(2026, 3, 31),
            comes_back="Two depots\nThe records",
        )
        with pytest.raises(Refused, match="does not sit"):
            declare_interest(body=body, person=director, text="Holds shares", by=coordinator)
        actions.add_member(person=director, body=body, by=coordinator, role="Director", starts=date(2024, 1, 1))
        declare_interest(body=body, person=director, text="Also advises on its loans; leaves the room", by=coordinator)
        assert partner(body, viewer=looking).plan_overdue
        record_plan_review(body=body, reviewed_on=date(2025, 3, 4), by=coordinator, reviewed_by="Cabinet")
        (found,) = partners(viewer=looking)
        assert not found.plan_overdue
        assert found.leaving
        assert [one.person.name for one in found.interests] == ["Ada Stone"]
    assert partner(body, viewer=looking, on=date(2026, 4, 1)).plan_overdue
    assert partners(viewer=PUBLIC) == []


def test_people_by_day(posts, coordinator, looking) -> None:
    leader = actions.add_office(name="Leader of the Council", by=coordinator)
    person = actions.add_person(name="Cllr Eve Lane", by=coordinator)
    actions.appoint(person=person, owner=leader.owner, by=coordinator, starts=date(2022, 5, 25), ends=date(2025, 5, 1))
    found = {one.person.name: one for one in people_on(viewer=looking, on=date(2025, 1, 1))}
    assert found["Cllr Eve Lane"].member
    assert [row.owner.name for row in found["Cllr Eve Lane"].now] == ["Leader of the Council"]
    later = {one.person.name: one for one in people_on(viewer=looking, on=DAY)}
    assert later["Cllr Eve Lane"].now == []
    assert people_on(viewer=PUBLIC) == []


# The design check ------------------------------------------------------------------------------------------------


def test_one_to_ones_skipped_and_doubled_levels_are_found() -> None:
    lines = [
        Line(1, "Chief", tier=1),
        Line(2, "Director", reports_to=1, tier=2),
        Line(3, "Head", reports_to=2, tier=4),
        Line(4, "Deputy", reports_to=2, tier=2),
    ]
    found = check_design(lines, thresholds())
    assert [one.manager.title for one in found.flagged("one-to-one")] == ["Chief"]
    assert {(one.report.title, one.kind) for one in found.levels} == {("Head", "skipped"), ("Deputy", "doubled")}
    assert found.layers_word == "within the range"


def test_what_reported_to_a_vacant_post_counts_for_the_one_above() -> None:
    lines = [Line(1, "Chief"), Line(2, "Director", reports_to=1), Line(3, "Head", reports_to=2)]
    found = check_design(lines, thresholds(), vacant={2})
    assert [(one.manager.title, [row.title for row in one.reports]) for one in found.spans] == [("Chief", ["Head"])]
    assert found.left_out == 1


@given(st.lists(st.integers(0, 30), max_size=30), st.sets(st.integers(0, 30)))
def test_every_post_with_a_manager_counts_once_in_a_span(above, vacant) -> None:
    lines = [Line(key, f"Post {key}", reports_to=upper if upper < key else None) for key, upper in enumerate(above)]
    found = check_design(lines, thresholds(), vacant=vacant)
    counted = [row.key for span in found.spans for row in span.reports]
    assert len(counted) == len(set(counted))
    assert not set(counted) & vacant
    assert found.left_out == len({line.key for line in lines} & vacant)
