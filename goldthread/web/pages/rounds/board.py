"""The coordinator's board of a round: who answered, who is late, what is stale; reminders, messages and links."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.errors import Refused
from goldthread.commons.notices.actions import try_again
from goldthread.commons.notices.models import MessageState
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.access import may_run
from goldthread.domain.rounds.models import Round
from goldthread.domain.rounds.queries.board import board_of, links_of, messages_of
from goldthread.domain.rounds.terms import RUNNING
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.csv_files import csv_file
from goldthread.web.pages.rounds.forms import ReasonForm
from goldthread.web.pages.rounds.presenters import (
    SHOWN,
    board_bar,
    board_rows,
    chosen_items,
    course_of,
    person_rows,
    uses_of,
)
from goldthread.web.pages.rounds.views import crumbs_of, found_round


def _run_by(pk: int, viewer: Viewer) -> Round:
    row = found_round(pk, viewer)
    if not may_run(viewer, row.plan):
        raise Http404
    return row


@allow(Permission.RUN_ROUNDS)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The board; ``?show=`` narrows the items."""
    row = _run_by(pk, request.viewer)
    made = board_of(row, viewer=request.viewer)
    show = request.GET.get("show", "")
    address = reverse("round_board", args=[pk])
    context = {
        "row": row,
        "board": made,
        "bar": board_bar(made, address),
        "course": course_of(made),
        "people": person_rows(made.people),
        "items": board_rows(chosen_items(made, show)),
        "show": SHOWN.get(show, ""),
        "running": row.state in RUNNING,
        "crumbs": crumbs_of(row, "Board"),
    }
    return render(request, "rounds/board.html", context)


@allow(Permission.RUN_ROUNDS)
def as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The items of the board as a file."""
    row = _run_by(pk, request.viewer)
    headings = (
        "Reference", "Item", "Owner", "Asked", "State", "Due", "Days late", "Days since update", "Rating", "Disagrees",
    )  # fmt: skip
    rows = [
        (
            one.record.reference, one.record.heading, str(one.item.owner or ""), str(one.item.request.person or ""),
            one.item.get_state_display(), one.item.due_on, one.late_days or "",
            "never" if one.age is None else one.age, str(one.rating), str(one.disagrees),
        )
        for one in board_of(row, viewer=request.viewer).items
    ]  # fmt: skip
    return csv_file(f"round-{pk}.csv", headings, rows)


@allow(Permission.RUN_ROUNDS)
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those who were chosen, or everybody who is late."""
    row = _run_by(pk, request.viewer)
    people = board_of(row, viewer=request.viewer).people
    chosen = set(request.POST.getlist("request"))
    late = "late" in request.POST
    wanted = [one.request for one in people if (one.late_days and late) or (not late and str(one.request.pk) in chosen)]
    try:
        if not wanted:
            raise Refused("Nobody is late." if late else "Choose whom to remind.")
        number = actions.remind(requests=wanted, by=request.user, said=request.POST.get("said", "")[:1000].strip())
        say_done(request, f"{number} {'person is' if number == 1 else 'people are'} reminded.")
    except Refused as refused:
        say_refused(request, refused)
    return redirect("round_board", pk)


@allow(Permission.RUN_ROUNDS)
@require_POST
def ask_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for what has come into the plan, or changed hands, since the round opened."""
    row = _run_by(pk, request.viewer)
    try:
        done = actions.ask_anew(round=row, by=request.user)
        say_done(request, f"{done.items} more items are asked for, of {done.people} people.")
    except Refused as refused:
        say_refused(request, refused)
    return redirect("round_board", pk)


class AddressForm(forms.Form):
    """Where somebody is written to."""

    email = forms.EmailField(label="E-mail address")


@allow(Permission.RUN_ROUNDS)
def address(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give the address of somebody who could not be written to; they are asked at once."""
    row = _run_by(pk, request.viewer)
    people = board_of(row, viewer=request.viewer).people
    one = next((one for one in people if one.request.pk == number and one.request.person_id), None)
    if one is None:
        raise Http404
    form = AddressForm(request.POST or None, initial={"email": one.address})
    if form.is_valid():
        email = form.cleaned_data["email"]
        if attempt(form, lambda: actions.give_address(request=one.request, email=email, by=request.user)):
            say_done(request, f"{one.name} is asked at {email}.")
            return redirect("round_board", pk)
    context = {
        "form": form, "title": f"The address of {one.name}", "words": str(row), "button": "Save it and ask them",
        "note": "They get one message with all of their items.", "back": reverse("round_board", args=[pk]),
        "crumbs": crumbs_of(row, "Address"),
    }  # fmt: skip
    return render(request, "rounds/form.html", context)


@allow(Permission.RUN_ROUNDS)
def messages(request: HttpRequest, pk: int) -> HttpResponse:
    """Every message of the round: to whom, when, by which way, what came of it."""
    row = _run_by(pk, request.viewer)
    rows = messages_of(row, viewer=request.viewer)
    context = {
        "row": row, "rows": [(one, one.state in (MessageState.GIVEN_UP, MessageState.WAITING)) for one in rows],
        "crumbs": crumbs_of(row, "Messages"),
    }  # fmt: skip
    return render(request, "rounds/messages.html", context)


@allow(Permission.RUN_ROUNDS)
@require_POST
def again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Put a message that was not delivered back into the queue."""
    row = _run_by(pk, request.viewer)
    message = next((one for one in messages_of(row, viewer=request.viewer) if one.pk == number), None)
    if message is None:
        raise Http404
    try:
        try_again(message=message, by=request.user)
        say_done(request, f"The message to {message.to_name} goes out again.")
    except Refused as refused:
        say_refused(request, refused)
    return redirect("round_messages", pk)


@allow(Permission.RUN_ROUNDS)
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed links of the round and what was done with them."""
    row = _run_by(pk, request.viewer)
    found = [(link, uses_of(uses)) for link, uses in links_of(row, viewer=request.viewer)]
    context = {"row": row, "links": found, "crumbs": crumbs_of(row, "Links")}
    return render(request, "rounds/links.html", context)


@allow(Permission.RUN_ROUNDS)
def revoke(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Close a link at once."""
    row = _run_by(pk, request.viewer)
    link = next((one for one, _ in links_of(row, viewer=request.viewer) if one.pk == number), None)
    if link is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.revoke(link=link, by=request.user, reason=form.cleaned_data["reason"]))
        if made is not None:
            say_done(request, f"The link of {link.user.name} is revoked; what they saved stays.")
            return redirect("round_links", pk)
    context = {
        "form": form, "title": f"Revoke the link of {link.user.name}", "words": str(row), "button": "Revoke it",
        "note": "It stops working at once, in the browser that entered it too. A reminder brings a new one.",
        "back": reverse("round_links", args=[pk]), "crumbs": crumbs_of(row, "Revoke a link"),
    }  # fmt: skip
    return render(request, "rounds/form.html", context)
