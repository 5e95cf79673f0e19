"""What the page of one record shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.queries import Holder
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import ANSWERABLE, OwnerRole, RecordKind, Relation, State
from goldthread.kernel.shortening import shortened
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.lead.presenter import Lead
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.components.thread.presenter import Knot, Thread
from goldthread.web.entries import PAGES_OF_THEIR_OWN, address_of, lead_of, tags_on_day, tags_today
from goldthread.web.pages.records.panels import slip_words
from goldthread.web.records_access import Allowed, allowed_to, can_be_added

LONGEST_THREAD = 60
SEEN_FROM_ABOVE = {"answers": "answered by", "serves": "served by", "part of": "", "repeats": "repeated by"}
PRINTED_FIELDS = {
    "rag": "Rating as printed",
    "status": "Status as printed",
    "completed": "Completed, as printed",
    "key_risk": "Key risk",
    "risk_rating": "Risk rating",
    "polarity": "What the finding says",
}
LISTS = {RecordKind.PLAN: ("Plans", "plans"), RecordKind.REVIEW: ("Reviews", "reviews")}
NOT_SHOWN = {"facts", "questions", "confidence", "objective", "success_criteria", "leads", "update", "timescale"}


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Everything on the page of a record but its timelines."""

    row: RecordAt
    kind: str
    tags: list[Tag]
    lead: Lead
    supporting: list[str]
    overseeing: list[str]
    slip: str
    facts: list[tuple[str, str]]
    crumbs: list[Crumb]
    allowed: Allowed
    answerable: bool
    can_add: list[tuple[str, str]] = field(default_factory=list)

    @property
    def repeatable(self) -> bool:
        """Whether it can repeat an earlier entry, and be repeated."""
        return self.row.kind in (RecordKind.RECOMMENDATION, RecordKind.FINDING)

    @property
    def title(self) -> str:
        """The words at the head of the page."""
        return shortened(self.row.heading, 200)

    @property
    def gone_words(self) -> str:
        """How it left the lists; "" for what has not."""
        return State(self.row.state).label if self.row.gone else ""

    @property
    def title_size(self) -> str:
        """The size of the heading: long wordings are set smaller."""
        return "l" if len(self.title) <= 90 else "m"

    @property
    def whole_text(self) -> str:
        """The full wording, where the head of the page does not show it all."""
        return "" if self.row.text == self.title else self.row.text


def record_page(row: RecordAt, *, viewer: Viewer, holders: Mapping[int, Sequence[Holder]]) -> RecordPage:
    """The page of a record as it stood on a day."""
    record = row.record
    allowed = allowed_to(viewer, record)
    return RecordPage(
        row=row,
        kind=RecordKind(record.kind).label,
        tags=tags_on_day(row),
        lead=lead_of(row, holders),
        supporting=[owner.name for owner in row.owners(OwnerRole.SUPPORTING)],
        overseeing=[owner.name for owner in row.owners(OwnerRole.OVERSEEING)],
        slip=slip_words(row),
        facts=printed_facts(row.details),
        crumbs=crumbs_of(record),
        allowed=allowed,
        answerable=record.kind in ANSWERABLE,
        can_add=can_be_added(record) if allowed.edit else [],
    )


def crumbs_of(record: Record, *, query: str = "") -> list[Crumb]:
    """Home, the list, the plan or review, the record; ``query`` keeps another day in the link to the plan or review."""
    crumbs = [Crumb("Home", reverse("home"))]
    within = record.within
    if within is not None:
        if RecordKind(within.kind) in LISTS:
            text, name = LISTS[RecordKind(within.kind)]
            crumbs.append(Crumb(text, reverse(name)))
        crumbs.append(Crumb(shortened(within.heading, 60), address_of(within) + query))
    elif record.kind in LISTS:
        crumbs.append(Crumb(LISTS[RecordKind(record.kind)][0], reverse(LISTS[RecordKind(record.kind)][1])))
        if RecordKind(record.kind) in PAGES_OF_THEIR_OWN:
            return [*crumbs, Crumb(shortened(record.heading, 60), address_of(record) + query), Crumb("History")]
    elif record.kind in (RecordKind.VISION, RecordKind.PRIORITY, RecordKind.OUTCOME):
        crumbs.append(Crumb("Priorities", reverse("priorities")))
    return [*crumbs, Crumb(record.reference)]


def printed_facts(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What else the document prints of a record, as (label, words); structures and empty values are left out."""
    found = []
    for name, value in details.items():
        if isinstance(value, dict):
            value = value.get("text")
        if name in NOT_SHOWN or isinstance(value, list) or value in (None, ""):
            continue
        found.append((PRINTED_FIELDS.get(name, name.replace("_", " ").capitalize()), str(value)))
    return found


@dataclass(frozen=True, slots=True)
class EndableLink:
    """A link of a record that a person can end."""

    relation: str
    target: Record

    @property
    def query(self) -> str:
        """What names it in an address."""
        return urlencode({"relation": self.relation, "target": self.target.reference})


def links_of(row: RecordAt, above: Sequence[tuple[int, str, Record]]) -> list[EndableLink]:
    """The reasons directly above a record that it hangs on by a link; what it is part of is changed by moving."""
    return [EndableLink(relation, one) for _, relation, one in above if relation != Relation.PART_OF]


def thread_of(
    row: RecordAt,
    above: Sequence[tuple[int, str, Record]],
    below: Sequence[tuple[int, str, Record]],
    *,
    query: str = "",
) -> Thread:
    """The thread of a record: outermost reason first; below it the nearest first, each under what it is part of.

    ``query`` keeps another day in the links; what a rating was on that day stands on each entry's own page.
    """
    here = replace(_knot(row.record, "", 0), text=shortened(row.heading, 140))
    return Thread(
        here=here,
        above=[_knot(one, "" if rel == "part of" else rel, distance, query) for distance, rel, one in reversed(above)],
        below=_nested(row.record, below, query)[:LONGEST_THREAD],
        cut=max(0, len(below) - LONGEST_THREAD),
    )


def _nested(record: Record, below: Sequence[tuple[int, str, Record]], query: str) -> list[Knot]:
    known = {one.pk for _, _, one in below}
    inside: dict[int, list[tuple[int, str, Record]]] = {}
    for item in below:
        parent = item[2].parent_id
        inside.setdefault(parent if parent in known else record.pk, []).append(item)
    knots: list[Knot] = []

    def walk(pk: int, depth: int) -> None:
        for _, relation, one in inside.get(pk, []):
            knots.append(_knot(one, SEEN_FROM_ABOVE.get(relation, relation), min(depth, 4), query))
            walk(one.pk, depth + 1)

    walk(record.pk, 1)
    return knots


def _knot(record: Record, relation: str, depth: int, query: str = "") -> Knot:
    kind = RecordKind(record.kind).label
    tag = next(iter(tags_today(record)), None) if record.kind in ANSWERABLE and depth and not query else None
    return Knot(
        reference=record.reference,
        kind=kind.lower() if relation else kind,
        text=shortened(record.heading, 140),
        href=address_of(record) + query,
        relation=relation,
        depth=max(depth, 1),
        tag=tag,
    )
