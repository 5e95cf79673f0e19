"""Pages of reviews."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.queries import holders
from goldthread.domain.reviews.queries import counts_by_review, review_at, reviews
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.days import days_of
from goldthread.web.entries import shortened, tags_on_day
from goldthread.web.pages.reviews.presenters import findings_by_theme, polarity_bar, review_line
from goldthread.web.records_access import allowed_to, can_be_added
from goldthread.web.rows import row_on_day


@allow(Permission.SEE_PUBLISHED)
def review_list(request: HttpRequest) -> HttpResponse:
    """Every review that the viewer may see."""
    counts = counts_by_review(viewer=request.viewer)
    context = {
        "lines": [review_line(one, counts.get(one.pk, {})) for one in reviews(viewer=request.viewer)],
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Reviews")],
        "may_add": request.viewer.may_everywhere(Permission.EDIT_RECORDS),
    }
    return render(request, "reviews/list.html", context)


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
    context = {
        "found": found,
        "row": row,
        "title": shortened(row.heading, 200),
        "tags": tags_on_day(row),
        "recommendations": [row_on_day(one, held, query=days.query) for one in found.recommendations],
        "themes": findings_by_theme(found, query=days.query),
        "bar": polarity_bar(found),
        "days": days,
        "can_add": can_be_added(row.record) if allowed.edit and not days.chosen else [],
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Reviews", reverse("reviews")), Crumb(row.reference)],
    }
    return render(request, "reviews/review.html", context)
