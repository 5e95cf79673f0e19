"""Days for calendars: what a person has to do in the rounds, and the steps of a plan's rounds. No words of any record."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.access import may, visible_to
from goldthread.domain.register.models import Record
from goldthread.domain.register.terms import Visibility
from goldthread.domain.reviews.queries import clocks
from goldthread.domain.reviews.terms import StepState
from goldthread.domain.rounds.access import in_reach, may_check, may_run, may_sign_off
from goldthread.domain.rounds.models import Feed, Item, Round
from goldthread.domain.rounds.rules.calendars import Day
from goldthread.domain.rounds.terms import RoundState


def days_of_person(*, viewer: Viewer) -> list[Day]:
    """The days on which a person has something to do: updates due, and checks, acceptance, sign-off where it is theirs."""
    found: list[Day] = []
    due: dict[tuple[Round, date], int] = defaultdict(int)
    items = (
        Item.objects.standing()
        .filter(request__person__user_id=viewer.user_id or 0)
        .exclude(round__state=RoundState.CALLED_OFF)
    )
    for item in items.select_related("round__plan"):
        due[item.round, item.due_on] += 1
    for (round, day), number in due.items():
        many = "1 item" if number == 1 else f"{number} items"
        found.append(Day(f"round-{round.pk}-due-{day}", day, f"Updates due: {_name(round)} ({many})"))
    for round in in_reach(viewer).exclude(state=RoundState.CALLED_OFF).select_related("plan"):
        if may_check(viewer, round.plan) or (viewer.roles and "director" in viewer.roles):
            found.append(Day(f"round-{round.pk}-check", round.check_by, f"Check updates: {_name(round)}"))
        if may_run(viewer, round.plan):
            found.append(Day(f"round-{round.pk}-accept", round.accept_by, f"Accept updates: {_name(round)}"))
            found.append(Day(f"round-{round.pk}-freeze", round.freeze_on, f"Freeze and publish: {_name(round)}"))
        if may_sign_off(viewer, round.plan):
            found.append(Day(f"round-{round.pk}-sign-off", round.sign_off_by, f"Sign off: {_name(round)}"))
    return found + _clocks_of_reviews(viewer)


def _clocks_of_reviews(viewer: Viewer) -> list[Day]:
    """What the clocks of reviews ask of whoever keeps them; restricted reviews stay out of calendars."""
    return [
        Day(f"review-{one.record.pk}-{step.key}", step.due_on, f"{step.title}: {one.record.heading[:80]}")
        for one in clocks(viewer=viewer)
        if one.record.visibility != Visibility.RESTRICTED and may(viewer, Permission.EDIT_RECORDS, one.record)
        for step in one.steps
        if step.due_on is not None and step.state in (StepState.DUE, StepState.NOT_ON_RECORD)
    ]


def days_of_plan(plan: Record, *, viewer: Viewer) -> list[Day]:
    """Every step of a plan's rounds that were not called off; none where the viewer may not see the plan."""
    if not visible_to(viewer, Record.objects.filter(pk=plan.pk)).exists():
        return []
    found = []
    for round in Round.objects.filter(plan=plan).exclude(state=RoundState.CALLED_OFF).select_related("plan", "meeting"):
        steps = [
            ("opens", round.opens, "Round opens"), ("due", round.due_last, "Updates due"),
            ("check", round.check_by, "Directors’ check"), ("accept", round.accept_by, "Coordinator’s acceptance"),
            ("sign-off", round.sign_off_by, "Executive sign-off"), ("freeze", round.freeze_on, "Freeze and publish"),
        ]  # fmt: skip
        if round.meets_on:
            steps.append(("meeting", round.meets_on, "Meeting"))
        found += [Day(f"round-{round.pk}-plan-{key}", day, f"{words}: {_name(round)}") for key, day, words in steps]
    return found


def _name(round: Round) -> str:
    return f"{round.plan_outside[:80]}, {round.name}"


def feeds_of(*, viewer: Viewer) -> list[Feed]:
    """The calendar addresses of a person that still work."""
    rows = Feed.objects.filter(user_id=viewer.user_id or 0, revoked__isnull=True)
    return list(rows.select_related("plan").order_by("plan__reference", "pk"))
