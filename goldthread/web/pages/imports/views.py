"""Bring files in; decide on what was found."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.domain.imports import actions, queries
from goldthread.domain.imports.models import Import, Proposal
from goldthread.domain.imports.terms import Stage
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.entries import passage_address
from goldthread.web.pages.imports.forms import DayForm, DecideForm, FilesForm, ProposalForm
from goldthread.web.pages.imports.presenters import (
    SHOWN,
    STAGES,
    chosen_ones,
    counts_of,
    found_of,
    in_words,
    line_of,
    placed,
)

PAGE = 50
IMPORT = Permission.IMPORT_DOCUMENTS


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb("Home", reverse("home")), Crumb("Import", reverse("imports") if more else ""), *more]


def _batch(request: HttpRequest, pk: int) -> Import:
    batch = queries.import_by_id(pk, viewer=request.viewer)
    if batch is None:
        raise Http404
    return batch


@allow(IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    """Every file that came in, and the form that brings more."""
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        taken = [
            attempt(form, lambda file=file: actions.receive(file_name=file.name, content=file.read(), by=request.user))
            for file in form.cleaned_data["files"]
        ]
        if not form.errors:
            return _received(request, [pair for pair in taken if pair is not None])
    found = Paginator(queries.imports(viewer=request.viewer), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "lines": [line_of(batch) for batch in found], "crumbs": _crumbs()}
    context["pages"] = pages_of(found, request.GET)
    return render(request, "imports/list.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, taken: list[tuple[Import, bool]]) -> HttpResponse:
    """Start reading what is new; one file leads to its page, several to the list."""
    for batch, new in taken:
        if new or batch.stage in (Stage.WAITING, Stage.REFUSED):
            actions.read_later.enqueue(batch.pk, request.user.pk)
        else:
            say_done(request, f"{batch.file_name} is here already; it was not read again.")
    if len(taken) == 1:
        return redirect("import", taken[0][0].pk)
    return redirect("imports")


@allow(IMPORT)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """How far reading has come; then what was found, questions first."""
    batch = _batch(request, pk)
    if batch.stage != Stage.READ:
        context = {"batch": batch, "tag": STAGES[Stage(batch.stage)], "crumbs": _crumbs(Crumb(str(batch)))}
        return render(request, "imports/reading.html", context)
    return _show_review(request, batch)


def _show_review(request: HttpRequest, batch: Import, form: DecideForm | None = None) -> HttpResponse:
    tally = queries.tally(batch, viewer=request.viewer)
    counts = counts_of(tally)
    show = request.GET.get("show", "")
    if show not in counts:
        show = next(name for name in ("question", "certain", "all") if counts[name] or name == "all")
    rows = chosen_ones(list(queries.proposals(batch, viewer=request.viewer)), show)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "tally": tally,
        "holds": in_words(tally),
        "placed": placed(batch.words),
        "show": show,
        "choices": [(name, words, counts[name]) for name, words in SHOWN],
        "rows": [found_of(row) for row in page],
        "pages": pages_of(page, request.GET),
        "form": form,
        "day_form": DayForm(prefix="day") if batch.as_at is None and not tally.adopted else None,
        "crumbs": _crumbs(Crumb(str(batch))),
    }
    return render(request, "imports/review.html", context, status=422 if form is not None else 200)


@allow(IMPORT)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that shows how far reading has come; asked for again and again while it goes on."""
    batch = _batch(request, pk)
    response = render(request, "imports/_progress.html", {"batch": batch, "tag": STAGES[Stage(batch.stage)]})
    if batch.stage in (Stage.READ, Stage.REFUSED):
        response["HX-Refresh"] = "true"
    return response


@allow(IMPORT)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a file again that could not be read, or whose reading was killed."""
    batch = _batch(request, pk)
    if batch.stage != Stage.READ:
        actions.read_later.enqueue(batch.pk, request.user.pk)
    return redirect("import", pk)


@allow(IMPORT)
@require_POST
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which day a document speaks of."""
    batch = _batch(request, pk)
    form = DayForm(request.POST, prefix="day")
    if form.is_valid():
        done = attempt(form, lambda: actions.set_day(batch=batch, as_at=form.cleaned_data["as_at"], by=request.user))
        if done is not None:
            say_done(request, "The day is set.")
            return redirect("import", pk)
    context = {"batch": batch, "form": form, "crumbs": _crumbs(Crumb(str(batch)))}
    return render(request, "imports/day.html", context, status=422)


