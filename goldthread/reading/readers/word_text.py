"""The text of one Word paragraph, as printed: tracked insertions in, deletions out, controls and fields read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from goldthread.reading.readers.archive import attribute, child, elements, local
from goldthread.reading.readers.word_styles import Numbering, Style, Styles, list_of, on, outline
from goldthread.reading.readers.wording import tidy

_PLAIN = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "",
}  # fmt: skip
_THROUGH = {
    "ins", "moveTo", "hyperlink", "smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "ruby", "rubyBase",
    "r", "oMath", "oMathPara",
}  # fmt: skip
_GONE = {"del", "moveFrom"}
_SKIP = {"pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "rt", "rubyPr", "tblPr", "smartTagPr"}
_SYMBOLS = {
    "f0fc": "✓", "f0fb": "✗", "f0fe": "☑", "f0fd": "☒", "f0a8": "☐", "f06f": "☐", "f0b7": "•", "f0a7": "▪", "f0d8": "➢",
    "f0e0": "→", "f04a": "☺", "f04b": "😐", "f04c": "☹",
}  # fmt: skip  # Wingdings, as council trackers use them for yes, no and mood


@dataclass(slots=True)
class Paragraph:
    """A paragraph read: its text, how it looks, and what hangs on it."""

    text: str = ""
    style: str = ""
    level: int = 0
    bullet: bool = False
    bold: bool = False
    size: float | None = None
    joined: bool = False  # its mark was deleted in a tracked change: the next paragraph continues it
    apart: list[tuple[str, str]] = field(default_factory=list)  # (text, why)
    boxes: list[Any] = field(default_factory=list)  # contents of text boxes
    diagrams: list[str] = field(default_factory=list)  # relationships of SmartArt drawings
    comments: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnotes" or "endnotes", identifier)


@dataclass(slots=True)
class _Parts:
    """What is gathered while the runs are walked."""

    paragraph: Paragraph
    kept: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    weights: list[bool] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)


class Paragraphs:
    """Reads paragraphs in their order (automatic numbers count on)."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        """``styles`` and ``numbering`` of the document."""
        self._styles = styles
        self._numbering = numbering

    def read(self, element: Any) -> Paragraph:
        """A ``w:p`` element as a Paragraph."""
        properties = child(element, "pPr")
        identifier = attribute(child(properties, "pStyle"), "val")
        style = self._styles.get(identifier)
        made = Paragraph(style=style.name, joined=child(properties, "rPr", "del") is not None)
        parts = _Parts(made)
        self._walk(element, parts, style, "kept")
        text = tidy("".join(parts.kept))
        level = outline(properties)
        made.level = style.level if level is None else level
        made.text, made.bullet = self._numbered(text, properties, style, identifier, made.level)
        made.bold = bool(parts.weights) and all(parts.weights)
        made.size = max(parts.sizes, default=None)
        for words, why in (
            (parts.deleted, "deleted text (tracked change)"),
            (parts.hidden, "hidden text"),
            (parts.struck, "struck-through text"),
            (parts.prompts, "prompt of an empty form field"),
        ):
            gathered = tidy("".join(words))
            if gathered:
                made.apart.append((gathered, why))
        return made

    def _numbered(
        self, text: str, properties: Any, style: Style, identifier: str | None, level: int
    ) -> tuple[str, bool]:
        """The text with its automatic number before it, and whether it is an item of a list."""
        list_id, list_level = list_of(properties)
        inherited = list_id is None
        label, item = self._numbering.label(
            style.list_id if inherited else list_id,
            style.list_level if inherited and list_level is None else list_level,
            identifier if inherited else None,
        )
        if label:
            text = f"{label} {text}".strip()
        return text, item and not level

    def _walk(self, element: Any, parts: _Parts, style: Style, into: str) -> None:
        for part in elements(element):
            name = local(part)
            if name in _SKIP:
                continue
            if name == "r":
                self._run(part, parts, style, into)
            elif name in _GONE:
                self._walk(part, parts, style, "deleted")
            elif name in ("sdt", "AlternateContent"):
                self._choice(part, name, parts, style, into)
            elif name in _THROUGH:
                self._walk(part, parts, style, into)
            else:
                self._leaf(part, name, parts, into)

    def _choice(self, part: Any, name: str, parts: _Parts, style: Style, into: str) -> None:
        """A content control (a prompt is no text), or one of two drawings of the same thing."""
        if name == "sdt":
            prompt = child(part, "sdtPr", "showingPlcHdr") is not None
            content = child(part, "sdtContent")
            into = "prompts" if prompt and into == "kept" else into
        else:
            content = child(part, "Choice")
            content = child(part, "Fallback") if content is None else content
        if content is not None:
            self._walk(content, parts, style, into)

    def _run(self, run: Any, parts: _Parts, style: Style, into: str) -> None:
        """A run: its own properties decide whether it is hidden, bold, large."""
        properties = child(run, "rPr")
        own = self._styles.get(attribute(child(properties, "rStyle"), "val"))
        hidden = on(child(properties, "vanish"))
        if into == "kept" and (hidden or (hidden is None and (own.hidden or style.hidden))):
            into = "hidden"
        if into == "kept" and (on(child(properties, "strike")) or on(child(properties, "dstrike"))):
            into = "struck"
        before = len(parts.kept)
        self._walk(run, parts, style, into)
        if "".join(parts.kept[before:]).strip():
            bold = on(child(properties, "b"))
            inherited = own.bold if own.bold is not None else style.bold
            parts.weights.append(bool(inherited if bold is None else bold))
            size = attribute(child(properties, "sz"), "val")
            points = int(size) / 2 if size and size.isdigit() else style.size
            if points:
                parts.sizes.append(points)

    def _leaf(self, part: Any, name: str, parts: _Parts, into: str) -> None:
        made = parts.paragraph
        if name in ("t", "delText"):
            getattr(parts, into).append(part.text or "")
        elif name in _PLAIN:
            getattr(parts, into).append(_PLAIN[name])
        elif name == "sym":
            getattr(parts, into).append(_SYMBOLS.get((attribute(part, "char") or "").lower(), ""))
        elif name == "fldChar":
            getattr(parts, into).append(_form_field(part))
        elif name == "commentReference":
            made.comments.append(attribute(part, "id") or "")
        elif name in ("footnoteReference", "endnoteReference"):
            made.notes.append((name.removesuffix("Reference") + "s", attribute(part, "id") or ""))
        elif name in ("drawing", "pict", "object"):
            if into == "kept":
                _drawing(part, made)
        else:  # elements that later versions of the format put around text
            for text in (e for e in part.iter() if isinstance(e.tag, str) and local(e) in ("t", "delText")):
                getattr(parts, into).append(text.text or "")


def _drawing(part: Any, made: Paragraph) -> None:
    """Text boxes and SmartArt in a drawing; of two alternatives the first."""
    for inner in elements(part):
        name = local(inner)
        if name == "txbxContent":
            made.boxes.append(inner)
        elif name == "AlternateContent":
            choice = child(inner, "Choice")
            _drawing(inner if choice is None else choice, made)
        elif name == "relIds":
            made.diagrams.append(attribute(inner, "dm") or "")
        else:
            _drawing(inner, made)


def _form_field(part: Any) -> str:
    """What an old form field shows: the chosen entry of a list, a ticked or empty box."""
    data = child(part, "ffData")
    entries, box = child(data, "ddList"), child(data, "checkBox")
    if entries is not None:
        choices = [attribute(e, "val") or "" for e in elements(entries) if local(e) == "listEntry"]
        chosen = attribute(child(entries, "result"), "val") or "0"
        return choices[int(chosen)] if chosen.isdigit() and int(chosen) < len(choices) else ""
    if box is not None:
        ticked = on(child(box, "checked"))
        ticked = on(child(box, "default")) if ticked is None else ticked
        return "☒" if ticked else "☐"
    return ""
