"""The risk register and a risk."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.queries import holders
from goldthread.domain.risks.queries import RiskAt, matrix_on, printed_risks, register_at, risk_at
from goldthread.domain.risks.terms import Moment
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.reporting.formats import FORMATS as MADE
from goldthread.reporting.risk_register import FORMATS, rendered
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.csv_files import csv_file
from goldthread.web.days import Days, days_of
from goldthread.web.entries import address_of, tags_on_day
from goldthread.web.pages.risks.presenters import band_bar, matrix_rows, risk_line, score_shown, unplaced
from goldthread.web.records_access import allowed_to


def _held(request: HttpRequest, risks: list[RiskAt], days: Days) -> dict[int, list]:
    owners = {lead.owner_id for one in risks for lead in one.row.leads if lead.owner_id}
    return holders(owners, viewer=request.viewer, on=days.as_at or today(), known_on=days.known_on)


@allow(Permission.SEE_PUBLISHED)
def register(request: HttpRequest) -> HttpResponse:
    """The risk register on a day: the matrix, and every risk, the highest first."""
    days = days_of(request)
    found = register_at(viewer=request.viewer, **days.asked)
    held = _held(request, found.risks, days)
    may_edit = request.viewer.may(Permission.EDIT_RECORDS) and not days.chosen
    context = {
        "matrix": found.matrix,
        "rows": matrix_rows(found),
        "lines": [risk_line(one, found.matrix, held, query=days.query) for one in found.risks],
        "bar": band_bar(found),
        "unplaced": unplaced(found.risks),
        "days": days,
        "may_edit": may_edit,
        "may_set_matrix": may_edit and request.viewer.may_everywhere(Permission.EDIT_RECORDS),
        "printed": len([row for row in printed_risks(viewer=request.viewer) if allowed_to(request.viewer, row).edit])
        if may_edit
        else 0,
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Risk register")],
    }
    return render(request, "risks/register.html", context)


@allow(Permission.SEE_PUBLISHED)
def as_csv(request: HttpRequest) -> HttpResponse:
    """The risk register of a day as a CSV file."""
    days = days_of(request)
    found = register_at(viewer=request.viewer, **days.asked)
    moments = list(Moment)
    head = [f"{moment.label} {what}" for moment in moments for what in ("score", "likelihood", "impact")]
    rows = []
    for one in found.risks:
        scores = [one.scores.get(moment) for moment in moments]
        values = [
            value for row in scores for value in ((row.score, row.likelihood, row.impact) if row else ("", "", ""))
        ]
        printed = next((row.printed for row in reversed(one.history) if row.printed), "")
        treated = f"{one.treatment.get_approach_display()}: {one.treatment.text}" if one.treatment else ""
        owner = one.row.accountable.name if one.row.accountable else ""
        answers = ", ".join(row.reference for row in one.answers)
        rows.append((one.row.reference, one.row.text, owner, *values, printed, treated, answers))
    name = f"risk-register-{(days.as_at or today()).isoformat()}.csv"
    return csv_file(
        name, ("Reference", "Risk", "Accountable", *head, "Printed score", "Treatment", "Answered by"), rows
    )


MEDIA = {name: made.media_type for name, made in MADE.items()}


@allow(Permission.SEE_PUBLISHED)
def as_report(request: HttpRequest, form: str) -> HttpResponse:
    """The risk register of a day as a page to print, a PDF or a Word file."""
    if form not in FORMATS:
        raise Http404
    days = days_of(request)
    found = register_at(viewer=request.viewer, **days.asked)
    day = days.as_at or today()
    data = rendered(found, form, holders=_held(request, found.risks, days), as_at=day)
    response = HttpResponse(data, content_type=MEDIA[form])
    response["Content-Disposition"] = f'attachment; filename="risk-register-{day.isoformat()}.{form}"'
    return response


@allow(Permission.SEE_PUBLISHED)
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """A risk on a day: its scores and every earlier one, what is done about it, what answers it."""
    days = days_of(request)
    found = risk_at(reference, viewer=request.viewer, **days.asked)
    if found is None:
        raise Http404
    row, matrix = found.row, matrix_on(days.as_at or today(), viewer=request.viewer)
    allowed = allowed_to(request.viewer, row.record)
    context = {
        "row": row,
        "title": shortened(row.heading, 200),
        "tags": tags_on_day(row),
        "line": risk_line(found, matrix, _held(request, [found], days), query=days.query),
        "history": [(one, score_shown(one, matrix)) for one in reversed(found.history)],
        "days": days,
        "may_edit": allowed.edit and not days.chosen,
        "within": address_of(row.record.within) if row.record.within else "",
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Risk register", reverse("risks")), Crumb(row.reference)],
    }
    return render(request, "risks/risk.html", context)
