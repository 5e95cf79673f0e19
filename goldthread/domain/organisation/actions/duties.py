"""Statutory roles: which post carries each, from which day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Post, RoleHolding
from goldthread.domain.organisation.queries import holders
from goldthread.domain.organisation.queries.duties import held_on
from goldthread.domain.organisation.rules import holds_on, standing
from goldthread.domain.organisation.rules.duties import role_named, would_clash
from goldthread.kernel.clock import today


@transaction.atomic
def give_role(
    *,
    role: str,
    post: Post,
    by: User,
    starts: date | None = None,
    ends: date | None = None,
    deputy: bool = False,
    acting: bool = False,
    reason: str = "",
) -> Event:
    """A post carries a statutory role, or deputises in it, from a day. Whoever carried it before ends the day before.

    Raises Refused for a role not on file, dates in the wrong order, an acting holder without a last day, a pair that the law
    forbids, and one that guidance discourages without a reason.
    """
    viewer = require(by, Permission.EDIT_ORGANISATION)
    known = role_named(role)
    if known is None:
        raise Refused("Choose one of the roles on the list.")
    if starts and ends and ends < starts:
        raise Refused("The last day comes before the first: check the two dates.")
    if acting and ends is None:
        raise Refused("An acting holder has a last day; give it, and extend it when it comes.")
    day = starts or today()
    if not deputy:
        people = {one.name for one in holders([post.pk], viewer=viewer, on=day).get(post.pk, [])}
        for clash, other in would_clash(role, post.pk, people, held_on(viewer=viewer, on=day)):
            if clash.hard:
                raise Refused(f"{known.title} and {other.lower()} may not be one person: {clash.source}.")
            if not reason.strip():
                raise Refused(f"{known.title} and {other.lower()} should not be one person; say why it is so here.")
    event = record_event("gave a statutory role", by=by, subject=f"{known.title}: {post}", reason=reason.strip())
    if not deputy:
        _end_others(role, post, day, event)
    _add(event, role=role, post=post, starts=starts, ends=ends, deputy=deputy, acting=acting)
    return event


def _end_others(role: str, post: Post, day: date, event: Event) -> None:
    """Whoever carries the role that day ends the day before; one that began that day is taken back."""
    for row in standing(RoleHolding.objects.filter(role=role, deputy=False)):
        if not holds_on(row.starts, row.ends, day):
            continue
        values = {"role": role, "post": row.post, "starts": row.starts, "deputy": False, "acting": row.acting}
        _add(event, **values, ends=row.ends, withdraws=row)
        if row.starts is None or row.starts < day:
            _add(event, **values, ends=date.fromordinal(day.toordinal() - 1))


def _add(event: Event, **values: object) -> None:
    RoleHolding.objects.create(recorded=event.at, by=event.by, event=event, reason=event.reason, **values)


@transaction.atomic
def end_role(*, holding: RoleHolding, last_day: date, by: User, reason: str) -> Event:
    """A post stops carrying a role, or deputising in it. Raises Refused without a reason, or for a day before it began."""
    require(by, Permission.EDIT_ORGANISATION)
    if not reason.strip():
        raise Refused("Say why the role ends here.")
    if holding.starts and last_day < holding.starts:
        raise Refused("The last day comes before the first: check the date.")
    event = record_event("ended a statutory role", by=by, subject=str(holding), reason=reason.strip())
    values = {
        "role": holding.role,
        "post": holding.post,
        "starts": holding.starts,
        "deputy": holding.deputy,
        "acting": holding.acting,
    }
    _add(event, **values, ends=holding.ends, withdraws=holding)
    _add(event, **values, ends=last_day)
    return event
