"""The words of a PDF page: parted by spaces, gaps and the ends of lines.

Asking for every character would cost most of the reader's time. Characters come in one call; the place of a word is that of
its first and last character where one text object draws it, for pdfium itself puts a space where such a one leaves a gap.
Only words that several objects draw are put together character by character. The boxes of all words are asked for in one go
and turned into the page's coordinates together.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from goldthread.reading.readers.pdf_pages import Frame, Word
from goldthread.reading.readers.pdf_plain_calls import (
    address_of,
    font_info,
    font_of,
    font_size,
    loose_box,
    mark_of,
    matrix_of,
    text_object,
)
from goldthread.reading.readers.wording import tidy

_FORCE_BOLD = 1 << 18  # font flag, ISO 32000-1 table 123
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_HYPHENS = "\x02\xad"  # pdfium's own sign for a hyphen at the end of a line, and the soft hyphen
_PRINTED = re.compile(rf"[^\s\0{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_UNKNOWN = struct.pack("5f", 10.0, 1.0, 0.0, 0.0, 1.0)  # size and matrix of what no object draws

Style = tuple[float, bool, int, bool]
"""What the characters of one text object share: size, bold, marked content, whether it is upright."""
Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def words_of(text: Any, frame: Frame, page: int) -> list[Word]:
    """The words of an open text page in the order of the file; ``page`` is its number."""
    return list(_Words(text, frame, page).words())


@dataclass(slots=True)
class _Words:
    """Makes the words of one page."""

    text: Any
    frame: Frame
    page: int
    handle: int = 0
    styles: dict[int | None, Style] = field(default_factory=dict)
    faces: dict[int | None, bool] = field(default_factory=dict)  # whether a font is bold
    print: Any = field(
        default_factory=lambda: ctypes.create_string_buffer(28)
    )  # font size and matrix, as pdfium writes them
    shown: dict[bytes, tuple[float, bool]] = field(default_factory=dict)  # what they come to: size, upright

    def words(self) -> Iterator[Word]:
        """From the first to the last."""
        self.handle = address_of(self.text.raw)
        printed = _characters(self.text.raw)
        spans = [match.span() for match in _PRINTED.finditer(printed)]
        begins, lasts = [begin for begin, _ in spans], [stop - 1 for _, stop in spans]
        firsts_by = map(text_object, repeat(self.handle), begins)
        lasts_by = map(text_object, repeat(self.handle), lasts)
        held: int | None = -1  # no object has this address
        size, bold, mark, upright = 0.0, False, -1, True
        for begin, last, key, end, edges in zip(
            begins, lasts, firsts_by, lasts_by, self.boxes(begins, lasts), strict=True
        ):
            if key != end:
                yield from self.by_character(printed[begin : last + 1], begin)
                continue
            if edges is None:
                continue
            if key != held:
                size, bold, mark, upright = self.styles.get(key) or self.style(key, begin)
                held = key
            x0, top, x1, bottom = edges
            if upright and last > begin and x1 - x0 < 0.15 * size * (last - begin):  # steps back: another word
                yield from self.by_character(printed[begin : last + 1], begin)
                continue
            broken = printed[last] in _HYPHENS
            word = printed[begin : last if broken else last + 1]
            if not (word.isascii() and word.isprintable()):
                word = tidy(word)
            yield Word(x0, top, x1, bottom, word, size, bold, mark, begin, self.page, broken)

    def boxes(self, begins: list[int], lasts: list[int]) -> list[Edges | None]:
        """The boxes around the first and the last character of each word, as shown; None where one has no place."""
        count = len(begins)
        corners = (ctypes.c_float * (8 * count))()  # left, top, right, bottom of the first, and of the last
        at, end = ctypes.addressof(corners), ctypes.addressof(corners) + 32 * count
        placed = [*map(loose_box, repeat(self.handle), begins, range(at, end, 32))]
        placed += map(loose_box, repeat(self.handle), lasts, range(at + 16, end, 32))
        values = memoryview(corners).cast("B").cast("f").tolist()
        if self.frame.turn:
            fours = zip(*[iter(values)] * 4, strict=True)
            edges = [self.frame.edges(left, low, right, high) for left, high, right, low in fours]
            pairs = zip(edges[0::2], edges[1::2], strict=True)
            made = [(min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])) for a, b in pairs]
        else:
            left, base = self.frame.left, self.frame.tall + self.frame.low
            made = [
                (
                    (a if a < e else e) - left,
                    base - (b if b > f else f),
                    (c if c > g else g) - left,
                    base - (d if d < h else h),
                )
                for a, b, c, d, e, f, g, h in zip(*[iter(values)] * 8, strict=True)
            ]
        if 0 not in placed:
            return [*made]
        whole = zip(made, placed[:count], placed[count:], strict=True)
        return [edges if first and last else None for edges, first, last in whole]

    def by_character(self, printed: str, begin: int) -> Iterator[Word]:
        """A run of characters without a space, parted where they leave a gap or go to another line."""
        current: Word | None = None
        upright = True
        indexes = list(range(begin, begin + len(printed)))
        for index, char, edges in zip(indexes, printed, self.boxes(indexes, indexes), strict=True):
            if edges is None:
                continue
            x0, top, x1, bottom = edges
            if current is not None and not _goes_on(current, x0, (top + bottom) / 2, upright):
                yield _finished(current)
                current = None
            if current is None:
                key = text_object(self.handle, index)
                size, bold, mark, upright = self.styles.get(key) or self.style(key, index)
                current = Word(x0, top, x1, bottom, "", size, bold, mark, index, self.page)
            current.broken = char in _HYPHENS
            current.text += "" if current.broken else char
            current.x0, current.x1 = min(current.x0, x0), max(current.x1, x1)
            current.top, current.bottom = min(current.top, top), max(current.bottom, bottom)
        if current is not None:
            yield _finished(current)

    def style(self, key: int | None, index: int) -> Style:
        """The style of a text object, told by its address, which draws the character at an index."""
        mark, font, size_and_matrix = -1, None, _UNKNOWN
        if key is not None:
            at = ctypes.addressof(self.print)
            if font_size(key, at) and matrix_of(key, at + 4):
                size_and_matrix = self.print.raw[:20]  # without where the object begins
            mark, font = mark_of(key), font_of(key)
        bold = self.faces.get(font)
        if bold is None:
            bold = self.faces[font] = self.bold(index)
        shown = self.shown.get(size_and_matrix)
        if shown is None:
            size, a, b, c, d = struct.unpack("5f", size_and_matrix)
            tall = round(abs(size) * (math.hypot(c, d) or 1.0), 1)
            shown = self.shown[size_and_matrix] = (tall, self.frame.upright(a, b))
        style = self.styles[key] = (shown[0], bold, mark, shown[1])
        return style

    def bold(self, index: int) -> bool:
        """Whether the font of a character says that it is bold, by its name or its flag."""
        name, flags = ctypes.create_string_buffer(200), ctypes.c_int(0)
        font_info(self.handle, index, name, 200, ctypes.addressof(flags))
        face = name.value.decode("utf-8", "replace").lower()
        return any(part in face for part in _BOLD_NAMES) or bool(flags.value & _FORCE_BOLD)


def _characters(handle: Any) -> str:
    """The characters of a page, each at its index; "\\0" for what has no character."""
    count = raw.FPDFText_CountChars(handle)
    if count <= 0:
        return ""
    # pdfium leaves some characters out of the text and puts others in: then they are asked for one by one.
    index_of = raw.FPDFText_GetTextIndexFromCharIndex
    if all(index_of(handle, at) == at for at in {0, count // 4, count // 2, 3 * count // 4, count - 1}):
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        written = raw.FPDFText_GetText(handle, 0, count, buffer)
        found = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if written == count + 1 and len(found) == count and "\ufffd" not in found:
            return found.replace("\ufffe", "\x02")
    codes = (raw.FPDFText_GetUnicode(handle, index) for index in range(count))
    return "".join(chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else "\0" for c in codes)


def _finished(word: Word) -> Word:
    word.text = tidy(word.text)
    return word


def _goes_on(word: Word, x0: float, middle: float, upright: bool) -> bool:
    """Whether a character continues the word before it: close to its end, on its line."""
    if not upright:
        return True
    size = max(word.size, 1.0)
    return -size < x0 - word.x1 < 0.5 * size and abs(middle - (word.top + word.bottom) / 2) < 0.6 * size
