"""What a text says of itself with labels inside it: "Plant reeds (Lead: Reed Warden; by June 2026)", or in lines below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from goldthread.kernel.timescales import parse_timescale
from goldthread.reading.reading import Leftover, Reading
from goldthread.reading.understanding.cells import is_colour, is_owner, says_when
from goldthread.reading.understanding.columns import role_of_heading
from goldthread.reading.understanding.entries import Entry, Piece
from goldthread.reading.vocabulary import plain, vocabulary

ROLES = ("lead", "timescale", "status", "rag", "update")
_SURE = 0.9  # of what a label names
_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z /’'-]{0,30}?)\s*[:–]\s*(?=\S)")
_IN_BRACKETS = re.compile(r"\s*[(\[](?P<said>[^()\[\]]*[:–][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]][.;]?\s*$")
_PLAIN_BRACKETS = re.compile(r"\s*[(\[](?P<said>[^()\[\]]+)[)\]][.;]?\s*$")
_FIRST_BRACKETS = re.compile(r"\s*[(\[](?P<said>[^()\[\]]+)[)\]]\s*")
_RUNS_ON = re.compile(r"(?<=\S)\s+(?=[A-Z][a-z]+(?: [a-z]+){0,2}:\s)")
_BETWEEN = re.compile(r"\s*[;,|]\s*(?=[Bb]y\b|[A-Z][A-Za-z ]{0,30}[:–])|\s*[;|]\s*")
_BY = re.compile(r"by\b", re.I)


@dataclass(slots=True)
class Inside:
    """A text without what it says with labels; what they say, by role; and the labels and signs that are left."""

    text: str
    said: list[tuple[str, str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def inside(text: str) -> Inside | None:
    """What labels at the end of a text say, in brackets or on lines of their own; None where it names no lead with one.

    A lead must be among them: a date alone in brackets is a part of the sentence.
    """
    found = in_brackets(text)
    if found is not None:
        return found
    lines = [part for line in text.split("\n") for part in _parted(line)]
    at = next((n for n, line in enumerate(lines) if n and _role(line) is not None), len(lines))
    whole: list[str] = []
    for line in lines[at:]:
        if whole and _role(line) is None:
            whole[-1] += f" {line.strip()}"  # a line that goes on
        else:
            whole.append(line.strip())
    found = _said([part for line in whole for part in re.split(r"\s*[;|]\s*", line)]) if whole else None
    if found is None:
        return None
    return Inside("\n".join(lines[:at]).strip(), found.said, found.labels)


def in_brackets(text: str) -> Inside | None:
    """What the brackets at the end of a text say with labels; None where there are none that name a lead."""
    bracket = _IN_BRACKETS.search(text)
    found = _said(_BETWEEN.split(bracket["said"])) if bracket is not None else None
    if bracket is None or found is None:
        return None
    return Inside(text[: bracket.start()].strip(), found.said, found.labels)


def says_who(text: str) -> Inside | None:
    """What the end of an item says without labels: "Plant reeds (Reed Warden, June 2026)", "Plant reeds – Reed Warden – June".

    Every part of the brackets, or behind the strokes, must be a lead or a date, and one of them a lead.
    """
    bracket = _PLAIN_BRACKETS.search(text)
    if bracket is not None:
        said = _who_and_when(re.split(r"\s*[,;|/–—]\s+|\s+[-–—]\s+", bracket["said"]))
        return Inside(text[: bracket.start()].strip(), said) if said else None
    parts = re.split(r"\s+[–—|-]\s+", text.strip().rstrip("."))
    for first in range(1, len(parts)):
        said = _who_and_when(parts[first:])
        if said:
            return Inside(" – ".join(parts[:first]) if first > 1 else parts[0], said)
    return None


def says_how(text: str) -> Inside | None:
    """What brackets around the first or the last words of an item say of how it stands: "[Complete] Plant reeds"."""
    match = _FIRST_BRACKETS.match(text) or _PLAIN_BRACKETS.search(text)
    if match is None or not (is_colour(match["said"]) or plain(match["said"]) in vocabulary().status):
        return None
    rest = (text[: match.start()] + text[match.end() :]).strip()
    return Inside(rest, [("rag" if is_colour(match["said"]) else "status", match["said"].strip())])


def _who_and_when(parts: list[str]) -> list[tuple[str, str]] | None:
    """Parts as leads and dates; None where one is neither, or none of them a lead."""
    said: list[tuple[str, str]] = []
    for part in (part.strip(" .") for part in parts if part.strip(" .")):
        if says_when(part):
            said.append(("timescale", part))
        elif is_owner(part):
            said.append(("lead", part))
        else:
            return None
    return said if any(role == "lead" for role, _ in said) else None


def _parted(line: str) -> list[str]:
    """A line cut before each known label in it: a reader may join the lines of a cell to one."""
    cuts = [match.end() for match in _RUNS_ON.finditer(line) if _role(line[match.end() :]) is not None]
    return [line[a:b].strip() for a, b in pairwise([0, *cuts, len(line)])]


def _role(part: str) -> tuple[str, int] | None:
    """The role that the label of a part names, and where its value begins; "by" without a colon goes before a date."""
    match = _LABEL.match(part.strip())
    if match is not None:
        if match["label"].lower() == "by":
            dated = parse_timescale(part.strip()[match.end() :]).sort not in ("unknown", "none")
            return ("timescale" if dated else "lead"), match.end()
        role, score = role_of_heading(match["label"])
        return (role, match.end()) if role in ROLES and score >= _SURE else None
    if _BY.match(part.strip()) and parse_timescale(part.strip()).sort not in ("unknown", "none"):
        return "timescale", 0
    return None


def _said(parts: list[str]) -> Inside | None:
    """What parts say, each with a label of its own; None where one has none, or none names a lead."""
    found = Inside("")
    for part in (part.strip() for part in parts if part.strip()):
        role = _role(part)
        if role is None:
            return None
        found.said.append((role[0], part[role[1] :].strip(" .;,")))
        if part[: role[1]].strip():
            found.labels.append(part[: role[1]].strip())
    return found if any(role == "lead" for role, _ in found.said) else None


def take_inside(entry: Entry, reading: Reading) -> None:
    """Give an entry the lead, the date and the like that its action says with labels inside its own cell, where no column
    says them."""
    for main in ("action", "recommendation", "response"):
        pieces = entry.cells.get(main, [])
        if len(pieces) != 1 or entry.raw("lead"):
            continue
        found = inside(pieces[0].text)
        if found is None or not found.text or any(entry.raw(role) for role, _ in found.said):
            continue
        piece = pieces[0]
        entry.cells[main] = [Piece(found.text, piece.place, piece.column, piece.bullets)]
        for role, text in found.said:
            entry.add(role, Piece(text, piece.place, piece.column))
        reading.furniture += [Leftover(label, [piece.place], "label inside a cell") for label in found.labels]
