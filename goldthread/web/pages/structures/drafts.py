"""A draft of a structure: what it would do, and who would answer for what."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.restructures import queries
from goldthread.domain.restructures.models import DraftEdit, Restructure
from goldthread.domain.restructures.terms import OPEN, ORDER, EditKind, Step
from goldthread.kernel.shortening import shortened
from goldthread.reporting.structure_report import figure_rows
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.entries import address_of
from goldthread.web.pages.structures.comparing import side_by_side
from goldthread.web.pages.structures.forms import PersonForm, SuccessorForm
from goldthread.web.pages.structures.presenters import compared_parts, filling_context
from goldthread.web.pages.structures.views import crumbs

STEP_COLOURS = {Step.DRAFT: "yellow", Step.CONSULTATION: "orange", Step.DROPPED: "grey", Step.IN_FORCE: "green"}


def restructure_or_404(request: HttpRequest, pk: int) -> Restructure:
    """A restructure that the viewer may see."""
    found = queries.restructure(pk, viewer=request.viewer)
    if found is None:
        raise Http404
    return found


@allow(Permission.SEE_INTERNAL, Permission.PLAN_STRUCTURES)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft: its edits, cost, spans and roles before and after, every record that would lose its post, its steps."""
    viewer = request.viewer
    found = restructure_or_404(request, pk)
    seen = queries.what_if(found, viewer=viewer)
    assert seen is not None
    steps = queries.steps(found, viewer=viewer)
    step = steps[-1].step if steps else Step.DRAFT
    named = queries.named_people(found, viewer=viewer)
    may_work = viewer.may(Permission.PLAN_STRUCTURES) and any(user.pk == viewer.user_id for user in named)
    is_open = step in OPEN
    titles = {line.key: line.title for line in (*seen.base.lines, *seen.draft.lines)}
    parts = compared_parts(seen.found)
    context = {
        "restructure": found,
        "step": Tag(Step(step).label, STEP_COLOURS.get(Step(step), "")),
        "steps": steps,
        "next": _next(step) if may_work else [],
        "may_edit": may_work and is_open,
        "kinds": EditKind.choices,
        "edits": [(row, _told(row, titles)) for row in reversed(queries.edits(found, viewer=viewer))],
        "figures": figure_rows(seen.found.figures_before, seen.found.figures_after),
        "counts": parts,
        "roles_lost": seen.roles_lost,
        "lost": _lost(found, request, may_work) if is_open else [],
        "handed": queries.handed_over(found, viewer=viewer),
        "filling": filling_context(
            queries.filling(found, viewer=viewer) if step in (Step.AGREED, Step.APPOINTED) else None, may_fill=may_work
        ),
        "is_open": is_open,
        "named": named if may_work else [],
        "person_form": PersonForm() if may_work and is_open else None,
        "crumbs": crumbs(Crumb(found.name)),
    }
    return render(request, "structures/draft.html", context)


def _next(step: str) -> list[tuple[str, str]]:
    """The steps that can follow, each with the words of its button."""
    words = {
        Step.CONSULTATION: "Open the consultation",
        Step.AGREED: "Agree the structure",
        Step.APPOINTED: "Say that posts are filled",
        Step.IN_FORCE: "Put it in force",
    }
    if step == Step.DRAFT:
        follow = [Step.CONSULTATION, Step.AGREED]
    elif step == Step.CONSULTATION:
        follow = [Step.AGREED]
    elif step == Step.AGREED:
        follow = [Step.APPOINTED, Step.IN_FORCE]
    else:
        follow = [Step.IN_FORCE] if step == Step.APPOINTED else []
    assert all(each in ORDER for each in follow)
    found = [(each.value.replace(" ", "-"), words[each]) for each in follow]
    return [*found, ("drop", "Give it up")] if step in OPEN else found


def _told(row: DraftEdit, titles: dict[int, str]) -> str:
    """An edit in words."""
    posts = " and ".join(titles.get(key, "a post that is gone") for key in row.posts)
    values = row.values
    new = values.get("title") or " and ".join(values.get("titles") or ())
    said = {
        EditKind.ADD: f"Add {new}",
        EditKind.REMOVE: f"Remove {posts}",
        EditKind.RENAME: f"Rename {posts} to {new}",
        EditKind.MERGE: f"Merge {posts} into {new}",
        EditKind.SPLIT: f"Split {posts} into {new}",
        EditKind.MOVE: f"Move {posts}",
        EditKind.REGRADE: f"Regrade {posts}",
    }[EditKind(row.kind)]
    where = [values.get("directorate", ""), titles.get(values.get("reports_to") or 0, ""), values.get("grade", "")]
    more = ", ".join(
        f"{word} {value}" for word, value in zip(("in", "reporting to", "at grade"), where, strict=True) if value
    )
    return f"{said}, {more}" if more else said


def _lost(found: Restructure, request: HttpRequest, may_choose: bool) -> list[dict[str, object]]:
    """Lost posts with their successors and the records of each that the viewer may see."""
    rows = []
    for lost in queries.lost_and_orphaned(found, viewer=request.viewer):
        form = SuccessorForm(
            choices=lost.choices, initial={"successor": str(lost.successor.key)}, prefix=f"p{lost.line.key}"
        )
        rows.append(
            {
                "line": lost.line,
                "successor": lost.successor.title,
                "why": lost.why,
                "form": form if may_choose else None,
                "orphans": [
                    {
                        "record": orphan.record,
                        "href": address_of(orphan.record),
                        "text": shortened(orphan.record.heading, 160),
                        "within": shortened(orphan.record.within.heading, 60) if orphan.record.within else "",
                        "role": orphan.role,
                        "successor": orphan.successor.title,
                        "why": orphan.why,
                    }
                    for orphan in lost.orphans
                ],
            }
        )
    return rows


@allow(Permission.SEE_INTERNAL, Permission.PLAN_STRUCTURES)
def charts(request: HttpRequest, pk: int) -> HttpResponse:
    """The structure that a draft starts from and the one that it makes, side by side."""
    found = restructure_or_404(request, pk)
    seen = queries.what_if(found, viewer=request.viewer)
    assert seen is not None
    return side_by_side(request, seen.found, found.base.name, found.name, reverse("draft", args=[pk]))
