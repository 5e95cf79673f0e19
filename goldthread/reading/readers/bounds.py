"""How much a file may hold. Far above any plan, pack or register; what is larger is refused in a sentence before time and
memory are spent on it: the cost of understanding a document grows with its words, and with the length of its longest one.
"""

from __future__ import annotations

from pathlib import Path

from goldthread.reading.document import Document, Paragraph, UnreadableFile

MAX_CHARACTERS = 4_000_000  # of all texts: a pack of about two thousand pages
MAX_TEXT = 200_000  # characters of one paragraph or cell (Excel itself takes 32,767)
MAX_LINES = 120_000  # of a plain text: two thousand pages of sixty lines
MAX_TAGS = 450_000  # of a web page
MAX_UNITS = 250_000  # paragraphs and cells


class Characters:
    """Counts characters while a file is read, for formats that can claim far more than they hold."""

    def __init__(self, name: str) -> None:
        """``name`` is what messages call the file."""
        self.name = name
        self.count = 0

    def add(self, text: str) -> str:
        """Count a text and give it back. Raises UnreadableFile where it, or all of them together, are too long."""
        self.count += len(text)
        if len(text) > MAX_TEXT:
            raise UnreadableFile(
                f"{self.name} has a paragraph or cell of more than {MAX_TEXT:,} characters: break it into paragraphs, or "
                "choose the document it was made from."
            )
        if self.count > MAX_CHARACTERS:
            raise UnreadableFile(
                f"{self.name} holds more text than is read (at most {MAX_CHARACTERS:,} characters): split it into smaller "
                "files."
            )
        return text


def check_file(path: Path, name: str, format_: str) -> None:
    """Raise UnreadableFile where a plain text has too many lines, or a web page too many tags."""
    if format_ in ("txt", "md") and path.read_bytes().count(b"\n") > MAX_LINES:
        raise UnreadableFile(f"{name} has more than {MAX_LINES:,} lines: split it into smaller files.")
    if format_ == "html" and path.read_bytes().count(b"<") > MAX_TAGS:
        raise UnreadableFile(
            f"{name} is too large a page to be read (more than {MAX_TAGS:,} tags): save the part that you need."
        )


def check_document(document: Document) -> None:
    """Raise UnreadableFile where a document holds more text, paragraphs or cells than are understood in good time."""
    characters, units = Characters(document.name), 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            characters.add(block.text)
            units += 1
            continue
        units += sum(len(row) for row in block.rows)
        for row in block.rows:
            for cell in row:
                if cell is not None:
                    characters.add(cell.text)
    for apart in document.apart:
        characters.add(apart.text)
    if units + len(document.apart) > MAX_UNITS:
        raise UnreadableFile(
            f"{document.name} has more than {MAX_UNITS:,} paragraphs and cells: split it into smaller files."
        )
