"""Structures: the list, one of them, its chart, what is published of it, and posts brought in."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.domain.organisation.actions.sheets import take_posts
from goldthread.domain.organisation.actions.structures import change_listing, set_stage
from goldthread.domain.organisation.adopters.sheets import rows_of
from goldthread.domain.organisation.models import Structure
from goldthread.domain.organisation.queries import Holder, holders
from goldthread.domain.organisation.queries.structures import drawn, lines_of, post_counts, structures
from goldthread.domain.organisation.rules.lines import Drawn, Line, directorates_of, figures_of
from goldthread.domain.restructures.queries import restructures
from goldthread.kernel.clock import today
from goldthread.reporting.structure_report import cost_words
from goldthread.reporting.transparency import TABLES, Published, missing, popolo_json, published, table_csv
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.csv_files import csv_bytes
from goldthread.web.days import days_of
from goldthread.web.pages.structures.forms import CompareForm, ListingForm, PostsForm, StageForm
from goldthread.web.pages.structures.presenters import chart_parts, parts_of

SEE = Permission.SEE_INTERNAL
PUBLISHED = {
    "organisation-chart": "Organisation chart (CSV)",
    "senior-salaries": "Senior salaries (CSV)",
    "salary-bands": "Numbers in salary bands (CSV)",
    "appointments": "Appointments after Popolo (JSON)",
}
"""The words for what is published of a structure, by its name in addresses."""


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way to a page of structures."""
    first = [Crumb("Home", reverse("home")), Crumb("Organisation", reverse("organisation"))]
    return [*first, Crumb("Structures", reverse("structures") if more else ""), *more]


