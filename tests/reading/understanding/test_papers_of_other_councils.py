"""Layouts of plans, trackers, scorecards and registers that councils use and the first readings of them got wrong."""

from __future__ import annotations

import pytest

from goldthread.reading.document import Document, Paragraph, Table
from goldthread.reading.understanding import understand
from goldthread.reading.understanding.title import organisation_of, title_of
from goldthread.reading.words import check
from tests.reading.understanding.plan_making import across, heading, leads, of, read, said, table


def test_the_outcome_of_an_action_in_a_log_is_its_update() -> None:
    log = table(
        ["Meeting", "Action", "Who", "Due", "Outcome"],
        ["May", "Circulate the list of ponds", "Clerk", "June 2026", "Circulated by email. CLOSED"],
        ["May", "Invite the ducks' warden", "Chair", "July 2026", ""],
        ["June", "Arrange a briefing on reeds", "Clerk", "July 2026", "Being arranged"],
    )
    reading = read(heading("Pond Committee action log", 1), log)
    assert [record.fields.get("update") for record in of(reading, "action")] == [
        "Circulated by email. CLOSED",
        None,
        "Being arranged",
    ]
    assert of(reading, "objective") == []


def test_the_outcome_that_is_wanted_of_actions_stays_what_they_serve() -> None:
    plan = table(
        ["Action", "Lead", "By when", "Outcome"],
        ["Plant reeds", "Reed Warden", "June 2026", "Improved water for ducks"],
        ["Train wardens", "Reed Warden", "July 2026", "Reduced number of complaints by 10%"],
    )
    assert not any(record.fields.get("update") for record in of(read(plan), "action"))


def test_outcomes_beside_actions_that_answer_recommendations_are_their_criteria() -> None:
    plan = table(
        ["Peer recommendation", "What we will do", "Outcomes sought", "Lead", "By when"],
        ["1. Agree a vision for ponds", "Hold a pond summit", "Shared aims for ponds", "Leader", "May 2026"],
        ["2. Move faster on reeds", "Appoint a reed partner", "Reeds in every pond", "Reed Warden", "June 2026"],
    )
    reading = read(heading("Response to the pond review", 1), plan)
    assert [r.text for r in of(reading, "recommendation")] == ["Agree a vision for ponds", "Move faster on reeds"]
    assert [r.fields["success_criteria"] for r in of(reading, "action")] == [
        ["Shared aims for ponds"],
        ["Reeds in every pond"],
    ]
    assert of(reading, "objective") == []


def test_what_we_will_do_is_served_by_how_we_will_do_it() -> None:
    plan = table(
        ["What will we do?", "How will we do it?", "By whom?", "By when?", "What will success look like?"],
        ["Answer sooner", "Train ten advisers", "Contact Manager", "May 2026", "Waits under two minutes"],
        ["Write plainly", "Rewrite the most used letters", "Letters Lead", "June 2026", "Fewer repeat calls"],
    )
    reading = read(plan)
    assert [(r.text, r.fields["success_criteria"]) for r in of(reading, "objective")] == [
        ("Answer sooner", ["Waits under two minutes"]),
        ("Write plainly", ["Fewer repeat calls"]),
    ]
    assert [(r.text, r.fields["objective"]) for r in of(reading, "action")] == [
        ("Train ten advisers", "Answer sooner"),
        ("Rewrite the most used letters", "Write plainly"),
    ]


def test_criteria_beside_actions_belong_to_the_aim_above_the_header() -> None:
    first, span = across("Priority 1: Ponds", 4)
    aim, _ = across("Aim: Ponds are clean", 4)
    plan = table(
        first,
        aim,
        ["Action", "Lead", "End", "Success measure"],
        ["Plant reeds", "Reed Warden", "May 2026", "At least 70% of ponds are clear"],
        ["Count ducks", "Duck Warden", "June 2026", "90% of ducks counted"],
        spans={(0, 0): span, (1, 0): span},
    )
    document = Document("a.docx", "0" * 64, "text/plain", [heading("Pond plan", 1), plan])
    reading = understand(document)
    check(document, reading)
    (objective,) = of(reading, "objective")
    assert objective.text == "Ponds are clean"
    assert objective.fields["success_criteria"] == ["At least 70% of ponds are clear", "90% of ducks counted"]
    assert [r.fields["objective"] for r in of(reading, "action")] == ["Ponds are clean"] * 2
    assert reading.words["unplaced"] == 0


