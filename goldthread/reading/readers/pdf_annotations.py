"""What stands on PDF pages beside their content: filled form fields, notes, comments. The text layer has none of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from goldthread.reading.readers.pdf_tags import DAMAGED
from goldthread.reading.readers.wording import tidy

MAX_ANNOTATIONS = 5_000  # of a file
_COMMENTS = ("/Text", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret", "/Square", "/Circle", "/Line")


@dataclass(slots=True)
class Annotations:
    """The annotations of a file: (page from 1, text), comments and notes apart from what fields hold."""

    fields: list[tuple[int, tuple[float, float, float, float], str]] = field(
        default_factory=list
    )  # with their rectangle
    comments: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)  # text typed onto the page


def annotations_of(path: Path) -> Annotations:
    """The annotations of a PDF; none where they are damaged."""
    found = Annotations()
    try:
        with pikepdf.open(path) as pdf:
            count = 0
            for number, page in enumerate(pdf.pages, start=1):
                for annotation in page.obj.get("/Annots", []):
                    count += 1
                    if count > MAX_ANNOTATIONS:
                        return found
                    if isinstance(annotation, pikepdf.Dictionary):
                        _add(annotation, number, found)
    except DAMAGED:
        return found
    return found


def _add(annotation: Any, page: int, found: Annotations) -> None:
    flags = int(annotation.get("/F", 0))
    kind = str(annotation.get("/Subtype", ""))
    if flags & 2:  # hidden, ISO 32000-1 table 165
        return
    text = tidy(_string(annotation.get("/Contents")))
    if kind == "/Widget":
        value = _value(annotation)
        if value:
            x0, y0, x1, y1 = (float(n) for n in annotation.get("/Rect", [0, 0, 0, 0]))
            found.fields.append((page, (x0, y0, x1, y1), value))
    elif kind == "/FreeText" and text:
        found.notes.append((page, text))
    elif kind in _COMMENTS and text:
        found.comments.append((page, text))


def _value(widget: Any) -> str:
    """What a form field shows: its text or chosen entries, a mark for a ticked box."""
    kind, value = None, None
    at = widget
    for _ in range(10):
        kind = at.get("/FT") if kind is None else kind
        value = at.get("/V") if value is None else value
        at = at.get("/Parent")
        if not isinstance(at, pikepdf.Dictionary):
            break
    if str(kind) == "/Btn":
        state = widget.get("/AS")
        return "☒" if state is not None and str(state) != "/Off" else ""
    if isinstance(value, pikepdf.Array):
        return tidy(", ".join(_string(v) for v in value))
    return tidy(_string(value))


def _string(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""