def structure_or_404(request: HttpRequest, pk: int) -> Structure:
    """A structure that the viewer may see."""
    found = structures(viewer=request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@allow(SEE)
def structures_page(request: HttpRequest) -> HttpResponse:
    """Every structure, two to compare, and the drafts that the viewer may see."""
    viewer = request.viewer
    rows = list(structures(viewer=viewer))
    counts = post_counts(viewer=viewer)
    context = {
        "rows": [(row, counts.get(row.pk, 0)) for row in rows],
        "drafts": restructures(viewer=viewer),
        "form": CompareForm(structures=rows, initial={"after": request.GET.get("with", "")}) if len(rows) > 1 else None,
        "may_edit": viewer.may(Permission.EDIT_ORGANISATION),
        "may_plan": viewer.may(Permission.PLAN_STRUCTURES) and bool(rows),
        "crumbs": crumbs(),
    }
    return render(request, "structures/list.html", context)


@allow(SEE)
def structure(request: HttpRequest, pk: int) -> HttpResponse:
    """A structure: its posts by directorate as listed, what its document counts, what it adds up to."""
    found, days = structure_or_404(request, pk), days_of(request)
    whole = drawn(found, viewer=request.viewer, known_on=days.known_on)
    held = holders([line.key for line in whole.lines], viewer=request.viewer, on=days.as_at, known_on=days.known_on)
    sums = figures_of(whole.lines)
    others = structures(viewer=request.viewer).exclude(pk=pk)
    context = {
        "structure": found,
        "parts": parts_of(whole, held),
        "posts": len(whole.lines),
        "sums": sums,
        "cost": cost_words(sums),
        "days": days,
        "of_a_later_day": days.as_at is not None and found.as_at is not None and found.as_at > days.as_at,
        "others": others,
        "published": _to_publish(whole, held) if not days.chosen else [],
        "may_edit": request.viewer.may(Permission.EDIT_ORGANISATION),
        "crumbs": crumbs(Crumb(found.name)),
    }
    return render(request, "structures/structure.html", context)


def _to_publish(whole: Drawn, held: dict[int, list[Holder]]) -> list[tuple[str, str, list[str]]]:
    """What is published of a structure: its name in addresses, its words, and what the Code asks for and nobody stated."""
    out = Published(whole.name, settings.GOLDTHREAD_COUNCIL, today(), whole.lines, held)
    rows = [(name, PUBLISHED[name], missing(out, name)) for name in TABLES]
    return [*rows, ("appointments", PUBLISHED["appointments"], [])]


@allow(SEE)
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation chart of a structure, a directorate after the other or one alone, with the same as a list."""
    found = structure_or_404(request, pk)
    whole = drawn(found, viewer=request.viewer)
    names = directorates_of(whole.lines)
    wanted = next((name for name in names if name and name == request.GET.get("directorate")), "")
    lines = [line for line in whole.lines if not wanted or line.directorate == wanted]
    held = {
        key: ", ".join(str(each) for each in people)
        for key, people in holders([line.key for line in lines], viewer=request.viewer).items()
    }
    context = {
        "structure": found,
        "names": names,
        "wanted": wanted,
        "parts": chart_parts(lines, holders=held, whole=not wanted and _one_tree(lines), called=found.name),
        "crumbs": crumbs(Crumb(found.name, reverse("structure", args=[pk])), Crumb("Chart")),
    }
    return render(request, "structures/chart.html", context)


def _one_tree(lines: Sequence[Line]) -> bool:
    """Whether posts of different directorates hang together by their lines."""
    parts = {line.key: line.directorate for line in lines}
    return any(line.reports_to in parts and parts[line.reports_to] != line.directorate for line in lines)


@allow(Permission.EDIT_ORGANISATION)
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far a structure has come."""
    found = structure_or_404(request, pk)
    form = StageForm(request.POST or None, initial={"stage": found.stage})
    if form.is_valid() and attempt(
        form, lambda: set_stage(structure=found, by=person_of(request), **form.cleaned_data)
    ):
        say_done(request, f"{found.name} is {found.get_stage_display().lower()}.")
        return redirect("structure", pk)
    return page_with_form(request, form, "Set the stage", "Save", reverse("structure", args=[pk]), found.name)


@allow(Permission.EDIT_ORGANISATION)
def listing(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say what a post is in a structure: title, line, grade, cost, services and the rest."""
    found = structure_or_404(request, pk)
    lines = lines_of(found, viewer=request.viewer)
    line = next((each for each in lines if each.key == number), None)
    if line is None:
        raise Http404
    form = ListingForm(request.POST or None, line=line, lines=lines)
    if form.is_valid():
        done = attempt(
            form,
            lambda: change_listing(
                structure=found,
                lines=lines,
                changed=form.changed(),
                by=person_of(request),
                reason=form.cleaned_data["reason"],
            ),
        )
        if done is not None:
            say_done(request, f"{form.cleaned_data['title']} was changed in this structure.", done)
            return redirect("structure", pk)
    return page_with_form(request, form, f"Edit {line.title}", "Save", reverse("structure", args=[pk]), found.name)


def person_of(request: HttpRequest) -> User:
    """The person who is signed in; pages that ask are marked for signed-in people only."""
    assert isinstance(request.user, User)
    return request.user


def page_with_form(
    request: HttpRequest, form: object, title: str, button: str, back: str, about: str, note: str = ""
) -> HttpResponse:
    """A page that asks for something."""
    context = {
        "form": form,
        "title": title,
        "button": button,
        "back": back,
        "about": about,
        "note": note,
        "crumbs": crumbs(*([] if back == reverse("structures") else [Crumb(about, back)]), Crumb(title)),
    }
    return render(request, "structures/form.html", context, status=422 if form.errors else 200)  # type: ignore[attr-defined]


@allow(Permission.EDIT_ORGANISATION)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Posts of a CSV or Excel file as a structure; whole or not at all."""
    form = PostsForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        made = attempt(form, lambda: _taken(request, form))
        if made is not None:
            say_done(request, f"{made.name} was added.")
            return redirect("structure", made.pk)
    return page_with_form(request, form, "Bring posts in", "Bring in", reverse("structures"), "")


def _taken(request: HttpRequest, form: PostsForm) -> Structure:
    values = dict(form.cleaned_data)
    upload = values.pop("file")
    with tempfile.TemporaryDirectory(prefix="goldthread-posts-") as folder:
        name = Path(upload.name).name[:200] or "posts"
        path = Path(folder) / "posts"
        path.write_bytes(upload.read())
        rows = rows_of(path, name=name)
    return take_posts(rows=rows, file_name=name, by=person_of(request), **values)


@allow(SEE)
def published_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """What a council publishes of a structure: the Transparency Code's tables as CSV, appointments after Popolo as JSON."""
    structure = structure_or_404(request, pk)
    if form not in TABLES and form != "appointments":
        raise Http404
    found = published(structure, viewer=request.viewer, organisation=settings.GOLDTHREAD_COUNCIL)
    if form == "appointments":
        return HttpResponse(popolo_json(found), content_type="application/json")
    return csv_bytes(f"{form}-{found.on.isoformat()}.csv", table_csv(found, form))
