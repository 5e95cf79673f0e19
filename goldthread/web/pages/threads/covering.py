"""Coverage: the figures, and the lists of what lacks what."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.queries import holders
from goldthread.domain.register.queries.coverage import MEASURES, coverage
from goldthread.kernel.shortening import shortened
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.days import days_of
from goldthread.web.pages.threads.presenters import broken, coverage_lines, group_rows
from goldthread.web.rows import row_on_day

ON_A_PAGE = 50
WORST = 20


@allow(Permission.SEE_INTERNAL)
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of everything the viewer sees, of each plan and review, of each directorate; and where it is most broken."""
    days = days_of(request)
    found = coverage(viewer=request.viewer, **days.asked)
    context = {
        "found": found,
        "counted": found.whole.shares["priority"].whole,
        "lines": [line for line in coverage_lines(found.whole, query={}, days=days.query) if line.whole],
        "nothing": [one.measure.among for one in found.whole.shares.values() if not one.whole],
        "measures": MEASURES,
        "plans": group_rows(found.plans, name="plan", days=days.query),
        "directorates": group_rows(found.directorates, name="directorate", days=days.query),
        "broken": broken(found, WORST),
        "days": days,
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Coverage")],
    }
    return render(request, "threads/coverage.html", context)


@allow(Permission.SEE_INTERNAL)
def those_lacking(request: HttpRequest, measure: str) -> HttpResponse:
    """The entries that lack something, of everything, of one plan or of one directorate; to be chosen and put right."""
    days = days_of(request)
    found = coverage(viewer=request.viewer, **days.asked)
    plan, directorate = request.GET.get("plan", ""), request.GET.get("directorate", "")
    share = found.share(measure, plan=plan, directorate=directorate)
    if share is None:
        raise Http404
    page = Paginator(share.lacking, ON_A_PAGE).get_page(request.GET.get("page"))
    owners = {row.accountable.pk for row in page if row.accountable is not None}
    held = holders(owners, viewer=request.viewer, on=found.on, known_on=days.known_on)
    named = {one.reference: shortened(one.name, 80) for one in found.plans}
    context = {
        "share": share,
        "rows": [row_on_day(row, held, query=days.query) for row in page],
        "pages": pages_of(page, request.GET),
        "where": next((name for ref, name in named.items() if ref.casefold() == plan.casefold()), directorate),
        "may_edit": request.viewer.may(Permission.EDIT_RECORDS) and not days.chosen,
        "do": {"priority": "tie", "answered": "", "date": "due", "owner": "reassign"}.get(measure, ""),
        "days": days,
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Coverage", reverse("coverage")), Crumb(share.measure.label)],
    }
    return render(request, "threads/lacking.html", context)
