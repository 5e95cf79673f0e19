"""The page of the vision, the priorities and the outcomes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.plans.queries import priorities
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.priorities.presenters import branches


@allow(Permission.SEE_PUBLISHED)
def priority_list(request: HttpRequest) -> HttpResponse:
    """What everything else is for."""
    visions, found, loose = branches(priorities(viewer=request.viewer))
    context = {
        "visions": visions,
        "branches": found,
        "loose": loose,
        "may_add": request.viewer.may_everywhere(Permission.EDIT_RECORDS),
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Priorities")],
    }
    return render(request, "priorities/list.html", context)
