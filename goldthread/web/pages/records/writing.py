"""Writing about one record: an update, another wording, a rating, a link, evidence; and the undo of any action."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event
from goldthread.domain.imports.actions import undo as undo_action
from goldthread.domain.register import actions
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import record_at, upwards
from goldthread.kernel.clock import today
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.entries import address_of
from goldthread.web.pages.records.forms import (
    EvidenceForm,
    LinkForm,
    RatingForm,
    UnlinkForm,
    UpdateForm,
    WordingForm,
    wording_of,
)
from goldthread.web.pages.records.presenters import crumbs_of, links_of
from goldthread.web.records_access import allowed_to


def _row(request: HttpRequest, reference: str, may: str) -> RecordAt:
    """The record as it stands today; 404 where it has left the lists, or the viewer may not see it or do this to it."""
    row = record_at(reference, viewer=request.viewer)
    if row is None or row.gone or not getattr(allowed_to(request.viewer, row.record), may):
        raise Http404
    return row


def _page(
    request: HttpRequest, row: RecordAt, form: Any, *, title: str, button: str, note: str = "", links: Any = ()
) -> HttpResponse:
    context = {
        "links": links,
        "row": row,
        "form": form,
        "title": title,
        "button": button,
        "note": note,
        "back": address_of(row.record),
        "crumbs": crumbs_of(row.record),
    }
    return render(request, "records/form.html", context)


@allow(Permission.ADD_UPDATES)
def update(request: HttpRequest, reference: str) -> HttpResponse:
    """Add an update, and with it another state or date."""
    row = _row(request, reference, "update")
    form = UpdateForm(request.POST or None, initial={"as_at": today()})
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, lambda: actions.add_update(record=row.record, by=request.user, **values))
        if made is not None:
            say_done(request, f"Your update to {row.reference} is on record.", made.event)
            return redirect(address_of(row.record))
    last = row.last_update
    return _page(request, row, form, title="Add an update", button="Save update", note=last.text if last else "")


@allow(Permission.EDIT_RECORDS)
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a record another wording."""
    row = _row(request, reference, "edit")
    form = WordingForm(request.POST or None, initial=wording_of(row))
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.reword(record=row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"{row.reference} has its new wording. The earlier one stays on record.", event)
            return redirect(address_of(row.record))
    return _page(request, row, form, title="Edit the wording", button="Save wording")


@allow(Permission.EDIT_RECORDS)
def rating(request: HttpRequest, reference: str) -> HttpResponse:
    """Declare a rating beside the computed one."""
    row = _row(request, reference, "edit")
    declared = row.rating_fact.value if row.rating_fact else ""
    form = RatingForm(request.POST or None, initial={"value": declared})
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.declare_rating(record=row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"The rating of {row.reference} is on record.", event)
            return redirect(address_of(row.record))
    note = f"The rule says “{row.rated.value.label}”. {row.rated.why}"
    return _page(request, row, form, title="Declare a rating", button="Save rating", note=note)


@allow(Permission.EDIT_RECORDS)
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Hang a record on another one."""
    row = _row(request, reference, "edit")
    form = LinkForm(request.POST or None, viewer=request.viewer)
    links = links_of(row, upwards(row.record, viewer=request.viewer, depth=1))
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.link(record=row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"{row.reference} now {values['relation']} {values['target'].reference}.", event)
            return redirect(address_of(row.record))
    return _page(request, row, form, title="Link to another entry", button="Save link", links=links)


@allow(Permission.EDIT_RECORDS)
def unlink(request: HttpRequest, reference: str) -> HttpResponse:
    """End a link; it stays on record until then."""
    row = _row(request, reference, "edit")
    found = links_of(row, upwards(row.record, viewer=request.viewer, depth=1))
    wanted = (request.GET.get("relation"), request.GET.get("target"))
    one = next((one for one in found if (one.relation, one.target.reference) == wanted), None)
    if one is None:
        raise Http404
    form = UnlinkForm(request.POST or None)
    if form.is_valid():
        values = {"relation": one.relation, "target": one.target, "reason": form.cleaned_data["reason"]}
        event = attempt(form, lambda: actions.unlink(record=row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"{row.reference} no longer {one.relation} {one.target.reference}.", event)
            return redirect(address_of(row.record))
    title = f"End the link: {one.relation} {one.target.reference}"
    return _page(request, row, form, title=title, button="End link")


@allow(Permission.ADD_UPDATES)
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Attach a link that shows something."""
    row = _row(request, reference, "update")
    form = EvidenceForm(request.POST or None, initial={"as_at": today()})
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, lambda: actions.add_evidence(record=row.record, by=request.user, **values))
        if made is not None:
            say_done(request, f"The evidence for {row.reference} is on record.", made.event)
            return redirect(address_of(row.record))
    return _page(request, row, form, title="Add evidence", button="Save evidence")


@allow(Permission.EDIT_RECORDS)
@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a person has checked what was adopted unattended."""
    row = _row(request, reference, "edit")
    try:
        event = actions.confirm(records=[row.record], by=request.user)
        say_done(request, f"{row.reference} is marked as checked.", event)
    except Refused as refused:
        say_refused(request, refused)
    return redirect(address_of(row.record))


@allow(Permission.ADD_UPDATES)
@require_POST
def undo(request: HttpRequest, event: int) -> HttpResponse:
    """Take an action back as a whole; the banner on the next page offers to bring it back."""
    found = get_object_or_404(Event, pk=event)
    try:
        undoing = undo_action(event=found, by=request.user)
        say_done(request, f"Undone: {found.verb} {found.subject}.", undoing)
    except Refused as refused:
        say_refused(request, refused)
    back = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else reverse("home"))
