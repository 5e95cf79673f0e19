"""Reports whose headings are the recommendations, with what is said of each below: progress reviews, auditors' reports."""

from __future__ import annotations

from goldthread.reading.document import Block, Document, Paragraph
from goldthread.reading.reading import Reading
from goldthread.reading.understanding import understand
from goldthread.reading.words import check
from tests.reading.understanding.plan_making import heading, leads, of, said, table


def _read(*blocks: Block) -> Reading:
    document = Document("a.docx", "0" * 64, "text/plain", list(blocks))
    reading = understand(document)
    check(document, reading)
    return reading


def test_progress_below_a_recommendation_is_its_update_and_a_judgement_its_status() -> None:
    reading = _read(
        heading("Pond review: progress visit", 1),
        heading("Progress against the recommendations", 2),
        heading("Recommendation 1: Dig a second pond", 3),
        Paragraph("Progress: Good"),
        heading("What the council told us", 4),
        Paragraph("The second pond was dug in May and has been full since June."),
        heading("Our view", 4),
        Paragraph("The pond is deep enough. The team would like to see reeds around it."),
        heading("Recommendation 2: Count the ducks each month", 3),
        Paragraph("Progress: Limited"),
        heading("What the council told us", 4),
        Paragraph("Two counts have taken place."),
        heading("Our view", 4),
        Paragraph("The counts should not wait for the warden."),
        heading("Next steps", 2),
        Paragraph("The council will publish this report in January."),
    )
    found = of(reading, "recommendation")
    assert [(r.fields["number"], r.text, said(r.fields["status"])) for r in found] == [
        ("1", "Dig a second pond", "Good"),
        ("2", "Count the ducks each month", "Limited"),
    ]
    assert found[0].fields["update"] == (
        "The second pond was dug in May and has been full since June. "
        "The pond is deep enough. The team would like to see reeds around it."
    )
    assert found[1].fields["update"].endswith("should not wait for the warden.")
    assert all(r.section == ["Progress against the recommendations"] for r in found)
    assert reading.words["source"] == sum(reading.words[part] for part in ("in_records", "furniture", "unplaced"))


def test_headings_that_ask_are_recommendations_where_those_beside_them_are() -> None:
    blocks: list[Block] = [heading("Follow-up of the duck inspection", 1)]
    for number, (asked, done) in enumerate(
        [
            ("The council should give every duck a named warden", "Named wardens are in place for all but six ducks."),
            ("Wardens should write down each visit to a nest", "Half of the visits that we saw were written down."),
        ],
        start=1,
    ):
        blocks += [heading(f"{number}. {asked}", 2), heading("What has changed", 3), Paragraph(done)]
    found = of(_read(*blocks), "recommendation")
    assert [(r.fields["number"], r.fields["update"]) for r in found] == [
        ("1", "Named wardens are in place for all but six ducks."),
        ("2", "Half of the visits that we saw were written down."),
    ]


def _auditor(kind: str, words: str, weakness: str, answer: str, officer: str, date: str) -> list[list[str]]:
    return [
        [kind, words],
        ["Criteria impacted", "Governance"],
        ["Summary findings", weakness],
        ["Management comments", answer],
        ["Responsible officer", officer],
        ["Due date", date],
    ]


_FIRST = ("The council should close its pond accounts", "Two years are open.", "Agreed.", "Head of Ponds", "May 2027")
_SECOND = (
    "The council should count its nets",
    "Nobody has a list.",
    "Agreed. A count began.",
    "Net Officer",
    "June 2027",
)


def _expected(reading: Reading) -> None:
    found = of(reading, "recommendation")
    assert [(r.fields["number"], r.text, r.fields["response"]) for r in found] == [
        ("1", _FIRST[0], _FIRST[2]),
        ("1", _SECOND[0], _SECOND[2]),
    ]
    assert [(leads(r), said(r.fields["timescale"])) for r in found] == [
        ([_FIRST[3]], _FIRST[4]),
        ([_SECOND[3]], _SECOND[4]),
    ]
    assert "Key recommendation 1" in found[0].section or reading.kind == "action-plan"


