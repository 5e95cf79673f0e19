"""Changing the organisation. Every action is atomic, has a person and leaves an event."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import (
    Appointment,
    Body,
    Directorate,
    ElectedOffice,
    Meeting,
    Membership,
    NameMatch,
    Owner,
    Person,
    Post,
)
from goldthread.domain.organisation.rules import name_key, standing
from goldthread.domain.organisation.terms import AppointmentKind, BodyKind, OwnerKind
from goldthread.kernel.clock import now


def _named(name: str, what: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(f"Give the {what} a name.")
    if len(name) > 200:
        raise Refused(f"The name of the {what} is over 200 characters long; shorten it.")
    return name


@transaction.atomic
def add_directorate(*, name: str, by: User, reason: str = "") -> Directorate:
    """Add a directorate, or return the one that already has this name (case does not count)."""
    require(by, Permission.EDIT_ORGANISATION)
    name = _named(name, "directorate")
    if known := Directorate.objects.filter(name__iexact=name).first():
        return known
    directorate = Directorate.objects.create(name=name)
    record_event("added a directorate", by=by, subject=name, reason=reason)
    return directorate


def _new_owner(kind: OwnerKind, name: str, directorate: Directorate | None) -> Owner:
    if (
        Owner.objects.standing()
        .filter(kind=kind, name__iexact=name, directorate=directorate, ends__isnull=True)
        .exists()
    ):
        raise Refused(f"“{name}” is already there; open it instead of adding it again.")
    return Owner.objects.create(kind=kind, name=name, directorate=directorate)


@transaction.atomic
def add_post(
    *,
    name: str,
    by: User,
    directorate: Directorate | None = None,
    reports_to: Post | None = None,
    statutory_roles: list[str] | None = None,
    reason: str = "",
) -> Post:
    """Add an officer post. Raises Refused where the directorate has one of that name."""
    require(by, Permission.EDIT_ORGANISATION)
    owner = _new_owner(OwnerKind.POST, _named(name, "post"), directorate)
    post = Post.objects.create(owner=owner, reports_to=reports_to, statutory_roles=statutory_roles or [])
    record_event("added a post", by=by, subject=owner.name, reason=reason)
    return post


@transaction.atomic
def edit_post(
    *,
    post: Post,
    name: str,
    directorate: Directorate | None,
    reports_to: Post | None,
    statutory_roles: list[str],
    by: User,
    reason: str,
) -> Post:
    """Correct a post's name, directorate, line and statutory roles; the event keeps what stood before.

    Raises Refused where the line would run in a circle.
    """
    require(by, Permission.EDIT_ORGANISATION)
    above, steps = reports_to, 0
    while above is not None and steps < 100:
        if above.pk == post.pk:
            raise Refused(
                f"{post.owner.name} would report to itself through {reports_to}; choose another line manager."
            )
        above, steps = above.reports_to, steps + 1
    owner = post.owner
    before = {
        "name": owner.name,
        "directorate": owner.directorate.name if owner.directorate else None,
        "reports_to": post.reports_to.owner.name if post.reports_to else None,
        "statutory_roles": post.statutory_roles,
    }
    owner.name, owner.directorate = _named(name, "post"), directorate
    owner.save()
    post.reports_to, post.statutory_roles = reports_to, statutory_roles
    post.save()
    record_event("edited a post", by=by, subject=owner.name, reason=reason, detail={"before": before})
    return post


@transaction.atomic
def add_office(*, name: str, by: User, portfolio: str = "", reason: str = "") -> ElectedOffice:
    """Add an elected office, such as leader or a cabinet member's. Raises Refused where it is already there."""
    require(by, Permission.EDIT_ORGANISATION)
    owner = _new_owner(OwnerKind.OFFICE, _named(name, "office"), None)
    office = ElectedOffice.objects.create(owner=owner, portfolio=portfolio)
    record_event("added an elected office", by=by, subject=owner.name, reason=reason)
    return office


@transaction.atomic
def add_body(*, name: str, by: User, kind: BodyKind = BodyKind.OTHER, reason: str = "") -> Body:
    """Add a committee, board or other body. Raises Refused where it is already there."""
    require(by, Permission.EDIT_ORGANISATION)
    owner = _new_owner(OwnerKind.BODY, _named(name, "body"), None)
    body = Body.objects.create(owner=owner, kind=kind)
    record_event("added a body", by=by, subject=owner.name, reason=reason)
    return body


@transaction.atomic
def add_meeting(*, body: Body, held_on: date, by: User, name: str = "") -> Meeting:
    """Add a meeting of a body on a day, or return the one that is there."""
    require(by, Permission.EDIT_ORGANISATION)
    meeting, made = Meeting.objects.get_or_create(body=body, held_on=held_on, name=name)
    if made:
        record_event("added a meeting", by=by, subject=str(meeting))
    return meeting


@transaction.atomic
def add_person(*, name: str, by: User, email: str = "", user: User | None = None) -> Person:
    """Add a person, or return the one of that name (and account)."""
    require(by, Permission.EDIT_ORGANISATION)
    name = _named(name, "person")
    if known := Person.objects.filter(name__iexact=name).first():
        if user is not None and known.user_id is None:
            known.user = user
            known.save(update_fields=["user"])
        return known
    person = Person.objects.create(name=name, email=email, user=user)
    record_event("added a person", by=by, subject=name)
    return person


