"""Prose: a document's blocks as clean lines and passages that remember where every character was printed.

A reader hands over blocks; a block may be one printed line, a whole paragraph, or half a sentence at the foot of a
page.
``lines_of`` makes clean lines of them (markup and bullet signs taken off), ``Passage`` joins lines into running
text, and
``Passage.places`` gives back where any part of that text stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from goldthread.reading.document import Block, Paragraph, Place, Table

Chars = list[tuple[str, int]]
"""Clean characters, each with its offset in the text as the reader gave it."""

_TAG = re.compile(r"</?(?:p|u|b|i|em|strong|span|div|ul|ol|li|br|sup|sub|a|font|h[1-6])\b[^<>]*>", re.IGNORECASE)
_BREAKING_TAG = re.compile(r"<(?:br|/p|/li|/div|/h[1-6])\b", re.IGNORECASE)
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_BULLET = re.compile(r"\s*(?:[-–—*•·▪●○◦■□►➢➤✓\uf0b7\uf0a7]|o(?=\s)|&bull;)\s+")
_HASHES = re.compile(r"\s*#{1,6}\s+")
# First parts of compound words that English keeps hyphenated ("in-depth", "cross-cutting").
_FIRST_PART = re.compile(
    r"all|anti|back|co|cross|decision|end|front|full|half|higher|high|in|joined|longer|long|lower|low|medium|mid|multi|"
    r"non|off|on|one|part|post|pre|re|self|semi|short|sub|two|under|up|user|value|well|year"
)
_WIDEST = 160  # characters of a printed line; what is longer was never wrapped
_RULE = re.compile(r"[\s\-–—_=|.]*")


@dataclass(slots=True)
class Line:
    """A clean piece of text outside tables, with what the file says of its looks.

    ``gap`` is True where a blank line stands before it, None where the format does not tell; ``raw`` is the length
    of the
    text that the reader gave for it, and ``start`` where in that text the line begins.
    """

    chars: Chars
    place: Place
    level: int = 0
    bullet: bool = False
    bold: bool = False
    size: float | None = None
    gap: bool | None = None
    whole: bool = True  # False: only a part of the block's text
    attached: bool = False  # goes on with the line before it, as wrapped text does
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = "".join(char for char, _ in self.chars)


@dataclass(slots=True)
class Passage:
    """Running text made of one or more lines; offsets into ``text`` lead back to the lines."""

    text: str = ""
    origin: list[tuple[int, int]] = field(default_factory=list)  # per character: which line, which character of it
    lines: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Append a line: with a space, or without one where a word was broken with a hyphen at the line's end."""
        index = len(self.lines)
        self.lines.append(line)
        if self.text and line.text:
            tail = self.text[-30:]
            broken = re.search(r"[a-z]-$", tail) and re.match(r"[a-z]", line.text)
            if broken and not _compound(tail):
                self.text, self.origin = self.text[:-1], self.origin[:-1]
            elif not re.search(r"[a-z]-$|/$", tail):
                self.text += " "
                self.origin.append(self.origin[-1])
        self.text += line.text
        self.origin.extend((index, position) for position in range(len(line.text)))

    def places(self, first: int = 0, last: int | None = None) -> list[Place]:
        """The places of ``text[first:last]``, one for each line it touches; a part of a line says which characters."""
        last = len(self.text) if last is None else last
        touched: dict[int, tuple[int, int]] = {}
        for index, position in self.origin[first:last]:
            low, high = touched.get(index, (position, position))
            touched[index] = (min(low, position), max(high, position))
        return [_part(self.lines[index], low, high) for index, (low, high) in touched.items()]


def _part(line: Line, low: int, high: int) -> Place:
    """The place of the characters low…high of a line, with ``chars`` (offsets in the block's own text) if it is not
    all."""
    if line.whole and low == 0 and high >= len(line.text) - 1:
        return dict(line.place)
    base = int(line.place.get("chars", [0])[0])
    return {**line.place, "chars": [base + line.chars[low][1], base + line.chars[high][1] + 1]}


