"""Deciding on what was found: one entry, those chosen, or all at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.domain.imports import actions, queries
from goldthread.domain.imports.models import Import, Proposal
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.imports.forms import DecideForm, ReasonForm
from goldthread.web.pages.imports.presenters import found_of
from goldthread.web.pages.imports.views import batch_of, crumbs

IMPORT = Permission.IMPORT_DOCUMENTS


@allow(IMPORT)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt, answer, put together, leave out or take up again; then back to where the person was."""
    batch = batch_of(request, pk)
    rows = {row.key: row for row in queries.proposals(batch, viewer=request.viewer)}
    form = DecideForm(request.POST, keys=list(rows))
    if not form.is_valid():
        say_refused(request, Refused(_first_error(form)))
        return redirect(_back(request, batch))
    chosen = [rows[key] for key in form.cleaned_data["proposal"]]
    if form.cleaned_data["do"] == "reject":
        return _leave_out(request, batch, chosen)
    try:
        _do(request, batch, chosen, form.cleaned_data)
    except Refused as refused:
        say_refused(request, refused)
    return redirect(_on_to(request, batch, chosen, form.cleaned_data["do"]))


def _on_to(request: HttpRequest, batch: Import, chosen: list[Proposal], did: str) -> str:
    """Where a decision leads: to the entry that comes next, or back to one of which more is asked."""
    back = _back(request, batch)
    if did != "answer" or not chosen:
        return back
    row = batch.proposals.filter(key=chosen[0].key, rejected__isnull=True).exclude(questions=[]).first()
    return f"{back.partition('#')[0]}#{row.key}" if row is not None else back


def _first_error(form: DecideForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)


def _back(request: HttpRequest, batch: Import) -> str:
    """The page of this import that the person came from, at the entry that comes next."""
    own, wanted = reverse("import", args=[batch.pk]), request.POST.get("next_url", "")
    return wanted if wanted.startswith(own) and "\\" not in wanted else own


def _do(request: HttpRequest, batch: Import, chosen: list[Proposal], values: dict[str, Any]) -> None:
    by, wanted = request.user, values["do"]
    if wanted == "adopt":
        event = actions.adopt_proposals(proposals=chosen, by=by)
        say_done(request, f"Adopted {event.subject}.", event)
    elif wanted in ("adopt-certain", "adopt-all"):
        found = actions.adopt_many(batch=batch, by=by, only_certain=wanted == "adopt-certain")
        if found is None:
            raise Refused("There is nothing left that could be adopted in this way.")
        say_done(request, f"Adopted {found.subject}, marked as not yet checked.", found)
    elif wanted == "merge":
        event = actions.merge_proposals(proposals=chosen, by=by)
        say_done(request, f"Put {len(chosen)} entries together.", event)
    elif wanted == "answer":
        _answer(request, chosen[0], values["answer"])
    else:
        event = actions.take_up_again(proposals=chosen, by=by)
        say_done(request, f"Took up {len(chosen)} again.", event)


def _answer(request: HttpRequest, row: Proposal, answer: str) -> None:
    """``answer``: the number of the question and of its choice, "0:1"."""
    question, choice = (int(part) for part in answer.split(":"))
    choices = row.questions[question].get("choices") or [] if question < len(row.questions) else []
    if choice >= len(choices):
        raise Refused("This question has been answered already.")
    event = actions.answer_question(proposal=row, question=question, choice=choices[choice], by=request.user)
    say_done(request, f"Answered: {event.reason}", event)


def _leave_out(request: HttpRequest, batch: Import, chosen: list[Proposal]) -> HttpResponse:
    """Ask why on a page of its own, then leave the chosen ones out."""
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if form.is_valid():
        done = attempt(
            form, lambda: actions.reject(proposals=chosen, by=request.user, reason=form.cleaned_data["reason"])
        )
        if done is not None:
            say_done(request, f"Left out {len(chosen)}; they can be taken up again.", done)
            return redirect(_back(request, batch))
    context = {
        "batch": batch,
        "rows": [found_of(row) for row in chosen],
        "form": form,
        "back": _back(request, batch),
        "crumbs": crumbs(Crumb(shortened(str(batch), 60), reverse("import", args=[batch.pk])), Crumb("Leave out")),
    }
    return render(request, "imports/leave_out.html", context, status=422 if form.errors else 200)


@allow(IMPORT)
@require_POST
def settle(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Close a question about the whole document."""
    batch = batch_of(request, pk)
    try:
        event = actions.settle_question(batch=batch, question=question, by=request.user)
        say_done(request, "The question is closed.", event)
    except Refused as refused:
        say_refused(request, refused)
    return redirect("import", pk)
