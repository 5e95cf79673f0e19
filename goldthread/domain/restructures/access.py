"""Who may see a restructure: while it is a draft or in consultation its named people, and nobody else."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed
from goldthread.domain.organisation.rules import standing
from goldthread.domain.restructures.models import NamedPerson, Restructure, StepTaken
from goldthread.domain.restructures.terms import OPEN, Step


def named_in(user_id: int | None) -> set[int]:
    """The ids of the restructures in which a person is named."""
    if user_id is None:
        return set()
    return {row.restructure_id for row in standing(NamedPerson.objects.filter(user_id=user_id))}


def step_of(restructure: Restructure) -> str:
    """How far a restructure has come."""
    rows = standing(StepTaken.objects.filter(restructure=restructure))
    return rows[-1].step if rows else Step.DRAFT


def published() -> set[int]:
    """The ids of restructures that have been agreed: the whole council may know of them."""
    last: dict[int, str] = {}
    for row in standing(StepTaken.objects.all()):
        last[row.restructure_id] = row.step
    return {pk for pk, step in last.items() if step not in (*OPEN, Step.DROPPED)}


def visible_to(viewer: Viewer) -> QuerySet[Restructure]:
    """The restructures that a viewer may see; a draft only shows to its named people, whatever else one may see."""
    seen = Q(pk__in=named_in(viewer.user_id) if viewer.may(Permission.PLAN_STRUCTURES) else [])
    if viewer.may(Permission.SEE_INTERNAL):
        seen |= Q(pk__in=published())
    return Restructure.objects.filter(seen)


def require_named(by: User, restructure: Restructure) -> Viewer:
    """The viewer of a person who may work on a restructure. Raises NotAllowed for anybody else."""
    viewer = require(by, Permission.PLAN_STRUCTURES)
    if restructure.pk not in named_in(by.pk):
        raise NotAllowed(f"{by.name} may not do this; ask somebody who works on it.")
    return viewer
