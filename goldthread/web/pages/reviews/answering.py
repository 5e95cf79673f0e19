"""Answering recommendations: what the council says to them, and which actions carry it out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.events.models import Event
from goldthread.domain.register import actions as register
from goldthread.domain.register.actions.linking import link_many
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.queries.finding import search
from goldthread.domain.register.queries.hanging import hanging_on
from goldthread.domain.register.terms import OwnerRole, RecordKind, Relation
from goldthread.domain.reviews import actions
from goldthread.domain.reviews.queries import responses
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.entries import address_of
from goldthread.web.pages.reviews.forms import ResponseForm
from goldthread.web.records_access import allowed_to

ANSWERED = (RecordKind.RECOMMENDATION, RecordKind.FINDING, RecordKind.STANDARD)
CARRIERS = (RecordKind.ACTION, RecordKind.OBJECTIVE)
MOST = 40


def _chosen(request: HttpRequest) -> list[Record]:
    names = (request.POST if request.method == "POST" else request.GET).getlist("record")
    rows = live_records(viewer=request.viewer).filter(reference__in=names[:500], kind__in=ANSWERED[:2])
    return [row for row in rows.select_related("within") if allowed_to(request.viewer, row).edit]


@allow(Permission.EDIT_RECORDS)
def respond(request: HttpRequest) -> HttpResponse:
    """Record what the council answers to the chosen recommendations; first opened with them, then sent with the answer."""
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, "Choose at least one recommendation to answer.")
        within = live_records(viewer=request.viewer).filter(reference=request.POST.get("within", "")).first()
        return redirect(address_of(within) if within else reverse("reviews"))
    first = responses(chosen[:1], viewer=request.viewer).get(chosen[0].pk)
    initial = (
        {
            "answer": first.answer,
            "reason": first.reason,
            "meeting": first.meeting,
            "agreed_by": first.agreed_by,
            "sponsor": first.sponsor,
        }
        if first and len(chosen) == 1
        else {}
    )
    sent = request.POST if "reason" in request.POST else None  # the boxes of the list send no answer yet
    form = ResponseForm(sent, viewer=request.viewer, initial=initial)
    if form.is_valid():
        event = attempt(form, lambda: _answer(request, chosen, dict(form.cleaned_data)))
        if event is not None:
            number = f"{len(chosen)} recommendations" if len(chosen) > 1 else chosen[0].reference
            say_done(request, f"The answer to {number} is on record.", event)
            return redirect(address_of(chosen[0].within or chosen[0]))
    title = "Answer a recommendation" if len(chosen) == 1 else f"Answer {len(chosen)} recommendations"
    context = {
        "form": form,
        "chosen": [(row.reference, shortened(row.heading, 200)) for row in chosen],
        "back": address_of(chosen[0].within or chosen[0]),
        "title": title,
        "crumbs": [*_crumbs(chosen[0]), Crumb(title)],
    }
    return render(request, "reviews/respond.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _answer(request: HttpRequest, chosen: list[Record], values: dict[str, Any]) -> Event:
    accountable = values.pop("accountable")
    event = actions.respond(recommendations=chosen, by=request.user, **values)
    moving = [row for row in chosen if accountable and row.accountable_id != accountable.pk]
    if moving:
        reason = values["reason"].strip() or "Named with the answer"
        register.reassign(records=moving, owner=accountable, role=OwnerRole.ACCOUNTABLE, by=request.user, reason=reason)
    return event


def _crumbs(row: Record) -> list[Crumb]:
    crumbs = [Crumb("Home", reverse("home")), Crumb("Reviews", reverse("reviews"))]
    if row.within:
        crumbs.append(Crumb(row.within.reference, address_of(row.within)))
    return crumbs


@allow(Permission.EDIT_RECORDS)
def tie(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose actions and objectives that answer a recommendation: search, tick, save."""
    rows = live_records(viewer=request.viewer).filter(kind__in=ANSWERED, reference__iexact=reference)
    target = rows.select_related("within").first()
    if target is None:
        raise Http404
    tied = hanging_on([target.pk], Relation.ANSWERS, viewer=request.viewer).get(target.pk, [])
    known = {row.record.pk for row in tied}
    if request.method == "POST":
        done = _tie(request, target, known)
        if done:
            return redirect(address_of(target))
    words = request.GET.get("q", "").strip()
    found = [
        row
        for row in (search(words, viewer=request.viewer) if words else [])
        if row.kind in CARRIERS and row.pk not in known and allowed_to(request.viewer, row).edit
    ]
    context = {
        "target": target,
        "heading": shortened(target.heading, 300),
        "words": words,
        "found": [(row.reference, address_of(row), shortened(row.heading, 200), _where(row)) for row in found[:MOST]],
        "more": max(0, len(found) - MOST),
        "tied": [(row.reference, address_of(row.record), shortened(row.heading, 160)) for row in tied],
        "back": address_of(target),
        "crumbs": [*_crumbs(target), Crumb(target.reference, address_of(target)), Crumb("Actions that answer it")],
    }
    return render(request, "reviews/tie.html", context)


def _where(row: Record) -> str:
    within = f" in {shortened(row.within.heading, 60)}" if row.within else ""
    return f"{RecordKind(row.kind).label}{within}"


@transaction.atomic
def _tie(request: HttpRequest, target: Record, known: set[int]) -> bool:
    names = request.POST.getlist("record")[:MOST]
    rows = live_records(viewer=request.viewer).filter(reference__in=names, kind__in=CARRIERS).exclude(pk__in=known)
    chosen = list(rows)
    if not chosen:
        messages.error(request, "Choose at least one action or objective.")
        return False
    event = link_many(records=chosen, relation=Relation.ANSWERS, target=target, by=request.user)
    number = "1 entry answers" if len(chosen) == 1 else f"{len(chosen)} entries answer"
    say_done(request, f"{number} {target.reference} now.", event)
    return True
