"""Lineages: one as a page, a picture and JSON; all of them with what came back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.reviews.queries.lineage import Lineage, came_back, lineage_of, lineages
from goldthread.kernel.shortening import shortened
from goldthread.reporting.lineages import in_words, picture, values_of
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.days import Days, days_of
from goldthread.web.entries import address_of
from goldthread.web.pages.lineage.presenters import step_line
from goldthread.web.pages.records.presenters import crumbs_of
from goldthread.web.pages.threads.views import as_picture


def _lineage(request: HttpRequest, reference: str) -> tuple[Lineage, Days]:
    days = days_of(request)
    found = lineage_of(reference, viewer=request.viewer, **days.asked)
    if found is None:
        raise Http404
    return found, days


@allow(Permission.SEE_PUBLISHED)
def lineage_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What was raised, what became of it on record, when it was raised again, what answered it."""
    found, days = _lineage(request, reference)
    asked = next(one for one in found.steps if one.row.reference.casefold() == reference.strip().casefold())
    words = "; ".join(in_words(found))
    context = {
        "row": asked.row,
        "words": words[:1].upper() + words[1:],
        "alone": len(found.steps) == 1,
        "lines": [step_line(one, days.query) for one in found.steps],
        "days": days,
        "back": address_of(asked.row.record),
        "may_edit": request.viewer.may(Permission.EDIT_RECORDS) and not days.chosen,
        "crumbs": [
            *crumbs_of(asked.row.record)[:-1], Crumb(asked.row.reference, address_of(asked.row.record)), Crumb("Lineage"),
        ],
    }  # fmt: skip
    return render(request, "lineage/lineage.html", context)


@allow(Permission.SEE_PUBLISHED)
def lineage_picture(request: HttpRequest, reference: str) -> HttpResponse:
    """The lineage as an SVG picture."""
    found, _ = _lineage(request, reference)
    return as_picture(picture(found), f"lineage-{reference}.svg", request)


@allow(Permission.SEE_PUBLISHED)
def lineage_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The lineage as JSON."""
    found, _ = _lineage(request, reference)
    return JsonResponse(values_of(found), json_dumps_params={"ensure_ascii": False, "indent": 1})


@allow(Permission.SEE_PUBLISHED)
def all_lineages(request: HttpRequest) -> HttpResponse:
    """Every lineage in short, and the figures of what came back after being closed."""
    days = days_of(request)
    figures = came_back(viewer=request.viewer, **days.asked)
    lines = []
    for one in lineages(viewer=request.viewer, **days.asked):
        first = one.steps[0].row
        lines.append((first.reference, shortened(first.heading, 160), "; ".join(in_words(one)), one.theme))
    context = {
        "lines": lines,
        "figures": figures,
        "tables": [("Directorate", figures.by("directorate")), ("Theme", figures.by("theme"))],
        "closed": [
            (one.earlier.row, one.earlier.closed_on, one.later.row, one.directorate, one.theme)
            for one in figures.after_closing
        ],
        "days": days,
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Reviews", reverse("reviews")), Crumb("Lineages")],
    }
    return render(request, "lineage/all.html", context)
