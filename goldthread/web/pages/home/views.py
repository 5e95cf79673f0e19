"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.imports.queries import open_questions
from goldthread.domain.organisation.queries import bodies, holders
from goldthread.domain.plans.queries import counts_by_plan, plans
from goldthread.domain.register.queries import live_records, mine, not_yet_checked, unmatched_names
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.rounds.queries.work import work_of
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import last_seen
from goldthread.web.addresses import address_named
from goldthread.web.pages.home.presenters import Task, glances, my_rows, work_lines

MOST = 50


@allow(Permission.SEE_PUBLISHED)
def home(request: HttpRequest) -> HttpResponse:
    """What needs the viewer, and the plans at a glance."""
    viewer = request.viewer
    found = mine(viewer=viewer).select_related("within", "accountable").order_by("due_on", "pk")
    records = list(found[: MOST + 1])
    held = holders({one.accountable_id for one in records if one.accountable_id}, viewer=viewer)
    context = {
        "rows": my_rows(records[:MOST], held),
        "more": len(records) > MOST,
        "tasks": tasks(viewer),
        "work": work_lines(work_of(viewer=viewer)),
        "glances": glances(plans(viewer=viewer)[:MOST], counts_by_plan(viewer=viewer)),
        "committees": committees(viewer),
        "told": live_records(viewer=viewer).filter(kind=RecordKind.RECOMMENDATION).exists(),
        "signed_in": viewer.user_id is not None,
        "may_add": viewer.may_everywhere(Permission.EDIT_RECORDS),
        "imports_href": address_named("imports") if viewer.may(Permission.IMPORT_DOCUMENTS) else "",
    }
    return render(request, "home/home.html", context)


def committees(viewer: Viewer) -> list[tuple[str, list[Issue]]]:
    """The bodies that the viewer sits on, by name, each with the last report on every plan that it was given."""
    mine = viewer.ids(Permission.SEE_REPORTS, ScopeKind.BODY)
    if not mine:
        return []
    names = bodies(viewer=viewer).filter(pk__in=mine)
    told = last_seen(mine, viewer=viewer)
    return [(body.owner.name, [one for one in told if one.for_body_id == body.pk]) for body in names]


def tasks(viewer: Viewer) -> list[Task]:
    """What waits for a coordinator; nothing for others."""
    waiting = []
    if viewer.may(Permission.EDIT_RECORDS) and (count := not_yet_checked(viewer=viewer).count()):
        waiting.append(Task(count, "not yet checked", reverse("unchecked")))
    if viewer.may(Permission.IMPORT_DOCUMENTS) and (count := open_questions(viewer=viewer).count()):
        waiting.append(Task(count, "with an open question", address_named("imports")))
    if viewer.may(Permission.MATCH_NAMES) and (count := len(unmatched_names(viewer=viewer))):
        waiting.append(Task(count, "printed names not matched to a post", address_named("names")))
    return waiting
