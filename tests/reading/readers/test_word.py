"""What a user relies on when a Word plan is read: every printed word, in its row, with the headings above it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from goldthread.reading.readers import read_document
from tests.reading.readers.making import (
    NAMESPACES,
    apart,
    cell,
    grid,
    para,
    paragraphs,
    tables,
    texts,
    word_cell,
    word_file,
    word_row,
    word_table,
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan as a coordinator makes it in Word."""
    made = docx.Document()
    made.core_properties.title = "Improvement plan"
    made.add_heading("Improvement plan", 0)
    made.add_heading("Workforce", 1)
    made.add_paragraph("What we want to change.")
    made.add_paragraph("fewer agency staff", style="List Bullet")
    made.add_paragraph("first step", style="List Number")
    made.add_paragraph("second step", style="List Number")
    made.add_heading("Agency", 2)
    table = made.add_table(3, 3)
    for row, line in enumerate(
        [("Objective", "Action", "Lead"), ("Spend less", "Review posts", "Ann"), ("", "Hire", "Bo")]
    ):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    made.add_heading("Housing", 1)
    made.add_paragraph("After the table.")
    made.sections[0].header.paragraphs[0].text = "Committee papers"
    path = tmp_path / "plan.docx"
    made.save(str(path))
    return path


def test_headings_lists_and_tables_stand_in_order(plan: Path) -> None:
    document = read_document(plan)
    assert texts(document) == [
        "Improvement plan", "Workforce", "What we want to change.", "fewer agency staff", "1. first step", "2. second step",
        "Agency", "Housing", "After the table.",
    ]  # fmt: skip
    assert [p.level for p in paragraphs(document)] == [1, 1, 0, 0, 0, 0, 2, 1, 0]
    assert [p.bullet for p in paragraphs(document)][3:6] == [True, True, True]
    (table,) = tables(document)
    assert grid(table) == [["Objective", "Action", "Lead"], ["Spend less", "Review posts", "Ann"], [None, "Hire", "Bo"]]
    assert cell(table, 1, 0).row_span == 2
    assert cell(table, 2, 1).place == {"headings": ["Workforce", "Agency"], "table": 1, "row": 3, "cell": 2}
    assert document.media_type.endswith("wordprocessingml.document")
    assert len(document.sha256) == 64
    assert document.properties["title"] == "Improvement plan"
    assert [item.text for item in document.apart if item.furniture] == ["Committee papers"]


def test_tracked_changes_show_the_text_as_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Spend </w:t></w:r>"
        "<w:ins w:id='1' w:author='x'><w:r><w:t xml:space='preserve'>much </w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='x'><w:r><w:delText>no </w:delText></w:r></w:del>"
        "<w:moveFrom w:id='3' w:author='x'><w:r><w:t>moved away</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>less</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del w:id='4' w:author='x'/></w:rPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p>"
        + para("entry")
    )
    table = word_table(
        word_row("kept", "row"),
        word_row("gone", "row", properties="<w:del w:id='5' w:author='x'/>"),
        word_row("last", ""),
    )
    document = read_document(word_file(tmp_path / "a.docx", body + table))
    assert texts(document) == ["Spend much less", "one entry"]
    assert grid(tables(document)[0]) == [["kept", "row"], ["last", ""]]
    assert apart(document, "deleted") == ["no moved away", "gone", "row"]


def test_content_controls_fields_and_text_boxes_are_read(tmp_path: Path) -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        + para("In the box")
        + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        + para("In the box")
        + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    body = (
        "<w:sdt><w:sdtContent>" + para("Inside a control") + "</w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click to enter</w:t></w:r></w:sdtContent>"
        "</w:sdt></w:p>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>27 May 2025</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:t xml:space='preserve'> done</w:t></w:r></w:p>" + box
    )
    document = read_document(word_file(tmp_path / "a.docx", body))
    assert texts(document) == ["Inside a control", "27 May 2025", "✓ done", "In the box"]
    assert apart(document, "prompt") == ["Click to enter"]
    assert apart(document, "hidden") == ["secret"]


def test_comments_and_footnotes_are_kept(tmp_path: Path) -> None:
    comments = (
        f"<w:comments {NAMESPACES}><w:comment w:id='7' w:author='A B'>{para('Is this right?')}</w:comment></w:comments>"
    )
    notes = (
        f"<w:footnotes {NAMESPACES}><w:footnote w:id='0' w:type='separator'>{para('---')}</w:footnote>"
        f"<w:footnote w:id='2'>{para('Source: the budget.')}</w:footnote></w:footnotes>"
    )
    body = (
        "<w:p><w:r><w:t>Spend less</w:t><w:footnoteReference w:id='2'/><w:commentReference w:id='7'/></w:r></w:p>"
        + para("z")
    )
    document = read_document(word_file(tmp_path / "a.docx", body, comments=comments, footnotes=notes))
    assert texts(document) == ["Spend less", "z", "Source: the budget."]
    assert apart(document, "comment") == ["Is this right?"]


