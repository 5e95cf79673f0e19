"""Who may see and change which records."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from goldthread.commons.access.guard import require
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.access import posts_below
from goldthread.domain.organisation.queries import owners_held
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register.models import Accountability, Record
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import LINE_ONLY, OwnerRole, Visibility
from goldthread.kernel.clock import today


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

    Public records: everyone. Internal: whoever may see internal records in that scope, and who holds a post that answers
    for the record or supports it. Restricted: only whoever may see restricted records in that scope, and those posts; of
    what belongs to an appraisal nobody but the post and the posts above it in its line, whatever else they may see.
    """
    rows = Record.objects.all() if records is None else records
    held = owners_held(viewer)
    mine = Q(accountable_id__in=held) | Q(pk__in=_supported(held)) if held else Q(pk__in=[])
    seen = Q(visibility=Visibility.PUBLIC) | mine
    if viewer.may(Permission.SEE_INTERNAL):
        seen |= Q(visibility=Visibility.INTERNAL) & _in_scope(viewer, Permission.SEE_INTERNAL)
    line_only = Q(visibility=Visibility.RESTRICTED, restricted_because__startswith=LINE_ONLY)
    if viewer.may(Permission.SEE_RESTRICTED):
        seen |= Q(visibility=Visibility.RESTRICTED) & ~line_only & _in_scope(viewer, Permission.SEE_RESTRICTED)
    if held:
        seen |= line_only & Q(accountable_id__in=posts_below(held).values("pk"))
    return rows.filter(pk__in=Record.objects.filter(seen).values("pk"))


def _supported(owners: set[int]) -> set[int]:
    """The ids of records that some owners support today."""
    rows = Accountability.objects.filter(role=OwnerRole.SUPPORTING, as_at__lte=today())
    touched = set(rows.filter(owner_id__in=owners).values_list("record_id", flat=True))
    if not touched:
        return set()
    held = latest(
        standing(rows.filter(record_id__in=touched)), key=lambda row: (row.record_id, row.printed or row.owner_id)
    )
    return {row.record_id for row in held.values() if row.owner_id in owners and not row.ended}


def may(viewer: Viewer, permission: Permission, record: Record) -> bool:
    """Whether a viewer may do something to a record: by role in its scope.

    To report on it, holding the post, office or seat that answers for it or supports it is enough; no role is needed.
    """
    scopes = viewer.scopes(permission)
    if Scope(ScopeKind.EVERYTHING) in scopes or Scope(ScopeKind.DIRECTORATE, record.directorate_id) in scopes:
        return True
    plans = {Scope(ScopeKind.PLAN, record.within_id), Scope(ScopeKind.PLAN, record.pk)}
    if scopes & {*plans, Scope(ScopeKind.RECORD, record.pk)}:
        return True
    if permission is not Permission.ADD_UPDATES or not (held := owners_held(viewer)):
        return False
    return record.accountable_id in held or record.pk in _supported(held)


def require_for(by: User, permission: Permission, records: Iterable[Record]) -> Viewer:
    """The viewer of a person who may see these records and do this to each of them. Raises NotAllowed otherwise."""
    rows = list(records)
    own = permission is Permission.ADD_UPDATES and rows
    viewer = viewer_for(by) if own else require(by, permission)
    seen = set(visible_to(viewer, Record.objects.filter(pk__in=[row.pk for row in rows])).values_list("pk", flat=True))
    for row in rows:
        if row.pk not in seen or not may(viewer, permission, row):
            raise NotAllowed(f"{by.name} may not {permission.value} here; ask an administrator for the role.")
    return viewer


_WRITING = (Permission.ADD_UPDATES, Permission.EDIT_RECORDS, Permission.VERIFY)


def may_undo(event: Event, *, viewer: Viewer) -> bool:
    """Whether a viewer may take an action back: their own while they write anywhere, anybody's who withdraws everywhere."""
    if viewer.may_everywhere(Permission.WITHDRAW_RECORDS):
        return True
    if viewer.user_id is None or event.by_id != viewer.user_id:
        return False
    return any(viewer.may(permission) for permission in _WRITING) or bool(owners_held(viewer))
