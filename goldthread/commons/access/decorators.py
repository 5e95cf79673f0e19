"""Marks that say who a view is for; the middleware refuses a view without one.

A mark wraps nothing: it is read by ``PermissionMiddleware`` before the view is called, and by the permission table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer

ViewT = TypeVar("ViewT", bound=Callable[..., Any])

_ATTRIBUTE = "goldthread_mark"


@dataclass(frozen=True, slots=True)
class Mark:
    """Who may open a view: everyone, everyone signed in, or whom any of some permissions lets in, wherever it is held."""

    permissions: tuple[Permission, ...] = ()
    signed_in: bool = False

    def lets_in(self, viewer: Viewer) -> bool:
        """Whether the viewer may open the view; what they find there is decided by its queries."""
        if self.permissions:
            return any(viewer.may_open(permission) for permission in self.permissions)
        return viewer.user_id is not None or not self.signed_in

    def __str__(self) -> str:
        if self.permissions:
            return "Who may " + " or ".join(self.permissions)
        return "Everyone signed in" if self.signed_in else "Everyone"


EVERYONE = Mark()
SIGNED_IN = Mark(signed_in=True)


def allow(*permissions: Permission) -> Callable[[ViewT], ViewT]:
    """Mark a view (function or class) as open to who holds one of the permissions, in any scope."""
    if not permissions:
        raise ValueError("allow() needs a permission: use allow_signed_in or allow_everyone without one.")
    return _marking(Mark(permissions=permissions))


def allow_everyone(view: ViewT) -> ViewT:
    """Mark a view as open to the public."""
    return _marking(EVERYONE)(view)


def allow_signed_in(view: ViewT) -> ViewT:
    """Mark a view as open to everybody who is signed in, whatever their roles."""
    return _marking(SIGNED_IN)(view)


def mark_of(view: Callable[..., Any]) -> Mark | None:
    """The mark of a view as a URL resolves to it, or None."""
    mark = getattr(view, _ATTRIBUTE, None) or getattr(getattr(view, "view_class", None), _ATTRIBUTE, None)
    return mark if isinstance(mark, Mark) else None


def _marking(mark: Mark) -> Callable[[ViewT], ViewT]:
    def set_mark(view: ViewT) -> ViewT:
        setattr(view, _ATTRIBUTE, mark)
        return view

    return set_mark
