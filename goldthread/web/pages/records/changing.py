"""Changing one record or many at once, by a verb: choose, say how and why, done, undo."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import live_records, records
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.entries import address_of
from goldthread.web.pages.records.changes import CHANGES, ChangeForm
from goldthread.web.pages.records.presenters import crumbs_of

MOST = 500


def _chosen(request: HttpRequest, verb: str) -> list[Record]:
    """The records named in the address or the form that the viewer may see, in register order.

    What has left the lists can only be brought back: by another state.
    """
    names = (request.POST if request.method == "POST" else request.GET).getlist("record")[:MOST]
    seen = records(viewer=request.viewer) if verb == "state" else live_records(viewer=request.viewer)
    return list(seen.filter(reference__in=names).select_related("within"))


@allow(Permission.EDIT_RECORDS, Permission.WITHDRAW_RECORDS)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Where the boxes of a list are sent: the form of the verb, or back with a word where nothing fits.

    Sent as a form and not in the address, which is too short for a hundred references.
    """
    verb, names = request.POST.get("do", ""), request.POST.getlist("record")
    if verb in CHANGES and 0 < len(names) <= MOST and (chosen := _chosen(request, verb)):
        return _form_page(request, verb, chosen, CHANGES[verb].form(viewer=request.viewer, chosen=chosen))
    many = f"Choose at most {MOST} entries at once." if len(names) > MOST else ""
    messages.error(request, many or "Choose at least one entry and what to do with it.")
    within = live_records(viewer=request.viewer).filter(reference=request.POST.get("within", "")).first()
    return redirect(address_of(within) if within else reverse("plans"))


@allow(Permission.EDIT_RECORDS, Permission.WITHDRAW_RECORDS)
def change(request: HttpRequest, verb: str) -> HttpResponse:
    """The form of a verb over the chosen records, and its action."""
    what, chosen = CHANGES.get(verb), _chosen(request, verb)
    if what is None or not chosen or not request.viewer.may(what.permission):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = what.form(data, viewer=request.viewer, chosen=chosen)
    if form.is_valid():
        event = attempt(form, lambda: what.action(records=chosen, by=request.user, **form.arguments()))
        if event is not None:
            say_done(request, _said(chosen, what.done), event)
            gone = verb in ("withdraw", "merge")
            return redirect(address_of(chosen[0].within or chosen[0]) if gone else _back(chosen))
    return _form_page(request, verb, chosen, form)


def _form_page(request: HttpRequest, verb: str, chosen: list[Record], form: ChangeForm) -> HttpResponse:
    what = CHANGES[verb]
    if not request.viewer.may(what.permission):
        raise Http404
    context = {"what": what, "verb": verb, "form": form, "chosen": chosen, "back": _back(chosen)}
    return render(request, "records/change.html", context | {"crumbs": _crumbs(chosen, what.words)})


def _back(chosen: list[Record]) -> str:
    return address_of(chosen[0]) if len(chosen) == 1 else address_of(chosen[0].within or chosen[0])


def _said(chosen: list[Record], done: str) -> str:
    if len(chosen) == 1:
        return f"{chosen[0].reference} {done}."
    plural = done.replace("was ", "were ", 1).replace("has its", "have their", 1)
    return f"{len(chosen)} entries {plural}."


def _crumbs(chosen: list[Record], words: str) -> list[Crumb]:
    crumbs = crumbs_of(chosen[0])[:-1]
    if len(chosen) == 1:
        crumbs.append(Crumb(chosen[0].reference, address_of(chosen[0])))
    return [*crumbs, Crumb(words)]
