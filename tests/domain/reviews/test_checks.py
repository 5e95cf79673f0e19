"""The checks of reviews and of risks: each speaks where something is wrong, and is silent where nothing is."""

from __future__ import annotations

from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.register import actions as register
from goldthread.domain.reviews import actions
from goldthread.domain.risks import actions as risks
from goldthread.domain.risks import queries as risk_queries
from goldthread.domain.risks.terms import Approach, Moment
from tests.domain.conftest import SmallPlan
from tests.domain.reviews.conftest import SmallReview
from tests.support.checks import silent, speaks


def test_a_recommendation_that_nothing_answers(
    small_review: SmallReview, small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    one = small_review.first
    speaks("GT301", looking, at=one.reference)
    register.link(record=small_plan.first, relation="answers", target=one, by=coordinator)
    silent("GT301", looking, at=one.reference)


def test_what_the_council_answered_and_what_it_does(
    small_review: SmallReview, small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    one = small_review.first
    silent("GT302", looking)
    actions.respond(recommendations=[one], answer="accepted", by=coordinator)
    silent("GT301", looking, at=one.reference)
    speaks("GT302", looking, at=one.reference)
    register.link(record=small_plan.first, relation="answers", target=one, by=coordinator)
    silent("GT302", looking)
    silent("GT303", looking)
    actions.respond(recommendations=[one], answer="rejected", by=coordinator, reason="Too dear")
    speaks("GT303", looking, at=one.reference)


def test_a_review_has_a_day_and_keeps_its_clock(small_review: SmallReview, coordinator: User, looking: Viewer) -> None:
    review = small_review.review
    speaks("GT304", looking, at=review.reference)
    silent("GT305", looking)
    day = date(2024, 3, 14)
    actions.set_particulars(review=review, by=coordinator, kind="peer challenge", started_on=day, ended_on=day)
    silent("GT304", looking)
    speaks("GT305", looking, at=review.reference, on=date(2025, 6, 1))


def test_a_review_that_holds_nothing(small_review: SmallReview, coordinator: User, looking: Viewer) -> None:
    silent("GT306", looking)
    rows = [small_review.first, small_review.rated]
    register.withdraw(records=rows, by=coordinator, reason="Entered in the wrong review")
    speaks("GT306", looking, at=small_review.review.reference)


def test_risks_are_scored_taken_apart_and_treated(
    small_review: SmallReview, coordinator: User, looking: Viewer
) -> None:
    risks.register_printed(recommendations=[small_review.rated], by=coordinator)
    risk = risk_queries.register_at(viewer=looking).risks[0].row.record
    silent("GT351", looking)
    speaks("GT353", looking, at=risk.reference)
    risks.state_score(
        risk=risk, moment=Moment.CURRENT, likelihood=3, impact=3, by=coordinator, reason="The lease ends sooner"
    )
    silent("GT353", looking)
    silent("GT352", looking)  # a recommendation mitigates it
    new = register.NewRecord("risk", "The bridge may close", date(2024, 4, 2))
    alone = risks.write_risk(new=new, by=coordinator)
    speaks("GT351", looking, at=alone.reference)
    risks.state_score(risk=alone, moment=Moment.CURRENT, likelihood=3, impact=3, by=coordinator)
    speaks("GT352", looking, at=alone.reference)
    risks.treat(risk=alone, approach=Approach.TREAT, text="Prop it up", by=coordinator)
    silent("GT352", looking)
