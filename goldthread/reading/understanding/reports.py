"""Reports of reviews: a peer challenge, an inspection, an assessment. Recommendations and findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from itertools import takewhile

from goldthread.reading.document import Document, Table
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from goldthread.reading.understanding.findings import judge, paragraphs
from goldthread.reading.understanding.kinds import NUMBERED_RECOMMENDATION
from goldthread.reading.understanding.polarity import NEUTRAL, STRENGTH, cues
from goldthread.reading.understanding.prose import Passage
from goldthread.reading.understanding.prose_furniture import key, words
from goldthread.reading.understanding.prose_reading import begin
from goldthread.reading.understanding.prose_sentences import sentences
from goldthread.reading.understanding.reports_headed import take_headed
from goldthread.reading.understanding.reports_recommendations import recommendations_of
from goldthread.reading.understanding.reports_tables import read_table
from goldthread.reading.understanding.sections import (
    Section,
    number_of,
    recommends_below,
    role_of,
    states_a_fact,
    unnumbered,
)

_SAID_AGAIN = 0.7  # likeness of two sentences' words from which they say one thing
_NO_FINDINGS = {
    "process": "describes how the review was done",
    "next": "says what happens after the review",
    "background": "background of the review",
    "implications": "implications, no finding",
}


def read_review_report(document: Document) -> Reading:
    """The recommendations and findings of a review's report; every other word as furniture or unplaced, with why."""
    reading, sections = begin(document, "review-report")
    taken = {id(section) for section in take_headed(sections, reading)}
    if not taken:
        _take_numbered(sections, reading)
    _take_introduced(sections, reading)
    listing = [section for section in sections if "recommendations" in section.roles and id(section) not in taken]
    recommended = recommendations_of(listing)
    _add_unless_said(recommended.records, reading)
    reading.unplaced.extend(recommended.left)
    titles = Counter(key(section.title) for section in sections)
    repeated = {title for title, count in titles.items() if count > 1}
    for section in sections:
        if section.heading is not None:
            reading.furniture.append(Leftover(section.heading.text, [dict(section.heading.place)], "heading"))
        theme = theme_of(section, repeated) if section.path else ""
        _read_tables(section, theme, reading)
        if "recommendations" not in section.roles and id(section) not in taken:
            _read_section(section, theme, reading)
    _weigh_silence(reading)
    _leave_repeats(reading, {theme_of(section, repeated) for section in sections if "summary" in section.roles})
    return reading


def _take_numbered(sections: list[Section], reading: Reading) -> None:
    """Recommendations that stand with their number where they arise, in chapters that are about other things.

    Only where no chapter lists the recommendations: elsewhere the chapter says them again, or refers to them.
    """
    if any("recommendations" in section.roles for section in sections):
        return
    for section in sections:
        for passage in paragraphs(section.lines):
            label = NUMBERED_RECOMMENDATION.match(passage.text)
            if label is None:
                continue
            number = re.search(r"[A-Z]?\d[\d.]*", label.group())
            assert number is not None
            fields = {"number": number.group().rstrip(".")}
            start = label.end()
            places = passage.places(start)
            reading.records.append(
                ReadRecord("recommendation", passage.text[start:], fields, list(section.path), places, confidence=0.9)
            )
            shown = Leftover(label.group().strip(), passage.places(0, start), "label of a recommendation")
            reading.furniture.append(shown)
            section.items = [item for item in section.items if not any(item is line for line in passage.lines)]


def _take_introduced(sections: list[Section], reading: Reading) -> None:
    """Recommendations listed below a sentence that makes them ("We recommend that the council should:"), in chapters that
    are about other things."""
    for section in sections:
        if section.roles:
            continue
        passages = paragraphs(section.lines)
        for at, passage in enumerate(passages):
            if not recommends_below(passage.text):
                continue
            listed = list(takewhile(lambda below: below.lines[0].bullet, passages[at + 1 :]))
            for item in listed:
                reading.records.append(
                    ReadRecord("recommendation", item.text, {}, list(section.path), item.places(), confidence=0.9)
                )
            if listed:
                shown = Leftover(passage.text, passage.places(), "introduces recommendations")
                reading.furniture.append(shown)
                taken = [line for found in (passage, *listed) for line in found.lines]
                section.items = [item for item in section.items if not any(item is line for line in taken)]


def _read_tables(section: Section, theme: str, reading: Reading) -> None:
    """The tables of a section: recommendations, strengths and areas for improvement."""
    for item in section.items:
        if isinstance(item, Table):
            found = read_table(item, theme, section.path, recommending="recommendations" in section.roles)
            reading.records.extend(found.records)
            reading.furniture.extend(found.header)
            reading.unplaced.extend(found.left)


