"""A PDF page as what stands on it: words, rules, coloured areas, in points from the top left of the page as shown."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from goldthread.reading.readers.wording import tidy

MAX_SEGMENTS = 40_000  # lines drawn on one page; a page with more is a map or a chart
_STAMP = 8  # words that may be stamped on a scanned page: "Page 87", "Appendix 2"
_PICTURE = 0.4  # the share of a page that a picture covers where it stands for the page
_THIN = 3.0  # points: a filled area thinner than this is a rule
_FORCE_BOLD = 1 << 18  # font flag, ISO 32000-1 table 123
_BOLD_NAMES = ("bold", "black", "heavy", "demi")


@dataclass(slots=True)
class Box:
    """A rectangle in points; ``top`` and ``bottom`` grow downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the centre of another box lies inside this one."""
        x, y = 0.5 * (other.x0 + other.x1), 0.5 * (other.top + other.bottom)
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack

    def around(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )

    def rounded(self) -> list[float]:
        """As a place says it."""
        return [round(n, 1) for n in (self.x0, self.top, self.x1, self.bottom)]


@dataclass(slots=True)
class Word(Box):
    """A printed word. ``mark`` is the marked content that it belongs to (-1: none), ``order`` its turn in the page."""

    text: str = ""
    size: float = 0.0
    bold: bool = False
    mark: int = -1
    order: int = 0
    page: int = 0
    broken: bool = False  # a hyphen at the end of a line stands after it


@dataclass(slots=True)
class Page:
    """One page: its words in the order of the file, its rules, and its filled areas with their colour."""

    number: int  # from 1
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[Box] = field(default_factory=list)  # horizontal rules
    down: list[Box] = field(default_factory=list)  # vertical rules
    fills: list[tuple[Box, str]] = field(default_factory=list)
    outside: list[Word] = field(default_factory=list)  # printed beyond the edges of the page
    scanned: bool = False  # a picture with hardly any words, as of a scan


class _Frame:
    """Turns the file's coordinates into those of the page as shown: cropped, rotated, from the top left."""

    def __init__(self, page: Any) -> None:
        self.left, self.low, self.right, self.high = page.get_bbox()
        self.turn = int(page.get_rotation()) % 360
        self.wide, self.tall = self.right - self.left, self.high - self.low

    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        return (self.tall, self.wide) if self.turn in (90, 270) else (self.wide, self.tall)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One point."""
        x, y = x - self.left, y - self.low
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.wide - x, y
        if self.turn == 270:
            return self.tall - y, self.wide - x
        return x, self.tall - y

    def edges(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a rectangle given by two corners."""
        if self.turn == 0:  # most pages, and asked for every word
            ax, ay, bx, by = x0 - self.left, self.tall + self.low - y0, x1 - self.left, self.tall + self.low - y1
        else:
            ax, ay = self.point(x0, y0)
            bx, by = self.point(x1, y1)
        return (ax if ax < bx else bx, ay if ay < by else by, bx if ax < bx else ax, by if ay < by else ay)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle given by two corners."""
        return Box(*self.edges(x0, y0, x1, y1))

    def upright(self, a: float, b: float) -> bool:
        """Whether text whose line runs along (a, b) is shown from left to right."""
        ox, oy = self.point(0, 0)
        dx, dy = self.point(a, b)
        return dx - ox > abs(dy - oy)


@dataclass(slots=True)
class _Style:
    """What the characters of one text object share."""

    size: float
    bold: bool
    mark: int
    upright: bool


Field = tuple[tuple[float, float, float, float], str]
"""A filled form field: its rectangle in the file's coordinates, and what it shows."""


def load_page(document: Any, index: int, fields: Sequence[Field] = ()) -> Page:
    """Load the page at an index of an open pypdfium2 document; ``fields`` count as words in their rectangles.

    Raises PdfiumError where the page cannot be parsed.
    """
    page = document[index]
    try:
        frame = _Frame(page)
        width, height = frame.size()
        made = Page(index + 1, width, height)
        text = page.get_textpage()
        try:
            for word in _words(text, frame, index + 1):
                inside = -1 <= word.middle[0] <= width + 1 and -1 <= word.middle[1] <= height + 1
                (made.words if inside else made.outside).append(word)
        finally:
            text.close()
        made.words.extend(_field_words(fields, frame, index + 1))
        _drawn(page, frame, made)
        made.scanned = len(made.words) < _STAMP and _pictured(page, frame)
        return made
    finally:
        page.close()


