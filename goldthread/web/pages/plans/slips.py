"""How dates have moved, by directorate: figures, a picture, every entry that slipped, and the same as CSV."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import record_by_reference
from goldthread.domain.register.queries.slips import BEYOND, CLASSES, WITHOUT, Moved, SlipFigures, slip_figures
from goldthread.kernel.shortening import shortened
from goldthread.reporting.flat import FlatColumn, FlatTable
from goldthread.reporting.renderers.csv import of_table
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.csv_files import csv_bytes
from goldthread.web.entries import address_of

ON_A_PAGE = 50
COLOURS = dict(
    zip(
        [*(words for _, words in CLASSES), BEYOND, WITHOUT], ["green", "yellow", "orange", "red", "purple"], strict=True
    )
)
COLUMNS = tuple(
    FlatColumn(name, width)
    for name, width in (
        ("Reference", 12), ("Text", 60), ("Directorate", 24), ("Plan", 12), ("Said on", 12), ("Was", 12), ("Became", 12),
        ("Days", 8), ("Why", 40), ("Agreed by", 24), ("First date", 12), ("Date now", 12), ("Days later in all", 10),
    )
)  # fmt: skip


@allow(Permission.SEE_PUBLISHED)
def slips(request: HttpRequest) -> HttpResponse:
    """The figures of what the viewer sees, of one plan if the address says so."""
    within = _within(request)
    figures = slip_figures(viewer=request.viewer, within=within)
    page = Paginator(figures[0].moved, ON_A_PAGE).get_page(request.GET.get("page"))
    crumbs = [Crumb("Home", reverse("home")), Crumb("Plans", reverse("plans"))]
    if within is not None:
        crumbs.append(Crumb(within.reference, address_of(within)))
    context = {
        "within": within,
        "whole": figures[0],
        "rows": [(one, _bar(one)) for one in figures if one.entries],
        "moved": [(one, address_of(one.record), shortened(one.record.heading, 160), _last(one)) for one in page],
        "pages": pages_of(page, request.GET),
        "crumbs": [*crumbs, Crumb("How dates have moved")],
        "query": f"?within={within.reference}" if within is not None else "",
    }
    return render(request, "plans/slips.html", context)


@allow(Permission.SEE_PUBLISHED)
def slips_csv(request: HttpRequest) -> HttpResponse:
    """Every move of every date that is later than first set, one a line."""
    figures = slip_figures(viewer=request.viewer, within=_within(request))
    rows = tuple(_line(one, number) for one in figures[0].moved for number in range(len(one.moves)))
    return csv_bytes("dates-moved.csv", of_table(FlatTable("Slips", COLUMNS, rows)))


def _within(request: HttpRequest) -> Record | None:
    if not (wanted := request.GET.get("within", "")):
        return None
    found = record_by_reference(wanted, viewer=request.viewer)
    if found is None:
        raise Http404
    return found


def _bar(figures: SlipFigures) -> Bar:
    parts = [(words, count, COLOURS[words], "") for words, count in figures.classes]
    return stacked(figures.name, parts)


def _last(one: Moved) -> str:
    move = one.moves[-1]
    agreed = f" Agreed by {move.agreed_by.owner.name}." if move.agreed_by else ""
    return f"{move.reason or 'No reason on record.'}{agreed}"


def _line(one: Moved, number: int) -> tuple[object, ...]:
    record, move = one.record, one.moves[number]
    return (
        record.reference, record.heading, record.directorate.name if record.directorate else "",
        record.within.reference if record.within else "", move.date, move.was, move.now, move.days, move.reason,
        move.agreed_by.owner.name if move.agreed_by else "", one.moves[0].was, one.moves[-1].now, one.days,
    )  # fmt: skip
