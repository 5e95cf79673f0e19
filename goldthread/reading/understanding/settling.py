"""The parts that a table's columns play, settled together.

For each column every part has a mark (its heading, its cells, its place: ``fitting``). What is looked for is the best
assignment over all columns, for each family of tables in turn (plans, trackers of recommendations, scorecards, savings,
registers): a part that can only be there once is given once, parts stand in an order, and a table without the column that
makes its entries is hardly one of its family. How far the next best assignment lies behind is the margin of a column: a
heading that tells nothing with a small margin becomes a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.reading.understanding.cells import Cells
from goldthread.reading.understanding.fitting import MARKS, heading_marks, order_mark, place_mark

BEAM = 40  # assignments kept from column to column
CHOICES = 6  # parts that are tried for a column
FAR = 7.0  # behind the best part of a column: not worth trying
EXACTLY, NEVER = 0.95, -3.5  # how sure the very phrase of a heading is; cells that are of another sort altogether
_TWICE = -3.0  # for a second column of a part
_NO_MAIN = -3.5
_STRANGE = -1.5  # a part that the family hardly has
_READ_AS = {"saving_target": "target", "saving_actual": "actual", "number": "reference"}
_PLAIN = ("number", "reference", "group", "directorate", "lead", "update", "rag", "status")
_HINTS = {
    "plan": r"\b(?:action|improvement|delivery|implementation|transformation|recovery|work) ?(?:plan|programme|log)\b",
    "tracker": r"\b(?:recommendations?|peer|review|audit|inspection|scrutiny|ombudsman|inquiry|response)\b",
    "scorecard": r"\b(?:scorecard|performance|indicators?|kpis?|dashboard|measures)\b",
    "savings": r"\b(?:savings?|mtfs|mtfp|efficienc(?:y|ies)|budget)\b",
    "register": r"\b(?:risks?|register|log|contracts?|milestones?)\b",
}


@dataclass(frozen=True, slots=True)
class Family:
    """A family of tables: the parts that make its entries (the first of them best), and the others it has."""

    name: str
    mains: tuple[str, ...]
    has: frozenset[str]
    prior: float
    needs: tuple[str, ...] = ()  # one of these as well


_FAMILIES = (
    Family(
        "plan", ("action", "objective"),
        frozenset(("objective", "criteria", "action", "timescale", "completed", *_PLAIN)), 0.0,
        ("lead", "timescale", "update", "status", "rag", "completed"),
    ),
    Family(
        "tracker", ("recommendation",),
        frozenset(("recommendation", "response", "action", "timescale", "completed", "risk_rating", *_PLAIN)), -0.6,
        ("lead", "timescale", "update", "status", "rag", "response", "action", "number", "reference"),
    ),
    Family(
        "scorecard", ("indicator", "description"),
        frozenset(("description", "indicator", "target", "actual", "period", "direction", "polarity", *_PLAIN)),
        -0.4, ("target", "actual", "series"),  # scores of several periods
    ),
    Family(
        "savings", ("saving", "description"),
        frozenset(("description", "saving", "saving_target", "saving_actual", "timescale", *_PLAIN)), -0.6,
        ("saving_target", "saving_actual", "target", "actual", "series"),
    ),
    Family(
        "register", ("description", "key_risk"),
        frozenset(("description", "key_risk", "risk_rating", "timescale", "action", *_PLAIN)), -1.2,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """The part of a column (None: beside the record), and by how much it leads the next best and none at all."""

    role: str | None
    margin: float
    over_none: float


@dataclass(frozen=True, slots=True)
class Fit:
    """What is known of a column: the part its heading names, how surely, and what its cells hold."""

    heading: str
    named: str | None
    sure: float
    cells: Cells
    before: str | None = None  # the part that a column of this heading plays in other tables of the document


def marks_of(fit: Fit, at: int, width: int) -> dict[str, float]:
    """The mark of every part for a column; a part that cells cannot tell needs a heading that names it."""
    if fit.named is not None and fit.sure > 1:  # a person has said it
        return {fit.named: 2 * FAR}
    named, sure = fit.named, fit.sure
    if named in MARKS and sure < EXACTLY and MARKS[named](fit.cells) <= NEVER and fit.cells.count > 1:
        named, sure = None, 0.0  # "Summary of change" over sentences: a word of the heading says nothing of its cells
    said = heading_marks(fit.heading, named, sure)
    marks: dict[str, float] = {}
    weight = min(1.0, (fit.cells.count + 1) / 4)  # a cell or two prove little
    for role, by_cells in MARKS.items():
        held = max(-6.0, min(3.5, by_cells(fit.cells))) * weight if fit.cells.count else -0.5
        if fit.named == role and fit.sure >= EXACTLY:
            held = max(held, -3.5)
            if role == "lead":
                held = max(held, 0.0)  # the very phrase, over teams instead of posts
            if role == "timescale" and fit.cells.period >= 0.75:
                held = max(held, 1.5)  # under "Delivery date" bare years say when
        marks[role] = said.get(role, said[""]) + held + place_mark(role, at, width) + 1.5 * (fit.before == role)
    if named is not None and named not in MARKS:
        marks[named] = said[named] * 0.9
    return marks


def settle_jointly(fits: Sequence[Fit], hints: Sequence[str] = ()) -> list[Settled]:
    """The part of each column of a table; ``hints`` are words that stand over it (title, caption, heading)."""
    numbered = [max(fit.cells.serial, fit.cells.code) >= 0.8 for fit in fits]
    width = numbered.count(False)
    marks = [
        marks_of(fit, at if numbered[at] else numbered[:at].count(False), len(fits) if numbered[at] else width)
        for at, fit in enumerate(fits)
    ]
    if any("£" in fit.heading for fit in fits):
        hints = [*hints, "savings"]  # sums of money have columns of their own
    beams = [state for family in _FAMILIES for state in _search(family, fits, marks, hints)]
    if not beams:
        return [Settled(None, 0.0, 0.0) for _ in fits]
    best = max(beams, key=lambda state: state[0])
    settled = []
    for at, role in enumerate(best[1]):
        others = [score for score, roles in beams if not _same(roles[at], role)]
        without = [score for score, roles in beams if not roles[at]]
        margin = best[0] - max(others) if others else FAR
        settled.append(Settled(role or None, margin, best[0] - max(without) if without else FAR))
    return settled


def _same(one: str, other: str) -> bool:
    """Whether two parts are read alike: the target of a saving is a target."""
    return _READ_AS.get(one, one) == _READ_AS.get(other, other)


State = tuple[float, tuple[str, ...]]


def _search(family: Family, fits: Sequence[Fit], marks: list[dict[str, float]], hints: Sequence[str]) -> list[State]:
    """The best assignments within a family, by a beam from the first column to the last."""
    start = family.prior + sum(1.2 for hint in hints if re.search(_HINTS[family.name], hint, re.I))
    states: list[State] = [(start, ())]
    for at, own in enumerate(marks):
        choices = _choices(family, own)
        sure = fits[at].sure >= 0.95
        grown = [
            (score + mark + _beside(roles, role, sure and fits[at].named == role, fits), (*roles, role))
            for score, roles in states
            for role, mark in choices
        ]
        states = sorted(grown, key=lambda state: state[0], reverse=True)[:BEAM]
    return [(score + _whole(family, roles), roles) for score, roles in states]


def _choices(family: Family, own: dict[str, float]) -> list[tuple[str, float]]:
    """The parts worth trying for a column with their marks; "" is none."""
    marked = [(role, mark + (0.0 if role in family.has else _STRANGE)) for role, mark in own.items()]
    marked.sort(key=lambda pair: pair[1], reverse=True)
    top = marked[0][1] if marked else 0.0
    return [("", 0.0), *[pair for pair in marked[:CHOICES] if pair[1] > max(-2.0, top - FAR)]]


def _beside(roles: tuple[str, ...], role: str, sure: bool, fits: Sequence[Fit]) -> float:
    """What a part gains or loses by the parts to its left: twice the same, or the wrong way round."""
    if not role:
        return 0.0
    mark = 0.0
    for at, left in enumerate(roles):
        if _same(left, role):
            both = sure and fits[at].named == role and fits[at].sure >= 0.95
            mark += -0.3 if both or role == "lead" else _TWICE
        elif left:
            mark += order_mark(left, role)
    return mark


def _whole(family: Family, roles: tuple[str, ...]) -> float:
    """What a whole assignment loses for what a table of the family cannot be without."""
    there = set(roles)
    mark = 0.0
    if not there & set(family.mains):
        mark += _NO_MAIN
    elif family.mains[0] not in there:
        mark -= 0.8
    if family.name == "savings" and "group" in there and "directorate" not in there:
        mark -= 0.6  # savings are listed by the parts of the council that make them
    if "criteria" in there and "action" in there and not there & {"objective", "recommendation"}:
        mark -= 1.0  # criteria of what?
    if family.needs and not there & set(family.needs):
        mark -= 2.5
    return mark
