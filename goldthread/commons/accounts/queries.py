"""Reading accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from goldthread.commons.access.models import Grant
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import SignInLink, User
from goldthread.commons.accounts.rules import token_hash
from goldthread.commons.errors import NotAllowed
from goldthread.kernel.clock import now, today


def accounts(*, viewer: Viewer, text: str = "") -> QuerySet[User]:
    """Every account by name, each with ``grants_now`` (its roles of today) and ``second_step`` (an authenticator app).

    ``text`` narrows to names and addresses that contain it. Raises NotAllowed for who does not manage accounts.
    """
    if not viewer.may_everywhere(Permission.MANAGE_ACCOUNTS):
        raise NotAllowed("Only an administrator sees the list of people: ask one.")
    found = User.objects.filter(Q(name__icontains=text) | Q(email__icontains=text)) if text else User.objects.all()
    second = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    held = Grant.objects.held_on(today()).order_by("role", "scope_kind", "scope_id", "id")
    return (
        found.annotate(second_step=Exists(second))
        .prefetch_related(Prefetch("grants", queryset=held, to_attr="grants_now"))
        .order_by("name", "pk")
    )


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A sign-in link that still works: for whom, and until when."""

    name: str
    email: str
    expires: datetime


def open_link(token: str) -> OpenLink | None:
    """The link of a token while it can still be spent, or None; looking spends nothing."""
    link = (
        SignInLink.objects.select_related("user")
        .filter(token_hash=token_hash(token), spent__isnull=True, expires__gt=now(), user__is_active=True)
        .first()
    )
    return OpenLink(link.user.name, link.user.email, link.expires) if link else None
