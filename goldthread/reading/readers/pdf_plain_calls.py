"""pdfium's functions with plain numbers for pointers: making pointer objects and casting them costs more than the calls.

A page of a plan takes some thousand calls. What stands for a pointer here is its address as an int; 0 or None is none.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

_INT, _POINTER = ctypes.c_int, ctypes.c_void_p


def address_of(handle: Any) -> int:
    """The address that a handle of pypdfium2's raw functions points to."""
    return ctypes.cast(handle, _POINTER).value or 0


def _plain(function: Any, gives: Any, *takes: Any) -> Any:
    return ctypes.PYFUNCTYPE(gives, *takes)(address_of(function))


# Text: characters by their index in the text page.
text_object = _plain(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
loose_box = _plain(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
font_info = _plain(raw.FPDFText_GetFontInfo, ctypes.c_ulong, _POINTER, _INT, ctypes.c_char_p, ctypes.c_ulong, _POINTER)
font_of = _plain(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
font_size = _plain(raw.FPDFTextObj_GetFontSize, _INT, _POINTER, _POINTER)
# Objects of a page.
count_objects = _plain(raw.FPDFPage_CountObjects, _INT, _POINTER)
object_at = _plain(raw.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
count_form_objects = _plain(raw.FPDFFormObj_CountObjects, _INT, _POINTER)
form_object_at = _plain(raw.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
kind_of = _plain(raw.FPDFPageObj_GetType, _INT, _POINTER)
matrix_of = _plain(raw.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
mark_of = _plain(raw.FPDFPageObj_GetMarkedContentID, _INT, _POINTER)
fill_colour = _plain(raw.FPDFPageObj_GetFillColor, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
# Paths and their segments.
draw_mode = _plain(raw.FPDFPath_GetDrawMode, _INT, _POINTER, _POINTER, _POINTER)
count_segments = _plain(raw.FPDFPath_CountSegments, _INT, _POINTER)
segment_at = _plain(raw.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
segment_point = _plain(raw.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
segment_kind = _plain(raw.FPDFPathSegment_GetType, _INT, _POINTER)
segment_closes = _plain(raw.FPDFPathSegment_GetClose, _INT, _POINTER)
