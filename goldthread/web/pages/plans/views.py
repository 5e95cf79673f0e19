"""Pages of plans."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.plans.queries import PlanCounts, counts_by_plan, plan_at, plans
from goldthread.domain.register.access import may
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.terms import Visibility
from goldthread.kernel.ratings import ROLL_UP_WORDS
from goldthread.kernel.shortening import shortened
from goldthread.reporting.formats import FORMATS, file_name
from goldthread.reporting.improvement_plan import NoSuchPlan, build
from goldthread.reporting.renderers.html import style_source
from goldthread.web.addresses import address_named
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.filters.presenter import chosen_filters
from goldthread.web.days import days_of
from goldthread.web.entries import tags_on_day
from goldthread.web.pages.plans.filters import PlanFilters
from goldthread.web.pages.plans.presenters import all_actions, plan_line, plan_page
from goldthread.web.records_access import allowed_to, can_be_added


@allow(Permission.SEE_PUBLISHED)
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every plan that the viewer may see."""
    counts = counts_by_plan(viewer=request.viewer)
    lines = [plan_line(plan, counts.get(plan.pk, PlanCounts())) for plan in plans(viewer=request.viewer)]
    crumbs = [Crumb("Home", reverse("home")), Crumb("Plans")]
    may_add = request.viewer.may_everywhere(Permission.EDIT_RECORDS)
    imports = address_named("imports") if request.viewer.may(Permission.IMPORT_DOCUMENTS) else ""
    context = {
        "lines": lines,
        "crumbs": crumbs,
        "may_add": may_add,
        "imports_href": imports,
        "inside": request.viewer.may(Permission.SEE_INTERNAL),
    }
    return render(request, "plans/list.html", context)


@allow(Permission.SEE_PUBLISHED)
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """A plan on a day, by theme, filtered as the address says."""
    days = days_of(request)
    found = plan_at(reference, viewer=request.viewer, **days.asked)
    if found is None:
        raise Http404
    filters = PlanFilters(request.GET, all_actions(found))
    page = plan_page(found, filters, query=days.query)
    allowed = allowed_to(request.viewer, found.plan.record)
    context = {
        "plan": found,
        "row": found.plan,
        "title": shortened(found.plan.heading, 200),
        "page": page,
        "roll_up_words": ROLL_UP_WORDS,
        "days": days,
        "filters": filters,
        "chosen": chosen_filters(filters, request.GET) if page.filtered else [],
        "tags": tags_on_day(found.plan),
        "allowed": allowed,
        "can_add": can_be_added(found.plan.record) if allowed.edit else [],
        "runs_rounds": may(request.viewer, Permission.RUN_ROUNDS, found.plan.record),
        "bulk": allowed.edit and not days.chosen,
        "everything": _everything(request, found.plan.record) if allowed.edit and not days.chosen else [],
        "formats": FORMATS.values(),
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Plans", reverse("plans")), Crumb(found.plan.reference)],
    }
    return render(request, "plans/plan.html", context)


def _everything(request: HttpRequest, plan: Record) -> list[str]:
    """The plan and what stands in it, to be opened or closed together; what is restricted is only opened one by one."""
    inside = live_records(viewer=request.viewer).filter(within=plan).exclude(visibility=Visibility.RESTRICTED)
    return [plan.reference, *inside.order_by("pk").values_list("reference", flat=True)]


@allow(Permission.SEE_PUBLISHED)
def report(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """The report on a plan in one of its formats."""
    days, made = days_of(request), FORMATS.get(form)
    if made is None:
        raise Http404
    try:
        built = build(reference, viewer=request.viewer, **days.asked)
    except NoSuchPlan:
        raise Http404 from None
    response = HttpResponse(made.render(built), content_type=made.media_type)
    where = "inline" if form == "html" else "attachment"
    if form == "html":  # one file that carries its own styles
        response._csp_update = {"style-src": [style_source()]}  # type: ignore[attr-defined]
    response["Content-Disposition"] = f'{where}; filename="{file_name(built, form)}"'
    return response
