"""Plans whose columns say with quarters, letters, two numbers or two languages what other plans say with a heading."""

from __future__ import annotations

import pytest

from tests.reading.understanding.plan_making import heading, leads, of, read, said, table


def test_words_under_quarters_say_how_it_went_and_the_last_of_them_how_it_stands() -> None:
    plan = table(
        ["Deliverable", "Lead", "Q1 (Apr–Jun)", "Q2 (Jul–Sep)", "Q3 (Oct–Dec)", "Overall"],
        ["Dig a second pond", "Head of Ponds", "Diggers hired", "Clay has arrived", "Half of it is dug", "Amber"],
        ["Count the ducks", "Duck Warden", "Not started", "Two counts were held", "", "Green"],
        ["Mend the nets", "Net Officer", "Thread bought", "Nine nets mended", "All nets mended", "Green"],
    )
    found = of(read(heading("Pond delivery plan", 1), plan), "action")
    assert [r.text for r in found] == ["Dig a second pond", "Count the ducks", "Mend the nets"]
    assert [r.fields["update"] for r in found] == ["Half of it is dug", "Two counts were held", "All nets mended"]
    assert found[0].fields["also"] == [
        {"heading": "Q1 (Apr–Jun)", "text": "Diggers hired"},
        {"heading": "Q2 (Jul–Sep)", "text": "Clay has arrived"},
    ]
    assert [r.fields["rag"] for r in found] == ["Amber", "Green", "Green"]


@pytest.mark.parametrize("method", ["word", "tags"])
def test_lettered_actions_with_lettered_leads_and_dates_are_an_action_each(method: str) -> None:
    plan = table(
        ["Aim", "Actions", "Lead", "Date"],
        [
            "Ponds that last",
            "(a) Dig a second pond\n(b) Line the first\npond with clay",
            "(a) Head of Ponds\n(b) Clay Officer",
            "(a) May 2026\n(b) June 2026",
        ],
        ["Ducks that stay", "(a) Count the ducks\n(b) Feed them", "Duck Warden", "(a) July 2026\n(b) May 2027"],
        method=method,
    )
    found = of(read(heading("Pond action plan", 1), plan), "action")
    assert [(r.text, leads(r), said(r.fields["timescale"]), r.fields["objective"]) for r in found] == [
        ("Dig a second pond", ["Head of Ponds"], "May 2026", "Ponds that last"),
        ("Line the first pond with clay", ["Clay Officer"], "June 2026", "Ponds that last"),
        ("Count the ducks", ["Duck Warden"], "July 2026", "Ducks that stay"),
        ("Feed them", ["Duck Warden"], "May 2027", "Ducks that stay"),
    ]


def test_letters_that_only_the_actions_carry_part_nothing() -> None:
    plan = table(
        ["Actions", "Lead", "Date"],
        ["(a) Dig a second pond\n(b) Line it with clay", "Head of Ponds", "May 2026"],
        ["Count the ducks", "Duck Warden", "June 2026"],
    )
    assert len(of(read(plan), "action")) == 2


def test_a_reference_before_the_recommendation_is_its_number_and_one_before_the_action_the_actions() -> None:
    plan = table(
        ["Ref", "Recommendation", "Response", "No.", "What we will do", "Lead", "By when"],
        ["R1", "The pond should be dug deeper", "Accepted", "1.1", "Hire two diggers", "Head of Ponds", "May 2026"],
        ["R2", "Ducks should be counted", "Accepted", "2.1", "Count them weekly", "Duck Warden", "June 2026"],
    )
    reading = read(heading("Response to the pond review", 1), plan)
    assert [r.fields["number"] for r in of(reading, "recommendation")] == ["R1", "R2"]
    actions = of(reading, "action")
    assert [(r.fields["reference"], r.fields["recommendation"]) for r in actions] == [("1.1", "R1"), ("2.1", "R2")]


def test_an_objective_whose_label_has_a_word_with_a_hyphen_is_read() -> None:
    plan = table(
        ["Step", "Lead", "Due date"],
        ["Dig a second pond", "Head of Ponds", "May 2026"],
        ["Count the ducks", "Duck Warden", "June 2026"],
    )
    over = heading("Well-being Objective 1: Ponds that everybody can reach")
    reading = read(heading("Pond plan", 1), over, plan)
    assert [r.text for r in of(reading, "objective")] == ["Ponds that everybody can reach"]
    assert {r.fields["objective"] for r in of(reading, "action")} == {"Ponds that everybody can reach"}


def test_a_benefit_keeps_its_name_and_its_type_beside_what_describes_it() -> None:
    register = table(
        ["Benefit type", "Benefit", "Description of benefit"],
        ["Cashable", "Cheaper nets", "Nets are bought by the dozen, so that each costs a pound less."],
        ["Not cashable", "Drier feet", "A path of planks leads round the pond, and nobody has to wade any more."],
    )
    found = of(read(heading("Pond programme: benefits register", 1), register), "benefit")
    assert [(r.fields["type"], r.fields["title"]) for r in found] == [
        ("Cashable", "Cheaper nets"),
        ("Not cashable", "Drier feet"),
    ]
    assert found[0].text == "Nets are bought by the dozen, so that each costs a pound less."


def test_a_status_in_two_languages_is_a_status() -> None:
    plan = table(
        ["Gweithred / Action", "Arweinydd / Lead", "Erbyn / By", "Statws / Status"],
        ["Dig a second pond", "Head of Ponds", "May 2026", "Cyflawnwyd / Achieved"],
        ["Count the ducks", "Duck Warden", "June 2026", "Ar y trywydd / On track"],
        ["Mend the nets", "Net Officer", "July 2026", "Ar ei hôl hi / Behind"],
    )
    found = of(read(heading("Pond action plan", 1), plan), "action")
    assert [r.fields["status"]["value"] for r in found] == ["complete", "in progress", "at risk"]


def test_a_list_of_decisions_to_come_holds_no_actions() -> None:
    plan = table(
        ["Decision", "Decision maker", "Date of decision", "Key decision?", "Contact officer"],
        ["Contract for digging 2026-2030", "Cabinet", "9 March 2026", "Yes", "Head of Ponds"],
        ["Fees for fishing 2026/27", "Cabinet", "12 April 2026", "No", "Duck Warden"],
        ["Lease of the boat house", "Council", "4 May 2026", "Yes", "Net Officer"],
    )
    assert of(read(heading("Forward plan of pond decisions", 1), plan), "action") == []
