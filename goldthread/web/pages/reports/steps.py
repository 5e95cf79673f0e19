"""What becomes of an issue: its files made again, published, withdrawn."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.kernel.clock import today
from goldthread.reporting import actions
from goldthread.reporting.models import Issue
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.reports.forms import PublishForm, StepForm
from goldthread.web.pages.reports.presenters import allowed_to
from goldthread.web.pages.reports.views import crumbs, found_issue


def _ready(request: HttpRequest, reference: str, what: str) -> Issue:
    """The issue, 404 where the viewer may not do this to it or it is not ready for it."""
    found = found_issue(request, reference)
    if not getattr(allowed_to(request.viewer, found), what):
        raise Http404
    return found


@allow(Permission.ISSUE_REPORTS)
@require_POST
def make_files(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask again for the files that are missing, as after a worker was stopped."""
    found = _ready(request, reference, "make_files")
    actions.make_files_later.enqueue(found.pk)
    say_done(request, f"The files of {found.reference} are being made again; those that stand stay.")
    return redirect("issue", found.reference)


@allow(Permission.ISSUE_REPORTS)
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the public see it from a day on."""
    found = _ready(request, reference, "publish")
    form = PublishForm(request.POST or None, initial={"day": today()})
    if form.is_valid():
        values = form.cleaned_data
        if attempt(form, lambda: actions.publish(issue=found, by=request.user, **values)):
            say_done(request, f"{found.reference} is published.")
            return redirect("issue", found.reference)
    return _page(request, found, form, "Publish a report", "Publish")


@allow(Permission.ISSUE_REPORTS)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back with a reason; it stays on record."""
    found = _ready(request, reference, "withdraw")
    form = StepForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.withdraw(issue=found, by=request.user, reason=reason)):
            say_done(request, f"{found.reference} is withdrawn. It stays on record with its files.")
            return redirect("issue", found.reference)
    return _page(request, found, form, "Withdraw a report", "Withdraw")


def _page(request: HttpRequest, found: Issue, form: Any, title: str, button: str) -> HttpResponse:
    back = reverse("issue", args=[found.reference])
    context = {
        "issue": found,
        "form": form,
        "title": title,
        "button": button,
        "back": back,
        "crumbs": crumbs(Crumb(found.reference, back), Crumb(title)),
    }
    return render(request, "reports/step.html", context)
