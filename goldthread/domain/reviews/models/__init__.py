"""Tables of the reviews room."""

from goldthread.domain.reviews.models.assessments import Score, SelfAssessment, Standard
from goldthread.domain.reviews.models.entries import Finding, Recommendation, Review
from goldthread.domain.reviews.models.facts import ClockDate, Judgement, Particulars, Response
from goldthread.domain.reviews.models.repeats import Dismissal

__all__ = [
    "ClockDate",
    "Dismissal",
    "Finding",
    "Judgement",
    "Particulars",
    "Recommendation",
    "Response",
    "Review",
    "Score",
    "SelfAssessment",
    "Standard",
]
