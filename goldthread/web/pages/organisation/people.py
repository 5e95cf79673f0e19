"""People: officers and elected members, what each holds and held, where each sits and sat."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.queries.people_by_day import people_on, person_on
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.days import days_of
from goldthread.web.pages.organisation.views import crumbs


@allow(Permission.SEE_INTERNAL)
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody on record on a day: elected members, officers, and those who hold nothing any more."""
    days = days_of(request)
    found = people_on(viewer=request.viewer, on=days.as_at, known_on=days.known_on)
    groups = (
        ("Elected members", [one for one in found if one.member]),
        ("Officers", [one for one in found if not one.member and (one.now or one.seats)]),
        ("Hold nothing on this day", [one for one in found if not one.member and not (one.now or one.seats)]),
    )
    context = {
        "groups": [(title, rows) for title, rows in groups if rows],
        "number": len(found),
        "may_edit": request.viewer.may(Permission.EDIT_ORGANISATION),
        "days": days,
        "crumbs": crumbs(Crumb("People")),
    }
    return render(request, "organisation/people.html", context)


@allow(Permission.SEE_INTERNAL)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: everything on record that they hold or held, with its days."""
    days = days_of(request)
    found = person_on(pk, viewer=request.viewer, on=days.as_at, known_on=days.known_on)
    if found is None:
        raise Http404
    context = {
        "found": found,
        "days": days,
        "crumbs": crumbs(Crumb("People", reverse("people")), Crumb(str(found.person))),
    }
    return render(request, "organisation/person.html", context)
