"""The count of words proves that nothing is lost, and says what is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goldthread.reading.document import Apart, Cell, Document, Paragraph, Table
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from goldthread.reading.words import check, count_words, words_of


def reading(*records: ReadRecord, furniture: tuple[str, ...] = (), unplaced: tuple[str, ...] = ()) -> Reading:
    """A reading of these records and leftovers."""
    made = Reading("a", "", "", None, None, "other", None, None, list(records))
    made.furniture = [Leftover(text) for text in furniture]
    made.unplaced = [Leftover(text) for text in unplaced]
    return made


def document(*blocks: Paragraph | Table, apart: tuple[Apart, ...] = ()) -> Document:
    """A document of these blocks."""
    return Document("a", "", "", list(blocks), list(apart))


def table(*rows: tuple[str, ...]) -> Table:
    """A table whose cells say where they stand."""
    return Table([[Cell(t, {"row": r, "cell": c}) for c, t in enumerate(row, 1)] for r, row in enumerate(rows, 1)])


def test_a_word_has_a_letter_or_a_figure() -> None:
    assert words_of("£1.2m – by Q2 • (25/26), ...") == ["£1.2m", "by", "Q2", "(25/26),"]


def test_every_word_is_in_a_record_in_the_furniture_or_unplaced() -> None:
    plan = document(
        Paragraph("Workforce", level=1),
        table(("Action", "Lead"), ("Review all posts.", "Ann Lee/Bo"), ("Hire two", "Cy")),
        apart=(Apart("7", "page number", {"page": 1}, furniture=True), Apart("really?", "comment", {"row": 2})),
    )
    found = reading(
        ReadRecord("action", "Review all posts", {"leads": [{"text": "Ann Lee"}, {"text": "Bo"}]}, ["Workforce"]),
        ReadRecord("action", "Hire", {"leads": [{"text": "Cy"}]}, ["Workforce"]),
        furniture=("Action\tLead",),
    )
    check(plan, found)
    assert found.words == {"source": 13, "in_records": 8, "furniture": 3, "unplaced": 2}
    assert [(left.text, left.source, left.why) for left in found.unplaced] == [
        ("two", [{"row": 3, "cell": 1}], "not part of any record"),
        ("really?", [{"row": 2}], "comment"),
    ]
    assert found.furniture[-1] == Leftover("7", [{"page": 1}], "page number")
    assert count_words(plan) == 13


def test_a_heading_repeated_on_records_hides_no_lost_word() -> None:
    plan = document(Paragraph("Cost", level=1), Paragraph("Review"), Paragraph("Cost of agency"), Paragraph("Hire"))
    found = reading(*(ReadRecord("action", text, {}, ["Cost"]) for text in ("Review", "Hire")))
    check(plan, found)
    assert [left.text for left in found.unplaced] == ["Cost of agency"]


def test_an_objective_printed_on_every_row_is_placed_every_time() -> None:
    plan = document(table(("Save money", "Review"), ("Save money", "Hire"), ("Save money", "Wait")))
    found = reading(*(ReadRecord("action", text, {"objective": "Save money"}) for text in ("Review", "Hire", "Wait")))
    check(plan, found)
    assert found.words == {"source": 9, "in_records": 9, "furniture": 0, "unplaced": 0}


def test_what_was_concluded_is_not_counted_as_printed() -> None:
    plan = document(Paragraph("Saved over £200,000 by May"), Paragraph("£200,000"))
    fields = {"facts": [{"text": "£200,000"}], "timescale": {"text": "by May", "from": "2025-05-01"}}
    found = reading(ReadRecord("action", "Saved over £200,000 by May", fields))
    check(plan, found)
    assert [left.text for left in found.unplaced] == ["£200,000"]


def test_words_broken_at_the_end_of_a_line_are_found_whole() -> None:
    plan = document(Paragraph("the arrange-\nments made"))
    found = reading(ReadRecord("action", "the arrangements made"))
    check(plan, found)
    assert found.words["unplaced"] == 0
    assert found.words["source"] == 4


texts = st.lists(st.sampled_from(["save", "money", "now", "£2m", "R1", "-", "agency-", "x"]), max_size=8).map(" ".join)


@given(
    st.lists(texts, max_size=5), st.lists(texts, max_size=4), st.lists(texts, max_size=3), st.lists(texts, max_size=3)
)
def test_the_sum_is_always_whole(
    source: list[str], records: list[str], furniture: list[str], unplaced: list[str]
) -> None:
    plan = document(*(Paragraph(text, {"lines": [n, n]}) for n, text in enumerate(source)))
    found = reading(
        *(ReadRecord("action", text) for text in records), furniture=tuple(furniture), unplaced=tuple(unplaced)
    )
    check(plan, found)
    words = found.words
    assert words["source"] == count_words(plan) == words["in_records"] + words["furniture"] + words["unplaced"]
    assert min(words.values()) >= 0
    listed = (list(found.unplaced), list(found.furniture))
    check(plan, found)
    assert (found.unplaced, found.furniture) == listed, "a second check finds nothing lost"
