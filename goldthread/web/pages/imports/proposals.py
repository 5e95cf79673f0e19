"""One entry beside its printed place: correct it, part it, put it together with another, decide on it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.commons.files.pictures import page_picture
from goldthread.domain.imports import actions, queries
from goldthread.domain.imports.models import Import, Proposal
from goldthread.domain.register.adopters import words_of
from goldthread.kernel.shortening import shortened
from goldthread.reading.document import UnreadableFile
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.entries import passage_address
from goldthread.web.pages.imports.forms import PartForm, ProposalForm, TogetherForm
from goldthread.web.pages.imports.presenters import found_of
from goldthread.web.pages.imports.printed import surroundings_of
from goldthread.web.pages.imports.views import batch_of, crumbs

IMPORT = Permission.IMPORT_DOCUMENTS
NEIGHBOURS = 6
"""How many open entries on each side are offered to be put together with."""


def _rows_of(request: HttpRequest, pk: int, key: str) -> tuple[Import, list[Proposal], Proposal]:
    batch = batch_of(request, pk)
    rows = list(queries.proposals(batch, viewer=request.viewer))
    row = next((row for row in rows if row.key == key), None)
    if row is None:
        raise Http404
    return batch, rows, row


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@allow(IMPORT)
def proposal(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One entry beside its printed place: correct it, adopt it, go to the next."""
    batch, rows, row = _rows_of(request, pk, key)
    if request.method == "POST" and row.state != "open":
        say_refused(request, Refused("This has been decided already; undo that first, or edit the record instead."))
        return redirect("proposal", pk, key)
    form = ProposalForm.of(row, _posted(request))
    if form.is_valid():
        wanted = request.POST.get("do", "save")
        if attempt(form, lambda: _save(request, row, form, wanted)) is not None:
            return redirect(_after(batch, rows, row, wanted))
    return _show(request, batch, rows, row, form=form)


def _show(request: HttpRequest, batch: Import, rows: list[Proposal], row: Proposal, **forms: Any) -> HttpResponse:
    later, others = _next_open(rows, row), _neighbours(rows, row)
    wrong = next((form for form in forms.values() if form.is_bound and form.errors), None)
    context = {
        "batch": batch,
        "row": found_of(row),
        "passage": row.passage,
        "place": passage_address(row.passage) if row.passage else "",
        "around": surroundings_of(batch, row.passage, whole_page=True),
        "edit_form": forms.get("form") or ProposalForm.of(row),
        "part_form": forms.get("part") or PartForm(others=others, initial=_part_initial(row)),
        "together_form": forms.get("together") or TogetherForm(others=others),
        "form": wrong,
        "has_update": bool(words_of(row.fields.get("update"))),
        "next": reverse("proposal", args=[batch.pk, later.key]) if later else "",
        "back": f"{reverse('import', args=[batch.pk])}#{row.key}",
        "crumbs": crumbs(Crumb(shortened(str(batch), 60), reverse("import", args=[batch.pk])), Crumb(row.key)),
    }
    return render(request, "imports/proposal.html", context, status=422 if wrong else 200)


def _part_initial(row: Proposal) -> dict[str, str]:
    return {"part": "update" if words_of(row.fields.get("update")) else "text"}


@transaction.atomic
def _save(request: HttpRequest, row: Proposal, form: ProposalForm, wanted: str) -> bool:
    """Keep corrections, and adopt where that was asked; both or neither."""
    changed, edited = form.values_for(row), None
    if changed or (wanted == "save" and row.questions):
        edited = actions.edit_proposal(proposal=row, by=request.user, **changed)
    if wanted == "adopt":
        event = actions.adopt_proposals(proposals=[row], by=request.user)
        say_done(request, f"Adopted {event.subject}.", event)
    else:
        say_done(request, "Saved." if edited else "Nothing was changed.", edited)
    return True


def _next_open(rows: list[Proposal], row: Proposal) -> Proposal | None:
    """The next open proposal after this one, questions before what is certain; round to the start."""
    waiting = [other for other in rows if other.state == "open" and other.key != row.key]
    asking = [other for other in waiting if not other.certain] or waiting
    return next((other for other in asking if other.position > row.position), asking[0] if asking else None)


def _after(batch: Import, rows: list[Proposal], row: Proposal, did: str) -> str:
    later = _next_open(rows, row)
    if did == "adopt":
        return reverse("proposal", args=[batch.pk, later.key]) if later else reverse("import", args=[batch.pk])
    return reverse("proposal", args=[batch.pk, row.key])


def _neighbours(rows: list[Proposal], row: Proposal) -> list[tuple[str, str]]:
    """Open entries printed near this one: (key, words)."""
    waiting = [other for other in rows if other.state == "open"]
    here = next((number for number, other in enumerate(waiting) if other.key == row.key), None)
    if here is None:
        return []
    near = waiting[max(0, here - NEIGHBOURS) : here + NEIGHBOURS + 1]
    return [(other.key, f"{other.key} {shortened(other.text, 70)}") for other in near if other.key != row.key]


@allow(IMPORT)
def part(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Part an entry in two."""
    batch, rows, row = _rows_of(request, pk, key)
    form = PartForm(_posted(request), others=_neighbours(rows, row), initial=_part_initial(row))
    if form.is_valid():
        values = form.cleaned_data
        into = next((other for other in rows if other.key == values["into"]), None)

        def act() -> Any:
            return actions.split_proposal(
                proposal=row,
                begins=values["begins"],
                part=values["part"],
                into=into if values["part"] == "update" else None,
                by=request.user,
            )

        done = attempt(form, act)
        if done is not None:
            event, other = done
            say_done(request, f"{row.key} is parted; the second part stands in {other.key}.", event)
            return redirect("proposal", pk, other.key)
    return _show(request, batch, rows, row, part=form)


@allow(IMPORT)
def together(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Put an entry together with another one."""
    batch, rows, row = _rows_of(request, pk, key)
    form = TogetherForm(_posted(request), others=_neighbours(rows, row))
    if form.is_valid():
        both = [other for other in rows if other.key in (row.key, form.cleaned_data["other"])]
        event = attempt(form, lambda: actions.merge_proposals(proposals=both, by=request.user))
        if event is not None:
            say_done(request, f"{both[1].key} was put together with {both[0].key}.", event)
            return redirect("proposal", pk, both[0].key)
    return _show(request, batch, rows, row, together=form)


@allow(IMPORT)
def printed(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """What stands around the printed place of an entry: a part of the review page, else the entry's own page."""
    if not request.htmx:
        return redirect("proposal", pk, key)
    batch, _, row = _rows_of(request, pk, key)
    context = {"around": surroundings_of(batch, row.passage), "passage": row.passage, "about": row.key}
    return render(request, "imports/_printed.html", context)


@allow(IMPORT)
def page(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """A page of an imported PDF file as a picture; it never changes, for its file does not."""
    batch = batch_of(request, pk)
    try:
        picture = page_picture(batch.sha256, number)
    except UnreadableFile:
        raise Http404 from None
    response = FileResponse(picture.open("rb"), content_type="image/png")
    response["Cache-Control"] = "private, max-age=604800, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
