"""What a role is, and the council's roles; config.roles writes them down on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from goldthread.commons.access.terms import Permission, ScopeKind


@dataclass(frozen=True, slots=True)
class Role:
    """A role in plain English: what it is called, who it is for, what it may do and where it can be held."""

    key: str
    name: str
    description: str
    permissions: frozenset[Permission]
    scopes: tuple[ScopeKind, ...] = (ScopeKind.EVERYTHING,)
    """Where the role can be held; empty for a role that nobody is granted (the public)."""


def all_roles() -> Mapping[str, Role]:
    """The roles by key, in the order of the page. Raises ImproperlyConfigured where one key stands twice."""
    return _loaded(settings.GOLDTHREAD_ROLES)


@cache
def _loaded(path: str) -> Mapping[str, Role]:
    roles: tuple[Role, ...] = import_string(path)
    by_key = {role.key: role for role in roles}
    if len(by_key) != len(roles):
        raise ImproperlyConfigured(f"{path} names a role twice: give every role a key of its own.")
    return by_key


def role_named(key: str) -> Role | None:
    """The role of a key, or None for a role that the council no longer has (its old grants then allow nothing)."""
    return all_roles().get(key)


def roles_with(permission: Permission) -> tuple[str, ...]:
    """The keys of the roles that hold a permission."""
    return tuple(role.key for role in all_roles().values() if permission in role.permissions)
