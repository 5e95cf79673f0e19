"""Cells that say two things at once, headings that name two, and names joined by "and"."""

from __future__ import annotations

import pytest

from goldthread.reading.understanding.leads import read_leads
from tests.reading.understanding.plan_making import heading, leads, of, read, said, table


@pytest.mark.parametrize("column", ["Lead and deadline", "Responsible officer and date", "Who / when", "Ownership"])
def test_a_column_that_says_who_and_when_is_both(column: str) -> None:
    plan = table(
        ["Action", column, "Progress"],
        ["Dig a second pond", "Head of Ponds – May 2026", "Diggers have been hired."],
        ["Count the ducks", "Duck Warden\n31 March 2027", "Two counts were held."],
        ["Mend the nets", "Net Officer (by Spring 2026)", "Thread has been bought."],
    )
    found = of(read(heading("Pond action plan", 1), plan), "action")
    assert [(leads(r), said(r.fields["timescale"])) for r in found] == [
        (["Head of Ponds"], "May 2026"),
        (["Duck Warden"], "31 March 2027"),
        (["Net Officer"], "by Spring 2026"),
    ]


def test_leads_beside_a_column_of_dates_keep_what_is_printed() -> None:
    plan = table(
        ["Action", "Lead", "By when"],
        ["Dig a second pond", "Head of Ponds (from May 2026)", "June 2026"],
        ["Count the ducks", "Duck Warden (from June 2026)", "July 2026"],
    )
    found = of(read(plan), "action")
    assert [said(r.fields["timescale"]) for r in found] == ["June 2026", "July 2026"]
    assert leads(found[0]) == ["Head of Ponds (from May 2026)"]


def test_a_colour_before_the_words_of_an_update_is_its_rating() -> None:
    plan = table(
        ["Action", "Owner", "Due", "Status and commentary"],
        ["Dig a second pond", "Pond Manager", "May 2026", "GREEN – three diggers were hired"],
        ["Count the ducks", "Duck Warden", "June 2026", "AMBER: two counts have failed"],
    )
    found = of(read(plan), "action")
    assert [(r.fields["rag"], r.fields["update"]) for r in found] == [
        ("GREEN", "GREEN – three diggers were hired"),
        ("AMBER", "AMBER: two counts have failed"),
    ]


def test_the_number_before_an_action_is_what_it_is_called() -> None:
    plan = table(
        ["Action", "Lead", "Due"],
        ["1.1 Dig a second pond", "Pond Manager", "May 2026"],
        ["1.2 Count the ducks", "Duck Warden", "June 2026"],
    )
    found = of(read(plan), "action")
    assert [(r.fields["reference"], r.text) for r in found] == [
        ("1.1", "Dig a second pond"),
        ("1.2", "Count the ducks"),
    ]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("HR and Unison", ["HR", "Unison"]),
        ("Finance and Legal", ["Finance", "Legal"]),
        ("Nets Team & Duck Lead", ["Nets Team", "Duck Lead"]),
        ("Pond Safety Partnership and Police", ["Pond Safety Partnership", "Police"]),
        ("Head of Ponds and Reeds", ["Head of Ponds and Reeds"]),
        ("Children and Families", ["Children and Families"]),
        ("Director of Finance and HR", ["Director of Finance and HR"]),
        ("HR & OD", ["HR & OD"]),
        ("HR and Payroll Manager", ["HR and Payroll Manager"]),
        ("Communications and Engagement Team", ["Communications and Engagement Team"]),
        ("Head of Legal and Democratic Services", ["Head of Legal and Democratic Services"]),
    ],
)
def test_and_parts_leads_only_where_both_sides_are_leads(printed: str, names: list[str]) -> None:
    assert [lead["text"] for lead in read_leads(printed)] == names
