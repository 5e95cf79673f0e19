"""What holds of any document: nothing is lost, every record stands somewhere, nothing is raised."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.reading.document import Cell, Document, Paragraph, Table
from goldthread.reading.understanding.prose import clean, lines_of, passage_of
from goldthread.reading.understanding.prose_sentences import sentences
from goldthread.reading.understanding.reports import read_review_report
from goldthread.reading.understanding.structures import read_structure_page, read_structure_report
from goldthread.reading.words import check

PHRASES = st.sampled_from(
    [
        "Recommendations",
        "Recommendation 1",
        "1. Plant trees.",
        "Strengths",
        "Benefit Type",
        "Title",
        "Description",
        "Post",
        "Reports to",
        "Current structure",
        "Director of Trees Head of Hedges 2",
        "Chief Executive – Pat Elm",
        "Design principles",
        "• one • two",
        "Financial implications:",
        "The council should act. Parks are good, but they need care.",
        "5. Ongoing work",
        "www.example.org",
        "12",
        "<p>Trees</p>\nPonds",
        "",
    ]
)
TEXTS = st.one_of(PHRASES, st.text(max_size=60))
PARAGRAPHS = st.builds(
    lambda text, level, bullet, line: Paragraph(text, {"lines": [line, line]}, level=level, bullet=bullet),
    TEXTS,
    st.sampled_from([0, 0, 0, 1, 2]),
    st.booleans(),
    st.integers(1, 99),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(0, 4))
    cells = st.one_of(st.none(), st.builds(lambda text: Cell(text, {"row": 1}), TEXTS))
    return Table(draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=4)))


@given(st.text(alphabet=st.sampled_from("Ab. !?\"'1(")) | st.text())
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    assert " ".join(text[first:last] for first, last in sentences(text)).split() == text.split()


@given(st.text(max_size=80))
def test_clean_characters_stand_where_they_say(text: str) -> None:
    for char, position in clean(text):
        assert char in " \n" or text[position] == char


@given(st.lists(PARAGRAPHS, max_size=6))
def test_every_character_of_a_passage_has_a_place(paragraphs: list[Paragraph]) -> None:
    passage = passage_of([line for line in lines_of(paragraphs) if not isinstance(line, Table)])
    assert len(passage.origin) == len(passage.text)
    assert len(passage.places()) == len(passage.lines)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARAGRAPHS | tables(), max_size=8))
def test_any_document_is_read_and_every_word_counted(blocks: list[Paragraph | Table]) -> None:
    for read in (read_review_report, read_structure_report, read_structure_page):
        document = Document("any", "0" * 64, "text/plain", list(blocks))
        reading = read(document)
        assert all(record.text.strip() and record.source for record in reading.records)
        check(document, reading)
        counts = reading.words
        assert counts["source"] == counts["in_records"] + counts["furniture"] + counts["unplaced"]
