"""One's own account, and the link that signs in once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from requests import RequestException

from goldthread.commons.access.decorators import allow_everyone, allow_signed_in
from goldthread.commons.access.models import Grant
from goldthread.commons.access.queries import grants_of
from goldthread.commons.access.roles import role_named
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.actions import spend_sign_in_link
from goldthread.commons.accounts.models import User
from goldthread.commons.accounts.queries import open_link
from goldthread.commons.errors import Refused
from goldthread.kernel.clock import today
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.accounts.scopes import scope_names

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role as a page shows it: what it is called and allows, where, since when, and whether it holds today.

    ``last_day`` is one that is still to come; ``ended`` the first day on which it held no more.
    """

    id: int
    name: str
    description: str
    where: str
    starts: date
    last_day: date | None
    ended: date | None
    reason: str
    granted_by: str
    holds: bool
    can_end: bool


def held_roles(user: User, *, viewer: Viewer) -> list[HeldRole]:
    """Every role that a person has or had, newest first; a constant number of queries."""
    grants = list(grants_of(user, viewer=viewer))
    names = scope_names(grants, viewer=viewer)
    return [_held(grant, names) for grant in grants]


def _held(grant: Grant, names: dict[tuple[str, int | None], str]) -> HeldRole:
    role, day = role_named(grant.role), today()
    ended = grant.ends is not None and grant.ends <= day
    return HeldRole(
        id=grant.pk,
        name=role.name if role else grant.role,
        description=role.description if role else "The council no longer has this role: it allows nothing.",
        where=names.get((grant.scope_kind, grant.scope_id), "something that is no longer there"),
        starts=grant.starts,
        last_day=None if ended else grant.last_day,
        ended=grant.ends if ended else None,
        reason=grant.reason,
        granted_by=grant.granted_by.name,
        holds=grant.starts <= day and not ended,
        can_end=not ended,
    )


@allow_signed_in
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: roles in plain English, the password, the second step."""
    return render(
        request,
        "accounts/account.html",
        {
            "crumbs": [Crumb("Home", "/"), Crumb("Your account")],
            "person": request.user,
            "roles": [role for role in held_roles(request.user, viewer=request.viewer) if role.holds],
            "second_step": _second_step_on(request.user),
            "has_password": request.user.has_usable_password(),
        },
    )


@allow_signed_in
def second_step(request: HttpRequest) -> HttpResponse:
    """The second step of one's own sign-in: on or off, and its recovery codes."""
    rows = {row.type: row for row in Authenticator.objects.filter(user=request.user)}
    codes = rows.get(Authenticator.Type.RECOVERY_CODES)
    return render(
        request,
        "accounts/second_step.html",
        {
            "crumbs": [Crumb("Home", "/"), Crumb("Your account", "/account/"), Crumb("Second step")],
            "on": Authenticator.Type.TOTP in rows,
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        },
    )


@allow_everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that signs in once: opening it shows a button and spends nothing (mail scanners open every link)."""
    if request.method != "POST":
        link = open_link(token)
        return render(request, "accounts/link.html", {"link": link}, status=200 if link else 410)
    try:
        user = spend_sign_in_link(token)
    except Refused:
        return render(request, "accounts/link.html", {"link": None}, status=410)
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(0)
    record_authentication(request, user, method="link")
    return redirect(settings.LOGIN_REDIRECT_URL)


@allow_everyone
def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send to the council's own sign-in service."""
    return _asking_the_service(request, openid.login, provider_id)


@allow_everyone
def single_sign_on_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the council's own sign-in service, with its answer."""
    return _asking_the_service(request, openid.callback, provider_id)


def _asking_the_service(request: HttpRequest, view: Callable[..., HttpResponse], provider_id: str) -> HttpResponse:
    """What the view says; a page with the remedy where the service cannot be reached or says nothing of use."""
    try:
        return view(request, provider_id=provider_id)
    except (RequestException, KeyError) as fault:
        logger.warning("The sign-in service gave no usable answer: %s", fault)
        return render(request, "socialaccount/authentication_error.html", status=502)


def _second_step_on(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
