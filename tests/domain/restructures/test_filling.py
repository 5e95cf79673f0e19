"""Who takes up which post of an agreed structure: carried over, chosen person by person, refused in a sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.queries import holders
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.restructures import actions, queries
from goldthread.kernel.clock import fixed_at
from tests.domain.restructures.conftest import AGREED, BEFORE, IN_FORCE
from tests.support.once import written_once

WHY = "To spend less"
EVE = IN_FORCE - timedelta(days=1)


@pytest.fixture
@written_once
def agreed(council):
    """No assistant director for streets, a new head of trees, parks renamed; three people in post before."""
    with fixed_at(BEFORE):
        held = {
            "Assistant Director Streets": "Ada Stone",
            "Assistant Director Parks": "Ben Reed",
            "Head of Roads": "Cy Marsh",
        }
        for post, name in held.items():
            person = organisation.add_person(name=name, by=council.keeper)
            owner = council.posts[post].owner
            organisation.appoint(person=person, owner=owner, starts=date(2024, 1, 1), by=council.keeper)
        found = actions.start(name="Leaner place", base=council.structure, by=council.by, people=[council.other])
        said = {"restructure": found, "by": council.by, "reason": WHY}
        streets, parks = (council.posts[f"Assistant Director {name}"].pk for name in ("Streets", "Parks"))
        actions.edit(kind="remove", posts=[streets], values={}, **said)
        actions.edit(kind="rename", posts=[parks], values={"title": "Head of Parks"}, **said)
        line = {"directorate": "Place", "reports_to": council.posts["Director of Place"].pk}
        actions.edit(kind="add", values={"title": "Head of Trees", **line}, **said)
    with fixed_at(AGREED):
        more = {"delegation": "Scheme 3.4", "skipped": "Two posts only"}
        actions.agree(restructure=found, in_force_on=IN_FORCE, by=council.by, reason=WHY, **more)
    found.refresh_from_db()
    return found


def seen(agreed, council):
    """The filling as one of its people sees it, with its posts by title."""
    found = queries.filling(agreed, viewer=viewer_for(council.by))
    return found, {each.line.title: each for each in found.posts}


def fill(agreed, council, title, person, **more):
    """Choose somebody for a post of the agreed structure, on the day of agreeing."""
    post = seen(agreed, council)[1][title].line.key
    with fixed_at(AGREED):
        return actions.fill_post(**{"restructure": agreed, "post": post, "person": person, "by": council.by} | more)


def names_on(council, title, agreed, day):
    """Who holds a post of the agreed structure on a day, as words."""
    post = seen(agreed, council)[1][title].line.key
    return [str(one) for one in holders([post], viewer=viewer_for(council.by), on=day).get(post, [])]


def test_holders_of_posts_that_stay_carry_over_and_the_rest_is_told(agreed, council, django_assert_max_num_queries):
    found, posts = seen(agreed, council)
    assert [str(row.person) for row in posts["Head of Parks"].carried] == ["Ben Reed"]  # renamed
    assert [str(row.person) for row in posts["Head of Roads"].carried] == ["Cy Marsh"]
    assert [each.line.title for each in found.waiting] == ["Chief Executive", "Director of Place", "Head of Trees"]
    assert [(str(each.person), each.post.title) for each in found.displaced] == [
        ("Ada Stone", "Assistant Director Streets")
    ]
    with django_assert_max_num_queries(12):
        queries.filling(agreed, viewer=viewer_for(council.by))
    assert queries.filling(agreed, viewer=viewer_for(council.keeper)) is not None, "agreed: the council may know"


def test_somebody_takes_up_a_post_on_the_day_and_the_ended_post_lets_them_go(agreed, council):
    fill(agreed, council, "Head of Trees", "ada stone", reason="Ring-fenced interview")
    found, posts = seen(agreed, council)
    assert [str(row.person) for row in posts["Head of Trees"].chosen] == ["Ada Stone"] and not found.displaced
    with fixed_at(AGREED):
        actions.appoint(restructure=agreed, by=council.by, as_at=AGREED, reason="The other two are advertised")
    with fixed_at(IN_FORCE):
        actions.put_in_force(restructure=agreed, by=council.by)
    assert names_on(council, "Head of Trees", agreed, EVE) == []
    assert names_on(council, "Head of Trees", agreed, IN_FORCE) == ["Ada Stone"]
    streets, looking = council.posts["Assistant Director Streets"].pk, viewer_for(council.by)
    assert streets in holders([streets], viewer=looking, on=EVE)
    assert streets not in holders([streets], viewer=looking, on=IN_FORCE)


def test_one_leaves_a_post_for_another_and_stays_where_the_choice_is_taken_back(agreed, council):
    with pytest.raises(Refused, match="Cy Marsh holds Head of Roads at that time: say that they leave it"):
        fill(agreed, council, "Head of Trees", "Cy Marsh")
    fill(agreed, council, "Head of Trees", "Cy Marsh", kind="acting")  # beside their own
    made = fill(agreed, council, "Director of Place", "Cy Marsh", leaving=True)
    assert names_on(council, "Head of Roads", agreed, IN_FORCE) == []
    assert names_on(council, "Head of Roads", agreed, EVE) == ["Cy Marsh"]
    second = fill(agreed, council, "Chief Executive", "Cy Marsh", leaving=True)  # before they began as director
    assert names_on(council, "Director of Place", agreed, IN_FORCE) == []
    with fixed_at(AGREED):
        actions.take_choice_back(restructure=agreed, appointment=second.pk, by=council.other)
        actions.take_choice_back(restructure=agreed, appointment=made.pk, by=council.other)
    assert names_on(council, "Head of Roads", agreed, IN_FORCE) == ["Cy Marsh"]
    with fixed_at(AGREED), pytest.raises(Refused, match="taken back already"):
        actions.take_choice_back(restructure=agreed, appointment=made.pk, by=council.by)


def test_what_cannot_be_is_refused_in_a_sentence(agreed, council):
    with pytest.raises(Refused, match="Ben Reed already holds"):
        fill(agreed, council, "Head of Parks", "Nora Field")
    with pytest.raises(Refused, match="holds Head of Parks already"):
        fill(agreed, council, "Head of Parks", "Ben Reed", kind="acting")
    with pytest.raises(Refused, match="not in the agreed structure"):
        fill(agreed, council, "Head of Trees", "Nora Field", post=council.posts["Assistant Director Streets"].pk)
    with pytest.raises(Refused, match="holds from 1 April 2026"):
        fill(agreed, council, "Head of Trees", "Nora Field", starts=EVE)
    with pytest.raises(Refused, match="a name"):
        fill(agreed, council, "Head of Trees", " ")
    gone = organisation.add_person(name="Gil Poole", user=council.other, by=council.keeper)
    council.other.is_active = False
    council.other.save()
    with pytest.raises(Refused, match="account of Gil Poole is closed"):
        fill(agreed, council, "Head of Trees", gone.name)
    organisation.add_person(name="Edie Swann", user=council.by, by=council.keeper)
    with pytest.raises(Refused, match="give yourself Head of Trees"):
        fill(agreed, council, "Head of Trees", "Edie Swann")
    with pytest.raises(NotAllowed):
        fill(agreed, council, "Head of Trees", "Nora Field", by=council.keeper)


def test_nobody_and_no_post_is_left_without_a_reason(agreed, council):
    with fixed_at(AGREED):
        with pytest.raises(Refused) as refused:
            actions.appoint(restructure=agreed, by=council.by, as_at=AGREED)
        assert str(refused.value) == (
            "Nobody takes up Chief Executive, Director of Place, Head of Trees, and no post is said for Ada Stone "
            "(Assistant Director Streets): say why that waits."
        )
    for post, person in (
        ("Chief Executive", "Di Vane"),
        ("Director of Place", "Oz Kemp"),
        ("Head of Trees", "Ada Stone"),
    ):
        fill(agreed, council, post, person)
    with fixed_at(AGREED):
        actions.appoint(restructure=agreed, by=council.by, as_at=AGREED)
        with pytest.raises(Refused, match="recorded already"):
            actions.appoint(restructure=agreed, by=council.by, as_at=AGREED)


def test_an_agreement_is_not_undone_under_people_who_were_chosen(agreed, council):
    made = fill(agreed, council, "Head of Trees", "Ada Stone")
    agreement = queries.steps(agreed, viewer=viewer_for(council.by))[-1].event
    with fixed_at(AGREED):
        with pytest.raises(Refused, match="take those choices back first"):
            undo(event=agreement, by=council.by)
        actions.take_choice_back(restructure=agreed, appointment=made.pk, by=council.by)
        undo(event=agreement, by=council.by)


def test_nobody_agrees_or_puts_in_force_alone_what_shows_them_more(council):
    organisation.appoint(
        person=organisation.add_person(name="Edie Swann", user=council.by, by=council.keeper),
        owner=council.posts["Head of Roads"].owner, starts=date(2024, 1, 1), by=council.keeper,
    )  # fmt: skip
    with fixed_at(BEFORE):
        draft = actions.start(name="Mine", base=council.structure, by=council.by, people=[council.other])
        said = {"restructure": draft, "by": council.by, "reason": WHY}
        streets, parks = (council.posts[f"Assistant Director {name}"].pk for name in ("Streets", "Parks"))
        actions.edit(kind="remove", posts=[streets], values={}, **said)  # its records go to Head of Roads
        actions.edit(kind="move", posts=[parks], values={"reports_to": council.posts["Head of Roads"].pk}, **said)
    agree = {"restructure": draft, "in_force_on": IN_FORCE, "reason": WHY, "delegation": "3.4", "skipped": "Small"}
    with fixed_at(AGREED):
        with pytest.raises(Refused, match="Assistant Director Streets answers for would become your own"):
            actions.agree(by=council.by, **agree)
        actions.agree(by=council.other, **agree)
    draft.refresh_from_db()
    with fixed_at(IN_FORCE):
        with pytest.raises(Refused, match="Assistant Director Parks would come below a post of yours"):
            actions.put_in_force(restructure=draft, by=council.by, skipped="None new")
        actions.put_in_force(restructure=draft, by=council.other, skipped="None new")
