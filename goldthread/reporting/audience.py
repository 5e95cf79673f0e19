"""For whose eyes a report is made, and who may open which issue."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import PUBLIC, Scope, Viewer
from goldthread.domain.register.access import may
from goldthread.domain.register.models import Record
from goldthread.kernel.clock import today
from goldthread.reporting.models import Issue, IssueStep
from goldthread.reporting.terms import DIRECTORATE, Audience, StepKind

_EVERYTHING = Scope(ScopeKind.EVERYTHING)
_SEES = {
    Audience.COUNCIL: (Permission.SEE_PUBLISHED, Permission.SEE_INTERNAL, Permission.SEE_REPORTS),
    Audience.RESTRICTED: (
        Permission.SEE_PUBLISHED,
        Permission.SEE_INTERNAL,
        Permission.SEE_REPORTS,
        Permission.SEE_RESTRICTED,
    ),
}


def viewer_of(audience: str) -> Viewer:
    """The viewer that a report for an audience is made for: no person's own posts or grants change what it holds."""
    if audience == Audience.PUBLIC:
        return PUBLIC
    held = frozenset((permission, _EVERYTHING) for permission in _SEES[Audience(audience)])
    return Viewer(None, Audience(audience).label, (f"audience: {audience}",), held)


def may_issue(viewer: Viewer, plan: Record, audience: str = Audience.COUNCIL) -> bool:
    """Whether a person may issue reports on a plan for an audience: nobody issues what they may not see."""
    if not may(viewer, Permission.ISSUE_REPORTS, plan):
        return False
    return audience != Audience.RESTRICTED or may(viewer, Permission.SEE_RESTRICTED, plan)


def open_to(viewer: Viewer, issues: QuerySet[Issue] | None = None) -> QuerySet[Issue]:
    """The issues that a viewer may open, withdrawn ones included for who may issue reports.

    Published for the public: everybody, from its day on. Else who may see reports everywhere, of that plan, of the directorate
    that it is about, or of the body that it was made for; one with restricted entries only who may see those there.
    """
    rows = Issue.objects.all() if issues is None else issues
    seen = _published_ones()
    if viewer.may(Permission.SEE_REPORTS):
        seen |= _in_scope(viewer, Permission.SEE_REPORTS) & ~Q(audience=Audience.RESTRICTED)
    if viewer.may(Permission.SEE_RESTRICTED):
        seen |= _in_scope(viewer, Permission.SEE_RESTRICTED, bodies=False) & Q(audience=Audience.RESTRICTED)
    found = rows.filter(seen)
    if not viewer.may(Permission.ISSUE_REPORTS):
        gone = IssueStep.objects.filter(kind=StepKind.WITHDRAWN).values("issue_id")
        found = found.exclude(pk__in=gone)
    return found


def _published_ones() -> Q:
    out = IssueStep.objects.filter(kind=StepKind.PUBLISHED, day__lte=today()).values("issue_id")
    return Q(pk__in=out, audience=Audience.PUBLIC)


def _in_scope(viewer: Viewer, permission: Permission, *, bodies: bool = True) -> Q:
    if viewer.may_everywhere(permission):
        return Q()
    found = Q(plan_id__in=viewer.ids(permission, ScopeKind.PLAN))
    parts = [f"{DIRECTORATE}:{number}" for number in viewer.ids(permission, ScopeKind.DIRECTORATE)]
    found |= Q(variant__in=parts)
    if bodies:
        found |= Q(for_body_id__in=viewer.ids(permission, ScopeKind.BODY))
    return found
