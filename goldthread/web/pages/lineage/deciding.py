"""Proposals that one entry repeats or answers another, and the person's decision on each."""

from __future__ import annotations

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import record_by_reference
from goldthread.domain.register.terms import CONTAINERS, GONE, RecordKind
from goldthread.domain.reviews.actions import confirm_answer, confirm_repeat, dismiss
from goldthread.domain.reviews.queries.answers import MayAnswer, answers
from goldthread.domain.reviews.queries.repeats import Repeat, repeats
from goldthread.domain.reviews.terms import Proposed
from goldthread.web.acting import say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.entries import address_of
from goldthread.web.pages.lineage.presenters import CHOICES, answer_pair, repeat_pair
from goldthread.web.pages.records.presenters import crumbs_of
from goldthread.web.records_access import allowed_to

ON_A_PAGE = 20
NOT_THE_SAME = "no"


def _record(request: HttpRequest, reference: str) -> Record:
    found = record_by_reference(reference, viewer=request.viewer)
    if found is None or found.state in GONE:
        raise Http404
    return found


def _page(request: HttpRequest, record: Record, what: str, pairs: list[object]) -> HttpResponse:
    page = Paginator(pairs, ON_A_PAGE).get_page(request.GET.get("page"))
    own = [Crumb(record.reference, address_of(record))] if record.kind not in CONTAINERS else []
    context = {
        "record": record,
        "what": what,
        "page": page,
        "pages": pages_of(page, request.GET),
        "back": address_of(record),
        "may_edit": allowed_to(request.viewer, record).edit or request.viewer.may(Permission.EDIT_RECORDS),
        "crumbs": [
            *crumbs_of(record)[:-1],
            *own,
            Crumb("What comes back" if what == "repeats" else "What may answer it"),
        ],
    }
    return render(request, "lineage/proposals.html", context)


def _certain_first(one: Repeat | MayAnswer) -> tuple[bool, float]:
    return (not one.certain, -one.score)


@allow(Permission.SEE_INTERNAL)
def what_repeats(request: HttpRequest, reference: str) -> HttpResponse:
    """What an entry, or a whole review or plan, may repeat of earlier ones: proposals, best first."""
    record = _record(request, reference)
    found = repeats(viewer=request.viewer, later=record, most=3 if record.kind in CONTAINERS else 25)
    return _page(request, record, "repeats", [repeat_pair(one) for one in sorted(found, key=_certain_first)])


@allow(Permission.SEE_INTERNAL)
def what_answers(request: HttpRequest, reference: str) -> HttpResponse:
    """Objectives and actions that may answer a recommendation, or the recommendations of a review, or those a plan may answer."""
    record = _record(request, reference)
    viewer, kinds = request.viewer, (RecordKind.OBJECTIVE, RecordKind.ACTION)
    if record.kind == RecordKind.RECOMMENDATION:
        found = answers(viewer=viewer, recommendation=record, kinds=kinds, most=20)
    elif record.kind == RecordKind.PLAN:
        found = answers(viewer=viewer, plan=record, most=2)
    elif record.kind in CONTAINERS:
        found = [one for one in answers(viewer=viewer, most=3) if one.recommendation.within_id == record.pk]
    else:
        raise Http404
    return _page(request, record, "answers", [answer_pair(one) for one in sorted(found, key=_certain_first)])


@allow(Permission.EDIT_RECORDS)
@require_POST
def decide_repeat(request: HttpRequest, reference: str, earlier: str) -> HttpResponse:
    """Say what a later entry is to an earlier one, or that the two are not the same."""
    later, before = _record(request, reference), _record(request, earlier)
    said = request.POST.get("is", "")

    def act() -> Event:
        if said == NOT_THE_SAME:
            return dismiss(record=later, target=before, sort=Proposed.REPEATS, by=request.user)
        return confirm_repeat(later=later, earlier=before, relation=said, by=request.user)

    words = next((text.lower() for value, text in CHOICES if value == said), "not the same")
    return _decided(request, act, f"{later.reference} and {before.reference}: {words}.", address_of(later))


@allow(Permission.EDIT_RECORDS)
@require_POST
def decide_answer(request: HttpRequest, reference: str, offered: str) -> HttpResponse:
    """Say that an objective or action answers a recommendation, or that it does not."""
    rec, row = _record(request, reference), _record(request, offered)

    def act() -> Event:
        if request.POST.get("is") == NOT_THE_SAME:
            return dismiss(record=row, target=rec, sort=Proposed.ANSWERS, by=request.user)
        return confirm_answer(offered=row, recommendation=rec, by=request.user)

    does = "does not answer" if request.POST.get("is") == NOT_THE_SAME else "now answers"
    return _decided(request, act, f"{row.reference} {does} {rec.reference}.", address_of(rec))


def _decided(request: HttpRequest, act: Callable[[], Event], words: str, otherwise: str) -> HttpResponse:
    try:
        say_done(request, words, act())
    except Refused as refused:
        say_refused(request, refused)
    back = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else otherwise or reverse("home"))
