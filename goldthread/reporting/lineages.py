"""A lineage as plain values and as a picture: what was raised, what became of it, when it was raised again."""

from __future__ import annotations

from typing import Any

from goldthread.domain.register.terms import RecordKind, Relation
from goldthread.domain.reviews.queries.lineage import UNKNOWN, Answering, Lineage, Step
from goldthread.kernel.days import printed
from goldthread.reporting.drawing import BOLD, HERE, INK, LINE, PAPER, QUIET, THREAD, Drawing, folded

WORDS = {
    Relation.RAISED_AGAIN: "raised again",
    Relation.PROGRESS_NOTED: "progress noted",
    Relation.FULFILS: "fulfilled",
    Relation.SAME_STEP: "same process step",
    Relation.REPEATS: "printed again",
}
"""What a later entry is to an earlier one, in the words of a lineage."""


def in_words(lineage: Lineage) -> list[str]:
    """The lineage told in short: "raised 2019", "no closure on record", "raised again 2022", "answered 2025"."""
    told: list[tuple[int, str]] = []
    for place, step in enumerate(lineage.steps):
        asks = step.row.kind == RecordKind.RECOMMENDATION
        how = WORDS[Relation(step.to[0][0])] if step.to else ("raised" if asks else "found")
        told.append((step.age.year, f"{how} {year_of(step)}".strip()))
        if place < len(lineage.steps) - 1 and asks:
            told.append((step.age.year, "closed on record" if step.closed else "no closure on record"))
        told += [(one.age.year, f"answered {year_of(one)}".strip()) for one in step.answers if not one.own]
    return list(dict.fromkeys(words for _, words in sorted(told, key=lambda one: one[0])))


def year_of(step: Step | Answering) -> str:
    """The year that a step speaks of, "" where nothing says."""
    return str(step.age.year) if step.age is not UNKNOWN else ""


