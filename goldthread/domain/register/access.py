"""Who may see and change which records."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed
from goldthread.domain.organisation.queries import owners_held
from goldthread.domain.register.models import Record
from goldthread.domain.register.terms import OwnerRole, Visibility


def _in_scope(viewer: Viewer, permission: Permission) -> Q:
    """Records for which a viewer holds a permission by a scope: a directorate, a plan or review, or a body that oversees."""
    if viewer.may_everywhere(permission):
        return Q()
    plans = viewer.ids(permission, ScopeKind.PLAN)
    found = Q(directorate_id__in=viewer.ids(permission, ScopeKind.DIRECTORATE))
    found |= Q(within_id__in=plans) | Q(pk__in=plans) | Q(pk__in=viewer.ids(permission, ScopeKind.RECORD))
    bodies = viewer.ids(permission, ScopeKind.BODY)
    if bodies:
        found |= Q(
            accountability_facts__owner_id__in=bodies,
            accountability_facts__role=OwnerRole.OVERSEEING,
            accountability_facts__ended=False,
            accountability_facts__withdraws__isnull=True,
            accountability_facts__withdrawn_by__isnull=True,
        )
    return found


def visible_to(viewer: Viewer, records: QuerySet[Record] | None = None) -> QuerySet[Record]:
    """The records that a viewer may see, by the visibility that holds now.

    Public records: everyone. Internal: whoever may see internal records in that scope, and the owners of the record.
    Restricted: only whoever may see restricted records in that scope, and the accountable owner.
    """
    rows = Record.objects.all() if records is None else records
    mine = Q(accountable_id__in=owners_held(viewer)) if viewer.user_id is not None else Q(pk__in=[])
    seen = Q(visibility=Visibility.PUBLIC) | mine
    if viewer.may(Permission.SEE_INTERNAL):
        seen |= Q(visibility=Visibility.INTERNAL) & _in_scope(viewer, Permission.SEE_INTERNAL)
    if viewer.may(Permission.SEE_RESTRICTED):
        seen |= Q(visibility=Visibility.RESTRICTED) & _in_scope(viewer, Permission.SEE_RESTRICTED)
    return rows.filter(pk__in=Record.objects.filter(seen).values("pk"))


def may(viewer: Viewer, permission: Permission, record: Record) -> bool:
    """Whether a viewer may do something to a record: by role in its scope, or, for updates, as its accountable owner."""
    scopes = viewer.scopes(permission)
    if Scope(ScopeKind.EVERYTHING) in scopes or Scope(ScopeKind.DIRECTORATE, record.directorate_id) in scopes:
        return True
    plans = {Scope(ScopeKind.PLAN, record.within_id), Scope(ScopeKind.PLAN, record.pk)}
    if scopes & {*plans, Scope(ScopeKind.RECORD, record.pk)}:
        return True
    return permission is Permission.ADD_UPDATES and record.accountable_id in owners_held(viewer)


def require_for(by: User, permission: Permission, records: Iterable[Record]) -> Viewer:
    """The viewer of a person who may see these records and do this to each of them. Raises NotAllowed otherwise."""
    viewer = require(by, permission)
    rows = list(records)
    seen = set(visible_to(viewer, Record.objects.filter(pk__in=[row.pk for row in rows])).values_list("pk", flat=True))
    for row in rows:
        if row.pk not in seen or not may(viewer, permission, row):
            raise NotAllowed(f"{by.name} may not {permission.value} here; ask an administrator for the role.")
    return viewer
