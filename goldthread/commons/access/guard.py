"""The question that every action asks before it does anything."""

from __future__ import annotations

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed


def require(by: User, permission: Permission) -> Viewer:
    """The viewer of a person who holds the permission somewhere; where is for the room to check with its scopes.

    Raises NotAllowed otherwise.
    """
    viewer = viewer_for(by)
    if not viewer.may(permission):
        raise NotAllowed(f"{by.name} may not {permission.value}; ask an administrator for the role.")
    return viewer
