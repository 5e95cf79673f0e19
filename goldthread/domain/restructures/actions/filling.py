"""Filling the posts of an agreed structure, person by person, and saying that it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.access import refuse_oneself
from goldthread.domain.organisation.actions.people import leave, person_called, refuse_unfit, take_up, withdraw
from goldthread.domain.organisation.models import Appointment, Owner, Person
from goldthread.domain.organisation.rules import standing
from goldthread.domain.organisation.terms import AppointmentKind
from goldthread.domain.restructures.access import require_named, step_of
from goldthread.domain.restructures.models import Restructure, StepTaken
from goldthread.domain.restructures.queries.filling import Filling, filling
from goldthread.domain.restructures.terms import CHOSE, Step

KEPT = (AppointmentKind.SUBSTANTIVE, AppointmentKind.JOB_SHARE)
"""Ways to hold a post that one leaves for another; acting and interim ones are held beside it."""


def _open_filling(restructure: Restructure, by: User) -> Filling:
    require_named(by, restructure)
    Restructure.objects.select_for_update().get(pk=restructure.pk)
    if step_of(restructure) not in (Step.AGREED, Step.APPOINTED):
        raise Refused("Posts are filled once the structure is agreed, and until it is in force.")
    seen = filling(restructure, viewer=viewer_for(by))
    assert seen is not None
    return seen


@transaction.atomic
def fill_post(
    *,
    restructure: Restructure,
    post: int,
    person: str,
    by: User,
    starts: date | None = None,
    kind: str = AppointmentKind.SUBSTANTIVE,
    leaving: bool = False,
    reason: str = "",
) -> Appointment:
    """A person, by name, takes up a post of the agreed structure from a day (its own day, unless told).

    With ``leaving`` they give up the posts of the structure that they hold until then. Raises Refused before it is agreed and
    once it is in force; for a post that is not in the structure; for a day before its own; where somebody else holds the post
    at that time, or the person another one that they do not leave; where the person's account is closed; and for oneself.
    """
    seen = _open_filling(restructure, by)
    held = next((each for each in seen.posts if each.line.key == post), None)
    if held is None:
        raise Refused("This post is not in the agreed structure: choose one that is.")
    start = starts or seen.on
    if start < seen.on:
        raise Refused(f"The structure holds from {seen.on:%-d %B %Y}; choose that day or a later one.")
    who, owner = person_called(name=person, by=by), Owner.objects.get(pk=post)
    if who.user is not None and not who.user.is_active:
        raise Refused(f"The account of {who} is closed: choose somebody else, or have an administrator open it again.")
    if any(
        row.person_id == who.pk and (row.ends is None or row.ends >= start) for row in (*held.carried, *held.chosen)
    ):
        raise Refused(f"{who} holds {held.line.title} already; nothing has to be said.")
    refuse_unfit(person=who, owner=owner, starts=start, ends=None, kind=kind, by=by)
    others = [row for row in _posts_of(who, seen, start) if row.owner_id != post] if kind in KEPT else []
    if others and not leaving:
        titles = " and ".join(row.owner.name for row in others)
        raise Refused(f"{who} holds {titles} at that time: say that they leave it, or that they act or stand in here.")
    event = record_event(CHOSE, by=by, subject=f"{who}: {owner}", reason=reason.strip())
    for row in others:
        _give_up(row, start - timedelta(days=1), event)
    return take_up(person=who, owner=owner, starts=start, kind=kind, event=event)


def _posts_of(person: Person, seen: Filling, day: date) -> list[Appointment]:
    """The posts of the structure that a person holds in their own right on a day or takes up after it."""
    rows = [row for each in seen.posts for row in (*each.carried, *each.chosen)]
    return [
        row for row in rows if row.person_id == person.pk and row.kind in KEPT and (row.ends is None or row.ends >= day)
    ]


def _give_up(row: Appointment, last_day: date, event: Event) -> None:
    """What they hold on the last day ends with it; what would begin after it is taken back."""
    if row.starts is not None and row.starts > last_day:
        withdraw(appointment=row, event=event)
    else:
        leave(appointment=row, last_day=last_day, event=event)


@transaction.atomic
def take_choice_back(*, restructure: Restructure, appointment: int, by: User) -> Event:
    """A person does not take up a post after all, and keeps what they were to leave for it.

    Raises Refused for who holds it before the day, for oneself, and once the structure is in force.
    """
    seen = _open_filling(restructure, by)
    row = next((row for each in seen.posts for row in each.chosen if row.pk == appointment), None)
    if row is None or row.event.verb != CHOSE:
        raise Refused("This choice has been taken back already, or was not made here.")
    refuse_oneself(row.person, by, "back what you leave for it")
    event = record_event("took back who takes up a post", by=by, subject=f"{row.person}: {row.owner}")
    for each in Appointment.objects.filter(event=row.event).select_related("person", "owner"):
        withdraw(appointment=each, event=event)
    return event


@transaction.atomic
def appoint(*, restructure: Restructure, by: User, as_at: date, reason: str = "") -> StepTaken:
    """Say that the posts of an agreed structure are filled.

    Raises Refused where it is not agreed, and where a post waits or somebody has none and it is not said why.
    """
    seen = _open_filling(restructure, by)
    if step_of(restructure) != Step.AGREED:
        raise Refused("The appointments are recorded already.")
    if not reason.strip() and (open_ones := _left_open(seen)):
        raise Refused(f"{open_ones}: say why that waits.")
    event = record_event("recorded appointments to a structure", by=by, subject=restructure.name, reason=reason.strip())
    return StepTaken.objects.create(
        restructure=restructure, step=Step.APPOINTED, as_at=as_at, recorded=event.at, by=by, event=event,
        reason=reason.strip(),
    )  # fmt: skip


def _left_open(seen: Filling) -> str:
    posts = [each.line.title for each in seen.waiting]
    people = [f"{each.person} ({each.post.title})" for each in seen.displaced]
    said = []
    if posts:
        said.append(f"nobody takes up {_some(posts)}")
    if people:
        said.append(f"no post is said for {_some(people)}")
    words = ", and ".join(said)
    return words[:1].upper() + words[1:]


def _some(names: Sequence[str]) -> str:
    shown = names[:4]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def end_with_posts(*, gone: Sequence[int], on: date, event: Event) -> None:
    """Who holds a post that ends leaves it the day before; part of putting a structure in force."""
    last = on - timedelta(days=1)
    for row in standing(Appointment.objects.filter(owner_id__in=list(gone)).select_related("person", "owner")):
        if row.ends is None or row.ends > last:
            _give_up(row, last, event)
