"""Handing a draft to somebody, taking it back; saying who is away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow_signed_in
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.queries import person_of_account
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.queries.items import item_of
from goldthread.domain.rounds.queries.people import absences
from goldthread.kernel.clock import today
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.rounds.forms import AwayForm, HandOverForm


def _crumbs(last: str) -> list[Crumb]:
    return [Crumb("Home", reverse("home")), Crumb("My updates", reverse("updates")), Crumb(last)]


@allow_signed_in
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to draft an item."""
    row = item_of(pk, viewer=request.viewer)
    if row is None or row.drafts_only:
        raise Http404
    form = HandOverForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, lambda: actions.hand_over(item=row.item, by=request.user, **values))
        if made is not None:
            say_done(request, f"{row.stood.reference} is in the hands of {made.to.name} to draft. You send it.")
            return redirect(f"{reverse('updates')}#item-{pk}")
    context = {
        "form": form, "title": f"Ask somebody to draft {row.stood.reference}", "words": row.stood.heading,
        "note": "They get a message with a link, see this item and nothing else that is not published, and draft the update, "
        "files included. You read it on your page, take over what you want, and send it.",
        "button": "Ask them", "back": f"{reverse('updates')}#item-{pk}", "crumbs": _crumbs("Hand over"),
    }  # fmt: skip
    return render(request, "rounds/form.html", context)


@allow_signed_in
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item back from who drafts it."""
    row = item_of(pk, viewer=request.viewer)
    hand = next((one for one in row.hands if str(one.pk) == request.POST.get("hand")), None) if row else None
    if hand is None:
        raise Http404
    try:
        actions.take_back(hand_over=hand, by=request.user)
        say_done(request, f"{hand.to.name} no longer drafts it. What they wrote stays with the item.")
    except Refused as refused:
        say_refused(request, refused)
    return redirect(f"{reverse('updates')}#item-{pk}")


@allow_signed_in
def away(request: HttpRequest) -> HttpResponse:
    """Who is away and who stands in: one's own days, and everybody's for who runs rounds."""
    viewer = request.viewer
    own, others = person_of_account(viewer.user_id, viewer=viewer), viewer.may(Permission.RUN_ROUNDS)
    form = AwayForm(request.POST or None, viewer=viewer, own=own, others=others)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        person, stand_in = form.known[values.pop("person")], form.known.get(values.pop("stand_in"))
        made = attempt(form, lambda: actions.say_away(person=person, stand_in=stand_in, by=request.user, **values))
        if made is not None:
            say_done(request, f"{made.person} is noted as away.")
            return redirect("updates_away")
    rows = [
        row
        for row in absences(viewer=viewer)
        if row.ends >= today() and (others or (own is not None and row.person_id == own.pk))
    ]
    context = {
        "form": form, "rows": rows, "can_add": own is not None or others, "crumbs": _crumbs("Away"),
    }  # fmt: skip
    return render(request, "rounds/away.html", context)


@allow_signed_in
@require_POST
def not_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an absence back."""
    row = next((one for one in absences(viewer=request.viewer) if one.pk == pk), None)
    if row is None:
        raise Http404
    try:
        actions.not_away(absence=row, by=request.user)
        say_done(request, f"{row.person} is no longer noted as away.")
    except Refused as refused:
        if row.person.user_id != request.user.pk and not request.viewer.may(Permission.RUN_ROUNDS):
            raise Http404 from refused
        say_refused(request, refused)
    return redirect("updates_away")
