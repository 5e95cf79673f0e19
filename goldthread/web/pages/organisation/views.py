"""Who answers for what, and who holds it on a day."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation import queries
from goldthread.domain.organisation.queries.structures import structures
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.domain.register.queries import answered_for, counts_by_owner, unmatched_names
from goldthread.domain.workforce.access import in_line
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.lead.presenter import Lead
from goldthread.web.days import days_of
from goldthread.web.pages.organisation.presenters import Day, by_directorate, line_of
from goldthread.web.rows import row_today


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way to a page of the organisation."""
    return [Crumb("Home", reverse("home")), Crumb("Organisation", reverse("organisation") if more else ""), *more]


@allow(Permission.SEE_INTERNAL)
def organisation(request: HttpRequest) -> HttpResponse:
    """Directorates and posts with who holds them on a day, elected offices, bodies, structures as printed."""
    viewer, days = request.viewer, days_of(request)
    posts = list(queries.posts(viewer=viewer))
    others = [owner for owner in queries.owners(viewer=viewer) if owner.kind != OwnerKind.POST]
    ids = [post.pk for post in posts] + [owner.pk for owner in others]
    on = {"on": days.as_at, "known_on": days.known_on}
    day = Day(
        held=queries.holders(ids, viewer=viewer, **on),
        since=queries.vacant_since(ids, viewer=viewer, **on),
        counts=counts_by_owner(viewer=viewer),
    )
    directorates = by_directorate(posts, day)
    may_match = viewer.may(Permission.MATCH_NAMES)
    context = {
        "directorates": directorates,
        "posts": len(posts),
        "vacant": sum(group.vacant for group in directorates),
        "offices": [line_of(row, day) for row in others if row.kind == OwnerKind.OFFICE],
        "bodies": [line_of(row, day) for row in others if row.kind == OwnerKind.BODY],
        "structures": structures(viewer=viewer),
        "days": days,
        "may_edit": viewer.may(Permission.EDIT_ORGANISATION),
        "unmatched": len(unmatched_names(viewer=viewer)) if may_match else 0,
        "kinds": ("directorate", "post", "office", "body", "person"),
        "crumbs": crumbs(),
    }
    return render(request, "organisation/organisation.html", context)


@allow(Permission.SEE_INTERNAL)
def owner(request: HttpRequest, pk: int) -> HttpResponse:
    """A post, office or body: who holds it and held it, what it answers for, what documents say of it."""
    viewer = request.viewer
    found = queries.owners(viewer=viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    records = answered_for(found, viewer=viewer)
    held = queries.holders([found.pk], viewer=viewer)
    context: dict[str, Any] = {
        "owner": found,
        "held": held.get(found.pk, []),
        "since": queries.vacant_since([found.pk], viewer=viewer).get(found.pk),
        "rows": [row_today(row, Lead(post=found.name)) for row in records],
        "appointments": queries.appointments(found, viewer=viewer),
        "names": queries.names_of(found, viewer=viewer),
        "may_edit": viewer.may(Permission.EDIT_ORGANISATION),
        "crumbs": crumbs(Crumb(found.name)),
    }
    if found.kind == OwnerKind.POST:
        context["post"] = found.post
        context["in_line"] = in_line(viewer, found.post)
        context["responsibilities"] = queries.responsibilities(found.post, viewer=viewer)
    elif found.kind == OwnerKind.BODY:
        context["members"] = queries.memberships(found.body, viewer=viewer)
    return render(request, "organisation/owner.html", context)
