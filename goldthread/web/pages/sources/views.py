"""Pages of source files."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.files.storage import path_of
from goldthread.domain.register.models import SourceFile
from goldthread.domain.register.queries import passages, source_files
from goldthread.domain.register.queries.sources import may_open_whole, source_by_id
from goldthread.kernel.shortening import shortened
from goldthread.web.as_read import blocks_of, document_of
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.pages.sources.presenters import parts_of


def _source(request: HttpRequest, number: int) -> SourceFile:
    found = source_by_id(number, viewer=request.viewer)
    if found is None:
        raise Http404
    return found


@allow(Permission.SEE_PUBLISHED)
def source_list(request: HttpRequest) -> HttpResponse:
    """Every document that the viewer may see something of."""
    crumbs = [Crumb("Home", reverse("home")), Crumb("Sources")]
    return render(request, "sources/list.html", {"files": source_files(viewer=request.viewer), "crumbs": crumbs})


@allow(Permission.SEE_PUBLISHED)
def source(request: HttpRequest, number: int) -> HttpResponse:
    """A document as it was read, with the passage asked for marked; only their own passages for who may not have it all."""
    found, asked = _source(request, number), request.GET.get("passage", "")
    pairs = passages(found, viewer=request.viewer)
    marked = next((one for one, _ in pairs if str(one.pk) == asked), None)
    whole = may_open_whole(request.viewer)
    document = document_of(found.sha256, found.name) if whole else None
    context = {
        "file": found,
        "title": shortened(str(found), 160),
        "blocks": blocks_of(document, pairs, marked) if document else None,
        "parts": parts_of(pairs, marked.pk if marked else None) if document is None else [],
        "whole": whole,
        "crumbs": [
            Crumb("Home", reverse("home")),
            Crumb("Sources", reverse("sources")),
            Crumb(shortened(str(found), 60)),
        ],
    }
    return render(request, "sources/source.html", context)


@allow(Permission.SEE_PUBLISHED)
def download(request: HttpRequest, number: int) -> FileResponse:
    """The file itself, as an attachment that runs nothing."""
    found = _source(request, number)
    path = path_of(found.sha256)
    if not may_open_whole(request.viewer) or not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=PurePath(found.name).name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
