"""Structure reports and management pages: posts, principles, benefits, workstreams, implications, responsibilities."""

from __future__ import annotations

from goldthread.reading.document import Block, Cell, Document, Paragraph, Table
from goldthread.reading.reading import Reading
from goldthread.reading.understanding.structures import read_structure_page, read_structure_report
from goldthread.reading.words import check


def table(*rows: tuple[str, ...], start: int = 1) -> Table:
    return Table(
        [
            [Cell(text, {"lines": [n, n], "cell": m}) for m, text in enumerate(row)]
            for n, row in enumerate(rows, start=start)
        ]
    )


def document(*blocks: tuple[int, str] | str | Table) -> Document:
    made: list[Block] = []
    for n, block in enumerate(blocks, start=1):
        if isinstance(block, Table):
            made.append(block)
        elif isinstance(block, tuple):
            made.append(Paragraph(block[1], {"at": n}, level=block[0]))
        else:
            made.append(Paragraph(block.removeprefix("* "), {"at": n}, bullet=block.startswith("* ")))
    return Document("structure", "0" * 64, "text/html", made)


def of_kind(reading: Reading, kind: str) -> list[str]:
    return [record.text for record in reading.records if record.kind == kind]


def test_posts_of_two_structures_from_a_table_that_pages_tore() -> None:
    reading = read_structure_report(
        document(
            table(
                ("Part", "Proposed in May", "Current in June", "Notes"),
                ("Trees", "Director of Trees Head of Hedges Assistant", "Director of Trees", "one more"),
            ),
            table(
                ("", "Director Ponds 3", "Head of Hedges 2", ""),
                ("Roads", "Director of Roads Head of Signs Head of Kerbs", "Director of Roads", ""),
                start=9,
            ),
        )
    )
    posts = [(r.fields["structure"], r.fields["directorate"], r.text) for r in reading.records]
    assert posts == [
        ("Proposed in May", "Trees", "Director of Trees"),
        ("Proposed in May", "Trees", "Head of Hedges"),
        ("Proposed in May", "Trees", "Assistant Director Ponds"),
        ("Current in June", "Trees", "Director of Trees"),
        ("Current in June", "Trees", "Head of Hedges"),
        ("Proposed in May", "Roads", "Director of Roads"),
        ("Proposed in May", "Roads", "Head of Signs"),
        ("Proposed in May", "Roads", "Head of Kerbs"),
        ("Current in June", "Roads", "Director of Roads"),
    ]
    torn = reading.records[2]
    assert [place["lines"] for place in torn.source] == [[2, 2], [9, 9]]
    assert {left.text: left.why for left in reading.unplaced}["one more"] == "a note beside the structures"


def test_one_post_a_row_with_its_fields() -> None:
    rows = table(
        ("Post", "Post holder", "Directorate", "Reports to", "Statutory role", "Change"),
        ("Chief Executive", "Pat Elm", "", "", "Head of Paid Service", ""),
        ("Director of Trees", "Vacant", "Trees", "Chief Executive", "", "New post"),
        ("Hedge Options Manager", "", "", "Director of Trees", "-", ""),
    )
    chief, director, manager = read_structure_report(document((1, "Structure"), rows)).records
    assert chief.fields == {"holder": {"text": "Pat Elm"}, "statutory_roles": ["Head of Paid Service"]}
    assert director.fields == {
        "holder": {"text": "Vacant"},
        "directorate": "Trees",
        "reports_to": "Chief Executive",
        "change": "New post",
    }
    assert manager.fields == {"directorate": "Trees", "reports_to": "Director of Trees"}, (
        "a merged cell speaks for the rows below"
    )


def test_current_and_proposed_posts_side_by_side() -> None:
    rows = table(("Directorate", "Current post", "Proposed post"), ("Trees", "Head of Trees", "Director of Trees"))
    records = read_structure_report(document(rows)).records
    assert [(r.fields["structure"], r.text) for r in records] == [
        ("Current post", "Head of Trees"),
        ("Proposed post", "Director of Trees"),
    ]


def test_principles_in_columns() -> None:
    rows = table(
        ("Design principles", ""), ("For residents", "For staff"), ("• Listen first • Answer once", "• Share space")
    )
    reading = read_structure_report(document((1, "Appendix"), rows))
    assert [(r.section, r.text) for r in reading.records] == [
        (["For residents"], "Listen first"),
        (["For residents"], "Answer once"),
        (["For staff"], "Share space"),
    ]


