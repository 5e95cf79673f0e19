"""Checks, acceptance, proposed dates, sign-off and freeze of a round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.checks.queries import standing_in_the_way
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.queries import bodies
from goldthread.domain.register import actions as register
from goldthread.domain.register.access import may
from goldthread.domain.register.models import ProposedDate, Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import at
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.access import may_run
from goldthread.domain.rounds.models import Item, Round
from goldthread.domain.rounds.queries import counts_of
from goldthread.domain.rounds.queries.items import Reading, items_of, readings, returned_and_standing
from goldthread.domain.rounds.terms import RUNNING, UNDER_WAY, ItemState, RoundState
from goldthread.kernel.clock import today
from goldthread.kernel.days import printed
from goldthread.kernel.shortening import shortened
from goldthread.reporting.actions import freeze as freeze_report
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.pages.rounds.forms import ReasonForm
from goldthread.web.pages.rounds.issued import is_complete, issue_of
from goldthread.web.pages.rounds.promised import newest_proposed
from goldthread.web.pages.rounds.readings import reading_rows
from goldthread.web.pages.rounds.views import crumbs_of, found_round


def _chosen(request: HttpRequest, items: list[Item]) -> list[Item]:
    """The items that were ticked, or all of them where "all" was pressed."""
    if "all" in request.POST:
        return items
    ids = set(request.POST.getlist("item"))
    return [item for item in items if str(item.pk) in ids]


def _decide(
    request: HttpRequest, items: list[Item], done: str, action: Callable[[list[Item]], Any], back: str, pk: int
) -> HttpResponse | Refused:
    """Return what was ticked with a reason, or do the page's own action to it; what was refused comes back as the sentence."""
    chosen = _chosen(request, items)
    try:
        if "return" in request.POST:
            actions.return_items(items=chosen, by=request.user, reason=request.POST.get("reason", ""))
            say_done(request, f"{_many(len(chosen))} back with the reason; whoever sent it gets a message.")
        else:
            action(chosen)
            say_done(request, f"{_many(len(chosen))} {done}.")
    except Refused as refused:
        return refused
    return redirect(back, pk)


def _read(request: HttpRequest, found: list[Reading], refused: Refused | None, context: dict[str, Any]) -> HttpResponse:
    """The page of updates to read. After a refusal what was ticked and written stands there as it was."""
    chosen = set(request.POST.getlist("item")) if refused else set()
    context |= {
        "rows": reading_rows(found, chosen=chosen), "problem": str(refused or ""),
        "reason": request.POST.get("reason", "") if refused else "", "chose": bool(chosen),
    }  # fmt: skip
    return render(request, "rounds/read.html", context, status=422 if refused else 200)


def _many(number: int) -> str:
    return "1 update is" if number == 1 else f"{number} updates are"


@allow(Permission.VERIFY)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The director reads what the leads sent, beside what they said before."""
    viewer, row = request.viewer, found_round(pk, request.viewer)
    found = [
        one
        for one in readings(row, viewer=viewer, states=[ItemState.SENT])
        if may(viewer, Permission.VERIFY, one.stood.record) and one.item.sent_by_id != viewer.user_id
    ]
    refused = None
    if request.method == "POST":
        items = [one.item for one in found]
        refused = _decide(
            request, items, "checked", lambda chosen: actions.check(items=chosen, by=request.user), "round_check", pk
        )
        if isinstance(refused, HttpResponse):
            return refused
    context = {
        "row": row, "title": "Check updates", "verb": "Check all as they are",
        "one_verb": "Check the chosen ones", "open": row.state in RUNNING, "nothing": "Nothing waits for your check",
        "crumbs": crumbs_of(row, "Check"), "close": False,
    }  # fmt: skip
    return _read(request, found, refused, context)


@allow(Permission.RUN_ROUNDS)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The coordinator accepts what was sent, and closes the round for updates."""
    viewer, row = request.viewer, found_round(pk, request.viewer)
    if not may_run(viewer, row.plan):
        raise Http404
    found = readings(row, viewer=viewer, states=[ItemState.SENT, ItemState.CHECKED])
    if request.method == "POST" and "close" in request.POST:
        return _close(request, row)
    refused = None
    if request.method == "POST":
        items = [one.item for one in found]
        refused = _decide(
            request, items, "accepted", lambda chosen: actions.accept(items=chosen, by=request.user), "round_accept", pk
        )
        if isinstance(refused, HttpResponse):
            return refused
    done, total = counts_of([pk], viewer=viewer).get(pk, (0, 0))
    close = row.state in RUNNING and not found
    context = {
        "printed": [one.record for one in returned_and_standing(row, viewer=viewer)] if close else [],
        "row": row, "title": "Accept updates", "verb": "Accept all as they are",
        "one_verb": "Accept the chosen ones", "open": row.state in UNDER_WAY, "nothing": "Nothing waits to be accepted",
        "crumbs": crumbs_of(row, "Accept"), "close": close, "missing": total - done,
    }  # fmt: skip
    return _read(request, found, refused, context)


def _close(request: HttpRequest, row: Round) -> HttpResponse:
    try:
        actions.close_for_updates(round=row, by=request.user, reason=request.POST.get("reason", ""))
        say_done(request, f"{row.name} is accepted and waits for sign-off.")
    except Refused as refused:
        say_refused(request, refused)
        return redirect("round_accept", row.pk)
    return redirect("round", row.pk)


