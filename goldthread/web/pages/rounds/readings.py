"""What whoever checks, accepts or signs off reads: each update beside the one before it, its date and its evidence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.domain.register.terms import State
from goldthread.domain.rounds.queries.items import Reading
from goldthread.domain.rounds.rules.telling import disagreement_of
from goldthread.domain.rounds.terms import ItemState
from goldthread.kernel.days import printed
from goldthread.kernel.shortening import shortened
from goldthread.web.components.tag.presenter import Tag, rating_tag, state_tag
from goldthread.web.entries import address_of
from goldthread.web.evidence import evidence_address
from goldthread.web.pages.rounds.presenters import item_tag
from goldthread.web.pages.rounds.promised import newest_proposed


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One update beside the one before it, for whoever checks, accepts or signs off."""

    pk: int
    reference: str
    href: str
    words: str
    owner: str
    sent_by: str
    state: Tag
    tags: list[Tag]
    text: str
    before: str
    before_on: date | None
    due: str
    disagrees: str
    unchecked: bool
    evidence: list[tuple[str, str]]
    chosen: bool


def _due_words(row: Reading) -> str:
    """By when, and which date is proposed instead or for the first time, with the body that is said to have agreed it."""
    stood = row.stood
    due = f"due {stood.due.text or printed(stood.due_on)}" if stood.due and stood.due_on else "no date set"
    proposed = newest_proposed(stood)
    if proposed is None:
        return due
    agreed = f", agreed by {proposed.agreed_by}" if proposed.agreed_by else ""
    return f"{due}, {printed(proposed.due_on)} is proposed{agreed}"


def _sent_with(row: Reading) -> list[tuple[str, str]]:
    """What was sent with an update to show it: titles and where they open."""
    event = row.update.event_id if row.update else None
    pieces = [one for one in row.stood.evidence if one.event_id == event]
    return [(one.title, evidence_address(row.stood.reference, one)) for one in pieces]


def reading_rows(rows: Sequence[Reading], *, chosen: Collection[str] = ()) -> list[ReadingRow]:
    """Updates to be read; ``chosen`` are the items that stand ticked."""
    return [
        ReadingRow(
            pk=row.item.pk,
            reference=row.stood.reference,
            href=address_of(row.stood.record),
            words=shortened(row.stood.heading, 160),
            owner=str(row.item.owner or "No lead"),
            sent_by=row.item.sent_by.name if row.item.sent_by else "",
            state=item_tag(row.item.state),
            tags=[
                tag
                for tag in (
                    state_tag(row.stood.state, State(row.stood.state).label) if row.stood.state != State.OPEN else None,
                    rating_tag(row.stood.rating, why=row.stood.rated.why),
                )
                if tag
            ],
            text=row.update.text if row.update else "",
            before=row.before.text if row.before else "",
            before_on=row.before.as_at if row.before else None,
            due=_due_words(row),
            disagrees=disagreement_of(row.stood.rating, row.update.text if row.update else "", state=row.stood.state),
            unchecked=row.item.state == ItemState.SENT,
            evidence=_sent_with(row),
            chosen=str(row.item.pk) in chosen,
        )
        for row in rows
    ]
