"""Damaged in any way, a file becomes a Document or an UnreadableFile: nothing else, and soon."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from goldthread.reading.document import Document, UnreadableFile
from goldthread.reading.readers import read_document
from tests.reading.readers.making import at, drawn_pdf, typst_file

EACH = 20  # mutations of each kind of file: a hundred and more in all
PAGE = "<html><body><h1>Plan</h1><ul><li>one</ul><table><tr><th>a<th>b<tr><td rowspan=2>c<td>d<tr><td>e</table>"


def word(path: Path) -> None:
    """A Word plan with a table."""
    made = docx.Document()
    made.add_heading("Plan", 1)
    made.add_paragraph("one", style="List Bullet")
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "x"
    made.save(str(path))


def excel(path: Path) -> None:
    """A workbook with merges, a formula and a date."""
    book = openpyxl.Workbook()
    for row in [("Ref", "Action"), ("1", "=A2"), ("2", 45000)]:
        book.active.append(row)
    book.active["B3"].number_format = "dd/mm/yyyy"
    book.active.merge_cells("A2:A3")
    book.save(path)


def tagged(path: Path) -> None:
    """A tagged PDF with a table."""
    typst_file(path, "= Plan\n#table(columns: 2, table.header([A], [B]), ..range(6).map(i => [c#i]))\n- item")


def plain(path: Path) -> None:
    """An untagged PDF with rules."""
    rules = "".join(f"{x} 600 m {x} 700 l S\n100 {600 + x / 4} m 300 {600 + x / 4} l S\n" for x in (100, 200, 300))
    drawn_pdf(path, rules + at(110, 640, "one") + at(210, 640, "two"), at(110, 640, "three"))


MAKERS = {
    "a.docx": word,
    "a.xlsx": excel,
    "tagged.pdf": tagged,
    "plain.pdf": plain,
    "a.csv": lambda path: path.write_text('Ref,Action\n1,"two\nlines"\n', encoding="utf-8"),
    "a.html": lambda path: path.write_text(PAGE, encoding="utf-8"),
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some of them changed, taken out, doubled or cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        place, length = chance.randrange(max(len(out), 1)), chance.randint(1, 40)
        action = chance.randrange(5)
        if action == 0:
            out[place : place + length] = chance.randbytes(length)
        elif action == 1:
            del out[place : place + length]
        elif action == 2:
            out[place:place] = out[place : place + length]
        elif action == 3:
            out[place : place + 1] = chance.choice([b"9", b"-", b"<", b">", b"\x00", b"\xff", b'"'])
        elif chance.random() < 0.2:
            del out[place:]
    return bytes(out)


def repacked(path: Path, source: Path, chance: random.Random) -> None:
    """An Office file one of whose parts is damaged, while the archive around it is whole."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        parts = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = set(chance.sample(parts, 2))
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, swapped(data, chance) if name in chosen else data)


def swapped(data: bytes, chance: random.Random) -> bytes:
    """XML that stays well formed while its values change, or does not."""
    if chance.random() < 0.4:
        return mutated(data, chance)
    words = [b"0", b"-1", b"99999999999", b"abc", b"1048577", b"A1:XFD9", b"\xc3\xa9", b"1.5", b""]
    pieces = data.split(b'"')
    for _ in range(chance.randint(1, 6)):
        if len(pieces) > 2:
            pieces[chance.randrange(1, len(pieces) - 1, 2)] = chance.choice(words)
    return b'"'.join(pieces)


@pytest.mark.parametrize("name", MAKERS)
def test_damaged_files_are_read_or_refused(tmp_path: Path, name: str) -> None:
    source = tmp_path / f"source-{name}"
    MAKERS[name](source)
    data = source.read_bytes()
    outcomes = []
    for seed in range(EACH):
        chance = random.Random(seed)
        path = tmp_path / name
        if name.endswith(("docx", "xlsx")) and seed % 4:
            repacked(path, source, chance)
        else:
            path.write_bytes(mutated(data, chance))
        try:
            document = read_document(path)
        except UnreadableFile as problem:
            assert str(problem).startswith(name)
            outcomes.append("refused")
        else:
            assert isinstance(document, Document)
            assert all(
                len({len(row) for row in block.rows}) <= 1 for block in document.blocks if hasattr(block, "rows")
            )
            outcomes.append("read")
    assert len(outcomes) == EACH
