"""One reader per format: a file becomes a Document. ``read_document`` is the door.

Every reader module has one function, ``read(path, name) -> Document``: it fills ``blocks``, ``apart``, ``pages`` and
``properties``; ``read_document`` fills ``sha256`` and ``media_type``. A reader raises UnreadableFile and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from goldthread.reading.document import Document, UnreadableFile
from goldthread.reading.readers.bounds import check_document, check_file
from goldthread.reading.readers.sniffing import MEDIA_TYPES, recognise

Progress = Callable[[int, int], None]
"""Called with (done, total): pages of a PDF; other formats are read in one step."""


def read_document(path: str | Path, *, name: str | None = None, on_progress: Progress | None = None) -> Document:
    """Read a file into a Document, by what it holds; ``name`` is what the person calls it (uploads lie elsewhere).

    Formats: ``.txt``, ``.md``, ``.docx``, ``.odt``, ``.pdf``, ``.xlsx``, ``.csv``, ``.tsv``, ``.html``. Raises UnreadableFile:
    one sentence with the file's name, what is wrong and the remedy, for everything that is not a whole, open,
    honestly named file of one of these formats.
    """
    path = Path(path)
    name = name or path.name
    format_ = recognise(path, name)
    check_file(path, name, format_)
    document = _read(format_, path, name, on_progress)
    check_document(document)
    document.sha256 = _digest(path)
    document.media_type = MEDIA_TYPES[format_]
    if not document.blocks and not any(not apart.furniture for apart in document.apart):
        raise UnreadableFile(f"{name} holds no text: open it to see whether it is the file you mean.")
    return document


def _read(format_: str, path: Path, name: str, on_progress: Progress | None) -> Document:
    """Hand the file to the reader of its format, imported only now since each brings a library of its own."""
    if format_ == "pdf":
        from goldthread.reading.readers import pdf

        return pdf.read(path, name, on_progress=on_progress)
    if format_ == "docx":
        from goldthread.reading.readers import word

        return word.read(path, name)
    if format_ == "odt":
        from goldthread.reading.readers import odt

        return odt.read(path, name)
    if format_ == "xlsx":
        from goldthread.reading.readers import excel

        return excel.read(path, name)
    if format_ in ("csv", "tsv"):
        from goldthread.reading.readers import delimited

        return delimited.read(path, name)
    if format_ == "html":
        from goldthread.reading.readers import html

        return html.read(path, name)
    from goldthread.reading.readers import text

    return text.read(path, name)


def _digest(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
