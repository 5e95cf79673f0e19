"""Invented reports that the tests of every format share: an ordinary one, an empty one, and one that bites."""

from __future__ import annotations

from datetime import date

import pytest

from bench.invented_reports import AS_AT, MADE, invented
from goldthread.reporting.model import (
    ActionRow,
    CompletedRow,
    Criterion,
    Fact,
    Group,
    Lead,
    ObjectiveBlock,
    OtherRow,
    Rating,
    RecommendationGroup,
    RecommendationRow,
    Report,
    Source,
    Theme,
    Update,
    summarise,
)
from tests.domain.conftest import coordinator, looking, small_plan  # noqa: F401  # the small plan of the rooms' tests

HOSTILE = {
    "markup": 'R&D <b> "quoted" </td><script>alert(1)</script> {{ css }} {% include "x" %}',
    "typesetting": '#let x = 1; #import "@preview/x:1.0.0" $a$ *b* _c_ `d` @ref <label> \\ #read("/etc/passwd")',
    "formula": '=HYPERLINK("http://example.invalid","x")',
    "minus": "-2+3",
    "long word": "Honorificabilitudinitatibus" * 12,
    "address": "https://example.invalid/a/very/long/path/that/goes/on?and=on&with=many&different=parts#and-an-anchor-too",
    "right to left": "שלום עולם, a word in English, 12%",
    "emoji": "Done 😀 by 👨‍👩‍👧 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "controls": "one\x00two\x07three\x0b four\ufffefive\u202egnitirw\u202c six",
    "lone surrogate": "half \ud83d of a pair",
    "symbol bullets": "\uf0b7 first\n\uf0b7 second \uf0a7 third",
    "only spaces": " \t\n ",
}


def report_saying(text: str) -> Report:
    """A report in which every text there is says the same."""
    row = {
        "reference": "IP-001",
        "text": text,
        "leads": (Lead(text, (text,), text), Lead(printed=text)),
        "supporting": (Lead(printed=text),),
        "state_printed": text,
        "due_text": text,
        "updates": (Update(text, AS_AT), Update(text)),
        "source": Source(text, text),
        "checked": False,
        "marks": (text,),
    }
    rating = Rating("amber", text, text, declared=True)
    action = ActionRow(**row, rating=rating, rule_rating=Rating("green", text))
    objective = ObjectiveBlock("IP-002", text, (Criterion(text, "IP-003", False),), (action,), checked=False)
    themes = (Theme(text, (Group((text, text), (objective,)),)),)
    completed = (
        CompletedRow(
            **{**row, "reference": "IP-004"}, section=(text,), objective=text, criteria=(text,), completed=text
        ),
    )
    answer = RecommendationRow(
        **{**row, "reference": "IP-005"}, number=text, title=text, key_risk=text, risk_rating=text, response=text
    )
    recommendations = (RecommendationGroup(text, (answer,)),)
    others = (OtherRow(**{**row, "reference": "IP-006"}, kind=text, section=(text,)),)
    return Report(
        title=text,
        organisation=text,
        as_at=AS_AT,
        known_on=date(2025, 6, 1),
        generated_at=MADE,
        cover=(Fact(text, text),),
        summary=summarise(themes, completed, recommendations, others),
        themes=themes,
        completed=completed,
        recommendations=recommendations,
        others=others,
        notes=(text,),
    )


@pytest.fixture(scope="session")
def report() -> Report:
    """An ordinary report of 40 actions."""
    return invented(40)


@pytest.fixture
def empty_report() -> Report:
    """A plan of which nothing is on record."""
    return Report(title="Improvement plan", organisation="Borough of Elmbridge Vale", as_at=AS_AT, generated_at=MADE)


@pytest.fixture(params=sorted(HOSTILE))
def hostile_text(request: pytest.FixtureRequest) -> str:
    """One of the texts that a format could choke on."""
    return HOSTILE[request.param]
