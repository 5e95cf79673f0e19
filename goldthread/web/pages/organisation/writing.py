"""Changing the organisation, and matching printed names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation import actions, queries
from goldthread.domain.organisation.access import who_records_it_for
from goldthread.domain.organisation.models import Owner
from goldthread.domain.register.actions import match_name
from goldthread.domain.register.queries import unmatched, unmatched_names
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.entries import address_of
from goldthread.web.pages.organisation.forms import FORMS, AppointForm, EditPostForm, EndForm, MatchForm, MemberForm
from goldthread.web.pages.organisation.views import crumbs

ADD: dict[str, Callable[..., Any]] = {
    "directorate": actions.add_directorate,
    "post": actions.add_post,
    "office": actions.add_office,
    "body": actions.add_body,
    "person": actions.add_person,
}
EDIT = Permission.EDIT_ORGANISATION
MAY_STAND_FOR = (("post", "Add a post"), ("office", "an elected office"), ("body", "a body"))
KIND_WORDS = {"office": "elected office"}


def _owner(request: HttpRequest, pk: int) -> Owner:
    found = queries.owners(viewer=request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, form: Any, title: str, button: str, owner: Owner | None = None, *, note: str = ""
) -> HttpResponse:
    trail = [Crumb(owner.name, reverse("post", args=[owner.pk])), Crumb(title)] if owner else [Crumb(title)]
    context = {"form": form, "title": title, "button": button, "owner": owner, "note": note, "crumbs": crumbs(*trail)}
    return render(request, "organisation/form.html", context, status=422 if form.errors else 200)


@allow(EDIT)
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Add a directorate, post, office, body or person."""
    if kind not in FORMS:
        raise Http404
    printed = request.GET.get("printed", "")[:200]  # the printed name that it is added for, and back to which one goes
    form = FORMS[kind](request.POST or None, viewer=request.viewer, initial={"name": printed})
    if form.is_valid():
        made = attempt(form, lambda: ADD[kind](by=request.user, **form.cleaned_data))
        if made is not None:
            say_done(request, f"{form.cleaned_data['name']} was added.")
            if printed:
                return redirect(f"{reverse('names')}?{urlencode({'name': printed})}")
            owner = getattr(made, "owner", None)
            return redirect("post", owner.pk) if owner else redirect("organisation")
    word = KIND_WORDS.get(kind, kind)
    return _page(request, form, f"Add {'an' if word[0] in 'aeio' else 'a'} {word}", "Add")


@allow(EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a post."""
    owner = _owner(request, pk)
    if not hasattr(owner, "post"):
        raise Http404
    post = owner.post
    initial = {
        "name": owner.name,
        "directorate": owner.directorate,
        "reports_to": post.reports_to,
        "statutory_roles": "\n".join(post.statutory_roles),
    }
    form = EditPostForm(request.POST or None, viewer=request.viewer, initial=initial)
    if form.is_valid() and attempt(form, lambda: actions.edit_post(post=post, by=request.user, **form.cleaned_data)):
        say_done(request, f"{form.cleaned_data['name']} was changed.")
        return redirect("post", pk)
    return _page(request, form, "Edit the post", "Save", owner)


@allow(EDIT)
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """A person takes the post or office."""
    owner = _owner(request, pk)
    form = AppointForm(request.POST or None)
    if form.is_valid():
        values = dict(form.cleaned_data)
        name, email = values.pop("person"), values.pop("email").lower()

        def act() -> Any:
            person = actions.add_person(name=name, by=request.user)
            if email and email != person.email:
                person = actions.set_address(person=person, email=email, by=request.user, reason=f"Holds {owner}")
            return actions.appoint(person=person, owner=owner, by=request.user, **values)

        made = attempt(form, act)
        if made is not None:
            say_done(request, f"{made.person} is recorded in {owner}.", made.event)
            return redirect("post", pk)
    return _page(request, form, "Record who holds it", "Save", owner, note=_of_oneself(request))


@allow(EDIT)
def end(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """A holder leaves; the post is vacant from the next day."""
    owner = _owner(request, pk)
    held = next((row for row in queries.appointments(owner, viewer=request.viewer) if row.pk == appointment), None)
    if held is None:
        raise Http404
    form = EndForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, lambda: actions.end_appointment(appointment=held, by=request.user, **values))
        if made is not None:
            say_done(request, f"{held.person} has a last day in {owner}.", made.event)
            return redirect("post", pk)
    return _page(request, form, f"Last day of {held.person}", "Save", owner)


@allow(EDIT)
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """A person sits on the body."""
    owner = _owner(request, pk)
    if not hasattr(owner, "body"):
        raise Http404
    form = MemberForm(request.POST or None)
    if form.is_valid():
        values = dict(form.cleaned_data)
        name = values.pop("person")

        def act() -> Any:
            person = actions.add_person(name=name, by=request.user)
            return actions.add_member(person=person, body=owner.body, by=request.user, **values)

        made = attempt(form, act)
        if made is not None:
            say_done(request, f"{made.person} sits on {owner}.", made.event)
            return redirect("post", pk)
    return _page(request, form, "Add a member", "Add", owner, note=_of_oneself(request))


def _of_oneself(request: HttpRequest) -> str:
    """Said before somebody fills the form in vain."""
    return (
        f"Nobody records this of themself, because it shows them more. For yourself: {who_records_it_for(request.user)}"
    )


@allow(Permission.MATCH_NAMES)
def names(request: HttpRequest) -> HttpResponse:
    """Printed names that nobody has matched, each with a choice of posts, offices and bodies."""
    viewer = request.viewer
    form = MatchForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = attempt(form, lambda: match_name(printed=values["printed"], owner=values["owner"], by=request.user))
        if done is not None:
            event, number = done
            words = f"“{values['printed']}” stands for {values['owner']}; matched on {number} "
            say_done(request, words + ("entry." if number == 1 else "entries."), event)
            return redirect("names")
    waiting = unmatched_names(viewer=viewer)
    first = (
        request.GET.get("name")
        or (form.data.get("printed") if form.is_bound else "")
        or (waiting[0][0] if waiting else "")
    )
    printed_on = unmatched(viewer=viewer).filter(printed_leads__icontains=first)[:5] if first else []
    context = {
        "form": form if form.is_bound else MatchForm(viewer=viewer, initial={"printed": first}),
        "waiting": waiting,
        "suggested": queries.suggested_owners(first, viewer=viewer) if first else [],
        "first": first,
        "can_add": MAY_STAND_FOR if viewer.may(EDIT) else (),
        "printed_on": [(row.reference, address_of(row), shortened(row.heading)) for row in printed_on],
        "crumbs": crumbs(Crumb("Printed names")),
    }
    return render(request, "organisation/names.html", context, status=422 if form.errors else 200)
