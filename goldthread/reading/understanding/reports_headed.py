"""Recommendations that are headings, with what is said of each below: progress reviews, follow-ups, auditors' reports.

"Recommendation 4: Review the …" as a heading, below it how far it has come, in paragraphs, under headings of their own
("What the council told us") and behind labels ("Progress: Good"); or a number alone ("Key recommendation 2"), below it the
words of the recommendation and labelled what was found, who answers, and until when.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from goldthread.reading.document import Table
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from goldthread.reading.understanding.cells import is_news, says_when
from goldthread.reading.understanding.findings import paragraphs
from goldthread.reading.understanding.polarity import cues, polarity
from goldthread.reading.understanding.prose import Passage
from goldthread.reading.understanding.prose_furniture import key
from goldthread.reading.understanding.reports_answers import LONGEST_LABEL, named_part, say_of
from goldthread.reading.understanding.sections import RECOMMENDATION_LABEL, Section
from goldthread.reading.vocabulary import plain

FEWEST = 2  # recommendations of a kind: one alone is read as any other section
_MOSTLY = 0.6
_ONE_LINE = ("lead", "timescale", "status", "rag", "risk_rating", "group")  # roles whose value is the paragraph below
_LONGEST_STATUS = 8  # words
_JUDGED = 3  # words of "Progress: Good" and its like, which say how it stands and not what happened
_LABELLED = re.compile(r"^\s*(?P<label>[A-Z][A-Za-z /’'()-]{1,60}?)\s*:\s*(?=\S)")
_HOW_FAR = re.compile(
    r"\b(?:progress|follow-?\s?up|update|monitoring|one year on|revisit|re-?inspection|implementation)\b", re.I
)
_ASKS = re.compile(r"\b(?:should|must)\b", re.I)


@dataclass(slots=True)
class Headed:
    """A recommendation that is a heading, and the sections below it that speak of it."""

    head: Section
    number: str | None
    title: str | None
    below: list[Section] = field(default_factory=list)

    @property
    def sections(self) -> list[Section]:
        """The heading's own section, and those below it."""
        return [self.head, *self.below]


@dataclass(slots=True)
class _Said:
    """A paragraph of what stands below a heading: the role and the label that say what it is, and where its words begin."""

    role: str | None
    passage: Passage
    start: int = 0
    under: str = ""  # the label or heading it stands under, as printed


def headed_of(sections: Sequence[Section]) -> list[Headed]:
    """The recommendations that are headings, each with the sections that speak of it; [] where their words are elsewhere.

    They are told where two or more of them say below how far they have come, or say with labels what belongs to each.
    """
    found = _grouped(sections)
    said = _all_said(found)
    if len(found) < FEWEST or any(part.role == "action" for parts in said for part in parts):
        return []
    labelled = sum(any(part.role is not None for part in parts) for parts in said)
    words = sum(bool(one.title or _own_words(parts)) for one, parts in zip(found, said, strict=True))
    titles = _titles(sections)
    if words * 2 < len(found) or not (labelled > _MOSTLY * len(found) or _tells_how_far(found, said, titles)):
        return []
    return found


def take_headed(sections: Sequence[Section], reading: Reading) -> list[Section]:
    """Add the recommendations that are headings to a reading; gives the sections whose paragraphs they have taken."""
    found = headed_of(sections)
    said = _all_said(found)
    told = _tells_how_far(found, said, _titles(sections))
    for one, parts in zip(found, said, strict=True):
        _take(one, parts, told, reading)
    taken = [section for one in found for section in one.sections]
    for section in sections:
        if any(section.path == one.head.path[: len(section.path)] for one in found) and section not in taken:
            taken.append(section)  # a chapter that holds them
            left = [Leftover(p.text, p.places(), "introduces recommendations") for p in paragraphs(section.lines)]
            (reading.furniture if section.is_title else reading.unplaced).extend(left)
    for section in taken:
        section.items = [item for item in section.items if isinstance(item, Table)]
    return taken