# The same functions with plain numbers for pointers: making pointer objects and casting them costs more than the calls.
_text_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
_loose_box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)


def _words(text: Any, frame: _Frame, page: int) -> Iterator[Word]:
    """The words of a page: parted by spaces, gaps and the ends of lines.

    Six calls a character would cost most of the reader's time. Characters come in one call; the place of a word is that of
    its first and last character where one text object draws it, for pdfium itself puts a space where such a one leaves a
    gap. Only words that several objects draw are put together character by character.
    """
    styles: dict[int | None, _Style] = {}
    handle = text.raw
    plain = ctypes.cast(handle, ctypes.c_void_p).value
    corners = (ctypes.c_float * 8)()  # left, top, right, bottom of the first character, and of the last one
    first, last = ctypes.addressof(corners), ctypes.addressof(corners) + 16
    for match in _PRINTED.finditer(_characters(handle)):
        begin, stop = match.span()
        key = _text_object(plain, begin)
        one = stop - begin == 1
        if not one and _text_object(plain, stop - 1) != key:
            yield from _word_by_character(handle, match[0], begin, styles, frame, page)
            continue
        if not _loose_box(plain, begin, first) or not (one or _loose_box(plain, stop - 1, last)):
            continue
        left, high, right, low, last_left, last_high, last_right, last_low = corners
        x0, top, x1, bottom = frame.edges(left, low, right, high)
        if not one:
            ax0, atop, ax1, abottom = frame.edges(last_left, last_low, last_right, last_high)
            x0, x1 = (x0 if x0 < ax0 else ax0), (x1 if x1 > ax1 else ax1)
            top, bottom = (top if top < atop else atop), (bottom if bottom > abottom else abottom)
        style = styles.get(key) or _style_of(handle, begin, styles, frame)
        if style.upright and not one and x1 - x0 < 0.15 * style.size * (stop - begin - 1):  # steps back: another word
            yield from _word_by_character(handle, match[0], begin, styles, frame, page)
            continue
        word = match[0]
        broken = word[-1] in _HYPHENS
        word = tidy(word[:-1] if broken else word)
        yield Word(x0, top, x1, bottom, word, style.size, style.bold, style.mark, begin, page, broken)


_HYPHENS = "\x02\xad"  # pdfium's own sign for a hyphen at the end of a line, and the soft hyphen
_PRINTED = re.compile(rf"[^\s\0{_HYPHENS}]*[{_HYPHENS}]|[^\s\0{_HYPHENS}]+")


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


def _word_by_character(
    handle: Any, printed: str, begin: int, styles: dict[int | None, _Style], frame: _Frame, page: int
) -> Iterator[Word]:
    """A run of characters without a space, parted where they leave a gap or go to another line."""
    rect = raw.FS_RECTF()
    current: Word | None = None
    upright = True
    for index, char in enumerate(printed, begin):
        if not raw.FPDFText_GetLooseCharBox(handle, index, rect):
            continue
        x0, top, x1, bottom = frame.edges(rect.left, rect.bottom, rect.right, rect.top)
        if current is not None and not _goes_on(current, x0, (top + bottom) / 2, upright):
            yield _finished(current)
            current = None
        if current is None:
            style = _style_of(handle, index, styles, frame)
            upright = style.upright
            current = Word(x0, top, x1, bottom, "", style.size, style.bold, style.mark, index, page)
        current.broken = char in _HYPHENS
        current.text += "" if current.broken else char
        current.x0, current.x1 = min(current.x0, x0), max(current.x1, x1)
        current.top, current.bottom = min(current.top, top), max(current.bottom, bottom)
    if current is not None:
        yield _finished(current)


def _field_words(fields: Sequence[Field], frame: _Frame, page: int) -> Iterator[Word]:
    """The words of form fields, spread over their rectangles as a line each."""
    order = 1_000_000  # after the words of the page itself
    for rect, text in fields:
        box = frame.box(*rect)
        lines = [line.split() for line in text.split("\n") if line.strip()]
        tall = (box.bottom - box.top) / max(len(lines), 1)
        for row, words in enumerate(lines):
            wide = (box.x1 - box.x0) / len(words)
            top = box.top + row * tall
            for column, word in enumerate(words):
                x0 = box.x0 + column * wide
                order += 1
                size = round(min(tall * 0.8, 10.0), 1)
                yield Word(x0, top, x0 + wide * 0.9, top + tall, word, size, False, -1, order, page)


def _finished(word: Word) -> Word:
    word.text = tidy(word.text)
    return word


