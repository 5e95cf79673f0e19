"""The golden thread of one record: why it is there (above), and what is done for it (below)."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldthread.web.components.tag.presenter import Tag


@dataclass(frozen=True, slots=True)
class Knot:
    """One record on the thread. ``depth`` counts the steps from the record that the page is about, from 1 to 4."""

    reference: str
    kind: str
    text: str
    href: str
    relation: str = ""
    depth: int = 1
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """The knots above, outermost first, the record, the knots below in reading order; ``cut`` more are not shown."""

    here: Knot
    above: list[Knot] = field(default_factory=list)
    below: list[Knot] = field(default_factory=list)
    cut: int = 0
