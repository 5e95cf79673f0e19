"""A test client that looks at every page it is given, and fails on what a person would stumble over.

It fails on a template variable that nobody gave, a stray brace or component tag, an inline script, style or event
handler, a page without exactly one first heading or with a skipped heading level, an id used twice, a reference to an id
that is not there, an input without a label, a picture without a text, and a form that posts without its token.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import lxml.html
from django.db import connection
from django.http import HttpResponse
from django.template import Template, engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

OURS = Path(__file__).resolve().parents[2] / "goldthread"
STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|</?c-[a-z]")
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers")


class StrictClient(Client):
    """Django's test client with the checks above on every HTML answer; ``strict=False`` on a request leaves them out."""

    def request(self, **request: Any) -> Any:
        """Make the request; AssertionError lists everything that is wrong with the page."""
        strict = request.pop("strict", True)
        with undefined_variables() as names:
            response = super().request(**request)
        if strict:
            problems = [f"undefined in a template: {name}" for name in sorted(set(names))] + problems_of(response)
            where = f"{request.get('REQUEST_METHOD', 'GET')} {request.get('PATH_INFO')}"
            assert not problems, f"{where}:\n  " + "\n  ".join(problems)
        return response


@contextmanager
def undefined_variables() -> Iterator[list[str]]:
    """Collects the names of variables that a template of ours printed and nobody gave, as ``name (template)``."""
    names: list[str] = []
    engine = engines["django"].engine
    before = engine.string_if_invalid
    engine.string_if_invalid = _Undefined(names)
    try:
        yield names
    finally:
        engine.string_if_invalid = before


class _Undefined(str):
    """What Django prints for an undefined variable: nothing, and it takes a note."""

    names: list[str]

    def __new__(cls, names: list[str]) -> _Undefined:
        made = super().__new__(cls, "%s")
        made.names = names
        return made

    def __mod__(self, variable: object) -> str:
        if origin := _template_being_rendered():
            self.names.append(f"{variable} ({origin})")
        return ""


def _template_being_rendered() -> str:
    """The name of the template that is being rendered, or "" when it is another package's."""
    frame = sys._getframe(2)
    while frame is not None:
        found = frame.f_locals.get("self")
        if isinstance(found, Template) and frame.f_code.co_name in {"render", "_render"}:
            path = Path(str(found.origin.name))
            return found.name or path.name if OURS in path.parents or not path.is_absolute() else ""
        frame = frame.f_back
    return ""


def problems_of(response: HttpResponse) -> list[str]:
    """What is wrong with a page, in words; nothing for an answer that is not HTML."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    source = response.content.decode()
    if not source.strip():
        return []
    whole = "<html" in source
    page = (
        lxml.html.document_fromstring(source) if whole else lxml.html.fragment_fromstring(source, create_parent="div")
    )
    checks = [_stray, _inline, _ids, _labels, _pictures, _tokens] + ([_frame, _headings] if whole else [])
    return [problem for check in checks for problem in check(page)]


def _frame(page: lxml.html.HtmlElement) -> Iterator[str]:
    if not page.get("lang"):
        yield "the page does not say its language"
    if not (page.findtext(".//title") or "").strip(" –"):
        yield "the page has no title"
    if len(page.xpath("//main")) != 1:
        yield "the page has not exactly one main part"


def _headings(page: lxml.html.HtmlElement) -> Iterator[str]:
    found = page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    levels = [int(heading.tag[1]) for heading in found]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} first headings"
    # What stands before the first heading (an error summary, a message) may be of the second level.
    after = levels[levels.index(1) :] if 1 in levels else levels
    for heading, one, next_one in zip(found[len(levels) - len(after) + 1 :], after, after[1:], strict=False):
        if next_one > one + 1:
            yield f"heading level {one} is followed by {next_one}: {_words(heading)}"
    for heading in found:
        if not _words(heading):
            yield f"an empty heading of level {heading.tag[1]}"


def _stray(page: lxml.html.HtmlElement) -> Iterator[str]:
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag == "script":
            continue
        if element.tag.startswith("c-"):
            yield f"a component was not rendered: {element.tag}"
        pieces = [element.text or "", *(child.tail or "" for child in element), *element.attrib.values()]
        for piece in pieces:
            if found := STRAY.search(piece):
                yield f"stray {found.group()} in: {piece.strip()[:80]}"


def _inline(page: lxml.html.HtmlElement) -> Iterator[str]:
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style":
            yield "an inline style element"
        if element.tag == "script" and not element.get("src") and element.get("type") != "application/json":
            yield "an inline script"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"an inline {name} on {element.tag}"
            if name in {"href", "action", "src"} and value.strip().lower().startswith("javascript:"):
                yield f"script in the {name} of {element.tag}"


def _ids(page: lxml.html.HtmlElement) -> Iterator[str]:
    ids = page.xpath("//@id")
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"the id {twice!r} is used {ids.count(twice)} times"
    known = set(ids)
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for name in REFERENCES:
            for one in (element.get(name) or "").split():
                if one not in known:
                    yield f"{name} of {element.tag} points to {one!r}, which is not there"
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and len(target) > 1 and target[1:] not in known:
            yield f"a link points to {target!r}, which is not there"


def _labels(page: lxml.html.HtmlElement) -> Iterator[str]:
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input|//select|//textarea"):
        if field.tag == "input" and (field.get("type") or "text") in UNLABELLED:
            continue
        named = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
        if not named and not field.xpath("ancestor::label"):
            yield f"no label for {field.tag} {field.get('name') or field.get('id')}"
    for control in page.xpath("//button|//a[@href]|//summary"):
        if not _words(control) and not control.get("aria-label") and not control.xpath(".//img[@alt!='']"):
            yield f"a {control.tag} without words"


def _pictures(page: lxml.html.HtmlElement) -> Iterator[str]:
    for picture in page.xpath("//img[not(@alt)]"):
        yield f"a picture without a text: {picture.get('src', '')[:60]}"


def _tokens(page: lxml.html.HtmlElement) -> Iterator[str]:
    for form in page.xpath("//form"):
        if (form.get("method") or "get").lower() == "post" and not form.xpath(".//input[@name='csrfmiddlewaretoken']"):
            yield f"a form posts to {form.get('action') or 'its own page'} without its token"


def _words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def assert_queries(client: Client, url: str, number: int) -> Any:
    """Get a page and return the answer; fails when it asks the database more often than ``number`` times.

    Signing in (session, person) and the viewer's roles are counted: three queries for who is signed in.
    """
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    listed = "\n".join(f"{index}. {query['sql'][:300]}" for index, query in enumerate(asked.captured_queries, 1))
    assert len(asked) <= number, f"{url} asked {len(asked)} times, {number} are recorded:\n{listed}"
    return response
