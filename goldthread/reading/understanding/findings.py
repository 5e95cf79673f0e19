"""Findings: the sentences of a review that judge, each under its theme, with its polarity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from goldthread.reading.document import Place
from goldthread.reading.reading import Leftover, ReadRecord
from goldthread.reading.understanding.polarity import IMPROVEMENT, STRENGTH, cues, polarity
from goldthread.reading.understanding.prose import Line, Passage, continues, passage_of
from goldthread.reading.understanding.prose_sentences import sentences
from goldthread.reading.understanding.sections import role_of

Span = tuple[int, int]

# A sentence that opens so goes on with what the one before it found (a consequence, an example, a second voice).
_GOES_ON = re.compile(
    r"(?:this|these|those|such)\b|for \w+, |for (?:example|instance)\b|in particular\b|e\.g\.|that (?:is|"
    r"means|would|will|could)\b|(?:take|doing) (?:this|that|the)\b|even (?:if|with|then|so)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Judged:
    """The findings of a stretch of text, and what stands between them and judges nothing."""

    records: list[ReadRecord] = field(default_factory=list)
    left: list[Leftover] = field(default_factory=list)


def paragraphs(lines: Iterable[Line]) -> list[Passage]:
    """Lines joined into paragraphs: over broken lines, and over pages where the furniture between has been taken
    out."""
    grouped: list[list[Line]] = []
    for line in lines:
        if grouped and continues(grouped[-1][-1], line):
            grouped[-1].append(line)
        else:
            grouped.append([line])
    return [passage_of(group) for group in grouped]


def judge(passages: list[Passage], theme: str, path: list[str], *, under: str | None = None) -> Judged:
    """The findings in paragraphs that stand under one theme.

    ``under`` is what the heading says of all of them. What plainly tells of events and of the team's own work is left out.
    """
    judged = Judged()
    lead: str | None = None
    for index, passage in enumerate(passages):
        bullet = passage.lines[0].bullet
        after_bullet = index + 1 < len(passages) and passages[index + 1].lines[0].bullet
        if passage.text.endswith(":") and after_bullet and not bullet:
            lead = passage.text
            judged.left.append(Leftover(passage.text, passage.places(), "introduces a list"))
            continue
        lead = lead if bullet else None
        skipped = _start(passage.text)
        if skipped:
            label = Leftover(passage.text[:skipped].strip(), passage.places(0, skipped), "number of a paragraph")
            judged.left.append(label)
        if bullet:
            _take(judged, passage, [(skipped, len(passage.text))], theme, path, under or _by_lead(lead))
            continue
        if len(passage.text.split()) <= 6 and not re.search(r"[.!?]$", passage.text):
            judged.left.append(Leftover(passage.text, passage.places(), "no sentence"))
            continue
        kept, left = _choose(passage.text)
        for a, b in left:
            why = "joins two findings" if b - a <= 6 else "context, no finding"
            judged.left.append(Leftover(passage.text[a:b].strip(" ,;"), passage.places(a, b), why))
        _take(judged, passage, kept, theme, path, under)
    return judged


def _by_lead(lead: str | None) -> str | None:
    """What the sentence that introduces a list says of its items."""
    if lead is None:
        return None
    if role_of(lead) in ("strengths", "improvements"):
        return role_of(lead)
    found = cues(lead)
    if found.asks or found.falls_short > found.praises:
        return "improvements"
    return "strengths" if found.praises else None


def _choose(text: str) -> tuple[list[Span], list[Span]]:
    """The spans of a paragraph that are findings, and the rest."""
    kept: list[Span] = []
    left: list[Span] = []
    last_kept = False
    skipped = _start(text)
    for first, last in sentences(text):
        first = max(first, skipped)
        sentence = text[first:last]
        found = cues(sentence)
        goes_on = last_kept and bool(_GOES_ON.match(sentence))
        if goes_on or (last_kept and sentence.endswith("?")):
            kept[-1] = (kept[-1][0], last)
        elif found.judges or not found.context:
            halves = _halves(text, first, last)
            kept.extend(halves)
            if len(halves) == 2:
                left.append((halves[0][1], halves[1][0]))
        else:
            left.append((first, last))
            last_kept = False
            continue
        last_kept = True
    return kept, left


def _start(text: str) -> int:
    """Where a paragraph's words begin behind its number ("12. ", "4.1.3 ")."""
    match = re.match(r"(?:\d{1,3}[.)]|\d+(?:\.\d+)+\.?)\s+(?=[A-Z\"'“‘])", text)
    return match.end() if match else 0


def _halves(text: str, first: int, last: int) -> list[Span]:
    """A sentence cut at ", but" where one half praises and the other asks for more."""
    cut = re.search(r"[,;] but (?=\w+)", text[first:last])
    if cut is None:
        return [(first, last)]
    middle, second = first + cut.start(), first + cut.end()
    if polarity(text[first:middle]) == STRENGTH and polarity(text[second:last]) == IMPROVEMENT:
        return [(first, middle), (second, last)]
    return [(first, last)]


def _take(judged: Judged, passage: Passage, spans: list[Span], theme: str, path: list[str], under: str | None) -> None:
    """Make a record of each span."""
    for first, last in spans:
        text = passage.text[first:last]
        places: list[Place] = passage.places(first, last)
        value = polarity(text, under)
        fields = {"theme": theme, "polarity": value}
        judged.records.append(
            ReadRecord("finding", text, fields, list(path), places, confidence=0.9 if under else 0.75)
        )
