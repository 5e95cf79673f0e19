"""What a Word file's styles and lists say of a paragraph: heading level, size, weight, the number before it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from goldthread.reading.readers.archive import attribute, child, elements, local

_HEADING = re.compile(r"heading (\d)$", re.I)
_PLACEHOLDER = re.compile(r"%(\d)")


def on(element: Any | None) -> bool | None:
    """A toggle property (``w:b``, ``w:vanish``): True, False, or None where it is not said."""
    if element is None:
        return None
    return (attribute(element, "val") or "1") not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Style:
    """One paragraph or character style, with what it inherits already in it."""

    name: str = ""
    level: int = 0
    bold: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    list_id: str | None = None
    list_level: int | None = None


class Styles:
    """The styles of a document by their identifier."""

    def __init__(self, root: Any | None) -> None:
        """``root`` is the root of word/styles.xml, or None where the file has no styles."""
        self._raw: dict[str, Any] = {}
        self._made: dict[str, Style] = {}
        self.default = Style()
        if root is None:
            return
        self.default.size = _size(child(root, "docDefaults", "rPrDefault", "rPr"))
        for style in elements(root):
            if local(style) == "style":
                self._raw[attribute(style, "styleId") or ""] = style
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                    self._raw.setdefault("", style)

    def get(self, identifier: str | None, depth: int = 0) -> Style:
        """A style with what it inherits; unknown ones and loops of inheritance end at the default."""
        key = identifier or ""
        if key in self._made:
            return self._made[key]
        raw = self._raw.get(key)
        if raw is None or depth > 20:
            return self.default
        based_on = attribute(child(raw, "basedOn"), "val")
        parent = self.get(based_on, depth + 1) if based_on and based_on != key else self.default
        style = self._made[key] = _style(raw, parent)
        return style


def _style(raw: Any, parent: Style) -> Style:
    name = attribute(child(raw, "name"), "val") or ""
    paragraph, run = child(raw, "pPr"), child(raw, "rPr")
    bold, hidden, size = on(child(run, "b")), on(child(run, "vanish")), _size(run)
    list_id, list_level = list_of(paragraph)
    level = outline(paragraph)
    heading = _HEADING.match(name)
    if heading:
        level = min(int(heading.group(1)), 6)
    elif name.lower() == "title":
        level = 1
    return Style(
        name=name,
        level=parent.level if level is None else level,
        bold=parent.bold if bold is None else bold,
        hidden=parent.hidden if hidden is None else hidden,
        size=size or parent.size,
        list_id=list_id or parent.list_id,
        list_level=parent.list_level if list_level is None else list_level,
    )


def outline(properties: Any | None) -> int | None:
    """The heading level (1–6) of an outline level, 0 for body text, None where it is not said."""
    value = attribute(child(properties, "outlineLvl"), "val")
    if value is None or not value.isdigit():
        return None
    return min(int(value) + 1, 6) if int(value) < 9 else 0


def list_of(properties: Any | None) -> tuple[str | None, int | None]:
    """The list that paragraph properties name, and the level in it."""
    numbering = child(properties, "numPr")
    level = attribute(child(numbering, "ilvl"), "val")
    return attribute(child(numbering, "numId"), "val"), int(level) if level and level.isdigit() else None


def _size(run: Any | None) -> float | None:
    value = attribute(child(run, "sz"), "val")
    return int(value) / 2 if value and value.isdigit() else None


@dataclass(slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    pattern: str = ""
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)


class Numbering:
    """The automatic numbers and bullets of a document; ``label`` counts on, so paragraphs are asked in their order."""

    def __init__(self, root: Any | None) -> None:
        """``root`` is the root of word/numbering.xml, or None."""
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        abstract: dict[str, dict[int, _Level]] = {}
        for element in elements(root):
            if local(element) == "abstractNum":
                abstract[attribute(element, "abstractNumId") or ""] = _levels(element)
        for element in elements(root):
            if local(element) == "num":
                key = attribute(child(element, "abstractNumId"), "val") or ""
                made = _List(key, dict(abstract.get(key, {})))
                for override in elements(element):
                    if local(override) == "lvlOverride":
                        made.levels.update(_override(override, made))
                        made.abstract = f"{key}/{attribute(element, 'numId')}"
                self._lists[attribute(element, "numId") or ""] = made

    def label(self, list_id: str | None, level: int | None, style: str | None) -> tuple[str, bool]:
        """The number printed before the next paragraph of a list ("" for none), and whether it is an item of a list."""
        found = self._lists.get(list_id or "")
        if found is None:
            return "", False
        if level is None:
            level = next((n for n, lvl in found.levels.items() if style and lvl.style == style), 0)
        this = found.levels.get(level)
        if this is None:
            return "", True
        counts = self._counts[found.abstract]
        counts[level] = counts.get(level, this.start - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        if this.kind == "bullet":
            return "", True
        if this.kind == "none" or not this.pattern:
            return "", False
        return _PLACEHOLDER.sub(lambda m: self._number(found, counts, int(m.group(1)) - 1), this.pattern).strip(), True

    @staticmethod
    def _number(found: _List, counts: dict[int, int], level: int) -> str:
        lvl = found.levels.get(level, _Level())
        return _printed(counts.get(level, lvl.start), lvl.kind)


def _levels(element: Any) -> dict[int, _Level]:
    return {
        int(attribute(lvl, "ilvl") or 0): _level(lvl)
        for lvl in elements(element)
        if local(lvl) == "lvl" and (attribute(lvl, "ilvl") or "0").isdigit()
    }


def _level(lvl: Any) -> _Level:
    start = attribute(child(lvl, "start"), "val") or "1"
    return _Level(
        start=int(start) if start.isdigit() else 1,
        kind=attribute(child(lvl, "numFmt"), "val") or "decimal",
        pattern=attribute(child(lvl, "lvlText"), "val") or "",
        style=attribute(child(lvl, "pStyle"), "val"),
    )


def _override(override: Any, made: _List) -> dict[int, _Level]:
    number = attribute(override, "ilvl") or "0"
    key = int(number) if number.isdigit() else 0
    lvl = child(override, "lvl")
    level = _level(lvl) if lvl is not None else made.levels.get(key, _Level())
    start = attribute(child(override, "startOverride"), "val")
    if start and start.isdigit():
        level = _Level(int(start), level.kind, level.pattern, level.style)
    return {key: level}


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _printed(number: int, kind: str) -> str:
    """A number in Word's list formats; formats of other scripts are printed in figures."""
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 5)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman, rest = "", number
        for value, sign in _ROMAN:
            roman += sign * (rest // value)
            rest %= value
        return roman.upper() if kind == "upperRoman" else roman
    return f"{number:02d}" if kind == "decimalZero" else str(number)
