"""Adding people, closing and opening their accounts, and the links that sign a person in once."""

from __future__ import annotations

import getpass
import re
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from goldthread.commons.access.actions import EVERYTHING, give_role, others_administer
from goldthread.commons.access.guard import require
from goldthread.commons.access.models import Grant
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import SignInLink, User
from goldthread.commons.accounts.rules import token_hash
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.kernel.clock import now

LOCAL_ROLES = ("administrator", "coordinator")
"""What the person who runs commands on a laptop may do."""


@transaction.atomic
def create_account(*, email: str, name: str, by: User | None, reason: str = "") -> User:
    """Make an account for a person and return it; without a role it sees what the public sees.

    ``by`` is None only for the first account of an empty register, which records its own making. Raises NotAllowed when
    ``by`` does not manage accounts, Refused for an address that is none or that has an account, or an empty name.
    """
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    elif User.objects.exists():
        raise Refused("There are accounts already: an administrator adds people.")
    return _make_account(_checked_address(email), _checked_name(name), by, reason)


@transaction.atomic
def account_for_asking(*, email: str, name: str, by: User, reason: str) -> User:
    """The account of an address, made where there is none: for rooms that ask somebody by mail to answer for some items.

    Without a role it sees what the public sees; the asking room gives it its items, and has made sure that ``by`` may
    ask (see decisions/0015). Raises Refused for an address that is none, and for a closed account.
    """
    found = User.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        return _make_account(_checked_address(email), _checked_name(name), by, reason)
    if not found.is_active:
        raise Refused(f"The account of {found.name} is closed: ask an administrator to open it again.")
    return found


@transaction.atomic
def close_account(*, user: User, by: User, reason: str) -> User:
    """Close an account: nobody signs in with it any more and its roles stop holding; what it did stays under its name.

    Raises NotAllowed when ``by`` does not manage accounts, Refused without a reason, for one's own account, or when
    nobody would be left to manage accounts.
    """
    require(by, Permission.MANAGE_ACCOUNTS)
    if not reason.strip():
        raise Refused("Say why the account is closed: the reason is kept.")
    if user.pk == by.pk:
        raise Refused("You cannot close your own account: ask another administrator.")
    if not others_administer(besides=Grant.objects.filter(user=user)):
        raise Refused("Nobody would be left to manage accounts: give another person the administrator role first.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    record_event("closed an account", by=by, subject=user.email, reason=reason.strip())
    return user


@transaction.atomic
def open_account(*, user: User, by: User, reason: str) -> User:
    """Open a closed account again; the roles that have not ended hold again. Raises as ``close_account``."""
    require(by, Permission.MANAGE_ACCOUNTS)
    if not reason.strip():
        raise Refused("Say why the account is opened again: the reason is kept.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record_event("opened an account", by=by, subject=user.email, reason=reason.strip())
    return user


@transaction.atomic
def local_user() -> User:
    """The person that commands act as on this machine, made on the first call: administrator and coordinator.

    The name is the operating system user's, the address ``<name>@localhost``. Who can run a command here can read the
    database file anyway; so this asks nobody. A role that an administrator has ended is not given back. Raises Refused
    when that account has been closed.
    """
    login = _system_user()
    email = f"{re.sub(r'[^a-z0-9._-]+', '-', login.lower()).strip('-.') or 'somebody'}@localhost"
    user = User.objects.filter(email=email).first() or _make_account(
        email, login, None, "Runs commands on this machine"
    )
    if not user.is_active:
        raise Refused(f"The account {email} is closed: an administrator can open it again.")
    held = set(Grant.objects.filter(user=user, role__in=LOCAL_ROLES).values_list("role", flat=True))
    for role in (role for role in LOCAL_ROLES if role not in held):
        give_role(user=user, role=role, by=user, reason="Runs commands on this machine", scope=EVERYTHING)
    return user


@transaction.atomic
def make_sign_in_link(user: User, *, hours: int = 1) -> str:
    """A token that signs the person in once within some hours; only its hash is kept. An event says it was made.

    Raises Refused for a closed account.
    """
    if not user.is_active:
        raise Refused(f"The account of {user.name} is closed: open it again first.")
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(user=user, token_hash=token_hash(token), expires=now() + timedelta(hours=hours))
    record_event("made a sign-in link", by=user, subject=user.email, detail={"hours": hours})
    return token


def sign_in_url(user: User, base_url: str, *, hours: int = 1) -> str:
    """The whole address of a new one-time sign-in link, such as ``http://127.0.0.1:8000/sign-in/link/…/``."""
    return base_url.rstrip("/") + reverse("sign_in_link", args=[make_sign_in_link(user, hours=hours)])


@transaction.atomic
def spend_sign_in_link(token: str) -> User:
    """Spend a link's token and return the person it signs in; of two at the same moment one is refused.

    Raises Refused, with one sentence for every cause, for a token that is forged, spent or expired, or whose account is
    closed.
    """
    moment = now()
    open_links = SignInLink.objects.filter(
        token_hash=token_hash(token), spent__isnull=True, expires__gt=moment, user__is_active=True
    )
    if not open_links.update(spent=moment):
        raise Refused("This sign-in link does not work: it was used before, has expired or was not copied whole.")
    user = SignInLink.objects.select_related("user").get(token_hash=token_hash(token)).user
    record_event("signed in with a link", by=user, subject=user.email)
    return user


def _make_account(email: str, name: str, by: User | None, reason: str) -> User:
    user = User.objects.create_user(email, name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record_event("added a person", by=by or user, subject=email, reason=reason.strip())
    return user


def _checked_address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused("Enter an e-mail address in the right form, such as name@example.gov.uk.") from error
    if User.objects.filter(email=email).exists():
        raise Refused(f"{email} has an account already: find it in the list of people.")
    return email


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise Refused("Enter the person's name, at most 200 characters.")
    return name


def _system_user() -> str:
    """The name of the operating system's user; in a container there may be none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "local"