def test_benefits_with_a_torn_row_and_one_that_fell_out_of_the_table() -> None:
    rows = table(
        ("Benefit Type", "Title", "Description"),
        ("Better quality", "Greener streets", "Trees are planted in streets that are"),
        ("", "", "short of shade"),
    )
    lines = [
        Paragraph("Better\nquality", {"lines": [10, 11]}),
        Paragraph("Cleaner ponds", {"lines": [13, 13]}),
        Paragraph("Ponds are dredged each spring by a crew that two parishes share.", {"lines": [15, 15]}),
        Paragraph("The work goes on.", {"lines": [20, 20]}),
    ]
    reading = read_structure_report(
        Document("x", "0", "text/plain", [Paragraph("4. Benefits realised", {"lines": [1, 1]}), rows, *lines])
    )
    assert [(r.fields["type"], r.fields["title"], r.text) for r in reading.records] == [
        ("Better quality", "Greener streets", "Trees are planted in streets that are short of shade"),
        ("Better quality", "Cleaner ponds", "Ponds are dredged each spring by a crew that two parishes share."),
    ]
    assert [left.text for left in reading.unplaced] == ["The work goes on."]


def test_workstreams_under_their_headings() -> None:
    lines = [
        "5. Ongoing work",
        "",
        "5.1 The work below goes on.",
        "",
        "Trees",
        "",
        "Street planting",
        "Nursery move",
        "",
        "Across the council",
        "",
        "We will improve:",
        "Data",
        "Buying",
    ]
    blocks: list[Block] = [Paragraph(text, {"lines": [n, n]}) for n, text in enumerate(lines, start=1) if text]
    reading = read_structure_report(Document("x", "0", "text/plain", blocks))
    assert [(r.kind, r.section, r.text) for r in reading.records] == [
        ("workstream", ["Trees"], "Street planting"),
        ("workstream", ["Trees"], "Nursery move"),
        ("workstream", ["Across the council"], "Data"),
        ("workstream", ["Across the council"], "Buying"),
    ]


def test_implications_by_topic_and_recommendations_of_a_committee_report() -> None:
    reading = read_structure_report(
        document(
            (1, "Recommendations"),
            "It is recommended that:",
            "The structure is noted.",
            "The panel is thanked.",
            (1, "Implications and risks"),
            (2, "Financial implications and risks:"),
            "The cost is £9,000.",
            (2, "Legal implications:"),
            "None.",
            (1, "Summary"),
            "This paper describes trees.",
        )
    )
    assert of_kind(reading, "recommendation") == ["The structure is noted.", "The panel is thanked."]
    assert [(r.section, r.text) for r in reading.records if r.kind == "implication"] == [
        (["Financial"], "The cost is £9,000."),
        (["Legal"], "None."),
    ]
    assert [left.why for left in reading.unplaced] == ["introduces recommendations", "narrative of the report"]


PAGE = document(
    (1, "Our leadership team"),
    "The team leads the council.",
    "Heads of Service, who report to directors, run services day to day.",
    (2, "Chief Executive – Pat Elm"),
    "Pat is the Head of Paid Service. She manages a team of two Group Directors and the Director of Ponds.",
    (2, "Group Director: Trees"),
    "The Group Director: Trees looks after woods.",
    "More information on this post is available on the trees page.",
    (2, "Director of Ponds"),
    "Reports to: Chief Executive",
    "She is responsible for:",
    "* ponds",
    "* streams",
    (2, "Contact us"),
    "Write to us.",
)


def test_a_page_of_posts_with_what_each_answers_for() -> None:
    reading = read_structure_page(PAGE)
    posts = [
        (r.text, r.fields.get("reports_to"), r.fields.get("statutory_roles"))
        for r in reading.records
        if r.kind == "post"
    ]
    assert posts == [
        ("Heads of Service", None, None),
        ("Chief Executive", None, ["Head of Paid Service"]),
        ("Group Director: Trees", "Chief Executive", None),
        ("Director of Ponds", "Chief Executive", None),
    ]
    told = [(r.fields["post"], r.text) for r in reading.records if r.kind == "responsibility"]
    assert ("Director of Ponds", "streams") in told
    assert ("Group Director: Trees", "The Group Director: Trees looks after woods.") in told
    assert ("Heads of Service", "Heads of Service, who report to directors, run services day to day.") in told
    assert len(told) == 6


