"""Reports of reviews: recommendations and findings in several layouts, and every other word with the reason why."""

from __future__ import annotations

import textwrap

from goldthread.reading.document import Block, Cell, Document, Paragraph, Table
from goldthread.reading.reading import Reading
from goldthread.reading.understanding import understand
from goldthread.reading.understanding.reports import read_review_report
from goldthread.reading.words import check


def text_file(*lines: str) -> Document:
    blocks: list[Block] = [Paragraph(text, {"lines": [n, n]}) for n, text in enumerate(lines, start=1) if text]
    return Document("review.txt", "0" * 64, "text/plain", blocks)


def word_file(*blocks: tuple[int, str] | str | Table) -> Document:
    """(level, text) a heading, "* …" a list item, other text a paragraph."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            made.append(block)
        elif isinstance(block, tuple):
            made.append(Paragraph(block[1], {"headings": []}, level=block[0]))
        else:
            made.append(Paragraph(block.removeprefix("* "), {"headings": []}, bullet=block.startswith("* ")))
    return Document("review.docx", "0" * 64, "application/vnd.docx", made)


def table(*rows: tuple[str, ...]) -> Table:
    return Table([[Cell(text, {"row": n, "cell": m}) for m, text in enumerate(row)] for n, row in enumerate(rows)])


def recommendations(reading: Reading) -> list[tuple[str | None, str]]:
    return [(r.fields.get("number"), r.text) for r in reading.records if r.kind == "recommendation"]


def findings(reading: Reading) -> list[tuple[str, str, str]]:
    return [(r.fields["theme"], r.fields["polarity"], r.text) for r in reading.records if r.kind == "finding"]


NUMBERED = text_file(
    "Peer review of Larch Borough Council",
    "",
    "1. Executive summary",
    "",
    "Larch is a well-run council. The peer team arrived in May.",
    "",
    "2. Key recommendations",
    "",
    "These are the peer team's key recommendations:",
    "",
    "2.1. Recommendation 1",
    "",
    "Agree one plan for parks.",
    "",
    "2.2. Recommendation 2",
    "",
    "7",
    "",
    "Publish the asset register.",
    "",
    "2.3. Recommendation 3",
    "",
    "Train every new member.",
    "",
    "Appoint a head of audit.",
    "",
    "3. The peer team",
    "",
    "- Pat Elm, Chief Executive, Oak Council",
    "",
    "4. Feedback",
    "",
    "4.1. Parks",
    "",
    "Parks are clean and well used. Grass could be cut later.",
    "",
    "4.2. Audit",
    "",
    "Audit lacks staff.",
    "",
    "5. Next steps",
    "",
    "The council should publish a response.",
)


def test_recommendations_under_numbered_headings() -> None:
    assert recommendations(read_review_report(NUMBERED)) == [
        ("1", "Agree one plan for parks."),
        ("2", "Publish the asset register."),
        ("3", "Train every new member."),
        (None, "Appoint a head of audit."),
    ]


def test_a_recommendation_that_lost_its_number_is_asked_about() -> None:
    last = [r for r in read_review_report(NUMBERED).records if r.kind == "recommendation"][-1]
    assert last.source == [{"lines": [25, 25]}] and last.confidence < 0.9
    assert "without a number" in last.questions[0]["ask"]


def test_findings_stand_under_their_theme_and_nothing_else_is_a_finding() -> None:
    assert findings(read_review_report(NUMBERED)) == [
        ("Executive summary", "strength", "Larch is a well-run council."),
        ("Parks", "strength", "Parks are clean and well used."),
        ("Parks", "area for improvement", "Grass could be cut later."),
        ("Audit", "area for improvement", "Audit lacks staff."),
    ]


def test_every_word_is_somewhere_and_says_why() -> None:
    reading = read_review_report(NUMBERED)
    whys = {left.text: left.why for left in reading.unplaced + reading.furniture}
    assert whys["Pat Elm, Chief Executive, Oak Council"] == "describes how the review was done"
    assert whys["The council should publish a response."] == "says what happens after the review"
    assert whys["7"] == "page number"
    missing = len(reading.unplaced)
    check(NUMBERED, reading)
    assert len(reading.unplaced) == missing, "the reader itself accounts for every word"
    assert reading.words["source"] == sum(reading.words[k] for k in ("in_records", "furniture", "unplaced"))


def test_a_finding_that_the_summary_says_in_the_same_words_is_one_finding() -> None:
    reading = read_review_report(
        word_file(
            (1, "Executive summary"),
            "Parks are clean and well used.",
            (1, "Parks"),
            "Parks are clean and well used by all.",
        )
    )
    assert findings(reading) == [("Parks", "strength", "Parks are clean and well used by all.")]
    assert [left.why for left in reading.unplaced] == ["said again in the body of the report"]


def test_recommendations_with_a_label_in_the_line() -> None:
    reading = read_review_report(
        word_file(
            (1, "Recommendations"),
            "We recommend that:",
            "Recommendation 1: Plant trees.",
            "Recommendation 2 – Cut grass later.",
        )
    )
    assert recommendations(reading) == [("1", "Plant trees."), ("2", "Cut grass later.")]


def test_recommendations_in_lists_and_under_titles() -> None:
    listed = read_review_report(word_file((1, "Key recommendations"), "* Plant trees.", "* Cut grass later."))
    assert recommendations(listed) == [(None, "Plant trees."), (None, "Cut grass later.")]
    titled = read_review_report(
        word_file((1, "Key recommendations"), (2, "Trees"), "Plant trees.", (2, "Grass"), "Cut grass later.")
    )
    assert [(r.fields["title"], r.text) for r in titled.records] == [
        ("Trees", "Plant trees."),
        ("Grass", "Cut grass later."),
    ]
    numbered = read_review_report(word_file((1, "Recommendations"), "1. Plant trees.", "2. Cut grass later."))
    assert recommendations(numbered) == [("1", "Plant trees."), ("2", "Cut grass later.")]


def test_recommendations_in_a_table() -> None:
    rows = table(("No.", "Recommendation", "Lead", "Timescale"), ("1", "Plant trees", "Head of Parks", "May 2026"))
    (record,) = read_review_report(word_file((1, "Recommendations"), rows)).records
    assert (record.kind, record.text, record.fields["number"]) == ("recommendation", "Plant trees", "1")
    assert record.fields["timescale"] == {"text": "May 2026"}
    assert [lead["text"] for lead in record.fields["leads"]] == ["Head of Parks"]


def test_strengths_and_areas_for_improvement_as_headings_and_as_columns() -> None:
    headed = word_file(
        (1, "Parks"), (2, "Strengths"), "* Clean paths", (2, "Areas for consideration"), "* Late reports"
    )
    assert findings(read_review_report(headed)) == [
        ("Parks", "strength", "Clean paths"),
        ("Parks", "area for improvement", "Late reports"),
    ]
    beside = word_file(
        (1, "Findings"),
        table(("Theme", "Strengths", "Areas for improvement"), ("Parks", "Clean paths", "Late reports\nFew wardens")),
    )
    assert findings(read_review_report(beside)) == [
        ("Parks", "strength", "Clean paths"),
        ("Parks", "area for improvement", "Late reports"),
        ("Parks", "area for improvement", "Few wardens"),
    ]


def test_an_inspection_report_with_a_cover_grades_and_a_question_as_heading() -> None:
    reading = read_review_report(
        word_file(
            (1, "Inspection of Larch children's services"),
            "Inspection dates: 3 to 14 May 2025",
            (2, "What needs to improve?"),
            "* The timeliness of visits.",
            (2, "Children in care: good"),
            "1. Children see their social worker each week. Plans are too long.",
        )
    )
    assert findings(reading) == [
        ("What needs to improve?", "area for improvement", "The timeliness of visits."),
        ("Children in care: good", "strength", "Children see their social worker each week."),
        ("Children in care: good", "area for improvement", "Plans are too long."),
    ]
    assert [left.text for left in reading.furniture if left.why == "cover"] == ["Inspection dates: 3 to 14 May 2025"]


def test_a_report_without_any_finding_reads_as_nothing() -> None:
    reading = read_review_report(word_file((1, "Introduction"), "The team came in May."))
    assert reading.records == [] and [left.text for left in reading.unplaced] == ["The team came in May."]


def test_a_heading_that_comes_again_under_each_theme_names_none() -> None:
    again = "Key findings for this statement"
    reading = read_review_report(
        word_file(
            (1, "Assessment"),
            (2, "Access"),
            (3, again),
            "Doors are poor.",
            (2, "Equity"),
            (3, again),
            "Staff listen well.",
        )
    )
    assert [theme for theme, _, _ in findings(reading)] == ["Access", "Equity"]


def test_silent_sentences_are_strengths_where_the_report_praises_in_unknown_words() -> None:
    unknown = [f"The wexal {n} gribs the tofu." for n in range(9)]
    reading = read_review_report(word_file((1, "Feedback"), (2, "Tofu"), *unknown, "It should grib more."))
    assert [polarity for _, polarity, _ in findings(reading)] == ["strength"] * 9 + ["area for improvement"]


def test_wrapped_text_reads_like_text_on_one_line() -> None:
    story = (
        "The council knows its parks well. Its wardens walk every path each week and write down what they see. Reports "
        "to members should be shorter. This would save time for all who read them, and for the two who write them."
    )
    printed = textwrap.wrap(story, 60)
    block = Paragraph("\n".join(printed), {"lines": [5, 4 + len(printed)]})
    many = Paragraph("\n".join(textwrap.wrap("Wardens greet visitors warmly. " * 20, 60)), {"lines": [30, 50]})
    document = Document(
        "x.txt",
        "0",
        "text/plain",
        [Paragraph("1. Parks", {"lines": [3, 3]}), block, Paragraph("2. Wardens", {"lines": [28, 28]}), many],
    )
    parks = [text for theme, _, text in findings(read_review_report(document)) if theme == "Parks"]
    assert parks == [
        "The council knows its parks well.",
        "Its wardens walk every path each week and write down what they see.",
        story[story.index("Reports to") :],
    ]


def test_plain_recommendations_after_an_introduction_and_labels_on_lines_of_their_own() -> None:
    plain = word_file(
        (1, "Recommendations"),
        "The following are the team's recommendations to the council.",
        "Plant trees.",
        "Trees first, then grass.",
    )
    assert [text for _, text in recommendations(read_review_report(plain))] == [
        "Plant trees.",
        "Trees first, then grass.",
    ]
    labelled = word_file(
        (1, "Recommendations"), "Recommendation 1", "Plant trees.", "Recommendation 2", "Cut grass later."
    )
    assert recommendations(read_review_report(labelled)) == [("1", "Plant trees."), ("2", "Cut grass later.")]


def test_a_heading_over_several_recommendations_groups_them() -> None:
    reading = read_review_report(
        word_file(
            (1, "Recommendations"),
            (2, "Parks"),
            "* Plant trees.",
            "* Cut grass later.",
            (2, "Roads"),
            "* Mend kerbs.",
            "* Paint signs.",
        )
    )
    assert [(r.fields["group"], r.text) for r in reading.records] == [
        ("Parks", "Plant trees."),
        ("Parks", "Cut grass later."),
        ("Roads", "Mend kerbs."),
        ("Roads", "Paint signs."),
    ]


def test_reasons_for_recommendations_recommend_nothing() -> None:
    reading = read_review_report(
        word_file(
            (1, "Recommendations"),
            "* Plant trees.",
            (1, "Reasons for recommendations"),
            "Trees should give shade.",
            "They need time.",
        )
    )
    assert recommendations(reading) == [(None, "Plant trees.")]


def test_findings_beside_recommendations_in_a_table() -> None:
    rows = table(
        ("Ref", "Finding", "Recommendation", "Priority", "Lead"),
        ("1", "Maps are old.", "Renew the maps.", "High", "Head of Parks"),
    )
    reading = read_review_report(word_file((1, "Findings and actions"), rows))
    assert findings(reading) == [("Findings and actions", "area for improvement", "Maps are old.")]
    assert recommendations(reading) == [("1", "Renew the maps.")]
    assert reading.records[1].fields["risk_rating"] == "High"
    assert reading.records[1].fields["leads"] == [{"text": "Head of Parks", "sort": "post"}]


def test_the_answer_to_a_recommendation_under_a_heading_or_a_label_of_its_own() -> None:
    reading = read_review_report(
        word_file(
            (1, "Our response to the pond review"),
            (2, "Recommendation 1: Hold a pond day each year"),
            (3, "Our response"),
            "We asked residents in autumn.",
            (2, "Recommendation 2: Ponds"),
            "The council should mend the bridges.",
            "Management response: Agreed. Two bridges are mended.",
            "Responsible officer: Head of Bridges",
            "Due date: 31 March 2026",
        )
    )
    first, second = (record for record in reading.records if record.kind == "recommendation")
    assert (first.fields["number"], first.text) == ("1", "Hold a pond day each year")
    assert first.fields["response"] == "We asked residents in autumn."
    assert second.text == "The council should mend the bridges."
    assert second.fields["response"] == "Agreed. Two bridges are mended."
    assert [lead["text"] for lead in second.fields["leads"]] == ["Head of Bridges"]
    assert second.fields["timescale"]["to"] == "2026-03-31"


def test_progress_on_an_earlier_recommendation_is_its_update() -> None:
    reading = read_review_report(
        word_file(
            (1, "Progress review of the ponds"),
            (2, "Introduction"),
            "The team came back in May.",
            (2, "Progress against recommendations"),
            (3, "Recommendation 1: Agree a plan for ponds"),
            "A plan is published. Staff know it well.",
            (3, "Recommendation 2: Mend the bridges"),
            "Two bridges are mended.",
        )
    )
    assert recommendations(reading) == [("1", "Agree a plan for ponds"), ("2", "Mend the bridges")]
    assert [r.fields["update"] for r in reading.records if r.kind == "recommendation"] == [
        "A plan is published. Staff know it well.",
        "Two bridges are mended.",
    ]


def test_a_table_of_recommendations_with_priorities_does_not_make_a_review_a_plan() -> None:
    document = word_file(
        (1, "Review of how ponds are governed"),
        (2, "Summary of recommendations"),
        table(("No.", "Recommendation", "Priority"), ("R1", "Part the two roles", "High"), ("R2", "Publish the plan", "Low")),
        (2, "Decisions"),
        "Decisions are well recorded. Reserves have fallen by a third in two years. Assessments are thorough.",
    )  # fmt: skip
    reading = understand(document)
    assert reading.kind == "review-report"
    assert [r.fields.get("risk_rating") for r in reading.records if r.kind == "recommendation"] == ["High", "Low"]
    assert [polarity for _, polarity, _ in findings(reading)] == ["strength", "area for improvement", "strength"]
