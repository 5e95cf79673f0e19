"""What a user relies on when a web page is read: its headings, lists and tables, not its menus and scripts."""

from __future__ import annotations

from pathlib import Path

from goldthread.reading.readers import read_document
from tests.reading.readers.making import apart, cell, grid, paragraphs, tables, texts

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Leadership</title><style>p{}</style></head><body>
<nav><a href=/>Home</a> <a href=/a>A to Z</a></nav>
<main><h1>Our   leadership</h1><p>Who <b>answers</b> for<br>what.</p><script>alert("no")</script>
<h2>Directors</h2><ul><li>Ann Lee<ul><li>Parks</li></ul></li><li>Bo</li></ul><p hidden>old text</p>
<table><caption>Posts</caption><thead><tr><th>Post</th><th>Holder</th><th>Since</th></tr></thead>
<tr><td rowspan="2">Director</td><td style="background:#f00">Ann</td><td>2023</td></tr><tr><td colspan=2>vacant</td></tr>
<tr style="display:none"><td>x</td><td>y</td><td>z</td></tr></table></main>
<footer>© the council</footer></body></html>"""


def test_a_page_keeps_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(path)
    assert texts(document) == [
        "Our leadership",
        "Who answers for\nwhat.",
        "Directors",
        "Ann Lee",
        "Parks",
        "Bo",
        "Posts",
    ]
    assert [p.level for p in paragraphs(document)] == [1, 0, 2, 0, 0, 0, 0]
    assert [p.bullet for p in paragraphs(document)] == [False, False, False, True, True, True, False]
    (table,) = tables(document)
    assert grid(table) == [["Post", "Holder", "Since"], ["Director", "Ann", "2023"], [None, "vacant", None]]
    assert (table.header_rows, table.name, cell(table, 1, 1).fill) == (1, "Posts", "ff0000")
    assert cell(table, 2, 1).place == {"headings": ["Our leadership", "Directors"], "table": 1, "row": 3, "cell": 2}
    assert document.properties["title"] == "Leadership"
    assert [item.text for item in document.apart if item.furniture] == ["Home A to Z", "© the council"]
    assert apart(document, "hidden") == ["old text", "x\ty\tz"]


def test_layout_tables_and_other_encodings(tmp_path: Path) -> None:
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    path = tmp_path / "page.htm"
    page = f"<html><meta charset=windows-1252><body><table><tr><td>Menu £</td><td>{inner}</td></tr></table>"
    path.write_bytes(page.encode("cp1252"))
    document = read_document(path)
    assert texts(document) == ["Menu £"]
    assert [grid(table) for table in tables(document)] == [[["a", "b"], ["c", "d"]]]


def test_the_numbers_of_an_ordered_list_are_read_as_a_browser_prints_them(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    lists = '<ol start="3"><li>Mend bridges</li><li><p>Count ducks</p><p>Twice</p></li></ol><ol type="a"><li>Sow reeds</li></ol>'
    path.write_text(f"<html><body><h1>Ponds</h1>{lists}<ul><li>Nets</li></ul></body></html>", encoding="utf-8")
    assert texts(read_document(path)) == ["Ponds", "3. Mend bridges", "4. Count ducks", "Twice", "a. Sow reeds", "Nets"]
