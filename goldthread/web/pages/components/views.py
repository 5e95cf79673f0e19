"""The gallery."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.commons.access.decorators import allow_everyone
from goldthread.web.pages.components.examples import example_context, shown_components


@allow_everyone
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its example."""
    context = example_context() | {
        "shown": shown_components(),
        "crumbs": [],
    }
    return render(request, "components_page/gallery.html", context)
