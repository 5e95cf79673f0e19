"""Telling those who check, accept, sign off and freeze that a step of a round waits for them, and that it is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction

from goldthread.commons.access.queries import viewer_for, who_may
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope
from goldthread.commons.accounts.models import User
from goldthread.commons.events.actions import record_event
from goldthread.commons.notices.actions import Letter, queue
from goldthread.commons.notices.models import Message
from goldthread.domain.rounds.access import may_check, people_who
from goldthread.domain.rounds.models import Item, Round, RoundStep
from goldthread.domain.rounds.rules.letters import called
from goldthread.domain.rounds.terms import ItemState, Occasion, RoundState
from goldthread.kernel.clock import LONDON, today


@transaction.atomic
def call_on(*, round: Round, by: User) -> int:
    """Tell everybody for whom the round waits today, once as it begins to wait and once when it is due; run again, nothing.

    A director hears of what waits for a check once no more updates are due, who runs the round of what waits to be
    accepted once the directors’ time is over and of a freeze, executive leadership of a sign-off. What a person moves on
    tells the next one at once, the rest is the tick’s. Returns how many messages that made.
    """
    day = today()
    if round.state == RoundState.CHECKING:
        items = _answered(round)
        number = _tell(Occasion.CHECK, round, round.check_by, _to_check(items), by)
        if day > round.check_by and items:
            runs = people_who(Permission.RUN_ROUNDS, round.plan)
            number += _tell(Occasion.ACCEPT, round, round.accept_by, [(one, items) for one in runs], by)
        return number
    if round.state == RoundState.ACCEPTED:
        people = people_who(Permission.SIGN_OFF, round.plan)
        return _tell(
            Occasion.SIGN_OFF, round, round.sign_off_by, [(one, ()) for one in people], by, said=_how_many(round)
        )
    if round.state == RoundState.SIGNED_OFF:
        people = people_who(Permission.RUN_ROUNDS, round.plan)
        return _tell(Occasion.FREEZE, round, round.freeze_on, [(one, ()) for one in people], by)
    return 0


@transaction.atomic
def call_back_to_check(*, round: Round, by: User, reason: str, step: int) -> int:
    """Tell those who run a round, but not who did it, that it was sent back and why. Returns how many messages that made."""
    people = people_who(Permission.RUN_ROUNDS, round.plan).exclude(pk=by.pk)
    letters = [
        _letter(Occasion.SENT_BACK, round, one, (), round.accept_by, f"{by.name} asks: {reason}", f"{step}")
        for one in people
    ]
    return queue(letters=letters, by=by)


def _answered(round: Round) -> list[Item]:
    """The items whose updates wait to be checked or accepted, in printed order."""
    rows = Item.objects.filter(round=round, state__in=(ItemState.SENT, ItemState.CHECKED))
    return list(rows.select_related("record", "owner", "holder", "round__plan").order_by("position", "pk"))


def _to_check(items: Sequence[Item]) -> list[tuple[User, list[Item]]]:
    """Who verifies in a directorate, and what waits for them there.

    Whoever may check everywhere (leadership, audit) is not written to: no check is theirs before anybody else’s.
    """
    by_place: dict[int, list[Item]] = {}
    for item in items:
        if item.state == ItemState.SENT and item.record.directorate_id is not None:
            by_place.setdefault(item.record.directorate_id, []).append(item)
    theirs: dict[User, list[Item]] = {}
    for place, waiting in by_place.items():
        for user in _directors(place):
            viewer = viewer_for(user)
            own = [one for one in waiting if one.sent_by_id != user.pk and may_check(viewer, one.record)]
            theirs.setdefault(user, []).extend(own)
    return [(user, own) for user, own in theirs.items() if own]


def _directors(place: int) -> Iterable[User]:
    """Who verifies in one directorate and not in the whole council."""
    everywhere = who_may(Permission.VERIFY, Scope(ScopeKind.EVERYTHING)).values("pk")
    return who_may(Permission.VERIFY, Scope(ScopeKind.DIRECTORATE, place)).exclude(pk__in=everywhere)


def _tell(
    occasion: Occasion,
    round: Round,
    due: date,
    people: Iterable[tuple[User, Sequence[Item]]],
    by: User,
    *,
    said: str = "",
) -> int:
    """The first message, and the second one from its last day on; none twice, and not both on one day."""
    turn = f"{RoundStep.objects.filter(round=round, state=round.state).count()}"
    known = {
        key: made.astimezone(LONDON).date()
        for key, made in Message.objects.filter(about=f"round:{round.pk}", key__contains=f":call:{occasion.value}:")
        .values_list("key", "made")
    }  # fmt: skip
    letters = []
    for user, items in people:
        first = _key(round, occasion, user, turn)
        again = first in known
        if again and (today() < due or known[first] == today()):
            continue
        letters.append(_letter(occasion, round, user, items, due, said, f"{turn}:due" if again else turn))
    made = queue(letters=letters, by=by)
    if made:
        record_event("told whom a round waits for", by=by, subject=str(round)[:200], detail={"messages": made})
    return made


def _key(round: Round, occasion: Occasion, user: User, turn: str) -> str:
    return f"round:{round.pk}:call:{occasion.value}:{user.pk}:{turn}"


def _letter(
    occasion: Occasion, round: Round, user: User, items: Sequence[Item], due: date, said: str, turn: str
) -> Letter:
    words = called(
        occasion, name=user.name, report=round.outside_name, council=settings.GOLDTHREAD_COUNCIL,
        lines=[item.in_message(due=due) for item in items], due=due, day=today(), said=said,
    )  # fmt: skip
    return Letter(
        key=_key(round, occasion, user, turn), about=f"round:{round.pk}", to_name=user.name, to_address=user.email,
        subject=words.subject, text=words.text, html=words.html, filler=f"rounds.call:{round.pk}/{occasion.value}",
    )  # fmt: skip


def _how_many(round: Round) -> str:
    """How many of the items have an accepted update; those without are told of, never hidden."""
    items = Item.objects.standing().filter(round=round)
    number, there = items.count(), items.filter(state=ItemState.ACCEPTED).count()
    lacking = f" {number - there} go on without one; the page says why." if there < number else ""
    return f"{there} of {number} items have an accepted update.{lacking}"
