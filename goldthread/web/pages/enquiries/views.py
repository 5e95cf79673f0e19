"""Pages of the lines of enquiry: those of a plan, one of them, its judgement, and the briefing."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.enquiries import actions
from goldthread.domain.enquiries.models import Judgement
from goldthread.domain.enquiries.queries import Found, PlanEnquiries, enquiries_of, may_judge
from goldthread.domain.enquiries.rules import RULES
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.terms import CONTAINERS, RecordKind
from goldthread.kernel.days import printed
from goldthread.kernel.shortening import shortened
from goldthread.reporting.briefing import FORMATS, build, file_name, rendered
from goldthread.reporting.formats import FORMATS as MEDIA
from goldthread.reporting.renderers.html import style_source
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.filters.presenter import chosen_filters
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.days import days_of
from goldthread.web.pages.enquiries.forms import ACTION, ANSWER, DISMISS, EnquiryFilters, JudgeForm
from goldthread.web.pages.enquiries.presenters import line_of
from goldthread.web.records_access import allowed_to

ON_A_PAGE = 10


@allow(Permission.SEE_PUBLISHED)
def plans(request: HttpRequest) -> HttpResponse:
    """The plans and reviews whose lines of enquiry can be looked at: the one that speaks of the newest day first."""
    rows = live_records(viewer=request.viewer).filter(kind__in=CONTAINERS)
    rows = rows.annotate(speaks_of=Max("version_facts__as_at")).order_by("-speaks_of", "-created_id")
    context = {
        "rows": [(row, RecordKind(row.kind).label, shortened(row.heading, 200)) for row in rows],
        "rules": RULES.values(),
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Enquiries")],
    }
    return render(request, "enquiries/plans.html", context)


def _plan(request: HttpRequest, reference: str) -> PlanEnquiries:
    """The enquiries of a plan on the day of the address; 404 where it did not stand or the viewer may not see it."""
    found = enquiries_of(reference, viewer=request.viewer, **days_of(request).asked)
    if found is None:
        raise Http404
    return found


@allow(Permission.SEE_PUBLISHED)
def enquiries(request: HttpRequest, reference: str) -> HttpResponse:
    """What does not add up in a plan, best first, filtered as the address says."""
    found, days = _plan(request, reference), days_of(request)
    filters = EnquiryFilters(request.GET, found.rows)
    rows = [row for row in found.rows if filters.lets(row)]
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    chosen = chosen_filters(filters, request.GET) if filters.is_bound and filters.is_valid() else []
    context = {
        "plan": found.plan,
        "title": shortened(found.plan.heading, 200),
        "on": printed(found.on),
        "days": days,
        "lines": [line_of(row, found, viewer=request.viewer, query=days.query) for row in page],
        "matching": len(rows),
        "pages": pages_of(page, request.GET),
        "open": len(found.open()),
        "judged": len(found.rows) - len(found.open()),
        "entries": found.entries,
        "any": bool(found.rows),
        "filters": filters,
        "chosen": chosen,
        "formats": [(form, MEDIA[form].label) for form in FORMATS],
        "crumbs": [
            Crumb("Home", reverse("home")),
            Crumb("Enquiries", reverse("enquiries")),
            Crumb(found.plan.reference),
        ],
    }
    return render(request, "enquiries/list.html", context)


@allow(Permission.SEE_PUBLISHED)
def enquiry(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One line of enquiry with every printed word it stands on, and, for who may, what becomes of it."""
    found, days = _plan(request, reference), days_of(request)
    row = _row(found, key)
    may = may_judge(request.viewer, row.record.record) and not days.known_on
    form = _form(request, row) if may else None
    return _one(request, found, row, form)


@allow(Permission.WAIVE_CHECKS)
def judge(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Answer, dismiss, turn into an action, or open again."""
    found, days = _plan(request, reference), days_of(request)
    row = _row(found, key)
    if not may_judge(request.viewer, row.record.record):
        raise Http404
    form = _form(request, row)
    if form.is_valid():
        made = attempt(form, lambda: _done(request, found, row, form.cleaned_data))
        if made is not None:
            say_done(request, _said(made), made.event)
            return redirect(reverse("plan_enquiries", args=[found.plan.reference]) + days.query)
    return _one(request, found, row, form)


def _row(found: PlanEnquiries, key: str) -> Found:
    row = next((row for row in found.rows if row.enquiry.key == key), None)
    if row is None:
        raise Http404
    return row


def _form(request: HttpRequest, row: Found) -> JudgeForm:
    may_write = allowed_to(request.viewer, row.record.record).edit
    return JudgeForm(request.POST or None, standing=row.standing, may_write=may_write)


def _done(request: HttpRequest, found: PlanEnquiries, row: Found, values: dict[str, Any]) -> Judgement:
    where: dict[str, Any] = {
        "plan": found.plan.reference,
        "key": row.enquiry.key,
        "by": request.user,
        "as_at": found.on,
    }
    if values["do"] == ACTION:
        return actions.turn_into_action(**where, text=values["said"], timescale=values["timescale"])
    act = {ANSWER: actions.answer, DISMISS: actions.dismiss}.get(values["do"], actions.reopen)
    return act(**where, said=values["said"])


def _said(made: Judgement) -> str:
    if made.action is not None:
        return f"{made.action.reference} was written, and the enquiry points to it."
    return {
        "answered": "The answer is on record.",
        "dismissed": "The enquiry is dismissed; it can be opened again.",
    }.get(made.standing, "The enquiry is open again.")


def _one(request: HttpRequest, found: PlanEnquiries, row: Found, form: JudgeForm | None) -> HttpResponse:
    days = days_of(request)
    plan = reverse("plan_enquiries", args=[found.plan.reference]) + days.query
    context = {
        "plan": found.plan,
        "line": line_of(row, found, viewer=request.viewer),
        "on": printed(found.on),
        "form": form,
        "days": days,
        "back": plan,
        "judge": reverse("enquiry_judge", args=[found.plan.reference, row.enquiry.key]) + days.query,
        "crumbs": [
            Crumb("Home", reverse("home")),
            Crumb("Enquiries", reverse("enquiries")),
            Crumb(found.plan.reference, plan),
            Crumb(row.enquiry.rule),
        ],
    }
    return render(request, "enquiries/one.html", context)


@allow(Permission.SEE_PUBLISHED)
def briefing(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """The two-page briefing in one of its formats."""
    if form not in FORMATS:
        raise Http404
    found = _plan(request, reference)
    made = build(found)
    response = HttpResponse(rendered(made, form), content_type=MEDIA[form].media_type)
    if form == "html":  # one file that carries its own styles
        response._csp_update = {"style-src": [style_source()]}  # type: ignore[attr-defined]
    where = "inline" if form == "html" else "attachment"
    response["Content-Disposition"] = f'{where}; filename="{file_name(made, form, found)}"'
    return response
