"""A report as one accessible HTML page: a file of its own to keep and print, or the same content inside the site."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.template import Context, Engine, Template
from django.utils.safestring import SafeString, mark_safe

from goldthread.reporting.blocks import Layout
from goldthread.reporting.layout import laid_out
from goldthread.reporting.model import Report

_HERE = Path(__file__).parent.parent
STYLESHEET = "reporting/report.css"
"""The style sheet as a static file, for pages of the site, whose policy allows no style in the page."""


def render(report: Report) -> bytes:
    """The report as the bytes of one HTML file that needs nothing else: the style sheet stands inside."""
    return page(laid_out(report))


def page(layout: Layout) -> bytes:
    """A layout as the bytes of one HTML file."""
    context = {"report": layout, "css": mark_safe(_css())}  # noqa: S308  # the product's own file
    return _template("page.html").render(Context(context)).encode("utf-8")


def article(report: Report, *, heads_page: bool = True) -> SafeString:
    """The report as an ``<article>`` for a page of the site, which links STYLESHEET.

    The article holds the page's h1, unless the page has one of its own.
    """
    return _template("article.html").render(Context({"report": laid_out(report), "inside": not heads_page}))


def style_source() -> str:
    """What a content security policy must allow as style-src for ``render``'s page to show: the hash of its one style sheet."""
    digest = hashlib.sha256(_css().encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _css() -> str:
    return (_HERE / "static" / STYLESHEET).read_text(encoding="utf-8")


@cache
def _template(name: str) -> Template:
    return _engine().get_template(f"reporting/{name}")


@cache
def _engine() -> Engine:
    """The templates of this floor, away from the site's: no context processor or setting can change a report."""
    return Engine(dirs=[str(_HERE / "templates")], autoescape=True, string_if_invalid="INVALID: %s")
