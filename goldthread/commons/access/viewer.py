"""Who is looking: every query takes a Viewer and has no default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldthread.commons.access.terms import Permission, ScopeKind


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a permission holds: everything, or one directorate, plan or body by its id."""

    kind: ScopeKind
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person, or the public, with the permissions they hold and where. Made by ``viewer_for`` or ``PUBLIC``."""

    user_id: int | None
    name: str
    roles: tuple[str, ...]
    permissions: frozenset[tuple[Permission, Scope]]

    def may(self, permission: Permission) -> bool:
        """Whether the permission is held anywhere at all."""
        return any(held is permission for held, _ in self.permissions)

    def may_open(self, permission: Permission) -> bool:
        """Whether the permission opens pages that stand for it: held anywhere, and to see what is internal not for items alone.

        Who was handed single items sees these and nothing else that is not published (decisions/0015).
        """
        kinds = {scope.kind for scope in self.scopes(permission)}
        return bool(kinds - {ScopeKind.RECORD} if permission is Permission.SEE_INTERNAL else kinds)

    @property
    def inside(self) -> bool:
        """Whether pages that stand for what is internal are open: an officer, not the public, a councillor or a partner."""
        return self.may_open(Permission.SEE_INTERNAL)

    def may_everywhere(self, permission: Permission) -> bool:
        """Whether the permission is held for the whole council."""
        return (permission, Scope(ScopeKind.EVERYTHING)) in self.permissions

    def knowing(self, known_on: date | None) -> date | None:
        """The day of knowledge that counts: an earlier one for who may see what is internal, for anybody else always now.

        What was taken back since does not come back to the public by asking what was known before (decisions/0025).
        """
        return known_on if self.may_open(Permission.SEE_INTERNAL) else None

    def scopes(self, permission: Permission) -> frozenset[Scope]:
        """Where the permission is held."""
        return frozenset(scope for held, scope in self.permissions if held is permission)

    def ids(self, permission: Permission, kind: ScopeKind) -> frozenset[int]:
        """The ids of the directorates, plans or bodies for which the permission is held."""
        return frozenset(s.id for s in self.scopes(permission) if s.kind == kind and s.id is not None)


PUBLIC = Viewer(None, "The public", ("public",), frozenset({(Permission.SEE_PUBLISHED, Scope(ScopeKind.EVERYTHING))}))
