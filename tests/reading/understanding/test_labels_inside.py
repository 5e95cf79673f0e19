"""Actions that say with labels in their own text who leads them and by when: in brackets, or in lines of the same cell."""

from __future__ import annotations

from goldthread.reading.document import Document, Paragraph
from goldthread.reading.understanding import understand
from goldthread.reading.words import check
from tests.reading.understanding.plan_making import heading, leads, of, read, said, table


def test_the_lead_and_date_in_lines_of_the_cell_of_an_action() -> None:
    plan = table(
        ["Issue", "Action", "Update"],
        ["Ponds are late", "Dig a second pond\nLead: Pond\nManager\nBy: 30 April 2026", "Digging starts in April."],
        [
            "Ducks are lost",
            "Count ducks Lead: Duck Warden By: May 2026",
            "Two counts held.",
        ],  # lines joined by a reader
    )
    document = Document("a.docx", "0" * 64, "text/plain", [heading("Pond action plan", 1), plan])
    reading = understand(document)
    check(document, reading)
    found = of(reading, "action")
    assert [(r.text, leads(r), said(r.fields["timescale"])) for r in found] == [
        ("Dig a second pond", ["Pond Manager"], "30 April 2026"),
        ("Count ducks", ["Duck Warden"], "May 2026"),
    ]
    assert reading.words["unplaced"] == 0


def test_items_of_a_list_that_name_their_lead_in_brackets_are_actions_under_their_headings() -> None:
    items = [
        Paragraph("Place wardens at two ponds (Lead: Pond Manager; by March 2026)", bullet=True),
        Paragraph("Offer nets to beginners (Lead: Net Officer, by June 2026)", bullet=True),
    ]
    last = Paragraph("1.2 Rent forty boats (Lead: Boat Warden)", bullet=True)
    document = Document(
        "a.docx",
        "0" * 64,
        "text/plain",
        [
            heading("Pond delivery plan", 1),
            heading("Priority 1: Act sooner"),
            *items,
            heading("Priority 2: Boats"),
            last,
        ],
    )
    reading = understand(document)
    check(document, reading)
    found = of(reading, "action")
    assert reading.kind == "action-plan"
    assert [(r.text, leads(r), said(r.fields.get("timescale"))) for r in found] == [
        ("Place wardens at two ponds", ["Pond Manager"], "by March 2026"),
        ("Offer nets to beginners", ["Net Officer"], "by June 2026"),
        ("Rent forty boats", ["Boat Warden"], None),
    ]
    assert [r.section for r in found] == [
        ["Priority 1: Act sooner"],
        ["Priority 1: Act sooner"],
        ["Priority 2: Boats"],
    ]


def test_a_column_of_leads_is_believed_and_other_brackets_and_labels_stay_in_the_text() -> None:
    plan = table(
        ["Action", "Lead", "By when"],
        ["Write to wardens (Lead: see the list)", "Reed Warden", "June 2026"],
        ["Agree the way of counting (note: ducks only)", "Duck Warden", "July 2026"],
    )
    bare = table(
        ["Issue", "Action", "Update"],
        ["Nets", "Mend nets (by hand: see the guide)", "Begun."],
        ["Reeds", "Plant reeds (June 2026)", "Begun."],
    )
    assert [r.text for r in of(read(plan), "action")] == [
        "Write to wardens (Lead: see the list)",
        "Agree the way of counting (note: ducks only)",
    ]
    assert [r.text for r in of(read(bare), "action")] == [
        "Mend nets (by hand: see the guide)",
        "Plant reeds (June 2026)",
    ]


def test_text_that_speaks_of_a_director_with_a_colon_is_no_action() -> None:
    page = [
        heading("Pond management team", 1),
        Paragraph("Group Director: Ponds and Reeds"),
        Paragraph("The Group Director: Ponds and Reeds is responsible for ponds."),
        Paragraph("Group Director: Ducks"),
    ]
    assert of(read(*page), "action") == []
