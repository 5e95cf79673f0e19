"""What columns hold: a question about one is answered, and the headings that the council uses are kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event
from goldthread.domain.imports import actions, queries
from goldthread.domain.imports.models import Import
from goldthread.domain.imports.rules import column_of
from goldthread.domain.imports.terms import COLUMNS
from goldthread.reading.document import UnreadableFile
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.imports.forms import AnyColumnForm, ColumnForm
from goldthread.web.pages.imports.views import batch_of, crumbs, show_review

IMPORT = Permission.IMPORT_DOCUMENTS


@allow(IMPORT)
@require_POST
def column(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Answer the question what a column holds: the document is read again by that."""
    batch = batch_of(request, pk)
    heading = column_of(batch.questions[question]) if question < len(batch.questions) else ""
    if not heading:
        say_refused(request, Refused("This question has been answered already."))
        return redirect("import", pk)
    return _answered(request, batch, ColumnForm(request.POST, question=question, heading=heading))


@allow(IMPORT)
@require_POST
def any_column(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a column holds that was not asked about."""
    batch = batch_of(request, pk)
    return _answered(request, batch, AnyColumnForm(request.POST, headings=batch.headings()))


def _answered(request: HttpRequest, batch: Import, form: ColumnForm | AnyColumnForm) -> HttpResponse:
    if form.is_valid():
        values = form.cleaned_data

        def act() -> Event:
            return actions.answer_column(
                batch=batch,
                heading=form.heading,
                role=values["role"],
                remember=values.get("remember", False),
                by=request.user,
            )

        try:
            event = attempt(form, act)
        except (UnreadableFile, FileNotFoundError):
            form.add_error(None, "The file can no longer be read; bring it in again.")
            event = None
        if event is not None:
            say_done(request, f"{event.reason} The document was read again.", event)
            return redirect("import", batch.pk)
    return show_review(request, batch, form)


@allow(IMPORT)
def headings(request: HttpRequest) -> HttpResponse:
    """The headings that this council has had remembered."""
    rows = [(row, COLUMNS.get(row.role, row.role)) for row in queries.headings(viewer=request.viewer)]
    return render(request, "imports/headings.html", {"rows": rows, "crumbs": crumbs(Crumb("Remembered headings"))})


@allow(IMPORT)
@require_POST
def forget(request: HttpRequest, heading: int) -> HttpResponse:
    """Forget a heading."""
    row = queries.headings(viewer=request.viewer).filter(pk=heading).first()
    if row is None:
        raise Http404
    event = actions.forget_heading(heading=row, by=request.user)
    say_done(request, f"“{row.words}” is forgotten; later documents are read without it.", event)
    return redirect("import_headings")
