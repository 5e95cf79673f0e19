"""What a report prints beside a recommendation in prose: a response under a heading or a label, an owner, a date."""

from __future__ import annotations

import re

from goldthread.reading.reading import Leftover, ReadRecord
from goldthread.reading.understanding.columns import role_of_heading
from goldthread.reading.understanding.leads import read_leads
from goldthread.reading.understanding.prose import Passage
from goldthread.reading.understanding.statuses import status_of, timescale_of
from goldthread.reading.vocabulary import plain, vocabulary

_SURE = 0.9  # of what a label names
_PARTS = ("response", "update", "lead", "timescale", "status", "risk_rating", "key_risk")
_MORE = ("rag", "group", "action", "recommendation")  # named where a recommendation is a heading
_LABELLED = re.compile(r"^\s*(?P<label>[A-Z][A-Za-z /’'()-]{1,40}?)\s*:\s*(?=\S)")
LONGEST_LABEL = 6  # words


def part_of(title: str) -> str | None:
    """The field of a recommendation that a heading or a label names ("Our response"); None for any other words."""
    if len(title.split()) > LONGEST_LABEL:
        return None
    role, score = role_of_heading(title)
    return role if role in _PARTS and score >= _SURE else None


def named_part(title: str) -> str | None:
    """The part that a label names below a recommendation that is a heading: a field, "finding" for what was found, "action"
    or "recommendation"; None for any other words."""
    if not 0 < len(title.split()) <= LONGEST_LABEL:
        return None
    for name, part in (("found_labels", "finding"), ("judged_labels", "status"), ("told_labels", "update")):
        if plain(title) in vocabulary().words[name]:
            return part
    role, score = role_of_heading(title)
    return role if score >= _SURE and role in (*_PARTS, *_MORE, "action", "recommendation") else None


def labelled_part(passage: Passage) -> tuple[str, int] | None:
    """The field that the label of a paragraph names, and where its value begins; None where it has no such label."""
    match = _LABELLED.match(passage.text)
    part = part_of(match["label"]) if match is not None else None
    return (part, match.end()) if match is not None and part is not None else None


def say_of(record: ReadRecord, part: str, passage: Passage, start: int = 0) -> None:
    """Put the words of a paragraph from ``start`` on into a field of the recommendation above it."""
    text = passage.text[start:].strip()
    if not text:
        return
    fields = record.fields
    if part == "lead":
        fields["leads"] = [*fields.get("leads", []), *read_leads(text)]
    elif part == "timescale":
        fields.setdefault("timescale", timescale_of(text))
    elif part == "status":
        fields.setdefault("status", status_of(text))
    else:
        fields[part] = f"{fields[part]} {text}" if fields.get(part) else text
    record.source += passage.places(start)


def take_answers(passages: list[Passage], record: ReadRecord, left: list[Leftover]) -> list[Passage]:
    """Put labelled paragraphs, with those that go on below them, into fields of a recommendation; gives the others back."""
    rest: list[Passage] = []
    part: str | None = None
    for passage in passages:
        found = labelled_part(passage)
        if found is not None:
            part, start = found
            left.append(
                Leftover(passage.text[:start].strip(" :"), passage.places(0, start), "label of a recommendation")
            )
            say_of(record, part, passage, start)
        elif part in ("response", "update"):
            say_of(record, part, passage)
        else:
            rest.append(passage)
    return rest
