"""What differs between two reports on a plan: entries that are new or gone, and what changed in the others.

Pure: both reports are plain values, frozen ones read from their stored data or one made for today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from goldthread.reporting.cells import lead_words
from goldthread.reporting.model import (
    ActionRow,
    ChangeRow,
    CompletedRow,
    Difference,
    Lead,
    Piece,
    RecommendationRow,
    Report,
    Row,
)
from goldthread.reporting.wording import day, one_line

NEW, GONE, CHANGED = "new", "gone", "changed"

SORTS = {NEW: "New", GONE: "No longer in the plan", CHANGED: "Changed"}
"""The sorts of entries in words."""

WHAT = {
    "place": "Place in the plan",
    "wording": "Wording",
    "lead": "Lead",
    "holder": "Who holds the post",
    "supporting": "Supporting",
    "date": "Due date",
    "state": "State",
    "rating": "Rating",
    "update": "Update",
}
"""What can change, by its name in data, in the order in which it is told."""

_LONGEST = 600  # words; two longer texts are told as a whole, for comparing them word by word takes too long


def differences(before: Report, now: Report) -> tuple[tuple[ChangeRow, ...], int]:
    """Every entry that is new, gone or changed (in this order, then in that of the plan), and how many are the same."""
    then, today = dict(_entries(before)), dict(_entries(now))
    new = [_row(today[name], NEW) for name in today if name not in then]
    gone = [_row(then[name], GONE) for name in then if name not in today]
    both = [(then[name], today[name]) for name in today if name in then]
    changed = [_row(later, CHANGED, tuple(_told(earlier, later))) for earlier, later in both]
    kept = [row for row in changed if row.differences]
    return (*new, *gone, *kept), len(both) - len(kept)


_Entry = tuple[Row, str, str]
"""A row, its kind in words, and where it stands."""


def _entries(report: Report) -> Iterator[tuple[str, _Entry]]:
    for theme, group, block in report.objectives():
        place = (theme.heading, *group.section, block.text)
        for row in block.actions:
            yield row.reference, (row, "Action", _path(place))
    for done in report.completed:
        yield done.reference, (done, "Action", _path((*done.section, done.objective)))
    for answers in report.recommendations:
        for answer in answers.rows:
            yield answer.reference, (answer, "Recommendation", one_line(answers.heading))
    for other in report.others:
        yield other.reference, (other, other.kind, _path(other.section))


def _path(parts: Sequence[str]) -> str:
    return " › ".join(words for part in parts if (words := one_line(part)))


def _row(entry: _Entry, sort: str, told: tuple[Difference, ...] = ()) -> ChangeRow:
    row, kind, place = entry
    return ChangeRow(row.reference, kind, sort, row.text, place, told)


def _told(before: _Entry, now: _Entry) -> Iterator[Difference]:
    (then, _, old_place), (later, _, new_place) = before, now
    both_open = not isinstance(then, CompletedRow) and not isinstance(later, CompletedRow)
    if both_open and old_place != new_place:  # a completed entry stands in a list of its own, under shorter headings
        yield Difference("place", old_place, new_place)
    if _words(then.text) != _words(later.text):
        yield _wording(then.text, later.text)
    pairs = [
        ("lead", _owners(then.leads), _owners(later.leads)),
        ("supporting", _owners(then.supporting), _owners(later.supporting)),
        ("date", _due(then), _due(later)),
        ("state", then.state, later.state),
    ]
    if both_open:
        pairs.append(("rating", _rating(then), _rating(later)))
    for what, old, new in pairs:
        if old != new:
            yield Difference(what, old, new)
        elif what == "lead" and _held(then) != _held(later):
            yield Difference("holder", _held(then), _held(later))
    said = {update.text for update in then.updates}
    for update in later.updates:
        if update.text not in said:
            yield Difference("update", "", f"{day(update.as_at)}: {update.text}" if update.as_at else update.text)


def _owners(leads: Sequence[Lead]) -> str:
    return "; ".join(one_line(lead.owner or f"{lead.printed} (not matched)") for lead in leads) or "Nobody named"


def _held(row: Row) -> str:
    """Who holds the posts of the leads, as a report says it."""
    held = [
        ", ".join(words for words in lead_words(lead)[1:] if not words.startswith("printed as"))
        for lead in row.leads
        if lead.matched
    ]
    return "; ".join(words for words in held if words)


def _due(row: Row) -> str:
    """The date as a reader compares it: as printed, and the day it means."""
    printed, real = one_line(row.due_text), day(row.due_on)
    if printed and real and printed != real:
        return f"{printed} (that is {real})"
    return printed or real or "No due date"


def _rating(row: Row) -> str:
    if isinstance(row, ActionRow):
        return row.rating.words if row.rating else ""
    return row.risk_rating if isinstance(row, RecommendationRow) else ""


def _words(text: str) -> list[str]:
    return text.split()


def _wording(before: str, now: str) -> Difference:
    """Two wordings with the words marked in which they differ."""
    old, new = re.findall(r"\S+", before), re.findall(r"\S+", now)
    if len(old) > _LONGEST or len(new) > _LONGEST:
        return Difference("wording", before, now)
    was: list[Piece] = []
    became: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[a:b]:
            was.append(Piece(" ".join(old[a:b]), "" if tag == "equal" else "removed"))
        if new[c:d]:
            became.append(Piece(" ".join(new[c:d]), "" if tag == "equal" else "added"))
    return Difference("wording", before, now, tuple(was), tuple(became))


def kinds_of(report: Report) -> dict[str, int]:
    """How many entries are new, gone, and changed in each way, in the order in which it is told."""
    counts = {"new": 0, "gone": 0, **dict.fromkeys(WHAT, 0)}
    for row in report.changes:
        if row.sort != CHANGED:
            counts[row.sort] += 1
        for what in {difference.what for difference in row.differences}:
            counts[what] += 1
    return counts
