"""What waits for somebody in the rounds, for their first page: updates, checks, acceptance, sign-off, freeze."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.access import visible_to
from goldthread.domain.rounds.access import handed_over, may_run, may_sign_off
from goldthread.domain.rounds.models import Item, Round
from goldthread.domain.rounds.terms import RUNNING, UNDER_WAY, ItemState, RoundState


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to do: what, in which round, for how many items, by when. ``page`` is the name of its page."""

    what: str
    page: str
    round: Round
    number: int
    due: date


def work_of(*, viewer: Viewer) -> list[Work]:
    """What waits for the viewer in the rounds, soonest first. A constant number of queries."""
    if viewer.user_id is None:
        return []
    found = _updates(viewer) + _checks(viewer)
    if viewer.may(Permission.RUN_ROUNDS) or viewer.may(Permission.SIGN_OFF):
        found += _oversight(viewer)
    return sorted(found, key=lambda one: (one.due, one.round.pk, one.what))


def _updates(viewer: Viewer) -> list[Work]:
    rows = Item.objects.owed().filter(round__state__in=RUNNING)
    hands = list(handed_over(viewer.user_id, rows))
    mine = rows.filter(Q(request__person__user_id=viewer.user_id) | Q(pk__in=hands))
    counted = mine.order_by().values_list("round_id").annotate(number=Count("pk"), due=Min("due_on"))
    by_round = {pk: (number, due) for pk, number, due in counted}
    rounds = Round.objects.filter(pk__in=by_round).select_related("plan")
    return [Work("Give your updates", "updates", one, *by_round[one.pk]) for one in rounds]


def _checks(viewer: Viewer) -> list[Work]:
    """Updates to check: for directors and others who verify, and do not run the rounds themselves."""
    if not viewer.may(Permission.VERIFY) or viewer.may(Permission.RUN_ROUNDS):
        return []
    rows = Item.objects.filter(round__state__in=RUNNING, state=ItemState.SENT, record__in=visible_to(viewer))
    rows = rows.exclude(sent_by_id=viewer.user_id)
    if not viewer.may_everywhere(Permission.VERIFY):
        own = Q(record__directorate_id__in=viewer.ids(Permission.VERIFY, ScopeKind.DIRECTORATE))
        rows = rows.filter(own | Q(round__plan_id__in=viewer.ids(Permission.VERIFY, ScopeKind.PLAN)))
    counted = rows.order_by().values_list("round_id").annotate(number=Count("pk"))
    numbers = dict(counted)
    rounds = Round.objects.filter(pk__in=numbers).select_related("plan")
    return [Work("Check updates", "round_check", one, numbers[one.pk], one.check_by) for one in rounds]


def _oversight(viewer: Viewer) -> list[Work]:
    seen = visible_to(viewer).filter(rounds__isnull=False).values("pk")
    states = (RoundState.PLANNED, *UNDER_WAY)
    rounds = Round.objects.filter(plan__in=seen, state__in=states).select_related("plan")
    waiting = Count("items", filter=Q(items__state__in=(ItemState.SENT, ItemState.CHECKED)))
    found = []
    for one in rounds.annotate(waiting=waiting).order_by("pk"):
        runs = may_run(viewer, one.plan)
        if runs and one.state in RUNNING:
            found.append(Work("Follow the round and accept updates", "round_board", one, one.waiting, one.accept_by))
        elif runs and one.state == RoundState.SIGNED_OFF:
            found.append(Work("Freeze the report", "round_freeze", one, 0, one.freeze_on))
        elif runs and one.state == RoundState.PLANNED:
            found.append(Work("The round opens", "round", one, 0, one.opens))
        if one.state == RoundState.ACCEPTED and may_sign_off(viewer, one.plan):
            found.append(Work("Sign the round off", "round_sign_off", one, 0, one.sign_off_by))
    return found
