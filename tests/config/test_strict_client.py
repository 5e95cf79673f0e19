"""The strict test client fails on what it says it fails on."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.template import engines

from tests.support.client import problems_of, undefined_variables

PAGE = '<!DOCTYPE html><html lang="en"><head><title>Plans</title></head><body><main>{}</main></body></html>'


def wrong_with(body: str) -> str:
    """What the client says about a page with this in its main part."""
    return "; ".join(problems_of(HttpResponse(PAGE.format(body))))


def test_a_sound_page_passes() -> None:
    body = (
        "<h1>Plans</h1><h2>Open</h2><h3>Late</h3><h2>Done</h2>"
        '<form method="get"><label for="q">Words</label><input id="q" name="q"><button>Find</button></form>'
        '<img src="/x.png" alt=""><a href="#q">Words</a><script src="/x.js"></script>'
    )
    assert wrong_with(body) == ""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h1>One</h1><p>{{ plan.title }}</p>", "stray {{"),
        ('<h1>One</h1><p title="{% url %}">x</p>', "stray {%"),
        ("<h1>One</h1><c-button text='Save'></c-button>", "was not rendered: c-button"),
        ("<h1>One</h1><script>alert(1)</script>", "an inline script"),
        ("<h1>One</h1><style>p {}</style>", "an inline style element"),
        ('<h1>One</h1><p style="color: red">x</p>', "an inline style on p"),
        ('<h1>One</h1><p onclick="go()">x</p>', "an inline onclick on p"),
        ('<h1>One</h1><a href="javascript:go()">x</a>', "script in the href"),
        ("<p>None</p>", "0 first headings"),
        ("<h1>One</h1><h1>Two</h1>", "2 first headings"),
        ("<h1>One</h1><h3>Three</h3>", "level 1 is followed by 3"),
        ("<h1>One</h1><h2> </h2>", "an empty heading of level 2"),
        ('<h1>One</h1><p id="x">a</p><p id="x">b</p>', "'x' is used 2 times"),
        ('<h1>One</h1><a href="#gone">x</a>', "'#gone', which is not there"),
        ('<h1>One</h1><p aria-describedby="gone">x</p>', "'gone', which is not there"),
        ('<h1>One</h1><input name="q">', "no label for input q"),
        ('<h1>One</h1><a href="/"></a>', "a a without words"),
        ('<h1>One</h1><img src="/x.png">', "a picture without a text"),
        ('<h1>One</h1><form method="post" action="/go/"></form>', "posts to /go/ without its token"),
    ],
)
def test_each_fault_is_named(body: str, said: str) -> None:
    assert said in wrong_with(body)


def test_the_frame_of_the_page_counts() -> None:
    found = "; ".join(problems_of(HttpResponse("<html><head><title> – </title></head><body><h1>x</h1></body></html>")))
    assert "its language" in found and "no title" in found and "main part" in found


def test_what_is_no_page_is_left_alone() -> None:
    assert problems_of(HttpResponse("{{ not html }}", content_type="application/json")) == []
    assert problems_of(HttpResponse("")) == []


def test_undefined_variables_are_named() -> None:
    template = engines["django"].from_string("{{ known }} {{ nobody.gave_this }}{% if not_asked %}x{% endif %}")
    with undefined_variables() as names:
        assert template.render({"known": "yes"}).strip() == "yes"
    assert [name.partition(" ")[0] for name in names] == ["nobody.gave_this"]
