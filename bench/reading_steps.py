"""What each step of reading a PDF costs, beside raw extraction of its text by pypdfium2: where the floor is.

    python -m bench.reading_steps [--pages 60] [--repeat 5] [FILE …]

Prints a table of milliseconds a page (processor time, the fastest of some runs) for files of the press, or for the files that
are named. Each line is measured alone, on pages that are open already where it says so. "every character's box" and "boxes and
objects of words" do nothing with the answers: that is what asking alone costs. Why the reader cannot have 60 % of the raw pace
stands in docs/decisions/0027.
"""

from __future__ import annotations

import argparse
import ctypes
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import repeat
from pathlib import Path
from typing import Any

import pypdfium2

from bench.reading import pdf
from goldthread.kernel.collecting import without_pauses
from goldthread.reading import read_file
from goldthread.reading.readers import pdf_words, read_document
from goldthread.reading.readers.pdf_drawn import draw
from goldthread.reading.readers.pdf_pages import Frame, Page
from goldthread.reading.readers.pdf_plain_calls import address_of, loose_box, text_object


def fastest(times: int, step: Callable[[], Any]) -> float:
    """The processor's seconds for the fastest of some runs of a step."""
    found = []
    for _ in range(times):
        with without_pauses():
            began = time.process_time()
            step()
            found.append(time.process_time() - began)
    return min(found)


def raw_text(path: Path) -> None:
    """What the pace is measured against: pages and their texts, each in one call."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def _asked(pages: list[tuple[int, list[int], list[int]]], *, objects: bool) -> None:
    """Ask for the box (and the object) of characters: of words where first and last differ, of all where they are one."""
    for handle, firsts, lasts in pages:
        corners = (ctypes.c_float * 4)()
        for indexes in (firsts, lasts) if objects else (firsts,):
            list(map(loose_box, repeat(handle), indexes, repeat(ctypes.addressof(corners))))
            if objects:
                list(map(text_object, repeat(handle), indexes))


def steps(path: Path, times: int) -> tuple[list[tuple[str, float]], int]:
    """The steps of reading a file with their seconds, and how many pages it has."""
    document = pypdfium2.PdfDocument(path)
    pages = [document[index] for index in range(len(document))]
    texts = [page.get_textpage() for page in pages]
    frames = [Frame(page) for page in pages]
    every, words = [], []
    for text in texts:
        printed = pdf_words._characters(text.raw)
        spans = [match.span() for match in pdf_words._PRINTED.finditer(printed)]
        every.append((address_of(text.raw), list(range(len(printed))), []))
        words.append((address_of(text.raw), [begin for begin, _ in spans], [stop - 1 for _, stop in spans]))

    def all_words() -> None:
        for text, frame in zip(texts, frames, strict=True):
            pdf_words.words_of(text, frame, 1)

    def all_drawn() -> None:
        for page, frame in zip(pages, frames, strict=True):
            draw(page, frame, Page(1, frame.wide, frame.tall))

    found = [
        ("raw text", fastest(times, lambda: raw_text(path))),
        ("every character's box (open pages)", fastest(times, lambda: _asked(every, objects=False))),
        ("boxes and objects of words (open pages)", fastest(times, lambda: _asked(words, objects=True))),
        ("words with place and style (open pages)", fastest(times, all_words)),
        ("rules and areas (open pages)", fastest(times, all_drawn)),
    ]
    count = len(pages)
    document.close()
    read_file(path)  # the modules of the format are loaded
    found.append(("the reader, from the file to the Document", fastest(times, lambda: read_document(path))))
    found.append(("the whole, from the file to the Reading", fastest(times, lambda: read_file(path))))
    return found, count


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="PDF files; without any, two of the press")
    parser.add_argument("--pages", type=int, default=60, help="pages of the files of the press")
    parser.add_argument("--repeat", type=int, default=5, help="the fastest of so many runs counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as home:
        files = options.files or [pdf(Path(home), manner, options.pages) for manner in ("tagged", "ruled")]
        for path in files:
            found, count = steps(path, options.repeat)
            raw = found[0][1]
            print(f"{path.name}, {count} pages")
            for name, seconds in found:
                print(f"  {name:44}{seconds / count * 1e3:8.2f} ms a page{raw / seconds:8.0%} of the raw pace")
    return 0


if __name__ == "__main__":
    sys.exit(main())
