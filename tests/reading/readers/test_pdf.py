"""What a user relies on when a PDF is read: rows and columns however the table is drawn, and running text made whole."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from goldthread.reading.readers import read_document
from tests.reading.readers.making import (
    apart,
    at,
    cell,
    drawn_pdf,
    grid,
    paragraphs,
    tables,
    texts,
    typst_file,
    without_tags,
)

PLAN = """
#set page(flipped: true, margin: 2cm, header: [Committee papers], footer: context counter(page).display("1"))
= Improvement plan
This plan says what will change in the coming year and who answers for it, at a length that needs more than one line of
the page, so that the reader has to put it together again.

It has a second paragraph.
== Workforce
#table(columns: (1fr, 2fr, 1fr), STROKE
 fill: (x, y) => if y == 0 { rgb("#99c7f0") },
 table.header([*Objective*], [*Action*], [*Lead*]),
 table.cell(rowspan: 2)[Spend less], [Review what is spent on agency staff in all of the services, and stop what brings no
 value to anybody who lives or works in the borough

 - first point
 - second point], [Ann Lee],
 [Hire two people], [Bo Day],
 ..range(30).map(i => ([Aim #i], [Step #i of the work], [Lead #i])).flatten())
- after one
- after two
"""
HEADER = ["Objective", "Action", "Lead"]
LONG = (
    "Review what is spent on agency staff in all of the services, and stop what brings no value to anybody who lives or "
    "works in the borough\nfirst point\nsecond point"
)


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan as a tagged PDF with a ruled table over two pages."""
    return typst_file(tmp_path_factory.mktemp("pdf") / "plan.pdf", PLAN.replace("STROKE", ""))


def check_text(path: Path) -> None:
    """Headings, paragraphs, list items and furniture of the plan."""
    document = read_document(path)
    assert [(p.level, p.text[:30]) for p in paragraphs(document)] == [
        (1, "Improvement plan"),
        (0, "This plan says what will chang"),
        (0, "It has a second paragraph."),
        (2, "Workforce"),
        (0, "after one"),
        (0, "after two"),
    ]
    assert "\n" not in texts(document)[1]
    assert [p.bullet for p in paragraphs(document)] == [False, False, False, False, True, True]
    furniture = {item.text for item in document.apart if item.furniture}
    assert {"Committee papers", "1", "2"} <= furniture
    assert document.pages == 2


def test_a_tagged_table_is_one_table_over_its_pages(tagged: Path) -> None:
    check_text(tagged)
    document = read_document(tagged)
    (table,) = tables(document)
    assert (table.method, table.header_rows, len(table.rows)) == ("tags", 1, 33)
    assert grid(table)[:3] == [HEADER, ["Spend less", LONG, "Ann Lee"], [None, "Hire two people", "Bo Day"]]
    assert cell(table, 0, 0).bold
    assert cell(table, 0, 0).fill == "99c7f0"
    assert cell(table, 1, 1).bullets
    last = cell(table, 32, 2)
    assert (last.text, last.place["page"], last.place["row"], last.place["cell"]) == ("Lead 29", 2, 33, 3)
    assert "repeated header row" in {item.why for item in document.apart}


def test_a_ruled_table_without_tags(tagged: Path, tmp_path: Path) -> None:
    path = without_tags(tagged, tmp_path / "plain.pdf")
    check_text(path)
    first, second = tables(read_document(path))
    assert (first.method, second.method) == ("ruled", "ruled")
    assert grid(first)[:3] == [HEADER, ["Spend less", LONG, "Ann Lee"], [None, "Hire two people", "Bo Day"]]
    assert grid(second)[0] == HEADER
    assert len(first.rows) + len(second.rows) == 34
    x0, top, x1, bottom = cell(first, 1, 0).place["box"]
    assert 50 < x0 < x1 < 300
    assert 100 < top < bottom < 300


def test_a_table_without_rules_or_tags(tmp_path: Path) -> None:
    source = typst_file(tmp_path / "a.pdf", PLAN.replace("STROKE", "stroke: none,"))
    path = without_tags(source, tmp_path / "plain.pdf")
    check_text(path)
    first, second = tables(read_document(path))
    assert (first.method, second.method) == ("gutters", "gutters")
    assert grid(first)[:3] == [HEADER, ["Spend less", LONG, "Ann Lee"], ["", "Hire two people", "Bo Day"]]
    assert grid(second)[0] == HEADER
    assert len(first.rows) + len(second.rows) == 34


def test_a_single_row_below_a_header_seen_before_is_a_table_without_rules_as_well(tmp_path: Path) -> None:
    def row(y: float, *cells: str) -> str:
        return "".join(at(60 + 110 * n, y, text) for n, text in enumerate(cells))

    head = ("Action", "Lead officer", "Due date", "BRAG")
    content = (
        at(60, 760, "Theme 1: Ponds", "F2")
        + row(740, *head)
        + row(720, "Dig a pond", "Pond Manager", "May 2026", "G")
        + row(700, "Plant reeds", "Reed Warden", "June 2026", "A")
        + row(680, "Count ducks", "Duck Warden", "July 2026", "G")
        + at(60, 600, "Theme 2: Boats", "F2")
        + row(580, *head)
        + row(560, "Mend boats", "Boat Warden", "May 2026", "R")
        + at(60, 500, "This page says what comes next for the ponds and for the boats on them.")
    )
    document = read_document(drawn_pdf(tmp_path / "a.pdf", content))
    first, second = tables(document)
    assert len(first.rows) == 4
    assert grid(second) == [list(head), ["Mend boats", "Boat Warden", "May 2026", "R"]]
    assert "Theme 2: Boats" in texts(document)
    assert texts(document)[-1].startswith("This page says what comes next")


def test_words_broken_at_the_ends_of_lines(tmp_path: Path) -> None:
    lines = [
        "The council will review all of its arrange-",
        "ments for people who need long-term help, so that long-",
        "term help is given and the services are well co-",
        "ordinated when they meet in the town, and arrangements last",
    ]
    content = "".join(at(60, 700 - 14 * n, line) for n, line in enumerate(lines))
    (text,) = texts(read_document(drawn_pdf(tmp_path / "a.pdf", content)))
    assert text.startswith("The council will review all of its arrangements for people")
    assert "long-term help is given" in text
    assert "well coordinated when" in text


def boxes(rows: list[float], columns: list[float]) -> str:
    """Ruled lines of a full grid."""
    across = [f"{columns[0]} {y} m {columns[-1]} {y} l S\n" for y in rows]
    down = [f"{x} {rows[0]} m {x} {rows[-1]} l S\n" for x in columns]
    return "".join(across + down)


def test_places_are_those_of_the_page_as_shown_when_it_is_turned(tmp_path: Path) -> None:
    rules = boxes([700, 680, 660], [100, 200, 300])
    words = at(105, 686, "Action", "F2") + at(205, 686, "Lead", "F2") + at(105, 666, "Review") + at(205, 666, "Ann")
    upright = read_document(drawn_pdf(tmp_path / "a.pdf", rules + words))
    (table,) = tables(upright)
    assert grid(table) == [["Action", "Lead"], ["Review", "Ann"]]
    assert cell(table, 0, 0).place["box"] == pytest.approx([100, 142, 200, 162], abs=1)
    assert cell(table, 0, 0).bold
    # the same drawn sideways on a page that is shown turned by 90 degrees
    turned = f"q 0 1 -1 0 800 0 cm {rules}{words} Q"
    sideways = read_document(drawn_pdf(tmp_path / "b.pdf", turned, rotate=90, size=(800, 595)))
    (table,) = tables(sideways)
    assert grid(table) == [["Action", "Lead"], ["Review", "Ann"]]
    x0, top, x1, bottom = cell(table, 1, 1).place["box"]
    assert (x1 - x0, bottom - top) == pytest.approx((100, 20), abs=1)


def test_a_box_around_text_is_no_table(tmp_path: Path) -> None:
    content = boxes([700, 600], [100, 400]) + at(110, 680, "A note in a frame") + at(60, 500, "Text below the frame.")
    document = read_document(drawn_pdf(tmp_path / "a.pdf", content))
    assert tables(document) == []
    assert texts(document) == ["A note in a frame", "Text below the frame."]


def test_two_columns_of_prose_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [at(60, 700 - 13 * n, f"left line {n} goes on with the text of it") for n in range(5)]
    right = [at(320, 700 - 13 * n, f"right line {n} goes on with the text of it") for n in range(5)]
    document = read_document(drawn_pdf(tmp_path / "a.pdf", "".join(left + right)))
    assert tables(document) == []
    joined = " ".join(texts(document))
    assert joined.index("left line 4") < joined.index("right line 0")


def test_progress_is_told_by_page(tagged: Path) -> None:
    told: list[tuple[int, int]] = []
    read_document(tagged, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_filled_form_fields_and_comments_are_not_lost(tmp_path: Path) -> None:
    rules = boxes([700, 680, 660], [100, 200, 400])
    words = at(105, 686, "Question") + at(205, 686, "Answer") + at(105, 666, "Progress?")
    path = drawn_pdf(tmp_path / "form.pdf", rules + words)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        widget = {"Subtype": pikepdf.Name.Widget, "FT": pikepdf.Name.Tx, "Rect": [202, 662, 398, 678]}
        value = {"T": pikepdf.String("answer"), "V": pikepdf.String("Two posts filled")}
        answer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, **value, **widget))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[answer])
        comment = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String("Check this")
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([answer, comment]))
        pdf.save()
    document = read_document(path)
    assert grid(tables(document)[0]) == [["Question", "Answer"], ["Progress?", "Two posts filled"]]
    assert apart(document, "comment") == ["Check this"]


def test_group_rows_run_across_an_unruled_table_and_contents_lists_are_furniture(tmp_path: Path) -> None:
    def row(y: float, *cells: str, font: str = "F1") -> str:
        return "".join(at(60 + 160 * n, y, text, font) for n, text in enumerate(cells))

    content = (
        at(60, 760, "1 Workforce .......................... 3")
        + row(700, "Objective", "Action", "Lead", font="F2")
        + row(680, "Better services for everybody who lives in the borough", font="F2")
        + row(660, "Spend less", "Review posts", "Ann")
        + row(640, "Hire well", "Train managers", "Bo")
        + row(620, "Safer streets for everybody who walks through the town", font="F2")
        + row(600, "Light", "Repair lamps", "Cy")
    )
    document = read_document(drawn_pdf(tmp_path / "a.pdf", content))
    (table,) = tables(document)
    assert grid(table) == [
        ["Objective", "Action", "Lead"],
        ["Better services for everybody who lives in the borough", None, None],
        ["Spend less", "Review posts", "Ann"],
        ["Hire well", "Train managers", "Bo"],
        ["Safer streets for everybody who walks through the town", None, None],
        ["Light", "Repair lamps", "Cy"],
    ]
    assert [item.why for item in document.apart] == ["contents list"]
