"""Writing about one record: an update, another wording, a rating, a link, evidence; and the undo of any action."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow, allow_signed_in
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event
from goldthread.domain.imports.actions import undo as undo_action
from goldthread.domain.register import actions
from goldthread.domain.register.actions.undo import ReasonWanted
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import criteria_of, record_at, upwards
from goldthread.domain.rounds.queries.items import rounds_answered_by
from goldthread.kernel.clock import today
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.entries import address_of
from goldthread.web.pages.records.forms import (
    DECLARABLE,
    LinkForm,
    RatingForm,
    UndoForm,
    UnlinkForm,
    UpdateForm,
    WordingForm,
    wording_of,
)
from goldthread.web.pages.records.presenters import crumbs_of, links_of
from goldthread.web.records_access import allowed_to


def standing_row(request: HttpRequest, reference: str, may: str) -> RecordAt:
    """The record as it stands today; 404 where it has left the lists, or the viewer may not see it or do this to it."""
    row = record_at(reference, viewer=request.viewer)
    if row is None or row.gone or not getattr(allowed_to(request.viewer, row.record), may):
        raise Http404
    return row


def form_page(
    request: HttpRequest,
    row: RecordAt,
    form: Any,
    *,
    title: str,
    button: str,
    note: str = "",
    note_title: str = "",
    links: Any = (),
) -> HttpResponse:
    """The page of a form about one record; ``note`` is what to have in view, under its title."""
    context = {
        "links": links,
        "row": row,
        "form": form,
        "title": title,
        "button": button,
        "note": note,
        "note_title": note_title or "What the rule says",
        "back": address_of(row.record),
        "crumbs": crumbs_of(row.record),
    }
    return render(request, "records/form.html", context)


@allow_signed_in
def update(request: HttpRequest, reference: str) -> HttpResponse:
    """Report on a record: words, and with them another state, date, rating, issue or evidence."""
    row = standing_row(request, reference, "update")
    viewer, seen = request.viewer, max((one.pk for one in row.updates), default=0)
    initial = {
        "as_at": today(), "based_on": seen, "issue": row.open_issue, "forecast_on": row.forecast_on,
        "rating": row.declared.value if row.declared and row.declared.value in DECLARABLE else "",
    }  # fmt: skip
    settles = allowed_to(viewer, row.record).edit
    form = UpdateForm(request.POST or None, request.FILES or None, initial=initial, viewer=viewer, settles=settles)
    conflict: actions.Conflict | None = None
    if form.is_valid():
        try:
            made = actions.report_progress(record=row.record, by=request.user, **form.arguments(row, viewer))
            waits = " The date that you named waits until the coordinator accepts it." if form.proposes else ""
            answers = "".join(f" It is the answer for {name}." for name in rounds_answered_by(made, viewer=viewer))
            say_done(request, f"Your update to {row.reference} is on record.{waits}{answers}", made.event)
            return redirect(address_of(row.record))
        except actions.Conflict as conflicting:
            conflict = conflicting
            form.add_error(None, str(conflicting))
            form.data = form.data.copy()
            form.data["based_on"] = str(conflicting.theirs.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    form.ask_for_files_again()
    context = {
        "row": row,
        "form": form,
        "conflict": conflict,
        "criteria": criteria_of(row.record, viewer=viewer),
        "back": address_of(row.record),
        "crumbs": crumbs_of(row.record),
    }
    return render(request, "records/update.html", context)


@allow(Permission.EDIT_RECORDS)
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a record another wording."""
    row = standing_row(request, reference, "edit")
    form = WordingForm(request.POST or None, initial=wording_of(row))
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.reword(record=row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"{row.reference} has its new wording. The earlier one stays on record.", event)
            return redirect(address_of(row.record))
    return form_page(request, row, form, title="Edit the wording", button="Save wording")


@allow_signed_in
def rating(request: HttpRequest, reference: str) -> HttpResponse:
    """Declare a rating beside the computed one."""
    row = standing_row(request, reference, "update")
    declared = row.rating_fact.value if row.rating_fact else ""
    form = RatingForm(request.POST or None, initial={"value": declared})
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.declare_rating(record=row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"The rating of {row.reference} is on record.", event)
            return redirect(address_of(row.record))
    note = f"The rule says “{row.rated.value.label}”. {row.rated.why}"
    return form_page(request, row, form, title="Declare a rating", button="Save rating", note=note)


@allow(Permission.EDIT_RECORDS)
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Hang a record on another one."""
    row = standing_row(request, reference, "edit")
    form = LinkForm(request.POST or None, viewer=request.viewer)
    links = links_of(row, upwards(row.record, viewer=request.viewer, depth=1))
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.link(record=row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"{row.reference} now {values['relation']} {values['target'].reference}.", event)
            return redirect(address_of(row.record))
    return form_page(request, row, form, title="Link to another entry", button="Save link", links=links)


@allow(Permission.EDIT_RECORDS)
def unlink(request: HttpRequest, reference: str) -> HttpResponse:
    """End a link; it stays on record until then."""
    row = standing_row(request, reference, "edit")
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
    return form_page(request, row, form, title=title, button="End link")


@allow(Permission.EDIT_RECORDS)
@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a person has checked what was adopted unattended."""
    row = standing_row(request, reference, "edit")
    try:
        event = actions.confirm(records=[row.record], by=request.user)
        say_done(request, f"{row.reference} is marked as checked.", event)
    except Refused as refused:
        say_refused(request, refused)
    return redirect(address_of(row.record))


@allow_signed_in
@require_POST
def undo(request: HttpRequest, event: int) -> HttpResponse:
    """Take an action back as a whole; the banner on the next page offers to bring it back. Asks why where that is needed."""
    found = get_object_or_404(Event, pk=event)
    back = request.POST.get("back") or request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    back = back if safe else reverse("home")
    form = UndoForm(request.POST if "reason" in request.POST else None, initial={"back": back})
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        undoing = undo_action(event=found, by=request.user, reason=reason)
        say_done(request, f"Undone: {found.verb} {found.subject}.", undoing)
    except ReasonWanted as wanted:
        if form.is_bound:
            form.add_error("reason", str(wanted))
        context = {
            "form": form, "wanted": str(wanted), "event": found, "back": back,
            "crumbs": [Crumb("Home", reverse("home")), Crumb("Take it back")],
        }  # fmt: skip
        return render(request, "records/undo.html", context, status=422)
    except Refused as refused:
        say_refused(request, refused)
    return redirect(back)
