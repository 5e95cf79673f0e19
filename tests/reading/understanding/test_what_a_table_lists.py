"""What the rows of a table are: the column that names them, tables that list something else, and tables that list nothing."""

from __future__ import annotations

import pytest

from goldthread.reading.document import Paragraph
from goldthread.reading.understanding.columns import role_of_heading
from tests.reading.understanding.plan_making import heading, leads, of, read, said, table


@pytest.mark.parametrize(
    ("printed", "role"),
    [
        ("Comment from service", "update"),
        ("Progress against target", "update"),
        ("Achievements this period", "update"),
        ("Evidence of completion / progress", "update"),
        ("What we did this quarter", "update"),
        ("Our promise", "objective"),
        ("Date of meeting", "also"),
        ("Cabinet decision", "response"),
    ],
)
def test_the_head_of_a_heading_says_what_it_is(printed: str, role: str) -> None:
    assert role_of_heading(printed)[0] == role


def test_workstreams_with_what_was_achieved_are_the_entries() -> None:
    board = table(
        [
            "Workstream",
            "SRO",
            "RAG (last)",
            "RAG (this)",
            "Achievements this period",
            "Planned next period",
            "Key risks",
        ],
        ["Ponds", "Director of Ponds", "Amber", "Green", "New bridge opened", "Move the boats", "Frost"],
        ["Ducks", "Director of Ducks", "Green", "Red", "The count was delayed", "Count again", "Foxes"],
    )
    found = read(heading("Programme dashboard", 1), board).records
    assert [(r.kind, r.text, r.fields["rag"], r.fields["update"]) for r in found] == [
        ("action", "Ponds", "Green", "New bridge opened"),
        ("action", "Ducks", "Red", "The count was delayed"),
    ]


def test_crosses_under_quarters_say_when() -> None:
    plan = table(
        ["Key task", "Lead", "Q1", "Q2", "Q3", "Q4"],
        ["Dig a second pond", "Pond Manager", "", "x", "", ""],
        ["Count the ducks", "Duck Warden", "", "", "x", "x"],
    )
    found = of(read(heading("Pond service plan", 1), plan), "action")
    assert [(r.text, said(r.fields["timescale"])) for r in found] == [
        ("Dig a second pond", "Q2"),
        ("Count the ducks", "Q3 to Q4"),
    ]


def test_two_actions_line_beside_line_with_their_leads_and_dates_are_two() -> None:
    plan = table(
        ["Our aim", "What we'll do", "Who's responsible", "By when"],
        ["Ponds are clean", "Dig a second pond\nNet the weeds", "Pond Manager\nNet Officer", "June 2026\nMarch 2026"],
        ["Ducks are well", "Hire a duck warden\nand a deputy", "Duck Lead", "May 2026"],
    )
    found = of(read(heading("Pond delivery plan", 1), plan), "action")
    assert [(r.text, leads(r), r.fields["objective"]) for r in found] == [
        ("Dig a second pond", ["Pond Manager"], "Ponds are clean"),
        ("Net the weeds", ["Net Officer"], "Ponds are clean"),
        ("Hire a duck warden and a deputy", ["Duck Lead"], "Ducks are well"),
    ]


def test_a_recommendation_that_nothing_answers_stands_by_itself() -> None:
    plan = table(
        ["Recommendation", "Agreed", "Action", "Lead", "Date"],
        ["1. Open the ponds on Sundays", "Yes", "Consult the wardens", "Pond Manager", "May 2026"],
        ["2. Lend nets", "No", "", "", ""],
    )
    found = of(read(heading("Response to the pond review", 1), plan), "recommendation")
    assert [(r.fields["number"], r.text, r.fields["response"]) for r in found] == [
        ("1", "Open the ponds on Sundays", "Yes"),
        ("2", "Lend nets", "No"),
    ]


def test_benefits_are_benefits() -> None:
    benefits = table(
        ["Benefit", "Type", "Owner", "Measure", "Target", "Realised to date"],
        ["Fewer calls about ducks", "Non-cashable", "Head of Ducks", "Calls a month", "300", "365"],
        ["Lower postage", "Cashable", "Head of Ponds", "Letters a month", "200", "640"],
    )
    found = read(heading("Benefits register", 1), benefits).records
    assert [(r.kind, r.text, r.fields["type"], r.fields["actual"]) for r in found] == [
        ("benefit", "Fewer calls about ducks", "Non-cashable", "365"),
        ("benefit", "Lower postage", "Cashable", "640"),
    ]


