"""Implications: what a committee report says of money, law, staff, equalities, climate and risk."""

from __future__ import annotations

import re

from goldthread.reading.reading import ReadRecord
from goldthread.reading.understanding.findings import paragraphs
from goldthread.reading.understanding.sections import Section, unnumbered

# "Financial implications and risks:" stands for "Financial"; the rest of the heading says only that implications
# follow.
_GENERAL = re.compile(
    r"\s*\b(?:comments?|considerations?|implications?|impacts?|assessment)\b(?:\s*(?:and|&|/)\s*risks?)?(?:\s+(?:of|"
    r"on|for)\b.*)?$|^implications? (?:of|for|on)\s+",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"(?P<topic>[A-Z][\w&/, -]{2,60}?)\s+(?:implications?|comments?|considerations?)(?: and risks?)?\s*[:–-]\s+(?=\S)",
    re.IGNORECASE,
)


def topic_of(heading: str) -> str:
    """What kind of implication a heading announces, as printed; the whole heading where it says nothing else."""
    plain = unnumbered(heading).strip(" :")
    topic = re.sub(r"\s+", " ", _GENERAL.sub("", plain)).strip(" :-–")
    return topic or plain


def implications_of(section: Section) -> list[ReadRecord]:
    """One implication for each paragraph and list item under a heading of implications."""
    records = []
    topic = topic_of(section.title)
    for passage in paragraphs(section.lines):
        run_in = _RUN_IN.match(passage.text)
        start = run_in.end() if run_in else 0
        if run_in:
            topic = run_in["topic"].strip()
        records.append(ReadRecord("implication", passage.text[start:], {}, [topic], passage.places(), confidence=0.95))
    return records
