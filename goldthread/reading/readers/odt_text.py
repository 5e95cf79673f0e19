"""The words of one OpenDocument paragraph: spans, spaces, tabs, line breaks, links; what hangs from it is told apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from goldthread.reading.readers.archive import attribute, elements, local
from goldthread.reading.readers.odt_styles import Styles
from goldthread.reading.readers.wording import tidy

MAX_SPACES = 100  # of one text:s element
_CHANGES = ("change", "change-start", "change-end")
_SILENT = (
    "bookmark",
    "bookmark-start",
    "bookmark-end",
    "reference-mark",
    "annotation-end",
    "soft-page-break",
    *_CHANGES,
)


@dataclass(slots=True)
class Words:
    """What a paragraph holds. ``apart`` are (text, why); ``boxes`` are frames with blocks of their own."""

    text: str = ""
    bold: bool = False
    size: float | None = None
    apart: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


class _Gatherer:
    """Walks one paragraph."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.words = Words()
        self.texts: list[str] = []
        self.strong: list[bool] = []

    def walk(self, element: Any, bold: bool, hidden: bool) -> None:
        """The text of an element and of those inside it."""
        self._add(element.text, bold, hidden)
        for part in element:
            if isinstance(part.tag, str):
                self._part(part, bold, hidden)
            self._add(part.tail, bold, hidden)

    def _part(self, part: Any, bold: bool, hidden: bool) -> None:
        name = local(part)
        if name == "s":
            count = attribute(part, "c") or "1"
            self.texts.append(" " * min(int(count) if count.isdigit() and len(count) < 5 else 1, MAX_SPACES))
        elif name in ("tab", "line-break"):
            self.texts.append("\t" if name == "tab" else "\n")
        elif name == "annotation":
            text = "\n".join(words_of(p, self.styles).text for p in elements(part) if local(p) in ("p", "list"))
            self.words.apart.append((tidy(text), "comment"))
        elif name == "note":
            self.words.notes.append(part)
        elif name == "frame":
            self.words.boxes += [
                inner for inner in part.iter() if isinstance(inner.tag, str) and local(inner) == "text-box"
            ][:1]
        elif name in _CHANGES:
            self.words.changes.append(attribute(part, "change-id") or "")
        elif name in ("hidden-text", "hidden-paragraph"):
            text = attribute(part, "string-value") or "".join(part.itertext())
            self.words.apart.append((tidy(text), "hidden text"))
        elif name not in _SILENT:
            style = self.styles.get("text", attribute(part, "style-name")) if name == "span" else None
            self.walk(part, bold or bool(style and style.bold), hidden or bool(style and style.hidden))

    def _add(self, text: str | None, bold: bool, hidden: bool) -> None:
        if not text:
            return
        text = " ".join(text.split()) if not text.strip() else _collapsed(text)
        text = text or " "
        if hidden:
            self.words.apart.append((tidy(text), "hidden text"))
            return
        self.texts.append(text)
        if text.strip():
            self.strong.append(bold)


def _collapsed(text: str) -> str:
    """White space of the XML as one space, as the format says (1.3, part 3, 6.1.2)."""
    inner = " ".join(text.split())
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def words_of(paragraph: Any, styles: Styles) -> Words:
    """The words of a ``text:p`` or ``text:h`` and what hangs from it."""
    style = styles.get("paragraph", attribute(paragraph, "style-name"))
    gatherer = _Gatherer(styles)
    gatherer.walk(paragraph, style.bold, style.hidden)
    words = gatherer.words
    words.text = tidy("".join(gatherer.texts))
    words.bold = bool(gatherer.strong) and all(gatherer.strong)
    words.size = style.size
    words.apart = [(text, why) for text, why in words.apart if text]
    return words
