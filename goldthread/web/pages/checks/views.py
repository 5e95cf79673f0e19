"""Pages of the data checks: what is wrong, what to do about it, and what is let stand."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.checks import actions
from goldthread.commons.checks.catalogue import all_checks
from goldthread.commons.checks.queries import Problem, may_waive, problems
from goldthread.commons.checks.terms import Severity
from goldthread.kernel.clock import today
from goldthread.reporting.flat import FlatColumn, FlatTable
from goldthread.reporting.renderers.csv import of_table
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.filters.presenter import chosen_filters
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.csv_files import csv_bytes
from goldthread.web.pages.checks.forms import EndForm, ProblemFilters, WaiverForm

ON_A_PAGE = 50
TAGS = {
    Severity.ERROR: Tag("Error", "red"),
    Severity.WARNING: Tag("Warning", "yellow"),
    Severity.NOTE: Tag("Note", "grey"),
}
_CSV = (
    FlatColumn("Check", 8),
    FlatColumn("Severity", 10),
    FlatColumn("Part of the register", 16),
    FlatColumn("At", 16),
    FlatColumn("Plan or review", 16),
    FlatColumn("What is wrong", 80),
    FlatColumn("What to do", 60),
    FlatColumn("Waived until", 13),
    FlatColumn("Waived by", 20),
    FlatColumn("Why waived", 40),
)


@allow(Permission.SEE_INTERNAL)
def checks(request: HttpRequest) -> HttpResponse:
    """What the checks find today in what the viewer may see, worst first, filtered as the address says."""
    found = problems(viewer=request.viewer, on=today())
    filters = ProblemFilters(request.GET, found)
    shown = [row for row in found if filters.lets(row)]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    chosen = chosen_filters(filters, request.GET) if filters.is_bound and filters.is_valid() else []
    standing = [row for row in found if row.waived is None]
    context = {
        "rows": [_row(row, request) for row in page],
        "counts": [(severity, sum(row.severity is severity for row in standing)) for severity in Severity],
        "waived": len(found) - len(standing),
        "shown": len(shown),
        "filters": filters,
        "chosen": chosen,
        "pages": pages_of(page, request.GET),
        "query": request.GET.urlencode(),
        "every": [(one, TAGS[one.severity]) for one in all_checks()],
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Checks")],
    }
    return render(request, "checks/list.html", context)


def _row(row: Problem, request: HttpRequest) -> dict[str, object]:
    at = urlencode({"at": row.reference})
    name = "check_end" if row.waived else "check_waive"
    return {
        "problem": row,
        "tag": TAGS[row.severity],
        "href": reverse(row.route, args=row.args),
        "judge": f"{reverse(name, args=[row.number])}?{at}" if may_waive(request.viewer, row) else "",
    }


@allow(Permission.SEE_INTERNAL)
def checks_csv(request: HttpRequest) -> HttpResponse:
    """What the page shows, as CSV."""
    found = problems(viewer=request.viewer, on=today())
    filters = ProblemFilters(request.GET, found)
    rows = tuple(
        (
            row.number, row.severity.label, row.check.room, row.reference, row.plan, row.sentence, row.what_to_do,
            row.waived.until if row.waived else None, row.waived.by.name if row.waived else "",
            row.waived.reason if row.waived else "",
        )
        for row in found
        if filters.lets(row)
    )  # fmt: skip
    return csv_bytes(f"checks-{today().isoformat()}.csv", of_table(FlatTable("Checks", _CSV, rows)))


@allow(Permission.WAIVE_CHECKS)
def waive(request: HttpRequest, number: str) -> HttpResponse:
    """Let one problem stand until a day, with a reason."""
    row = _problem(request, number)
    form = WaiverForm(request.POST or None, initial={"until": today() + timedelta(days=90)})
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(
            form, lambda: actions.waive(number=row.number, reference=row.reference, by=request.user, **values)
        )
        if made is not None:
            say_done(request, f"{row.number} at {row.reference} is waived. It is still shown, as waived.", made.event)
            return redirect("checks")
    return _page(request, row, form, title="Waive a check", button="Waive it")


@allow(Permission.WAIVE_CHECKS)
def end(request: HttpRequest, number: str) -> HttpResponse:
    """End a waiver before its time."""
    row = _problem(request, number)
    if row.waived is None:
        raise Http404
    form = EndForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(
            form, lambda: actions.end_waiver(number=row.number, reference=row.reference, by=request.user, **values)
        )
        if made is not None:
            say_done(request, f"{row.number} at {row.reference} counts again.", made.event)
            return redirect("checks")
    return _page(request, row, form, title="End a waiver", button="End it")


def _problem(request: HttpRequest, number: str) -> Problem:
    """The problem that the address names; 404 where none stands there or the viewer may not waive it."""
    found = problems(viewer=request.viewer, on=today(), numbers=[number])
    here = next((row for row in found if row.reference == request.GET.get("at")), None)
    if here is None or not may_waive(request.viewer, here):
        raise Http404
    return here


def _page(request: HttpRequest, row: Problem, form: WaiverForm | EndForm, *, title: str, button: str) -> HttpResponse:
    context = {
        "problem": row,
        "tag": TAGS[row.severity],
        "href": reverse(row.route, args=row.args),
        "form": form,
        "title": title,
        "button": button,
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Checks", reverse("checks")), Crumb(row.number)],
    }
    return render(request, "checks/form.html", context)
