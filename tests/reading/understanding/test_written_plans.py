"""Plans that are written instead of drawn as tables: labelled cells, headings with labelled lines, lists under headings."""

from __future__ import annotations

from goldthread.reading.document import Document, Paragraph
from goldthread.reading.understanding import understand
from goldthread.reading.words import check
from tests.reading.understanding.plan_making import across, heading, leads, of, read, said, table


def test_cells_that_say_with_labels_what_they_hold_make_cards() -> None:
    (first, span), (told, _) = across("Action 1: Dig a second pond", 3), across("Progress: Diggers were hired.", 3)
    (second, _), (news, _) = across("Action 2: Count the ducks", 3), across("Progress: Two counts were held.", 3)
    frame = table(
        first,
        ["Lead: Head of Ponds", "Due: June 2026", "RAG: Green"],
        told,
        second,
        ["Lead: Duck Warden", "Due: March 2026", "RAG: Amber"],
        news,
        spans=dict.fromkeys([(0, 0), (2, 0), (3, 0), (5, 0)], span),
    )
    document = Document("a.docx", "0" * 64, "text/plain", [heading("Pond plan", 1), frame])
    reading = understand(document)
    check(document, reading)
    found = of(reading, "action")
    assert [(r.text, leads(r), said(r.fields["timescale"]), r.fields["rag"], r.fields["update"]) for r in found] == [
        ("Dig a second pond", ["Head of Ponds"], "June 2026", "Green", "Diggers were hired."),
        ("Count the ducks", ["Duck Warden"], "March 2026", "Amber", "Two counts were held."),
    ]
    assert reading.words["unplaced"] == 0


def test_headings_with_labelled_lines_below_are_actions() -> None:
    blocks = [
        heading("Pond plan", 1),
        heading("Action 1: Dig a second pond"),
        *map(Paragraph, ("Lead officer: Head of Ponds", "Timescale: July 2026", "Progress: Diggers were hired.")),
        heading("Count the ducks"),
        *map(Paragraph, ("Lead officer: Duck Warden", "Timescale: May 2026", "Progress: Two counts were held.")),
    ]
    document = Document("a.docx", "0" * 64, "text/plain", blocks)
    reading = understand(document)
    check(document, reading)
    assert reading.kind == "action-plan"
    assert [(r.text, leads(r), said(r.fields["timescale"])) for r in of(reading, "action")] == [
        ("Dig a second pond", ["Head of Ponds"], "July 2026"),
        ("Count the ducks", ["Duck Warden"], "May 2026"),
    ]
    assert reading.words["unplaced"] == 0


def test_a_theme_with_its_sponsor_over_a_table_is_no_action() -> None:
    plan = table(["Action", "Lead", "Due"], ["Dig a second pond", "Pond Manager", "May 2026"])
    again = table(["Action", "Lead", "Due"], ["Count the ducks", "Duck Warden", "May 2026"])
    lines = [Paragraph("Lead: Cllr A. Reed"), Paragraph("Progress: It goes well.")]
    reading = read(heading("Pond plan", 1), heading("Water"), *lines, plan, heading("Ducks"), *lines, again)
    assert [r.text for r in of(reading, "action")] == ["Dig a second pond", "Count the ducks"]


def items(*texts: str) -> list[Paragraph]:
    """A bulleted list."""
    return [Paragraph(text, bullet=True) for text in texts]


def test_lists_under_what_we_will_do_are_actions_and_under_how_we_will_know_criteria() -> None:
    reading = read(
        heading("Pond strategy", 1),
        heading("Objective 1: Ponds are clean"),
        Paragraph("Ponds matter to all of us."),
        Paragraph("What we will do:"),
        *items("Dig a second pond", "Count the ducks"),
        Paragraph("How we will know:"),
        *items("Fewer weeds than in 2025"),
        heading("Objective 2: Ducks are well"),
        Paragraph("What we will do:"),
        *items("Hire a duck warden"),
    )
    assert reading.kind == "action-plan"
    assert [(r.text, r.fields.get("success_criteria")) for r in of(reading, "objective")] == [
        ("Ponds are clean", ["Fewer weeds than in 2025"]),
        ("Ducks are well", None),
    ]
    assert [(r.text, r.fields["objective"]) for r in of(reading, "action")] == [
        ("Dig a second pond", "Ponds are clean"),
        ("Count the ducks", "Ponds are clean"),
        ("Hire a duck warden", "Ducks are well"),
    ]


def test_items_that_end_with_who_and_when_are_actions() -> None:
    reading = read(
        heading("Pond action plan", 1),
        heading("Water"),
        *items("Dig a second pond – Head of Ponds – July 2026", "Count the ducks (Duck Warden, May 2026)"),
    )
    assert [(r.text, leads(r), said(r.fields["timescale"])) for r in of(reading, "action")] == [
        ("Dig a second pond", ["Head of Ponds"], "July 2026"),
        ("Count the ducks", ["Duck Warden"], "May 2026"),
    ]


def test_what_a_report_on_anything_else_lists_is_no_action() -> None:
    reading = read(
        heading("Peer review of ponds", 1),
        heading("Findings"),
        Paragraph("The peer team found strengths. Areas for improvement were found too, and good practice."),
        Paragraph("In the next year the council will:"),
        *items("Dig a second pond", "Count the ducks"),
    )
    assert of(reading, "action") == []


def test_an_outcome_stated_above_a_table_is_what_its_actions_serve() -> None:
    head = ["Action", "Lead", "Due"]
    reading = read(
        heading("Theme 1: Water"),
        Paragraph("Outcome: every pond can be swum in again", {"paragraph": 2}),
        table(head, ["Dredge the duck pond", "Reed Warden", "June 2026"]),
        heading("Theme 2: Banks"),
        Paragraph("Outcome: nobody slips on a bank in winter", {"paragraph": 4}),
        table(head, ["Grit the paths", "Path Warden", "October 2026"]),
    )
    assert [record.text for record in of(reading, "objective")] == [
        "every pond can be swum in again",
        "nobody slips on a bank in winter",
    ]
    assert [(record.fields["objective"], record.section) for record in of(reading, "action")] == [
        ("every pond can be swum in again", ["Theme 1: Water"]),
        ("nobody slips on a bank in winter", ["Theme 2: Banks"]),
    ]
    assert reading.unplaced == []


def test_numbered_outcomes_stay_the_themes_of_a_plan() -> None:
    reading = read(heading("Outcome 1: Clean water for all"), table(["Action", "Lead"], ["Dredge", "Reed Warden"]))
    assert of(reading, "objective") == []
    assert of(reading, "action")[0].section == ["Outcome 1: Clean water for all"]
