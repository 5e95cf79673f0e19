"""Texts made fit to print."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from goldthread.reporting.wording import counted, day, lines, moment, one_line, plain, runs_right_to_left


@given(st.text())
def test_any_text_can_stand_in_an_xml_file(text: str) -> None:
    for made in (plain(text), one_line(text), *lines(text)):
        element = etree.Element("p")
        element.text = made
        assert etree.fromstring(etree.tostring(element)).text == (made or None)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"])))
def test_ordinary_characters_are_never_changed(text: str) -> None:
    assert plain(text) == text


def test_bullets_of_symbol_fonts_become_bullets_on_lines_of_their_own() -> None:
    assert lines("\uf0b7 first \uf0b7 second\n• third") == ("• first", "• second", "• third")


def test_a_dash_or_a_bullet_within_a_word_is_left_alone() -> None:
    assert lines("a•b and c - d") == ("a•b and c - d",)


def test_overrides_that_would_turn_a_line_round_are_left_out() -> None:
    assert plain("pay \u202e00.1\u202c pounds") == "pay 00.1 pounds"


def test_a_mark_that_something_was_lost_stays() -> None:
    assert plain("caf\ufffd") == "caf\ufffd"


@pytest.mark.parametrize(
    ("text", "expected"), [("שלום world", True), ("12% שלום", True), ("hello שלום", False), ("12%", False), ("", False)]
)
def test_a_paragraph_runs_the_way_of_its_first_letter(text: str, expected: bool) -> None:
    assert runs_right_to_left(text) is expected


def test_dates_and_counts_are_said_as_people_say_them() -> None:
    assert day(date(2025, 5, 27)) == "27 May 2025"
    assert day(None, "no date") == "no date"
    assert moment(datetime(2026, 11, 22, 0, 5)) == "22 November 2026 at 12:05am"
    assert moment(datetime(2026, 11, 22, 14, 5)) == "22 November 2026 at 2:05pm"
    assert (counted(1, "action"), counted(1204, "entry", "entries")) == ("1 action", "1,204 entries")
