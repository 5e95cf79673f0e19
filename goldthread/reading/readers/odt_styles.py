"""What the styles of an OpenDocument text say: heading level, weight, hidden text, colours of cells, numbers of lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from goldthread.reading.readers.archive import attribute, child, elements, local

MAX_INHERITED = 20  # styles above a style; more is a loop
_COLOUR = re.compile(r"#([0-9a-f]{6})$", re.I)
_HEADING = re.compile(r"heading(?:_20_| )(\d)$", re.I)


@dataclass(slots=True)
class Style:
    """One style with what it inherits already in it."""

    level: int = 0
    bold: bool = False
    hidden: bool = False
    size: float | None = None
    fill: str | None = None
    contents: bool = False  # a line of a contents list


class Styles:
    """The styles of a document by family and name; unknown names have the plain style."""

    def __init__(self, roots: Iterable[Any | None]) -> None:
        """``roots`` are those of content.xml and styles.xml; None where a part is absent."""
        self._raw: dict[tuple[str, str], Any] = {}
        self._made: dict[tuple[str, str], Style] = {}
        self.lists: dict[str, Any] = {}
        for root in roots:
            for group in elements(root) if root is not None else ():
                if local(group) in ("styles", "automatic-styles"):
                    self._take(group)

    def _take(self, group: Any) -> None:
        for style in elements(group):
            name = attribute(style, "name") or ""
            if local(style) == "style":
                self._raw.setdefault((attribute(style, "family") or "", name), style)
            elif local(style) == "list-style":
                self.lists.setdefault(name, style)

    def get(self, family: str, name: str | None, depth: int = 0) -> Style:
        """The style of a family ("paragraph", "text", "table-cell", "table-row", "table-column") by its name."""
        key = (family, name or "")
        if key in self._made:
            return self._made[key]
        raw = self._raw.get(key)
        if raw is None or depth > MAX_INHERITED:
            return Style(level=_level(name or ""))
        parent = self.get(family, attribute(raw, "parent-style-name"), depth + 1)
        style = self._made[key] = _style(raw, name or "", parent)
        return style


def _level(name: str) -> int:
    heading = _HEADING.match(name)
    return min(int(heading.group(1)), 6) if heading else int(name == "Title")


def _style(raw: Any, name: str, parent: Style) -> Style:
    text = child(raw, "text-properties")
    weight, display = attribute(text, "font-weight"), attribute(text, "display")
    size = (attribute(text, "font-size") or "").removesuffix("pt")
    background = attribute(child(raw, "table-cell-properties"), "background-color")
    colour = _COLOUR.match(background or "")
    outline = attribute(raw, "default-outline-level") or ""
    known = _level(name) or _level(attribute(raw, "display-name") or "")
    return Style(
        level=min(int(outline), 6) if outline.isdigit() and len(outline) < 3 else known or parent.level,
        bold=parent.bold if weight is None else weight in ("bold", "600", "700", "800", "900"),
        hidden=parent.hidden if display is None else display == "none",
        size=float(size) if re.fullmatch(r"\d{1,3}(?:\.\d+)?", size) else parent.size,
        fill=(colour.group(1).lower() if colour else None) if background else parent.fill,
        contents=parent.contents or name.startswith("Contents_20_"),
    )


def number_of(list_style: Any | None, level: int, count: int) -> str:
    """What is printed before the item number ``count`` of a list at a level from 1; "" for bullets."""
    for style in elements(list_style) if list_style is not None else ():
        if local(style) == "list-level-style-number" and attribute(style, "level") == str(level):
            form = attribute(style, "num-format") or ""
            start = attribute(style, "start-value") or "1"
            value = count + (int(start) - 1 if start.isdigit() and len(start) < 5 else 0)
            digits = numeral(value, form)
            before, after = attribute(style, "num-prefix") or "", attribute(style, "num-suffix") or ""
            return f"{before}{digits}{after}" if digits else ""
    return ""


def numeral(value: int, form: str) -> str:
    """A number as lists print it: ``form`` is 1, a, A, i or I, as in OpenDocument and in HTML; "" for any other."""
    if form in ("a", "A"):
        letter = chr(ord("a") + (value - 1) % 26)
        return letter if form == "a" else letter.upper()
    if form in ("i", "I"):
        roman = ""
        for size, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            while value >= size and len(roman) < 20:
                roman, value = roman + sign, value - size
        return roman if form == "i" else roman.upper()
    return str(value) if form == "1" else ""
