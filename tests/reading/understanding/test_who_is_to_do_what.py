"""Sentences that say who is to do what: in minutes behind "Action", in lists under a heading, or with their date."""

from __future__ import annotations

import pytest

from goldthread.reading.document import Paragraph
from goldthread.reading.understanding.undertaken import undertaken
from tests.reading.understanding.plan_making import heading, leads, of, read, said


@pytest.mark.parametrize(
    ("sentence", "lead", "until"),
    [
        ("Head of Ponds to dig a second pond by 12 May 2027.", "Head of Ponds", "by 12 May 2027"),
        ("The Head of Ponds to dig it within four weeks;", "Head of Ponds", "within four weeks"),
        ("J Dove to circulate the dates of the visits", "J Dove", None),
        ("K. Dove and the Net Officer to mend the nets straight away.", "K. Dove and the Net Officer", "straight away"),
        (
            "Clerk to the Trust to ask for help by the end of March 2027",
            "Clerk to the Trust",
            "by the end of March 2027",
        ),
        ("All wardens to send their lists by June 2027", "All wardens", "by June 2027"),
    ],
)
def test_who_and_until_when_are_taken_from_a_sentence(sentence: str, lead: str, until: str | None) -> None:
    found = undertaken(sentence)
    assert found is not None
    assert (found.lead, found.timescale) == (lead, until)


@pytest.mark.parametrize(
    "sentence",
    [
        "Cabinet to agree the budget by March 2027.",
        "The Council to note the report.",
        "We need to talk to the wardens by May 2027.",
        "Our approach to ducks is to count them.",
        "Members asked the warden to come back in May 2027.",
        "Head of Ponds to the Duck Trust",
    ],
)
def test_other_sentences_say_nothing_of_it(sentence: str) -> None:
    assert undertaken(sentence) is None


def test_actions_in_minutes_stay_whole_and_name_their_lead() -> None:
    reading = read(
        heading("Notes of the pond group", 1),
        Paragraph("1. The wall of the pond fell in the storm."),
        Paragraph("Action: Head of Ponds to write to the\ninsurers by 12 May 2027."),
        Paragraph("2. Ninety people wait for a net."),
        Paragraph("ACTION – J Dove to circulate the list"),
        Paragraph("3. The group meets again in June."),
    )
    found = of(reading, "action")
    assert [r.text for r in found] == [
        "Head of Ponds to write to the insurers by 12 May 2027.",
        "J Dove to circulate the list",
    ]
    assert [leads(r) for r in found] == [["Head of Ponds"], ["J Dove"]]
    assert said(found[0].fields["timescale"]) == "by 12 May 2027"
    assert "timescale" not in found[1].fields


def test_items_that_say_who_and_when_are_actions_without_a_heading_that_announces_them() -> None:
    reading = read(
        heading("Pond paper", 1),
        Paragraph("The things that have to be done first are these."),
        Paragraph("1. Head of Ponds to sign the lease by April 2027;\n2. Net Officer to buy thread by June 2027."),
    )
    found = of(reading, "action")
    assert [(leads(r), said(r.fields["timescale"])) for r in found] == [
        (["Head of Ponds"], "by April 2027"),
        (["Net Officer"], "by June 2027"),
    ]


def test_what_members_are_asked_to_decide_is_no_action() -> None:
    reading = read(
        heading("Pond paper", 1),
        Paragraph("Cabinet to approve the lease by April 2027.", bullet=True),
        Paragraph("Council to note the report by May 2027.", bullet=True),
    )
    assert of(reading, "action") == []


def test_a_heading_over_each_list_changes_nothing_of_what_the_sentences_say() -> None:
    reading = read(
        heading("Pond group", 1),
        heading("Item 1: The wall", 2),
        Paragraph("The wall of the pond fell in the storm. The Head of Ponds and the Director of Nets were there."),
        Paragraph("Actions", bold=True),
        Paragraph("1. Head of Ponds to ask for prices."),
        heading("Item 2: The nets", 2),
        Paragraph("Actions", bold=True),
        Paragraph("2. Director of Nets to buy thread."),
    )
    assert [leads(r) for r in of(reading, "action")] == [["Head of Ponds"], ["Director of Nets"]]