def test_the_holder_is_kept_beside_the_post_and_the_rest_of_the_page_says_why() -> None:
    reading = read_structure_page(PAGE)
    chief = next(r for r in reading.records if r.text == "Chief Executive")
    assert chief.fields["holder"] == {"text": "Pat Elm"}
    whys = {left.text: left.why for left in reading.furniture + reading.unplaced}
    assert whys["More information on this post is available on the trees page."] == "pointer to another page"
    assert whys["Write to us."] == "about the page's subject as a whole"
    before = len(reading.unplaced)
    check(PAGE, reading)
    assert reading.words["source"] == sum(reading.words[k] for k in ("in_records", "furniture", "unplaced"))
    assert len(reading.unplaced) == before


def test_a_page_with_a_name_as_heading_and_the_post_below() -> None:
    reading = read_structure_page(
        document(
            (1, "Officers"),
            (2, "Pat Elm"),
            "Director of Trees",
            "Pat looks after woods.",
            (2, "Ann Oak"),
            (3, "Head of Ponds"),
        )
    )
    assert [(r.text, r.fields.get("holder")) for r in reading.records if r.kind == "post"] == [
        ("Director of Trees", {"text": "Pat Elm"}),
        ("Head of Ponds", {"text": "Ann Oak"}),
    ]
    assert of_kind(reading, "responsibility") == ["Pat looks after woods."]


def test_a_page_with_a_table_of_officers() -> None:
    rows = table(
        ("Name", "Job title", "Line manager"),
        ("Pat Elm", "Chief Executive", ""),
        ("Ann Oak", "Head of Ponds", "Chief Executive"),
    )
    records = read_structure_page(document((1, "Officers"), rows)).records
    assert [(r.text, r.fields["holder"]["text"], r.fields.get("reports_to")) for r in records] == [
        ("Chief Executive", "Pat Elm", None),
        ("Head of Ponds", "Ann Oak", "Chief Executive"),
    ]


def test_posts_listed_under_directorates_of_a_version() -> None:
    reading = read_structure_report(
        document(
            (1, "Senior management review"),
            (2, "Proposed structure"),
            (3, "Trees directorate"),
            "* Director of Trees (Pat Elm)",
            "* Head of Hedges",
            "Ponds:",
            "* Head of Ponds",
            (2, "Reasons for the recommendations"),
            "Costs should fall.",
        )
    )
    assert [(r.text, r.fields) for r in reading.records] == [
        (
            "Director of Trees",
            {"structure": "Proposed structure", "directorate": "Trees", "holder": {"text": "Pat Elm"}},
        ),
        ("Head of Hedges", {"structure": "Proposed structure", "directorate": "Trees"}),
        ("Head of Ponds", {"structure": "Proposed structure", "directorate": "Ponds"}),
    ]


def test_a_list_that_only_a_sentence_announces_is_work_to_come() -> None:
    lines = [
        "1. Wexal tofu",
        "",
        "We will do what stands below in the coming year.",
        "",
        "Trees",
        "",
        "Ash",
        "Oak",
        "Elm",
        "",
        "Ponds",
        "",
        "Carp",
        "Newt",
        "Frog",
        "",
        "2. Gribal",
        "",
        "It ends.",
    ]
    blocks: list[Block] = [Paragraph(text, {"lines": [n, n]}) for n, text in enumerate(lines, start=1) if text]
    reading = read_structure_report(Document("x", "0", "text/plain", blocks))
    assert [(r.kind, r.section[0], r.text) for r in reading.records][:4] == [
        ("workstream", "Trees", "Ash"),
        ("workstream", "Trees", "Oak"),
        ("workstream", "Trees", "Elm"),
        ("workstream", "Ponds", "Carp"),
    ]


def test_a_page_that_tells_of_its_posts_in_sentences() -> None:
    reading = read_structure_page(
        document(
            (1, "How we are run"),
            "The Chief Executive is the head of the paid service.",
            "The Director of Trees reports to the Chief Executive. She plants.",
        )
    )
    posts = [(r.text, r.fields) for r in reading.records if r.kind == "post"]
    assert posts == [
        ("Chief Executive", {"statutory_roles": ["head of the paid service"]}),
        ("Director of Trees", {"reports_to": "Chief Executive"}),
    ]
    assert len(of_kind(reading, "responsibility")) == 3


