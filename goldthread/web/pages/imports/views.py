"""Bring files in; see how far their reading has come, and what was found in them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.domain.imports import actions, queries
from goldthread.domain.imports.models import Import
from goldthread.domain.imports.terms import Stage
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.pages.imports.forms import AnyColumnForm, ColumnForm, DayForm, FilesForm
from goldthread.web.pages.imports.presenters import (
    SHOWN,
    STAGES,
    chosen_ones,
    counts_of,
    in_words,
    line_of,
    listed,
    next_steps,
    placed,
    whole_questions,
)

PAGE = 50
ENTRIES = 25
IMPORT = Permission.IMPORT_DOCUMENTS


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way to a page of imports."""
    return [Crumb("Home", reverse("home")), Crumb("Import", reverse("imports") if more else ""), *more]


def batch_of(request: HttpRequest, pk: int) -> Import:
    """The import of an address; 404 where the viewer may not see it."""
    batch = queries.import_by_id(pk, viewer=request.viewer)
    if batch is None:
        raise Http404
    return batch


@allow(IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    """Every file that came in, and the form that brings more."""
    posted = request.method == "POST"
    form = FilesForm(request.POST, request.FILES) if posted else FilesForm()
    if posted and form.is_valid():
        taken = _take(request, form)
        if taken:
            return _received(request, taken, alone=len(form.cleaned_data["files"]) == 1 and not form.refused)
    found = Paginator(queries.imports(viewer=request.viewer), PAGE).get_page(request.GET.get("page"))
    lines = [line_of(batch) for batch in found]
    context = {
        "form": form,
        "lines": lines,
        "reading": sum(line.reading for line in lines),
        "pages": pages_of(found, request.GET),
        "crumbs": crumbs(),
    }
    if request.htmx:
        return render(request, "imports/_documents.html", context)
    return render(request, "imports/list.html", context, status=422 if form.errors else 200)


def _take(request: HttpRequest, form: FilesForm) -> list[tuple[Import, bool]]:
    """Keep each file that can be taken; what is wrong with the others is said, and holds nobody up."""
    taken, refused = [], list(form.refused)
    for file in form.cleaned_data["files"]:
        try:
            day = form.cleaned_data["as_at"]
            taken.append(actions.receive(file_name=file.name, content=file.read(), as_at=day, by=request.user))
        except Refused as problem:
            refused.append(str(problem))
    for problem in refused:
        if taken:
            say_refused(request, Refused(problem))
        else:
            form.add_error("files", problem)
    return taken


def _received(request: HttpRequest, taken: list[tuple[Import, bool]], *, alone: bool) -> HttpResponse:
    """Start reading what is new; one file leads to its page, several to the list."""
    for batch, new in taken:
        if new or batch.stage != Stage.READ:  # one that was cut off is read again; read twice at once, it is kept once
            actions.read_later.enqueue(batch.pk, request.user.pk)
        else:
            say_done(request, f"{batch.file_name} is here already; it was not read again.")
    if alone:
        return redirect("import", taken[0][0].pk)
    return redirect("imports")


@allow(IMPORT)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """How far reading has come; then what was found, questions first."""
    batch = batch_of(request, pk)
    if batch.stage != Stage.READ:
        context = {
            "batch": batch,
            "tag": STAGES[Stage(batch.stage)],
            "crumbs": crumbs(Crumb(shortened(str(batch), 60))),
        }
        return render(request, "imports/reading.html", context)
    return show_review(request, batch)


def show_review(request: HttpRequest, batch: Import, column: ColumnForm | AnyColumnForm | None = None) -> HttpResponse:
    """What was found in a document. ``column``: an answer about a column that is not right."""
    tally = queries.tally(batch, viewer=request.viewer)
    counts = counts_of(tally)
    show = request.GET.get("show", "")
    if show not in counts:
        show = next(name for name in ("question", "certain", "all") if counts[name] or name == "all")
    rows = chosen_ones(list(queries.proposals(batch, viewer=request.viewer)), show)
    page = Paginator(rows, ENTRIES).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "title": shortened(str(batch), 160),
        "tally": tally,
        "questions": whole_questions(batch, column),
        "any_column": _any_column(batch, tally, column),
        "form": column,
        "holds": in_words(tally),
        "placed": placed(batch.words),
        "show": show,
        "choices": [(name, words, counts[name]) for name, words in SHOWN],
        "rows": listed(list(page)),
        "pages": pages_of(page, request.GET),
        "here": f"{reverse('import', args=[batch.pk])}?show={show}&page={page.number}",
        "next_steps": next_steps(batch, tally, request.viewer),
        "day_form": DayForm(prefix="day") if batch.as_at is None and not tally.adopted else None,
        "crumbs": crumbs(Crumb(shortened(str(batch), 60))),
    }
    return render(request, "imports/review.html", context, status=422 if column is not None else 200)


def _any_column(batch: Import, tally: queries.Tally, bound: Form | None) -> AnyColumnForm | None:
    """The form that says what a column holds which was not asked about, where there is one and something is open."""
    if isinstance(bound, AnyColumnForm):
        return bound
    headings = batch.headings() if tally.open and batch.continues_id is None else []
    return AnyColumnForm(headings=headings) if headings else None


@allow(IMPORT)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that shows how far reading has come; asked for again and again while it goes on."""
    batch = batch_of(request, pk)
    response = render(request, "imports/_progress.html", {"batch": batch, "tag": STAGES[Stage(batch.stage)]})
    if batch.stage in (Stage.READ, Stage.REFUSED):
        response["HX-Refresh"] = "true"
    return response


@allow(IMPORT)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a file again that could not be read, or whose reading was killed."""
    batch = batch_of(request, pk)
    if batch.stage != Stage.READ:
        actions.read_later.enqueue(batch.pk, request.user.pk)
    return redirect("import", pk)


@allow(IMPORT)
@require_POST
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which day a document speaks of."""
    batch = batch_of(request, pk)
    form = DayForm(request.POST, prefix="day")
    if form.is_valid():
        done = attempt(form, lambda: actions.set_day(batch=batch, as_at=form.cleaned_data["as_at"], by=request.user))
        if done is not None:
            say_done(request, "The day is set.")
            return redirect("import", pk)
    context = {"batch": batch, "form": form, "crumbs": crumbs(Crumb(shortened(str(batch), 60)))}
    return render(request, "imports/day.html", context, status=422)


@allow(IMPORT)
def left_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a document that stand in no proposal: not placed first, then page furniture."""
    batch = batch_of(request, pk)
    trail = crumbs(Crumb(shortened(str(batch), 60), reverse("import", args=[pk])), Crumb("Words in no entry"))
    return render(request, "imports/left_over.html", {"batch": batch, "placed": placed(batch.words), "crumbs": trail})
