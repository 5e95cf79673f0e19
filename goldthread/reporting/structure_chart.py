"""Organisation charts as SVG: a tidy tree from left to right, cut into pages, changes told by sign, word and outline.

Pure: no table and no clock. Texts are escaped; nothing in the drawing is a style or a script, so a page may hold it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from goldthread.domain.organisation.rules.lines import Line, directorates_of, spelled_out

ROWS = 20
"""Posts without posts below them that stand on one printed page, A4 landscape."""

_WIDE, _HIGH, _STEP, _GAP, _EDGE = 250, 54, 290, 64, 10
_LETTERS = 32  # of a title on one line of a box


@dataclass(frozen=True, slots=True)
class Mark:
    """How a change is shown: a sign, a word, the fill and the outline of its box; colour only repeats the others."""

    sign: str
    word: str
    fill: str
    dashes: str = ""
    thick: float = 2


MARKS = {
    "added": Mark("+", "added", "#e2f3e6", thick=3),
    "removed": Mark("−", "removed", "#f9e4e2", dashes="3 3", thick=2),
    "renamed": Mark("≈", "renamed", "#e6eef8", dashes="10 4"),
    "moved": Mark("→", "moved", "#fdf3d6", dashes="12 3 3 3"),
    "split": Mark("÷", "split", "#efe6f6", dashes="6 3"),
    "merged": Mark("×", "merged", "#efe6f6", dashes="6 3"),
    "regraded": Mark("±", "regraded", "#fdf3d6", dashes="8 3"),
    "to be removed": Mark("!", "to be removed", "#f9e4e2", dashes="1 3", thick=3),
}
"""The marks of changes, the most telling first where a post has several."""

_ORDER = ("added", "removed", "to be removed", "split", "merged", "regraded", "moved", "renamed")


@dataclass(slots=True)
class Node:
    """A post in a tree, or (no line) the directorate that posts without a line are gathered under."""

    title: str
    line: Line | None = None
    kinds: tuple[str, ...] = ()
    holder: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def marks(self) -> list[Mark]:
        """The marks of what became of it."""
        return [MARKS[kind] for kind in _ORDER if kind in self.kinds]

    @property
    def below(self) -> str:
        """Its second line: grade, full-time equivalents, and what is printed of it."""
        if self.line is None:
            return ""
        fte = f"{self.line.fte.normalize():f} FTE" if self.line.fte is not None else ""
        return ", ".join(part for part in (self.line.grade, fte, self.holder, self.line.qualifier) if part)


def forest(
    lines: Sequence[Line],
    *,
    changes: Mapping[int, Iterable[str]] | None = None,
    holders: Mapping[int, str] | None = None,
) -> list[Node]:
    """Posts as trees by their lines, in printed order. Posts of a directorate in which nobody has a line stand side by side
    under its name: who reports to whom is not made up."""
    kinds, held = changes or {}, holders or {}
    nodes = {line.key: Node(line.title, line, tuple(kinds.get(line.key, ())), held.get(line.key, "")) for line in lines}
    drawn = {line.directorate for line in lines if line.reports_to in nodes}
    drawn |= {nodes[line.reports_to].line.directorate for line in lines if line.reports_to in nodes}  # type: ignore[union-attr]
    loose: dict[str, Node] = {}
    roots: list[Node] = []
    for line in sorted(lines, key=lambda line: (line.position, line.key)):
        node = nodes[line.key]
        if line.reports_to in nodes and line.reports_to != line.key:
            nodes[line.reports_to].children.append(node)
        elif line.directorate in drawn:
            roots.append(node)
        else:
            if line.directorate not in loose:
                loose[line.directorate] = Node(spelled_out(line.directorate))
                roots.append(loose[line.directorate])
            loose[line.directorate].children.append(node)
    return [root.children[0] if root.line is None and len(root.children) == 1 else root for root in roots]


def by_directorate(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The posts of each directorate, in printed order."""
    return [(name, [line for line in lines if line.directorate == name]) for name in directorates_of(lines)]


def pages_of(roots: Sequence[Node], *, rows: int = ROWS) -> list[list[Node]]:
    """Trees cut so that each page holds at most so many rows; a post whose reports go over pages heads each of them."""
    units = [unit for root in roots for unit in _units(root, rows)]
    pages: list[list[Node]] = []
    room = 0
    for unit in units:
        need = _leaves(unit)
        if not pages or need > room:
            pages.append([])
            room = rows
        pages[-1].append(unit)
        room -= need
    return pages


