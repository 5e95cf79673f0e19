"""Writing risks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register import actions as register
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Link, Record
from goldthread.domain.register.models.writing import Lead, NewRecord, create_records, fact, write
from goldthread.domain.register.terms import CONTAINERS, GONE, RecordKind, Relation
from goldthread.domain.risks.models import Matrix, Risk, RiskScore, Treatment
from goldthread.domain.risks.queries import matrix_on
from goldthread.domain.risks.rules import matrix_of
from goldthread.domain.risks.terms import Approach, Moment
from goldthread.kernel.clock import now, today

CORPORATE = "Corporate risk register"
"""The report in which risks stand that belong to no plan or review; opened with the first of them."""


@transaction.atomic
def write_risk(*, new: NewRecord, by: User, reason: str = "") -> Record:
    """Write a risk by hand, within the plan, review or report that registers it, else in the corporate risk register."""
    parent = new.parent if isinstance(new.parent, Record) else None
    if new.kind != RecordKind.RISK or (parent is not None and parent.kind not in CONTAINERS):
        raise Refused("Choose the risk register, plan or review in which the risk stands.")
    if not new.text.strip():
        raise Refused("Write what may go wrong.")
    new.parent = parent or _corporate_register(by)
    record = register.create(new=new, by=by, reason=reason, verb="wrote a risk")
    Risk.objects.create(record=record)
    return record


def _corporate_register(by: User) -> Record:
    standing_one = Record.objects.filter(kind=RecordKind.REPORT, title=CORPORATE).exclude(state__in=GONE).first()
    if standing_one is not None:
        return standing_one
    new = NewRecord(RecordKind.REPORT, "", today(), title=CORPORATE)
    return register.create(new=new, by=by, verb="opened the corporate risk register")


@transaction.atomic
def register_printed(*, recommendations: Sequence[Record], by: User, reason: str = "") -> Event:
    """Put the key risks that recommendations print into the risk register, each once, with the printed score.

    The recommendation mitigates its risk. Likelihood and impact stay empty: the print does not say them. Raises Refused
    where a recommendation prints no risk, or its risk has been registered.
    """
    require_for(by, Permission.EDIT_RECORDS, recommendations)
    if not recommendations:
        raise Refused("There is no printed risk to register.")
    if bare := next((row for row in recommendations if not _risk_text(row)), None):
        raise Refused(f"{bare.reference} prints no risk.")
    tied = standing(Link.objects.filter(record__in=recommendations, relation=Relation.MITIGATES))
    if tied:
        raise Refused(f"The risk of {tied[0].record.reference} is in the register already.")
    names = ", ".join(row.reference for row in recommendations[:8])
    event = record_event("registered printed risks", by=by, subject=names, reason=reason)
    for row in recommendations:
        _register(row, event)
    return event


def _risk_text(row: Record) -> str:
    return str(row.details.get("key_risk") or "").strip()


def _register(row: Record, event: Event) -> None:
    spoken = row.version_facts.order_by("as_at").values_list("as_at", flat=True)[0]
    new = NewRecord(
        RecordKind.RISK,
        _risk_text(row),
        spoken,
        parent=row.within,
        section=list(row.section),
        passage=row.passage,
        position=row.position,
        visibility=row.visibility,
        restricted_because=row.restricted_because,
        leads=[Lead(row.accountable)] if row.accountable else [],
    )
    (record,) = create_records([new], series=row.series, event=event)
    Risk.objects.create(record=record)
    facts: list[Any] = [fact(Link, row, spoken, event, target=record, relation=Relation.MITIGATES)]
    printed = str(row.details.get("risk_rating") or "").strip()
    number = re.search(r"\d{1,3}", printed)
    if number:
        values = {"moment": Moment.CURRENT, "score": int(number[0]), "printed": printed[:100]}
        facts.append(fact(RiskScore, record, spoken, event, passage=row.passage, **values))
    write(facts)


@transaction.atomic
def state_score(
    *,
    risk: Record,
    moment: str,
    likelihood: int,
    impact: int,
    by: User,
    reason: str = "",
    as_at: date | None = None,
) -> Event:
    """State how likely and how bad a risk is, at a moment (inherent, current, target), on the matrix of the day.

    Raises Refused off the matrix; and where another score of that moment is on record and the product differs, without a
    reason: what moved a risk must be said.
    """
    require_for(by, Permission.EDIT_RECORDS, [risk])
    if not Risk.objects.filter(record=risk).exists():
        raise Refused(f"{risk.reference} is no risk.")
    day = as_at or today()
    matrix = matrix_on(day, viewer=require(by, Permission.EDIT_RECORDS))
    if not (1 <= likelihood <= len(matrix.likelihoods) and 1 <= impact <= len(matrix.impacts)):
        raise Refused(
            f"The matrix has {len(matrix.likelihoods)} steps of likelihood and {len(matrix.impacts)} of impact."
        )
    before = [row for row in standing(RiskScore.objects.filter(record=risk, moment=moment)) if row.as_at <= day]
    if before and not reason.strip() and _last(before).score != likelihood * impact:
        held = _last(before)
        raise Refused(
            f"It stood at {held.score}, and {likelihood} × {impact} is {likelihood * impact}: say what has changed."
        )
    event = record_event("scored a risk", by=by, subject=risk.reference, reason=reason.strip())
    values = {"moment": Moment(moment), "likelihood": likelihood, "impact": impact, "score": likelihood * impact}
    write([fact(RiskScore, risk, day, event, **values)])
    return event


def _last(rows: list[RiskScore]) -> RiskScore:
    return max(rows, key=lambda row: (row.as_at, row.recorded, row.pk))


@transaction.atomic
def treat(*, risk: Record, approach: str, by: User, text: str = "", reason: str = "") -> Event:
    """Say what is done about a risk. Raises Refused for treating or tolerating it without a word how or why."""
    require_for(by, Permission.EDIT_RECORDS, [risk])
    if not text.strip():
        raise Refused("Say how: what is done, or why nothing more is.")
    event = record_event("said how a risk is treated", by=by, subject=risk.reference, reason=reason.strip())
    write([fact(Treatment, risk, today(), event, approach=Approach(approach), text=text.strip())])
    return event


@transaction.atomic
def set_matrix(
    *,
    likelihoods: Sequence[str],
    impacts: Sequence[str],
    bands: Sequence[dict[str, Any]],
    starts: date,
    by: User,
    reason: str,
    source: str = "",
) -> Event:
    """Set the council's own matrix from a day on; scores on record keep the numbers that they were given.

    Raises Refused where a score would fall in no band, and without a reason; NotAllowed but for the whole council.
    """
    viewer = require(by, Permission.EDIT_RECORDS)
    if not viewer.may_everywhere(Permission.EDIT_RECORDS):
        raise NotAllowed("The matrix is the whole council's; ask a coordinator for the whole council.")
    if not reason.strip():
        raise Refused("Say why the matrix changes: its scores will be compared with earlier ones.")
    try:
        matrix = matrix_of(likelihoods, impacts, bands, source)
    except (ValueError, KeyError) as problem:
        raise Refused(str(problem)) from problem
    event = record_event("set the risk matrix", by=by, subject=f"from {starts}", reason=reason.strip())
    Matrix.objects.create(
        starts=starts,
        likelihoods=list(matrix.likelihoods),
        impacts=list(matrix.impacts),
        bands=[{"up_to": one.up_to, "label": one.label, "colour": one.colour} for one in matrix.bands],
        source=source.strip()[:300],
        recorded=now(),
        by=by,
        event=event,
        reason=reason.strip(),
    )
    return event
