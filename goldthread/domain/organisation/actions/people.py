"""People, what they hold and where they sit."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.access import refuse_oneself
from goldthread.domain.organisation.models import Appointment, Body, Membership, Owner, Person
from goldthread.domain.organisation.rules import proper_name, standing
from goldthread.domain.organisation.terms import AppointmentKind, OwnerKind


@transaction.atomic
def add_person(*, name: str, by: User, email: str = "", user: User | None = None) -> Person:
    """Add a person, or return the one of that name (and account). Raises Refused for one's own account or address: which
    person somebody is, an administrator says (see ``link_account``)."""
    require(by, Permission.EDIT_ORGANISATION)
    name = proper_name(name, "person")
    if by == user or email.strip().lower() == by.email.lower():
        raise Refused("That is you yourself: ask an administrator to say which person your account is.")
    if known := Person.objects.filter(name__iexact=name).first():
        if user is not None and known.user_id is None:
            known.user = user
            known.save(update_fields=["user"])
        return known
    person = Person.objects.create(name=name, email=email, user=user)
    record_event("added a person", by=by, subject=name)
    return person


@transaction.atomic
def set_address(*, person: Person, email: str, by: User, reason: str = "") -> Person:
    """Record the e-mail address at which a person is asked for updates; the event keeps the one before.

    Raises Refused for an address that is none, where another person has it, and for one's own address on a person whom no
    account is yet: who is asked at an address becomes that person, and nobody says so of themself (see ``link_account``).
    """
    require(by, Permission.EDIT_ORGANISATION)
    email = email.strip().lower()
    if email == by.email.lower() and person.user_id != by.pk:
        raise Refused("That is your own address: ask an administrator to say which person your account is.")
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused("Enter an e-mail address in the right form, such as name@example.gov.uk.") from wrong
    other = Person.objects.filter(Q(email__iexact=email) | Q(user__email__iexact=email)).exclude(pk=person.pk).first()
    if other is not None:
        raise Refused(f"{email} is the address of {other.name}; give another one.")
    before, person.email = person.email, email
    person.save(update_fields=["email"])
    record_event("set an address", by=by, subject=person.name, reason=reason, detail={"before": before})
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
    name = proper_name(name, "person")
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

    Raises Refused for a body, for dates in the wrong order, where a substantive holder overlaps another one (a job share is
    said as such), and for oneself.
    """
    require(by, Permission.EDIT_ORGANISATION)
    refuse_unfit(person=person, owner=owner, starts=starts, ends=ends, kind=kind, by=by)
    event = record_event("appointed", by=by, subject=f"{person}: {owner}", reason=reason)
    return take_up(person=person, owner=owner, starts=starts, ends=ends, kind=kind, event=event)


def refuse_unfit(*, person: Person, owner: Owner, starts: date | None, ends: date | None, kind: str, by: User) -> None:
    """Raise Refused where a person cannot take a post in that time and manner, or not by this account; see ``appoint``."""
    refuse_oneself(person, by, owner)
    if owner.kind == OwnerKind.BODY:
        raise Refused(f"{owner} is a body: add {person} as a member instead.")
    if starts and ends and ends < starts:
        raise Refused(f"The last day of {person} in {owner} is before the first; swap the dates.")
    if kind == AppointmentKind.SUBSTANTIVE:
        _refuse_overlap(owner, starts, ends)


def take_up(
    *,
    person: Person,
    owner: Owner,
    event: Event,
    starts: date | None = None,
    ends: date | None = None,
    kind: str = AppointmentKind.SUBSTANTIVE,
) -> Appointment:
    """A person takes a post; part of an action, which has asked ``refuse_unfit`` before."""
    return Appointment.objects.create(
        person=person,
        owner=owner,
        kind=kind,
        starts=starts,
        ends=ends,
        recorded=event.at,
        by=event.by,
        event=event,
        reason=event.reason,
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

    Raises Refused where the last day lies before the first, and where somebody would stay longer by their own word.
    """
    require(by, Permission.EDIT_ORGANISATION)
    if appointment.starts and last_day < appointment.starts:
        raise Refused(f"{appointment.person} started on {appointment.starts:%-d %B %Y}; give a later last day.")
    if appointment.ends and last_day > appointment.ends:
        refuse_oneself(appointment.person, by, f"{appointment.owner} for longer")
    event = record_event("ended an appointment", by=by, subject=str(appointment), reason=reason)
    return leave(appointment=appointment, last_day=last_day, event=event)


def person_called(*, name: str, by: User) -> Person:
    """The person of a name, added where nobody of that name is on record; part of an action.

    Raises Refused for no name, and where several people have it: then one of them is meant and nobody can say which.
    """
    name = proper_name(name, "person")
    known = list(Person.objects.select_related("user").filter(name__iexact=name)[:2])
    if len(known) > 1:
        raise Refused(f"Two people are called {name}; ask a coordinator to record who holds the post.")
    if known:
        return known[0]
    record_event("added a person", by=by, subject=name)
    return Person.objects.create(name=name)


def withdraw(*, appointment: Appointment, event: Event) -> None:
    """An appointment is taken back; part of an action."""
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


def leave(*, appointment: Appointment, last_day: date, event: Event) -> Appointment:
    """An appointment gets a last day; part of an action."""
    withdraw(appointment=appointment, event=event)
    return take_up(
        person=appointment.person,
        owner=appointment.owner,
        kind=appointment.kind,
        starts=appointment.starts,
        ends=last_day,
        event=event,
    )


@transaction.atomic
def add_member(
    *, person: Person, body: Body, by: User, role: str = "", starts: date | None = None, ends: date | None = None
) -> Membership:
    """A person sits on a body from a day (until a day). Raises Refused for oneself."""
    require(by, Permission.EDIT_ORGANISATION)
    refuse_oneself(person, by, f"a seat on {body}")
    event = record_event("added a member", by=by, subject=f"{person}: {body}")
    return Membership.objects.create(
        person=person, body=body, role=role, starts=starts, ends=ends, recorded=event.at, by=by, event=event
    )
