"""What was issued: the list, one issue, its files, its proof, and what differs from another."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.commons.files.storage import DamagedFile, content_of
from goldthread.kernel.days import printed
from goldthread.reporting import changes, verifying
from goldthread.reporting.building import build_variant
from goldthread.reporting.formats import FORMATS, file_name
from goldthread.reporting.improvement_plan import NoSuchPlan
from goldthread.reporting.meanings import MEANINGS
from goldthread.reporting.model import Report
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import issue_by_reference, issues, previous_of
from goldthread.reporting.renderers.html import STYLESHEET, article
from goldthread.reporting.terms import CHANGES, FULL, StepKind
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.csv_files import csv_file
from goldthread.web.pages.reports.forms import WithForm
from goldthread.web.pages.reports.presenters import allowed_to, files_of, line_of, step_of

ON_A_PAGE = 50


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way to a page of reports."""
    return [Crumb("Home", reverse("home")), Crumb("Reports", reverse("reports") if more else ""), *more]


def found_issue(request: HttpRequest, reference: str) -> Issue:
    """The issue, 404 where the viewer may not open it."""
    issue = issue_by_reference(reference, viewer=request.viewer)
    if issue is None:
        raise Http404
    return issue


@allow(Permission.SEE_PUBLISHED)
def issue_list(request: HttpRequest) -> HttpResponse:
    """Every issue that the viewer may open, the newest first; of one plan where asked."""
    rows = issues(viewer=request.viewer)
    plan = request.GET.get("plan", "").strip()
    if plan:
        rows = rows.filter(plan__reference__iexact=plan)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": [line_of(one) for one in page],
        "count": page.paginator.count,
        "plan": plan,
        "pages": pages_of(page, request.GET),
        "may_issue": request.viewer.may(Permission.ISSUE_REPORTS),
        "inside": request.viewer.may(Permission.SEE_REPORTS),
        "crumbs": crumbs(),
    }
    return render(request, "reports/list.html", context)


@allow(Permission.SEE_PUBLISHED)
def columns(request: HttpRequest) -> HttpResponse:
    """What the columns of a report's CSV and Excel files hold; also as a CSV file."""
    if request.GET.get("to") == "csv":
        return csv_file("columns-of-reports.csv", ("Column", "What it holds"), MEANINGS.items())
    context = {"meanings": list(MEANINGS.items()), "crumbs": crumbs(Crumb("Columns of the files"))}
    return render(request, "reports/columns.html", context)


@allow(Permission.SEE_PUBLISHED)
def issue(request: HttpRequest, reference: str) -> HttpResponse:
    """One issue: what it is, for whom, its files, what became of it."""
    found = found_issue(request, reference)
    viewer = request.viewer
    line = line_of(found)
    context = {
        "line": line,
        "issue": found,
        "files": files_of(found),
        "completed": step_of(found, StepKind.COMPLETED),
        "published": step_of(found, StepKind.PUBLISHED),
        "withdrawn": step_of(found, StepKind.WITHDRAWN),
        "allowed": allowed_to(viewer, found),
        "previous": previous_of(found, viewer=viewer) if _has_entries(found) else None,
        "comparable": _has_entries(found),
        "since": found.variant == FULL and step_of(found, StepKind.WITHDRAWN) is None,
        "newer": issues(viewer=viewer).filter(supersedes=found).first(),
        "inside": viewer.may(Permission.SEE_REPORTS),
        "knows_before": viewer.may_open(Permission.SEE_INTERNAL),
        "crumbs": crumbs(Crumb(found.reference)),
    }
    return render(request, "reports/issue.html", context)


def _has_entries(issue: Issue) -> bool:
    return not issue.variant.startswith(("changes", "summary"))


@allow(Permission.SEE_PUBLISHED)
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """The files of an issue while they are made; the page asks for it again and again."""
    found = found_issue(request, reference)
    completed = step_of(found, StepKind.COMPLETED)
    context = {
        "issue": found,
        "files": files_of(found),
        "completed": completed,
        "allowed": allowed_to(request.viewer, found),
    }
    response = render(request, "reports/_files.html", context)
    if completed:
        response["HX-Refresh"] = "true"  # the rest of the page speaks of its files too
    return response


