"""The list of rounds, and one round: its days, where it stands and what is to be done next."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.plans.queries import plans
from goldthread.domain.register.access import may
from goldthread.domain.rounds.access import may_run, may_sign_off, people_who
from goldthread.domain.rounds.models import Round
from goldthread.domain.rounds.queries import counts_of, history_of, round_in_reach, rounds_in_reach
from goldthread.domain.rounds.queries.items import readings
from goldthread.domain.rounds.queries.planning import cadences, would_ask
from goldthread.domain.rounds.terms import RUNNING, UNDER_WAY, ItemState, RoundState
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.entries import address_of
from goldthread.web.pages.rounds.issued import files_of, is_complete, issue_of
from goldthread.web.pages.rounds.presenters import round_tag, steps_of

OVERSEE = (Permission.RUN_ROUNDS, Permission.VERIFY, Permission.SIGN_OFF)


@allow(*OVERSEE)
def round_list(request: HttpRequest) -> HttpResponse:
    """Every round that the viewer runs, checks or signs off, and the plans that could report."""
    viewer = request.viewer
    rows = list(rounds_in_reach(viewer=viewer)[:200])
    counts = counts_of([row.pk for row in rows], viewer=viewer)
    known = list(plans(viewer=viewer)[:100])
    held = cadences([plan.pk for plan in known], viewer=viewer)
    running = viewer.may(Permission.RUN_ROUNDS)
    context = {
        "rows": [
            (row, shortened(row.plan.heading, 90), round_tag(row.state), counts.get(row.pk, (0, 0))) for row in rows
        ],
        "plans": [
            (plan.reference, shortened(plan.heading, 90), held.get(plan.pk))
            for plan in known
            if running and may_run(viewer, plan)
        ],
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Rounds")],
        "running": running,
    }
    return render(request, "rounds/list.html", context)


def found_round(pk: int, viewer: Viewer) -> Round:
    """A round within the viewer's reach. Raises Http404."""
    row = round_in_reach(pk, viewer=viewer)
    if row is None:
        raise Http404
    return row


def crumbs_of(row: Round, last: str = "") -> list[Crumb]:
    """Where a page of a round stands."""
    first = [Crumb("Home", reverse("home")), Crumb("Rounds", reverse("rounds"))]
    return (
        [*first, Crumb(row.name, reverse("round", args=[row.pk])), Crumb(last)] if last else [*first, Crumb(row.name)]
    )


@allow(*OVERSEE)
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: its days, its state, and the next thing for this viewer to do."""
    viewer, row = request.viewer, found_round(pk, request.viewer)
    done, total = counts_of([pk], viewer=viewer).get(pk, (0, 0))
    waiting = readings(row, viewer=viewer, states=[ItemState.SENT]) if row.state in RUNNING else []
    issue = issue_of(row, viewer)
    complete = issue is not None and is_complete(issue)
    runs = may_run(viewer, row.plan)
    context = {
        "would_ask": would_ask(row, viewer=viewer) if runs and row.state == RoundState.PLANNED else None,
        "waits_for": [one.name for one in people_who(Permission.SIGN_OFF, row.plan)]
        if runs and row.state == RoundState.ACCEPTED
        else [],
        "issue": issue,
        "complete": complete,
        "files": files_of(issue) if issue is not None else [],
        "can_issue": complete and row.state == RoundState.FROZEN and may(viewer, Permission.ISSUE_REPORTS, row.plan),
        "row": row,
        "plan_href": address_of(row.plan),
        "plan_words": shortened(row.plan.heading, 120),
        "tag": round_tag(row.state),
        "steps": steps_of(row, today()),
        "done": done,
        "total": total,
        "to_check": sum(may(viewer, Permission.VERIFY, one.stood.record) for one in waiting),
        "runs": runs,
        "signs": may_sign_off(viewer, row.plan),
        "issues": may(viewer, Permission.ISSUE_REPORTS, row.plan),
        "history": history_of(row, viewer=viewer),
        "is": {
            "planned": row.state == RoundState.PLANNED,
            "running": row.state in RUNNING,
            "accepted": row.state == RoundState.ACCEPTED,
            "signed": row.state == RoundState.SIGNED_OFF,
            "frozen": row.state in (RoundState.FROZEN, RoundState.ISSUED),
            "under_way": row.state in UNDER_WAY,
        },
        "crumbs": crumbs_of(row),
    }
    return render(request, "rounds/round.html", context)