def _units(node: Node, rows: int) -> list[Node]:
    if _leaves(node) <= rows or not node.children:
        return [node]
    parts: list[list[Node]] = [[]]
    room = rows
    for child in [piece for each in node.children for piece in _units(each, rows)]:
        need = _leaves(child)
        if parts[-1] and need > room:
            parts.append([])
            room = rows
        parts[-1].append(child)
        room -= need
    titles = [node.title if at == 0 else f"{node.title} (continued)" for at in range(len(parts))]
    return [Node(title, node.line, node.kinds, node.holder, part) for title, part in zip(titles, parts, strict=True)]


def _leaves(node: Node) -> int:
    return sum(_leaves(child) for child in node.children) or 1


def svg(roots: Sequence[Node], *, label: str) -> str:
    """One page of trees as an SVG element. ``label`` says what it shows to who does not see it."""
    drawn: list[str] = []
    row, deepest = 0.0, 0
    for root in roots:
        _, taken, depth = _draw(root, 0, row, drawn)
        row, deepest = row + taken, max(deepest, depth)
    wide, high = 2 * _EDGE + deepest * _STEP + _WIDE, 2 * _EDGE + int(row * _GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" '
        f'aria-label="{escape(label)}" font-family="Arial, sans-serif" font-size="13">{"".join(drawn)}</svg>'
    )


def _draw(node: Node, depth: int, row: float, drawn: list[str]) -> tuple[float, int, int]:
    """Draw a tree from a row on; gives the height of its head's middle, the rows that it took, and its greatest depth."""
    taken, deepest, middles = 0, depth, []
    for child in node.children:
        middle, rows, lowest = _draw(child, depth + 1, row + taken, drawn)
        taken, deepest = taken + rows, max(deepest, lowest)
        middles.append(middle)
    taken = taken or 1
    middle = (middles[0] + middles[-1]) / 2 if middles else _EDGE + row * _GAP + _HIGH / 2
    left = _EDGE + depth * _STEP
    for below in middles:
        x = left + _WIDE + (_STEP - _WIDE) / 2
        drawn.append(
            f'<path d="M{left + _WIDE} {middle:.0f}H{x:.0f}V{below:.0f}H{left + _STEP}" fill="none" stroke="#505a5f"/>'
        )
    drawn.append(_box(node, left, middle - _HIGH / 2))
    return middle, taken, deepest


def _box(node: Node, left: int, top: float) -> str:
    mark = next(iter(node.marks), None)
    fill = mark.fill if mark else "#ffffff" if node.line is not None else "#f3f2f1"
    dashes = f' stroke-dasharray="{mark.dashes}"' if mark and mark.dashes else ""
    words = " ".join(each.word for each in node.marks)
    lines = textwrap.wrap(node.title, _LETTERS - (4 if mark else 0), max_lines=2, placeholder="…") or [""]
    second = textwrap.shorten(", ".join(part for part in (words, node.below) if part), _LETTERS + 6, placeholder="…")
    rows = [*lines, second] if second else lines
    start = top + _HIGH / 2 - (len(rows) - 1) * 7 + 4
    texts = [
        f'<text x="{left + 10}" y="{start + 14 * at:.0f}"'
        f"{' font-size=' + chr(34) + '11' + chr(34) if second and at == len(rows) - 1 else ''}"
        f"{' font-weight=' + chr(34) + 'bold' + chr(34) if node.line is None else ''}>{escape(text)}</text>"
        for at, text in enumerate(rows)
    ]
    sign = (
        f'<text x="{left + _WIDE - 20}" y="{top + 18:.0f}" font-size="18" font-weight="bold">{mark.sign}</text>'
        if mark
        else ""
    )
    whole = ", ".join(part for part in (node.title, words, node.below) if part)
    return (
        f'<g><title>{escape(whole)}</title><rect x="{left}" y="{top:.0f}" width="{_WIDE}" height="{_HIGH}" rx="3" '
        f'fill="{fill}" stroke="#0b0c0c" stroke-width="{mark.thick if mark else 1}"{dashes}/>{"".join(texts)}{sign}</g>'
    )