def _compound(before: str) -> bool:
    """Whether a hyphen at a line's end belongs to the word: "in-" + "depth", "well-" + "used", "cross-" + "cutting"."""
    stem = re.search(r"([A-Za-z]+)-$", before)
    return stem is not None and _FIRST_PART.fullmatch(stem.group(1).lower()) is not None


def clean(text: str) -> Chars:
    """The characters of a text without markup, every run of white space one space (line ends "\\n" kept as breaks)."""
    drop = bytearray(len(text))
    breaks = set()
    for match in _TAG.finditer(text):
        drop[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        if _BREAKING_TAG.match(match.group()):
            breaks.add(match.start())
    for match in _MARKS.finditer(text):
        drop[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    chars: Chars = []
    for position, char in enumerate(text):
        if position in breaks or (char == "\n" and not drop[position]):
            _put(chars, "\n", position)
        elif not drop[position]:
            _put(chars, " " if char.isspace() or char in "\u200b\ufeff" else char, position)
    while chars and chars[-1][0] in " \n":
        chars.pop()
    return chars


def _put(chars: Chars, char: str, position: int) -> None:
    """Append a character, keeping white space to one sign (a break wins over a space)."""
    if char in " \n":
        if not chars:
            return
        if chars[-1][0] in " \n":
            if char == "\n":
                chars[-1] = ("\n", chars[-1][1])
            return
    chars.append((char, position))


def split_breaks(chars: Chars) -> list[Chars]:
    """The characters cut at line breaks; empty pieces left out."""
    pieces: list[Chars] = [[]]
    for char in chars:
        if char[0] == "\n":
            pieces.append([])
        else:
            pieces[-1].append(char)
    return [_trim(piece) for piece in pieces if _trim(piece)]


def _trim(chars: Chars) -> Chars:
    first, last = 0, len(chars)
    while first < last and chars[first][0] == " ":
        first += 1
    while last > first and chars[last - 1][0] == " ":
        last -= 1
    return chars[first:last]


def unbulleted(chars: Chars) -> tuple[Chars, bool]:
    """The characters without a leading bullet sign, and whether there was one."""
    text = "".join(char for char, _ in chars)
    match = _BULLET.match(text)
    if match:
        return chars[match.end() :], True
    match = _HASHES.match(text)
    return (chars[match.end() :] if match else chars), False


def _wrapped_at(blocks: Sequence[Block]) -> int | None:
    """The width at which a text file breaks its lines; None where it prints each paragraph on one line."""
    widths: list[int] = []
    for block in blocks:
        if isinstance(block, Paragraph) and "lines" in block.place:
            pieces = [len(piece.strip()) for piece in block.text.split("\n")]
            if max(pieces) > _WIDEST:
                return None
            widths.extend(pieces[:-1])
    widths.sort()
    return widths[len(widths) * 19 // 20] if len(widths) >= 8 and widths[len(widths) * 19 // 20] >= 45 else None


def _lines_of_paragraph(paragraph: Paragraph, width: int | None) -> list[Line]:
    """One line per printed line of a paragraph; only text files print meaningful line ends, and they count them."""
    pieces = split_breaks(clean(paragraph.text))
    numbers = paragraph.place.get("lines")
    made: list[Line] = []
    counted, breaks = 0, 0  # line ends before a place of the text
    for piece in pieces:
        chars, bullet = unbulleted(piece)
        if not chars:
            continue
        place = dict(paragraph.place)
        if numbers and len(pieces) > 1:
            breaks += paragraph.text.count("\n", counted, piece[0][1])
            counted = piece[0][1]
            number = numbers[0] + breaks
            place["lines"] = [number, number]
            start = paragraph.text.rfind("\n", 0, piece[0][1]) + 1
            chars = [(char, position - start) for char, position in chars]
        made.append(
            Line(
                chars=chars,
                place=place,
                level=paragraph.level,
                bullet=bullet or (paragraph.bullet and not made),
                attached=bool(made) and (paragraph.bullet or _filled_up(made[-1], piece, width)) and not bullet,
                bold=paragraph.bold or _all_bold(paragraph.text),
                size=paragraph.size,
                whole=len(pieces) == 1 or bool(numbers),
            )
        )
    return made


def _filled_up(before: Line, piece: Chars, width: int | None) -> bool:
    """Whether the line before has no room left for the first word of the next, as lines of wrapped text have not."""
    word = "".join(char for char, _ in piece).split(" ")[0]
    return width is not None and len(before.text) + 1 + len(word) > width - 3


def _all_bold(text: str) -> bool:
    """Whether a text file sets the whole line in asterisks."""
    return bool(re.fullmatch(r"\s*(?:[-–•*]\s+)?\*\*[^*]+\*\*\s*", text))


def _is_box(table: Table) -> bool:
    """Whether a table is only a frame around text: one column, and no header that the file marks."""
    return table.width == 1 and not table.header_rows


def _lines_of_box(table: Table) -> list[Line]:
    """The lines of a frame."""
    made: list[Line] = []
    for cell in (cell for row in table.rows for cell in row if cell is not None):
        pieces = split_breaks(clean(cell.text))
        for piece in pieces:
            chars, bullet = unbulleted(piece)
            if chars:
                whole = len(pieces) == 1
                made.append(Line(chars, cell.place, bullet=bullet or cell.bullets, bold=cell.bold, whole=whole))
    return made


def _without_tail(table: Table) -> tuple[Table, list[Line]]:
    """A table that nothing but white space parts, without the lines at its end that stand in its first column alone: the
    text goes on there."""
    if table.method not in ("aligned", "columns", "gutters"):
        return table, []
    filled = [[n for n, cell in enumerate(row) if cell is not None and cell.text.strip()] for row in table.rows]
    last = max((n for n, columns in enumerate(filled) if len(columns) > 1), default=len(filled) - 1)
    tail = table.rows[last + 1 :]
    if not tail or any(columns != [0] for columns in filled[last + 1 :] if columns):
        return table, []
    kept = Table(table.rows[: last + 1], table.place, table.header_rows, table.name, table.method)
    made: list[Line] = []
    for row in tail:
        for cell in row[:1]:
            if cell is not None and cell.text.strip():
                chars, bullet = unbulleted(clean(cell.text.replace("\n", " ")))
                made.append(Line(chars, cell.place, bullet=bullet, gap=True))
    return kept, made


def lines_of(blocks: Iterable[Block]) -> list[Line | Table]:
    """The blocks as clean lines, tables left as they are; lines of signs alone ("----") are left out."""
    flow: list[Line | Table] = []
    last_number: int | None = None
    blocks = list(blocks)
    width = _wrapped_at(blocks)
    for block in blocks:
        if isinstance(block, Table):
            if block.width:
                table, below = _without_tail(block)
                flow.extend(_lines_of_box(table) if _is_box(table) else [table])
                flow.extend(below)
            last_number = None
            continue
        for line in _lines_of_paragraph(block, width):
            numbers = line.place.get("lines")
            if numbers:
                line.gap = last_number is None or numbers[0] > last_number + 1
                last_number = numbers[1]
            if not _RULE.fullmatch(line.text):
                flow.append(line)
    return flow


def passage_of(lines: Sequence[Line]) -> Passage:
    """The lines joined into one passage."""
    passage = Passage()
    for line in lines:
        passage.add(line)
    return passage


_UNFINISHED = re.compile(
    r"(?:[,(–—&]|\b(?:a|an|and|are|as|at|by|for|from|has|have|in|is|of|on|or|that|the|their|to|which|with))$"
)


def continues(before: Line, after: Line) -> bool:
    """Whether ``after`` is the rest of the paragraph that ``before`` begins (a line end, a page end between them)."""
    if after.attached:
        return True
    if after.bullet or before.level or after.level or re.search(r"[.:;?!][\"'”’)]*$", before.text):
        return False
    words = len(before.text.split())
    if re.match(r"[a-z(]", after.text) and not re.match(r"\(?[a-z0-9ivx]{1,4}[.)]\s", after.text):
        return words >= 5 or bool(_UNFINISHED.search(before.text))
    if words >= 5 and _UNFINISHED.search(before.text):
        return True
    # printed line under printed line, the first as long as lines are where text is wrapped
    return (
        after.gap is False
        and len(before.text) >= 55
        and not re.match(r"\(?(?:[a-z]|[ivx]+|\d+(?:\.\d+)*)[.)]\s", after.text)
    )
