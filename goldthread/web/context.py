"""What the frame of every page shows: the council, who is signed in, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.web.addresses import address_named


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A link of the frame; ``post`` marks one that changes something and so is a form."""

    text: str
    href: str = ""
    active: bool = False
    post: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a page."""

    council: str
    version: str
    navigation: list[NavigationItem] = field(default_factory=list)
    account: list[NavigationItem] = field(default_factory=list)
    footer: list[NavigationItem] = field(default_factory=list)


# Words, the name of the route, and what one must be allowed for the link to be worth showing (None: everyone).
MAIN: tuple[tuple[str, str, tuple[Permission, ...] | None], ...] = (
    ("Home", "home", None),
    ("My updates", "updates", (Permission.ADD_UPDATES,)),
    ("Rounds", "rounds", (Permission.RUN_ROUNDS, Permission.VERIFY, Permission.SIGN_OFF)),
    ("Plans", "plans", None),
    ("Reviews", "reviews", None),
    ("Reports", "reports", None),
    ("Organisation", "organisation", (Permission.SEE_INTERNAL,)),
    ("Import", "imports", (Permission.IMPORT_DOCUMENTS,)),
    ("Enquiries", "enquiries", None),
    ("Search", "search", None),
)
FOOTER = (
    ("Accessibility statement", "accessibility", False),
    ("Sources", "sources", False),
    ("Components", "components", True),
)
"""Words, the name of the route, and whether the link is only worth showing to officers."""


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """The frame as ``frame`` in every template. Reads nothing from the database but the viewer, once per request."""
    viewer: Viewer = getattr(request, "viewer", PUBLIC)
    return {
        "frame": Frame(
            council=settings.GOLDTHREAD_COUNCIL,
            version=settings.GOLDTHREAD_VERSION,
            navigation=_main(viewer, request.path),
            account=_account(viewer),
            footer=[
                NavigationItem(text, href)
                for text, name, for_officers in FOOTER
                if (viewer.inside or not for_officers) and (href := address_named(name))
            ],
        )
    }


def _main(viewer: Viewer, path: str) -> list[NavigationItem]:
    items = []
    for text, name, needed in MAIN:
        href = address_named(name)
        if href and (needed is None or any(viewer.may_open(permission) for permission in needed)):
            items.append(NavigationItem(text, href, active=path == href or (href != "/" and path.startswith(href))))
    return items


def _account(viewer: Viewer) -> list[NavigationItem]:
    if viewer.user_id is None:
        return [NavigationItem("Sign in", address_named("account_login"))] if address_named("account_login") else []
    items = [NavigationItem(viewer.name, address_named("account"))]
    if viewer.may(Permission.MANAGE_ACCOUNTS) and (href := address_named("accounts")):
        items.append(NavigationItem("Accounts", href))
    if href := address_named("account_logout"):
        items.append(NavigationItem("Sign out", href, post=True))
    return items
