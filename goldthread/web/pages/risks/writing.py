"""Writing risks: a new one, the printed ones, scores, treatment, the matrix."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.risks import actions
from goldthread.domain.risks.queries import matrix_on, printed_risks, risk_at, risks
from goldthread.kernel.clock import today
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.risks.forms import MatrixForm, RiskForm, ScoreForm, TreatmentForm
from goldthread.web.records_access import allowed_to


def _page(request: HttpRequest, form: Any, title: str, risk: Record | None = None, note: str = "") -> HttpResponse:
    back = reverse("risk", args=[risk.reference]) if risk else reverse("risks")
    crumbs = [Crumb("Home", reverse("home")), Crumb("Risk register", reverse("risks")), Crumb(title)]
    context = {"form": form, "title": title, "risk": risk, "note": note, "back": back, "crumbs": crumbs}
    return render(request, "risks/form.html", context, status=422 if form.errors else 200)


def _risk(request: HttpRequest, reference: str) -> Record:
    found = risks(viewer=request.viewer).filter(reference__iexact=reference).first()
    if found is None or not allowed_to(request.viewer, found).edit:
        raise Http404
    return found


@allow(Permission.EDIT_RECORDS)
def new(request: HttpRequest) -> HttpResponse:
    """Write a risk."""
    form = RiskForm(request.POST or None, viewer=request.viewer)
    if form.is_valid():
        made = attempt(form, lambda: _write(request, form.cleaned_data))
        if made is not None:
            say_done(request, f"{made.reference} is in the risk register.", made.created)
            return redirect("risk", made.reference)
    return _page(request, form, "Write a risk")


def _write(request: HttpRequest, values: dict[str, Any]) -> Record:
    leads = [Lead(values["accountable"])] if values["accountable"] else []
    new_risk = NewRecord(
        RecordKind.RISK, values["text"], today(), title=values["title"], parent=values["within"], leads=leads
    )
    return actions.write_risk(new=new_risk, by=request.user)


@allow(Permission.EDIT_RECORDS)
@require_POST
def register_printed(request: HttpRequest) -> HttpResponse:
    """Put the printed key risks into the register."""
    rows = [row for row in printed_risks(viewer=request.viewer) if allowed_to(request.viewer, row).edit]
    try:
        event = actions.register_printed(recommendations=rows, by=request.user)
        say_done(request, f"{len(rows)} printed {'risk is' if len(rows) == 1 else 'risks are'} in the register.", event)
    except Refused as refused:
        say_refused(request, refused)
    return redirect("risks")


@allow(Permission.EDIT_RECORDS)
def score(request: HttpRequest, reference: str) -> HttpResponse:
    """State how likely and how bad a risk is."""
    row = _risk(request, reference)
    matrix = matrix_on(today(), viewer=request.viewer)
    form = ScoreForm(request.POST or None, matrix=matrix, initial={"moment": request.GET.get("moment", "current")})
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.state_score(risk=row, by=request.user, **values))
        if event is not None:
            say_done(request, f"The score of {row.reference} is on record.", event)
            return redirect("risk", row.reference)
    found = risk_at(row.reference, viewer=request.viewer)
    printed = found.current if found else None
    note = ""
    if printed is not None and printed.likelihood is None:
        places = " or ".join(f"{one} × {other}" for one, other in matrix.places(printed.score))
        note = f"The document prints {printed.score}" + (
            f": {places}." if places else ", which this matrix cannot give."
        )
    return _page(request, form, "Score the risk", row, note)


@allow(Permission.EDIT_RECORDS)
def treatment(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what is done about a risk."""
    row = _risk(request, reference)
    form = TreatmentForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.treat(risk=row, by=request.user, **values))
        if event is not None:
            say_done(request, f"What is done about {row.reference} is on record.", event)
            return redirect("risk", row.reference)
    return _page(request, form, "Say what is done about it", row)


@allow(Permission.EDIT_RECORDS)
def matrix(request: HttpRequest) -> HttpResponse:
    """Set the council's own matrix from a day on."""
    held = matrix_on(today(), viewer=request.viewer)
    initial = {
        "likelihoods": "\n".join(held.likelihoods),
        "impacts": "\n".join(held.impacts),
        "bands": "\n".join(f"{one.up_to} {one.label} {one.colour}" for one in held.bands),
        "starts": today(),
    }
    form = MatrixForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.set_matrix(by=request.user, **values))
        if event is not None:
            say_done(request, "The matrix is set.", event)
            return redirect("risks")
    return _page(request, form, "Set the matrix")
