"""Telling who keeps a review what its clock asks for: a month before, a week before, and once past with nothing on record."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from goldthread.commons.access.queries import viewer_for, who_may
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope
from goldthread.commons.accounts.models import User
from goldthread.commons.notices.actions import Letter, queue
from goldthread.domain.register.terms import Visibility
from goldthread.domain.reviews.queries import ReviewFacts, clocks
from goldthread.domain.reviews.rules.clocks import StepOnDay
from goldthread.domain.reviews.terms import StepState
from goldthread.kernel.clock import today
from goldthread.kernel.days import printed

AHEAD = ((28, "in a month"), (7, "in a week"))
"""How many days before a step is due a reminder goes out, the later ones last, and in words."""

TOLD_FOR = 14
"""Days after which nobody is told any more that a step is past and not on record: the page says it for ever."""


def _stage_of(step: StepOnDay) -> str:
    """Which reminder a step asks for today: "in a month", "in a week", "past", or "" for none."""
    if step.due_on is None:
        return ""
    left = (step.due_on - today()).days
    if step.state == StepState.NOT_ON_RECORD:
        return "past" if -left <= TOLD_FOR else ""
    if step.state != StepState.DUE:
        return ""
    return next((words for days, words in reversed(AHEAD) if left <= days), "")


@transaction.atomic
def remind_of_clocks(*, by: User) -> int:
    """Queue what the clocks of reviews ask for today; run again, it queues nothing twice. Returns how many messages.

    They go to whoever edits the review. The words of a restricted review never go into a mail.
    """
    letters = []
    for found in clocks(viewer=viewer_for(by)):
        if found.record.visibility == Visibility.RESTRICTED:
            continue
        people = who_may(Permission.EDIT_RECORDS, Scope(ScopeKind.PLAN, found.record.pk))
        for step in found.steps:
            if stage := _stage_of(step):
                letters += [_letter(found, step, stage, person) for person in people if person.email]
    return queue(letters=letters, by=by)


def remind_in_words(*, by: User) -> str:
    """Remind, and say how many messages that made: the recurring work."""
    number = remind_of_clocks(by=by)
    return f"{number} messages about clocks of reviews" if number else ""


def _letter(found: ReviewFacts, step: StepOnDay, stage: str, person: User) -> Letter:
    assert step.due_on is not None
    name, day = found.record.heading[:120], printed(step.due_on)
    if stage == "past":
        said = f"{step.title}: it was due on {day}, and nothing on record says that it happened."
    else:
        said = f"{step.title}: due {stage}, on {day}."
    where = f"{settings.GOLDTHREAD_ADDRESS}/reviews/{found.record.reference}/#clock"
    text = f"Dear {person.name},\n\n{name}\n{said}\n\nThe rule: {step.because}\n\nRecord what happened:\n{where}\n"
    return Letter(
        key=f"clock:{found.record.pk}:{step.key}:{step.due_on.isoformat()}:{stage}:{person.pk}",
        about=found.record.reference,
        to_name=person.name,
        to_address=person.email,
        subject=f"{name}: {step.title.lower()} {'past and not on record' if stage == 'past' else f'due {stage}'}",
        text=text,
    )
