"""Giving a role to a person and ending it. No grant is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Q, QuerySet

from goldthread.commons.access.models import Grant
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.roles import role_named, roles_with
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.kernel.clock import today
from goldthread.kernel.days import printed

EVERYTHING = Scope(ScopeKind.EVERYTHING)


class Terms(TypedDict, total=False):
    """Where a role is held and when: its first day, and its last one where that is known."""

    scope: Scope
    starts: date | None
    last_day: date | None


@transaction.atomic
def grant_role(*, user: User, role: str, by: User, reason: str, **terms: Unpack[Terms]) -> Grant:
    """Give a person a role on some terms (for the whole council from today on, unless told) and return the grant.

    A grant of the same role in the same scope that still holds is returned as it is. Raises NotAllowed when ``by``
    does not manage accounts or is the person themselves, Refused for an unknown role, a scope the role does not have,
    a closed account, a missing reason, a last day before the first, or one for a role that the person holds already.
    """
    _require_administrator(by)
    if user.pk == by.pk:
        raise NotAllowed("You cannot give a role to yourself: ask another administrator.")
    return give_role(user=user, role=role, by=by, reason=reason, **terms)


@transaction.atomic
def give_role(
    *,
    user: User,
    role: str,
    by: User,
    reason: str,
    scope: Scope = EVERYTHING,
    starts: date | None = None,
    last_day: date | None = None,
) -> Grant:
    """As ``grant_role``, without asking who ``by`` is: for commands, whose user already holds the whole machine."""
    starts = starts or today()
    _require_sense(user, role, scope, reason)
    same = Grant.objects.held_on(starts).filter(user=user, role=role, scope_kind=scope.kind, scope_id=scope.id).first()
    if same is not None and last_day is not None:
        raise Refused(f"{user.name} holds this role there already: end that one on the day you choose.")
    if same is not None:
        return same
    if last_day is not None and last_day < starts:
        raise Refused(f"The role would end before it begins: choose a last day from {printed(starts)} on.")
    grant = Grant.objects.create(
        user=user,
        role=role,
        scope_kind=scope.kind,
        scope_id=scope.id,
        starts=starts,
        ends=last_day + timedelta(days=1) if last_day else None,
        granted_by=by,
        reason=reason.strip(),
    )
    record_event("granted a role", by=by, subject=user.email, reason=reason.strip(), detail=_detail(grant))
    return grant


@transaction.atomic
def give_items(*, user: User, role: str, ids: Iterable[int], ends: date, by: User, reason: str) -> int:
    """Give a person a role for single items until a day (from which it holds no more), with one event; returns how many are new.

    For rooms that ask somebody for something: the asking room has made sure that ``by`` may ask.
    """
    day, wanted = today(), sorted(set(ids))
    known = role_named(role)
    if known is None or ScopeKind.RECORD not in known.scopes or not user.is_active or ends <= day:
        return 0
    held = Grant.objects.held_on(day).filter(
        Q(ends__isnull=True) | Q(ends__gte=ends), user=user, role=role, scope_kind=ScopeKind.RECORD
    )
    there = set(held.values_list("scope_id", flat=True))
    fresh = [one for one in wanted if one not in there]
    Grant.objects.bulk_create(
        Grant(
            user=user, role=role, scope_kind=ScopeKind.RECORD, scope_id=one, starts=day, ends=ends, granted_by=by,
            reason=reason,
        )
        for one in fresh
    )  # fmt: skip
    if fresh:
        record_event("handed items", by=by, subject=user.email, reason=reason, detail={"role": role, "items": fresh})
    return len(fresh)


@transaction.atomic
def end_items(*, user: User, role: str, ids: Iterable[int], by: User, reason: str) -> int:
    """End what ``give_items`` gave with a last day, from today on; returns how many ended. Roles without an end stay."""
    day = today()
    held = Grant.objects.held_on(day).filter(
        user=user, role=role, scope_kind=ScopeKind.RECORD, scope_id__in=list(ids), ends__isnull=False
    )
    ended = held.update(ends=day)
    if ended:
        record_event("took items back", by=by, subject=user.email, reason=reason, detail={"items": sorted(ids)})
    return ended


@transaction.atomic
def end_grant(*, grant: Grant, by: User, reason: str, on: date | None = None) -> Grant:
    """End a grant on a day (today, unless told): from that day on it no longer holds. Returns the grant.

    Raises NotAllowed when ``by`` does not manage accounts, Refused when it has ended already, without a reason, before
    today, or when nobody would be left to manage accounts.
    """
    _require_administrator(by)
    day = today()
    on = on or day
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if not reason.strip():
        raise Refused("Say why the role ends: the reason is kept.")
    if grant.ends is not None and grant.ends <= day:
        raise Refused("This role has ended already: nothing was changed.")
    if on < day:
        raise Refused(
            "A role cannot end in the past, because what was done with it stands: choose today or a later day."
        )
    if grant.role in roles_with(Permission.MANAGE_ACCOUNTS) and not others_administer(
        besides=Grant.objects.filter(pk=grant.pk), on=on
    ):
        raise Refused("Nobody would be left to manage accounts: give another person the administrator role first.")
    grant.ends = max(on, grant.starts)
    grant.save(update_fields=["ends"])
    record_event("ended a role", by=by, subject=grant.user.email, reason=reason.strip(), detail=_detail(grant))
    return grant


def others_administer(*, besides: QuerySet[Grant], on: date | None = None) -> bool:
    """Whether somebody manages accounts for the whole council from a day on (today, unless told) without some grants."""
    grants = Grant.objects.held_on(on or today()).filter(
        ends__isnull=True, role__in=roles_with(Permission.MANAGE_ACCOUNTS), scope_kind=ScopeKind.EVERYTHING
    )
    return grants.exclude(pk__in=besides.values("pk")).exists()


def _require_administrator(by: User) -> None:
    if not viewer_for(by).may_everywhere(Permission.MANAGE_ACCOUNTS):
        raise NotAllowed("Only an administrator can change what people may do: ask one.")


def _require_sense(user: User, role: str, scope: Scope, reason: str) -> None:
    known = role_named(role)
    if known is None or not known.scopes:
        raise Refused(f"There is no role “{role}” to give: choose one of the list.")
    if scope.kind not in known.scopes:
        raise Refused(
            f"The role “{known.name}” cannot be held for {ScopeKind(scope.kind).label.lower()}: choose another place."
        )
    if not user.is_active:
        raise Refused(f"The account of {user.name} is closed: open it again first.")
    if not reason.strip():
        raise Refused("Say why the person gets this role: the reason is kept.")


def _detail(grant: Grant) -> dict[str, str | int | None]:
    return {
        "grant": grant.pk,
        "role": grant.role,
        "scope_kind": str(grant.scope_kind),
        "scope_id": grant.scope_id,
        "starts": grant.starts.isoformat(),
        "ends": grant.ends.isoformat() if grant.ends else None,
    }
