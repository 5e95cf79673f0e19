"""The people who have an account, for administrators: add, give and end roles, close and open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from goldthread.commons.access import actions as access_actions
from goldthread.commons.access.decorators import allow
from goldthread.commons.access.models import Grant
from goldthread.commons.access.roles import role_named
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts import actions
from goldthread.commons.accounts.models import User
from goldthread.commons.accounts.queries import accounts
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.actions import link_account
from goldthread.domain.organisation.queries import person_of_account
from goldthread.kernel.days import printed
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.pages.accounts.forms import EndRoleForm, HolderForm, PersonForm, ReasonForm, RoleForm
from goldthread.web.pages.accounts.scopes import scope_names
from goldthread.web.pages.accounts.views import held_roles

PER_PAGE = 50
HOME, PEOPLE = Crumb("Home", "/"), Crumb("Accounts", "/people/")


@allow(Permission.MANAGE_ACCOUNTS)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account, fifty a page, narrowed by a part of the name or address."""
    text = request.GET.get("text", "").strip()[:100]
    page = Paginator(accounts(viewer=request.viewer, text=text), PER_PAGE).get_page(request.GET.get("page"))
    held = [grant for user in page for grant in user.grants_now]
    names = scope_names(held, viewer=request.viewer)
    rows = [(user, [_in_words(grant, names) for grant in user.grants_now]) for user in page]
    context = {"crumbs": [HOME, Crumb("Accounts")], "rows": rows, "text": text, "count": page.paginator.count}
    return render(request, "accounts/people.html", context | {"pages": pages_of(page, request.GET)})


@allow(Permission.MANAGE_ACCOUNTS)
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person: their roles, past ones included."""
    user = get_object_or_404(accounts(viewer=request.viewer), pk=number)
    return render(
        request,
        "accounts/person.html",
        {
            "crumbs": [HOME, PEOPLE, Crumb(user.name)],
            "person": user,
            "roles": held_roles(user, viewer=request.viewer),
            "self": user.pk == request.user.pk,
            "holder": person_of_account(user.pk, viewer=request.viewer),
        },
    )


@allow(Permission.MANAGE_ACCOUNTS)
def add(request: HttpRequest) -> HttpResponse:
    """Add a person; the next page gives them a role."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = _try(form, lambda: actions.create_account(**data, by=request.user))
        if isinstance(made, User):
            messages.success(
                request, f"{made.name} can sign in. Give them a role now, or they see what the public sees."
            )
            return redirect("account_give_role", made.pk)
    return render(
        request,
        "accounts/change.html",
        {
            "crumbs": [HOME, PEOPLE, Crumb("Add a person")],
            "form": form,
            "title": "Add a person",
            "note": "",
            "button": "Add",
            "back": reverse("accounts"),
        },
    )


@allow(Permission.MANAGE_ACCOUNTS)
def give_role(request: HttpRequest, number: int) -> HttpResponse:
    """Give a person a role."""
    user = get_object_or_404(User, pk=number)
    form = RoleForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = _try(
            form,
            lambda: access_actions.grant_role(
                user=user,
                role=data["role"],
                scope=form.scope,
                by=request.user,
                reason=data["reason"],
                last_day=data["last_day"],
            ),
        )
        if given is not None:
            messages.success(request, f"{user.name} has the role.")
            return redirect("account_of", user.pk)
    return _change(request, user, form, title=f"Give {user.name} a role", button="Give the role")


@allow(Permission.MANAGE_ACCOUNTS)
def holder(request: HttpRequest, number: int) -> HttpResponse:
    """Say which person of the organisation somebody who signs in is."""
    user = get_object_or_404(accounts(viewer=request.viewer), pk=number)
    form = HolderForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _try(form, lambda: link_account(user=user, by=request.user, **data)) is not None:
            messages.success(request, f"What {user.name} answers for now waits on their home page.")
            return redirect("account_of", user.pk)
    return _change(
        request,
        user,
        form,
        title=f"Say who {user.name} is in the organisation",
        note="They then see what their posts and offices answer for, and can add updates to it.",
        button="Save",
    )


@allow(Permission.MANAGE_ACCOUNTS)
def end_role(request: HttpRequest, number: int, grant: int) -> HttpResponse:
    """End a role of a person: at once, or after a last day."""
    held = get_object_or_404(Grant.objects.select_related("user"), pk=grant, user_id=number)
    role = role_named(held.role)
    name = (role.name if role else held.role).lower()
    where = scope_names([held], viewer=request.viewer).get((held.scope_kind, held.scope_id), "")
    form = EndRoleForm(request.POST or None, initial={"last_day": held.last_day})
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["last_day"]
        ends = last + timedelta(days=1) if last else None
        act = partial(
            access_actions.end_grant, grant=held, by=request.user, reason=form.cleaned_data["reason"], on=ends
        )
        if _try(form, act) is not None:
            said = f"ends for {held.user.name} after {printed(last)}" if last else f"has ended for {held.user.name}"
            messages.success(request, f"The role {said}.")
            return redirect("account_of", held.user_id)
    return _change(
        request,
        held.user,
        form,
        title=f"End the role {name} of {held.user.name}",
        note=f"Held for: {where}. That it was held stays on record.",
        button="End the role",
    )


@allow(Permission.MANAGE_ACCOUNTS)
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account."""
    user = get_object_or_404(User, pk=number)
    return _with_reason(
        request,
        user,
        lambda reason: actions.close_account(user=user, by=request.user, reason=reason),
        title=f"Close the account of {user.name}",
        note="Nobody can sign in with it any more. What the person did stays under their name.",
        button="Close the account",
        done=f"The account of {user.name} is closed.",
    )


@allow(Permission.MANAGE_ACCOUNTS)
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open a closed account again."""
    user = get_object_or_404(User, pk=number)
    return _with_reason(
        request,
        user,
        lambda reason: actions.open_account(user=user, by=request.user, reason=reason),
        title=f"Open the account of {user.name} again",
        note="The roles that have not ended hold again.",
        button="Open the account",
        done=f"The account of {user.name} is open.",
    )


def _with_reason(
    request: HttpRequest,
    user: User,
    act: Callable[[str], object],
    *,
    title: str,
    note: str,
    button: str,
    done: str,
) -> HttpResponse:
    """A page that asks why and then acts."""
    form = ReasonForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _try(form, lambda: act(form.cleaned_data["reason"])) is not None
    ):
        messages.success(request, done)
        return redirect("account_of", user.pk)
    return _change(request, user, form, title=title, button=button, note=note)


def _change(request: HttpRequest, user: User, form: Form, *, title: str, button: str, note: str = "") -> HttpResponse:
    here = reverse("account_of", args=[user.pk])
    return render(
        request,
        "accounts/change.html",
        {
            "crumbs": [HOME, PEOPLE, Crumb(user.name, here), Crumb(title)],
            "form": form,
            "title": title,
            "note": note,
            "button": button,
            "back": here,
        },
    )


def _try(form: Form, act: Callable[[], Any]) -> Any:
    """What the action gives; a refusal becomes an error of the form, and None."""
    try:
        return act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _in_words(grant: Grant, names: dict[tuple[str, int | None], str]) -> str:
    role = role_named(grant.role)
    where = names.get((grant.scope_kind, grant.scope_id), "something that is no longer there")
    return f"{role.name if role else grant.role}: {where}"
