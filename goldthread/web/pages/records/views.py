"""Reading one record."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.queries import holders
from goldthread.domain.register.queries import downwards, events_of, not_yet_checked, passage_of, record_at, upwards
from goldthread.domain.register.queries.history import history_of
from goldthread.domain.register.terms import OwnerRole, RecordKind
from goldthread.domain.reviews.queries.answers import answers
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.days import days_of
from goldthread.web.entries import PAGES_OF_THEIR_OWN, address_of, passage_address
from goldthread.web.pages.lineage.presenters import Pair, answer_pair
from goldthread.web.pages.records.panels import panels_of
from goldthread.web.pages.records.presenters import RecordPage, crumbs_of, record_page, thread_of
from goldthread.web.pages.records.timelines import timelines_of

ON_A_PAGE = 50
PROPOSED = 3


@allow(Permission.SEE_PUBLISHED)
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """A record on a day: its thread, its updates, its dates, its owners, its source."""
    viewer, days = request.viewer, days_of(request)
    row = record_at(reference, viewer=viewer, **days.asked)
    history = history_of(row.record, viewer=viewer, **days.asked) if row else None
    if row is None or history is None:
        raise Http404
    if RecordKind(row.kind) in PAGES_OF_THEIR_OWN and "history" not in request.GET:
        return redirect(address_of(row.record) + days.query)
    owners = {owner.pk for owner in row.owners(OwnerRole.ACCOUNTABLE)}
    page = record_page(row, viewer=viewer, holders=holders(owners, viewer=viewer, on=row.on, known_on=days.known_on))
    above = upwards(row.record, viewer=viewer, **days.asked)
    own_page = RecordKind(row.kind) in PAGES_OF_THEIR_OWN  # which shows what stands in it
    below = [] if own_page else downwards(row.record, viewer=viewer, depth=4, **days.asked)
    passage = passage_of(row.record, viewer=viewer) if row.version.passage_id else None
    context = {
        "page": page,
        "panels": panels_of(row, viewer=viewer, allowed=page.allowed, today_shown=not days.chosen and not row.gone),
        "days": days,
        "crumbs": crumbs_of(row.record, query=days.query),
        "may_answer": _may_answer(request, page) if not days.chosen else [],
        "thread": thread_of(row, above, below, query=days.query),
        "timelines": timelines_of(
            history, row.updates, events_of(row.record, viewer=viewer, known_on=days.known_on), viewer
        ),
        "passage": passage,
        "passage_href": passage_address(passage) if passage else "",
    }
    return render(request, "records/record.html", context)


def _may_answer(request: HttpRequest, page: RecordPage) -> list[Pair]:
    """Objectives that may answer a recommendation, for who may say so."""
    if page.row.kind != RecordKind.RECOMMENDATION or not page.allowed.edit or page.row.gone:
        return []
    return [answer_pair(one) for one in answers(viewer=request.viewer, recommendation=page.row.record, most=PROPOSED)]


@allow(Permission.EDIT_RECORDS)
def unchecked(request: HttpRequest) -> HttpResponse:
    """Everything that was adopted unattended and that nobody has checked, to look at and to mark in one go."""
    found = not_yet_checked(viewer=request.viewer).select_related("within", "passage__source_file")
    if within := request.GET.get("within"):
        found = found.filter(Q(within__reference=within) | Q(reference=within))
    page = Paginator(found.order_by("within_id", "position", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "count": page.paginator.count,
        "rows": [(row, RecordKind(row.kind).label, address_of(row)) for row in page],
        "pages": pages_of(page, request.GET),
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Not yet checked")],
    }
    return render(request, "records/unchecked_list.html", context)
