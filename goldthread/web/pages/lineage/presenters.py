"""What the pages of lineages and proposals show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from goldthread.domain.register.models import Record
from goldthread.domain.register.terms import RecordKind, Relation
from goldthread.domain.reviews.queries.answers import MayAnswer
from goldthread.domain.reviews.queries.lineage import Step
from goldthread.domain.reviews.queries.repeats import Repeat
from goldthread.kernel.shortening import shortened
from goldthread.reporting.lineages import WORDS, year_of
from goldthread.web.entries import address_of

CHOICES = (
    (Relation.RAISED_AGAIN, "Raised again"),
    (Relation.PROGRESS_NOTED, "Progress noted"),
    (Relation.FULFILS, "Fulfilled"),
    (Relation.SAME_STEP, "Same process step"),
    (Relation.REPEATS, "Printed again"),
)
"""What a person can say of a proposal, besides that the two are not the same."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry that is named: its kind, reference, words, address and when it speaks of."""

    kind: str
    reference: str
    text: str
    href: str
    year: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A row of a lineage."""

    entry: Mention
    document: str
    document_href: str
    year_by: str
    how: list[str]
    last_known: str
    update: str
    updated_on: date | None
    answers: list[Mention] = field(default_factory=list)
    own_actions: int = 0


def step_line(step: Step, query: str) -> StepLine:
    """A row of a lineage; what its own document answers it with is counted, what others do is named."""
    row, last = step.row, step.row.last_update
    later = [one for one in step.answers if not one.own]
    return StepLine(
        entry=Mention(
            RecordKind(row.kind).label,
            row.reference,
            shortened(row.heading, 300),
            address_of(row.record) + query,
            year_of(step),
        ),
        document=shortened(step.document.heading, 90) if step.document else "",
        document_href=address_of(step.document) + query if step.document else "",
        year_by=step.age.by,
        how=[
            f"{WORDS[Relation(relation)]} of {record.reference}"
            if relation != Relation.RAISED_AGAIN
            else f"raises {record.reference} again"
            for relation, record in step.to
        ],
        last_known=step.last_known,
        update=shortened(last.text, 200) if last else "",
        updated_on=last.as_at if last else None,
        answers=[
            Mention(
                RecordKind(one.row.kind).label,
                one.row.reference,
                shortened(one.row.heading, 140),
                address_of(one.row.record) + query,
                year_of(one),
            )
            for one in later
        ],
        own_actions=len(step.answers) - len(later),
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a text, marked where it shows the likeness."""

    text: str
    marked: bool


def pieces(text: str, words: Iterable[str]) -> list[Piece]:
    """A text in runs, with the words that show a likeness marked; nothing is lost or added."""
    wanted = sorted({word for phrase in words for word in phrase.split() if len(word) > 1}, key=len, reverse=True)
    if not wanted or not text:
        return [Piece(text, False)] if text else []
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)
    found, at = [], 0
    for match in pattern.finditer(text):
        if match.start() > at:
            found.append(Piece(text[at : match.start()], False))
        found.append(Piece(match.group(0), True))
        at = match.end()
    return [*found, Piece(text[at:], False)] if at < len(text) else found


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposal: two entries, the words that show why, and what can be said of it."""

    left: Mention
    left_text: list[Piece]
    right: Mention
    right_text: list[Piece]
    why: str
    certain: bool
    choices: list[tuple[str, str, bool]]  # (value, words, whether it is the proposed one)


def repeat_pair(one: Repeat) -> Pair:
    """The earlier entry at the left, the later one at the right; the proposed meaning comes first."""
    first = [(value.value, words, True) for value, words in CHOICES if value == one.relation]
    others = [(value.value, words, False) for value, words in CHOICES if value != one.relation]
    return Pair(
        left=_mention(one.earlier),
        left_text=pieces(_whole(one.earlier), [a for a, _ in one.shared]),
        right=_mention(one.later),
        right_text=pieces(_whole(one.later), [b for _, b in one.shared]),
        why=one.why,
        certain=one.certain,
        choices=[*first, *others],
    )


def answer_pair(one: MayAnswer) -> Pair:
    """The recommendation at the left, the objective or action at the right."""
    return Pair(
        left=_mention(one.recommendation),
        left_text=pieces(_whole(one.recommendation), [a for a, _ in one.shared]),
        right=_mention(one.offered),
        right_text=pieces(_whole(one.offered), [b for _, b in one.shared]),
        why=one.why,
        certain=one.certain,
        choices=[],
    )


def _mention(record: Record) -> Mention:
    within = shortened(record.within.heading, 80) if record.within else ""
    return Mention(
        RecordKind(record.kind).label, record.reference, shortened(record.heading, 140), address_of(record), how=within
    )


def _whole(record: Record) -> str:
    return (
        f"{record.title}. {record.text}"
        if record.title and record.title != record.text
        else record.text or record.title
    )


def by_left(pairs: Sequence[Pair], most: int) -> list[list[Pair]]:
    """Proposals gathered by their left entry, in the order of the best of each; up to ``most`` of one entry."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        group = found.setdefault(pair.left.reference, [])
        if len(group) < most:
            group.append(pair)
    return list(found.values())
