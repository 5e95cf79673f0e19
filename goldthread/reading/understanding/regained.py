"""Tables whose columns were lost: text copied out of a PDF or a page, a cell below the other, or cell after cell in a line.

A header is looked for whose words are known headings, one a line or all in one line. What stands below it is then cut
into rows, so that the cells fit the columns best: codes, people, dates, ratings and statuses are told by themselves, and
between them stands text. Where that does not hold for nearly all rows, the words stay as they are and a question is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from goldthread.reading.document import Block, Cell, Document, Paragraph, Place, Table
from goldthread.reading.understanding.regained_headers import Header, columns_at, header_at, parts_of
from goldthread.reading.understanding.regained_rows import FEWEST_ROWS, FITTING, Token, cut, doubtful, fits_told
from goldthread.reading.understanding.shredded import looks_shredded

FEWEST_LINES = 4  # below a header
METHOD, EXACT = "regained", "counted"  # put together by what the words are; by wide spaces, or by counting lines
_ADVICE = {"recommendation", "action"}
DOUBT = "The columns of this row were lost in the file. Do its words stand in the right fields?"


@dataclass(slots=True)
class Line:
    """A printed line of a paragraph: its number, its words, and whether a blank line stands above it."""

    number: int
    text: str
    gap: bool
    paragraph: Paragraph
    bullet: bool = False


@dataclass(slots=True)
class _Out:
    blocks: list[Block] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    tables: int = 0
    shredded: bool = False  # numbered recommendations above their actions, which a reader of their own reads


def regained(document: Document) -> Document:
    """A text document with the tables whose columns were lost as tables again; itself where there are none.

    Each cell knows the lines that it stands on. Only plain text is looked at, outside the tables that it still has.
    """
    if document.media_type != "text/plain":
        return document
    out = _Out(shredded=looks_shredded(document))
    run: list[Paragraph] = []
    for block in [*map(_numbered, document.blocks), None]:
        if isinstance(block, Paragraph) and not block.level and block.box is None and "lines" in block.place:
            run.append(block)
            continue
        _run(run, out)
        run = []
        if block is not None:
            out.blocks.append(block)
    if not out.tables and not out.asks:
        return document
    return replace(document, blocks=out.blocks, asks=[*document.asks, *out.asks])


def _numbered(block: Block) -> Block:
    """A header that begins with "#" for the numbers of its rows, and was taken for a heading of Markdown, as it was."""
    if isinstance(block, Paragraph) and block.level == 1 and header_at([f"# {block.text}"]) is not None:
        return replace(block, text=f"# {block.text}", level=0)
    return block


def _run(run: list[Paragraph], out: _Out) -> None:
    """Add a run of paragraphs to the blocks, its lost tables as tables."""
    lines = list(_lines_of(run))
    found = list(_by_columns(lines))
    headers = [] if found else [one for one in _headers(lines) if not (out.shredded and {*one[1].roles} >= _ADVICE)]
    found += _by_rows(lines, headers, out)
    if not found:
        out.blocks.extend(run)
        return
    here = 0
    for first, stop, table in found:
        out.blocks.extend(_paragraphs(lines[here:first]))
        out.blocks.append(table)
        out.tables += 1
        here = stop
    out.blocks.extend(_paragraphs(lines[here:]))


def _by_rows(lines: Sequence[Line], headers: list[tuple[int, Header]], out: _Out) -> list[tuple[int, int, Table]]:
    """The tables below headers; where a header comes again, as on each page, one row below it is enough."""
    stops = [*(at for at, _ in headers[1:]), len(lines)] if headers else []
    made: dict[int, tuple[int, Table]] = {}
    for fewest in (FEWEST_ROWS, 1):
        known = {header.texts for at, header in headers if at in made}
        for (at, header), stop in zip(headers, stops, strict=True):
            if at not in made and (fewest > 1 or header.texts in known):
                table = _table(lines[at:stop], header, fewest)
                made |= {at: table} if table is not None else {}
    for (at, header), stop in zip(headers, stops, strict=True):
        if at not in made and stop - at - header.lines >= FEWEST_LINES:
            out.asks.append(
                f"Below “{' · '.join(header.texts)}” (line {lines[at].number}) a table seems to stand whose columns were "
                "lost. Nothing was taken from it. Is there a file of it that keeps its columns?"
            )
    return [(at, at + length, table) for at, (length, table) in sorted(made.items())]


def _lines_of(run: Sequence[Paragraph]) -> Iterator[Line]:
    last: int | None = None
    for paragraph in run:
        first, end = paragraph.place["lines"]
        texts = paragraph.text.split("\n")
        for n, text in enumerate(texts):
            number = min(first + n, end)
            gap = last is not None and number > last + 1
            yield Line(number, text, gap, paragraph, paragraph.bullet and n == 0)
            last = number


def _headers(lines: Sequence[Line]) -> Iterator[tuple[int, Header]]:
    """Where headers begin, with what they say; a line is in one of them only."""
    here = 0
    while here < len(lines):
        header = header_at([line.text for line in lines[here : here + 16]])
        if header is None:
            here += 1
            continue
        yield here, header
        here += header.lines


def _table(lines: Sequence[Line], header: Header, fewest: int) -> tuple[int, Table] | None:
    """The table below a header and how many lines it takes with it; None where the words do not say how it was."""
    spaced = _by_spaces(lines, header)
    if spaced is not None:
        return spaced
    below = lines[header.lines :]
    tokens = [token for n, line in enumerate(below) for token in _tokens(line, n)]
    cutting = cut(tokens, header, fewest) if tokens else None
    if cutting is None:
        return None
    top: list[Cell | None] = []
    for column, text in enumerate(header.texts):
        place: Place = {"lines": [lines[0].number, lines[header.lines - 1].number], "row": 0, "cell": column}
        top.append(Cell(text, place))
    rows = [top]
    for row, cells in enumerate(cutting.rows, start=1):
        made: list[Cell | None] = [_cell(tokens[a:b], below, row, column) for column, (a, b) in enumerate(cells)]
        if len(made) > 1 and made[0] is not None and doubtful(tokens, cells, header.roles):
            made[0].note = DOUBT
        if len(made) == 1 and made[0] is not None:  # a heading over the rows below it
            made[0].col_span = len(header.texts)
            made += [None] * (len(header.texts) - 1)
        rows.append(made)
    last = tokens[cutting.end - 1].line
    place = {"lines": [lines[0].number, below[last].number]}
    return header.lines + last + 1, Table(rows, place, header_rows=1, method=METHOD)


def _by_spaces(lines: Sequence[Line], header: Header) -> tuple[int, Table] | None:
    """The table of lines that wide spaces part in as many cells as the header has; None where they do not."""
    width = len(header.texts)
    if len(parts_of(lines[0].text)) != width:
        return None
    parted = [parts_of(line.text) for line in lines]
    stop = next((n for n, parts in enumerate(parted) if len(parts) not in (1, width)), len(parted))
    while stop > 1 and len(parted[stop - 1]) == 1:
        stop -= 1
    whole = sum(1 for parts in parted[1:stop] if len(parts) == width)
    if whole < FEWEST_ROWS or stop < FITTING * len(lines):
        return None
    rows: list[list[Cell | None]] = []
    for n, (line, parts) in enumerate(zip(lines[:stop], parted[:stop], strict=True)):
        made: list[Cell | None] = [
            Cell(part, {"lines": [line.number] * 2, "row": n, "cell": column}) for column, part in enumerate(parts)
        ]
        if len(made) < width and made[0] is not None:
            made[0].col_span = width
            made += [None] * (width - 1)
        rows.append(made)
    place = {"lines": [lines[0].number, lines[stop - 1].number]}
    return stop, Table(rows, place, header_rows=1, method=EXACT)


def _by_columns(lines: Sequence[Line]) -> Iterator[tuple[int, int, Table]]:
    """Tables that were copied column by column: a heading, the cells of its column a line each, the next heading."""
    here = 0
    while here < len(lines):
        found = columns_at([line.text for line in lines[here:]])
        if found is None:
            here += 1
            continue
        header, count = found
        heads = [here + n * (count + 1) for n in range(len(header.texts))]
        rows = [[lines[at + row] for at in heads] for row in range(count + 1)]
        fits = [fits_told(role, line.text) for row in rows[1:] for role, line in zip(header.roles, row, strict=True)]
        told = [one for one in fits if one is not None]
        if told and sum(told) >= FITTING * len(told):
            cells: list[list[Cell | None]] = [
                [Cell(line.text, {"lines": [line.number] * 2, "row": n, "cell": c}) for c, line in enumerate(row)]
                for n, row in enumerate(rows)
            ]
            stop = here + header.lines
            place = {"lines": [lines[here].number, lines[stop - 1].number]}
            yield here, stop, Table(cells, place, header_rows=1, method=EXACT)
            here = stop
        else:
            here += 1


def _tokens(line: Line, n: int) -> Iterator[Token]:
    parts = parts_of(line.text)
    for place, part in enumerate(parts):
        for at, word in enumerate(part.split()):
            yield Token(word, n, line.gap, None if len(parts) == 1 else place > 0 and at == 0)


def _cell(tokens: Sequence[Token], lines: Sequence[Line], row: int, column: int) -> Cell:
    if not tokens:
        return Cell("", {"row": row, "cell": column})
    parts: list[str] = []
    last = -1
    for token in tokens:
        if token.line == last:
            parts[-1] += f" {token.text}"
        else:
            parts.append(token.text)
            last = token.line
    place: Place = {"lines": [lines[tokens[0].line].number, lines[last].number], "row": row, "cell": column}
    return Cell("\n".join(parts), place)


def _paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Lines outside a lost table as paragraphs: as they were, and short lines above one another apart."""
    here = 0
    while here < len(lines):
        first = lines[here]
        stop = here + 1
        while stop < len(lines) and _goes_on(lines[stop - 1], lines[stop]):
            stop += 1
        texts = [line.text for line in lines[here:stop]]
        place = {"lines": [first.number, lines[stop - 1].number]}
        yield Paragraph("\n".join(texts), place, bullet=first.bullet)
        here = stop


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line goes on with the one above: both of one paragraph, and the one above long or this one small."""
    if line.paragraph is not before.paragraph or line.gap:
        return False
    return len(before.text) >= 55 or line.text[:1].islower() or before.bullet
