"""Statutory roles, and politically restricted posts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.errors import Refused
from goldthread.domain.organisation import queries
from goldthread.domain.organisation.actions.duties import end_role, give_role
from goldthread.domain.organisation.queries.duties import RoleOnDay, holdings, restricted_posts, roles_on
from goldthread.domain.organisation.rules.duties import Held, role_named, statutory_roles
from goldthread.domain.organisation.terms import Restriction
from goldthread.kernel.clock import today
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.csv_files import csv_file
from goldthread.web.days import days_of
from goldthread.web.forms import DayField
from goldthread.web.pages.organisation.views import crumbs


class RoleForm(forms.Form):
    """A post carries a role."""

    post = forms.ModelChoiceField(
        None, label="Post", empty_label="Choose a post", error_messages={"required": "Choose the post."}
    )
    deputy = forms.BooleanField(label="It deputises in the role", required=False)
    acting = forms.BooleanField(label="It carries the role for a time (acting)", required=False)
    starts = DayField(label="From", required=False, help_text="Leave empty for today")
    ends = DayField(label="Last day", required=False, help_text="Needed for an acting holder")
    reason = forms.CharField(
        label="Why", max_length=500, required=False, help_text="Needed where guidance would not put two roles together"
    )

    def __init__(self, *arguments: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["post"].queryset = queries.posts(viewer=viewer)  # type: ignore[attr-defined]


class EndRoleForm(forms.Form):
    """A post stops carrying a role."""

    last_day = DayField(label="Last day", error_messages={"required": "Enter the last day."})
    reason = forms.CharField(label="Why", max_length=500, error_messages={"required": "Say why the role ends here."})


def _words(one: Held) -> str:
    who = ", ".join(one.people) or "vacant"
    how = " (acting)" if one.acting else ""
    return f"{one.title}{how}: {who}"


def _line(one: RoleOnDay) -> dict[str, Any]:
    wrong = [(fault.sentence, "" if fault.source == one.role.source else fault.source) for fault in one.faults]
    hard = any(fault.hard for fault in one.faults)
    good = Tag("In order", "green") if one.held else Tag("Not required", "grey")
    return {
        "key": one.role.key,
        "title": one.role.title,
        "source": one.role.source,
        "held": [(_words(held), held.ends) for held in one.held],
        "deputies": [_words(held) for held in one.deputies],
        "wrong": wrong,
        "stands": Tag("Not in order", "red") if hard else Tag("Look at it", "yellow") if wrong else good,
        "printed": [(post.pk, post.owner.name) for post in one.printed],
    }


@allow(Permission.SEE_INTERNAL)
def statutory(request: HttpRequest) -> HttpResponse:
    """Every statutory role on a day: who carries it, who deputises, what is missing or does not go together."""
    days = days_of(request)
    lines = [_line(one) for one in roles_on(viewer=request.viewer, on=days.as_at)]
    context = {
        "lines": lines,
        "wrong": sum(bool(line["wrong"]) for line in lines),
        "days": days,
        "may_edit": request.viewer.may(Permission.EDIT_ORGANISATION) and not days.chosen,
        "past": [(row, role_named(row.role)) for row in holdings(viewer=request.viewer)],
        "crumbs": crumbs(Crumb("Statutory roles")),
    }
    return render(request, "organisation/statutory.html", context)


@allow(Permission.EDIT_ORGANISATION)
def give(request: HttpRequest, role: str) -> HttpResponse:
    """A post carries a statutory role, or deputises in it."""
    known = role_named(role)
    if known is None:
        raise Http404
    form = RoleForm(request.POST or None, viewer=request.viewer, initial={"post": request.GET.get("post")})
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: give_role(role=role, by=request.user, **values))
        if event is not None:
            say_done(request, f"{values['post']} is on record for {known.title.lower()}.", event)
            return redirect("statutory")
    context = {
        "form": form,
        "caption": "",
        "title": f"Who carries it: {known.title.lower()}",
        "button": "Save",
        "back": reverse("statutory"),
        "crumbs": crumbs(Crumb("Statutory roles", reverse("statutory")), Crumb(known.title)),
    }
    return render(request, "organisation/act.html", context, status=422 if form.errors else 200)


@allow(Permission.EDIT_ORGANISATION)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """A post stops carrying a role."""
    held = next((row for row in holdings(viewer=request.viewer) if row.pk == pk), None)
    known = role_named(held.role) if held else None
    if held is None or known is None:
        raise Http404
    form = EndRoleForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: end_role(holding=held, by=request.user, **values))
        if event is not None:
            say_done(request, f"{held.post} no longer carries the role from the day after.", event)
            return redirect("statutory")
    context = {
        "form": form,
        "caption": "",
        "title": f"{held.post} stops being {known.title.lower()}",
        "button": "Save",
        "back": reverse("statutory"),
        "crumbs": crumbs(Crumb("Statutory roles", reverse("statutory")), Crumb(known.title)),
    }
    return render(request, "organisation/act.html", context, status=422 if form.errors else 200)


@allow(Permission.EDIT_ORGANISATION)
@require_POST
def confirm_printed(request: HttpRequest) -> HttpResponse:
    """Record every statutory role that documents print beside exactly one post and that nobody carries yet."""
    done, refused = 0, ""
    for one in roles_on(viewer=request.viewer):
        if one.held or len(one.printed) != 1:
            continue
        try:
            give_role(role=one.role.key, post=one.printed[0], by=request.user, reason="As printed in a document")
            done += 1
        except Refused as problem:
            refused = str(problem)
    if done:
        say_done(request, f"{done} {'role is' if done == 1 else 'roles are'} on record as printed.")
    if refused or not done:
        say_refused(request, Refused(refused or "No document prints a role beside exactly one post."))
    return redirect("statutory")


@allow(Permission.SEE_INTERNAL)
def restricted(request: HttpRequest) -> HttpResponse:
    """Politically restricted posts by category; as CSV where asked."""
    days = days_of(request)
    found = restricted_posts(viewer=request.viewer, on=days.as_at)
    if request.GET.get("format") == "csv":
        rows = []
        for one in found:
            owner = one.post.owner
            why = "the council's list" if one.listed else "the lines and roles on record"
            rows.append((owner.name, str(owner.directorate or ""), one.category, why, ", ".join(one.holders)))
        headings = ("Post", "Directorate", "Category", "From", "Held by")
        return csv_file("politically-restricted-posts.csv", headings, rows)
    groups = [(category.label, [one for one in found if one.category == category]) for category in Restriction]
    context = {
        "groups": [(label, rows) for label, rows in groups if rows],
        "number": len(found),
        "day": days.as_at or today(),
        "days": days,
        "roles": len(statutory_roles()),
        "crumbs": crumbs(Crumb("Politically restricted posts")),
    }
    return render(request, "organisation/restricted.html", context)