@transaction.atomic
def link_account(*, user: User, name: str, by: User, reason: str) -> Person:
    """Say which person of the organisation an account is: what the posts they hold answer for is theirs to see and update.

    Takes the name under which the person holds a post or sits on a body; an account is one person, and a person has one
    account. Raises Refused where nobody of that name is on record, where somebody else signs in as that person, and for
    one's own account, because the link lets its owner see more.
    """
    require(by, Permission.MANAGE_ACCOUNTS)
    if user.pk == by.pk:
        raise Refused("Ask another administrator to do this for your own account.")
    name = _named(name, "person")
    person = Person.objects.select_for_update().filter(name__iexact=name).order_by("pk").first()
    if person is None:
        raise Refused(
            f"Nobody called {name} holds a post or sits on a body; write the name as the organisation page does."
        )
    if person.user_id not in (None, user.pk):
        raise Refused(f"Another account is {person.name} already; close that one or correct it first.")
    before = Person.objects.filter(user=user).exclude(pk=person.pk).first()
    if before is not None:
        before.user = None
        before.save(update_fields=["user"])
    person.user = user
    person.save(update_fields=["user"])
    record_event(
        "said whose account it is",
        by=by,
        subject=user.name,
        reason=reason,
        detail={"user": user.pk, "person": person.pk, "before": before.pk if before else None},
    )
    return person


@transaction.atomic
def appoint(
    *,
    person: Person,
    owner: Owner,
    by: User,
    starts: date | None = None,
    ends: date | None = None,
    kind: str = AppointmentKind.SUBSTANTIVE,
    reason: str = "",
) -> Appointment:
    """A person takes a post or an elected office, from a day to a last day (open sides allowed).

    Raises Refused for a body, for dates in the wrong order, and where a substantive holder overlaps another one (a job
    share is said as such).
    """
    require(by, Permission.EDIT_ORGANISATION)
    if owner.kind == OwnerKind.BODY:
        raise Refused(f"{owner} is a body: add {person} as a member instead.")
    if starts and ends and ends < starts:
        raise Refused(f"The last day of {person} in {owner} is before the first; swap the dates.")
    if kind == AppointmentKind.SUBSTANTIVE:
        _refuse_overlap(owner, starts, ends)
    event = record_event("appointed", by=by, subject=f"{person}: {owner}", reason=reason)
    return Appointment.objects.create(
        person=person,
        owner=owner,
        kind=kind,
        starts=starts,
        ends=ends,
        recorded=event.at,
        by=by,
        event=event,
        reason=reason,
    )


def _refuse_overlap(owner: Owner, starts: date | None, ends: date | None) -> None:
    for row in standing(Appointment.objects.filter(owner=owner).select_related("person")):
        apart = (row.ends and starts and row.ends < starts) or (ends and row.starts and ends < row.starts)
        if row.kind == AppointmentKind.SUBSTANTIVE and not apart:
            raise Refused(
                f"{row.person} already holds {owner} in that time; end that appointment first, or record a job share."
            )


@transaction.atomic
def end_appointment(*, appointment: Appointment, last_day: date, by: User, reason: str) -> Appointment:
    """A holder leaves: the appointment is replaced by one with a last day; the post is vacant from the next.

    Raises Refused where the last day lies before the first.
    """
    require(by, Permission.EDIT_ORGANISATION)
    if appointment.starts and last_day < appointment.starts:
        raise Refused(f"{appointment.person} started on {appointment.starts:%-d %B %Y}; give a later last day.")
    event = record_event("ended an appointment", by=by, subject=str(appointment), reason=reason)
    _withdraw_appointment(appointment, event)
    return Appointment.objects.create(
        person=appointment.person,
        owner=appointment.owner,
        kind=appointment.kind,
        starts=appointment.starts,
        ends=last_day,
        recorded=event.at,
        by=by,
        event=event,
        reason=reason,
    )


def _withdraw_appointment(appointment: Appointment, event: Event) -> None:
    Appointment.objects.create(
        person=appointment.person,
        owner=appointment.owner,
        kind=appointment.kind,
        starts=appointment.starts,
        ends=appointment.ends,
        recorded=event.at,
        by=event.by,
        event=event,
        reason=event.reason,
        withdraws=appointment,
    )


@transaction.atomic
def add_member(
    *, person: Person, body: Body, by: User, role: str = "", starts: date | None = None, ends: date | None = None
) -> Membership:
    """A person sits on a body from a day (until a day)."""
    require(by, Permission.EDIT_ORGANISATION)
    event = record_event("added a member", by=by, subject=f"{person}: {body}")
    return Membership.objects.create(
        person=person, body=body, role=role, starts=starts, ends=ends, recorded=event.at, by=by, event=event
    )


def remember_match(*, printed: str, owner: Owner | None, event: Event) -> NameMatch:
    """Remember what a printed name stands for (None: nobody); part of an action that has its own event."""
    return NameMatch.objects.create(
        key=name_key(printed),
        printed=printed[:300],
        owner=owner,
        recorded=now(),
        by=event.by,
        event=event,
        reason=event.reason,
    )
