"""Reading reviews. Every query says for whom."""

from goldthread.domain.reviews.queries.assessments import AssessmentAt, StandardAt, assessment_at, assessments
from goldthread.domain.reviews.queries.entries import ReviewAt, counts_by_review, review_at, reviews
from goldthread.domain.reviews.queries.facts import (
    ReviewFacts,
    clocks,
    facts_of_review,
    responses,
)

__all__ = [
    "AssessmentAt",
    "ReviewAt",
    "ReviewFacts",
    "StandardAt",
    "assessment_at",
    "assessments",
    "clocks",
    "counts_by_review",
    "facts_of_review",
    "responses",
    "review_at",
    "reviews",
]
