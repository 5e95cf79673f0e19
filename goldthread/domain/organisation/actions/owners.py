"""Adding and correcting what can be accountable: directorates, posts, offices, bodies and their meetings."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.domain.organisation.access import gained_below, who_records_it_for
from goldthread.domain.organisation.models import Body, Directorate, ElectedOffice, Meeting, Owner, Post
from goldthread.domain.organisation.rules import proper_name
from goldthread.domain.organisation.terms import BodyKind, OwnerKind


@transaction.atomic
def add_directorate(*, name: str, by: User, reason: str = "") -> Directorate:
    """Add a directorate, or return the one that already has this name (case does not count)."""
    require(by, Permission.EDIT_ORGANISATION)
    name = proper_name(name, "directorate")
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
    owner = _new_owner(OwnerKind.POST, proper_name(name, "post"), directorate)
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

    Raises Refused where the line would run in a circle, and where it would bring the post below one's own.
    """
    require(by, Permission.EDIT_ORGANISATION)
    above, steps = reports_to, 0
    while above is not None and steps < 100:
        if above.pk == post.pk:
            raise Refused(
                f"{post.owner.name} would report to itself through {reports_to}; choose another line manager."
            )
        above, steps = above.reports_to, steps + 1
    if gained_below(by, {post.pk: reports_to.pk if reports_to else None}):
        raise Refused(
            f"{post.owner.name} would come below a post of yours, and its objectives with it. {who_records_it_for(by)}"
        )
    owner = post.owner
    before = {
        "name": owner.name,
        "directorate": owner.directorate.name if owner.directorate else None,
        "reports_to": post.reports_to.owner.name if post.reports_to else None,
        "statutory_roles": post.statutory_roles,
    }
    owner.name, owner.directorate = proper_name(name, "post"), directorate
    owner.save()
    post.reports_to, post.statutory_roles = reports_to, statutory_roles
    post.save()
    record_event("edited a post", by=by, subject=owner.name, reason=reason, detail={"before": before})
    return post


@transaction.atomic
def add_office(*, name: str, by: User, portfolio: str = "", reason: str = "") -> ElectedOffice:
    """Add an elected office, such as leader or a cabinet member's. Raises Refused where it is already there."""
    require(by, Permission.EDIT_ORGANISATION)
    owner = _new_owner(OwnerKind.OFFICE, proper_name(name, "office"), None)
    office = ElectedOffice.objects.create(owner=owner, portfolio=portfolio)
    record_event("added an elected office", by=by, subject=owner.name, reason=reason)
    return office


@transaction.atomic
def add_body(*, name: str, by: User, kind: BodyKind = BodyKind.OTHER, reason: str = "") -> Body:
    """Add a committee, board or other body. Raises Refused where it is already there."""
    require(by, Permission.EDIT_ORGANISATION)
    owner = _new_owner(OwnerKind.BODY, proper_name(name, "body"), None)
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
