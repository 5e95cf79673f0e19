"""The design check of a structure."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.queries import holders
from goldthread.domain.organisation.queries.structures import lines_of, structures
from goldthread.domain.organisation.rules.design import check_design, thresholds
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.pages.organisation.views import crumbs

FLAGS = {
    "one-to-one": Tag("One report", "orange"),
    "narrow": Tag("Few reports", "yellow"),
    "wide": Tag("Many reports", "red"),
}
LAYERS = {"within the range": "green", "a warning": "yellow", "too many": "red", "not known": "grey"}


@allow(Permission.SEE_INTERNAL)
def design(request: HttpRequest, pk: int) -> HttpResponse:
    """Spans, layers, one-to-ones, skipped and doubled levels of a structure; vacant posts left out where asked."""
    structure = structures(viewer=request.viewer).filter(pk=pk).first()
    if structure is None:
        raise Http404
    lines = lines_of(structure, viewer=request.viewer)
    without = request.GET.get("vacant") == "without"
    vacant: set[int] = set()
    if without:
        keys = {line.key for line in lines}
        vacant = keys - set(holders(keys, viewer=request.viewer, on=structure.as_at))
    found = check_design(lines, thresholds(), vacant=vacant)
    context = {
        "structure": structure,
        "found": found,
        "layers": Tag(found.layers_word.capitalize(), LAYERS[found.layers_word]),
        "spans": [(span, FLAGS.get(span.flag)) for span in found.spans],
        "without": without,
        "crumbs": crumbs(Crumb(structure.name, reverse("structure", args=[pk])), Crumb("Design check")),
    }
    return render(request, "organisation/design.html", context)
