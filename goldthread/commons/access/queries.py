"""Reading who may do what: one query, whatever the number of grants."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from goldthread.commons.access.models import Grant
from goldthread.commons.access.roles import role_named, roles_with
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import PUBLIC, Scope, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed
from goldthread.kernel.clock import today


def viewer_for(user: User | AnonymousUser, *, on: date | None = None) -> Viewer:
    """The viewer that a signed-in person is on a day (today, unless told); nobody, or a closed account, is the public.

    What the public may see, everybody may see. A grant of a role that the council no longer has allows nothing.
    """
    if not isinstance(user, User) or not user.is_active:
        return PUBLIC
    held: set[tuple[Permission, Scope]] = set(PUBLIC.permissions)
    keys: list[str] = []
    grants = Grant.objects.held_on(on or today()).filter(user_id=user.pk).order_by("id")
    for key, kind, scope_id in grants.values_list("role", "scope_kind", "scope_id"):
        if (role := role_named(key)) is None:
            continue
        scope = Scope(ScopeKind(kind), scope_id)
        held.update((permission, scope) for permission in role.permissions)
        if key not in keys:
            keys.append(key)
    return Viewer(user.pk, user.name, tuple(keys), frozenset(held))


def who_may(permission: Permission, scope: Scope, *, on: date | None = None) -> QuerySet[User]:
    """The people who hold a permission in a scope, or for the whole council, on a day: open accounts only, by name."""
    where = Q(scope_kind=ScopeKind.EVERYTHING)
    if scope.kind != ScopeKind.EVERYTHING:
        where |= Q(scope_kind=scope.kind, scope_id=scope.id)
    grants = Grant.objects.held_on(on or today()).filter(where, role__in=roles_with(permission))
    return User.objects.filter(pk__in=grants.values("user_id")).order_by("name", "pk")


def grants_of(user: User, *, viewer: Viewer) -> QuerySet[Grant]:
    """Every grant that a person has or had, newest first: for the person, and for who manages accounts.

    Raises NotAllowed for anybody else.
    """
    if viewer.user_id != user.pk and not viewer.may_everywhere(Permission.MANAGE_ACCOUNTS):
        raise NotAllowed("Only an administrator can see what another person may do: ask one.")
    return Grant.objects.filter(user=user).select_related("granted_by").order_by("-starts", "-id")
