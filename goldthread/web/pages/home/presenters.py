"""What the first page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from goldthread.domain.organisation.queries import Holder
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.domain.plans.queries import PlanCounts
from goldthread.domain.register.models import Record
from goldthread.domain.rounds.queries.work import Work
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.web.components.bar.presenter import Bar
from goldthread.web.components.lead.presenter import Lead
from goldthread.web.entries import address_of
from goldthread.web.ratings import rating_bar
from goldthread.web.rows import EntryRow, row_today


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for the viewer: how much of it, what it is, where to do it."""

    count: int
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PlanGlance:
    """A plan at a glance."""

    title: str
    reference: str
    href: str
    bar: Bar
    actions: int
    open_actions: int


def lead_today(record: Record, holders: Mapping[int, Sequence[Holder]]) -> Lead:
    """The lead of a record today, from what the record itself holds."""
    owner = record.accountable
    names = tuple(record.printed_leads.splitlines())
    if owner is None:
        return Lead(unmatched=names)
    held = holders.get(owner.pk, [])
    vacant = owner.kind == OwnerKind.POST and not held
    return Lead(owner.name, ", ".join(str(one) for one in held), vacant, names)


def my_rows(records: Iterable[Record], holders: Mapping[int, Sequence[Holder]]) -> list[EntryRow]:
    """The rows of what the viewer answers for."""
    return [row_today(record, lead_today(record, holders)) for record in records]


def glances(plans: Iterable[Record], counts: Mapping[int, PlanCounts]) -> list[PlanGlance]:
    """Plans with their bars; each part of a bar leads to the plan with that rating as its filter."""
    found = []
    for plan in plans:
        count = counts.get(plan.pk, PlanCounts())
        found.append(
            PlanGlance(
                title=shortened(plan.heading, 120),
                reference=plan.reference,
                href=address_of(plan),
                bar=rating_bar(
                    f"Actions of {plan.reference} by rating",
                    count.open_by_rating,
                    done=count.done,
                    verified=count.verified,
                    address=reverse("plan", args=[plan.reference]),
                ),
                actions=count.actions,
                open_actions=count.open,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One thing to do in a reporting round."""

    what: str
    href: str
    round: str
    plan: str
    number: int
    due: date
    late: bool


def work_lines(work: Iterable[Work]) -> list[WorkLine]:
    """What waits for the viewer in the rounds, with the page on which it is done."""
    return [
        WorkLine(
            what=one.what,
            href=reverse(one.page) if one.page == "updates" else reverse(one.page, args=[one.round.pk]),
            round=one.round.name,
            plan=shortened(one.round.plan.heading, 80),
            number=one.number,
            due=one.due,
            late=one.due < today(),
        )
        for one in work
    ]
