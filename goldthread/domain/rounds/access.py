"""Who may do what in a round, and what a signed link opens."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac

from goldthread.commons.access.queries import viewer_for, who_may
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.accounts.rules import token_hash
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.rules import standing
from goldthread.domain.register.access import may, visible_to
from goldthread.domain.register.models import Record
from goldthread.domain.rounds.models import Feed, HandOver, Item, Round, SignedLink
from goldthread.domain.rounds.terms import RUNNING, Occasion, RoundState
from goldthread.kernel.clock import now, today


def token_of(kind: str, nonce: str) -> str:
    """The secret part of an address, made from its nonce and the installation's secret: 256 bits, hexadecimal."""
    return salted_hmac(f"goldthread.rounds.{kind}", nonce, algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return token_hash(token)


def places_of_link(argument: str) -> Mapping[str, str] | None:
    """What stands for the place of the link in a message; None where the message need not go out any more."""
    link = SignedLink.objects.select_related("round").filter(pk=int(argument)).first()
    if link is None or link.revoked or link.until <= now() or link.round.state not in RUNNING:
        return None
    if not Item.objects.owed().filter(pk__in=link.items).exists():
        return None
    address = reverse("update_link", args=[token_of("link", link.nonce)])
    return {"link": f"{settings.GOLDTHREAD_ADDRESS}{address}"}


def opens_with(link: SignedLink, cookie: str) -> bool:
    """Whether a browser's cookie is the one that the link was entered with."""
    return bool(link.cookie_hash) and hmac.compare_digest(link.cookie_hash, hash_of(cookie))


def handed_over(user_id: int | None, items: QuerySet[Item]) -> dict[int, HandOver]:
    """The items of a set that are in a person's hands to draft today: item id → hand-over."""
    if user_id is None:
        return {}
    held: dict[int, HandOver] = {}
    for row in standing(HandOver.objects.filter(to_id=user_id, item__in=items)):
        held[row.item_id] = row
    return {pk: row for pk, row in held.items() if not row.ended and row.until >= today()}


def asked_of(user_id: int | None, items: QuerySet[Item]) -> QuerySet[Item]:
    """The items of a set that a person was asked for."""
    return items.filter(request__person__user_id=user_id) if user_id is not None else items.none()


def may_draft(user: User, viewer: Viewer, item: Item) -> bool:
    """Whether a person may write a draft of an item: asked, in their hands, or allowed to update the record."""
    one = Item.objects.filter(pk=item.pk)
    if not visible_to(viewer, Record.objects.filter(pk=item.record_id)).exists():
        return False
    return (
        asked_of(user.pk, one).exists()
        or bool(handed_over(user.pk, one))
        or may(viewer, Permission.ADD_UPDATES, item.record)
    )


def may_send(user: User, viewer: Viewer, item: Item) -> bool:
    """Whether a person may send an item's update: as ``may_draft``, but not who only drafts it."""
    if not may_draft(user, viewer, item):
        return False
    one = Item.objects.filter(pk=item.pk)
    if asked_of(user.pk, one).exists() or not handed_over(user.pk, one):
        return True
    return bool(viewer.ids(Permission.ADD_UPDATES, ScopeKind.DIRECTORATE)) or viewer.may_everywhere(
        Permission.ADD_UPDATES
    )


def refuse_closed(item: Item) -> None:
    """Raises Refused once the round of an item takes no more updates."""
    if item.round.state not in RUNNING:
        raise Refused(f"The round {item.round.name} takes no more updates; ask the coordinator.")


def may_check(viewer: Viewer, record: Record) -> bool:
    """Whether a person checks what others send about a record."""
    return may(viewer, Permission.VERIFY, record)


def may_run(viewer: Viewer, plan: Record) -> bool:
    """Whether a person runs the rounds of a plan."""
    return may(viewer, Permission.RUN_ROUNDS, plan)


def may_sign_off(viewer: Viewer, plan: Record) -> bool:
    """Whether a person signs the rounds of a plan off."""
    return may(viewer, Permission.SIGN_OFF, plan)


def people_who(permission: Permission, plan: Record) -> QuerySet[User]:
    """Who holds a permission for a plan today; the commands' own account is nobody to wait for or to write to."""
    return who_may(permission, Scope(ScopeKind.PLAN, plan.pk)).exclude(email__iendswith="@localhost")


def places_of_call(argument: str) -> Mapping[str, str] | None:
    """What stands for the place of the page in a message that something waits; None where it waits no longer."""
    pk, _, occasion = argument.partition("/")
    state, page = CALLS[Occasion(occasion)]
    if not Round.objects.filter(pk=int(pk), state=state).exists():
        return None
    return {"link": f"{settings.GOLDTHREAD_ADDRESS}{reverse(page, args=[int(pk)])}"}


CALLS = {
    Occasion.CHECK: (RoundState.CHECKING, "round_check"),
    Occasion.ACCEPT: (RoundState.CHECKING, "round_board"),
    Occasion.SIGN_OFF: (RoundState.ACCEPTED, "round_sign_off"),
    Occasion.FREEZE: (RoundState.SIGNED_OFF, "round_freeze"),
    Occasion.SENT_BACK: (RoundState.CHECKING, "round_board"),
}
"""What waits for somebody who signs in: in which state of the round, and on which page."""


def in_reach(viewer: Viewer) -> QuerySet[Round]:
    """The rounds that a person has something to do with.

    Those of plans or items that they see and run, check or sign off, and those in which they were asked.
    """
    seen = Q(pk__in=[])
    if any(viewer.may(one) for one in (Permission.RUN_ROUNDS, Permission.VERIFY, Permission.SIGN_OFF)):
        records = visible_to(viewer).values("pk")
        seen |= Q(plan__in=records) | Q(pk__in=Item.objects.filter(record__in=records).values("round"))
    if viewer.user_id is not None:
        seen |= Q(pk__in=Item.objects.filter(request__person__user_id=viewer.user_id).values("round"))
    return Round.objects.filter(seen)


def feed_behind(token: str) -> tuple[Feed, Viewer] | None:
    """The calendar that an address opens, and for whom; None for one that is forged, closed or of a closed account."""
    feed = Feed.objects.select_related("user", "plan").filter(token_hash=hash_of(token), revoked__isnull=True).first()
    return (feed, viewer_for(feed.user)) if feed is not None and feed.user.is_active else None


def link_behind(cookie: str) -> SignedLink | None:
    """The entered link whose cookie a browser shows, while it still opens anything; None otherwise."""
    if not cookie:
        return None
    link = (
        SignedLink.objects.select_related("user", "round__plan", "person")
        .filter(cookie_hash=hash_of(cookie), revoked__isnull=True, until__gt=now(), user__is_active=True)
        .first()
    )
    return link if link is not None and opens_with(link, cookie) else None
