"""PDF files: the tag tree where there is one, ruled grids, columns under headings, and lines of text, whichever tells most.

Every method that can propose a table does; a tagged table stands unless its rows do not fit together and a ruled grid holds
the same words. What no table holds becomes headings and paragraphs in the order of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldthread.reading.document import Apart, Block, Document, Paragraph, Place, UnreadableFile
from goldthread.reading.readers.pdf_annotations import Annotations, annotations_of
from goldthread.reading.readers.pdf_columns import column_tables
from goldthread.reading.readers.pdf_gutters import gutter_tables
from goldthread.reading.readers.pdf_layout import (
    Sizes,
    Text,
    as_text,
    furniture_of,
    lines_in_order,
    order_of,
    texts_of,
)
from goldthread.reading.readers.pdf_loading import load_page, pdfium
from goldthread.reading.readers.pdf_pages import Page, Word
from goldthread.reading.readers.pdf_ruled import fill_of, ruled_tables
from goldthread.reading.readers.pdf_tables import Grid, as_table, consistent, from_proposal, from_tags
from goldthread.reading.readers.pdf_tags import Mark, TaggedTable, TaggedText, tagged_blocks
from goldthread.reading.readers.pdf_text import Vocabulary, boxed
from goldthread.reading.readers.wording import tidy

MAX_PAGES = 2_000
_LEADERS = re.compile(r"(?:[.…]\s?){5,}\s*\d{1,4}\b")  # dots from a heading to its page
Progress = Callable[[int, int], None]
Key = tuple[int, int]
"""A word of the file: its page and its turn there."""


def read(path: Path, name: str, *, on_progress: Progress | None = None) -> Document:
    """Read a PDF with a text layer. ``on_progress`` is called with (pages done, pages). Raises UnreadableFile."""
    pdf = _open(path, name)
    try:
        notes = annotations_of(path)
        pages = _pages(pdf, name, notes, on_progress)
        document = Document(name, "", "", pages=len(pages), properties=_properties(pdf))
    finally:
        pdf.close()
    if not any(page.words for page in pages):
        raise UnreadableFile(
            f"{name} has no text layer (its pages are pictures, as of a scan): run text recognition on it, or choose the "
            "document it was made from."
        )
    for why, found in (("comment", notes.comments), ("note on the page", notes.notes)):
        document.apart.extend(Apart(text, why, {"page": page}) for page, text in found)
    scanned = [page.number for page in pages if page.scanned]
    if scanned:
        document.asks.append(_ask_of(scanned, len(pages)))
    return _Reader(document, pages).run(tagged_blocks(path))


def _ask_of(scanned: Sequence[int], total: int) -> str:
    """The question about pages that are pictures, in a file of which others have text."""
    if len(scanned) == 1:
        return f"Page {scanned[0]} of {total} is a picture without text, so that nothing was read from it. What does it say?"
    ranges: list[list[int]] = []
    for number in scanned:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    names = [f"{part[0]} to {part[-1]}" if len(part) > 1 else str(part[0]) for part in ranges]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"Pages {listed} of {total} are pictures without text, so that nothing was read from them. What do they say?"


def _open(path: Path, name: str) -> Any:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as problem:
        if "password" in str(problem).lower() or "security" in str(problem).lower():
            raise UnreadableFile(
                f"{name} is protected with a password: open it, take the password off, and save it again."
            ) from problem
        raise UnreadableFile(
            f"{name} is damaged or was cut off on its way (its pages cannot be found): fetch or save it again."
        ) from problem


def _pages(pdf: Any, name: str, notes: Annotations, on_progress: Progress | None) -> list[Page]:
    total = len(pdf)
    if total > MAX_PAGES:
        raise UnreadableFile(f"{name} has {total:,} pages, at most {MAX_PAGES:,} are read: split it.")
    if total == 0:
        raise UnreadableFile(f"{name} has no pages: save it again from the program that made it.")
    pages = []
    for index in range(total):
        try:
            fields = [(rect, text) for page, rect, text in notes.fields if page == index + 1]
            pages.append(load_page(pdf, index, fields))
        except (pdfium.PdfiumError, ValueError, TypeError) as problem:
            raise UnreadableFile(
                f"{name} is damaged at page {index + 1}: open it, save or print it as a new PDF, and choose that."
            ) from problem
        if on_progress is not None:
            on_progress(index + 1, total)
    return pages


def _properties(pdf: Any) -> dict[str, str]:
    found = {key.lower(): tidy(value) for key, value in pdf.get_metadata_dict(skip_empty=True).items()}
    return {
        key: value for key, value in found.items() if key in ("title", "author", "subject", "creationdate", "moddate")
    }


def _keys(words: Iterable[Word]) -> set[Key]:
    return {(word.page, word.order) for word in words}


@dataclass(slots=True)
class _Placed:
    """A block to be, with its turn in the file."""

    turn: Key
    grid: Grid | None = None
    text: Text | None = None


@dataclass(slots=True)
class _Reader:
    """Puts one file together."""

    document: Document
    pages: list[Page]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    placed: list[_Placed] = field(default_factory=list)
    used: set[Key] = field(default_factory=set)

    def run(self, tagged: Sequence[TaggedText | TaggedTable]) -> Document:
        """Read everything."""
        for page in self.pages:
            self.vocabulary.add(page.words)
            for word in page.outside:
                self.document.apart.append(
                    Apart(
                        word.text, "printed beyond the edge of the page", {"page": page.number, "box": word.rounded()}
                    )
                )
        words = self._marked()
        tagged = tagged if self._well_tagged(tagged, words) else []
        self._drawn_tables(tagged, words)
        furniture = furniture_of(self.pages, set(self.used))
        tagged_keys = _keys(
            w for block in tagged if isinstance(block, TaggedText) for m in block.marks for w in words[m]
        )
        furniture = {key: why for key, why in furniture.items() if key not in tagged_keys or why == "page number"}
        self._furniture(furniture)
        if not tagged:
            self._column_tables()
        self._tagged_texts(tagged, words)
        headers = (
            {line for placed in self.placed if placed.grid for line in _header_lines(placed.grid)} if tagged else set()
        )
        for page in self.pages:
            self._untagged(page, headers)
        self._levels()
        self._blocks()
        return self.document

    def _marked(self) -> dict[Mark, list[Word]]:
        """The words of each piece of marked content."""
        found: dict[Mark, list[Word]] = _Words()
        for page in self.pages:
            for word in page.words:
                if word.mark >= 0:
                    found.setdefault((page.number, word.mark), []).append(word)
        return found

    def _well_tagged(self, tagged: Sequence[TaggedText | TaggedTable], words: dict[Mark, list[Word]]) -> bool:
        """Whether the tag tree holds most of the words: some programs tag a page or two and leave the rest."""
        marks = {
            mark for block in tagged for mark in (block.marks() if isinstance(block, TaggedTable) else block.marks)
        }
        held = sum(len(found) for mark, found in words.items() if mark in marks)
        return held >= 0.6 * sum(len(page.words) for page in self.pages)

    def _drawn_tables(self, tagged: Sequence[TaggedText | TaggedTable], words: dict[Mark, list[Word]]) -> None:
        """Choose among tagged and ruled tables."""
        grids = [from_tags(block, words) for block in tagged if isinstance(block, TaggedTable)]
        grids = [grid for grid in grids if grid.words]
        ruled = [from_proposal(proposal) for page in self.pages for proposal in ruled_tables(page)]
        under_rules = _keys(word for grid in ruled for word in grid.words) if grids else set()
        for grid in grids:
            keys = _keys(grid.words)
            better = grid.columns < 2 or consistent(grid) < 0.8
            if not (better and len(keys & under_rules) >= 0.9 * len(keys)):
                self._repeated_header(grid)
                self._place(grid)
        for grid in ruled:
            keys = _keys(grid.words)
            used = len(keys & self.used)
            if used < 0.5 * len(keys):
                for slot in grid.slots if used else ():
                    slot.parts = [[w for w in part if (w.page, w.order) not in self.used] for part in slot.parts]
                self._place(grid)

    def _repeated_header(self, grid: Grid) -> None:
        """A header row that is tagged once and printed on every page: its later printings are furniture."""
        first = min((word.page for word in grid.words), default=0)
        again: dict[int, list[Word]] = {}
        for slot in grid.slots:
            if slot.row < grid.header_rows:
                for word in slot.words:
                    if word.page != first:
                        again.setdefault(word.page, []).append(word)
                slot.parts = [[word for word in part if word.page == first] for part in slot.parts]
                slot.parts = [part for part in slot.parts if part]
        for page, words in again.items():
            self.used |= _keys(words)
            text = " ".join(word.text for word in words)
            place: Place = {"page": page, "box": boxed(words).rounded()}
            self.document.apart.append(Apart(text, "repeated header row", place, furniture=True))

    def _column_tables(self) -> None:
        """Tables without rules among the words that are left: those with space between their rows, then the others."""
        gutters: list[tuple[float, float]] = []
        heads: dict[str, list[tuple[float, float]]] = {}
        for page in self.pages:
            left = [word for word in page.words if (word.page, word.order) not in self.used]
            proposals, gutters = gutter_tables(page.number, left, gutters, heads)
            for proposal in proposals:
                self._place(from_proposal(proposal))
            left = [word for word in left if (word.page, word.order) not in self.used]
            for proposal in column_tables(page, left):
                self._place(from_proposal(proposal))

    def _place(self, grid: Grid) -> None:
        if grid.words:
            self.placed.append(_Placed(order_of(grid.words), grid=grid))
            self.used |= _keys(grid.words)

    def _furniture(self, furniture: dict[Key, str]) -> None:
        for page in self.pages:
            words = [w for w in page.words if (w.page, w.order) in furniture]
            for line in lines_in_order(words):
                why = furniture[(page.number, line.words[0].order)]
                place = {"page": page.number, "box": line.box.rounded()}
                self.document.apart.append(Apart(line.text, why, place, furniture=True))
        self.used |= set(furniture)

    def _tagged_texts(self, tagged: Sequence[TaggedText | TaggedTable], words: dict[Mark, list[Word]]) -> None:
        """Paragraphs, headings and list items of the tag tree; their turn is that of the words before them in the tree."""
        for block in tagged:
            if isinstance(block, TaggedTable):
                continue
            found = [w for mark in block.marks for w in words.get(mark, ()) if (w.page, w.order) not in self.used]
            if not found:
                continue
            self.used |= _keys(found)
            page = self.pages[found[0].page - 1]
            lines = lines_in_order(found)
            right = max(word.x1 for word in page.words)
            right = right if len(lines) > 1 and lines[0].box.x1 > 0.6 * right else lines[0].box.x1
            text = as_text(lines, right, self.vocabulary)
            if text is None:
                continue
            if block.contents:
                place = {"page": page.number, "box": boxed(found).rounded()}
                self.document.apart.append(Apart(text.text, "contents list", place, furniture=True))
                continue
            text.level, text.bullet = block.level, block.bullet or text.bullet
            if not block.level:
                text.level = -1  # the tags say that it is no heading
            self.placed.append(_Placed(order_of(found), text=text))

    def _untagged(self, page: Page, headers: set[str]) -> None:
        """What is left on a page: text, or the header row of a tagged table, printed again on the next page."""
        left = [word for word in page.words if (word.page, word.order) not in self.used]
        for text in texts_of(page, left, self.vocabulary):
            repeated = " ".join(text.text.split()).casefold() in headers
            if repeated or _LEADERS.search(text.text):
                place: Place = {"page": page.number, "box": boxed(text.words).rounded()}
                why = "repeated header row" if repeated else "contents list"
                self.document.apart.append(Apart(text.text, why, place, furniture=True))
            else:
                self.placed.append(_Placed(order_of(text.words), text=text))

    def _levels(self) -> None:
        """Heading levels of texts without tags, from the sizes of the whole file."""
        texts = [placed.text for placed in self.placed if placed.text is not None]
        sizes = Sizes(word for text in texts for word in text.words)
        for text in texts:
            text.level = 0 if text.level < 0 else (text.level or sizes.level(text))

    def _blocks(self) -> None:
        tables = 0
        blocks: list[Block] = []
        for placed in sorted(self.placed, key=lambda one: one.turn):
            if placed.grid is not None:
                tables += 1
                place: Place = {"page": placed.turn[0], "table": tables}
                blocks.append(as_table(placed.grid, place, self.pages, self.vocabulary, fill_of))
            elif placed.text is not None:
                text = placed.text
                above = blocks[-1] if blocks else None
                if isinstance(above, Paragraph) and _goes_on(above, text):
                    above.text = (
                        self.vocabulary.join(above.text.removesuffix("-"), text.text)
                        if above.text.endswith("-")
                        else f"{above.text} {text.text}"
                    )
                    continue
                first = [word for word in text.words if word.page == text.words[0].page]
                where: Place = {"page": first[0].page, "box": boxed(first).rounded()}
                blocks.append(Paragraph(text.text, where, text.level, text.bullet, text.bold, text.size))
        self.document.blocks = blocks


def _goes_on(above: Paragraph, text: Text) -> bool:
    """Whether a paragraph goes on at the top of the next page: unfinished there, and in small letters here."""
    if above.level or text.level or text.bullet or text.words[0].page != above.place["page"] + 1:
        return False
    unfinished = above.text[-1:].isalnum() or above.text[-1:] in ",-–"
    return unfinished and text.text[:1].islower() and len(above.text) > 40


class _Words(dict[Mark, list[Word]]):
    """Marked content that holds no words (a picture) has none, rather than being an error."""

    def __missing__(self, key: Mark) -> list[Word]:
        return []


def _header_lines(grid: Grid) -> list[str]:
    """The texts of a grid's header cells, one by one and in a row, as they come back on the next page."""
    heads = [slot for slot in grid.slots if slot.row < max(grid.header_rows, 1)]
    cells = [" ".join(word.text for word in slot.words).casefold() for slot in heads]
    return [*cells, " ".join(cells)]
