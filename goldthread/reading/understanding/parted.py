"""Columns whose cells say two things: "Head of Repairs – May 2026", "GREEN: three surveyors hired", "1.2 Survey all homes".

The cells decide, not the heading: where most of a column's cells part into the same two things, and no other column says
the second, all of its cells are parted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldthread.reading.understanding.cells import is_code, is_colour, is_owner, is_status, says_when
from goldthread.reading.understanding.columns import Column, role_of_heading

Parts = list[tuple[str, str]]
"""The roles that a cell plays with the words of each."""
MOSTLY, FEWEST, LONGEST_DATE, SURE = 0.6, 2, 8, 0.9
_EDGE = " \t,;:–—-/|()[]."
_AFTER_RATING = re.compile(r"^(?P<rating>[^\W\d_]+(?: [^\W\d_]+)?)\s*[-–—:.;]\s*(?P<rest>\S.*)$", re.S)
_AFTER_CODE = re.compile(
    r"^(?P<code>[A-Z]{0,4}\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?)[.):]?\s+(?P<rest>(?=[A-Z“\"'‘(]).+)$", re.S
)
_LABEL = re.compile(r"^(?P<label>[A-Z][A-Za-z /]{1,30}):\s*")


def settle_shared(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> None:
    """Mark the columns whose cells say two things: ``also_holds`` becomes the role that their own does not name."""
    roles = {column.role for column in columns}
    for column in columns:
        values = [text.strip() for text in cells[column.index] if text.strip()]
        for other in _others(column.role or "", roles):
            parted = sum(1 for text in values if len(parts_of(text, column.role or "", other)) > 1)
            if parted >= FEWEST and parted >= MOSTLY * len(values):
                column.also_holds = other
                break


def _others(role: str, roles: set[str | None]) -> list[str]:
    """What the cells of a column of a role may say as well, where no other column says it."""
    if role == "lead":
        return ["timescale"] if "timescale" not in roles else []
    if role == "timescale":
        return ["lead"] if "lead" not in roles else []
    if role in ("update", "rag", "status") and not roles & {"rag", "status"} - {role}:
        return ["rag"] if role == "update" else ["update"] if "update" not in roles else []
    if role in ("action", "recommendation") and not roles & {"reference", "number"}:
        return ["reference" if role == "action" else "number"]
    return []


def parts_of(text: str, role: str, other: str) -> Parts:
    """A cell as the two things it says; as one thing of its column's role where it does not say both."""
    found: Parts | None
    if {role, other} == {"lead", "timescale"}:
        found = _who_and_when(text)
    elif role == "update":  # the words of an update stay as they are printed, its colour among them
        found = _rating_and_words(text, other)
        found = [(other, found[0][1]), (role, text)] if found is not None else None
    elif other == "update":
        found = _rating_and_words(text, role)
    else:
        match = _AFTER_CODE.match(text.strip())
        found = (
            [(other, match["code"]), (role, match["rest"])] if match is not None and is_code(match["code"]) else None
        )
    return found or [(role, text)]


def _who_and_when(text: str) -> Parts | None:
    """Who, and by when: line by line where each line says both, else once."""
    lines = [line for line in text.split("\n") if line.strip()]
    each = [_one_who_and_when(line) for line in lines]
    if len(lines) > 1 and all(each):
        return [part for found in each if found for part in found]
    return _one_who_and_when(" ".join(lines))


def _one_who_and_when(text: str) -> Parts | None:
    words = text.split()
    for cut in range(1, len(words)):
        before, after = " ".join(words[:cut]), " ".join(words[cut:])
        for who, when in ((before, after), (after, before)):
            who, when = _bare(who, "lead"), _bare(when, "timescale")
            if says_when(when) and is_owner(who) and not says_when(who.split()[-1]):
                return [("lead", who), ("timescale", when)]
    return None


def _bare(text: str, role: str) -> str:
    """A piece without the signs around it and without a label that says its role."""
    bare = text.strip(_EDGE)
    if text.count("(") == text.count(")") and text.rstrip().endswith(")") and not text.strip().startswith("("):
        bare = text.strip(_EDGE.replace(")", "").replace("(", ""))
    label = _LABEL.match(bare)
    if label is not None and role_of_heading(label["label"])[0] == role:
        return bare[label.end() :].strip()
    return bare


def _rating_and_words(text: str, role: str) -> Parts | None:
    """A rating or a status at the beginning of a cell, and what is told behind it."""
    match = _AFTER_RATING.match(text.strip())
    if match is None:
        first, _, rest = text.strip().partition("\n")
        if not rest.strip():
            return None
        rating = first.strip()
    else:
        rating, rest = match["rating"].strip(), match["rest"]
    test = is_colour if role == "rag" else is_status
    return [(role, rating), ("update", rest.strip())] if test(rating) else None
