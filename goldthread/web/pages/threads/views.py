"""The thread of a record: as a page, a picture, a table and JSON."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.queries import holders
from goldthread.domain.register.queries.threads import Thread, thread
from goldthread.kernel.shortening import shortened
from goldthread.reporting.threads import as_csv, picture, told_in, values_of
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.csv_files import csv_bytes
from goldthread.web.days import Days, days_of
from goldthread.web.entries import address_of
from goldthread.web.pages.records.presenters import crumbs_of
from goldthread.web.pages.threads.presenters import branch_lines


def _thread(request: HttpRequest, reference: str) -> tuple[Thread, Days]:
    days = days_of(request)
    found = thread(reference, viewer=request.viewer, **days.asked)
    if found is None:
        raise Http404
    return found, days


@allow(Permission.SEE_PUBLISHED)
def thread_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The thread as a nested list, with what was said, shown and reported of each record."""
    found, days = _thread(request, reference)
    knots = found.knots()
    owners = {knot.row.accountable.pk for knot in knots if knot.row.accountable is not None}
    held = holders(owners, viewer=request.viewer, on=found.on, known_on=days.known_on)
    issued = told_in([knot.row for knot in knots], viewer=request.viewer)
    record = found.start.record
    context = {
        "row": found.start.row,
        "title": shortened(found.start.row.heading, 160),
        "above": branch_lines(found, held, issued, days.query, above=True),
        "here": branch_lines(found, held, issued, days.query, above=None),
        "below": branch_lines(found, held, issued, days.query, above=False),
        "many_below": len(found.down()),
        "days": days,
        "back": address_of(record),
        "crumbs": [*crumbs_of(record)[:-1], Crumb(record.reference, address_of(record)), Crumb("Thread")],
    }
    return render(request, "threads/thread.html", context)


@allow(Permission.SEE_PUBLISHED)
def thread_picture(request: HttpRequest, reference: str) -> HttpResponse:
    """The thread as an SVG picture: shapes and words only, shut off from everything else."""
    found, _ = _thread(request, reference)
    return as_picture(picture(found), f"thread-{found.start.record.reference}.svg", request)


def as_picture(content: bytes, name: str, request: HttpRequest) -> HttpResponse:
    """An SVG answer that runs nothing and fetches nothing, also when it is opened by itself; ``?download`` saves it."""
    response = HttpResponse(content, content_type="image/svg+xml")
    how = "attachment" if "download" in request.GET else "inline"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@allow(Permission.SEE_PUBLISHED)
def thread_table(request: HttpRequest, reference: str) -> HttpResponse:
    """The thread as a CSV file."""
    found, _ = _thread(request, reference)
    name = f"thread-{found.start.record.reference}.csv"
    return csv_bytes(name, as_csv(values_of(found, viewer=request.viewer)))


@allow(Permission.SEE_PUBLISHED)
def thread_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The thread as JSON, with its address."""
    found, _ = _thread(request, reference)
    values = {
        "reference": found.start.record.reference,
        "as_at": found.on,
        "page": request.build_absolute_uri(reverse("thread", args=[found.start.record.reference])),
        "records": values_of(found, viewer=request.viewer),
    }
    return JsonResponse(values, json_dumps_params={"ensure_ascii": False, "indent": 1})