def _read_section(section: Section, theme: str, reading: Reading) -> None:
    """Findings of a section, or its words left over with the reason."""
    passages = _without_cover(paragraphs(section.lines), section, reading)
    why = _no_findings(section, passages)
    if why:
        target = reading.furniture if why == "cover" else reading.unplaced
        target.extend(Leftover(passage.text, passage.places(), why) for passage in passages)
        return
    under = section.role if section.role in ("strengths", "improvements") else graded(section.title)
    judged = judge(passages, theme, section.path, under=under)
    reading.records.extend(judged.records)
    reading.unplaced.extend(judged.left)


def _without_cover(passages: list[Passage], section: Section, reading: Reading) -> list[Passage]:
    """Paragraphs without what belongs to a cover: lines such as "Inspection dates: …", and no sentences under the title."""
    kept = []
    for passage in passages:
        bare = section.is_title and not passage.lines[0].bullet and not re.search(r"[.!?:]$", passage.text)
        if states_a_fact(passage.text) or bare:
            reading.furniture.append(Leftover(passage.text, passage.places(), "cover"))
        else:
            kept.append(passage)
    return kept


def _no_findings(section: Section, passages: list[Passage]) -> str | None:
    """Why a section holds no findings, or None where it may."""
    if section.heading is None:
        return "cover"
    for role in section.roles:
        if role in _NO_FINDINGS:
            return _NO_FINDINGS[role]
    if section.roles:
        return None
    spans = [passage.text[a:b] for passage in passages for a, b in sentences(passage.text)]
    judging = sum(1 for span in spans if cues(span).judges)
    return "judges nothing" if len(spans) >= 3 and judging * 4 < len(spans) else None


def graded(title: str) -> str | None:
    """What a grade in a heading ("Children in care: good") says of the sentences under it that give no sign themselves."""
    grade = re.search(r"[:–-]\s*(good|outstanding|exceptional|requires improvement|inadequate)\b[^:]*$", title.lower())
    if grade is None:
        return None
    return "graded badly" if grade.group(1) in ("requires improvement", "inadequate") else "graded well"


def theme_of(section: Section, repeated: Container[str] = ()) -> str:
    """The theme that a section's findings belong to: its heading, or the one above where it only says "Strengths".

    Headings that come again under one theme after another ("Key findings") name none, and numbered headings below the
    second level ("4.1.2") divide a theme.
    """
    names = [part for part in section.path if role_of(unnumbered(part)) not in ("strengths", "improvements")]
    names = [part for part in names if key(part) not in repeated] or names
    named = [part for part in names if (number_of(part) or "").count(".") < 2]
    return unnumbered((named or names or section.path)[-1]).strip(" :")


def _weigh_silence(reading: Reading) -> None:
    """What a sentence without any cue means, in the light of the report's own language.

    In a review most sentences that ask for nothing praise something. Where few of those hold a word of praise that is
    known here, the report praises in other words, and its silent sentences count as strengths.
    """
    findings = [record for record in reading.records if record.kind == "finding"]
    judged = [cues(record.text) for record in findings]
    asking_nothing = [found for found in judged if not found.asks and not found.falls_short]
    if len(asking_nothing) >= 8 and sum(1 for found in asking_nothing if found.praises) * 2 < len(asking_nothing):
        for record in findings:
            if record.fields["polarity"] == NEUTRAL:
                record.fields["polarity"], record.confidence = STRENGTH, 0.5


def _add_unless_said(records: list[ReadRecord], reading: Reading) -> None:
    """Add recommendations of a list, without those that a heading with its progress says again in nearly the same words."""
    said = [Counter(words(record.text)) for record in reading.records if record.kind == "recommendation"]
    for record in records:
        if any(_alike(Counter(words(record.text)), other) >= _SAID_AGAIN for other in said):
            reading.unplaced.append(Leftover(record.text, record.source, "said again in the body of the report"))
        else:
            reading.records.append(record)


def _leave_repeats(reading: Reading, summaries: set[str]) -> None:
    """A finding of the summary that the body says again in nearly the same words is one finding: the body's."""
    findings = [record for record in reading.records if record.kind == "finding"]
    body = [Counter(words(record.text)) for record in findings if record.fields["theme"] not in summaries]
    kept = []
    for record in reading.records:
        own = Counter(words(record.text))
        repeated = record.kind == "finding" and record.parent is None and record.fields["theme"] in summaries
        if repeated and any(_alike(own, other) >= _SAID_AGAIN for other in body):
            reading.unplaced.append(Leftover(record.text, record.source, "said again in the body of the report"))
        else:
            kept.append(record)
    reading.records = kept


def _alike(first: Counter[str], second: Counter[str]) -> float:
    return 2 * sum((first & second).values()) / (sum(first.values()) + sum(second.values()) or 1)
