"""Making a report: choose, preview, see what stands in the way, freeze and issue."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.checks.queries import Problem, may_waive, standing_in_the_way
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.models import Body
from goldthread.domain.organisation.queries import bodies
from goldthread.domain.register.queries import record_by_reference
from goldthread.kernel.clock import today
from goldthread.reporting.actions import freeze
from goldthread.reporting.audience import viewer_of
from goldthread.reporting.building import build_variant
from goldthread.reporting.formats import FORMATS
from goldthread.reporting.model import Report
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import issue_by_reference
from goldthread.reporting.renderers.html import STYLESHEET, article
from goldthread.reporting.terms import Audience
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.reports.forms import IssueForm, ReportForm
from goldthread.web.pages.reports.views import crumbs

_SHOWN = 20  # problems; the page of checks shows all of them


@allow(Permission.ISSUE_REPORTS)
def new(request: HttpRequest) -> HttpResponse:
    """A report chosen in the address, its preview, and the form that issues it."""
    chosen = {**{"as_at": today().isoformat()}, **request.GET.dict()} if "plan" in request.GET else None
    form = ReportForm(chosen, viewer=request.viewer, initial={"as_at": today()})
    report, issue_form, problems = None, None, []
    if form.is_bound and form.is_valid():
        report = attempt(form, lambda: _preview(request, form))
    if report is not None:
        problems = standing_in_the_way(viewer=request.viewer, within=form.plans[form.cleaned_data["plan"]], on=today())
        issue_form = IssueForm(request.POST or None, initial={"kinds": list(FORMATS)})
        if request.method == "POST" and issue_form.is_valid():
            made = attempt(issue_form, lambda: _issue(request, form, issue_form))
            if made is not None:
                say_done(request, f"{made.reference} is issued. Its files are being made.")
                return redirect("issue", made.reference)
    context = {
        "choose": form,
        "form": issue_form if request.method == "POST" else form,
        "issue_form": issue_form,
        "article": article(report, heads_page=False) if report else "",
        "problems": [_line(request, one) for one in problems[:_SHOWN]],
        "more": max(len(problems) - _SHOWN, 0),
        "query": request.GET.urlencode(),
        "supersedes": request.GET.get("supersedes", ""),
        "stylesheet": STYLESHEET,
        "crumbs": crumbs(Crumb("Make a report")),
    }
    return render(request, "reports/new.html", context)


def _preview(request: HttpRequest, form: ReportForm) -> Report:
    """The report as it would be issued. Raises Refused."""
    values = form.cleaned_data
    body = _body(request, form)
    eyes = viewer_of(values["audience"])
    if record_by_reference(values["plan"], viewer=eyes) is None:
        label = Audience(values["audience"]).label
        raise Refused(
            f"{values['plan']} is not open to “{label}”. Change who may see it, on its page, or make the report for other eyes."
        )
    return build_variant(
        values["plan"],
        form.variant_asked,
        viewer=eyes,
        as_at=values["as_at"],
        known_on=values["known_on"] or today(),
        prepared_for=body.owner.name if body else Audience(values["audience"]).label,
        frozen=True,
    )


def _issue(request: HttpRequest, form: ReportForm, issue_form: IssueForm) -> Any:
    values = form.cleaned_data
    return freeze(
        plan=form.plans[values["plan"]],
        as_at=values["as_at"],
        known_on=values["known_on"],
        variant=form.variant_asked,
        audience=values["audience"],
        for_body=_body(request, form),
        supersedes=_superseded(request, form),
        by=request.user,
        **issue_form.cleaned_data,
    )


def _superseded(request: HttpRequest, form: ReportForm) -> Issue | None:
    """The issue of the same plan in whose place this one comes, where the address names one."""
    found = issue_by_reference(request.GET.get("supersedes", ""), viewer=request.viewer)
    return found if found is not None and found.plan.reference == form.cleaned_data["plan"] else None


def _body(request: HttpRequest, form: ReportForm) -> Body | None:
    number = form.cleaned_data["body"]
    return bodies(viewer=request.viewer).filter(pk=number).first() if number else None


def _line(request: HttpRequest, problem: Problem) -> dict[str, Any]:
    """A problem with the page that puts it right, and the one that waives it."""
    try:
        fix = reverse(problem.route, args=problem.args)
    except NoReverseMatch:
        fix = ""
    try:
        waive = f"{reverse('check_waive', args=[problem.number])}?{urlencode({'at': problem.reference})}"
    except NoReverseMatch:
        waive = ""
    return {"problem": problem, "fix": fix, "waive": waive if may_waive(request.viewer, problem) else ""}
