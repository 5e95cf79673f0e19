"""Reading rounds."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.access import visible_to
from goldthread.domain.rounds.access import in_reach
from goldthread.domain.rounds.models import Item, Round, RoundStep
from goldthread.domain.rounds.terms import ANSWERED, RoundState


def rounds_in_reach(*, viewer: Viewer) -> QuerySet[Round]:
    """The rounds that somebody runs, checks, signs off or was asked in, by the day of their freeze."""
    return in_reach(viewer).select_related("plan", "meeting__body__owner").order_by("-freeze_on", "-pk")


def round_in_reach(pk: int, *, viewer: Viewer) -> Round | None:
    """One round, None where the viewer has nothing to do with it."""
    return rounds_in_reach(viewer=viewer).filter(pk=pk).first()


def counts_of(rounds: list[int], *, viewer: Viewer) -> dict[int, tuple[int, int]]:
    """How many items of rounds have an update, and how many there are, of those the viewer sees. One query."""
    rows = Item.objects.standing().filter(round__in=rounds, record__in=visible_to(viewer)).order_by()
    grouped = rows.values_list("round_id").annotate(done=Count("pk", filter=Q(state__in=ANSWERED)), all=Count("pk"))
    return {pk: (done, total) for pk, done, total in grouped}


def history_of(round: Round, *, viewer: Viewer) -> list[RoundStep]:
    """The steps of a round, oldest first, with who took each and why; for who may see who did what, else none."""
    if not (viewer.may(Permission.SEE_EVENTS) or viewer.may(Permission.SIGN_OFF)):
        return []
    return list(RoundStep.objects.filter(round=round).select_related("event__by"))


def why_accepted(round: Round, *, viewer: Viewer) -> str:
    """What the coordinator said when the round was closed for updates, such as why items are missing."""
    if not in_reach(viewer).filter(pk=round.pk).exists():
        return ""
    step = RoundStep.objects.filter(round=round, state=RoundState.ACCEPTED).select_related("event").last()
    return step.event.reason if step else ""
