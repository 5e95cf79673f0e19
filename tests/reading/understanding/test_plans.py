"""Plans in clean tables: each printed row becomes what it says, whatever its columns are called."""

from __future__ import annotations

import pytest

from goldthread.reading.document import Document, Paragraph
from goldthread.reading.understanding import understand
from goldthread.reading.words import check
from tests.reading.understanding.plan_making import across, heading, leads, of, read, said, table

HEADER: list[str | None] = ["Objective", "Action", "Lead", "Update"]


def test_a_row_becomes_an_action_under_its_objective() -> None:
    reading = read(
        heading("Sampleton plan", 1),
        heading("Homes"),
        table(HEADER, ["Warm homes", "Insulate\nlofts", "Ann Bell", "Ten done."]),
    )
    objective, action = reading.records
    assert reading.kind == "action-plan"
    assert (objective.kind, objective.text, objective.section) == ("objective", "Warm homes", ["Homes"])
    assert (action.text, action.parent, action.fields["objective"]) == ("Insulate lofts", 0, "Warm homes")
    assert action.fields["leads"] == [{"text": "Ann Bell", "sort": "person"}]
    assert action.fields["update"] == "Ten done."
    assert action.source[0]["cells"] == {"objective": 0, "text": 1, "leads": 2, "update": 3}


@pytest.mark.parametrize(
    ("objective", "action", "lead", "update", "due"),
    [
        ("What we want to achieve", "What we will do", "Who", "Where are we now", "By when"),
        ("AIM", "Task", "Responsible officer", "Progress to date", "Target date"),
        ("Strategic objective", "Key actions", "Action owner", "Commentary", "Deadline"),
        ("Goal", "Agreed action", "Senior Responsible Owner (SRO)", "Latest position", "Timescales"),
        ("Objective.", "Actlons", "SLT Lead", "Updale", "Due date"),  # damaged by recognition
    ],
)
def test_columns_are_known_by_many_names(objective: str, action: str, lead: str, update: str, due: str) -> None:
    rows = [due, lead, objective, update, action], ["June 2026", "Head of Parks", "Green city", "Begun", "Plant trees"]
    action_record = of(read(table(*map(list, rows))), "action")[0]
    assert action_record.text == "Plant trees"
    assert action_record.fields["objective"] == "Green city"
    assert leads(action_record) == ["Head of Parks"]
    assert action_record.fields["update"] == "Begun"
    assert said(action_record.fields["timescale"]) == "June 2026"
    assert action_record.fields["timescale"]["to"] == "2026-06-30"


@pytest.mark.parametrize("second", ["", "Warm homes", "as above", "merged"])
def test_an_objective_is_carried_down(second: str) -> None:
    """Blank, repeated, ditto and merged cells all mean the objective above: one record, two actions."""
    merged = second == "merged"
    reading = read(
        table(
            HEADER,
            ["Warm homes", "Insulate lofts", "Ann Bell", "Ten done"],
            [None if merged else second, "Fit pumps", "Carl Dee", "Two fitted"],
            spans={(1, 0): (2, 1)} if merged else {},
        )
    )
    assert [record.kind for record in reading.records] == ["objective", "action", "action"]
    assert [action.parent for action in of(reading, "action")] == [0, 0]


@pytest.mark.parametrize(
    ("cell", "criteria"),
    [
        ("Warm homes\nSuccess criteria:\n• Bills fall\n• Fewer complaints", ["Bills fall", "Fewer complaints"]),
        ("Warm homes Success Criteria: Bills fall. Fewer complaints.", ["Bills fall.", "Fewer complaints."]),
        (
            "Warm homes\nMeasures of success:\nBills fall by\na tenth\nFewer complaints",
            ["Bills fall by a tenth", "Fewer complaints"],
        ),
        (
            "Warm homes Success measures: Bills fall quickly Complaints are fewer",
            ["Bills fall quickly", "Complaints are fewer"],
        ),
        ("Warm homes", []),
    ],
)
def test_criteria_inside_an_objective_cell(cell: str, criteria: list[str]) -> None:
    objective = of(read(table(HEADER, [cell, "Insulate lofts", "Ann Bell", "Some complaints came"])), "objective")[0]
    assert objective.text == "Warm homes"
    assert objective.fields.get("success_criteria", []) == criteria


def test_criteria_of_a_column_belong_to_the_objective_whichever_row_they_stand_in() -> None:
    reading = read(
        table(
            ["Objective", "How will we know", "Action", "Lead"],
            ["Warm homes", "Bills fall", "Insulate lofts", "Ann Bell"],
            ["", "Fewer complaints", "Fit pumps", "Ann Bell"],
        )
    )
    assert of(reading, "objective")[0].fields["success_criteria"] == ["Bills fall", "Fewer complaints"]