def _grouped(sections: Sequence[Section]) -> list[Headed]:
    times = Counter(key(section.title) for section in sections if section.heading is not None)
    asking = _asking(sections)
    found: list[Headed] = []
    now: Headed | None = None
    for n, section in enumerate(sections):
        label = RECOMMENDATION_LABEL.match(section.title) if section.heading is not None else None
        if label is not None:
            number = label["number"] or label["short"]
            now = Headed(section, number, section.title[label.end() :].strip(" .:–-") or None)
            found.append(now)
        elif n in asking:
            now = Headed(section, section.number, section.title)
            found.append(now)
        elif now is not None and _speaks_of(section, now.head, times):
            now.below.append(section)
        else:
            now = None
    return found


def _asking(sections: Sequence[Section]) -> set[int]:
    """The indexes of headings that are recommendations by their words ("Leaders should …"), where nearly all are that
    stand beside them."""
    found: set[int] = set()
    by_level: dict[tuple[str, ...], list[int]] = {}
    for n, section in enumerate(sections):
        if section.heading is not None and not section.is_title:
            by_level.setdefault((str(section.level), *section.path[:-1]), []).append(n)
    for beside in by_level.values():
        asks = [n for n in beside if _asks(sections[n].title)]
        if len(asks) >= FEWEST and len(asks) > _MOSTLY * len(beside):
            found.update(asks)
    return found


def _asks(title: str) -> bool:
    return bool(_ASKS.search(title)) and len(title.split()) > LONGEST_LABEL and not title.endswith("?")


def _speaks_of(section: Section, head: Section, times: Counter[str]) -> bool:
    """Whether a heading divides what is said of the recommendation above it, and is not the next thing."""
    if section.heading is None:
        return False
    again = times[key(section.title)] >= FEWEST or says_when(section.title)
    return section.level > head.level or (section.level == head.level and again)


def _all_said(found: Sequence[Headed]) -> list[list[_Said]]:
    """For each recommendation the paragraphs below its heading, each with what it is."""
    times: Counter[str] = Counter()
    for one in found:
        labels = [_LABELLED.match(line.text) for section in one.sections for line in section.lines]
        times.update({plain(match["label"]) for match in labels if match is not None})
    again = {label for label, count in times.items() if count >= FEWEST}
    return [list(_said(one, again)) for one in found]


def _said(one: Headed, again: Container[str]) -> Iterator[_Said]:
    """The paragraphs below a heading in order, each with what its label or the heading above it says that it is."""
    for section in one.sections:
        own = section is not one.head
        role = named_part(section.title) if own else None
        under = section.title if own else ""
        dated = own and role is None and says_when(section.title) and section.heading is not None
        for passage in [_passage_of(section)] if dated else []:
            yield _Said("timescale", passage)
        for passage in paragraphs(section.lines):
            match = _LABELLED.match(passage.text)
            inline = named_part(match["label"]) if match is not None else None
            alone = None if match is not None or role in _ONE_LINE else _label_alone(passage)
            if match is not None and inline is not None:
                role, under = inline, match["label"]
                yield _Said(role, passage, match.end(), under)
            elif alone is not None:
                role, under = alone, passage.text
                yield _Said(None, passage, len(passage.text), under)
                continue
            elif match is not None and plain(match["label"]) in again:
                role, under = None, match["label"]  # a label that is not known, and comes again below other headings
                yield _Said(None, passage, 0, under)
            else:
                yield _Said(role, passage, 0, under)
            role = None if role in _ONE_LINE else role


def _label_alone(passage: Passage) -> str | None:
    """The part that a paragraph names which is nothing but a label ("Progress to date")."""
    return None if passage.text.endswith(".") else named_part(passage.text.rstrip(": "))


def _passage_of(section: Section) -> Passage:
    passage = Passage()
    assert section.heading is not None
    passage.add(section.heading)
    return passage


def _own_words(parts: Sequence[_Said]) -> list[_Said]:
    """The words of a recommendation whose heading is only a number: behind their label, or before any other label."""
    named = [part for part in parts if part.role == "recommendation"]
    if named:
        return named
    first = next((n for n, part in enumerate(parts) if part.role is not None or part.under), len(parts))
    return list(parts[:first])


