"""Other bodies: companies, joint ventures, shared services and partners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation import queries
from goldthread.domain.organisation.actions.partners import declare_interest, record_plan_review, set_arrangement
from goldthread.domain.organisation.models import Body
from goldthread.domain.organisation.queries.partners import PartnerAt, partner, partners
from goldthread.domain.organisation.terms import PartnerKind
from goldthread.kernel.clock import today
from goldthread.kernel.days import MONTHS
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.days import days_of
from goldthread.web.forms import DayField
from goldthread.web.pages.organisation.views import crumbs


class ArrangementForm(forms.Form):
    """What a body is to the council."""

    kind = forms.ChoiceField(label="What it is", choices=PartnerKind.choices)
    agreement = forms.CharField(
        label="What binds the two",
        widget=forms.Textarea,
        required=False,
        help_text="Shares held, the agreement and its date, who may decide what",
    )
    plan_due_month = forms.TypedChoiceField(
        label="Its business plan is reviewed by the end of",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "No month set"), *enumerate(MONTHS, 1)],
    )
    exit_on = DayField(label="The council leaves, or it ends, on", required=False)
    comes_back = forms.CharField(
        label="What must come back by then", widget=forms.Textarea, required=False, help_text="One a line"
    )
    reason = forms.CharField(label="Note", max_length=500, required=False)


class ReviewedForm(forms.Form):
    """Its business plan was reviewed."""

    reviewed_on = DayField(label="Reviewed on", error_messages={"required": "Enter the day."})
    reviewed_by = forms.CharField(label="By", max_length=300, required=False, help_text="A committee, board or post")
    note = forms.CharField(label="What was decided", widget=forms.Textarea, required=False)


class InterestForm(forms.Form):
    """A conflict of interest."""

    person = forms.ModelChoiceField(
        None, label="Whose", empty_label="Choose who sits on it", error_messages={"required": "Choose the person."}
    )
    text = forms.CharField(
        label="The conflict, and how it is dealt with",
        widget=forms.Textarea,
        error_messages={"required": "Say what the conflict is, and how it is dealt with."},
    )
    starts = DayField(label="From", required=False)
    ends = DayField(label="Until", required=False)

    def __init__(self, *arguments: Any, found: PartnerAt, viewer: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        sitting = queries.people(viewer=viewer).filter(pk__in=[seat.person_id for seat in found.seats])
        self.fields["person"].queryset = sitting  # type: ignore[attr-defined]


def _tags(one: PartnerAt) -> list[Tag]:
    tags = []
    if one.plan_overdue:
        tags.append(Tag("Business plan review overdue", "red"))
    if one.arrangement and one.arrangement.exit_on:
        tags.append(Tag("Leaving", "yellow") if one.leaving else Tag("Ended", "grey"))
    return tags


@allow(Permission.SEE_INTERNAL)
def partner_list(request: HttpRequest) -> HttpResponse:
    """Every body outside the council with what it is to it."""
    days = days_of(request)
    rows = [
        (
            one,
            _tags(one),
            ", ".join(f"{seat.person} ({seat.role})" if seat.role else str(seat.person) for seat in one.seats),
        )
        for one in partners(viewer=request.viewer, on=days.as_at)
    ]
    known = {one.body.pk for one, _, _ in rows}
    context = {
        "rows": rows,
        "others": [body for body in queries.bodies(viewer=request.viewer) if body.pk not in known],
        "may_edit": request.viewer.may(Permission.EDIT_ORGANISATION) and not days.chosen,
        "days": days,
        "crumbs": crumbs(Crumb("Other bodies")),
    }
    return render(request, "organisation/partners.html", context)


def _body(request: HttpRequest, pk: int) -> Body:
    found = queries.bodies(viewer=request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, body: Body, form: Any, title: str) -> HttpResponse:
    trail = crumbs(Crumb("Other bodies", reverse("partners")), Crumb(str(body), reverse("post", args=[body.pk])))
    context = {
        "form": form,
        "title": title,
        "button": "Save",
        "caption": str(body),
        "back": reverse("partner", args=[body.pk]),
        "crumbs": [*trail, Crumb(title)],
    }
    return render(request, "organisation/act.html", context, status=422 if form.errors else 200)


@allow(Permission.SEE_INTERNAL)
def partner_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: what binds it to the council, who sits on it with which conflicts, its plan's reviews, its exit."""
    days, body = days_of(request), _body(request, pk)
    found = partner(body, viewer=request.viewer, on=days.as_at)
    month = found.arrangement.plan_due_month if found.arrangement else None
    context = {
        "found": found,
        "body": body,
        "tags": _tags(found),
        "month": MONTHS[month - 1] if month else "",
        "comes_back": found.arrangement.comes_back.splitlines() if found.arrangement else [],
        "days": days,
        "may_edit": request.viewer.may(Permission.EDIT_ORGANISATION) and not days.chosen,
        "crumbs": crumbs(Crumb("Other bodies", reverse("partners")), Crumb(str(body))),
    }
    return render(request, "organisation/partner.html", context)


@allow(Permission.EDIT_ORGANISATION)
def arrangement(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a body is to the council."""
    body = _body(request, pk)
    held = partner(body, viewer=request.viewer).arrangement
    names = ("kind", "agreement", "plan_due_month", "exit_on", "comes_back")
    form = ArrangementForm(request.POST or None, initial={name: getattr(held, name) for name in names} if held else {})
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: set_arrangement(body=body, by=request.user, **values))
        if event is not None:
            say_done(request, f"What {body} is to the council is on record.", event)
            return redirect("partner", pk)
    return _page(request, body, form, "What it is to the council")


@allow(Permission.EDIT_ORGANISATION)
def reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that its business plan was reviewed."""
    body = _body(request, pk)
    form = ReviewedForm(request.POST or None, initial={"reviewed_on": today()})
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: record_plan_review(body=body, by=request.user, **values))
        if event is not None:
            say_done(request, f"The review of the business plan of {body} is on record.", event)
            return redirect("partner", pk)
    return _page(request, body, form, "Its business plan was reviewed")


@allow(Permission.EDIT_ORGANISATION)
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a conflict of interest of somebody who sits on it."""
    body = _body(request, pk)
    found = partner(body, viewer=request.viewer)
    form = InterestForm(request.POST or None, found=found, viewer=request.viewer)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: declare_interest(body=body, by=request.user, **values))
        if event is not None:
            say_done(request, f"The conflict of {values['person']} is on record.", event)
            return redirect("partner", pk)
    return _page(request, body, form, "Record a conflict of interest")
