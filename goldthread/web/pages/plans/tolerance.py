"""How much later than its date something may be expected, when effects are judged, and dates in the words of updates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.domain.register import actions
from goldthread.domain.register.queries import record_at
from goldthread.domain.register.terms import CONTAINERS
from goldthread.kernel.clock import today
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.entries import address_of
from goldthread.web.forms import DayField
from goldthread.web.records_access import allowed_to


class ToleranceForm(forms.Form):
    """A number of days, from a day on."""

    days = forms.IntegerField(
        label="Tolerance in calendar days",
        min_value=0,
        max_value=366,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="What is expected later than its date by no more than this is amber; by more, red",
        error_messages={"required": "Give a number of days.", "invalid": "Give a whole number of days, such as 28."},
    )
    from_day = DayField(label="From", help_text="The first day on which it holds", initial=today)
    reason = forms.CharField(
        label="Who decided it, and why",
        help_text="It stays on record with the change",
        error_messages={"required": "Say why, in a few words."},
    )


class RevisitForm(forms.Form):
    """A number of months, from a day on."""

    months = forms.IntegerField(
        label="Effects are judged after, in months",
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Counted from the day on which something was completed; six unless the council sets another number",
        error_messages={"required": "Give a number of months.", "invalid": "Give a whole number of months, such as 6."},
    )
    from_day = DayField(label="For what is completed from", initial=today)
    reason = forms.CharField(
        label="Who decided it, and why",
        help_text="It stays on record with the change",
        error_messages={"required": "Say why, in a few words."},
    )


@allow(Permission.EDIT_RECORDS)
def tolerance(request: HttpRequest, reference: str) -> HttpResponse:
    """Set the tolerance of a plan."""
    row = record_at(reference, viewer=request.viewer)
    if row is None or row.kind not in CONTAINERS or not allowed_to(request.viewer, row.record).edit:
        raise Http404
    form = ToleranceForm(request.POST or None, initial={"days": row.tolerance})
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.set_tolerance(plan=row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"The tolerance of {row.reference} is {values['days']} days.", event)
            return redirect(address_of(row.record))
    back = address_of(row.record)
    crumbs = [Crumb("Home", reverse("home")), Crumb("Plans", reverse("plans")), Crumb(row.reference, back)]
    return _page(request, form, "Set the tolerance", back, [*crumbs, Crumb("Tolerance")], about=row.heading)


@allow(Permission.EDIT_RECORDS)
@require_POST
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose the dates that stand in the newest updates of a plan."""
    row = record_at(reference, viewer=request.viewer)
    if row is None or row.kind not in CONTAINERS or not allowed_to(request.viewer, row.record).edit:
        raise Http404
    try:
        event, number = actions.notice_dates(plan=row.record, by=request.user)
        found = "1 date is proposed" if number == 1 else f"{number} dates are proposed"
        say_done(request, f"{found} from the words of updates. Each counts for nothing until it is accepted.", event)
    except Refused as refused:
        say_refused(request, refused)
    return redirect(address_of(row.record))


@allow(Permission.EDIT_RECORDS)
def revisit(request: HttpRequest) -> HttpResponse:
    """Set after how many months effects are judged, in the whole council."""
    if not request.viewer.may_everywhere(Permission.EDIT_RECORDS):
        raise Http404
    form = RevisitForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.set_revisit_period(by=request.user, **values))
        if event is not None:
            say_done(request, f"Effects are judged after {values['months']} months.", event)
            return redirect("plans")
    crumbs = [Crumb("Home", reverse("home")), Crumb("Plans", reverse("plans")), Crumb("When effects are judged")]
    return _page(request, form, "When effects are judged", reverse("plans"), crumbs)


def _page(
    request: HttpRequest, form: forms.Form, title: str, back: str, crumbs: list[Crumb], *, about: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "back": back, "crumbs": crumbs, "about": about}
    return render(request, "plans/setting.html", context)
