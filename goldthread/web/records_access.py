"""What a viewer may do to a record, and what can be written inside it: asked by every page that shows records."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.access import may
from goldthread.domain.register.models import Record
from goldthread.domain.register.terms import RecordKind

INSIDE: dict[RecordKind, tuple[RecordKind, ...]] = {
    RecordKind.PLAN: (RecordKind.OBJECTIVE, RecordKind.ACTION, RecordKind.RECOMMENDATION),
    RecordKind.OBJECTIVE: (RecordKind.ACTION, RecordKind.CRITERION),
    RecordKind.REVIEW: (RecordKind.RECOMMENDATION, RecordKind.FINDING),
    RecordKind.REPORT: (RecordKind.RECOMMENDATION, RecordKind.FINDING),
    RecordKind.VISION: (RecordKind.PRIORITY,),
    RecordKind.PRIORITY: (RecordKind.OUTCOME,),
}
"""Which kinds can be written inside a record of a kind."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the viewer may do to a record."""

    update: bool = False
    edit: bool = False
    withdraw: bool = False
    verify: bool = False
    inside: bool = False  # sees what is internal there: evidence, who has proposed what

    @property
    def anything(self) -> bool:
        """Whether there is anything to offer."""
        return self.update or self.edit or self.withdraw or self.verify


def allowed_to(viewer: Viewer, record: Record) -> Allowed:
    """What a viewer may do to a record, by role and scope, or by the post that they hold."""
    if viewer.user_id is None:
        return Allowed()
    update = may(viewer, Permission.ADD_UPDATES, record)
    return Allowed(
        update=update,
        edit=may(viewer, Permission.EDIT_RECORDS, record),
        withdraw=may(viewer, Permission.WITHDRAW_RECORDS, record),
        verify=may(viewer, Permission.VERIFY, record),
        inside=update or may(viewer, Permission.SEE_INTERNAL, record),
    )


def can_be_added(record: Record) -> list[tuple[str, str]]:
    """What can be written inside a record: (words, address)."""
    kinds = INSIDE.get(RecordKind(record.kind), ())
    return [(kind.label.lower(), reverse("entry_new", args=[record.reference, kind.value])) for kind in kinds]