def values_of(lineage: Lineage) -> dict[str, Any]:
    """A lineage as plain values; dates in ISO form."""
    return {
        "as_at": lineage.on,
        "theme": lineage.theme or None,
        "in_words": in_words(lineage),
        "steps": [_step(one) for one in lineage.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "reference": step.row.reference,
        "kind": step.row.kind,
        "document": step.document.reference if step.document else None,
        "document_title": step.document.heading if step.document else None,
        "year": step.age.year if step.age is not UNKNOWN else None,
        "year_known_by": step.age.by,
        "title": step.row.version.title or None,
        "text": step.row.text,
        "to": [{"relation": relation, "reference": record.reference} for relation, record in step.to],
        "state": step.row.state,
        "last_known": step.last_known,
        "closed_on": step.closed_on,
        "last_update": {"as_at": step.row.last_update.as_at, "text": step.row.last_update.text}
        if step.row.last_update
        else None,
        "answers": [
            {
                "reference": one.row.reference,
                "kind": one.row.kind,
                "year": one.age.year,
                "text": one.row.heading,
                "state": one.row.state,
            }
            for one in step.answers
        ],
    }


COLUMN, GAP, SIZE = 300.0, 56.0, 13.0
HEIGHT, FIRST = 118.0, 96.0
MOST_ANSWERS = 4


def picture(lineage: Lineage) -> bytes:
    """The lineage as an SVG picture: a column for each year, an entry below the other, joined to what it goes back to."""
    years = [str(year) for year in lineage.years] or [""]
    told = "; ".join(in_words(lineage))
    drawing = Drawing(f"Lineage of {lineage.steps[0].row.reference} as at {printed(lineage.on)}", told)
    drawing.lines(
        10,
        22,
        folded(told[:1].upper() + told[1:], COLUMN * len(years) + GAP * (len(years) - 1), 16 * BOLD, 2),
        size=16,
        bold=True,
    )
    left = {year: 10 + place * (COLUMN + GAP) for place, year in enumerate(years)}
    for year, x in left.items():
        drawing.text(x, FIRST - 16, year or "Year not known", size=20, bold=True, fill=THREAD)
    foot = dict.fromkeys(years, FIRST)
    places: dict[int, tuple[float, float]] = {}
    for step in lineage.steps:
        year = year_of(step) if year_of(step) in left else years[0]
        places[step.row.record.pk] = (left[year], foot[year])
        _entry(drawing, step, left[year], foot[year])
        foot[year] += HEIGHT + 22
    _answers(drawing, lineage, left, foot, places)
    for step in lineage.steps:
        for relation, record in step.to:
            if record.pk in places:
                _join(drawing, places[record.pk], places[step.row.record.pk], WORDS[Relation(relation)])
    return drawing.svg()


def _entry(drawing: Drawing, step: Step, x: float, y: float) -> None:
    drawing.box(x, y, COLUMN, HEIGHT, fill=PAPER, edge=THREAD, thick=2)
    number = f", number {step.row.version.number}" if step.row.version.number else ""
    how = f"{WORDS[Relation(step.to[0][0])].capitalize()}: " if step.to else ""
    kind = RecordKind(step.row.kind).label
    head = f"{how}{kind.lower()} {step.row.reference}" if how else f"{kind} {step.row.reference}{number}"
    drawing.lines(x + 10, y + 18, folded(head, COLUMN - 20, 12, 1), size=12, fill=QUIET)
    drawing.lines(x + 10, y + 36, folded(step.row.heading, COLUMN - 20, SIZE, 3), size=SIZE)
    drawing.lines(
        x + 10, y + HEIGHT - 26, folded(step.last_known, COLUMN - 20, 12 * BOLD, 2), size=12, bold=True, fill=INK
    )


def _answers(
    drawing: Drawing,
    lineage: Lineage,
    left: dict[str, float],
    foot: dict[str, float],
    places: dict[int, tuple[float, float]],
) -> None:
    """What answers an entry from a later document, under its year; a long list is cut and says so."""
    drawn: dict[int, tuple[float, float]] = {}
    for step in lineage.steps:
        later = [one for one in step.answers if not one.own]
        for place, one in enumerate(later):
            year = year_of(one) if year_of(one) in left else next(iter(left))
            if place >= MOST_ANSWERS:
                drawing.text(
                    left[year] + 10,
                    foot[year] + 12,
                    f"and {len(later) - place} more that answer {step.row.reference}",
                    size=12,
                )
                foot[year] += 26
                break
            if one.row.record.pk not in drawn:
                drawn[one.row.record.pk] = (left[year], foot[year])
                _answer(drawing, one, left[year], foot[year])
                foot[year] += HEIGHT - 40
            _join(drawing, places[step.row.record.pk], drawn[one.row.record.pk], "answered")


def _answer(drawing: Drawing, one: Answering, x: float, y: float) -> None:
    drawing.box(x, y, COLUMN, HEIGHT - 58, fill=HERE, edge=LINE)
    drawing.text(x + 10, y + 18, f"{RecordKind(one.row.kind).label} {one.row.reference}", size=12, fill=QUIET)
    drawing.lines(x + 10, y + 35, folded(one.row.heading, COLUMN - 20, SIZE, 2), size=SIZE)


def _join(drawing: Drawing, one: tuple[float, float], other: tuple[float, float], words: str) -> None:
    """A line from the right side of an earlier entry to the left side of a later one."""
    (x0, y0), (x1, y1) = one, other
    if x1 > x0:
        middle = x1 - GAP / 2
        drawing.path([(x0 + COLUMN, y0 + 24), (middle, y0 + 24), (middle, y1 + 24), (x1, y1 + 24)])
        drawing.dot(x1, y1 + 24)
        return
    drawing.path([(x0 + 20, y0 + HEIGHT), (x0 + 20, y1)])
    drawing.text(x0 + 28, y1 - 6, words, size=11, fill=QUIET)
