"""Two structures compared: the page, its files, charts side by side, and what a person decides about single posts."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.actions.structures import confirm_matches, decide_match
from goldthread.domain.organisation.models import Structure
from goldthread.domain.organisation.queries.structures import comparison, matches_between, structures
from goldthread.domain.organisation.rules.comparing import Comparison
from goldthread.domain.organisation.rules.lines import Line
from goldthread.domain.organisation.rules.matching import Match
from goldthread.kernel.clock import now
from goldthread.reporting.formats import FORMATS
from goldthread.reporting.renderers.html import style_source
from goldthread.reporting.structure_report import file_name
from goldthread.reporting.structure_report import render as rendered
from goldthread.reporting.structures import counted_how
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.structures.forms import CompareForm, DecideForm
from goldthread.web.pages.structures.presenters import chart_parts, compared_parts, figures, legend, marks_of
from goldthread.web.pages.structures.views import crumbs, page_with_form, person_of, structure_or_404

SEE = Permission.SEE_INTERNAL
MOST_OFFERED = 60
"""Posts of one directorate that are offered for choosing by hand."""


@allow(SEE)
def choose(request: HttpRequest) -> HttpResponse:
    """From two chosen structures to their comparison."""
    rows = list(structures(viewer=request.viewer))
    form = CompareForm(request.GET or None, structures=rows)
    if not form.is_valid():
        return redirect("structures")
    return redirect("structures_compared", form.cleaned_data["before"], form.cleaned_data["after"])


def _both(request: HttpRequest, pk: int, number: int) -> tuple[Structure, Structure, Comparison]:
    before, after = structure_or_404(request, pk), structure_or_404(request, number)
    return before, after, comparison(before, after, viewer=request.viewer)


@allow(SEE)
def compared(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Two structures post by post: counts listed and stated, changes with their reasons, cost, spans and layers."""
    before, after, found = _both(request, pk, number)
    parts = compared_parts(found)
    context = {
        "before": before,
        "after": after,
        "counts": parts,
        "parts": parts[:-1],
        "figures": figures(found),
        "proposed": sum(not change.same and not change.decided_by for change in found.changes),
        "apart": [part.name for part in parts[:-1] if part.apart],
        "counted_how": counted_how(found),
        "formats": list(FORMATS.values()),
        "may_decide": request.viewer.may(Permission.EDIT_ORGANISATION),
        "crumbs": crumbs(Crumb("Compared")),
    }
    return render(request, "structures/compared.html", context)


@allow(SEE)
def charts(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Two structures side by side as charts, with what changed marked by sign, word and outline."""
    before, after, found = _both(request, pk, number)
    return side_by_side(request, found, before.name, after.name, reverse("structures_compared", args=[pk, number]))


def side_by_side(request: HttpRequest, found: Comparison, before: str, after: str, back: str) -> HttpResponse:
    """The page of two charts."""
    old, new = marks_of(found)
    sides = [
        (before, chart_parts(found.before.lines, changes=old, whole=False, called=before)),
        (after, chart_parts(found.after.lines, changes=new, whole=False, called=after)),
    ]
    context = {
        "sides": sides,
        "legend": legend(),
        "back": back,
        "crumbs": crumbs(Crumb("Compared", back), Crumb("Charts")),
    }
    return render(request, "structures/charts.html", context)


@allow(SEE)
def report(request: HttpRequest, pk: int, number: int, form: str) -> HttpResponse:
    """The comparison in one of the formats of reports."""
    if form not in FORMATS:
        raise Http404
    _, _, found = _both(request, pk, number)
    content = rendered(found, form, organisation=settings.GOLDTHREAD_COUNCIL, made=now())
    response = HttpResponse(content, content_type=FORMATS[form].media_type)
    if form == "html":
        response._csp_update = {"style-src": [style_source()]}  # type: ignore[attr-defined]
    else:
        response["Content-Disposition"] = f'attachment; filename="{file_name(found, form)}"'
    return response


@require_POST
@allow(Permission.EDIT_ORGANISATION)
def confirm(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Confirm all that the rules propose."""
    before, after = structure_or_404(request, pk), structure_or_404(request, number)
    matches = [x for x in matches_between(before, after, viewer=request.viewer) if x.kind != "same"]
    try:
        event = confirm_matches(before=before, after=after, matches=matches, by=person_of(request))
        say_done(request, "What was proposed is confirmed.", event)
    except Refused as refused:
        say_refused(request, refused)
    return redirect("structures_compared", pk, number)


@allow(Permission.EDIT_ORGANISATION)
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say what became of some posts: the ones asked for, or others of their directorates."""
    before, after, found = _both(request, pk, number)
    asked = _asked(request, "b"), _asked(request, "a")
    lines = [x for x in found.before.lines if x.key in asked[0]] + [x for x in found.after.lines if x.key in asked[1]]
    if not lines:
        raise Http404
    near = {line.directorate for line in lines}
    change = next((c for c in found.changes if {x.key for x in (*c.before, *c.after)} & {x.key for x in lines}), None)
    form = DecideForm(
        request.POST or None,
        before=_offered(found.before.lines, near, asked[0]),
        after=_offered(found.after.lines, near, asked[1]),
        initial={
            "kind": next(iter(sorted(change.kinds)), "same") if change else "same",
            "before": [str(key) for key in asked[0]],
            "after": [str(key) for key in asked[1]],
            "because": change.because if change else "",
        },
    )
    back = reverse("structures_compared", args=[pk, number])
    if form.is_valid():
        values = form.cleaned_data
        match = Match(
            tuple(map(int, values["before"])), tuple(map(int, values["after"])), values["kind"], values["because"]
        )
        done = attempt(form, lambda: decide_match(before=before, after=after, match=match, by=person_of(request)))
        if done is not None:
            say_done(request, "Decided.", done)
            return redirect(back)
    about = f"{before.name} and {after.name}"
    return page_with_form(request, form, "Say what became of these posts", "Decide", back, about)


def _asked(request: HttpRequest, name: str) -> set[int]:
    return {int(value) for value in request.GET.getlist(name) if value.isdigit() and len(value) < 16}


def _offered(lines: tuple[Line, ...], near: set[str], asked: set[int]) -> list[Line]:
    """The posts asked for first, then others of their directorates."""
    chosen = [line for line in lines if line.key in asked]
    rest = [line for line in lines if line.directorate in near and line.key not in asked]
    return [*chosen, *rest[:MOST_OFFERED]]
