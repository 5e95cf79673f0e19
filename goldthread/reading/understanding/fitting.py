"""How well a column fits a part of a table: by the words of its heading, by what its cells hold, and by where it stands.

Marks are of one scale, about that of log odds: 0 says nothing, 3 much, 5 nearly all. None of them decides alone; see
``settling``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from goldthread.reading.understanding.cells import Cells
from goldthread.reading.vocabulary import plain, vocabulary

EXACT = 5.0  # the very phrase of a heading
PART = 0.75  # from here on a part of a heading names a part of a table; below, one word of many does
HINT = 1.1  # a word of a heading that hints at a part
ELSEWHERE = -1.5  # for other parts, where the heading names one
# Parts that one phrase is used for by one council and for the other by the next: there the cells have more to say.
_ALIKE = (
    {"objective", "outcome", "group", "criteria", "milestone"},
    {"update", "status", "rag", "actual"},
    {"status", "rag", "risk_rating", "rag_previous"},
    {"target", "timescale", "saving_target", "objective"},
    {"criteria", "indicator", "outcome", "polarity"},
    {"target", "group"},
    {"action", "milestone", "recommendation", "description", "response", "indicator", "saving", "objective"},
    {"actual", "saving_actual", "period"},
    {"number", "reference"},
    {"directorate", "group", "lead", "overseer"},
    {"timescale", "revised", "completed", "start", "period"},
)


@lru_cache(maxsize=4096)
def heading_marks(heading: str, named: str | None, sure: float) -> dict[str, float]:
    """Marks for each part that the words of a heading speak for; ``named`` and ``sure`` are what its phrases name.

    Parts that are not in the answer have the mark under "".
    """
    marks: dict[str, float] = {}
    whole = plain(heading)
    for role, parts in vocabulary().parts.items():
        hits = sum(1 for part in parts if _hints(part, whole))
        if hits:
            marks[role] = HINT * min(hits, 2)
    rest = 0.0
    if named is not None:
        strength = EXACT if sure >= 0.95 else max(0.5, (sure - 0.45) * (8 if sure >= PART else 3))
        marks[named] = max(marks.get(named, 0.0), strength)
        rest = ELSEWHERE * min(1.0, strength / 3)
        for role in list(marks):
            if role != named and not _may_stand_for(named, role):
                marks[role] += rest
        for role in {role for group in _ALIKE if named in group for role in group}:
            marks.setdefault(role, 0.0)
    marks[""] = rest
    return marks


def _hints(part: str, whole: str) -> bool:
    if " " in part:
        return part in whole
    return any(word == part or (len(part) >= 4 and word.startswith(part)) for word in whole.split())


def _may_stand_for(named: str, role: str) -> bool:
    return any(named in group and role in group for group in _ALIKE)


def _by(share: float, yes: float, no: float) -> float:
    """A mark for a share of cells: ``yes`` where all are so, ``-no`` where none is."""
    return yes * share - no * (1 - share)


def _once(c: Cells) -> float:
    """Every row has words of its own, as the column that makes the entries has."""
    return 0.8 * c.filled - 2.0 * c.again - 1.5 * (1 - c.distinct)


def _text(c: Cells, least: float) -> float:
    """Running words: a mark against cells that are names, codes, dates, figures or single words."""
    value = max(c.owner * (c.words < 7), c.code, c.date, c.amount, c.colour, c.status * (c.words < 5), c.period)
    return -4.0 * value - (1.5 * (least - c.words) / least if c.words < least else 0.0)


def _stands_over(c: Cells) -> float:
    """Said once for several rows: merged, repeated or left empty below."""
    return 1.6 * min(1.0, 1.5 * c.again)


def _value(c: Cells) -> float:
    return max(c.date, c.amount, c.code, c.colour, c.status)


def _long_for_a_theme(c: Cells) -> float:
    return 0.4 * max(0.0, c.words - 4) + 1.5 * c.task * (c.words > 3)


def _aims(c: Cells) -> float:
    """A label of criteria inside a cell is sure; measures alone are rather criteria."""
    return 3.0 * c.labelled - 0.6 * max(0.0, c.measure - 0.4) * (1 - c.labelled) + 0.2 * c.task


def _measures(c: Cells) -> float:
    return 1.9 * c.measure * (1 - c.labelled)


def _advises(c: Cells) -> float:
    return 1.4 * c.duty + 0.5 * c.task + 0.4 * c.prose


MARKS: dict[str, Callable[[Cells], float]] = {
    "number": lambda c: _by(c.serial, 2.6, 6) + 0.4 * c.distinct,
    "reference": lambda c: _by(c.code, 2.6, 6) - 2.5 * (1 - c.distinct) - 0.6 * c.serial,
    "group": lambda c: _by(c.label, 0.7, 3) + _stands_over(c) - _long_for_a_theme(c) - 4 * _value(c) - c.post,
    "directorate": lambda c: _by(c.area * c.label, 1.9, 3) + 0.4 * c.again - 3 * c.post - 4 * _value(c),
    "objective": lambda c: 0.2 + _text(c, 3.0) + _stands_over(c) + _aims(c) - 1.2 * c.news - 0.5 * c.named,
    "criteria": lambda c: -0.3 + _text(c, 3.0) + _measures(c) + 0.5 * _stands_over(c) - 1.3 * c.task - 1.0 * c.news,
    "action": lambda c: 0.3 + _text(c, 3.0) + _once(c) + 1.8 * max(c.task, c.named) - 1.8 * c.news - 0.4 * c.duty * (1 - c.task),
    "recommendation": lambda c: -0.2 + _text(c, 5.0) + 0.5 * _once(c) + _advises(c) - 1.4 * c.news - 1.0 * c.answer,
    "response": lambda c: -0.6 + _text(c, 2.0) + 2.0 * c.answer + 0.3 * c.prose - 0.5 * c.task,
    "lead": lambda c: _by(c.owner, 3.2, 4) - 1.5 * c.area * (1 - c.post) - 2.0 * max(c.date, c.amount, c.colour, c.status),
    "timescale": lambda c: _by(c.date, 3.2, 4.5) - 1.0 * c.period * (1 - c.distinct),
    "completed": lambda c: _by(c.date, 2.0, 4.5),
    "update": lambda c: 0.1 + _text(c, 3.0) + 2.2 * c.news + 0.4 * c.prose - 1.6 * c.task - 0.8 * c.again * c.filled,
    "status": lambda c: _by(c.status, 3.2, 4.5) - 3.0 * c.colour,
    "rag": lambda c: _by(c.colour, 3.6, 5),
    "risk_rating": lambda c: _by(c.grade, 2.4, 5) - 1.0 * c.colour - 1.5 * c.serial * (c.distinct > 0.9),
    "key_risk": lambda c: -0.8 + _text(c, 3.0) + 2.4 * c.danger - 1.0 * c.task,
    "indicator": lambda c: -0.4 + _text(c, 2.0) + 0.6 * _once(c) + 2.2 * c.counted - 1.2 * c.task - 1.5 * c.news,
    "period": lambda c: _by(c.period, 2.4, 5) + 1.2 * (1 - c.distinct),
    "target": lambda c: _by(c.amount, 2.0, 5),
    "actual": lambda c: _by(c.amount, 2.0, 5),
    "polarity": lambda c: _by(c.better, 3.0, 6),
    "direction": lambda c: _by(c.arrow, 3.5, 6),
    "saving": lambda c: -0.3 + _text(c, 2.0) + 0.6 * _once(c) + 1.8 * c.saved - 1.2 * c.news,
    "saving_target": lambda c: _by(c.amount, 2.0, 5) + 0.6 * c.money,
    "saving_actual": lambda c: _by(c.amount, 2.0, 5) + 0.6 * c.money,
    "description": lambda c: -0.2 + _text(c, 2.0) + 0.7 * _once(c) - 1.2 * c.news,
}  # fmt: skip
"""For each part that cells can tell: the mark of a column's cells. Other parts are told by their heading alone."""

