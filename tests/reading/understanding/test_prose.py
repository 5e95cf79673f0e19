"""Lines, passages, sentences and page furniture: what stands where, and what is left of a page when its edges are taken off."""

from __future__ import annotations

import pytest

from goldthread.reading.document import Block, Cell, Paragraph, Table
from goldthread.reading.understanding.findings import paragraphs
from goldthread.reading.understanding.prose import Line, lines_of, passage_of
from goldthread.reading.understanding.prose_furniture import set_apart
from goldthread.reading.understanding.prose_sentences import sentences


def printed(*lines: str) -> list[Block]:
    """Blocks of a text file: each argument a printed line, "" a blank line."""
    return [Paragraph(text, {"lines": [n, n]}) for n, text in enumerate(lines, start=1) if text]


def only_lines(blocks: list[Block]) -> list[Line]:
    return [item for item in lines_of(blocks) if isinstance(item, Line)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Staff are proud. Partners agree.", ["Staff are proud.", "Partners agree."]),
        ("Dr. Elm met Cllr. Oak on 3 Jan. 2025 at noon.", ["Dr. Elm met Cllr. Oak on 3 Jan. 2025 at noon."]),
        ("Fees rose, e.g. Parking. Rents fell.", ["Fees rose, e.g. Parking.", "Rents fell."]),
        ("Is it clear? It is not.", ["Is it clear?", "It is not."]),
        ("They call it “one council.” It works.", ["They call it “one council.”", "It works."]),
        ("Costs rose by 4.5% in May 2021. They fell later.", ["Costs rose by 4.5% in May 2021.", "They fell later."]),
        ("Savings of £1.2m were made", ["Savings of £1.2m were made"]),
        ("J. Ash leads. It helps.", ["J. Ash leads.", "It helps."]),
    ],
)
def test_sentences_end_where_they_end(text: str, parts: list[str]) -> None:
    assert [text[first:last] for first, last in sentences(text)] == parts


def test_sentences_hold_every_word() -> None:
    text = "One thing. Another, cf. Annex A! A third?  And no stop"
    assert " ".join(text[a:b] for a, b in sentences(text)).split() == text.split()


def test_a_sentence_broken_over_two_pages_is_one_and_knows_both_places() -> None:
    blocks = printed(
        "The council is taking steps and has", "", "", "already built forty homes this year. More will follow."
    )
    (passage,) = paragraphs(only_lines(blocks))
    first, last = sentences(passage.text)[0]
    assert passage.text[first:last] == "The council is taking steps and has already built forty homes this year."
    assert passage.places(first, last) == [{"lines": [1, 1]}, {"lines": [4, 4], "chars": [0, 36]}]


def test_characters_of_a_place_lead_to_the_text_as_the_reader_gave_it() -> None:
    raw = "- **Warm**  homes matter. Trees <u>matter</u> too."
    (line,) = only_lines([Paragraph(raw, {"page": 2})])
    passage = passage_of([line])
    assert passage.text == "Warm homes matter. Trees matter too." and line.bullet
    first, last = sentences(passage.text)[1]
    (place,) = passage.places(first, last)
    assert place["page"] == 2
    assert raw[slice(*place["chars"])] == "Trees <u>matter</u> too."


def test_a_word_broken_with_a_hyphen_is_whole_again_and_a_compound_stays() -> None:
    broken = passage_of(only_lines(printed("The govern-", "ance is in-", "depth.")))
    assert broken.text == "The governance is in-depth."


def test_a_paragraph_of_printed_lines_is_split_at_them_with_their_numbers() -> None:
    lines = only_lines([Paragraph("Parks\nLibraries\nWaste", {"lines": [10, 12]})])
    assert [(line.text, line.place["lines"], line.gap) for line in lines] == [
        ("Parks", [10, 10], True),
        ("Libraries", [11, 11], False),
        ("Waste", [12, 12], False),
    ]


def test_a_frame_around_text_is_read_as_text() -> None:
    box = Table([[Cell("Recommendation 1\nPlant trees.", {"table": 1})]], {"table": 1})
    assert [line.text for line in only_lines([box])] == ["Recommendation 1", "Plant trees."]


def test_contents_list_page_numbers_and_addresses_are_furniture() -> None:
    blocks = printed(
        "Contents",
        "1. Trees .......... 3",
        "2. Homes .......... 5",
        "3. Roads .......... 9",
        "",
        "Trees Homes Roads",
        "",
        "1. Trees",
        "",
        "Trees grow well in the borough.",
        "",
        "4",
        "",
        "1 Elm Street, AB1 2CD www.example.org Telephone 020 0000 0000 Email info@example.org",
        "",
        "2. Homes",
        "",
        "3. Roads",
    )
    kept, furniture = set_apart(lines_of(blocks))
    assert [item.text for item in kept if isinstance(item, Line)] == [
        "1. Trees",
        "Trees grow well in the borough.",
        "2. Homes",
        "3. Roads",
    ]
    whys = {leftover.text: leftover.why for leftover in furniture}
    assert whys["Trees Homes Roads"] == "garbled double of the contents list"
    assert whys["4"] == "page number"
    assert whys["Contents"] == "contents list"
    assert any(why == "address line" for why in whys.values())
    assert all(leftover.source for leftover in furniture)


def test_a_contents_list_in_tab_columns_is_furniture() -> None:
    rows = [
        [Cell(a, {"lines": [n, n]}), Cell(b, {"lines": [n, n]})]
        for n, (a, b) in enumerate([("Trees", "3"), ("Homes", "5"), ("Roads 1", "2")])
    ]
    kept, furniture = set_apart(lines_of([Table(rows), *printed("Trees", "", "Homes", "", "Roads")]))
    assert len(kept) == 3 and [leftover.why for leftover in furniture] == ["contents list"]


def test_an_answer_that_repeats_is_no_running_head() -> None:
    blocks = printed(
        "None for this report",
        "",
        "Harbour council review",
        "",
        "None for this report",
        "",
        "Harbour council review",
        "",
        "None for this report",
        "",
        "Harbour council review",
    )
    kept, _ = set_apart(lines_of(blocks))
    assert [item.text for item in kept if isinstance(item, Line)] == ["None for this report"] * 3
