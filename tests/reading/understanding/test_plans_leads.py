"""Leads in one cell: how many they are, and what each is."""

from __future__ import annotations

import pytest

from goldthread.reading.understanding.leads import read_leads


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ann Bell", ["Ann Bell"]),
        ("Ann Bell / Carl Dee", ["Ann Bell", "Carl Dee"]),
        ("Ann Bell and Carl Dee", ["Ann Bell", "Carl Dee"]),
        ("Ann Bell, Carl Dee and Eve O'Fox", ["Ann Bell", "Carl Dee", "Eve O'Fox"]),
        ("Ann Bell\nCarl Dee", ["Ann Bell", "Carl Dee"]),
        ("Ann\nBell-\nFox", ["Ann Bell-Fox"]),
        ("Head of HR & Head of IT", ["Head of HR", "Head of IT"]),
        ("Head of Planning and Building Control", ["Head of Planning and Building Control"]),
        ("AD Culture, Sport and Leisure", ["AD Culture, Sport and Leisure"]),
        ("AD Policy,\nPerformance &\nPeople", ["AD Policy, Performance & People"]),
        ("COO/Director of\nHR/AD\nChange", ["COO", "Director of HR", "AD Change"]),
        ("COO and Leader's Office", ["COO", "Leader's Office"]),
        ("Director of\nHomes and\nMember Portfolio\nHolder", ["Director of Homes", "Member Portfolio Holder"]),
        ("Corporate Director of Resources, Head of Audit", ["Corporate Director of Resources", "Head of Audit"]),
        ("SLT/All Steering\nGroups", ["SLT", "All Steering Groups"]),
        ("Ann Bell (Head of HR)", ["Ann Bell (Head of HR)"]),
        ("TBC", []),
        ("", []),
    ],
)
def test_how_many_leads_a_cell_holds(cell: str, names: list[str]) -> None:
    assert [lead["text"] for lead in read_leads(cell)] == names


def test_two_names_without_anything_between_them_are_parted_where_the_document_knows_one() -> None:
    assert [lead["text"] for lead in read_leads("Ann Bell Carl Dee", ["Carl Dee"])] == ["Ann Bell", "Carl Dee"]


@pytest.mark.parametrize(
    ("lead", "sort"),
    [
        ("Ann Bell", "person"),
        ("Director of Housing", "post"),
        ("Section 151 Officer", "post"),
        ("Leader of the Council", "office"),
        ("Cllr Bell", "office"),
        ("Policy Team", "body"),
        ("SLT", "body"),
        ("procurement lot 7", "unknown"),
    ],
)
def test_what_a_lead_is(lead: str, sort: str) -> None:
    assert read_leads(lead)[0]["sort"] == sort