def _titles(sections: Sequence[Section]) -> list[str]:
    """What the document is called, in a line or two."""
    return [section.title for section in sections if section.is_title]


def _tells_how_far(found: Sequence[Headed], said: Sequence[Sequence[_Said]], titles: Sequence[str]) -> bool:
    """Whether what stands below the headings tells of progress, and is not the recommendation in full."""
    titled = [parts for one, parts in zip(found, said, strict=True) if one.title]
    if len(titled) < len(found):
        return False
    first = [
        part.passage.text for parts in titled for part in parts if part.start == 0 and part.role in (None, "update")
    ]
    if not first:
        return False
    asks = sum(1 for text in first if cues(text).asks)
    news = sum(1 for text in first if is_news(text))
    above = [*titles, *(part for one in found for part in one.head.path[:-1])]
    announced = any("narrative" in one.head.roles for one in found) or any(_HOW_FAR.search(text) for text in above)
    return asks * 2 < len(first) if announced else news >= _MOSTLY * len(first) and asks * 4 < len(first)


def _take(one: Headed, parts: list[_Said], told: bool, reading: Reading) -> None:
    """One recommendation with what is said of it; its findings stand behind it."""
    record = _begun(one, parts, told)
    reading.records.append(record)
    at = len(reading.records) - 1
    for part in parts:
        if part.start:
            label = Leftover(part.passage.text[: part.start].strip(), part.passage.places(0, part.start))
            label.why = "label of a recommendation"
            reading.furniture.append(label)
        role = _role_in(part, told, one)
        if part.start >= len(part.passage.text) or role == "recommendation":
            continue
        if role == "finding":
            reading.records.append(_finding(part, record, at))
        elif role is not None:
            say_of(record, role, part.passage, part.start)
        else:
            passage = part.passage
            reading.unplaced.append(
                Leftover(passage.text, passage.places(), "stands below the answer to a recommendation")
            )


def _begun(one: Headed, parts: list[_Said], told: bool) -> ReadRecord:
    """The record of a recommendation with its number and its words."""
    assert one.head.heading is not None
    fields: dict[str, object] = {"number": one.number} if one.number else {}
    path = one.head.path[:-1]
    own = [] if told and one.title else _own_words(parts)
    if one.title is not None:
        fields["title"] = one.title
    if one.title is not None and not own:
        return ReadRecord("recommendation", one.title, fields, path, [dict(one.head.heading.place)], confidence=0.9)
    for part in own:
        part.role = "recommendation"
    text = " ".join(part.passage.text[part.start :] for part in own)
    places = [place for part in own for place in part.passage.places(part.start)]
    if RECOMMENDATION_LABEL.match(one.head.title) and one.title is None and _kind_named(one.head.title):
        path = list(one.head.path)  # "Key recommendation 1": only the heading says which sort of recommendation it is
    return ReadRecord("recommendation", text, fields, path, places, confidence=0.95)


def _kind_named(title: str) -> bool:
    return not re.match(r"(?:recommendation|rec|r\d)", title, re.I)


def _role_in(part: _Said, told: bool, one: Headed) -> str | None:
    """What a paragraph is: what its label says; "Progress: Good" is a judgement; without a label, how far it has come."""
    count = len(part.passage.text[part.start :].split())
    if part.role == "update" and part.start and count <= _JUDGED:
        return "status"
    if part.role == "status" and count > _LONGEST_STATUS:
        return "update"
    if part.role is not None:
        return part.role
    return "update" if told else None


def _finding(part: _Said, record: ReadRecord, at: int) -> ReadRecord:
    """What was found, of which the recommendation comes."""
    text = part.passage.text[part.start :]
    fields = {"theme": record.fields.get("group") or part.under, "polarity": polarity(text, "improvements")}
    places = part.passage.places(part.start)
    return ReadRecord("finding", text, fields, list(record.section), places, parent=at, confidence=0.8)
