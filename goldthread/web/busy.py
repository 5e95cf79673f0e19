"""A database that cannot be reached, or is too busy to wait for, answers "try again", and not as a fault of the program."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

LOG = logging.getLogger(__name__)
AGAIN_AFTER = 30
"""Seconds after which a browser, or a program that reads the pages, may try again."""


class BusyMiddleware:
    """Answers 503 where the database is locked for longer than anybody waits, deadlocked, or gone; says so in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page that asks to try again; None for what else went wrong, and for developers, who see it in full."""
        if settings.DEBUG or not isinstance(problem, (OperationalError, InterfaceError)):
            return None
        LOG.error("The database did not answer %s %s: %s", request.method, request.path, problem)
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN_AFTER)})
