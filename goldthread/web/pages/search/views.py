"""Search."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries.finding import search, suggestion
from goldthread.domain.register.terms import RecordKind
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.entries import address_of, tags_today

MOST = 200
ON_A_PAGE = 25


def _lead(row: Record) -> str:
    """Who leads an entry, in a word: it may be found by that alone."""
    return row.accountable.name if row.accountable is not None else ", ".join(row.printed_leads.splitlines())


class SearchForm(forms.Form):
    """Words to find."""

    q = forms.CharField(
        label="Words or a reference",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@allow(Permission.SEE_PUBLISHED)
def search_page(request: HttpRequest) -> HttpResponse:
    """Entries in which every word stands."""
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = search(words, viewer=request.viewer, limit=MOST) if words else []
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "words": words,
        "capped": len(found) >= MOST,
        "count": len(found),
        "suggestion": suggestion(words, viewer=request.viewer) if words and not found else "",
        "hits": [(row, RecordKind(row.kind).label, address_of(row), tags_today(row), _lead(row)) for row in page],
        "pages": pages_of(page, request.GET),
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Search")],
    }
    return render(request, "search/search.html", context)
