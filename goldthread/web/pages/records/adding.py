"""Writing a new entry by hand: a plan, a review, a priority, or anything that stands in one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.organisation.queries import owners
from goldthread.domain.plans.actions import write_entry as write_in_plan
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.register.queries import record_by_reference
from goldthread.domain.register.terms import ANSWERABLE, CONTAINERS, RecordKind, Visibility
from goldthread.domain.reviews.actions import write_entry as write_in_review
from goldthread.domain.reviews.terms import Polarity, ReviewKind
from goldthread.kernel.clock import today
from goldthread.kernel.timescales import parse_timescale
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.entries import address_of
from goldthread.web.forms import DayField
from goldthread.web.pages.records.forms import TIMESCALE_HINT, owner_choices
from goldthread.web.pages.records.presenters import crumbs_of
from goldthread.web.records_access import INSIDE, allowed_to

IN_REVIEWS = (RecordKind.REVIEW, RecordKind.RECOMMENDATION, RecordKind.FINDING)
ON_THEIR_OWN = (RecordKind.PLAN, RecordKind.REVIEW, RecordKind.VISION, RecordKind.PRIORITY, RecordKind.OUTCOME)


class EntryForm(forms.Form):
    """A new entry. Which fields it has depends on its kind."""

    title = forms.CharField(label="Title", max_length=500, required=False)
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    number = forms.CharField(label="Number", max_length=40, required=False, help_text="For example R2 or 4.3")
    section = forms.CharField(label="Theme", required=False, help_text="The heading it stands under")
    review_kind = forms.ChoiceField(label="Kind of review", choices=ReviewKind.choices)
    polarity = forms.ChoiceField(
        label="What it says", choices=Polarity.choices, widget=forms.RadioSelect, initial=Polarity.NEUTRAL.value
    )
    owner = forms.ChoiceField(label="Lead", required=False)
    timescale = forms.CharField(label="By when", required=False, help_text=TIMESCALE_HINT)
    as_at = DayField(label="As at", help_text="The day from which it stands", initial=today)
    visibility = forms.ChoiceField(
        label="Who may see it",
        choices=[("internal", "Officers with a role"), ("public", "Everyone: published")],
        widget=forms.RadioSelect,
        initial=Visibility.INTERNAL.value,
    )

    def __init__(self, *args: Any, kind: RecordKind, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.viewer = kind, viewer
        for name in _without(kind):
            del self.fields[name]
        if "owner" in self.fields:
            self.fields["owner"].choices = owner_choices(viewer, "Nobody yet")  # type: ignore[attr-defined]
        if kind not in CONTAINERS:
            self.fields["title"].help_text = "Optional: a few words for lists"

    def clean(self) -> dict[str, Any]:
        """It needs some words: a container a title, anything else a text."""
        values = super().clean() or self.cleaned_data
        if self.kind in CONTAINERS and not values.get("title"):
            self.add_error("title", "Give it a title.")
        elif not (values.get("text") or values.get("title")):
            self.add_error("text", f"Write the {self.kind.label.lower()}.")
        return values

    def entry(self, parent: Record | None) -> NewRecord:
        """The record to be."""
        values = self.cleaned_data
        new = NewRecord(
            kind=self.kind,
            text=values.get("text", ""),
            title=values.get("title", ""),
            number=values.get("number", ""),
            as_at=values["as_at"],
            section=[values["section"]] if values.get("section") else [],
            parent=parent,
            visibility=values["visibility"],
        )
        if values.get("owner"):
            new.leads = [Lead(owner=owners(viewer=self.viewer).get(pk=values["owner"]))]
        if values.get("timescale"):
            new.timescale = parse_timescale(values["timescale"])
        return new


def _without(kind: RecordKind) -> list[str]:
    gone = [] if kind == RecordKind.REVIEW else ["review_kind"]
    if kind != RecordKind.FINDING:
        gone.append("polarity")
    if kind not in ANSWERABLE:
        gone += ["owner", "timescale"]
    if kind in ON_THEIR_OWN:
        gone += ["number", "section"]
    return gone


@allow(Permission.EDIT_RECORDS)
def add(request: HttpRequest, kind: str, reference: str = "") -> HttpResponse:
    """Write a new entry within another one, or on its own."""
    above = record_by_reference(reference, viewer=request.viewer) if reference else None
    if not _fits(request.viewer, kind, reference, above):
        raise Http404
    wanted = RecordKind(kind)
    form = EntryForm(request.POST or None, kind=wanted, viewer=request.viewer, initial=_initial(above))
    if form.is_valid():
        made = attempt(form, lambda: _write(form, above, request.user))
        if made is not None:
            say_done(request, f"{made.reference} is in the register.", made.created)
            alone = above is None or wanted in CONTAINERS
            return redirect(address_of(made) if alone else f"{address_of(above)}#{made.reference}")
    title = f"New {wanted.label.lower()}"
    crumbs = [*crumbs_of(above)[:-1], Crumb(above.reference, address_of(above))] if above else [_home()]
    context = {"form": form, "title": title, "above": above, "crumbs": [*crumbs, Crumb(title)]}
    return render(request, "records/new.html", context | {"back": address_of(above) if above else reverse("home")})


def _fits(viewer: Viewer, kind: str, reference: str, above: Record | None) -> bool:
    if kind not in RecordKind.values:
        return False
    if not reference:
        return RecordKind(kind) in ON_THEIR_OWN and viewer.may_everywhere(Permission.EDIT_RECORDS)
    if above is None or not allowed_to(viewer, above).edit:
        return False
    return RecordKind(kind) in INSIDE.get(RecordKind(above.kind), ())


def _initial(above: Record | None) -> dict[str, Any]:
    return {"section": above.section[-1] if above is not None and above.section else ""}


def _write(form: EntryForm, above: Record | None, by: User) -> Record:
    new, values = form.entry(above), form.cleaned_data
    if form.kind in IN_REVIEWS:
        return write_in_review(
            new=new,
            by=by,
            review_kind=values.get("review_kind") or ReviewKind.OTHER,
            polarity=values.get("polarity") or Polarity.NEUTRAL,
        )
    return write_in_plan(new=new, by=by)


def _home() -> Crumb:
    return Crumb("Home", reverse("home"))
