"""A message says what is asked and by when before anything else, and is true of the link that it carries."""

from __future__ import annotations

from datetime import date

from goldthread.commons.notices.models import Message
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.models import SignedLink
from goldthread.domain.rounds.rules.letters import Line, written
from goldthread.domain.rounds.terms import Occasion
from goldthread.kernel.clock import LONDON

FIRST, LAST = date(2027, 1, 14), date(2027, 1, 18)
ACTION, ANSWER = Line("IP-012", "Count the potholes.", FIRST), Line("IP-020", "Spend less", LAST)


def letter(*lines: Line, occasion: Occasion = Occasion.OPENED):
    return written(
        occasion, name="Sol Avery", report="Street Plan, Cabinet of 3 February 2027", council="", lines=lines,
        until=date(2027, 1, 26),
    )  # fmt: skip


def test_a_telephone_shows_how_many_and_by_when_in_the_first_words_of_the_subject():
    assert letter(ACTION).subject.startswith("1 item to update, by 14 January 2027: Street Plan")
    assert letter(ACTION, occasion=Occasion.REMINDER).subject.startswith("Reminder: 1 item to update, by 14 January")


def test_the_day_stands_once_where_it_is_one_and_on_each_line_where_they_differ():
    one = letter(ACTION).text
    assert "- IP-012 Count the potholes\n" in one and one.count("14 January 2027") == 1
    both = letter(ACTION, ANSWER)
    assert "Please update 2 items, the first by 14 January 2027." in both.text
    assert "- IP-012 Count the potholes, due 14 January 2027\n- IP-020 Spend less, due 18 January 2027" in both.text
    assert "IP-020 Spend less, due 18 January 2027</li>" in both.html


def test_who_drafts_is_told_by_whom_and_until_when_the_link_works(opened, at):
    until = date(2026, 11, 10)
    with at(date(2026, 11, 5)):
        actions.hand_over(
            item=opened.item(0), by=opened.user("Sol Avery"), email="pat@trees.example", name="Pat Quill", until=until,
            reason="You know the trees",
        )  # fmt: skip
    said = Message.objects.get(to_address="pat@trees.example").text
    assert "Sol Avery asks you: You know the trees" in said and "works until 10 November 2026" in said
    link = SignedLink.objects.get(user__email="pat@trees.example")
    assert link.until.astimezone(LONDON).date() == date(2026, 11, 11), "until the end of that day"
