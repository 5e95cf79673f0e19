"""What a post is to reach in a year: seen and written by its line only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow_signed_in
from goldthread.domain.organisation.models import Post
from goldthread.domain.organisation.queries import holders, posts
from goldthread.domain.register.queries import record_by_reference
from goldthread.domain.register.terms import State
from goldthread.domain.workforce.access import in_line
from goldthread.domain.workforce.actions import close_objective, set_objective
from goldthread.domain.workforce.queries import objectives_of
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.tag.presenter import state_tag
from goldthread.web.entries import address_of


class ObjectiveForm(forms.Form):
    """What is to be reached, and what it serves."""

    text = forms.CharField(
        label="What is to be reached",
        widget=forms.Textarea,
        error_messages={"required": "Write what is to be reached."},
    )
    year = forms.TypedChoiceField(label="Financial year", coerce=int)
    serves = forms.CharField(
        label="What it serves",
        required=False,
        help_text="References of priorities, objectives or actions, with commas: CP-001, IP-012",
    )

    def __init__(self, *arguments: Any, viewer: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.viewer = viewer
        now = today().year - (today().month < 4)
        years: Any = self.fields["year"]
        years.choices = [(year, f"{year}/{(year + 1) % 100:02d}") for year in (now, now + 1, now - 1)]

    def clean_serves(self) -> list[Any]:
        """Each reference is of an entry that the viewer sees."""
        found = []
        for name in filter(None, (part.strip() for part in self.cleaned_data["serves"].split(","))):
            record = record_by_reference(name, viewer=self.viewer)
            if record is None:
                raise forms.ValidationError(f"There is no entry {name}: check the reference.")
            found.append(record)
        return found


class CloseForm(forms.Form):
    """What became of it."""

    state = forms.ChoiceField(
        label="What became of it",
        choices=[
            (State.COMPLETE.value, "It was reached"),
            (State.STOPPED.value, "It was stopped"),
            (State.OPEN.value, "It goes on"),
            (State.WITHDRAWN.value, "It was set in error"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it."},
    )
    reason = forms.CharField(
        label="What shows it, or why", widget=forms.Textarea, error_messages={"required": "Say what shows it, or why."}
    )


def _post(request: HttpRequest, pk: int) -> Post:
    found = posts(viewer=request.viewer).filter(pk=pk).first()
    if found is None or not in_line(request.viewer, found):
        raise Http404
    return found


def _crumbs(post: Post, *more: Crumb) -> list[Crumb]:
    way = reverse("post_objectives", args=[post.pk]) if more else ""
    return [
        Crumb("Home", reverse("home")),
        Crumb(post.owner.name, reverse("post", args=[post.pk])),
        Crumb("Objectives", way),
        *more,
    ]


@allow_signed_in
def objectives(request: HttpRequest, pk: int) -> HttpResponse:
    """The objectives of a post by year, with what they serve and how they went."""
    post = _post(request, pk)
    years: dict[str, list[dict[str, Any]]] = {}
    for one in objectives_of(post, viewer=request.viewer):
        last = one.row.last_update
        line = {
            "reference": one.row.reference,
            "href": address_of(one.row.record),
            "text": one.row.text,
            "state": state_tag(one.row.state, State(one.row.state).label),
            "serves": [(row.reference, address_of(row), shortened(row.heading, 90)) for row in one.serves],
            "update": last,
        }
        years.setdefault(f"{one.year}/{(one.year + 1) % 100:02d}", []).append(line)
    held = holders([post.pk], viewer=request.viewer).get(post.pk, [])
    context = {
        "post": post,
        "years": years.items(),
        "holders": ", ".join(str(one) for one in held),
        "crumbs": _crumbs(post),
    }
    return render(request, "workforce/objectives.html", context)


@allow_signed_in
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Set an objective."""
    post = _post(request, pk)
    form = ObjectiveForm(request.POST or None, viewer=request.viewer)
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, lambda: set_objective(post=post, by=request.user, **values))
        if made is not None:
            say_done(request, f"{made.reference} is set.", made.created)
            return redirect("post_objectives", pk)
    context = {"form": form, "post": post, "title": "Set an objective", "crumbs": _crumbs(post, Crumb("Set one"))}
    return render(request, "workforce/form.html", context, status=422 if form.errors else 200)


@allow_signed_in
def close(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    """Say what became of an objective."""
    post = _post(request, pk)
    own = next((one for one in objectives_of(post, viewer=request.viewer) if one.row.reference == reference), None)
    if own is None:
        raise Http404
    form = CloseForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: close_objective(record=own.row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"What became of {reference} is on record.", event)
            return redirect("post_objectives", pk)
    context = {
        "form": form,
        "post": post,
        "title": shortened(own.row.text, 160),
        "crumbs": _crumbs(post, Crumb(reference)),
    }
    return render(request, "workforce/form.html", context, status=422 if form.errors else 200)