def test_a_row_that_spans_the_table_is_a_section_and_repeated_headers_are_furniture() -> None:
    money, span = across("Money", 4)
    people, _ = across("People", 4)
    reading = read(
        table(
            HEADER,
            money,
            ["Pay on time", "Chase debts", "Ann Bell", "Begun"],
            list(HEADER),
            people,
            ["Fill posts", "Advertise", "Carl Dee", "Done"],
            spans={(1, 0): span, (4, 0): span},
        )
    )
    assert [action.section for action in of(reading, "action")] == [["Money"], ["People"]]
    assert [f.text for f in reading.furniture].count("Objective\tAction\tLead\tUpdate") == 2


def test_a_section_row_right_below_another_stands_inside_it() -> None:
    one, span = across("Money", 4)
    two, _ = across("Debt", 4)
    reading = read(table(HEADER, one, two, ["Pay", "Chase debts", "Ann Bell", "x"], spans={(1, 0): span, (2, 0): span}))
    assert of(reading, "action")[0].section == ["Money", "Debt"]


def test_each_theme_has_its_table_under_its_heading() -> None:
    row: list[str | None] = ["A", "Do it", "Ann Bell", "Begun"]
    reading = read(heading("Plan", 1), heading("Homes"), table(HEADER, row), heading("Roads"), table(HEADER, row))
    assert [action.section for action in of(reading, "action")] == [["Homes"], ["Roads"]]


def test_a_table_goes_on_over_a_page_without_its_header() -> None:
    first = table(HEADER, ["Warm homes", "Insulate lofts and", "Ann Bell", "Begun"])
    second = table(["", "walls", "", "this year"], ["", "Fit pumps", "Carl Dee", "Two fitted"])
    actions = of(read(first, second), "action")
    assert [action.text for action in actions] == ["Insulate lofts and walls", "Fit pumps"]
    assert actions[0].fields["update"] == "Begun this year"
    assert {action.fields["objective"] for action in actions} == {"Warm homes"}


def test_completed_actions_carry_what_is_printed_and_ask_where_it_says_otherwise() -> None:
    reading = read(
        Paragraph("Position as at 31 March 2025"),
        heading("Completed actions"),
        table(
            ["Objective", "Action", "Lead", "Completed (month / year)"],
            ["Pay on time", "Buy a ledger", "Ann Bell", "June 2024"],
            ["Pay on time", "Train staff", "Ann Bell", "Ongoing"],
            ["Pay on time", "Move offices", "Ann Bell", "Planned for May 2026"],
        ),
    )
    done, going, later = of(reading, "action")
    assert (done.fields["completed"], done.fields["status"]["value"], done.questions) == ("June 2024", "complete", [])
    assert going.fields["status"]["value"] == "ongoing"
    assert "says “Ongoing”" in going.questions[0]["ask"]
    assert later.fields["status"]["value"] != "complete"
    assert later.questions
    assert of(reading, "objective") == []  # the list repeats objectives that stand in the plan above


def test_recommendations_with_key_risk_rating_and_a_timescale_inside() -> None:
    reading = read(
        table(
            ["Key Risk", "Recommendation (including Timeline)", "Risk Rating", "Lead", "Update"],
            ["Money runs out", "Agree a reserves policy. As soon as possible", "9", "Head of Finance", "Drafted"],
        )
    )
    record = of(reading, "recommendation")[0]
    assert record.text == "Agree a reserves policy."
    assert record.fields["key_risk"] == "Money runs out"
    assert record.fields["risk_rating"] == 9
    assert said(record.fields["timescale"]) == "As soon as possible"


def test_actions_answer_the_recommendation_beside_or_above_them() -> None:
    reading = read(
        table(
            ["No", "Recommendation", "Action", "Lead", "Timescale"],
            ["1", "Share data", "Form a data board", "Head of Data", "May 2025"],
            ["", "", "Buy a lake", "Head of Data", "Ongoing"],
            ["2", "Plan ahead", "Publish the plan", "Clerk to the Council", "June 2025"],
        )
    )
    assert [r.fields["number"] for r in of(reading, "recommendation")] == ["1", "2"]
    assert [a.fields["recommendation"] for a in of(reading, "action")] == ["1", "1", "2"]
    assert [a.parent for a in of(reading, "action")] == [0, 0, 3]


