"""What a review was, the days of its clock, what it judged."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.reviews import actions
from goldthread.domain.reviews.queries import facts_of_review
from goldthread.domain.reviews.rules.clocks import TITLES
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.reviews.forms import JudgementForm, ParticularsForm, StepForm
from goldthread.web.pages.reviews.printed import printed_steps
from goldthread.web.records_access import allowed_to


def review_to_edit(request: HttpRequest, reference: str) -> Record:
    """The review that the viewer may edit; Http404 otherwise."""
    rows = live_records(viewer=request.viewer).filter(kind=RecordKind.REVIEW, reference__iexact=reference)
    found = rows.select_related("passage__source_file").first()
    if found is None or not allowed_to(request.viewer, found).edit:
        raise Http404
    return found


def _page(request: HttpRequest, review: Record, form: Any, title: str, **more: Any) -> HttpResponse:
    crumbs = [
        Crumb("Home", reverse("home")),
        Crumb("Reviews", reverse("reviews")),
        Crumb(review.reference, reverse("review", args=[review.reference])),
        Crumb(title),
    ]
    context = {"form": form, "title": title, "review": review, "heading": shortened(review.heading), "crumbs": crumbs}
    return render(request, "reviews/form.html", context | more, status=422 if form.errors else 200)


@allow(Permission.EDIT_RECORDS)
def particulars(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what a review was."""
    review = review_to_edit(request, reference)
    found = facts_of_review(review, viewer=request.viewer)
    visit = next((one for one in printed_steps(review, viewer=request.viewer) if one.step == "visit"), None)
    held = found.particulars
    initial = {
        "kind": found.kind,
        "by_whom": held.by_whom if held else "",
        "started_on": found.dates.started or (visit.first if visit else None),
        "ended_on": found.dates.ended or (visit.last if visit else None),
        "team": held.team if held else "",
        "scope": held.scope if held else "",
    }
    note = f"The document prints “{visit.words}”; check the days below." if visit and not found.dates.started else ""
    form = ParticularsForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.set_particulars(review=review, by=request.user, **values))
        if event is not None:
            say_done(request, f"What {review.reference} was is on record.", event)
            return redirect("review", review.reference)
    return _page(request, review, form, "What the review was", note=note)


@allow(Permission.EDIT_RECORDS)
def dates(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a step of the clock; what the document prints is offered, each with one press."""
    review = review_to_edit(request, reference)
    found = facts_of_review(review, viewer=request.viewer)
    initial = {"step": request.GET.get("step", "report-published")}
    form = StepForm(request.POST or None, found=found, initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.record_date(review=review, by=request.user, **values))
        if event is not None:
            done = "has its date" if values["day"] else "no longer has that date"
            say_done(request, f"The clock of {review.reference} {done}.", event)
            return redirect(f"{reverse('review', args=[review.reference])}#clock")
    offered = [
        {"step": one.step, "title": TITLES[one.step], "last": one.last, "words": one.words}
        for one in printed_steps(review, viewer=request.viewer)
        if one.step != "visit" and one.step not in found.dates.printed
    ]
    return _page(request, review, form, "Record a date", offered=offered)


@allow(Permission.EDIT_RECORDS)
def judgement(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a grade that the review gave."""
    review = review_to_edit(request, reference)
    form = JudgementForm(request.POST or None, initial={"aspect": request.GET.get("aspect", "")})
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.judge(review=review, by=request.user, **values))
        if event is not None:
            say_done(request, f"The judgement on {values['aspect']} is on record.", event)
            return redirect("review", review.reference)
    return _page(request, review, form, "Record a judgement")