def test_merges_spans_and_columns_that_only_edges_need(tmp_path: Path) -> None:
    body = word_table(
        word_row(word_cell("Theme", "<w:gridSpan w:val='5'/>"), properties="<w:tblHeader/>"),
        word_row(word_cell("A", "<w:gridSpan w:val='2'/>"), word_cell("B", "<w:gridSpan w:val='3'/>")),
        word_row(
            word_cell("x", "<w:gridSpan w:val='2'/><w:vMerge w:val='restart'/>"),
            word_cell("y", "<w:gridSpan w:val='3'/><w:shd w:fill='FF0000'/>"),
        ),
        word_row(word_cell("", "<w:gridSpan w:val='2'/><w:vMerge/>"), word_cell("z", "<w:gridSpan w:val='3'/>")),
    )
    (table,) = tables(read_document(word_file(tmp_path / "a.docx", body)))
    assert grid(table) == [["Theme", None], ["A", "B"], ["x", "y"], [None, "z"]]
    assert table.header_rows == 1
    assert (cell(table, 0, 0).col_span, cell(table, 2, 0).row_span, cell(table, 2, 1).fill) == (2, 2, "ff0000")
    assert cell(table, 2, 1).place["cell"] == 2


def test_a_frame_is_no_table_and_a_nested_table_stays_in_its_cell(tmp_path: Path) -> None:
    inner = word_table(word_row("a", "b"), word_row("c", "d"))
    framed = word_table(word_row(word_cell(inner + para("below"))))
    nested = word_table(word_row("left", word_cell(para("above") + inner)))
    document = read_document(word_file(tmp_path / "a.docx", framed + nested))
    assert [grid(table) for table in tables(document)] == [
        [["a", "b"], ["c", "d"]],
        [["left", "above\na\tb\nc\td"]],
    ]
    assert texts(document) == ["below"]


def test_automatic_numbers_are_printed_and_bullets_marked(tmp_path: Path) -> None:
    numbering = (
        f"<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId='0'>"
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='R%1'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1(%2)'/></w:lvl></w:abstractNum>"
        "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='-'/></w:lvl>"
        "</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
        "</w:numbering>"
    )

    def item(text: str, number: int, level: int = 0) -> str:
        return para(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>")

    rows = word_table(
        word_row(word_cell(item("", 1)), "Spend less"),
        word_row(word_cell(item("", 1)), word_cell(para("Criteria") + item("one", 2) + item("two", 2))),
    )
    body = item("Save", 1) + item("now", 1, 1) + item("later", 1, 1) + item("Grow", 1) + rows
    document = read_document(word_file(tmp_path / "a.docx", body, numbering=numbering))
    assert texts(document) == ["R1 Save", "1(a) now", "1(b) later", "R2 Grow"]
    assert grid(tables(document)[0]) == [["R3", "Spend less"], ["R4", "Criteria\n• one\n• two"]]


def test_a_contents_list_is_furniture(tmp_path: Path) -> None:
    body = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{para('Workforce 3')}</w:sdtContent></w:sdt>" + para("Text")
    )
    document = read_document(word_file(tmp_path / "a.docx", body))
    assert texts(document) == ["Text"]
    assert [item.text for item in document.apart if item.furniture] == ["Workforce 3"]


def test_an_organisation_chart_is_read_from_the_top_down(tmp_path: Path) -> None:
    points = "".join(
        f"<dgm:pt modelId='{n}'><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for n, text in enumerate(["Director", "Head of Parks", "Head of Roads"], start=1)
    )
    joins = (
        "<dgm:cxn modelId='8' srcId='1' destId='3' srcOrd='1'/><dgm:cxn modelId='9' srcId='1' destId='2' srcOrd='0'/>"
    )
    data = (
        f"<dgm:dataModel {NAMESPACES}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{joins}</dgm:cxnLst></dgm:dataModel>"
    )
    body = "<w:p><w:r><w:drawing><a:graphicData><dgm:relIds r:dm='rId1'/></a:graphicData></w:drawing></w:r></w:p>"
    document = read_document(word_file(tmp_path / "a.docx", body, diagramData=data))
    assert texts(document) == ["Director", "Head of Parks", "Head of Roads"]
    assert [p.place["depth"] for p in paragraphs(document)] == [0, 1, 1]