@allow(Permission.SEE_PUBLISHED)
def file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """One file of an issue, byte for byte as it was made. A web page opens, everything else is kept."""
    found = found_issue(request, reference)
    row = found.files.filter(kind=kind).first()
    if row is None:
        raise Http404
    try:
        content = content_of(row.sha256)
    except DamagedFile:
        return render(
            request, "reports/damaged.html", {"issue": found, "crumbs": crumbs(Crumb(found.reference))}, status=500
        )
    media = FORMATS[kind].media_type if kind in FORMATS else "application/octet-stream"
    response = HttpResponse(content, content_type=media)
    where = "inline" if kind == "html" else "attachment"
    response["Content-Disposition"] = f'{where}; filename="{row.name}"'
    if kind == "html":
        response._csp_update = {"style-src": _styles_in(content)}  # type: ignore[attr-defined]
    return response


def _styles_in(page: bytes) -> list[str]:
    """What a policy must allow for a stored page to show: the hash of the style sheet that it was made with."""
    found = re.search(rb"<style>(.*?)</style>", page, re.S)
    digest = hashlib.sha256(found[1]).digest() if found else b""
    return [f"'sha256-{base64.b64encode(digest).decode()}'"]


@allow(Permission.SEE_PUBLISHED)
def verify(request: HttpRequest, reference: str) -> HttpResponse:
    """Prove one issue now: every stored byte is read and compared with its hash."""
    found = found_issue(request, reference)
    (proof,) = verifying.verify(Issue.objects.filter(pk=found.pk))
    context = {"issue": found, "line": line_of(found), "proof": proof, "files": files_of(found)}
    context["crumbs"] = crumbs(Crumb(found.reference, reverse("issue", args=[found.reference])), Crumb("Verified"))
    return render(request, "reports/verify.html", context)


@allow(Permission.SEE_PUBLISHED)
def differences(request: HttpRequest, reference: str) -> HttpResponse:
    """What changed between an issue and another of the same report, as both were issued; also as a file."""
    found = found_issue(request, reference)
    rows = issues(viewer=request.viewer).filter(plan_id=found.plan_id, variant=found.variant).exclude(pk=found.pk)
    others = list(rows[:40])
    asked = request.GET.get("other") or (others[0].reference if others else "")
    other = next((one for one in others if one.reference.lower() == asked.lower()), None)
    if asked and other is None:
        raise Http404
    report, problem = None, ""
    if other is not None:
        earlier, later = sorted((found, other), key=lambda one: one.pk)
        try:
            report = changes.between(earlier, later)
        except (Refused, DamagedFile) as refused:
            problem = str(refused)
    if report is not None and (answer := _as_file(report, request)) is not None:
        return answer
    context = {"other": other, "with_form": WithForm({"other": asked}, others=others) if others else None}
    context |= _as_page(found, report, problem, "Differences")
    return render(request, "reports/differences.html", context)


@allow(Permission.SEE_PUBLISHED)
def since(request: HttpRequest, reference: str) -> HttpResponse:
    """What has changed since a report was issued, up to today: what a body asks that met with it. Also as a file.

    For officers against the report as it was issued. Others see what is published of the plan on both days: measured against
    what officers see, every entry that is not published would seem to have gone.
    """
    found = found_issue(request, reference)
    if found.variant != FULL:
        raise Http404
    inside = request.viewer.may_open(Permission.SEE_INTERNAL)
    variant = f"{CHANGES}:{found.reference if inside else found.as_at.isoformat()}"
    report, problem = None, ""
    try:
        report = build_variant(found.plan.reference, variant, viewer=request.viewer)
    except NoSuchPlan:
        problem = f"The plan is not published, or was not yet on {printed(found.as_at)}: ask for the next report on it."
    except (Refused, DamagedFile) as refused:
        problem = str(refused)
    if report is not None and (answer := _as_file(report, request)) is not None:
        return answer
    context = {"line": line_of(found), "inside": inside} | _as_page(found, report, problem, "What has changed")
    return render(request, "reports/since.html", context)


def _as_page(issue: Issue, report: Report | None, problem: str, here: str) -> dict[str, Any]:
    """What a page shows that holds a report of differences, or why there is none."""
    return {
        "issue": issue,
        "article": article(report) if report else "",
        "problem": problem,
        "formats": [one for one in FORMATS.values() if one.name != "html"],
        "stylesheet": STYLESHEET,
        "crumbs": crumbs(Crumb(issue.reference, reverse("issue", args=[issue.reference])), Crumb(here)),
    }


def _as_file(report: Report, request: HttpRequest) -> HttpResponse | None:
    """A report in the format that the address asks for; None where it asks for the page."""
    made = FORMATS.get(request.GET.get("to", ""))
    if made is None:
        return None
    response = HttpResponse(made.render(report), content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(report, made.name)}"'
    return response
