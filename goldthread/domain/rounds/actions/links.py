"""Signed links and calendar addresses: made, entered once, asked for anew, revoked; every use on record."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.domain.organisation.models import Person
from goldthread.domain.register.access import require_for
from goldthread.domain.register.models import Record
from goldthread.domain.rounds.access import hash_of, token_of
from goldthread.domain.rounds.models import Feed, LinkUse, Round, SignedLink
from goldthread.domain.rounds.terms import RUNNING, LinkOutcome
from goldthread.kernel.clock import now

AGAIN_AFTER = timedelta(minutes=5)
"""How long after a new link was asked for the next one can be."""


def make_link(
    *, user: User, person: Person | None, round: Round, items: list[int], until: datetime, by: User
) -> SignedLink:
    """A link for one person to some items of a round until a moment; its address is made when a message goes out."""
    nonce = secrets.token_hex(16)
    return SignedLink.objects.create(
        user=user, person=person, round=round, items=sorted(items), nonce=nonce, made=now(), until=until,
        token_hash=hash_of(token_of("link", nonce)),
    )  # fmt: skip


def note_use(
    *,
    link: SignedLink | None,
    outcome: str,
    by: User | None,
    item: int | None = None,
    browser: str = "",
    address: str = "",
) -> LinkUse:
    """Put on record what somebody did with a link; ``by`` is None for whoever holds no valid one."""
    return LinkUse.objects.create(
        link=link, at=now(), outcome=outcome, item=item, browser=browser[:200], address=address[:45]
    )


def refusal_of(*, link: SignedLink | None, by: User | None) -> LinkOutcome | None:
    """Why a link cannot be entered; None where it can."""
    if link is None:
        return LinkOutcome.FORGED
    if link.revoked or not link.user.is_active:
        return LinkOutcome.REVOKED
    if link.until <= now() or link.round.state not in RUNNING:
        return LinkOutcome.EXPIRED
    return LinkOutcome.SPENT if link.entered else None


@transaction.atomic
def enter(
    *, token: str, by: User | None, browser: str = "", address: str = ""
) -> tuple[SignedLink | None, str, LinkOutcome]:
    """Exchange a link for the secret of a cookie: (link, secret, what came of it). Of two browsers at once one gets it.

    Never signs anybody in. A refusal gives no secret and stays on record.
    """
    link = SignedLink.objects.select_related("user", "round__plan", "person").filter(token_hash=hash_of(token)).first()
    outcome = refusal_of(link=link, by=by)
    secret = ""
    if outcome is None and link is not None:
        secret = secrets.token_urlsafe(32)
        free = SignedLink.objects.filter(pk=link.pk, entered__isnull=True, revoked__isnull=True)
        taken = free.update(entered=now(), cookie_hash=hash_of(secret))
        outcome, secret = (LinkOutcome.ENTERED, secret) if taken else (LinkOutcome.SPENT, "")
    assert outcome is not None
    note_use(link=link, outcome=outcome, by=link.user if link and secret else by, browser=browser, address=address)
    return link, secret, outcome


@transaction.atomic
def revoke(*, link: SignedLink, by: User, reason: str) -> SignedLink:
    """Close a link at once: for whoever it is of, and for who runs the round. Raises Refused without a reason."""
    if link.user_id != by.pk:
        require_for(by, Permission.RUN_ROUNDS, [link.round.plan])
    if not reason.strip():
        raise Refused("Say why the link is revoked: the reason is kept.")
    row = SignedLink.objects.select_for_update().get(pk=link.pk)
    if row.revoked is None:
        row.revoked, row.revoked_because, row.cookie_hash = now(), reason.strip()[:300], ""
        row.save(update_fields=["revoked", "revoked_because", "cookie_hash"])
        record_event("revoked a link", by=by, subject=f"{row.user} in {row.round}"[:200], reason=reason.strip())
    return row


@transaction.atomic
def make_feed(*, by: User, plan: Record | None = None) -> Feed:
    """The calendar address of a person: their own days, or those of a plan they may see. One of each kind at a time."""
    if plan is not None:
        require_for(by, Permission.SEE_INTERNAL, [plan])
    held = Feed.objects.filter(user=by, plan=plan, revoked__isnull=True).first()
    if held is not None:
        return held
    nonce = secrets.token_hex(16)
    feed = Feed.objects.create(user=by, plan=plan, nonce=nonce, token_hash=hash_of(token_of("feed", nonce)), made=now())
    record_event("made a calendar address", by=by, subject=plan.reference if plan else by.email)
    return feed


@transaction.atomic
def revoke_feed(*, feed: Feed, by: User) -> Feed:
    """Close one's own calendar address; the next one is another. Raises NotAllowed for somebody else's."""
    if feed.user_id != by.pk:
        raise NotAllowed("A calendar address is closed by the person whose it is.")
    if feed.revoked is None:
        feed.revoked = now()
        feed.save(update_fields=["revoked"])
        record_event("closed a calendar address", by=by, subject=by.email)
    return feed