def test_sums_of_schemes_that_save_nothing_are_no_savings() -> None:
    schemes = table(
        ["Scheme", "Budget", "Spend to date", "Stage", "Expected completion", "Comments"],
        ["Second pond", "£12.0m", "£3.1m", "On site", "May 2027", "The frame has been built."],
        ["Duck house", "£2.4m", "£0.4m", "Design", "December 2026", "Views were asked for in May."],
    )
    assert [(r.kind, r.text) for r in read(heading("Pond projects", 1), schemes).records] == [
        ("action", "Second pond"),
        ("action", "Duck house"),
    ]


def test_savings_whose_sums_stand_under_how_safe_they_are() -> None:
    savings = table(
        ["Directorate", "Title", "2025/26 target (£000)", "On track (£000)", "Not delivered (£000)", "Narrative"],
        ["Ponds", "Shared nets", "900", "600", "300", "Nets go round slowly."],
        ["Ducks", "Feeding charges", "300", "300", "0", "Charges were paid by most."],
    )
    found = read(heading("Savings monitoring", 1), savings).records
    assert [(r.kind, r.text, r.fields["target"], r.fields.get("status")) for r in found] == [
        ("saving", "Shared nets", "900", None),
        ("saving", "Feeding charges", "300", None),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (
            ["Category", "Appetite", "What this means"],
            ["Ponds", "Cautious", "We accept small losses"],
            ["Ducks", "Averse", "We accept no harm"],
        ),
        (
            ["Protected characteristic", "Impact", "Mitigation"],
            ["Age", "Older people may slip", "Keep the handrail"],
            ["Disability", "Paths may be steep", "Test with users"],
        ),
        (
            ["Member", "Party", "Attended", "Possible"],
            ["Cllr A. Reed", "Green", "9", "10"],
            ["Cllr B. Teal", "None", "7", "10"],
        ),
    ],
)
def test_a_table_that_says_neither_who_nor_when_nor_how_far_lists_no_actions(
    rows: tuple[list[str | None], ...],
) -> None:
    assert read(heading("Pond paper", 1), table(*rows)).records == []


def test_a_note_below_the_entries_of_a_sheet_is_no_entry() -> None:
    plan = table(
        ["Action", "Lead", "Due", "RAG"],
        ["Dig a second pond", "Pond Manager", "May 2026", "Green"],
        ["", "", "", ""],
        ["Blue: complete. Green: on track. Amber: some delay", "", "", ""],
    )
    assert [r.text for r in of(read(heading("Pond plan", 1), plan), "action")] == ["Dig a second pond"]


def test_findings_with_a_column_that_judges_them() -> None:
    findings = table(
        ["Theme", "Finding", "Evidence", "Judgement"],
        ["Leadership", "Wardens are visible and trusted", "Survey", "Strength"],
        ["Data", "Counts are late and incomplete", "Papers", "Area for improvement"],
    )
    found = of(read(heading("Pond assessment", 1), findings), "finding")
    assert [(r.fields["theme"], r.text, r.fields["polarity"]) for r in found] == [
        ("Leadership", "Wardens are visible and trusted", "strength"),
        ("Data", "Counts are late and incomplete", "area for improvement"),
    ]


def test_what_a_sentence_recommends_below_it_are_recommendations() -> None:
    items = [Paragraph(text, bullet=True) for text in ("Set up a pond forum", "Train wardens each year")]
    reading = read(heading("Review of ponds", 1), Paragraph("The reviewers recommend that the council should:"), *items)
    assert [r.text for r in of(reading, "recommendation")] == ["Set up a pond forum", "Train wardens each year"]


def test_services_with_their_heads_are_posts_of_the_directorate_above() -> None:
    place = table(
        ["Service", "Head of service", "What the service does"],
        ["Ponds", "Head of Ponds (A. Reed)", "Water; weeds"],
        ["Paths", "Head of Paths (B. Teal)", "Gravel; handrails"],
    )
    reading = read(
        heading("How we are organised", 1),
        heading("Directorate of Place"),
        Paragraph("Executive Director: Carla Finch"),
        place,
    )
    assert reading.kind == "structure-page"
    assert [(r.text, r.fields["directorate"]) for r in of(reading, "post")] == [
        ("Executive Director", "Directorate of Place"),
        ("Head of Ponds", "Directorate of Place"),
        ("Head of Paths", "Directorate of Place"),
    ]
    assert [r.text for r in of(reading, "responsibility")] == ["Water", "weeds", "Gravel", "handrails"]


def test_names_beside_posts_without_a_header_are_their_holders() -> None:
    team = table(
        ["Ada Reed", "Chief Executive", "Leads the council and its partnerships"],
        ["Bo Teal", "Director of Ponds", "Water, weeds, boats and nets"],
    )
    found = of(read(heading("Our leadership team", 1), team), "post")
    assert [(r.text, r.fields["holder"]["text"]) for r in found] == [
        ("Chief Executive", "Ada Reed"),
        ("Director of Ponds", "Bo Teal"),
    ]
