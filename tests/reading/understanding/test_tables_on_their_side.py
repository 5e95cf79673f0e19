"""Tables whose headings stand in the first column, and codes or names under the heading of something else."""

from __future__ import annotations

from goldthread.reading.document import Document
from goldthread.reading.understanding import understand
from goldthread.reading.words import check
from tests.reading.understanding.plan_making import heading, leads, of, read, said, table


def test_each_column_of_a_table_on_its_side_is_an_entry() -> None:
    plan = table(
        ["", "Action 1", "Action 2", "Action 3"],
        ["What we will do", "Dig a second pond", "Count the ducks", "Mend the nets"],
        ["Lead officer", "Head of Ponds", "Duck Warden", "Net Officer"],
        ["Target date", "June 2026", "Monthly", "May 2026"],
        ["Progress", "Diggers were hired.", "Two counts were held.", "Thread was bought."],
    )
    document = Document("a.docx", "0" * 64, "text/plain", [heading("Pond plan", 1), plan])
    reading = understand(document)
    check(document, reading)
    found = of(reading, "action")
    assert [(r.text, leads(r), said(r.fields["timescale"]), r.fields["reference"]) for r in found] == [
        ("Dig a second pond", ["Head of Ponds"], "June 2026", "Action 1"),
        ("Count the ducks", ["Duck Warden"], "Monthly", "Action 2"),
        ("Mend the nets", ["Net Officer"], "May 2026", "Action 3"),
    ]
    assert found[1].source[0]["cells"], "where it is printed is known"
    assert reading.words["unplaced"] == 0


def test_labels_beside_values_in_two_pairs_of_columns_stay_a_card() -> None:
    card = table(
        ["Action", "Dig a second pond", "Lead", "Head of Ponds"],
        ["Deadline", "June 2026", "Status", "On track"],
        ["Progress", "Diggers were hired.", "RAG", "Green"],
    )
    (found,) = of(read(card), "action")
    assert (found.text, leads(found), said(found.fields["timescale"])) == (
        "Dig a second pond",
        ["Head of Ponds"],
        "June 2026",
    )


def test_codes_under_the_heading_of_an_indicator_are_what_it_is_called() -> None:
    card = table(
        ["PI", "Description", "Target", "Actual", "Status"],
        ["PO1", "Ponds cleaned within a week", "90%", "88%", "Amber"],
        ["DU1", "Ducks counted", "400", "412", "Green"],
    )
    found = of(read(heading("Pond performance", 1), card), "indicator")
    assert [(r.fields["reference"], r.text, r.fields["actual"]) for r in found] == [
        ("PO1", "Ponds cleaned within a week", "88%"),
        ("DU1", "Ducks counted", "412"),
    ]


def test_projects_with_their_next_milestone_are_the_entries_and_no_savings() -> None:
    projects = table(
        ["Project", "Approved budget", "Forecast cost", "Next milestone", "Manager", "Completion date", "RAG", "Comments"],
        ["Second pond", "£4.2m", "£4.3m", "Digging starts", "A. Reed", "August 2026", "Green", "Steel has been bought."],
        ["Duck house", "£1.7m", "£2.9m", "Grant is decided", "B. Teal", "March 2027", "Amber", "The ground was bad."],
    )  # fmt: skip
    reading = read(heading("Pond programme", 1), projects)
    assert [(r.kind, r.text, leads(r)) for r in reading.records] == [
        ("action", "Second pond", ["A. Reed"]),
        ("action", "Duck house", ["B. Teal"]),
    ]


def test_savings_by_year_are_savings() -> None:
    savings = table(
        ["Ref", "Directorate", "Proposal", "2026/27", "2027/28", "2028/29"],
        ["P1", "Ponds", "Let the boats go", "150", "480", "610"],
        ["D1", "Ducks", "Charge for feeding", "0", "210", "210"],
    )
    reading = read(heading("Schedule of savings", 1), savings)
    assert [(r.kind, r.text) for r in reading.records] == [
        ("saving", "Let the boats go"),
        ("saving", "Charge for feeding"),
    ]
    assert reading.questions == []
