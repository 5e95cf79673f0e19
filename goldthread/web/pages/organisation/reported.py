"""Which owners had updates recorded on what they answer for, by quarter or by the rounds of a plan, and which had none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Owner
from goldthread.domain.organisation.queries import holders
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import live_records, record_by_reference
from goldthread.domain.register.queries.reported import InPeriod, OwnerReported, Period, reported_by_owner
from goldthread.domain.register.terms import CONTAINERS
from goldthread.domain.rounds.queries import rounds_in_reach
from goldthread.domain.rounds.terms import RoundState
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.kernel.years import Quarter
from goldthread.reporting.flat import FlatColumn, FlatTable
from goldthread.reporting.renderers.csv import of_table
from goldthread.reporting.wording import counted
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.csv_files import csv_bytes
from goldthread.web.pages.organisation.views import crumbs

PERIODS = 8
ON_A_PAGE = 60
QUARTERS, ROUNDS = "quarters", "rounds"
COLUMNS = tuple(
    FlatColumn(name, width)
    for name, width in (
        ("Owner", 40), ("Directorate", 24), ("Held today by", 24), ("Period", 20), ("From", 12), ("To", 12),
        ("Items", 8), ("With an update", 10), ("Without", 8), ("Items without", 60),
    )
)  # fmt: skip


class PeriodsForm(forms.Form):
    """Of which plan, and by what."""

    within = forms.ChoiceField(label="Plan or review", required=False)
    by = forms.ChoiceField(
        label="By", required=False, choices=[(QUARTERS, "Quarter"), (ROUNDS, "Reporting round of the plan")]
    )

    def __init__(self, *arguments: object, viewer: Viewer, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        rows = live_records(viewer=viewer).filter(kind__in=CONTAINERS).order_by("reference")
        named = [(row.reference, f"{row.reference} {shortened(row.heading, 60)}") for row in rows]
        self.fields["within"].choices = [("", "All plans and reviews"), *named]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    within: Record | None
    by: str
    periods: list[Period]


def _asked(request: HttpRequest) -> Asked:
    reference = request.GET.get("within", "")
    within = record_by_reference(reference, viewer=request.viewer) if reference else None
    if reference and within is None:
        raise Http404
    by = ROUNDS if within is not None and request.GET.get("by") == ROUNDS else QUARTERS
    periods = _rounds(within, request.viewer) if by == ROUNDS and within is not None else _quarters()
    return Asked(within, by, periods)


def _quarters() -> list[Period]:
    quarter, found = Quarter.of(today()), []
    for _ in range(PERIODS):
        found.append(Period(quarter.label, quarter.start, quarter.end))
        quarter = quarter.previous()
    return found[::-1]


def _rounds(plan: Record, viewer: Viewer) -> list[Period]:
    rows = rounds_in_reach(viewer=viewer).filter(plan=plan, starts__lte=today()).exclude(state=RoundState.CALLED_OFF)
    return [Period(row.name, row.starts, row.as_at) for row in rows[:PERIODS]][::-1]


@allow(Permission.SEE_INTERNAL)
def reported(request: HttpRequest) -> HttpResponse:
    """Owners with what they answer for, period by period, the longest silent first; and the whole as a picture."""
    asked = _asked(request)
    rows = reported_by_owner(asked.periods, viewer=request.viewer, within=asked.within) if asked.periods else []
    owned = [row for row in rows if row.owner is not None]
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    held = holders([row.owner.pk for row in page if row.owner], viewer=request.viewer)
    running = [period.ends >= today() for period in asked.periods]
    context = {
        "form": PeriodsForm(
            viewer=request.viewer,
            initial={"within": asked.within.reference if asked.within else "", "by": asked.by},
        ),
        "asked": asked,
        "names": [f"{one.name}{' so far' if now else ''}" for one, now in zip(asked.periods, running, strict=True)],
        "rows": [_shown(row, held, asked.periods) for row in page],
        "owners": len(owned),
        "silent": sum(row.silent_for > 0 for row in owned),
        "never": sum(not any(each.reported for each in row.periods) for row in owned),
        "period": "round" if asked.by == ROUNDS else "quarter",
        "bars": _bars(owned, asked.periods),
        "pages": pages_of(page, request.GET),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "no_rounds": asked.by == ROUNDS and not asked.periods,
        "crumbs": crumbs(Crumb("Updates by owner")),
    }
    return render(request, "organisation/reported.html", context)


def _shown(row: OwnerReported, held: dict[int, list[object]], periods: Sequence[Period]) -> dict[str, object]:
    owner = row.owner
    return {
        "name": str(owner) if owner else "No matched lead",
        "href": reverse("post", args=[owner.pk]) if owner else "",
        "about": _about(owner, held),
        "cells": [(period.name, each, _words(each)) for period, each in zip(periods, row.periods, strict=True)],
        "silent_for": row.silent_for,
    }


def _about(owner: Owner | None, held: dict[int, list[object]]) -> str:
    if owner is None:
        return "A name is printed that nobody has matched yet, or none"
    return ", ".join(str(each) for each in held.get(owner.pk, [])) or str(owner.directorate or "")


def _words(held: InPeriod) -> str:
    return f"{len(held.reported)} of {held.items}" if held.items else "–"


def _bars(rows: Sequence[OwnerReported], periods: Sequence[Period]) -> list[Bar]:
    """For each period how many owners had updates on all, some and none of what they answered for."""
    bars = []
    for at, period in enumerate(periods):
        held = [row.periods[at] for row in rows if row.periods[at].items]
        every = sum(not each.silent for each in held)
        none = sum(not each.reported for each in held)
        parts = [
            ("On every item", every, "green", ""),
            ("On some", len(held) - every - none, "yellow", ""),
            ("On none", none, "red", ""),
        ]
        bars.append(stacked(f"{period.name}: {counted(len(held), 'owner')} with items", parts))
    return bars


@allow(Permission.SEE_INTERNAL)
def reported_csv(request: HttpRequest) -> HttpResponse:
    """The same, one owner and period a line, with the references of the items that had no update."""
    asked = _asked(request)
    rows = reported_by_owner(asked.periods, viewer=request.viewer, within=asked.within) if asked.periods else []
    held = holders([row.owner.pk for row in rows if row.owner], viewer=request.viewer)
    lines = tuple(
        _line(row, period, each, ", ".join(str(one) for one in held.get(row.owner.pk, [])) if row.owner else "")
        for row in rows
        for period, each in zip(asked.periods, row.periods, strict=True)
    )
    return csv_bytes("updates-by-owner.csv", of_table(FlatTable("Updates by owner", COLUMNS, lines)))


def _line(row: OwnerReported, period: Period, held: InPeriod, names: str) -> tuple[object, ...]:
    owner = row.owner
    return (
        str(owner) if owner else "No matched lead", str(owner.directorate or "") if owner else "", names, period.name,
        period.starts, period.ends, held.items, len(held.reported), len(held.silent),
        ", ".join(one.reference for one in held.silent),
    )  # fmt: skip
