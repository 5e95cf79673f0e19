"""Plain text and Markdown: lines become headings, list items, paragraphs and tables; each knows the lines it stands on.

Text that was made from a PDF keeps its tables as lines with tabs. Rows are kept as printed, one row a line: whether two
lines are one torn row is a question of meaning, and is answered later.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from goldthread.reading.document import Apart, Block, Document, Paragraph, UnreadableFile
from goldthread.reading.readers.text_columns import aligned_tables
from goldthread.reading.readers.text_tables import markdown_table, starts_markdown_table, tab_table

MAX_BYTES = 20 * 1024 * 1024  # far above any plan; keeps time and memory within bounds
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"^\s*(?:[•·▪●○◦■□►➢➤✓\uf0b7\uf0a7]\s*|[-–*]\s+|o\s(?=\S))(?=\S)")
_PAGE_NUMBER = re.compile(
    r"^\s*(?:page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-–]\s*\d{1,4}\s*[-–]|\d{1,4}\s+of\s+\d{1,4})\s*$", re.I
)
_BARE_NUMBER = re.compile(r"^\s*\d{1,4}\s*$")
_RULE = re.compile(r"^\s*(?:[-_=*]\s*){3,}$")
RUNNING_HEAD_TIMES = 3  # a line that stands at this many page breaks is a running head


@dataclass(slots=True)
class Line:
    """A printed line: its number from 1, its text without the line end, and whether a page begins with it."""

    number: int
    text: str
    page_start: bool = False


@dataclass(slots=True)
class _Pages:
    """What is page furniture: for each line number, why."""

    why: dict[int, str] = field(default_factory=dict)


def read(path: Path, name: str) -> Document:
    """Read a text file into a Document. Raises UnreadableFile where it is too large, or holds bytes that no text holds."""
    lines = split_lines(_decode(path, name))
    furniture = _page_furniture(lines)
    document = Document(name=name, sha256="", media_type="text/plain")
    document.apart = [
        Apart(line.text.strip(), furniture.why[line.number], {"lines": [line.number, line.number]}, furniture=True)
        for line in lines
        if line.number in furniture.why
    ]
    document.blocks = _blocks([line for line in lines if line.number not in furniture.why])
    return document


def _decode(path: Path, name: str) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else the Windows code page that older exports use."""
    data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    if data is None:
        raise UnreadableFile(f"{name} is larger than {MAX_BYTES // 1024**2} MB of text: split it and read the parts.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableFile(
                f"{name} is cut off in the middle of a character: save it again as UTF-8 text."
            ) from None
    if b"\0" in data:
        raise UnreadableFile(f"{name} holds NUL bytes, which no text does: save it again as UTF-8 text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def split_lines(text: str) -> list[Line]:
    """The lines of a text as an editor numbers them. A form feed begins a page; inside a line it parts it in two that
    bear the same number."""
    lines = []
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        for n, part in enumerate(raw.split("\f")):
            if n or part.strip() or "\f" not in raw:
                lines.append(Line(number, part, page_start=n > 0 or number == 1))
    return lines


def _page_furniture(lines: list[Line]) -> _Pages:
    """Page numbers and running heads. A bare number counts only beside a page break: elsewhere it numbers an entry."""
    pages = _Pages()
    edges: list[Line] = []
    filled = [line for line in lines if line.text.strip()]
    for place, line in enumerate(filled):
        before_break = place + 1 < len(filled) and filled[place + 1].page_start
        at_break = line.page_start or before_break
        if _PAGE_NUMBER.match(line.text):
            pages.why[line.number] = "page number"
        elif at_break and len(filled) > 1 and "\t" not in line.text:
            if _BARE_NUMBER.match(line.text) and line.number > 1:
                pages.why[line.number] = "page number"
            else:
                edges.append(line)
    times = Counter(" ".join(line.text.split()).lower() for line in edges)
    for line in edges:
        if times[" ".join(line.text.split()).lower()] >= RUNNING_HEAD_TIMES:
            pages.why[line.number] = "running head"
    return pages


def _blocks(lines: list[Line]) -> list[Block]:
    """Blocks in reading order."""
    blocks: list[Block] = []
    boxes = _boxes(lines)
    here = 0
    for first, last, table in [] if boxes else aligned_tables(_by_page(lines)):
        stop = next(n for n in range(here, len(lines)) if lines[n].number == first)
        _plain_blocks(lines[here:stop], boxes, blocks)
        blocks.append(table)
        here = next((n for n in range(stop, len(lines)) if lines[n].number > last), len(lines))
    _plain_blocks(lines[here:], boxes, blocks)
    return blocks


def _by_page(lines: list[Line]) -> list[list[tuple[int, str]]]:
    """The lines of each page with their numbers."""
    pages: list[list[tuple[int, str]]] = [[]]
    for line in lines:
        if line.page_start and pages[-1]:
            pages.append([])
        pages[-1].append((line.number, line.text))
    return pages


def _plain_blocks(lines: list[Line], boxes: dict[int, tuple[int, int]], blocks: list[Block]) -> None:
    """Add the blocks of lines among which no columns stand side by side."""
    here = 0
    while here < len(lines):
        text = lines[here].text
        if not text.strip():
            here += 1
        elif starts_markdown_table([line.text for line in lines[here : here + 2]]):
            stop = _run(lines, here, lambda line: "|" in line.text)
            blocks.append(markdown_table([(line.number, line.text) for line in lines[here:stop]]))
            here = stop
        elif "\t" in text.strip(" "):
            stop = _run(lines, here, lambda line: "\t" in line.text and bool(line.text.strip()))
            blocks.append(tab_table([(line.number, line.text) for line in lines[here:stop]]))
            here = stop
        else:
            here = _paragraph(lines, here, blocks, boxes)


def _run(lines: list[Line], here: int, belongs: Callable[[Line], bool]) -> int:
    """Where the run of lines that belong together stops; a gap in the line numbers (a page number taken out) stays inside."""
    stop = here + 1
    while stop < len(lines) and belongs(lines[stop]):
        stop += 1
    return stop


def _paragraph(lines: list[Line], here: int, blocks: list[Block], boxes: dict[int, tuple[int, int]]) -> int:
    """Add the paragraph, heading or list item that begins at a line; gives the index of the line after it."""
    first = lines[here]
    heading = _HEADING.match(first.text)
    if heading:
        place = {"lines": [first.number, first.number]}
        blocks.append(Paragraph(heading.group(2), place, level=len(heading.group(1))))
        return here + 1
    if _RULE.match(first.text):
        return here + 1
    bullet = _BULLET.match(first.text)
    texts = [first.text[bullet.end() :] if bullet else first.text]
    stop = here + 1
    while stop < len(lines) and _continues(lines, stop, boxes):
        texts.append(lines[stop].text)
        stop += 1
    place = {"lines": [first.number, lines[stop - 1].number]}
    text = "\n".join(part.strip() for part in texts)
    blocks.append(Paragraph(text, place, bullet=bullet is not None, box=boxes.get(first.number)))
    return stop


def _continues(lines: list[Line], stop: int, boxes: dict[int, tuple[int, int]]) -> bool:
    """A line goes on with the paragraph above unless it is blank or begins something of its own."""
    text = lines[stop].text
    if not text.strip() or "\t" in text.strip(" ") or _HEADING.match(text) or _BULLET.match(text) or _RULE.match(text):
        return False
    if starts_markdown_table([line.text for line in lines[stop : stop + 2]]):
        return False
    if _BARE_NUMBER.match(text) or _BARE_NUMBER.match(lines[stop - 1].text):
        return False  # a number on a line of its own numbers what follows
    box, before = boxes.get(lines[stop].number), boxes.get(lines[stop - 1].number)
    return box is None or before is None or box[0] == before[0]


def _boxes(lines: list[Line]) -> dict[int, tuple[int, int]]:
    """Boxes of torn pages: for each line number the box it stands in, and how many lines below the top of that box.

    Some converters write each cell of a table as a block of lines, every line ending in a space, an empty line of the cell
    as a single space, and the cells apart with a line that is really empty. A line that begins with a space then is the
    first of a new page's first cell. Where a text does not have both kinds of blank line, it tells nothing of boxes.
    """
    blank = [line.text for line in lines if not line.text.strip()]
    filled = [line.text for line in lines if line.text.strip()]
    spaced = sum(1 for text in filled if text.endswith(" "))
    bare = sum(1 for text in blank if text == "")
    if not filled or spaced < 0.9 * len(filled) or bare < 5 or len(blank) - bare < 5:
        return {}
    found: dict[int, tuple[int, int]] = {}
    box, top = 0, 1
    for line in lines:
        if line.text == "":
            box, top = box + 1, line.number + 1
            continue
        if line.text.strip() and line.text.startswith(" "):
            box, top = box + 1, line.number - 1  # the space is what is left of an empty line above it
        found[line.number] = (box, line.number - top)
    return found
