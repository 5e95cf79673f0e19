"""Writing reviews: entries, what they were, their clock, judgements, responses, self-assessments."""

from goldthread.domain.reviews.actions.assessments import add_action_for, score, start_assessment
from goldthread.domain.reviews.actions.entries import keep, write_entry
from goldthread.domain.reviews.actions.facts import judge, record_date, respond, set_particulars
from goldthread.domain.reviews.actions.repeats import confirm_answer, confirm_repeat, dismiss

__all__ = [
    "add_action_for",
    "confirm_answer",
    "confirm_repeat",
    "dismiss",
    "judge",
    "keep",
    "record_date",
    "respond",
    "score",
    "set_particulars",
    "start_assessment",
    "write_entry",
]