class BaselineForm(forms.Form):
    """Which proposed dates hold from now on."""

    records = forms.MultipleChoiceField(label="Proposed dates", widget=forms.CheckboxSelectMultiple)
    agreed_by = forms.ChoiceField(label="Which body agreed them", required=False)
    reason = forms.CharField(label="Reason", max_length=500)


@allow(Permission.RUN_ROUNDS)
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Dates that leads have proposed, first ones and ones that move; those that are ticked hold from now on."""
    viewer, row = request.viewer, found_round(pk, request.viewer)
    if not may_run(viewer, row.plan):
        raise Http404
    ids = items_of(row, viewer=viewer).values_list("record_id", flat=True)
    stood = at(Record.objects.filter(pk__in=list(ids)), viewer=viewer)
    waiting = {str(one.record.pk): (one, date) for one in stood if (date := newest_proposed(one)) is not None}
    first = [pk for pk, (one, _) in waiting.items() if one.due_on is None]
    form = BaselineForm(request.POST or None, initial={"records": first, "reason": f"Dates of {row.name}"})
    form.fields["records"].choices = [(pk, _proposed(one, date)) for pk, (one, date) in waiting.items()]  # type: ignore[attr-defined]
    there = list(bodies(viewer=viewer))
    form.fields["agreed_by"].choices = [  # type: ignore[attr-defined]
        ("", "As each proposal says"), *((str(one.pk), str(one)) for one in there),
    ]  # fmt: skip
    if form.is_valid():
        values = form.cleaned_data
        body = next((one for one in there if str(one.pk) == values["agreed_by"]), None)
        records = [waiting[one][0].record for one in values["records"]]
        event = attempt(
            form,
            lambda: register.baseline(records=records, by=request.user, reason=values["reason"], agreed_by=body),
        )
        if event is not None:
            kind = "first date" if set(values["records"]) <= set(first) else "date"
            say_done(request, f"{len(records)} {kind}{'s stand' if len(records) != 1 else ' stands'} now.", event)
            return redirect("round_dates", pk)
    context = {
        "row": row, "form": form, "waiting": len(waiting), "moving": len(waiting) - len(first),
        "without": sum(one.due_on is None for one in stood) - len(first),
        "crumbs": crumbs_of(row, "Proposed dates"),
    }  # fmt: skip
    return render(request, "rounds/dates.html", context)


def _proposed(one: RecordAt, date: ProposedDate) -> str:
    """A proposed date with all that it is judged by: instead of which, agreed by whom, proposed by whom and why."""
    instead = f" instead of {printed(one.due_on)}" if one.due_on else ""
    agreed = f", agreed by {date.agreed_by}" if date.agreed_by else ""
    return (
        f"{one.reference} {shortened(one.heading, 100)}: {printed(date.due_on)}{instead}{agreed} "
        f"({date.by.name}: {date.reason or 'gave no reason'})"
    )


@allow(Permission.ISSUE_REPORTS)
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the report of a signed-off round: first the data checks, then the report and the round in one step."""
    viewer, row = request.viewer, found_round(pk, request.viewer)
    if not may(viewer, Permission.ISSUE_REPORTS, row.plan):
        raise Http404
    problems = standing_in_the_way(viewer=viewer, on=today(), within=row.plan)
    form = ReasonForm(request.POST or None, initial={"reason": f"Report of {row.name}"})
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _freeze(row, problems, request.user, form.cleaned_data["reason"]))
        if made is not None:
            say_done(request, f"{row.name} is frozen as {made.reference}. Its files are being made.")
            return redirect("round", pk)
    context = {
        "row": row, "form": form, "problems": problems, "ready": row.state == RoundState.SIGNED_OFF,
        "as_at": min(row.as_at, today()), "crumbs": crumbs_of(row, "Freeze"),
    }  # fmt: skip
    return render(request, "rounds/freeze.html", context)


@allow(Permission.ISSUE_REPORTS)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the frozen report of a round as issued, once all of its files are made."""
    viewer, row = request.viewer, found_round(pk, request.viewer)
    held = issue_of(row, viewer)
    if held is None or not may(viewer, Permission.ISSUE_REPORTS, row.plan):
        raise Http404
    try:
        if not is_complete(held):
            raise Refused(f"The files of {held.reference} are still being made; try again in a moment.")
        actions.mark_issued(round=row, by=request.user, issue=held.pk)
        say_done(request, f"The report of {row.name} is issued as {held.reference}.")
    except Refused as refused:
        say_refused(request, refused)
    return redirect("round", pk)


def _freeze(row: Round, problems: list[Any], by: Any, reason: str) -> Any:
    if row.state != RoundState.SIGNED_OFF:
        raise Refused(f"{row} is {row.get_state_display().lower()}; it is frozen once it is signed off.")
    if problems:
        raise Refused(f"{len(problems)} errors of the data stand in the way: put them right, or waive them by name.")
    return freeze_report(
        plan=row.plan, as_at=min(row.as_at, today()), by=by, reason=reason, meeting=row.meeting,
        also=lambda event: actions.mark_frozen(round=row, event=event),
    )  # fmt: skip
