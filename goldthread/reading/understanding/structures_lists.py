"""Posts printed as lists in a structure report: titles one under another beneath a directorate or a director."""

from __future__ import annotations

import re
from typing import Any

from goldthread.reading.reading import ReadRecord
from goldthread.reading.understanding.posts import statutory_roles, title_and_holder
from goldthread.reading.understanding.prose import Line
from goldthread.reading.understanding.sections import UNSTYLED, Section

_VERSION = re.compile(
    r"\b(?:current|existing|proposed|new|future|revised|interim|as at|from)\b.*\b(?:structure|model|tier)\b", re.I
)
_SHARE = 0.6  # of a section's short lines that are titles, from which it is a list of posts


def posts_in_lines(section: Section, lines: list[Line]) -> tuple[list[ReadRecord], list[Line]]:
    """The posts that a section lists line by line, and the lines that are none.

    The heading above gives their directorate, or, where it is a post itself, whom they report to; so does a short line
    with a colon over a part of the list. A heading further up that names a version of the structure ("Proposed
    structure") gives their structure.
    """
    short = [line for line in lines if len(line.text.split()) <= 16 and not re.search(r"[.:;]$", line.text)]
    named = {id(line): found for line in short if (found := title_and_holder(line.text)) is not None}
    if len(named) < 2 or len(named) < _SHARE * len(short):
        return [], lines
    head = title_and_holder(section.title) if section.heading is not None else None
    common = _common(section, head is not None)
    records: list[ReadRecord] = []
    if head is not None and section.heading is not None:
        records.append(_record(head, common, section.path[:-1], section.heading))
        common = {**common, "reports_to": head[0]}
    here, rest = common, []
    for line in lines:
        if id(line) in named:
            records.append(_record(named[id(line)], here, section.path, line))
            continue
        rest.append(line)
        label = line.text.rstrip(" :")
        if line.text.endswith(":") and len(label.split()) <= 7:
            over = title_and_holder(label)
            here = {**common, "reports_to": over[0]} if over else {**common, "directorate": label}
    return records, rest


def mark_unnamed_work(sections: list[Section]) -> None:
    """Give the role of workstreams to lists that only the sentence above them announces.

    A numbered section that says what "we will" do, "as below", and then nothing but short lines under two or more
    headings of their own: the lines are what will be done.
    """
    for at, section in enumerate(sections):
        told = " ".join(line.text for line in section.lines)
        announces = re.search(r"\b(?:we|will)\b", told, re.I) and re.search(r"\b(?:below|following)\b", told, re.I)
        if not section.number or section.roles or not announces:
            continue
        groups = []
        for other in sections[at + 1 :]:
            if other.number or other.roles or other.level < UNSTYLED:
                break
            groups.append(other)
        lists = [group for group in groups if group.items]
        if len(lists) >= 2 and all(_short(group) for group in lists) and sum(len(group.items) for group in lists) >= 6:
            for group in groups:
                group.roles = ["workstreams"]


def _short(section: Section) -> bool:
    """Whether a section holds nothing but short lines that end no sentence."""
    lines = section.lines
    return len(lines) == len(section.items) and all(
        len(line.text.split()) <= 40 and not re.search(r"[.;?!]$", line.text) for line in lines
    )


def _common(section: Section, headed_by_a_post: bool) -> dict[str, Any]:
    """What the headings say of every post beneath them."""
    common: dict[str, Any] = {}
    version = next((part for part in section.path if _VERSION.search(part)), None)
    if version:
        common["structure"] = version
    name = re.sub(r"\s+(?:directorate|department)$", "", section.title, flags=re.I)
    unit = re.search(r"\b(?:directorate|department)\b", section.title, re.I) or version or len(section.path) > 1
    if unit and not headed_by_a_post and section.heading is not None and not _VERSION.search(section.title):
        common["directorate"] = name
    return common


def _record(named: tuple[str, str | None], common: dict[str, Any], path: list[str], line: Line) -> ReadRecord:
    fields = dict(common)
    if named[1]:
        fields["holder"] = {"text": named[1]}
    roles = statutory_roles("", named[0])
    if roles:
        fields["statutory_roles"] = roles
    return ReadRecord("post", named[0], fields, list(path), [dict(line.place)], confidence=0.8)
