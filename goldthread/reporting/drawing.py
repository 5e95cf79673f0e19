"""Pictures of plain shapes as SVG. People's words go in as text and come out escaped; nothing of theirs is ever markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as Xml

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDE, _NARROW = set("mwMWQOGCD%@&—"), set("iljtfrI.,:;'|!() ")
INK, QUIET, LINE, PAPER = "#0b0c0c", "#484949", "#b1b4b6", "#ffffff"
THREAD, HERE = "#b7791f", "#fdf3dc"
BOLD = 1.12
"""How much wider bold letters are."""


def width_of(text: str, size: float) -> float:
    """About how many units a text is wide: as wide as in the widest face that stands in for Arial, so that nothing runs over."""
    return sum(1.0 if one in _WIDE else 0.4 if one in _NARROW else 0.645 for one in text) * size


def folded(text: str, width: float, size: float, most: int) -> list[str]:
    """A text in at most ``most`` lines of a width; what does not fit ends in "…"."""
    lines: list[str] = []
    words = text.split()
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = _cut(f"{lines[-1]} {' '.join(words[place:])}", width, size)
            break
    return [_cut(line, width, size) for line in lines]


def _cut(line: str, width: float, size: float) -> str:
    if width_of(line, size) <= width:
        return line
    while line and width_of(f"{line}…", size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


@dataclass(slots=True)
class Drawing:
    """A picture in the making. Everything is in units of a CSS pixel; ``title`` and ``told`` say it in words."""

    title: str
    told: str
    width: float = 0.0
    height: float = 0.0
    _parts: list[Xml.Element] = field(default_factory=list)

    def _reach(self, right: float, bottom: float) -> None:
        self.width, self.height = max(self.width, right), max(self.height, bottom)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = PAPER,
        edge: str = LINE,
        thick: float = 1,
        round_: float = 3,
    ) -> None:
        """A rectangle."""
        values = {"x": x, "y": y, "width": width, "height": height, "rx": round_, "stroke-width": thick}
        self._add("rect", values, {"fill": fill, "stroke": edge})
        self._reach(x + width, y + height)

    def text(self, x: float, y: float, words: str, *, size: float = 14, bold: bool = False, fill: str = INK) -> None:
        """One line of text; ``y`` is its foot."""
        looks = {"fill": fill, **({"font-weight": "bold"} if bold else {})}
        self._add("text", {"x": x, "y": y, "font-size": size}, looks).text = _NOT_XML.sub(" ", words)
        self._reach(x + width_of(words, size * BOLD if bold else size), y + size / 2)

    def lines(
        self, x: float, y: float, words: Sequence[str], *, size: float = 14, bold: bool = False, fill: str = INK
    ) -> float:
        """Lines of text one below the other; the foot of the last one."""
        for line in words:
            self.text(x, y, line, size=size, bold=bold, fill=fill)
            y += size * 1.3
        return y - size * 1.3

    def path(
        self, points: Sequence[tuple[float, float]], *, edge: str = THREAD, thick: float = 2, dashed: bool = False
    ) -> None:
        """A line through some points."""
        told = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        looks = {"points": told, "fill": "none", "stroke": edge, **({"stroke-dasharray": "5 4"} if dashed else {})}
        self._add("polyline", {"stroke-width": thick}, looks)
        self._reach(max(x for x, _ in points), max(y for _, y in points))

    def dot(self, x: float, y: float, *, size: float = 4, fill: str = THREAD) -> None:
        """A filled circle."""
        self._add("circle", {"cx": x, "cy": y, "r": size}, {"fill": fill})

    def _add(self, name: str, numbers: dict[str, float], looks: dict[str, str]) -> Xml.Element:
        part = Xml.Element(name, {key: _number(value) for key, value in numbers.items()} | looks)
        self._parts.append(part)
        return part

    def svg(self, margin: float = 10) -> bytes:
        """The picture as the bytes of an SVG file without script, style sheet or anything fetched from elsewhere."""
        wide, high = self.width + margin, self.height + margin
        root = Xml.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_number(wide)} {_number(high)}",
                "width": _number(wide),
                "height": _number(high),
                "font-family": "Arial, Helvetica, sans-serif",
                "role": "img",
            },
        )
        Xml.SubElement(root, "title").text = _NOT_XML.sub(" ", self.title)
        Xml.SubElement(root, "desc").text = _NOT_XML.sub(" ", self.told)
        Xml.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
        root.extend(self._parts)
        return Xml.tostring(root, encoding="utf-8", xml_declaration=True)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