def test_directorates_as_headings_and_a_director_s_team_as_a_list() -> None:
    reading = read_structure_page(
        document(
            (1, "Structure"),
            (2, "Trees directorate"),
            (3, "Director of Trees (Monitoring Officer): Pat Elm"),
            "Looks after woods. Reports to: Chief Executive.",
            "The following report to the director:",
            "* Head of Hedges",
            "* Head of Ponds - vacant",
        )
    )
    assert [(r.text, r.fields) for r in reading.records if r.kind == "post"] == [
        (
            "Director of Trees (Monitoring Officer)",
            {
                "holder": {"text": "Pat Elm"},
                "directorate": "Trees",
                "reports_to": "Chief Executive",
                "statutory_roles": ["Monitoring Officer"],
            },
        ),
        ("Head of Hedges", {"reports_to": "Director of Trees (Monitoring Officer)"}),
        ("Head of Ponds", {"holder": {"text": "vacant"}, "reports_to": "Director of Trees (Monitoring Officer)"}),
    ]
    assert of_kind(reading, "responsibility") == ["Looks after woods."]


def test_a_report_that_presents_posts_one_by_one() -> None:
    reading = read_structure_report(
        document(
            (1, "New posts"),
            "We will appoint two.",
            (2, "Director of Trees"),
            "Leads on woods.",
            (2, "Head of Ponds"),
            "Leads on newts.",
            (1, "Financial implications"),
            "None.",
        )
    )
    assert of_kind(reading, "post") == ["Director of Trees", "Head of Ponds"]
    assert of_kind(reading, "responsibility") == ["Leads on woods.", "Leads on newts."]
    assert of_kind(reading, "implication") == ["None."]


def test_responsibilities_in_a_cell_are_parted_by_lines_or_semicolons() -> None:
    rows = table(
        ("Post", "Responsible for"), ("Head of Ponds", "Newts; frogs and toads"), ("Head of Trees", "Oak\nElm")
    )
    reading = read_structure_page(document((1, "Team"), rows))
    told = [(r.fields["post"], r.text) for r in reading.records if r.kind == "responsibility"]
    assert told == [
        ("Head of Ponds", "Newts"),
        ("Head of Ponds", "frogs and toads"),
        ("Head of Trees", "Oak"),
        ("Head of Trees", "Elm"),
    ]


def test_the_facts_of_a_cover_are_furniture() -> None:
    facts = table(("Committee:", "Trees"), ("Report date:", "May 2025"))
    reading = read_structure_report(document(facts, (1, "Financial implications"), "None."))
    assert {left.why for left in reading.furniture} == {"cover", "heading"} and not reading.unplaced


def test_columns_of_tiers_say_who_reports_to_whom() -> None:
    rows = table(
        ("Tier 1", "Tier 2", "Tier 3"),
        ("Chief Executive", "Director of Trees", "Head of Hedges"),
        ("", "", "Head of Ponds"),
        ("Chief Executive", "Director of Roads", "Head of Kerbs"),
    )
    reading = read_structure_page(document((1, "Structure"), rows))
    assert [(r.text, r.fields.get("reports_to")) for r in reading.records] == [
        ("Chief Executive", None),
        ("Director of Trees", "Chief Executive"),
        ("Head of Hedges", "Director of Trees"),
        ("Head of Ponds", "Director of Trees"),
        ("Director of Roads", "Chief Executive"),
        ("Head of Kerbs", "Director of Roads"),
    ]
    assert not any("structure" in r.fields for r in reading.records)


def test_a_dash_is_no_post_and_a_role_of_the_law_after_and_is_no_other_post() -> None:
    rows = table(
        ("Current post", "Proposed post"),
        ("Head of Hedges", "–"),
        ("–", "Head of Ponds"),
        ("Head of Legal and Monitoring Officer", "Head of Legal and Monitoring Officer"),
    )
    records = read_structure_report(document(rows)).records
    assert [r.text for r in records] == [
        "Head of Hedges",
        "Head of Ponds",
        "Head of Legal and Monitoring Officer",
        "Head of Legal and Monitoring Officer",
    ]