_MAIN = frozenset(("action", "recommendation", "indicator", "saving", "description", "objective"))


def place_mark(role: str, at: int, width: int) -> float:
    """The mark of a part for standing ``at`` in a table of ``width`` columns: references first, news last."""
    if width < 2:
        return 0.0
    along = at / (width - 1)
    if role in ("number", "reference"):
        return 0.8 if at == 0 else -0.4 - along
    if role in ("objective", "group", "recommendation", "indicator", "saving", "description"):
        return 0.4 - 1.0 * along
    if role in ("target", "actual", "saving_target", "saving_actual"):
        return -2.0 if at == 0 else 0.0
    if role == "directorate":
        return 0.2 - 0.3 * along
    if role in ("update", "rag", "status"):
        return 0.9 * along - 0.5 if role == "update" else 0.4 * along - 0.2
    if role == "action":
        return 0.2 - 0.5 * along
    return 0.0


_AFTER: dict[tuple[str, str], float] = {  # (left, right): a mark against this order
    ("action", "objective"): -1.4,
    ("criteria", "objective"): -0.9,
    ("action", "recommendation"): -2.0,
    ("response", "recommendation"): -1.2,
    ("objective", "group"): -0.8,
    ("action", "group"): -0.8,
    ("update", "action"): -1.2,
    ("update", "recommendation"): -1.2,
    ("update", "indicator"): -1.2,
    ("lead", "action"): -0.5,
    ("timescale", "action"): -0.6,
    ("lead", "recommendation"): -0.6,
    ("saving_actual", "saving_target"): -0.9,
    ("actual", "target"): -0.6,
    ("saving_actual", "target"): -0.9,
    ("actual", "saving_target"): -0.9,
    ("target", "indicator"): -1.2,
    ("actual", "indicator"): -1.2,
}


def order_mark(left: str, right: str) -> float:
    """The mark of two parts for standing in this order."""
    return _AFTER.get((left, right), 0.0)


def is_marked(heading: str) -> bool:
    """Whether a heading has words at all."""
    return bool(re.search(r"\w", heading))
