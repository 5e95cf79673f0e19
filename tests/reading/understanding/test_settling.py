"""The parts of a table's columns, settled together: by headings, by cells, by place and by one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.reading.document import Document, Paragraph
from goldthread.reading.understanding import settling
from goldthread.reading.understanding.cells import cells_of, is_owner, is_task
from goldthread.reading.understanding.columns import columns_of, settle
from goldthread.reading.understanding.kinds import kind_of
from goldthread.reading.understanding.tables import grids_of
from goldthread.reading.vocabulary import tell, unnamed, vocabulary
from tests.reading.understanding.plan_making import across, heading, leads, of, read, said, table

TASKS = ["Review the gritting route", "Recruit two inspectors", "Publish the survey", "Train the call handlers"]
PEOPLE = ["Ann Bell", "Head of Roads", "Ann Bell", "Carl Dee"]
DAYS = ["May 2025", "30/06/2025", "Q3 2025/26", "Ongoing"]
NEWS = [
    "The tender has gone out.",
    "Two posts were filled in May.",
    "Work is under way.",
    "Nothing has been done so far.",
]


def roles(headings: list[str], *cells: list[str], **more: object) -> list[str | None]:
    """The parts that columns of these cells play."""
    columns = columns_of(headings)
    settle(columns, cells, **more)  # type: ignore[arg-type]
    return [column.role for column in columns]


def test_headings_that_nobody_knows_find_their_place_by_what_stands_below_them() -> None:
    assert roles(["Mavi", "Tolben", "Quorn", "Selvet"], TASKS, PEOPLE, DAYS, NEWS) == [
        "action", "lead", "timescale", "update",
    ]  # fmt: skip
    aims = ["Roads are safe to use in winter"] * 2 + ["Residents get through at the first call"] * 2
    assert roles(["Mavi", "Orbec", "Tolben", "Quorn"], aims, TASKS, PEOPLE, DAYS)[0] == "objective"


def test_a_known_heading_over_cells_of_another_sort_gives_way() -> None:
    states = ["On track", "Complete", "Not started", "On track"]
    assert roles(["Action", "Lead", "Position"], TASKS, PEOPLE, states)[2] == "status"
    assert roles(["Action", "Lead", "Position"], TASKS, PEOPLE, NEWS)[2] == "update"


def test_a_figure_is_told_by_what_the_other_figures_are() -> None:
    counted = ["Calls answered in time (%)", "Average days to repair", "Missed bins per 1,000", "Rent collected (%)"]
    first, second = ["90%", "12", "30", "99%"], ["80%", "14", "41", "97%"]
    assert roles(["Measure", "Mavi", "Actual"], counted, first, second) == ["indicator", "target", "actual"]
    assert roles(["Measure", "Target", "Mavi"], counted, first, second) == ["indicator", "target", "actual"]


def test_what_stands_over_a_table_tells_advice_from_tasks() -> None:
    advice = [
        "Give the depot one owner.",
        "Set out a plan with costs.",
        "Bring both teams together.",
        "Test it with tenants.",
    ]
    numbers = ["1", "2", "3", "4"]
    for title, role in (("Peer review: our response", "recommendation"), ("Delivery plan", "action")):
        assert roles(["No.", "Mavi", "Lead"], numbers, advice, PEOPLE, hints=(title, title))[1] == role


def test_what_hardly_differs_becomes_a_question() -> None:
    reading = read(
        table(
            ["Mavi", "Lead", "Due", "Widgets"],
            *map(list, zip(TASKS, PEOPLE, DAYS, ["a b", "c", "d e", "f"], strict=True)),
        )
    )
    asked = [question["ask"] for question in reading.questions]
    assert any("“Mavi”" in ask and "taken as action" in ask for ask in asked), "the column that makes the entries"
    assert any("“Widgets”" in ask and "kept beside" in ask for ask in asked)
    assert not any("“Lead”" in ask or "“Due”" in ask for ask in asked)


def test_what_a_person_has_said_outweighs_heading_and_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldthread.reading.vocabulary._told", {})
    tell({"Mavi": "update", unnamed(3): "lead"})
    try:
        assert roles(["Action", "Mavi", ""], TASKS, PEOPLE, NEWS) == ["action", "update", "lead"]
    finally:
        vocabulary.cache_clear()


def test_a_long_table_costs_no_more_to_settle_than_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    def count(text: str) -> bool:
        nonlocal looked
        looked += 1
        return False

    monkeypatch.setattr("goldthread.reading.understanding.cells._tests", lambda: {"task": count})
    counts = []
    for rows in (100, 3_000):
        looked = 0
        cells_of([f"Mend roof {n}" for n in range(rows)])
        counts.append(looked)
    assert counts[0] == counts[1]
    assert settling.BEAM * settling.CHOICES < 500


def test_tables_under_the_same_headings_are_settled_together() -> None:
    aim = "Roads are safe to use in winter"
    one = [["Mavi", "Quorn", "Lead"], *([aim, task, who] for task, who in zip(TASKS, PEOPLE, strict=True))]
    two = [["Mavi", "Quorn", "Lead"], ["Calls", "A fresh look", "The board"]]
    grids = grids_of(Document("a", "", "", [heading("Roads"), table(*one), heading("Desk"), table(*two)]))
    assert [c.role for c in grids[0].columns] == [c.role for c in grids[1].columns] == ["objective", "action", "lead"]


def test_a_header_of_unknown_words_is_told_by_its_looks_and_an_entry_is_none() -> None:
    rows = [list(row) for row in zip(TASKS, PEOPLE, DAYS, strict=True)]
    known = grids_of(Document("a", "", "", [table(["Mavi", "Tolben", "Quorn"], *rows)]))[0]
    assert [row.kind for row in known.rows[:2]] == ["header", "body"]
    bare = grids_of(Document("a", "", "", [table(*rows)]))[0]
    assert [row.kind for row in bare.rows] == ["body"] * 4


def test_two_header_rows_of_unknown_words_that_the_file_marks() -> None:
    rows = [list(row) for row in zip(TASKS, PEOPLE, DAYS, strict=True)]
    made = table(["Mavi", "Orbec", None], [None, "Tolben", "Quorn"], *rows, spans={(0, 0): (2, 1), (0, 1): (1, 2)})
    made.header_rows = 2
    grid = grids_of(Document("a", "", "", [made]))[0]
    assert [row.kind for row in grid.rows[:3]] == ["header", "header", "body"]
    assert [column.role for column in grid.columns] == ["action", "lead", "timescale"]


def test_cards_whose_labels_nobody_knows() -> None:
    cards = [
        table(["Mavi", task], ["Tolben", who], ["Quorn", day], ["Selvet", news])
        for task, who, day, news in zip(TASKS, PEOPLE, DAYS, NEWS, strict=True)
    ]
    actions = of(read(heading("Plan", 1), heading("Roads"), *cards), "action")
    assert [action.text for action in actions] == TASKS
    assert [leads(action) for action in actions] == [[who] for who in PEOPLE]
    assert [said(action.fields["timescale"]) for action in actions] == DAYS


def test_a_card_that_a_page_break_parts_is_one() -> None:
    whole = table(["Action", TASKS[0]], ["Lead", PEOPLE[0]], ["Due", DAYS[0]], ["Update", NEWS[0]])
    begun = table(["Action", TASKS[1]], ["Lead", PEOPLE[1]], ["Due", DAYS[1]])
    rest = table(["Update", NEWS[1]], ["Status", "Begun"], ["RAG", "Green"])
    actions = of(read(whole, begun, rest), "action")
    assert [(a.text, a.fields["update"]) for a in actions] == [(TASKS[0], NEWS[0]), (TASKS[1], NEWS[1])]
    assert actions[1].fields["rag"] == "Green"


def test_an_aim_and_how_success_is_told_stand_in_rows_above_the_header() -> None:
    over, span = across("Aim: Safe roads in winter", 3)
    told, _ = across("How we will know: No road is closed for longer than a day", 3)
    reading = read(
        heading("Plan", 1),
        heading("Roads"),
        table(
            over, told, ["Action", "Lead", "When"], [TASKS[0], PEOPLE[0], DAYS[0]], spans={(0, 0): span, (1, 0): span}
        ),
    )
    objective, action = reading.records
    assert (objective.text, objective.section) == ("Safe roads in winter", ["Roads"])
    assert objective.fields["success_criteria"] == ["No road is closed for longer than a day"]
    assert (action.fields["objective"], action.section) == (objective.text, ["Roads"])


def test_a_table_of_advice_that_nobody_has_answered_makes_a_review() -> None:
    found = ["There is too little data about the depot.", "The plan lacks dates.", "Nobody owns the survey."]
    advice = ["Count what the depot does.", "Give the plan dates.", "Name an owner."]
    rows = [[f"R{n}", *pair] for n, pair in enumerate(zip(found, advice, strict=True), 1)]
    document = Document("a", "", "", [Paragraph("Review of roads"), table(["Ref", "Finding", "Recommendation"], *rows)])
    assert kind_of(document) == "review-report"
    reading = read(*document.blocks)
    assert [(r.fields["number"], r.text) for r in of(reading, "recommendation")] == [
        (str(n), text) for n, text in enumerate(advice, 1)
    ]
    assert [f.text for f in of(reading, "finding")] == found


def test_posts_and_whom_they_report_to_are_told_by_what_repeats() -> None:
    chief = "Strategic Director of Place"
    posts = [chief, "Head of Roads", "Head of Parks", "Assistant Director Waste"]
    rows = [["Place", post, "Chief Executive" if post == chief else chief] for post in posts]
    reading = read(heading("Structure", 1), table(["Mavi", "Tolben", "Quorn"], *rows))
    assert [record.text for record in of(reading, "post")] == posts
    assert {record.fields["reports_to"] for record in of(reading, "post")[1:]} == {chief}
    assert {record.fields["directorate"] for record in of(reading, "post")} == {"Place"}


def test_tasks_and_owners() -> None:
    assert (
        is_task("Review the plan") and is_task("Jointly commission the service") and is_task("We will draft a policy")
    )
    assert not is_task("The plan was reviewed in May") and not is_task("Safe roads")
    assert is_owner("Ann Bell; Head of Roads") and is_owner("Assistant Director Waste\nHead of Service, Parks")
    assert not is_owner("Review the plan with Ann Bell and others.") and not is_owner("May 2025")


def test_a_councils_own_hints_are_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[parts]\nlead = ["bearer"]\n', encoding="utf-8")
    monkeypatch.setenv("GOLDTHREAD_VOCABULARY", str(own))
    vocabulary.cache_clear()
    try:
        assert "bearer" in vocabulary().parts["lead"] and "owner" in vocabulary().parts["lead"]
    finally:
        vocabulary.cache_clear()
