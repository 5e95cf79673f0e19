"""A newer issue beside the register: what is the same, what differs, what is new, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.imports.models import REPLACED, Import, Proposal
from goldthread.domain.register.adopters import lead_names, words_of
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import at, live_records
from goldthread.domain.register.terms import CONTAINERS, RecordKind
from goldthread.kernel.clock import today
from goldthread.kernel.pairing import Entry, Pair, Piece, pair_up, word_difference

NEW = "new"
ENOUGH = 0.4
"""Share of a plan's entries that must stand again in a document before it is offered as a newer issue of that plan."""


@dataclass(slots=True)
class Compared:
    """A proposal beside the record it is a newer print of (None: it is new)."""

    proposal: Proposal
    record: RecordAt | None
    what: list[str]
    wording: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Reconciliation:
    """A whole newer issue: its entries in printed order, and the records that it does not print."""

    rows: list[Compared]
    missing: list[RecordAt]

    def counts(self) -> dict[str, int]:
        """How many entries there are of each difference, and how many records are missing."""
        found: dict[str, int] = {}
        for row in self.rows:
            for what in row.what:
                found[what] = found.get(what, 0) + 1
        return {**found, "missing": len(self.missing)}


def reconciliation(batch: Import, *, viewer: Viewer) -> Reconciliation:
    """The newer issue beside the register on the day of the document. A constant number of queries."""
    day = batch.as_at or today()
    rows = list(
        batch.proposals.exclude(REPLACED).select_related("passage", "matched", "batch").order_by("position", "pk")
    )
    held = {row.record.pk: row for row in _standing(batch, viewer)}
    compared = []
    for row in rows:
        record = held.get(_stands_for(row) or 0)
        if record is None:
            compared.append(Compared(row, None, [NEW]))
            continue
        what = row.differences(record, as_at=day)
        compared.append(
            Compared(row, record, what, word_difference(record.text, row.text) if "reworded" in what else [])
        )
    matched = {_stands_for(row) for row in rows}
    missing = [item for pk, item in held.items() if pk not in matched and not item.gone and item.kind in _OWN_ENTRY]
    return Reconciliation(compared, missing)


def _stands_for(row: Proposal) -> int | None:
    """The record that a proposal is a print of: the one it was matched with, or the one it has become."""
    return row.matched_id or (row.record_id if row.adopted_id else None)


# Success criteria are printed within their objective: they are compared there, and are not missing on their own.
_OWN_ENTRY = [kind for kind in RecordKind.values if kind not in (*CONTAINERS, RecordKind.CRITERION)]


def _standing(batch: Import, viewer: Viewer) -> list[RecordAt]:
    if batch.continues_id is None:
        return []
    inside = Record.objects.filter(within_id=batch.continues_id)
    return at(inside, viewer=viewer, as_at=batch.as_at)


def pairs_with(batch: Import, *, viewer: Viewer) -> list[Pair]:
    """Which proposal is which record of the plan that the document continues: old is the record's id, new the key."""
    held = [row for row in _standing(batch, viewer) if row.kind in _OWN_ENTRY]
    return pair_up(
        _entries_of_register(held),
        _entries_of_document(list(batch.proposals.exclude(REPLACED).order_by("position", "pk"))),
    )


def likely_plan(batch: Import, *, viewer: Viewer) -> tuple[Record, float] | None:
    """The plan or review that a document is most likely a newer issue of, and the share of its entries found again."""
    if batch.continues_id is not None or batch.proposals.filter(adopted__isnull=False).exists():
        return None
    rows = list(batch.proposals.exclude(REPLACED).order_by("position", "pk"))
    best: tuple[Record, float] | None = None
    for plan in live_records(viewer=viewer).filter(kind__in=CONTAINERS).order_by("-pk")[:30]:
        inside = Record.objects.filter(within=plan, kind__in=_OWN_ENTRY)
        held = at(inside, viewer=viewer)
        pairs = pair_up(_entries_of_register(held), _entries_of_document(rows))
        share = len(pairs) / max(1, min(len(held), len(rows)))
        if held and share >= ENOUGH and (best is None or share > best[1]):
            best = (plan, share)
    return best


def _entries_of_register(rows: list[RecordAt]) -> list[Entry]:
    texts = {row.record.pk: row.text for row in rows}
    return [
        Entry(
            key=str(row.record.pk),
            kind=row.kind,
            text=f"{row.version.title} {row.text}".strip(),
            number=row.version.number,
            section=tuple(row.section),
            leads=tuple(lead.printed for lead in row.leads if lead.printed),
            above=texts.get(row.parent_id or 0, ""),
            order=index / len(rows),
        )
        for index, row in enumerate(sorted(rows, key=lambda row: (row.version.position, row.record.pk)))
    ]


def _entries_of_document(rows: list[Proposal]) -> list[Entry]:
    texts = {row.key: row.text for row in rows}
    return [
        Entry(
            key=row.key,
            kind=row.kind,
            text=f"{words_of(row.fields.get('title'))} {row.text}".strip(),
            number=words_of(row.fields.get("number")),
            section=tuple(row.section),
            leads=tuple(lead_names(row.fields)),
            above=texts.get(row.parent_key, ""),
            order=index / len(rows),
        )
        for index, row in enumerate(rows)
    ]
