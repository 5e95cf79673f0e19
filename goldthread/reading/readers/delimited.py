"""Delimited text (.csv, .tsv): encoding and delimiter found, quoted line breaks kept, titles set apart."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from goldthread.reading.document import Apart, Cell, Document, UnreadableFile
from goldthread.reading.readers.grids import GridRow, blocks_of
from goldthread.reading.readers.wording import tidy

MAX_CELLS = 200_000  # a plan or a register; exports of whole systems go through linkage
_SAID = re.compile(r"sep=(.)\r?\n", re.I)
_SAMPLE = 200  # rows that are looked at to find the delimiter


def read(path: Path, name: str) -> Document:
    """Read a delimited text file. Rows are counted from 1; a quoted line break begins none."""
    text = decode(path.read_bytes(), name)
    said = _SAID.match(text)
    if said:  # a line that Excel takes as an instruction
        text = text[said.end() :]
    tabbed = Path(name).suffix.lower() in (".tsv", ".tab") and "\t" in text
    delimiter = said.group(1) if said else "\t" if tabbed else _delimiter(text)
    rows: list[GridRow] = []
    cells = 0
    try:
        for number, values in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=2 if said else 1
        ):
            cells += len(values)
            if cells > MAX_CELLS:
                raise UnreadableFile(f"{name} has more than {MAX_CELLS:,} cells: split it into smaller files.")
            filled = {c: tidy(value) for c, value in enumerate(values, start=1) if value.strip()}
            if any(filled.values()):
                made = {c: Cell(t, {"row": number, "column": c}) for c, t in filled.items() if t}
                rows.append(GridRow(number, made, place={"row": number}))
    except csv.Error as problem:
        raise UnreadableFile(
            f"{name} cannot be read as a table at row {len(rows) + 1} ({problem}): look for a quotation mark that is "
            "never closed, and export it again."
        ) from problem
    document = Document(name, "", "", blocks_of(rows, name=None, method="delimited"))
    if said:
        document.apart.append(Apart(said.group(0).strip(), "delimiter of the file", {"row": 1}, furniture=True))
    return document


def decode(data: bytes, name: str) -> str:
    """Bytes to text: UTF-8 or UTF-16 where they say so, else UTF-8, else Windows-1252. Raises UnreadableFile."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return _without_nul(data.decode(encoding), name)
            except UnicodeDecodeError as problem:
                raise UnreadableFile(
                    f"{name} is damaged (its text is not what its first bytes announce): export it again as UTF-8."
                ) from problem
    try:
        return _without_nul(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _without_nul(data.decode("cp1252", errors="replace"), name)


def _without_nul(text: str, name: str) -> str:
    if "\x00" in text:
        raise UnreadableFile(
            f"{name} has NUL bytes in it, so it is not plain text: export it again as UTF-8 (CSV UTF-8 in Excel)."
        )
    return text


def _delimiter(text: str) -> str:
    """The delimiter under which most rows have the same number of cells, more than one."""
    best, best_score = ",", 0.0
    for candidate in (",", "\t", ";", "|"):
        widths: Counter[int] = Counter()
        try:
            for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=candidate)):
                if number >= _SAMPLE:
                    break
                widths[len(row)] += 1
        except csv.Error:
            continue
        rows = sum(count for width, count in widths.items() if width)
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(0, 0))
        score = (count / rows if rows else 0) + min(width, 20) / 1000 if width > 1 else 0.0
        if score > best_score:
            best, best_score = candidate, score
    return best
