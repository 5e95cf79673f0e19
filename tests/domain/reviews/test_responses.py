"""What the council answered, what a review was, and self-assessments: each dated, undone as a whole, refused in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.models import Event
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.plans.actions import write_entry as write_in_plan
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.reviews import actions, queries
from goldthread.domain.reviews.terms import Answer, StepState
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import SmallPlan, person_with
from tests.domain.reviews.conftest import SmallReview


def test_a_response_names_the_body_the_meeting_and_the_sponsor_and_is_undone(
    small_review: SmallReview, coordinator: User, looking: Viewer
) -> None:
    cabinet = organisation.add_body(name="Cabinet", by=coordinator)
    meeting = organisation.add_meeting(body=cabinet, held_on=date(2024, 5, 8), by=coordinator)
    leader = organisation.add_office(name="Leader of the Council", by=coordinator)
    rows = [small_review.first, small_review.rated]
    event = actions.respond(
        recommendations=rows, answer=Answer.ACCEPTED, by=coordinator, meeting=meeting, sponsor=leader
    )
    held = queries.responses(rows, viewer=looking)
    assert {row.answer for row in held.values()} == {Answer.ACCEPTED}
    assert held[small_review.first.pk].as_at == date(2024, 5, 8)
    assert held[small_review.first.pk].agreed_by == cabinet
    assert held[small_review.first.pk].sponsor == leader
    assert queries.responses(rows, viewer=looking, as_at=date(2024, 5, 7)) == {}
    assert queries.responses(rows, viewer=PUBLIC) == {}
    undo(event=event, by=coordinator)
    assert queries.responses(rows, viewer=looking) == {}


@pytest.mark.parametrize(
    ("answer", "more", "words"),
    [
        (Answer.REJECTED, {}, "why it is not accepted"),
        (Answer.PARTLY, {"reason": " "}, "why it is not accepted"),
        (Answer.ACCEPTED, {"as_at": date(2099, 1, 1)}, "today or earlier"),
    ],
)
def test_a_response_is_refused_in_one_sentence_without_a_trace(
    small_review: SmallReview, coordinator: User, answer: str, more: dict, words: str
) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused, match=words):
        actions.respond(recommendations=[small_review.first], answer=answer, by=coordinator, **more)
    assert Event.objects.count() == before


def test_only_who_edits_the_review_answers_it(small_review: SmallReview) -> None:
    with pytest.raises(NotAllowed):
        actions.respond(
            recommendations=[small_review.first], answer=Answer.ACCEPTED, by=person_with("viewer", "Vera Lundy")
        )


def test_the_clock_follows_what_is_said_of_the_review_and_what_happened(
    small_review: SmallReview, coordinator: User, looking: Viewer
) -> None:
    review = small_review.review
    actions.set_particulars(
        review=review, by=coordinator, kind="peer challenge", started_on=date(2024, 3, 11), ended_on=date(2024, 3, 14)
    )
    actions.record_date(review=review, step="report-published", kind="happened", day=date(2024, 7, 1), by=coordinator)
    found = queries.facts_of_review(review, viewer=looking, as_at=date(2025, 6, 1))
    states = {step.key: step.state for step in found.steps}
    assert states["report-published"] == StepState.LATE
    assert states["progress-review"] == StepState.NOT_ON_RECORD
    assert states["next-review"] == StepState.DUE
    wrong = actions.record_date(
        review=review, step="report-published", kind="happened", day=date(2024, 6, 3), by=coordinator, reason="Checked"
    )
    again = {step.key: step.state for step in queries.facts_of_review(review, viewer=looking).steps}
    assert again["report-published"] == StepState.MET
    undo(event=wrong, by=coordinator)
    back = {step.key: step.state for step in queries.facts_of_review(review, viewer=looking).steps}
    assert back["report-published"] == StepState.LATE
    assert [one.record for one in queries.clocks(viewer=looking)] == [review]
    assert queries.clocks(viewer=PUBLIC) == []


def test_a_day_that_is_not_on_record_cannot_be_taken_back(
    small_review: SmallReview, coordinator: User, looking: Viewer
) -> None:
    review = small_review.review
    step = {"review": review, "step": "report-published", "kind": "happened", "by": coordinator}
    with pytest.raises(Refused, match="Enter the day"):
        actions.record_date(day=None, **step)
    actions.record_date(day=date(2024, 7, 1), **step)
    actions.record_date(day=None, **step)
    assert queries.facts_of_review(review, viewer=looking).dates.happened == {}
    with pytest.raises(Refused, match="Enter the day"):
        actions.record_date(day=None, **step)


def test_the_last_judgement_of_an_aspect_holds(small_review: SmallReview, coordinator: User, looking: Viewer) -> None:
    for value in ("limited assurance", "reasonable assurance"):
        actions.judge(review=small_review.review, aspect="Stock control", value=value, by=coordinator)
    found = queries.facts_of_review(small_review.review, viewer=looking)
    assert [(one.aspect, one.value) for one in found.judgements] == [("Stock control", "reasonable assurance")]


def test_a_self_assessment_scores_with_evidence_says_its_gaps_and_compares_with_the_year_before(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    with fixed_at(date(2025, 6, 12)):
        earlier = actions.start_assessment(framework="fm-code", year=2024, by=coordinator)
        record = actions.start_assessment(framework="fm-code", year=2025, by=coordinator)
        with pytest.raises(Refused, match="started already"):
            actions.start_assessment(framework="fm-code", year=2025, by=coordinator)
        was = queries.assessment_at(earlier.reference, viewer=looking).standards[0].row.record
        actions.score(standard=was, value=0, by=coordinator, evidence="Nothing on file", gap="Everything")
        first = queries.assessment_at(record.reference, viewer=looking).standards[0].row.record
        for wrong in ({"value": 9, "evidence": "x"}, {"value": 3}, {"value": 1, "evidence": "A note"}):
            with pytest.raises(Refused):
                actions.score(standard=first, by=coordinator, **wrong)
        actions.score(standard=first, value=1, by=coordinator, evidence="A note of 2024", gap="No test of value")
        found = queries.assessment_at(record.reference, viewer=looking)
        assert len(found.standards) == 17
        assert [one.key for one in found.without_action] == ["A"]
        assert found.standards[0].before.value == 0
        assert found.counts["Partly met"] == 1
        assert found.counts["Not scored yet"] == 16
        actions.add_action_for(standard=first, action=small_plan.first, by=coordinator)
        assert queries.assessment_at(record.reference, viewer=looking).without_action == []
    assert queries.assessment_at(record.reference, viewer=PUBLIC) is None
    themes = actions.start_assessment(framework="best-value", year=2025, by=coordinator)
    assert len(queries.assessment_at(themes.reference, viewer=looking).standards) == 7


def test_an_action_closes_a_gap_only_where_it_is_an_action(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    record = actions.start_assessment(framework="best-value", year=2025, by=coordinator)
    standard = queries.assessment_at(record.reference, viewer=looking).standards[0].row.record
    objective = write_in_plan(
        new=NewRecord("objective", "Learn", date(2025, 5, 27), parent=small_plan.plan), by=coordinator
    )
    with pytest.raises(Refused, match="Choose an action"):
        actions.add_action_for(standard=standard, action=objective, by=coordinator)
