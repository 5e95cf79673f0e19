"""The words in drawings of Office files: SmartArt (organisation charts, processes) and the shapes on a sheet."""

from __future__ import annotations

from typing import Any

from goldthread.reading.readers.archive import attribute, local
from goldthread.reading.readers.wording import tidy

MAX_DEPTH = 20


def diagram_lines(root: Any | None) -> list[tuple[int, str]]:
    """The texts of a diagram's data part, each with its depth (0 outermost), parents before their children."""
    if root is None:
        return []
    texts: dict[str, str] = {}
    below: dict[str, list[tuple[int, str]]] = {}
    children: set[str] = set()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if local(element) == "pt":
            texts[attribute(element, "modelId") or ""] = _text(element)
        elif local(element) == "cxn" and attribute(element, "type") in (None, "parOf"):
            order, target = attribute(element, "srcOrd") or "0", attribute(element, "destId") or ""
            below.setdefault(attribute(element, "srcId") or "", []).append(
                (int(order) if order.isdigit() else 0, target)
            )
            children.add(target)
    lines: list[tuple[int, str]] = []
    done: set[str] = set()

    def add(key: str, depth: int) -> None:
        if key in done or depth > MAX_DEPTH:
            return
        done.add(key)
        if texts.get(key):
            lines.append((depth, texts[key]))
            depth += 1
        for _, target in sorted(below.get(key, [])):
            add(target, depth)

    for key in texts:
        if key not in children:
            add(key, 0)
    for key in texts:  # what a damaged tree does not reach
        add(key, 0)
    return lines


def _text(point: Any) -> str:
    """The paragraphs of one point, in one line."""
    words = []
    for element in point.iter():
        if isinstance(element.tag, str) and local(element) in ("p", "br"):
            words.append(" ")
        elif isinstance(element.tag, str) and local(element) == "t":
            words.append(element.text or "")
    return tidy("".join(words))


def drawing_texts(root: Any | None) -> list[str]:
    """The texts of the shapes of a drawing part, one per paragraph."""
    if root is None:
        return []
    paragraphs = (e for e in root.iter() if isinstance(e.tag, str) and local(e) == "p")
    return [text for text in (_text(paragraph) for paragraph in paragraphs) if text]