@allow(IMPORT)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt, leave out or take up again what was chosen."""
    batch = _batch(request, pk)
    rows = {row.key: row for row in queries.proposals(batch, viewer=request.viewer)}
    form = DecideForm(request.POST, keys=list(rows))
    if form.is_valid():
        chosen = [rows[key] for key in form.cleaned_data["proposal"]]
        done = attempt(form, lambda: _do(request, batch, chosen, form.cleaned_data))
        if done is not None:
            return redirect(request.POST.get("next_url") if _is_own(request, batch) else reverse("import", args=[pk]))
    return _show_review(request, batch, form)


def _is_own(request: HttpRequest, batch: Import) -> bool:
    return request.POST.get("next_url", "").startswith(reverse("import", args=[batch.pk]))


def _do(request: HttpRequest, batch: Import, chosen: list[Proposal], values: dict[str, Any]) -> bool:
    by, wanted = request.user, values["do"]
    if wanted == "adopt":
        event = actions.adopt_proposals(proposals=chosen, by=by)
        say_done(request, f"Adopted {event.subject}.", event)
    elif wanted in ("adopt-certain", "adopt-all"):
        found = actions.adopt_many(batch=batch, by=by, only_certain=wanted == "adopt-certain")
        if found is None:
            raise Refused("There is nothing left that could be adopted in this way.")
        say_done(request, f"Adopted {found.subject}, marked as not yet checked.", found)
    elif wanted == "reject":
        actions.reject(proposals=chosen, by=by, reason=values["reason"])
        say_done(request, f"Left out {len(chosen)}; they can be taken up again.")
    else:
        actions.take_up_again(proposals=chosen, by=by)
        say_done(request, f"Took up {len(chosen)} again.")
    return True


@allow(IMPORT)
def proposal(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One proposal beside its printed place: correct it, adopt it, leave it out, go to the next."""
    batch = _batch(request, pk)
    rows = list(queries.proposals(batch, viewer=request.viewer))
    row = next((row for row in rows if row.key == key), None)
    if row is None:
        raise Http404
    form = ProposalForm.of(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, lambda: _save(request, row, form))
        if saved is not None:
            return redirect(_after(batch, rows, row, request.POST.get("do", "")))
    later = _next_open(rows, row)
    context = {
        "batch": batch,
        "row": found_of(row),
        "passage": row.passage,
        "place": passage_address(row.passage) if row.passage else "",
        "form": form,
        "asks": row.questions,
        "next": reverse("proposal", args=[pk, later.key]) if later else "",
        "crumbs": _crumbs(Crumb(str(batch), reverse("import", args=[pk])), Crumb(row.key)),
    }
    return render(request, "imports/proposal.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, row: Proposal, form: ProposalForm) -> bool:
    """Keep corrections, and adopt or leave out where that was asked."""
    changed, wanted = form.values_for(row), request.POST.get("do", "save")
    if changed or (wanted == "save" and row.questions):
        actions.edit_proposal(proposal=row, by=request.user, **changed)
    if wanted == "adopt":
        event = actions.adopt_proposals(proposals=[row], by=request.user)
        say_done(request, f"Adopted {event.subject}.", event)
    elif wanted == "reject":
        actions.reject(proposals=[row], by=request.user, reason=request.POST.get("reason", ""))
        say_done(request, "Left out; it can be taken up again.")
    else:
        say_done(request, "Saved.")
    return True


def _next_open(rows: list[Proposal], row: Proposal) -> Proposal | None:
    """The next open proposal after this one, questions before what is certain; round to the start."""
    waiting = [other for other in rows if other.state == "open" and other.key != row.key]
    asking = [other for other in waiting if not other.certain] or waiting
    return next((other for other in asking if other.position > row.position), asking[0] if asking else None)


def _after(batch: Import, rows: list[Proposal], row: Proposal, did: str) -> str:
    later = _next_open(rows, row)
    if did in ("adopt", "reject"):
        return reverse("proposal", args=[batch.pk, later.key]) if later else reverse("import", args=[batch.pk])
    return reverse("proposal", args=[batch.pk, row.key])


@allow(IMPORT)
def left_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a document that stand in no proposal: not placed first, then page furniture."""
    batch = _batch(request, pk)
    crumbs = _crumbs(Crumb(str(batch), reverse("import", args=[pk])), Crumb("Words in no entry"))
    return render(request, "imports/left_over.html", {"batch": batch, "placed": placed(batch.words), "crumbs": crumbs})
