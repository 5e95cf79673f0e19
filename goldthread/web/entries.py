"""How an entry of the register shows on any page: its address, its tags, its lead, a short form of its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from goldthread.domain.organisation.queries import Holder
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.domain.register.models import Passage, Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.rules import aged
from goldthread.domain.register.terms import ANSWERABLE, RecordKind, State, Visibility
from goldthread.kernel.clock import today
from goldthread.web.components.lead.presenter import Lead
from goldthread.web.components.tag.presenter import UNCHECKED, Tag, rating_tag, state_tag

PAGES_OF_THEIR_OWN = {
    RecordKind.PLAN: "plan",
    RecordKind.REVIEW: "review",
    RecordKind.RISK: "risk",
    RecordKind.SELF_ASSESSMENT: "assessment",
}


def address_of(record: Record) -> str:
    """The page of a record: plans, reviews, risks and self-assessments have pages of their own kind."""
    return reverse(PAGES_OF_THEIR_OWN.get(RecordKind(record.kind), "record"), args=[record.reference])


def passage_address(passage: Passage) -> str:
    """The page of a source file with the passage marked and in view."""
    return f"{reverse('source', args=[passage.source_file_id])}?passage={passage.pk}#here"


def tags_of(
    kind: str, *, state: str, rating: str, checked: bool, visibility: str, why: str = "", verified: bool = False
) -> list[Tag]:
    """The tags of an entry: its state where it is not simply open, its rating where it can be rated, what to watch."""
    tags: list[Tag] = []
    if kind in ANSWERABLE:
        if state != State.OPEN:
            tags.append(state_tag(state, State(state).label))
        if verified:
            tags.append(Tag("Verified"))
        if state in (State.OPEN, State.ON_HOLD) and (tag := rating_tag(rating, why=why)):
            tags.append(tag)
    elif state != State.OPEN:
        tags.append(state_tag(state, State(state).label))
    if not checked:
        tags.append(UNCHECKED)
    if visibility != Visibility.INTERNAL:
        restricted = visibility == Visibility.RESTRICTED
        tags.append(Tag(Visibility(visibility).label, "red" if restricted else "teal", inside=not restricted))
    return tags


def tags_on_day(row: RecordAt) -> list[Tag]:
    """The tags of an entry as it stood on a day."""
    return tags_of(
        row.kind,
        state=row.state,
        rating=row.rating if row.kind in ANSWERABLE else "",
        checked=row.checked,
        visibility=row.visibility,
        why=row.rated.why,
        verified=row.verified,
    )


def tags_today(record: Record) -> list[Tag]:
    """The tags of an entry as it stands today."""
    return tags_of(
        record.kind,
        state=record.state,
        rating=aged(
            record.rating,
            state=record.state,
            overdue=record.due_on is not None and record.due_on < today(),
            was_late=record.late,
        ),
        checked=record.checked,
        visibility=record.visibility,
        verified=record.verified,
    )


def lead_of(row: RecordAt, holders: Mapping[int, Sequence[Holder]]) -> Lead:
    """Who leads an entry on its day: the accountable owner with its holder, and names that are not matched yet."""
    owner = row.accountable
    if owner is None:
        return Lead(unmatched=tuple(row.unmatched))
    held = holders.get(owner.pk, [])
    return Lead(
        post=owner.name,
        holder=", ".join(str(one) for one in held),
        vacant=owner.kind == OwnerKind.POST and not held,
        unmatched=tuple(row.unmatched),
    )
