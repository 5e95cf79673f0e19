"""Finding entries by words as people type them: endings, apostrophes, leads, references, and words misspelt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.register.queries.finding import search, suggestion
from tests.support.once import written_once

DAY = date(2025, 5, 27)


@pytest.fixture
@written_once
def viewer(person_for: Any) -> Any:
    """A coordinator of a council with a few actions; one of them is restricted."""
    by = person_for("coordinator")
    place = organisation.add_directorate(name="Place", by=by)
    post = organisation.add_post(name="Strategic Director of Place", directorate=place, by=by)
    plan = write_entry(new=NewRecord("plan", "", DAY, title="Homes Plan"), by=by)

    def action(text: str, **more: Any) -> None:
        write_entry(new=NewRecord("action", text, DAY, parent=plan, **more), by=by)

    action("Collect former tenants’ arrears", leads=[Lead(post.owner)])
    action("Review children's homes and their policies", leads=[Lead(None, "Tansy Orrell")])
    action("Repair in-house boilers with £2.5m")
    action("Provide temporary accommodation nearer to schools")
    action("Fill potholes in a thousand streets")
    action("Sell the lighthouse", visibility="restricted", restricted_because="Price: talks go on")
    return viewer_for(by)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tenant arrear", "Collect former"),
        ("tenants' arrears", "Collect former"),
        ("childrens home", "Review children"),
        ("children’s home", "Review children"),
        ("policy", "Review children"),
        ("accommod", "Provide temporary"),
        ("the school", "Provide temporary"),
        ("£2.5m", "Repair in-house"),
        ("in-house", "Repair in-house"),
        ("Director of Place", "Collect former"),
        ("orrell", "Review children"),
    ],
)
def test_one_entry_is_found_however_its_words_are_typed(viewer: Any, words: str, found: str) -> None:
    hits = search(words, viewer=viewer)
    assert [row.text.startswith(found) for row in hits] == [True]


def test_a_word_is_found_from_its_beginning_not_from_its_middle(viewer: Any) -> None:
    assert search("hous", viewer=viewer)[0].text.startswith("Repair in-house")
    assert not [row for row in search("house", viewer=viewer) if "thousand" in row.text]


def test_a_reference_is_found_without_its_zeros(viewer: Any) -> None:
    (first,) = search("HP-1", viewer=viewer)
    assert first.reference == "HP-001"
    assert search("hp-001", viewer=viewer) == [first]


def test_every_word_must_stand_there_but_small_ones(viewer: Any) -> None:
    assert search("tenants boilers", viewer=viewer) == []
    assert search("collect from the tenants", viewer=viewer)
    assert search("   ", viewer=viewer) == []
    assert len(search("a", viewer=viewer, limit=2)) == 2


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("accomodation", "accommodation"),
        ("tenents arrears", "tenants arrears"),
        ("pot holes", "potholes"),
        ("boilers acommodation", "accommodation"),
        ("zzzqqq", ""),
        ("tenants boilers", ""),
    ],
)
def test_a_misspelt_word_is_answered_by_one_that_finds_something(viewer: Any, typed: str, offered: str) -> None:
    assert search(typed, viewer=viewer) == []
    assert suggestion(typed, viewer=viewer) == offered


def test_nothing_is_suggested_from_what_one_may_not_see(viewer: Any, person_for: Any) -> None:
    other = viewer_for(person_for("viewer"))
    assert suggestion("lighthuose", viewer=viewer) == "lighthouse"
    assert suggestion("lighthuose", viewer=other) == ""
    assert search("lighthouse", viewer=other) == []
