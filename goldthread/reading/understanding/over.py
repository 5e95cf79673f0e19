"""What stands over a table instead of in it: "Objective 2: …" or "Recommendation 4" as a heading, with its criteria below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from goldthread.reading.document import Paragraph, Place
from goldthread.reading.understanding.criteria import label
from goldthread.reading.understanding.entries import Entry, Objective, Piece

_LABEL = re.compile(
    r"^\s*(?P<what>(?:(?!(?:on|of|to|for|against|per|from|and|the)\b)[^\W\d]+(?:-[^\W\d]+)*\s+)?(?:objective|aim|goal|recommendation))s?"
    r"(?:\s+|\s*(?=[:–-]))"
    r"(?P<number>(?:[A-Z]{0,3}\d[\w.]{0,5}|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten)(?=\W|$))?\s*(?P<mark>[:.–-])?\s*(?P<rest>.*)$",
    re.I | re.S,
)

# "Outcome: every home is safe and warm" above a table says what its actions are for; numbered, it is a theme of the plan.
_OUTCOME = re.compile(
    r"^\s*(?:(?:intended|desired|expected|overall|our)\s+)?(?:outcome|ambition)\s*:\s*(?P<rest>\S+(?:\s+\S+){3,})$",
    re.I,
)


@dataclass(slots=True)
class Over:
    """What the entries of a table stand under: an objective, a recommendation, or neither."""

    objective: Objective | None = None
    recommendation: list[Piece] = field(default_factory=list)
    number: list[Piece] = field(default_factory=list)
    labels: list[Piece] = field(default_factory=list)  # printed before what is served, and above criteria

    def give(self, entry: Entry) -> None:
        """Let an entry without its own stand under it."""
        if self.objective is not None and entry.objective is None:
            entry.objective = self.objective
            self._take_criteria(entry)
        if self.recommendation and not entry.raw("recommendation"):
            entry.cells["recommendation"] = self.recommendation
            entry.cells.setdefault("number", self.number)
        elif self.number and not self.recommendation and entry.raw("recommendation") and not entry.raw("number"):
            entry.cells["number"], self.number = self.number, []  # "Key recommendation 1" over one card, and no other

    def _take_criteria(self, entry: Entry) -> None:
        """What a column of criteria says beside an action is how success of the objective above is told."""
        assert self.objective is not None
        known = {" ".join(piece.text.split()) for piece in self.objective.criteria}
        fresh = [piece for piece in entry.cells.get("criteria", []) if " ".join(piece.text.split()) not in known]
        self.objective.criteria += fresh


def labelled(text: str) -> tuple[str, str | None, str] | None:
    """The role (objective or recommendation), number and words of a labelled heading; None for any other text.

    A label alone ("Objectives") is no objective: a number or words after a colon must follow.
    """
    if (outcome := _OUTCOME.match(text)) is not None:
        return "objective", None, outcome["rest"].strip()
    match = _LABEL.match(text)
    if match is None:
        return None
    rest = match["rest"].strip()
    if not match["number"] and not (match["mark"] and rest):
        return None
    role = "recommendation" if "recommendation" in match["what"].lower() else "objective"
    return role, match["number"], rest


def stated(text: str) -> tuple[str, str | None, str] | None:
    """What a paragraph says with a label of its own: the words follow a colon, or a number and a dash ("Aim 2 – …")."""
    found = labelled(text)
    if found is None or not found[2]:
        return None
    match = _LABEL.match(text)
    return found if ":" in text or (match is not None and match["number"] and match["mark"]) else None


def over_of(
    headings: Sequence[str], between: Sequence[Paragraph], places: dict[str, Place]
) -> tuple[list[str], Over | None]:
    """The headings that stay headings, and what the labelled ones among them and the paragraphs below them say."""
    kept: list[str] = []
    over: Over | None = None
    for heading in headings:
        found = labelled(heading)
        if found is None:
            kept.append(heading)
            continue
        over = _add(over, found, places.get(heading, {}))
    for paragraph in between:
        over = _paragraph(over, paragraph)
    if over is not None and not over.recommendation and (over.objective is None or not over.objective.pieces):
        number = over.number if over.objective is None else []
        return list(headings), Over(number=number) if number else None
    return kept, over


def _add(over: Over | None, found: tuple[str, str | None, str], place: Place) -> Over:
    over = over or Over()
    role, number, rest = found
    if role == "objective":
        over.objective = Objective([Piece(rest, place)] if rest else [])
    else:
        over.recommendation = [Piece(rest, place)] if rest else []
        over.number = [Piece(number, place)] if number else []
    return over


def _paragraph(over: Over | None, paragraph: Paragraph) -> Over | None:
    """A paragraph above a table: labelled itself, the words of a heading that was only a number, or criteria."""
    text, place = paragraph.text.strip(), paragraph.place
    found = stated(text)
    if found is not None:
        over = _add(over, found, place)
        over.labels.append(Piece(text[: len(text) - len(found[2])].strip(), place))
        return over
    match = label().match(text)
    if match is not None and over is not None and over.objective is not None:
        over.labels.append(Piece(match.group(), place))
        over.objective.criteria.append(Piece(text[match.end() :].strip(), place, bullets=paragraph.bullet))
        return over
    if over is None:
        return None
    if over.objective is not None and over.objective.criteria and (paragraph.bullet or not text.endswith(":")):
        over.objective.criteria.append(Piece(text, place, bullets=paragraph.bullet))
    elif over.objective is not None and not over.objective.pieces:
        over.objective.pieces.append(Piece(text, place))
    elif not over.recommendation and over.number:
        over.recommendation = [Piece(text, place)]
    return over
