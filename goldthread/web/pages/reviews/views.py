"""Pages of reviews."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.queries import holders
from goldthread.domain.register.queries.hanging import hanging_on
from goldthread.domain.register.terms import Relation, Visibility
from goldthread.domain.reviews.queries import clocks, counts_by_review, facts_of_review, responses, review_at, reviews
from goldthread.domain.reviews.terms import ReviewKind, StepState
from goldthread.kernel.shortening import shortened
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.days import days_of
from goldthread.web.entries import address_of, tags_on_day
from goldthread.web.pages.reviews.presenters import answered, findings_by_theme, polarity_bar, review_line, step_lines
from goldthread.web.records_access import allowed_to, can_be_added
from goldthread.web.rows import row_on_day


@allow(Permission.SEE_PUBLISHED)
def review_list(request: HttpRequest) -> HttpResponse:
    """Every review that the viewer may see."""
    counts = counts_by_review(viewer=request.viewer)
    found = {one.record.pk: one for one in clocks(viewer=request.viewer)}
    lines = [review_line(one, counts.get(one.pk, {}), found.get(one.pk)) for one in reviews(viewer=request.viewer)]
    context = {
        "lines": lines,
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Reviews")],
        "may_add": request.viewer.may_everywhere(Permission.EDIT_RECORDS),
    }
    return render(request, "reviews/list.html", context)


@allow(Permission.SEE_PUBLISHED)
def clock_list(request: HttpRequest) -> HttpResponse:
    """Every step of every review's clock: what is past and not on record, what is due, what was met; the worst first."""
    order = [StepState.NOT_ON_RECORD, StepState.DUE, StepState.LATE, StepState.MET, StepState.DONE]
    rows = [
        (found, line)
        for found in clocks(viewer=request.viewer)
        for line in step_lines(found)
        if line.step.state in order
    ]
    rows.sort(key=lambda row: (order.index(row[1].step.state), row[1].step.due_on or date.max))
    context = {
        "rows": [(shortened(found.record.heading, 120), address_of(found.record), line) for found, line in rows],
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Reviews", reverse("reviews")), Crumb("Clocks")],
    }
    return render(request, "reviews/clocks.html", context)


@allow(Permission.SEE_PUBLISHED)
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """A review on a day: recommendations, and findings by theme."""
    days = days_of(request)
    found = review_at(reference, viewer=request.viewer, **days.asked)
    if found is None:
        raise Http404
    row, allowed = found.review, allowed_to(request.viewer, found.review.record)
    owners = {lead.owner_id for one in found.recommendations for lead in one.leads if lead.owner_id}
    held = holders(owners, viewer=request.viewer, on=row.on, known_on=days.known_on)
    facts = facts_of_review(row.record, viewer=request.viewer, **days.asked)
    said = responses([one.record for one in found.recommendations], viewer=request.viewer, **days.asked)
    ids = [one.record.pk for one in found.recommendations]
    carried = hanging_on(ids, Relation.ANSWERS, viewer=request.viewer, **days.asked)
    context = {
        "facts": facts,
        "kind": ReviewKind(facts.kind).label if facts.kind != ReviewKind.OTHER else "",
        "steps": step_lines(facts),
        "edit_particulars": reverse("review_particulars", args=[row.reference])
        if allowed.edit and not days.chosen
        else "",
        "may_edit": allowed.edit and not days.chosen,
        "everything": [
            one.reference
            for one in (row, *found.recommendations, *(one for rows in found.themes.values() for one in rows))
            if one.visibility != Visibility.RESTRICTED  # what is restricted is opened by itself, or not at all
        ],
        "unanswered": sum(pk not in said for pk in ids),
        "found": found,
        "row": row,
        "title": shortened(row.heading, 200),
        "tags": tags_on_day(row),
        "recommendations": [
            answered(
                row_on_day(one, held, query=days.query),
                said.get(one.record.pk),
                carried.get(one.record.pk, []),
                query=days.query,
            )
            for one in found.recommendations
        ],
        "themes": findings_by_theme(found, query=days.query),
        "bar": polarity_bar(found),
        "days": days,
        "can_add": can_be_added(row.record) if allowed.edit and not days.chosen else [],
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Reviews", reverse("reviews")), Crumb(row.reference)],
    }
    return render(request, "reviews/review.html", context)
