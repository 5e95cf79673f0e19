"""Findings: which sentences judge, what they say, and under which theme they stand."""

from __future__ import annotations

import pytest

from goldthread.reading.document import Paragraph
from goldthread.reading.understanding.findings import judge, paragraphs
from goldthread.reading.understanding.polarity import IMPROVEMENT, NEUTRAL, STRENGTH, polarity
from goldthread.reading.understanding.prose import Line, Passage, lines_of


def passages(*texts: str) -> list[Passage]:
    blocks = [
        Paragraph(text.removeprefix("* "), {"page": n}, bullet=text.startswith("* ")) for n, text in enumerate(texts)
    ]
    return paragraphs(item for item in lines_of(blocks) if isinstance(item, Line))


def judged(*texts: str, under: str | None = None) -> list[tuple[str, str]]:
    found = judge(passages(*texts), "Trees", ["Trees"], under=under)
    return [(record.text, record.fields["polarity"]) for record in found.records]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The council should agree a budget for trees.", IMPROVEMENT),
        ("Nurseries need to be inspected more often.", IMPROVEMENT),
        ("Tree data could be strengthened.", IMPROVEMENT),
        ("There are opportunities to plant more with schools.", IMPROVEMENT),
        ("We would encourage the team to publish its map.", IMPROVEMENT),
        ("Reports do not reach members.", IMPROVEMENT),
        ("Some wardens expressed frustration.", IMPROVEMENT),
        ("Good work is let down by poor records and a lack of staff.", IMPROVEMENT),
        ("Partners praised the orchard programme.", STRENGTH),
        ("Leaders know their woods well.", STRENGTH),
        ("The council should be commended for its candour.", STRENGTH),
        ("Volunteers are passionate.", STRENGTH),
        ("The nursery moved in 2021.", NEUTRAL),
    ],
)
def test_polarity_follows_the_cues(text: str, value: str) -> None:
    assert polarity(text) == value


def test_a_heading_decides_for_all_that_stands_under_it() -> None:
    assert polarity("Forecasts beyond next year", "improvements") == IMPROVEMENT
    assert polarity("Should a storm come, crews are ready", "strengths") == STRENGTH


def test_a_grade_in_the_heading_speaks_only_where_the_sentence_does_not() -> None:
    assert polarity("Seedlings receive water.", "graded well") == STRENGTH
    assert polarity("Seedlings lack water.", "graded well") == IMPROVEMENT


def test_each_sentence_is_a_finding_and_a_consequence_goes_with_its_cause() -> None:
    assert judged(
        "Crews work well together. The depot needs to be moved. This would save fuel. For example, vans idle."
    ) == [
        ("Crews work well together.", STRENGTH),
        ("The depot needs to be moved. This would save fuel. For example, vans idle.", IMPROVEMENT),
    ]


def test_praise_and_demand_in_one_sentence_are_two_findings() -> None:
    assert judged("The plan is a good start, but it now needs to name who does what.") == [
        ("The plan is a good start", STRENGTH),
        ("it now needs to name who does what.", IMPROVEMENT),
    ]


def test_what_the_team_did_and_what_happened_is_no_finding() -> None:
    found = judge(passages("The review team visited four woods. Two woods are in poor health."), "Trees", ["Trees"])
    assert [record.text for record in found.records] == ["Two woods are in poor health."]
    assert [(left.text, left.why) for left in found.left] == [
        ("The review team visited four woods.", "context, no finding")
    ]


def test_list_items_are_findings_and_the_sentence_over_them_gives_their_polarity() -> None:
    found = judge(passages("The council should give more thought to:", "* pests", "* drought"), "Trees", ["Trees"])
    assert [(record.text, record.fields["polarity"]) for record in found.records] == [
        ("pests", IMPROVEMENT),
        ("drought", IMPROVEMENT),
    ]
    assert [left.why for left in found.left] == ["introduces a list"]


def test_paragraph_numbers_are_no_part_of_a_finding() -> None:
    assert judged("12. Woods are well kept.", "4.1.2 Paths are poor.") == [
        ("Woods are well kept.", STRENGTH),
        ("Paths are poor.", IMPROVEMENT),
    ]