def test_actions_written_as_labelled_lines_stand_under_the_objective_above_them() -> None:
    lines = [
        heading("Objective 1: Open ponds for longer"),
        *(Paragraph(line) for line in ("Action 1.1: Light two ponds", "Lead: Pond Manager", "Deadline: June 2026")),
        *(Paragraph(line) for line in ("Action 1.2: Find 60 helpers", "Lead: Helpers' Officer", "Deadline: May 2026")),
        heading("Objective 2: Grow more reeds"),
        *(Paragraph(line) for line in ("Action 2.1: Sow reeds", "Lead: Reed Warden", "Deadline: Ongoing")),
    ]
    reading = read(heading("Pond plan", 1), *lines)
    assert [r.text for r in of(reading, "objective")] == ["Open ponds for longer", "Grow more reeds"]
    assert [r.fields["objective"] for r in of(reading, "action")] == [
        "Open ponds for longer",
        "Open ponds for longer",
        "Grow more reeds",
    ]


def test_the_last_quarter_is_the_result_and_not_the_year_before() -> None:
    headings: list[str | None] = ["Ref", "Indicator", "2024/25 outturn", "2025/26 target", "2025/26 quarterly results"]
    card = table(
        [*headings, None, None, None, "RAG"],
        [None, None, None, None, "Q1", "Q2", "Q3", "Q4", None],
        ["P1", "Ponds cleaned in time", "44%", "47%", "45%", "46%", "48%", "", "Green"],
        ["P2", "Days to mend a bridge", "38", "28", "41", "35", "27", "", "Amber"],
        spans={(0, 4): (1, 4), **{(0, c): (2, 1) for c in (0, 1, 2, 3, 8)}},
    )
    found = of(read(heading("Pond scorecard", 1), card), "indicator")
    assert [(r.fields["target"], r.fields["actual"]) for r in found] == [("47%", "48%"), ("28", "27")]


def test_where_we_are_and_where_we_want_to_be_over_figures() -> None:
    card = table(
        ["What we measure", "Where we were (Mar 25)", "Where we are (Sep 25)", "Where we want to be", "Rating"],
        ["Ponds cleaned within two days", "81%", "88%", "95%", "Amber"],
        ["Ducks counted", "410", "265", "500", "Green"],
    )
    found = of(read(card), "indicator")
    assert [(r.fields["actual"], r.fields["target"]) for r in found] == [("88%", "95%"), ("265", "500")]


def test_a_register_of_risks_lists_risks() -> None:
    risks = table(
        ["Risk ref", "Risk description", "Inherent score", "Existing controls", "Current score", "Risk owner", "Further actions"],
        ["R1", "Failure to clean the ponds", "20", "Weekly round", "16", "Pond Manager", "Appoint a warden"],
        ["R2", "Loss of the duck records", "25", "Copies", "15", "Duck Warden", "Move copies elsewhere"],
    )  # fmt: skip
    reading = read(heading("Strategic risk register", 1), risks)
    assert reading.kind == "register"
    assert [(r.text, leads(r)) for r in reading.records] == [
        ("Failure to clean the ponds", ["Pond Manager"]),
        ("Loss of the duck records", ["Duck Warden"]),
    ]


def test_a_risk_beside_an_action_without_scores_stays_a_plan() -> None:
    plan = table(
        ["Key risk", "Action", "Owner", "Deadline"],
        ["Ponds dry up", "Dig a channel", "Pond Manager", "May 2026"],
        ["Ducks leave", "Feed the ducks", "Duck Warden", "June 2026"],
    )
    assert [r.text for r in of(read(plan), "action")] == ["Dig a channel", "Feed the ducks"]


@pytest.mark.parametrize(
    "rows",
    [
        (["Term", "Meaning"], ["PMP", "Pond Management Plan"], ["RAG", "Red, amber, green"]),
        (["Version", "Date", "Author", "Changes made"], ["1.0", "May 2026", "A. Reed", "First issue"]),
    ],
)
def test_a_glossary_or_a_list_of_versions_has_no_entries(rows: tuple[list[str | None], ...]) -> None:
    plan = table(["Action", "Lead", "Due"], ["Plant reeds", "Reed Warden", "May 2026"])
    document = Document("a.docx", "0" * 64, "text/plain", [heading("Pond plan", 1), plan, table(*rows)])
    reading = understand(document)
    check(document, reading)
    assert [r.text for r in reading.records] == ["Plant reeds"]
    assert reading.words["unplaced"] == 0


def test_the_day_in_a_heading_does_not_hide_what_it_says() -> None:
    plan = table(
        ["Governance issue", "Agreed action", "Responsible officer", "Position at 31 March 2026"],
        ["Waivers of nets", "Report all waivers", "Net Lead", "Complete."],
        ["No log", "Keep a log of ponds", "Log Lead", "Partly complete; 14 of 20 ponds logged."],
    )
    found = of(read(heading("Pond statement", 1), plan), "action")
    assert [r.fields["update"] for r in found] == ["Complete.", "Partly complete; 14 of 20 ponds logged."]