def test_an_auditors_recommendations_are_read_from_labels_in_bold() -> None:
    blocks: list[Block] = [heading("Auditor's annual report", 1), heading("Recommendations", 2)]
    for kind, one in (("Key recommendation", _FIRST), ("Improvement recommendation", _SECOND)):
        blocks += [Paragraph(f"{kind} 1", bold=True), Paragraph(one[0])]
        blocks += [Paragraph(f"{label}: {value}") for label, value in _auditor(kind, *one)[1:]]
    reading = _read(*blocks)
    _expected(reading)
    findings = of(reading, "finding")
    assert [r.text for r in findings] == [_FIRST[1], _SECOND[1]]
    assert {r.fields["theme"] for r in findings} == {"Governance"}
    assert [reading.records[r.parent or 0].text for r in findings] == [_FIRST[0], _SECOND[0]]


def test_an_auditors_recommendations_are_read_from_label_lines_above_their_values() -> None:
    blocks: list[Block] = [heading("Auditor's annual report", 1)]
    for kind, one in (("Key recommendation", _FIRST), ("Improvement recommendation", _SECOND)):
        blocks.append(heading(f"{kind} 1", 2))
        for label, value in [["Recommendation", one[0]], *_auditor(kind, *one)[1:]]:
            blocks += [Paragraph(label, bold=True), Paragraph(value)]
    _expected(_read(*blocks))


def test_the_number_over_a_table_of_labels_is_that_of_its_recommendation_and_weaknesses_stay_beside_it() -> None:
    blocks: list[Block] = [heading("Auditor's annual report", 1)]
    for kind, one in (("Key recommendation", _FIRST), ("Improvement recommendation", _SECOND)):
        blocks += [heading(f"{kind} 1", 2), table(*_auditor(kind, *one))]
    reading = _read(*blocks)
    _expected(reading)
    beside = [r.fields["also"] for r in of(reading, "recommendation")]
    assert [note[0]["text"] for note in beside] == [_FIRST[1], _SECOND[1]]


def test_recommendations_with_their_words_below_keep_them() -> None:
    reading = _read(
        heading("Pond review", 1),
        heading("Key recommendations", 2),
        heading("Recommendation 1: Depth", 3),
        Paragraph("The council should dig its ponds two metres deep."),
        heading("Recommendation 2: Ducks", 3),
        Paragraph("The council should count its ducks each month."),
    )
    assert [r.text for r in of(reading, "recommendation")] == [
        "The council should dig its ponds two metres deep.",
        "The council should count its ducks each month.",
    ]


def test_one_heading_alone_that_is_a_recommendation_makes_no_series() -> None:
    reading = _read(
        heading("Pond review", 1),
        heading("Recommendation 1: Dig a second pond", 2),
        Paragraph("The pond was dug in May."),
    )
    assert not any("update" in r.fields for r in reading.records)


def test_the_title_says_that_what_stands_below_is_how_far_it_has_come() -> None:
    blocks: list[Block] = [heading("Pond review: follow-up report", 1), Paragraph("Written by a reviewer.")]
    for number, (advised, judged, told) in enumerate(
        [
            ("Appoint a warden", "Met", "Ms Dove took up the post in May. She reports to the council."),
            ("Reduce the number of torn nets", "Not met", "Torn nets rose from nine to twelve in the half year."),
        ],
        start=1,
    ):
        blocks += [heading(f"R{number} {advised}", 2), Paragraph(f"Assessment: {judged}"), Paragraph(told)]
    found = of(_read(*blocks), "recommendation")
    assert [(r.text, said(r.fields["status"]), r.fields["update"][:13]) for r in found] == [
        ("Appoint a warden", "Met", "Ms Dove took "),
        ("Reduce the number of torn nets", "Not met", "Torn nets ros"),
    ]
