"""What if: a draft, what it would do, its way to its day, and that nothing is lost by agreeing it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Owner, PostListing, Structure
from goldthread.domain.organisation.queries.structures import comparison, lines_of, structures
from goldthread.domain.organisation.terms import Stage
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import stand
from goldthread.domain.register.models.projection import catch_up
from goldthread.domain.restructures import actions, queries
from goldthread.domain.restructures.models import StepTaken
from goldthread.domain.restructures.rules import Edit, NotPossible, redraw
from goldthread.kernel.clock import fixed_at
from tests.domain.restructures.conftest import AGREED, BEFORE, IN_FORCE, build
from tests.support.once import written_once

WHY = "To spend less"


@pytest.fixture
@written_once
def draft(council):
    """A draft without the assistant director for streets."""
    with fixed_at(BEFORE):
        found = actions.start(name="Leaner place", base=council.structure, by=council.by)
        remove(found, council, "Assistant Director Streets")
    return found


def remove(draft, council, name):
    actions.edit(restructure=draft, kind="remove", posts=[council.posts[name].pk], values={}, by=council.by, reason=WHY)


def agree(draft, council, **more):
    with fixed_at(AGREED):
        values = {"in_force_on": IN_FORCE, "delegation": "Scheme of delegation 3.4", "skipped": "Two posts only"} | more
        return actions.agree(restructure=draft, by=council.by, reason=WHY, **values)


def owners_on(record, day):
    (row,) = stand(Record.objects.filter(pk=record.pk), as_at=day, known_on=None)
    return sorted((held.role, held.owner.name) for held in row.leads)


def test_a_draft_shows_cost_roles_and_every_orphan_with_a_successor(council, draft):
    viewer = viewer_for(council.by)
    seen = queries.what_if(draft, viewer=viewer)
    assert seen.found.figures_before.cost_low - seen.found.figures_after.cost_low == 9_500_000
    assert [(role, line.title) for role, line in seen.roles_lost] == [("Traffic Manager", "Assistant Director Streets")]
    (lost,) = queries.lost_and_orphaned(draft, viewer=viewer)
    found = {orphan.record.text: (orphan.successor.title, orphan.why) for orphan in lost.orphans}
    assert set(found) == set(council.records) - {"Light the parks"}
    assert set(found.values()) == {("Head of Roads", "answers for the same services")}
    assert seen.draft.lines[-1].reports_to == council.posts["Director of Place"].pk  # its reports go up its line


def test_a_draft_shows_to_its_named_people_and_leaves_no_trace_elsewhere(council, draft):
    for person in (council.other, council.keeper):
        viewer = viewer_for(person)
        assert not queries.restructures(viewer=viewer) and queries.restructure(draft.pk, viewer=viewer) is None
        assert queries.what_if(draft, viewer=viewer) is None and not queries.lost_and_orphaned(draft, viewer=viewer)
        assert not queries.edits(draft, viewer=viewer) and not queries.named_people(draft, viewer=viewer)
        with pytest.raises(NotAllowed):
            actions.name_person(restructure=draft, user=person, by=person)
    assert structures(viewer=viewer_for(council.keeper)).count() == 1
    assert not [event for event in Event.objects.all() if "Leaner" in f"{event.subject}{event.reason}{event.detail}"]
    actions.name_person(restructure=draft, user=council.other, by=council.by)
    assert queries.restructure(draft.pk, viewer=viewer_for(council.other)) == draft
    actions.take_name_off(restructure=draft, user=council.other, by=council.by)
    assert queries.restructure(draft.pk, viewer=viewer_for(council.other)) is None
    with pytest.raises(Refused, match="Name somebody else first"):
        actions.take_name_off(restructure=draft, user=council.by, by=council.by)
    with pytest.raises(Refused, match="may not draft structures"):
        actions.name_person(restructure=draft, user=council.keeper, by=council.by)


def test_agreeing_moves_accountabilities_on_the_day_restricted_ones_too(council, draft):
    contract, hidden = council.records["Let one contract for roads"], council.records["Close the hush-hush depot"]
    director = council.posts["Director of Place"]
    with fixed_at(BEFORE):
        lost = council.posts["Assistant Director Streets"].pk
        actions.choose_successor(restructure=draft, lost=lost, successor=director.pk, record=contract, by=council.by)
    agree(draft, council)
    day_before = IN_FORCE - timedelta(days=1)
    assert owners_on(contract, day_before) == [("accountable", "Assistant Director Streets")]
    assert owners_on(contract, IN_FORCE) == [("accountable", "Director of Place")]
    assert owners_on(hidden, IN_FORCE) == [("accountable", "Head of Roads")]
    shared = owners_on(council.records["Plant trees along streets"], IN_FORCE)
    assert shared == [("accountable", "Assistant Director Parks"), ("supporting", "Head of Roads")]
    with fixed_at(day_before):
        catch_up()
        assert Record.objects.get(pk=contract.pk).accountable.name == "Assistant Director Streets"
    with fixed_at(IN_FORCE):
        assert catch_up() == "brought 3 records up to the day" and catch_up() == ""
        assert Record.objects.get(pk=contract.pk).accountable.name == "Director of Place"


def test_the_agreed_structure_is_compared_with_the_one_it_came_from(council, draft):
    with fixed_at(BEFORE):
        values = {"title": "Head of Trees", "directorate": "Place", "reports_to": council.posts["Director of Place"].pk}
        actions.edit(restructure=draft, kind="add", values=values, by=council.by, reason="More trees")
    agree(draft, council)
    draft.refresh_from_db()
    found = comparison(council.structure, draft.result, viewer=viewer_for(council.keeper))
    (added,), (removed,) = found.of_kind("added"), found.of_kind("removed")
    assert (added.after[0].title, added.because) == ("Head of Trees", "More trees")
    assert (removed.before[0].title, removed.because) == ("Assistant Director Streets", WHY)
    assert draft in queries.restructures(viewer=viewer_for(council.keeper))


def test_no_step_is_left_out_without_a_reason(council, draft):
    with pytest.raises(Refused, match="leaves out “in consultation”"):
        agree(draft, council, skipped="")
    with pytest.raises(Refused, match="which body"):
        agree(draft, council, delegation=" ")
    assert Structure.objects.count() == 1
    with fixed_at(BEFORE):
        dates = {"starts": BEFORE, "ends": BEFORE - timedelta(days=1)}
        said = {"staff": "All of Place", "unions": "Two unions", "equality": "On file"}
        with pytest.raises(Refused, match="swap the dates"):
            actions.consult(restructure=draft, by=council.by, **dates, **said)
        dates["ends"] = AGREED
        with pytest.raises(Refused, match="equality impact"):
            actions.consult(restructure=draft, by=council.by, **dates, **(said | {"equality": ""}))
        actions.consult(restructure=draft, by=council.by, **dates, **said)
    agree(draft, council, skipped="")
    draft.refresh_from_db()
    with pytest.raises(Refused, match="agreed already"):
        remove(draft, council, "Assistant Director Parks")
    with fixed_at(AGREED), pytest.raises(Refused, match="comes into force on 1 April 2026"):
        actions.put_in_force(restructure=draft, by=council.by)
    with fixed_at(IN_FORCE):
        with pytest.raises(Refused, match="leaves out “appointed”"):
            actions.put_in_force(restructure=draft, by=council.by)
        actions.appoint(restructure=draft, by=council.by, as_at=IN_FORCE, reason="Nobody new")
        actions.put_in_force(restructure=draft, by=council.by)
    steps = [row.step for row in queries.steps(draft, viewer=viewer_for(council.by))]
    assert steps == ["consultation", "agreed", "appointed", "in force"]
    gone = Owner.objects.get(name="Assistant Director Streets")
    assert gone.ends == IN_FORCE - timedelta(days=1)
    assert (
        council.posts["Head of Roads"].__class__.objects.get(pk=council.posts["Head of Roads"].pk).reports_to
        == (council.posts["Director of Place"])
    )


def test_an_agreement_is_undone_as_a_whole_and_made_again(council, draft):
    event = agree(draft, council)
    contract = council.records["Let one contract for roads"]
    with fixed_at(AGREED):
        undo(event=event, by=council.by, reason="The committee has not met yet")
    assert owners_on(contract, IN_FORCE) == [("accountable", "Assistant Director Streets")]
    draft.refresh_from_db()
    assert queries.is_open(draft, viewer=viewer_for(council.by))
    assert draft not in queries.restructures(viewer=viewer_for(council.keeper))
    agree(draft, council)
    assert owners_on(contract, IN_FORCE) == [("accountable", "Head of Roads")]


def test_a_structure_in_force_is_not_emptied_by_undoing_how_it_came(council, draft):
    agreed = agree(draft, council)
    with fixed_at(IN_FORCE):
        filled = actions.appoint(restructure=draft, by=council.by, as_at=IN_FORCE, reason="Nobody new")
        with pytest.raises(Refused, match="later step"):
            undo(event=agreed, by=council.by)
        event = actions.put_in_force(restructure=draft, by=council.by)
        for done in (event, filled.event, agreed):
            with pytest.raises(Refused, match=r"in force|later step"):
                undo(event=done, by=council.by)
    draft.refresh_from_db()
    assert draft.result.stage == Stage.CURRENT and len(lines_of(draft.result, viewer=viewer_for(council.by))) == 4


def test_a_step_of_a_draft_is_not_undone_by_who_does_not_know_of_it(council, draft):
    with fixed_at(AGREED):
        actions.drop(restructure=draft, by=council.by, reason="Not now")
        step = StepTaken.objects.get(restructure=draft)
        with pytest.raises(NotAllowed):
            undo(event=step.event, by=council.keeper)
        undo(event=step.event, by=council.by)
    assert queries.is_open(draft, viewer=viewer_for(council.by))


def test_what_is_given_to_a_lost_post_after_agreeing_is_handed_over_too(council, draft):
    agree(draft, council)
    draft.refresh_from_db()
    from goldthread.domain.register.actions import reassign

    late = council.records["Light the parks"]
    with fixed_at(AGREED + timedelta(days=9)):
        owner = council.posts["Assistant Director Streets"].owner
        reassign(records=[late], owner=owner, by=council.keeper, reason="Lamps", as_at=IN_FORCE)
    with fixed_at(IN_FORCE):
        actions.put_in_force(restructure=draft, by=council.by, skipped="Nobody to appoint")
    assert owners_on(late, IN_FORCE) == [("accountable", "Head of Roads")]


def test_edits_are_taken_back_and_refused_in_a_sentence(council, draft):
    parks, streets = council.posts["Assistant Director Parks"].pk, council.posts["Assistant Director Streets"].pk
    roads, top = council.posts["Head of Roads"].pk, council.posts["Chief Executive"].pk

    def edit(kind, posts, reason=WHY, **values):
        return actions.edit(restructure=draft, kind=kind, posts=posts, values=values, by=council.by, reason=reason)

    with pytest.raises(Refused, match="no longer in the draft"):
        edit("rename", [streets], title="Assistant Director Roads")
    with pytest.raises(Refused, match="run in a circle: Chief Executive"):
        edit("move", [top], reports_to=roads)
    with pytest.raises(Refused, match="Say why"):
        edit("rename", [parks], reason=" ", title="Head of Parks")
    merged = edit("merge", [parks, roads], title="Assistant Director Open Spaces")
    with pytest.raises(Refused, match="no longer"):
        edit("rename", [parks], title="x")
    viewer = viewer_for(council.by)
    seen = queries.what_if(draft, viewer=viewer)
    assert [line.title for line in seen.lost] == [
        "Assistant Director Streets",
        "Assistant Director Parks",
        "Head of Roads",
    ]
    new = next(line for line in seen.draft.lines if line.key < 0)
    assert new.services == ("Parks", "Roads") and seen.found.of_kind("merged")
    edit("regrade", [new.key], grade="SM1")
    with pytest.raises(Refused, match="builds on this one"):
        actions.take_edit_back(restructure=draft, number=merged.pk, by=council.by)
    rows = queries.edits(draft, viewer=viewer)
    actions.take_edit_back(restructure=draft, number=rows[-1].pk, by=council.by)
    actions.take_edit_back(restructure=draft, number=merged.pk, by=council.by)
    assert len(queries.edits(draft, viewer=viewer)) == 1


def test_a_split_gives_each_record_to_the_part_that_is_most_like_it(council):
    with fixed_at(BEFORE):
        draft = actions.start(name="Two", base=council.structure, by=council.by)
        streets = council.posts["Assistant Director Streets"].pk
        values = {"titles": ["Assistant Director Lamps", "Assistant Director Roads"]}
        actions.edit(restructure=draft, kind="split", posts=[streets], values=values, by=council.by, reason=WHY)
    (lost,) = queries.lost_and_orphaned(draft, viewer=viewer_for(council.by))
    found = {orphan.record.text: orphan.successor.title for orphan in lost.orphans}
    assert found["Let one contract for roads"] == "Assistant Director Roads"
    assert found["Mend the lamps"] == "Assistant Director Lamps"


def test_the_number_of_queries_does_not_grow_with_records(council, draft, django_assert_max_num_queries):
    viewer = viewer_for(council.by)
    with django_assert_max_num_queries(24):
        queries.lost_and_orphaned(draft, viewer=viewer)


an_edit = st.tuples(
    st.sampled_from(("add", "remove", "remove", "move", "rename", "regrade", "merge", "split")),
    st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True),
)


class NothingIsLost(TestCase):
    """Whatever the draft does, every record keeps as many owners in each role, all of them posts that stand."""

    @given(st.lists(an_edit, min_size=1, max_size=5))
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def test_no_accountability_is_lost_by_agreeing(self, wanted):
        council = build()
        with fixed_at(BEFORE):
            draft = actions.start(name="Whatever", base=council.structure, by=council.by)
            for kind, places in wanted:
                self.attempt(draft, council, kind, places)
        before = {row.pk: owners_on(row, IN_FORCE) for row in Record.objects.filter(kind="action")}
        try:
            agree(draft, council)
        except Refused as nothing:
            assert "changes nothing" in str(nothing)
            return
        draft.refresh_from_db()
        here = set(PostListing.objects.filter(structure=draft.result).values_list("post__owner__pk", flat=True))
        for pk, held in before.items():
            (row,) = stand(Record.objects.filter(pk=pk), as_at=IN_FORCE, known_on=None)
            assert {owner.owner_id for owner in row.leads} <= here
            assert {role for role, _ in held} == {owner.role for owner in row.leads}
            assert row.accountable is not None

    def attempt(self, draft, council, kind, places):
        """One edit of posts that stand in the draft; what cannot be done is left."""
        lines = queries.what_if(draft, viewer=viewer_for(council.by)).draft.lines
        keys = list(dict.fromkeys(lines[place % len(lines)].key for place in places))
        values = {
            "add": {"title": "Head of Trees"},
            "move": {"reports_to": lines[0].key},
            "rename": {"title": "Head of Something"},
            "regrade": {"grade": "SM2"},
            "merge": {"title": "Director of Much"},
            "split": {"titles": ["Head of Roads and Lamps", "Head of Trees and Parks"]},
        }.get(kind, {})
        posts = [] if kind == "add" else keys[:1] if kind in ("split", "move", "rename", "regrade") else keys
        try:
            actions.edit(restructure=draft, kind=kind, posts=posts, values=values, by=council.by, reason=WHY)
        except Refused:
            return


def test_a_draft_of_nothing_is_the_base(council):
    seen = queries.what_if(
        actions.start(name="N", base=council.structure, by=council.by), viewer=viewer_for(council.by)
    )
    assert seen.draft.lines == seen.base.lines and all(change.same for change in seen.found.changes)
    with pytest.raises(NotPossible):
        redraw(seen.base.lines, [Edit(1, "remove", (999_999,))])
