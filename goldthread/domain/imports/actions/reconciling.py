"""A newer issue of a plan that the register has: its entries are matched to records, and one publication writes what differs."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.imports.actions.adoption import adopt
from goldthread.domain.imports.models import Import, Proposal
from goldthread.domain.imports.queries.reconciliation import pairs_with
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Record, StateChange
from goldthread.domain.register.models.writing import fact, write
from goldthread.domain.register.terms import CONTAINERS, State
from goldthread.kernel.clock import today


@transaction.atomic
def continue_plan(*, batch: Import, plan: Record, by: User) -> Import:
    """Say that a document is a newer issue of a plan, review or report: its proposals are matched to the records there.

    Nothing of the register changes. Raises Refused where proposals of it are adopted already.
    """
    viewer = require_for(by, Permission.IMPORT_DOCUMENTS, [plan])
    if plan.kind not in CONTAINERS:
        raise Refused(f"{plan.reference} is no plan, review or report; choose one.")
    if batch.proposals.filter(adopted__isnull=False).exists():
        raise Refused("Proposals of this document are adopted already; undo that first.")
    batch.continues = batch.container = plan
    batch.container_event = plan.created
    batch.save(update_fields=["continues", "container", "container_event"])
    rows = {row.key: row for row in batch.proposals.all()}
    records = Record.objects.filter(within=plan)
    by_pk = {row.pk: row for row in records}
    for row in rows.values():
        row.matched = row.likeness = None
    for pair in pairs_with(batch, viewer=viewer):
        rows[pair.new].matched, rows[pair.new].likeness = by_pk[int(pair.old)], pair.score
    Proposal.objects.bulk_update(rows.values(), ["matched", "likeness"], batch_size=200)
    record_event("matched a newer issue", by=by, subject=plan.reference, detail={"import": batch.pk})
    return batch


@transaction.atomic
def stand_alone(*, batch: Import, by: User) -> Import:
    """Take back that a document is a newer issue: it becomes a plan of its own when it is adopted."""
    require(by, Permission.IMPORT_DOCUMENTS)
    if batch.continues is None or batch.proposals.filter(adopted__isnull=False).exists():
        raise Refused("This document is no newer issue, or proposals of it are adopted already.")
    batch.continues = batch.container = batch.container_event = None
    batch.save(update_fields=["continues", "container", "container_event"])
    batch.proposals.update(matched=None, likeness=None)
    record_event("took a newer issue as a plan of its own", by=by, subject=str(batch), detail={"import": batch.pk})
    return batch


@transaction.atomic
def match_proposal(*, proposal: Proposal, record: Record | None, by: User) -> Proposal:
    """Decide which record a proposal is a newer print of; None: it is new. Raises Refused once it is decided."""
    require(by, Permission.IMPORT_DOCUMENTS)
    if proposal.state != "open":
        raise Refused("This has been decided already.")
    if record is not None and (record.within_id != proposal.batch.continues_id or record.kind != proposal.kind):
        raise Refused(f"{record.reference} is not an entry of that plan and kind.")
    if record is not None:
        proposal.batch.proposals.filter(matched=record, adopted__isnull=True).update(matched=None, likeness=None)
    proposal.matched, proposal.likeness = record, 1.0 if record is not None else None
    proposal.save(update_fields=["matched", "likeness"])
    words = record.reference if record else "nothing: it is new"
    record_event(
        "matched a proposal", by=by, subject=words, detail={"import": proposal.batch_id, "proposal": proposal.key}
    )
    return proposal


@transaction.atomic
def publish_issue(
    *, batch: Import, by: User, proposals: Sequence[Proposal], missing: Sequence[Record] = (), reason: str = ""
) -> Event:
    """Write what a newer issue says differently, in one action: the chosen proposals, and the missing records withdrawn.

    Facts speak of the day of the document. Raises Refused where it is no newer issue, or nothing was chosen.
    """
    require(by, Permission.IMPORT_DOCUMENTS)
    if batch.continues is None:
        raise Refused("Say first which plan this is a newer issue of.")
    if missing:
        require_for(by, Permission.WITHDRAW_RECORDS, missing)
        if not reason.strip():
            raise Refused("Say why the missing entries are withdrawn.")
    if any(row.within_id != batch.continues_id for row in missing):
        raise Refused("Only entries of that plan can be withdrawn here.")
    event = adopt(proposals=proposals, batch=batch, by=by, checked=True, reason=reason)
    day = batch.as_at or today()
    write(
        fact(StateChange, row, day, event, state=State.WITHDRAWN, printed="Not in the newer issue") for row in missing
    )
    return event