def test_two_sums_that_are_the_same_are_both_kept() -> None:
    savings = table(
        ["Saving proposal", "Target £000", "Delivered £000", "Forecast £000", "RAG"],
        ["Fewer boats", "400", "400", "400", "Green"],
        ["Shared nets", "210", "188", "220", "Amber"],
    )
    document = Document("a.docx", "0" * 64, "text/plain", [heading("Savings tracker", 1), savings])
    reading = understand(document)
    check(document, reading)
    assert reading.records[0].fields["also"] == [{"heading": "Forecast £000", "text": "400"}]
    assert reading.words["unplaced"] == 0


def test_with_somebody_else_after_a_comma_are_two_leads() -> None:
    plan = table(
        ["Action", "Lead", "Due"],
        ["Plant reeds", "RB, with Pond team", "May 2026"],
        ["Count ducks", "TK/RB", "June 2026"],
    )
    assert [leads(r) for r in of(read(plan), "action")] == [["RB", "Pond team"], ["TK", "RB"]]


def test_the_line_that_names_a_meeting_heads_nothing() -> None:
    plan = table(["Action", "Lead", "Due"], ["Plant reeds", "Reed Warden", "May 2026"])
    line = Paragraph("Sampleton Council – Pond Improvement Board 4 December 2025")
    reading = read(heading("Pond plan", 1), line, plan)
    assert reading.records[0].section == []
    assert said(reading.records[0].fields["timescale"]) == "May 2026"


def blocks(*lines: str | Paragraph) -> Document:
    made = [line if isinstance(line, Paragraph) else Paragraph(line) for line in lines]
    return Document("a.docx", "0" * 64, "text/plain", list(made))


@pytest.mark.parametrize(
    ("document", "title"),
    [
        (blocks("Sampleton County Council", "Pond Plan", "Version 3.2", heading("Contents", 1)), "Pond Plan"),
        (blocks("SAMPLETON BOROUGH COUNCIL", "Pond Plan", "Last updated: 21 May 2026"), "Pond Plan"),
        (blocks("Sampleton Council", "Report to: Pond Committee", "Subject: Progress on ponds"), "Progress on ponds"),
        (blocks(Paragraph("Item 7", size=7.0), Paragraph("Pond Plan", size=14.0), Paragraph("Ponds", size=9.0)), "Pond Plan"),
        (blocks(heading("Pond Plan", 1), heading("1. Introduction", 1)), "Pond Plan"),
        (blocks("Pond Plan\nSampleton Council\nPosition at May 2026\nPeers came to see us.\nAction Lead Due"), "Pond Plan"),
    ],
)  # fmt: skip
def test_the_title_on_a_cover(document: Document, title: str) -> None:
    assert title_of(document) == title


@pytest.mark.parametrize("name", ["SAMPLETON BOROUGH COUNCIL", "Sampleton Unitary Authority"])
def test_the_name_of_a_council_in_capitals_or_as_an_authority(name: str) -> None:
    assert organisation_of(blocks(name, "Pond Plan")) == name


def test_cards_that_begin_with_a_finding_of_their_own_are_one_recommendation_each() -> None:
    def card(finding: str, advice: str, owner: str) -> Table:
        rows = (
            [finding, None],
            ["Recommendation", advice],
            ["Priority", "High"],
            ["Owner", owner],
            ["Target date", "May 2026"],
        )
        return table(*rows, spans={(0, 0): (1, 2)})

    cards = card("1. Nets are late", "Mend nets in a week.", "Net Lead"), card("2. No log", "Keep a log.", "Log Lead")
    reading = read(heading("Pond audit", 1), *cards)
    assert [(r.text, leads(r)) for r in of(reading, "recommendation")] == [
        ("Mend nets in a week.", ["Net Lead"]),
        ("Keep a log.", ["Log Lead"]),
    ]


def test_a_plain_line_above_a_table_with_a_number_and_a_dash_is_its_recommendation() -> None:
    plans = [
        table(["Action", "Lead", "Due"], [words, "Reed Warden", "May 2026"]) for words in ("Sow reeds", "Dig ponds")
    ]
    first, second = Paragraph("Recommendation 1 – Have more reeds"), Paragraph("Recommendation 2 – Have more ponds")
    reading = read(heading("Pond plan", 1), heading("Actions"), first, plans[0], second, plans[1])
    assert [(r.fields["number"], r.text) for r in of(reading, "recommendation")] == [
        ("1", "Have more reeds"),
        ("2", "Have more ponds"),
    ]
    assert [r.fields["recommendation"] for r in of(reading, "action")] == ["1", "2"]


def test_the_outcome_that_measures_stand_under_is_kept() -> None:
    card = table(
        ["Outcome", "Performance measure", "Q1 25/26", "Q2 25/26", "Target 25/26"],
        ["Clean ponds", "Ponds cleaned in time (%)", "43%", "45%", "47%"],
        [None, "Reeds cut in time (%)", "71%", "72%", "80%"],
        spans={(1, 0): (2, 1)},
    )
    assert [r.section for r in of(read(heading("Scorecard", 1), card), "indicator")] == [
        ["Clean ponds"],
        ["Clean ponds"],
    ]
