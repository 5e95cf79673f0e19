"""OpenDocument texts: headings, lists with their numbers, tables with spans, tracked changes and comments apart."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from goldthread.reading.document import Document, Paragraph, Table, UnreadableFile
from goldthread.reading.readers import read_document

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "text", "table", "style")
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
STYLES = (
    '<style:style style:name="Red" style:family="table-cell"><style:table-cell-properties fo:background-color="#ff0000"/>'
    '</style:style><style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/>'
    '</style:style><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/></text:list-style>'
)


def odt(path: Path, body: str, **parts: str) -> Path:
    """An .odt file with a body and perhaps further parts."""
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles><office:body>"
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
        for name, xml in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", xml)
    return path


def read(tmp_path: Path, body: str, **parts: str) -> Document:
    return read_document(odt(tmp_path / "a.odt", body, **parts))


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_headings_by_element_and_by_style(tmp_path: Path) -> None:
    body = '<text:h text:outline-level="1">Plan</text:h><text:p text:style-name="P1">Housing</text:p>' + p("Body")
    blocks = read(tmp_path, body).blocks
    assert [(b.text, b.level) for b in blocks if isinstance(b, Paragraph)] == [("Plan", 1), ("Housing", 2), ("Body", 0)]
    assert blocks[2].place["headings"] == ["Plan", "Housing"]


def test_white_space_tabs_and_breaks_are_those_that_show(tmp_path: Path) -> None:
    document = read(tmp_path, p("one\n   two<text:s text:c='3'/>three<text:tab/>four<text:line-break/>five"))
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["one two three\tfour\nfive"]


def test_lists_carry_their_numbers_and_bullets(tmp_path: Path) -> None:
    items = "".join(f"<text:list-item>{p(t)}</text:list-item>" for t in ("First", "Second"))
    body = f'<text:list text:style-name="L1">{items}</text:list><text:list>{items}</text:list>'
    found = [(b.text, b.bullet) for b in read(tmp_path, body).blocks if isinstance(b, Paragraph)]
    assert found == [("1. First", False), ("2. Second", False), ("First", True), ("Second", True)]


def test_a_table_with_spans_header_colour_and_list(tmp_path: Path) -> None:
    items = "".join(f"<text:list-item>{p(t)}</text:list-item>" for t in ("One", "Two"))
    body = (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell>"
        f"{p('Objective')}</table:table-cell><table:table-cell>{p('Action')}</table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row>"
        f'<table:table-cell table:number-rows-spanned="2">{p("Aim")}</table:table-cell>'
        f'<table:table-cell table:style-name="Red"><text:list>{items}</text:list></table:table-cell></table:table-row>'
        f"<table:table-row><table:covered-table-cell/><table:table-cell>{p('Next')}</table:table-cell></table:table-row>"
        "</table:table>"
    )
    table = read(tmp_path, body).blocks[0]
    assert isinstance(table, Table)
    assert table.header_rows == 1
    assert [[cell.text if cell else None for cell in row] for row in table.rows] == [
        ["Objective", "Action"],
        ["Aim", "One\nTwo"],
        [None, "Next"],
    ]
    aim, actions = table.rows[1]
    assert aim and actions
    assert (aim.row_span, actions.fill, actions.bullets) == (2, "ff0000", True)
    assert actions.place == {"headings": [], "table": 1, "row": 2, "cell": 2}


def test_hidden_rows_deletions_comments_and_contents_are_kept_apart(tmp_path: Path) -> None:
    who = "<dc:creator>A</dc:creator>"
    body = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info/>'
        f"{p('gone')}</text:deletion></text:changed-region></text:tracked-changes>"
        f"<text:table-of-content><text:index-body>{p('Plan 3')}</text:index-body></text:table-of-content>"
        + p(
            f'kept<text:change text:change-id="c1"/><office:annotation>{who}{p("a remark")}</office:annotation> and more'
        )
        + f"<table:table><table:table-row>{''.join(f'<table:table-cell>{p(t)}</table:table-cell>' for t in 'ab')}"
        f'</table:table-row><table:table-row table:visibility="collapse"><table:table-cell>{p("secret")}'
        "</table:table-cell></table:table-row></table:table>"
    )
    document = read(tmp_path, body)
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].text == "kept and more"
    assert {(a.text, a.why) for a in document.apart} == {
        ("gone", "deleted text (tracked change)"),
        ("a remark", "comment"),
        ("Plan 3", "contents list"),
        ("secret", "hidden row"),
    }


def test_footnotes_boxes_and_running_heads(tmp_path: Path) -> None:
    styles = (
        f"<office:document-styles {NAMES}><office:master-styles><style:master-page><style:header>{p('Draft')}"
        "</style:header></style:master-page></office:master-styles></office:document-styles>"
    )
    note = (
        '<text:note text:id="n1"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('A note')}</text:note-body></text:note>"
    )
    box = f"<draw:frame><draw:text-box>{p('In a box')}</draw:text-box></draw:frame>"
    document = read(tmp_path, p(f"Text{note}{box}") + p("After"), styles=styles)
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["Text", "In a box", "After", "A note"]
    assert [(a.text, a.furniture) for a in document.apart] == [("Draft", True)]


def test_repeats_without_end_are_bounded(tmp_path: Path) -> None:
    cell = f'<table:table-cell table:number-columns-repeated="9999999">{p("x")}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="9999999">{cell}</table:table-row>'
    body = f"<table:table>{row}<table:table-row/></table:table>"
    with pytest.raises(UnreadableFile, match="more than"):
        read(tmp_path, body)


@pytest.mark.parametrize(
    ("manifest", "content", "says"),
    [
        ("<m><encryption-data/></m>", None, "password"),
        (None, "<broken", "not well-formed"),
        (None, '<!DOCTYPE x [<!ENTITY a "b">]><office/>', "document type"),
        (None, "<office/>", "no text"),
    ],
)
def test_bad_files_end_in_one_sentence(tmp_path: Path, manifest: str | None, content: str | None, says: str) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        if manifest:
            package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content or "<office/>")
    with pytest.raises(UnreadableFile, match=says):
        read_document(path)


def test_a_deep_file_ends_in_a_sentence(tmp_path: Path) -> None:
    deep = "<text:section>" * 3000 + p("x") + "</text:section>" * 3000
    with pytest.raises(UnreadableFile):
        read(tmp_path, deep)
