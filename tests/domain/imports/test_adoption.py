"""Proposals become facts in one action: whole, dated, with their printed place, and taken back whole."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event
from goldthread.domain.imports import actions
from goldthread.domain.imports.actions import adoption
from goldthread.domain.imports.models import Import
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import Post
from goldthread.domain.organisation.queries import holders, posts, responsibilities
from goldthread.domain.plans.queries import plan_at
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import FACTS, Record
from goldthread.domain.register.queries import not_yet_checked, record_at, unmatched_names, upwards
from goldthread.kernel.clock import fixed_at
from tests.domain.imports.conftest import CAME_IN, MAY, POSTS, BringIn, answers_xlsx, completed_docx, found


def texts(kind: str = "action") -> list[str]:
    """The live records of a kind, in order."""
    return list(Record.objects.filter(kind=kind).exclude(state="withdrawn").values_list("text", flat=True))


def test_everything_adopted_points_at_its_printed_place_and_waits_for_a_check(
    plan: Import, coordinator: User, looking: Viewer
) -> None:
    with fixed_at(CAME_IN):
        event = actions.adopt_many(batch=plan, by=coordinator, only_certain=False)
    assert event is not None and event.by == coordinator
    plan.refresh_from_db()
    inside = Record.objects.filter(within=plan.container)
    assert sorted(inside.values_list("kind", flat=True)) == ["action"] * 3 + ["criterion"] * 2 + ["objective"] * 2
    for record in inside:
        assert record.passage.source_file == plan.source_file and record.passage.places and not record.checked
    assert not_yet_checked(viewer=looking).count() == 8, "the plan itself as well"
    first = Record.objects.get(text="Let one contract for all wards")
    assert (first.due_on, first.last_update, first.section) == (
        date(2025, 12, 31),
        "Tender sent out in April 2025",
        ["Streets"],
    )
    assert [row.kind for _, _, row in upwards(first, viewer=looking)] == ["objective", "plan"]


def test_what_a_person_adopted_counts_as_checked_and_brings_what_it_hangs_on(
    plan: Import, coordinator: User, looking: Viewer
) -> None:
    actions.adopt_proposals(proposals=[found(plan, "Light the main")], by=coordinator)
    assert (texts(), texts("objective")) == (["Light the main paths"], ["Longer park hours"])
    assert not not_yet_checked(viewer=looking).exists()
    assert found(plan, "Sell").state == "open"


def test_certain_ones_are_adopted_without_those_in_doubt_or_below_them(plan: Import, coordinator: User) -> None:
    plan.proposals.filter(text="Cut the cost of street repairs").update(confidence=0.5)
    plan.proposals.filter(text="Light the main paths").update(questions=[{"ask": "Is it one action?"}])
    actions.adopt_many(batch=plan, by=coordinator, only_certain=True)
    assert (texts(), texts("objective")) == ([], ["Longer park hours"])
    actions.edit_proposal(proposal=found(plan, "Cut the cost"), by=coordinator, text="Cut the cost of repairs")
    actions.adopt_many(batch=plan, by=coordinator, only_certain=True)
    assert len(texts()) == 2, "corrected by a person, the objective and what hangs on it are certain"


def test_an_adoption_that_fails_in_the_middle_leaves_nothing(
    plan: Import, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*arguments: object, **options: object) -> None:
        raise MemoryError

    monkeypatch.setattr(adoption.plans, "keep", fall)
    monkeypatch.setitem(adoption.ADOPTERS, "action", (adoption.ADOPTERS["action"][0], fall))
    before = Event.objects.count()
    with pytest.raises(MemoryError):
        actions.adopt_many(batch=plan, by=coordinator, only_certain=False)
    assert not Record.objects.exists() and Event.objects.count() == before
    assert not any(model._default_manager.exists() for model in FACTS)
    assert not plan.proposals.filter(adopted__isnull=False).exists()
    monkeypatch.undo()
    assert actions.adopt_many(batch=plan, by=coordinator, only_certain=False) is not None


def test_undo_opens_proposals_again_and_the_same_references_come_back(plan: Import, coordinator: User) -> None:
    with fixed_at(CAME_IN):
        event = actions.adopt_many(batch=plan, by=coordinator, only_certain=False)
    assert event is not None
    before = dict(Record.objects.values_list("text", "reference"))
    with fixed_at(date(2025, 6, 12)):
        undone = actions.undo(event=event, by=coordinator)
    assert plan.proposals.filter(adopted__isnull=True).count() == 5
    assert texts() == [] and Record.objects.get(kind="plan").state == "withdrawn", "an empty plan goes with it"
    with fixed_at(date(2025, 6, 13)):
        done_again = actions.undo(event=undone, by=coordinator)
    assert Record.objects.get(kind="plan").state == "open"
    assert len(texts()) == 3 and not plan.proposals.filter(adopted__isnull=True).exists()
    with fixed_at(date(2025, 6, 14)):
        actions.undo(event=done_again, by=coordinator)
        actions.adopt_proposals(proposals=list(plan.proposals.all()), by=coordinator)
    live = Record.objects.exclude(state="withdrawn").exclude(kind="criterion").values_list("text", "reference")
    assert {text: before[text] for text, _ in live} == dict(live)


def test_what_came_in_is_found_on_the_day_it_speaks_of_and_not_as_known_before(
    plan: Import, coordinator: User, looking: Viewer
) -> None:
    with fixed_at(CAME_IN):
        actions.adopt_many(batch=plan, by=coordinator, only_certain=False)
    record, container = Record.objects.get(text="Sell the second depot"), Record.objects.get(kind="plan")
    assert record_at(record.reference, viewer=looking, as_at=MAY) is not None
    assert record_at(record.reference, viewer=looking, as_at=date(2025, 5, 26)) is None
    assert record_at(record.reference, viewer=looking, as_at=MAY, known_on=date(2025, 6, 9)) is None
    whole = plan_at(container.reference, viewer=looking, as_at=MAY)
    assert whole is not None and (whole.figures.actions, whole.figures.not_checked) == (3, 7)
    assert plan_at(container.reference, viewer=looking, as_at=MAY, known_on=date(2025, 6, 9)) is None


def test_a_name_stands_for_a_post_by_a_decision_that_later_documents_follow(
    plan: Import, bring_in: BringIn, coordinator: User, looking: Viewer
) -> None:
    actions.adopt_many(batch=plan, by=coordinator, only_certain=False)
    assert dict(unmatched_names(viewer=looking)) == {"Director of Streets": 1, "Pat Quill": 1, "Head of Parks": 1}
    post = organisation.add_post(name="Head of Depots", by=coordinator)
    register.match_name(printed="Pat Quill", owner=post.owner, by=coordinator)
    later = bring_in("completed.docx", completed_docx())
    actions.adopt_many(batch=later, by=coordinator, only_certain=False)
    assert Record.objects.get(text="Teach every crew the new form").accountable == post.owner
    assert dict(unmatched_names(viewer=looking))["Director of Streets"] == 2


def test_what_is_listed_as_completed_but_goes_on_stays_open_until_it_is_answered(
    bring_in: BringIn, coordinator: User
) -> None:
    batch = bring_in("completed.docx", completed_docx())
    goes_on, moved = found(batch, "Teach"), found(batch, "Move")
    assert [question["choices"] for question in goes_on.questions] == [["yes", "no"]]
    assert "complete" in goes_on.questions[0]["ask"] and not goes_on.certain and moved.certain
    event = actions.adopt_many(batch=batch, by=coordinator, only_certain=False)
    assert event is not None
    assert {row.text[:5]: row.state for row in Record.objects.filter(kind="action")} == {
        "Move ": "complete",
        "Teach": "open",
    }
    actions.undo(event=event, by=coordinator)
    actions.answer_question(proposal=found(batch, "Teach"), question=0, choice="yes", by=coordinator)
    actions.adopt_many(batch=batch, by=coordinator, only_certain=True)
    assert Record.objects.get(text__startswith="Teach").state == "complete"


def test_actions_answer_the_recommendations_that_they_are_printed_beside(
    bring_in: BringIn, coordinator: User, looking: Viewer
) -> None:
    batch = bring_in("answers.xlsx", answers_xlsx())
    actions.adopt_proposals(proposals=[found(batch, "Light")], by=coordinator)
    actions.adopt_many(batch=batch, by=coordinator, only_certain=False)
    for action, recommendation in (("Light", "Open parks"), ("Let one", "Spend less")):
        record = Record.objects.get(text__startswith=action)
        above = [(relation, row.text) for _, relation, row in upwards(record, viewer=looking) if row.kind != "plan"]
        assert [(relation, text[: len(recommendation)]) for relation, text in above] == [("answers", recommendation)]
    assert Record.objects.filter(kind="recommendation").count() == 2


def test_posts_come_with_their_holders_lines_and_duties(bring_in: BringIn, coordinator: User, looking: Viewer) -> None:
    batch = bring_in("posts.csv", POSTS)
    with fixed_at(CAME_IN):
        event = actions.adopt_many(batch=batch, by=coordinator, only_certain=False)
    assert event is not None and not Record.objects.exists(), "posts are no records"
    by_name = {post.owner.name: post for post in posts(viewer=looking)}
    streets = by_name["Director of Streets"]
    assert (streets.owner.directorate.name, streets.reports_to) == ("Place", by_name["Chief Executive"])
    assert by_name["Chief Executive"].statutory_roles == ["Head of Paid Service"]
    held = holders([post.pk for post in by_name.values()], viewer=looking, on=CAME_IN)
    assert {owner: [one.name for one in rows] for owner, rows in held.items()} == {
        streets.pk: ["Sam Oddy"],
        by_name["Chief Executive"].pk: ["Robin Hale"],
    }
    assert [row.text for row in responsibilities(streets, viewer=looking)] == ["Roads and pavements"]
    actions.undo(event=event, by=coordinator)
    assert not posts(viewer=looking).exists() and holders([streets.pk], viewer=looking, on=CAME_IN) == {}
    actions.adopt_many(batch=batch, by=coordinator, only_certain=False)
    assert Post.objects.count() == 3, "the same posts, not others of the same name"


def test_a_duty_without_its_post_is_refused_with_the_remedy(bring_in: BringIn, coordinator: User) -> None:
    batch = bring_in("posts.csv", POSTS)
    duty = batch.proposals.filter(kind="responsibility").first()
    actions.edit_proposal(proposal=duty, by=coordinator, fields={"post": "Head of Bins"})
    with pytest.raises(Refused, match=r"“Head of Bins” is not known; adopt the post first\."):
        actions.adopt_proposals(proposals=[duty], by=coordinator)
    assert duty.batch.proposals.filter(adopted__isnull=False).count() == 0


def test_nothing_is_adopted_twice_or_from_two_documents_at_once(
    plan: Import, bring_in: BringIn, coordinator: User
) -> None:
    other = bring_in("posts.csv", POSTS)
    with pytest.raises(Refused, match="one document at a time"):
        actions.adopt_proposals(proposals=[plan.proposals.first(), other.proposals.first()], by=coordinator)
    with pytest.raises(Refused, match="at least one"):
        actions.adopt_proposals(proposals=[], by=coordinator)
    actions.adopt_proposals(proposals=[found(plan, "Sell")], by=coordinator)
    with pytest.raises(Refused, match="decided already"):
        actions.adopt_proposals(proposals=[found(plan, "Sell")], by=coordinator)