def test_headings_with_a_label_are_what_their_table_answers() -> None:
    columns: list[str | None] = ["Action", "Lead", "Timescale"]
    reading = read(
        heading("Response to the review", 1),
        heading("Recommendation 1: Share data"),
        table(columns, ["Form a data board", "Head of Data", "May 2025"]),
        heading("Recommendation 2"),
        Paragraph("Decide faster, and say why."),
        table(columns, ["Publish decisions", "Clerk to the Council", "Ongoing"]),
    )
    found = [(r.fields["number"], r.text) for r in of(reading, "recommendation")]
    assert found == [("1", "Share data"), ("2", "Decide faster, and say why.")]
    assert [a.fields["recommendation"] for a in of(reading, "action")] == ["1", "2"]
    assert [a.section for a in of(reading, "action")] == [[], []]


def test_cards_of_labels_and_values() -> None:
    first = table(
        ["Objective", "Dry homes"],
        ["Action", "Mend roofs"],
        ["Lead", "Ann Bell"],
        ["Due", "May 2026"],
        ["Cost", "£5,000"],
    )
    second = table(["Objective", "Dry homes"], ["Action", "Clear drains"], ["Lead", "Carl Dee"], ["Due", "Ongoing"])
    reading = read(heading("Cards", 1), first, second)
    assert [record.kind for record in reading.records] == ["objective", "action", "action"]
    roofs, drains = of(reading, "action")
    assert (roofs.text, leads(roofs), said(roofs.fields["timescale"])) == ("Mend roofs", ["Ann Bell"], "May 2026")
    assert roofs.fields["also"] == [{"heading": "Cost", "text": "£5,000"}]
    assert drains.parent == 0


def test_what_the_format_has_no_field_for_is_kept_beside_the_record_and_asked_about() -> None:
    reading = read(table(["Action", "Lead", "Widgets"], ["Mend roofs", "Ann Bell", "seventeen of them"]))
    assert of(reading, "action")[0].fields["also"] == [{"heading": "Widgets", "text": "seventeen of them"}]
    assert "“Widgets”" in reading.questions[0]["ask"]


def test_rag_and_status_columns_are_told_apart_by_what_stands_in_them() -> None:
    action = of(
        read(table(["Action", "Lead", "Status"], ["Mend roofs", "Ann Bell", "Amber"], ["Paint", "Ann Bell", "Green"])),
        "action",
    )[0]
    assert action.fields["rag"] == "Amber"
    action = of(read(table(["Action", "Lead", "Status"], ["Mend roofs", "Ann Bell", "On track"])), "action")[0]
    assert action.fields["status"] == {"text": "On track", "value": "in progress"}


def test_cards_written_as_lines() -> None:
    """ "Action 2: …", "Lead: …" line by line, each card beginning with its main label again."""
    reading = read(
        heading("Plan of work", 1),
        heading("Homes"),
        Paragraph("Action 1: Mend roofs\nLead: Ann Bell\nDeadline: June 2025\nProgress: Two done,\none to come."),
        Paragraph("Action 2: Clear drains"),
        Paragraph("Lead: Carl Dee / Eve Fox"),
        Paragraph("Deadline: Ongoing"),
    )
    roofs, drains = of(reading, "action")
    assert (roofs.text, roofs.fields["reference"], roofs.section) == ("Mend roofs", "1", ["Homes"])
    assert roofs.fields["update"] == "Two done, one to come."
    assert (leads(drains), said(drains.fields["timescale"])) == (["Carl Dee", "Eve Fox"], "Ongoing")


@pytest.mark.parametrize(
    ("update", "value"),
    [
        ("Consultation is under way and 40 replies came in.", "in progress"),
        ("The pilot was discontinued at the end of May.", "discontinued"),
        ("A review will take place in June.", "not started"),
        ("The panel meets monthly.", "ongoing"),
        ("The new site is up and running.", "complete"),
        ("Seven cats sat there.", None),
    ],
)
def test_a_status_is_concluded_from_an_update_where_no_column_says_it(update: str, value: str | None) -> None:
    action = of(read(table(["Action", "Lead", "Update"], ["Mend roofs", "Ann Bell", update])), "action")[0]
    assert (action.fields.get("status") or {}).get("value") == value


def test_every_word_of_a_plan_is_accounted_for() -> None:
    document = Document(
        "a.docx",
        "0" * 64,
        "",
        [
            heading("Sampleton plan", 1),
            Paragraph("Position as at 31 March 2025"),
            table(["Objective", "Action", "Lead", "Cost"], ["Warm homes", "Insulate lofts", "Ann Bell", "£5,000"]),
        ],
    )
    reading = understand(document)
    check(document, reading)
    assert reading.words["source"] == 19
    assert reading.words["unplaced"] == 0
