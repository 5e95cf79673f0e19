"""Rows whose cells ran together: an objective, a lead and an action on one line, parted where the lead stands.

When a converter loses the columns of a page, each line holds the left cells of a row one after the other, and the last
column is cut in the middle of its words. What can still be told: a lead that the document knows by itself elsewhere parts
what stands before it (the objective, with its criteria) from what follows (the action); without one, a run of capitals
after a full stop is a name; a month at the end is the beginning of a date that the last column goes on with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from goldthread.kernel.timescales import parse_timescale
from goldthread.reading.document import Place
from goldthread.reading.understanding.criteria import has_label, label
from goldthread.reading.understanding.entries import Entry, Item, Objective, Piece, Section
from goldthread.reading.understanding.headings import looks_titled
from goldthread.reading.understanding.leads import is_person
from goldthread.reading.understanding.tables import Grid, Row
from goldthread.reading.understanding.title import MONTHS
from goldthread.reading.vocabulary import plain

if TYPE_CHECKING:
    from goldthread.reading.understanding.plan_records import PlanRecords

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_HEAD_OF_DATE = re.compile(rf"(?:^|(?<=\s))((?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})\s*\d{{0,4}})(?=\s|$)", re.I)
_CAPITALS = re.compile(r"(?<=[.!?]\s)((?:[A-Z][\w’']+-?\s+){2,4})(?=[A-Z][\w’']*\s+[a-z]|$)")
_UNFINISHED = re.compile(r"\b(?:an?|the|and|or|of|in|on|to|for|from|by|with|over|into|as|at)$", re.I)
SURE, UNSURE = 0.9, 0.6
FEWEST_WORDS = 4  # of an action that is surely whole
RAN_TOGETHER = "Its cells ran together in the file. Are objective, lead and action parted rightly?"
_NAME_ALIKE = 88.0  # of 100: how alike a damaged name must be to one that the document knows


@dataclass(slots=True)
class _Parts:
    """A line parted at its lead: what stands before it, the lead, the head of a date behind it, and what follows."""

    before: str
    lead: str
    date: str
    after: str


def is_collapsed(grid: Grid) -> bool:
    """Whether a table of a plan lost its columns, so that nothing tells where one cell ends."""
    return grid.inherited and not grid.columns


def read_collapsed(grid: Grid, records: PlanRecords) -> list[Item]:
    """The entries of a table without columns, as far as they can be told; each says how unsure it is.

    They are given all at once: an objective's criteria stand below the entries that serve it.
    """
    items: list[Item] = []
    objective: Objective | None = None
    leads: list[str] = []
    said = ""
    for at, row in enumerate(grid.rows):
        text, tail, place = _texts(row)
        if not text:
            continue
        if len(text) > 20 and (plain(text) in plain(said)):
            records.garbled(text, [place])  # printed a second time below
            continue
        said = text
        names = {plain(name) for name in (*records.known, *leads)}
        if looks_titled(text) and plain(text) not in names and at + 1 < len(grid.rows):
            objective = None
            items.append(Section(text, place))
            continue
        if label().match(text):
            if objective is not None:
                objective.pieces.append(Piece(text, place))
            continue
        parts = _part(text, [*records.known, *leads])
        if parts is not None and parts.lead:
            leads.append(parts.lead)
        entry, objective = _entry(text, parts, tail, place, objective, leads, _labelled_below(grid, at), records)
        if entry is not None and not (
            is_person(entry.raw("action")) and not entry.raw("completed")
        ):  # a name is no action
            entry.grid, entry.objective, entry.confidence = grid, objective, SURE
            if parts is None or not _surely(parts, entry, records):
                entry.confidence = UNSURE
                entry.questions.append(RAN_TOGETHER)
            items.append(entry)
    return items


def _surely(parts: _Parts, entry: Entry, records: PlanRecords) -> bool:
    """Whether a line can only be parted as it was: a lead that stands alone elsewhere in the document (here perhaps with a
    damaged letter) stands between an objective, or nothing, and an action that begins as one, and the last column gives a
    whole date."""
    action, completed = entry.raw("action"), entry.raw("completed")
    whole = parts.lead in records.known and bool(parts.after)
    begins = (
        action[:1].isupper()
        and len(action.split()) >= FEWEST_WORDS
        and (not parts.before or parts.before[:1].isupper())
    )
    return whole and begins and parse_timescale(completed).sort not in ("unknown", "none")


def _texts(row: Row) -> tuple[str, str, Place]:
    """The run-together text of a line, what the last column goes on with (without stray marks), and its place."""
    text = " ".join(row.texts[0].split())
    tail = " ".join(" ".join(row.texts[1:]).split())
    return text, tail if re.search(r"\d|[a-zA-Z]{2}", tail) else "", row.places[0]


def _labelled_below(grid: Grid, at: int) -> bool:
    """Whether the next line but one or two is criteria: then this line holds an objective."""
    return any(label().match(" ".join(row.texts[0].split())) for row in grid.rows[at + 1 : at + 3])


def _part(text: str, known: list[str]) -> _Parts | None:
    """Part a line at the lead in it: a known name, perhaps damaged, else a run of capitals after a full stop."""
    found = _known_in(text, known)
    if found is None:
        match = _CAPITALS.search(text + " ")
        if match is None:
            return None
        words = [word for word in match.group(1).split() if word.lower() not in MONTHS]
        lead = re.sub(r"-\s+", "-", " ".join(words))
        if not is_person(lead):
            return None
        start = match.start(1)
        found = (start, text.index(words[-1], start) + len(words[-1]), lead)
    start, stop, lead = found
    after = text[stop:].strip()
    date = ""
    head = _HEAD_OF_DATE.match(after)
    if head:
        date, after = head.group(1).strip(), after[head.end() :].strip()
    return _Parts(text[:start].strip(), lead, date, after)


def _known_in(text: str, known: list[str]) -> tuple[int, int, str] | None:
    """Where a known name stands in a line, letter by letter or nearly so; the name as the document knows it."""
    names = [name for name in dict.fromkeys(known) if is_person(name)]
    for name in names:
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        if match:
            return match.start(), match.end(), name
    words = list(re.finditer(r"\S+", text))
    for name in names:
        size = len(name.split())
        for n in range(len(words) - size + 1):
            window = text[words[n].start() : words[n + size - 1].end()]
            if window[:1].isupper() and abs(len(window) - len(name)) <= 1 and fuzz.ratio(window, name) >= _NAME_ALIKE:
                return words[n].start(), words[n + size - 1].end(), name
    return None


def _entry(
    text: str,
    parts: _Parts | None,
    tail: str,
    place: Place,
    objective: Objective | None,
    leads: list[str],
    labelled: bool,
    records: PlanRecords,
) -> tuple[Entry | None, Objective | None]:
    """The entry of a line and the objective it stands under; None for a line that holds nothing but a lead."""
    entry = Entry()
    if parts is None:
        head, action, rest, lead = _without_lead(text, tail, leads, labelled)
        if head:
            objective = Objective([Piece(head, place)])
        completed = " ".join(part for part in (rest, tail) if part)
    else:
        before, action, lead = parts.before, parts.after, parts.lead
        completed = _join_cut(parts.date, tail)
        if not before and not action:
            return None, objective
        if not action:
            head, action = _known_objective(before, records)
            before = head
        if before:
            objective = _objective(before, objective, place)
    action = re.sub(rf"\s+{re.escape(lead.split()[-1].split('-')[-1])}$", "", action) if lead else action
    entry.add("action", Piece(action, place))
    if lead:
        entry.add("lead", Piece(lead, place))
    if completed:
        entry.add("completed" if records.completed else "update", Piece(completed, place))
    return entry, objective


def _objective(text: str, above: Objective | None, place: Place) -> Objective:
    """What stands before a lead is the objective, or goes on with the one above that had not ended."""
    if above is not None and not has_label(above.raw):
        words = above.raw.split()
        for cut in (len(words), len(words) - 1):  # a stray word of the next cell may stand at its end
            if cut > 3 and _UNFINISHED.search(" ".join(words[:cut])):
                above.pieces[-1].text = " ".join(words[:cut])
                above.pieces.append(Piece(text, place))
                return above
    return Objective([Piece(text, place)])


def _known_objective(text: str, records: PlanRecords) -> tuple[str, str]:
    """An objective that the document prints elsewhere at the beginning of a line is parted from the action behind it."""
    for record in records.reading.records:
        if (
            record.kind == "objective"
            and len(record.text) > 15
            and text.startswith(record.text)
            and len(text) > len(record.text) + 10
        ):
            return record.text, text[len(record.text) :].strip()
    return "", text


def _without_lead(text: str, tail: str, leads: list[str], labelled: bool) -> tuple[str, str, str, str]:
    """A line in which no lead stands whole: objective, action, the head of the last column, lead.

    A last name alone in it is what is left of the lead before. With criteria below it holds an objective and, as its last
    sentence, the action; where the last column goes on in the middle of a word, the action is its first sentence.
    """
    lead = ""
    if leads:
        last = leads[-1].split()[-1].split("-")[-1]
        if re.search(rf"\s{re.escape(last)}(?=\s|$)", text):
            text, lead = re.sub(rf"\s{re.escape(last)}(?=\s|$)", "", text, count=1), leads[-1]
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)
    lead = lead or (leads[-1] if leads else "")
    if labelled and len(sentences) > 1:
        return " ".join(sentences[:-1]), sentences[-1], "", lead
    if tail[:1].islower() and len(sentences) > 1:
        return "", sentences[0], " ".join(sentences[1:]), lead
    return "", text, "", lead


def _join_cut(head: str, tail: str) -> str:
    """The two halves of a cell cut in the middle: "October 2" and "2023" are "October 2023", "December" and "r 2023" too."""
    if not head or not tail:
        return head or tail
    for size in range(min(len(head), len(tail)), 0, -1):
        if head[-size:].lower() == tail[:size].lower():
            return head + tail[size:]
    return f"{head} {tail}"