def _goes_on(word: Word, x0: float, middle: float, upright: bool) -> bool:
    """Whether a character continues the word before it: close to its end, on its line."""
    if not upright:
        return True
    size = max(word.size, 1.0)
    return -size < x0 - word.x1 < 0.5 * size and abs(middle - (word.top + word.bottom) / 2) < 0.6 * size


def _style_of(text: Any, index: int, styles: dict[int | None, _Style], frame: _Frame) -> _Style:
    key = _text_object(ctypes.cast(text, ctypes.c_void_p), index)
    if key in styles:
        return styles[key]
    handle = raw.FPDFText_GetTextObject(text, index)
    size, matrix = ctypes.c_float(10.0), raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    mark = -1
    if key is not None:
        raw.FPDFTextObj_GetFontSize(handle, size)
        raw.FPDFPageObj_GetMatrix(handle, matrix)
        mark = int(raw.FPDFPageObj_GetMarkedContentID(handle))
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int(0)
    raw.FPDFText_GetFontInfo(text, index, name, 200, flags)
    face = name.value.decode("utf-8", "replace").lower()
    bold = any(part in face for part in _BOLD_NAMES) or bool(flags.value & _FORCE_BOLD)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    style = _Style(round(abs(size.value) * scale, 1), bold, mark, frame.upright(matrix.a, matrix.b))
    styles[key] = style
    return style


def _pictured(page: Any, frame: _Frame) -> bool:
    """Whether pictures cover a good part of a page."""
    covered = 0.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            x0, top, x1, bottom = frame.edges(*item.get_bounds())
        except pdfium.PdfiumError:
            continue  # a picture without a place
        width, height = frame.size()
        covered += max(min(x1, width) - max(x0, 0.0), 0.0) * max(min(bottom, height) - max(top, 0.0), 0.0)
    return bool(covered >= _PICTURE * frame.wide * frame.tall)


def _drawn(page: Any, frame: _Frame, made: Page) -> None:
    """Rules and filled areas among the page's paths."""
    count = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        mode, stroke = ctypes.c_int(0), ctypes.c_int(0)
        if not raw.FPDFPath_GetDrawMode(item, mode, stroke) or not (mode.value or stroke.value):
            continue
        lines = list(_segments(item))
        count += len(lines)
        if count > MAX_SEGMENTS:
            made.across.clear()
            made.down.clear()
            return
        if mode.value and not stroke.value:
            _fill(item, lines, frame, made)
        else:
            for ax, ay, bx, by in lines:
                _rule(frame.box(ax, ay, bx, by), made)
            if mode.value:
                _fill(item, lines, frame, made)


def _fill(item: Any, lines: list[tuple[float, float, float, float]], frame: _Frame, made: Page) -> None:
    """A filled area: a rule where it is thin, else a background."""
    if not lines:
        return
    xs = [x for line in lines for x in (line[0], line[2])]
    ys = [y for line in lines for y in (line[1], line[3])]
    box = frame.box(min(xs), min(ys), max(xs), max(ys))
    if box.x1 - box.x0 < _THIN or box.bottom - box.top < _THIN:
        _rule(box, made)
    elif len(lines) <= 5:
        red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
        if raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha) and alpha.value > 40:
            made.fills.append((box, f"{red.value:02x}{green.value:02x}{blue.value:02x}"))
    else:  # several rectangles in one path: each side counts as a rule
        for ax, ay, bx, by in lines:
            _rule(frame.box(ax, ay, bx, by), made)


def _rule(box: Box, made: Page) -> None:
    wide, tall = box.x1 - box.x0, box.bottom - box.top
    if tall < _THIN and wide > _THIN:
        made.across.append(box)
    elif wide < _THIN and tall > _THIN:
        made.down.append(box)


def _segments(item: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of a path in the page's coordinates; curves end a line."""
    matrix = _matrix_of(item)
    x, y = ctypes.c_float(0), ctypes.c_float(0)
    start: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(item), MAX_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if not segment or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        here = matrix(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield (*last, *here)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        last = here
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            if start != here:
                yield (*here, *start)
            last = start


def _matrix_of(item: Any) -> Any:
    """The function that maps a path's own coordinates to the page's, through the forms that it is nested in."""
    chain = []
    while item is not None:
        found = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
        raw.FPDFPageObj_GetMatrix(item, found)
        chain.append(found)
        item = item.container

    def apply(x: float, y: float) -> tuple[float, float]:
        for m in chain:
            x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
        return x, y

    return apply


__all__ = ["Box", "Page", "Word", "load_page", "pdfium"]
