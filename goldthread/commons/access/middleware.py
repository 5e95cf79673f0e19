"""Nobody gets in by accident: the viewer on every request, and every view behind its mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from goldthread.commons.access.decorators import Mark, mark_of
from goldthread.commons.access.queries import viewer_for


class PermissionMiddleware:
    """Puts ``request.viewer`` on the request (worked out once, when first asked) and opens a view to whom it is for.

    Without the permission: to sign-in for who is not signed in, 404 for who is. A view without a mark, and not among
    the listed views of other packages, answers 404, or raises ImproperlyConfigured where GOLDTHREAD_STRICT is set.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its viewer and pass it on."""
        request.viewer = SimpleLazyObject(lambda: viewer_for(request.user))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in place of a view that is not for this viewer; None lets the request through."""
        match = request.resolver_match
        mark = mark_of(view) or listed_views().get(match.view_name if match else "")
        if mark is None:
            if getattr(settings, "GOLDTHREAD_STRICT", False):
                raise ImproperlyConfigured(f"{request.path} does not say who it is for: mark its view with @allow.")
            raise Http404
        if mark.lets_in(request.viewer):
            return None
        if request.viewer.user_id is not None:
            raise Http404
        return _to_sign_in(request)


def listed_views() -> Mapping[str, Mark]:
    """The marks of views that cannot carry one, because another package wrote them: by the name of their route."""
    marks: Mapping[str, Mark] = import_string(settings.GOLDTHREAD_LISTED_VIEWS)
    return marks


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to sign-in and, where that makes sense, back again; a fragment asked for by script moves the whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=302, headers={"Location": resolve_url(settings.LOGIN_URL)})
    return redirect_to_login(request.get_full_path())
