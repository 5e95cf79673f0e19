"""Recommendations in prose: under numbered headings, in lists, after "it is recommended that"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from goldthread.reading.reading import Leftover, ReadRecord
from goldthread.reading.understanding.findings import paragraphs
from goldthread.reading.understanding.polarity import cues
from goldthread.reading.understanding.prose import Passage
from goldthread.reading.understanding.reports_answers import labelled_part, part_of, say_of, take_answers
from goldthread.reading.understanding.sections import RECOMMENDATION_LABEL, Section, role_of

_LABEL = re.compile(
    rf"{RECOMMENDATION_LABEL.pattern}|[A-Z][a-z]+ (?P<bare>\d{{1,2}})$",  # "Proposal 4", under recommendations
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?P<number>\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)\)|\d+(?:\.\d+)*\.?(?=\s))\s*(?=[A-Z\"'“‘a-z])")


@dataclass(slots=True)
class Recommended:
    """Recommendations and the words around them (introductions)."""

    records: list[ReadRecord] = field(default_factory=list)
    left: list[Leftover] = field(default_factory=list)


def recommendations_of(sections: list[Section]) -> Recommended:
    """The recommendations of the sections whose headings announce them."""
    found = Recommended()
    singles = [section for section in sections if _LABEL.match(section.title)]
    usual_one = len(singles) >= 3 and sum(len(paragraphs(section.lines)) == 1 for section in singles) * 2 > len(singles)
    for section in sections:
        passages = paragraphs(section.lines)
        part = part_of(section.title) if found.records and not role_of(section.title) else None
        if part is not None:
            for passage in take_answers(passages, found.records[-1], found.left):
                say_of(found.records[-1], part, passage)
        elif _LABEL.match(section.title):
            _under_its_number(section, passages, usual_one, found)
        elif role_of(section.title) is None and len(passages) == 1 and not _item(passages[0]):
            _under_its_title(section, passages[0], found)
        else:
            _in_a_list(section, passages, found)
    return found


def _record(
    section: Section, passage: Passage, start: int = 0, number: str | None = None, title: str | None = None
) -> ReadRecord:
    fields = {name: value for name, value in (("number", number), ("title", title)) if value}
    path = section.path[:-1] if _LABEL.match(section.title) else section.path
    return ReadRecord(
        "recommendation", passage.text[start:], fields, list(path), passage.places(start), confidence=0.95
    )


def _under_its_number(section: Section, passages: list[Passage], usual_one: bool, found: Recommended) -> None:
    """ "Recommendation 4" as a heading, its text below; where each other one has one paragraph, a second is one
    more."""
    match = _LABEL.match(section.title)
    assert match is not None
    number, title = match["number"] or match["short"] or match["bare"], section.title[match.end() :].strip() or None
    answers = next((n for n, passage in enumerate(passages) if labelled_part(passage)), len(passages))
    passages, said = passages[:answers], passages[answers:]
    if title and passages and "narrative" in section.roles and section.heading is not None:
        _told_again(section, number, title, passages, found)
        return
    if not passages:
        if title and section.heading is not None:
            place = [dict(section.heading.place)]
            found.records.append(
                ReadRecord("recommendation", title, {"number": number, "title": title}, section.path[:-1], place)
            )
            _answered(said, found)
        else:
            found.left.extend(Leftover(p.text, p.places(), "answers a recommendation without words") for p in said)
        return
    first = _record(section, passages[0], number=number, title=title)
    found.records.append(first)
    for passage in passages[1:]:
        if usual_one and not passage.lines[0].bullet:
            extra = _record(section, passage)
            extra.confidence = 0.7
            ask = (
                f"This stands after recommendation {number} without a number of its own. Is it another recommendation?"
            )
            extra.questions.append(
                {"ask": ask, "choices": ["another recommendation", f"part of recommendation {number}"]}
            )
            found.records.append(extra)
        else:
            first.text += " " + passage.text
            first.source += passage.places()
    _answered(said, found)


def _told_again(section: Section, number: str | None, title: str, passages: list[Passage], found: Recommended) -> None:
    """An earlier recommendation as a heading, with how far it has come below it ("Progress against recommendations")."""
    assert section.heading is not None
    fields = {"number": number, "title": title} if number else {"title": title}
    record = ReadRecord(
        "recommendation", title, fields, section.path[:-1], [dict(section.heading.place)], confidence=0.9
    )
    for passage in passages:
        say_of(record, "update", passage)
    found.records.append(record)


def _answered(said: list[Passage], found: Recommended) -> None:
    """What labelled paragraphs below a recommendation say of it."""
    for passage in take_answers(said, found.records[-1], found.left):
        found.left.append(Leftover(passage.text, passage.places(), "stands below the answer to a recommendation"))


def _under_its_title(section: Section, passage: Passage, found: Recommended) -> None:
    """A heading that names what is recommended, and one paragraph that says it."""
    found.records.append(_record(section, passage, title=section.title))
    found.records[-1].section = section.path[:-1]


def _item(passage: Passage) -> re.Match[str] | None:
    return _LABEL.match(passage.text) or _ITEM.match(passage.text)


def _in_a_list(section: Section, passages: list[Passage], found: Recommended) -> None:
    """Numbered or bulleted items, labelled paragraphs, or plain paragraphs after an introduction."""
    before = len(found.records)
    listed = any(passage.lines[0].bullet or _item(passage) for passage in passages)
    introduced = False
    number: str | None = None  # a label that stood on a line of its own, for the paragraph below it
    for at, passage in enumerate(passages):
        match = _item(passage)
        bullet = passage.lines[0].bullet
        if match is not None:
            number = next((value for value in match.groupdict().values() if value), "").strip("().")
            label = passage.text[: match.end()].strip(" :–—-")
            found.left.append(Leftover(label, passage.places(0, match.end()), "label of a recommendation"))
        if match is not None and len(passage.text) == match.end():
            continue
        if match is not None or number or bullet:
            found.records.append(_record(section, passage, match.end() if match else 0, number))
        elif passage.text.endswith(":") or (at == 0 and len(passages) > 1 and _introduces(passage)):
            introduced = True
            found.left.append(Leftover(passage.text, passage.places(), "introduces recommendations"))
        elif not listed and (introduced or (cues(passage.text).asks and len(passages) > 1)):
            found.records.append(_record(section, passage))
        elif listed and len(found.records) > before:
            found.records[-1].text += " " + passage.text
            found.records[-1].source += passage.places()
        else:
            found.left.append(Leftover(passage.text, passage.places(), "introduces recommendations"))
        number = None
    if role_of(section.title) is None:  # a heading among the recommendations groups those under it
        for record in found.records[before:]:
            record.fields.setdefault("group", section.title)


def _introduces(passage: Passage) -> bool:
    """Whether a paragraph announces recommendations and makes none."""
    return bool(
        re.search(r"\b(?:following|below)\b.*\brecommend|\brecommend.*\b(?:following|below)\b", passage.text, re.I)
    )
