"""What the pages of threads and coverage show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from goldthread.domain.organisation.queries import Holder
from goldthread.domain.register.models import Evidence, Record
from goldthread.domain.register.queries.coverage import Coverage, Group, Share
from goldthread.domain.register.queries.threads import Knot, Thread
from goldthread.domain.register.terms import ANSWERABLE, RecordKind, Relation
from goldthread.kernel.shortening import shortened
from goldthread.reporting.models import Issue
from goldthread.reporting.threads import FROM_ABOVE
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.lead.presenter import Lead
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.entries import address_of, lead_of, tags_on_day

SHOWN = 220


@dataclass(slots=True)
class BranchLine:
    """One record of a thread, with what hangs below it: ``many`` records in all."""

    reference: str
    kind: str
    how: str
    text: str
    href: str
    here: bool = False
    tags: list[Tag] = field(default_factory=list)
    lead: Lead = field(default_factory=Lead)
    due_on: date | None = None
    due_text: str = ""
    answerable: bool = False
    update: str = ""
    updated_on: date | None = None
    updates: int = 0
    evidence: list[tuple[str, str, date]] = field(default_factory=list)
    issues: list[tuple[str, str, date]] = field(default_factory=list)
    also: list[tuple[str, str, str]] = field(default_factory=list)
    inside: list[BranchLine] = field(default_factory=list)
    many: int = 0
    opened: bool = True


def branch_lines(
    thread: Thread,
    held: Mapping[int, Sequence[Holder]],
    issued: Mapping[str, Sequence[Issue]],
    query: str,
    *,
    above: bool | None,
) -> list[BranchLine]:
    """One part of a thread as lines of a nested list: the reasons (outermost first, each once), itself, or what hangs below."""
    if above is None:
        return [_line(thread.start, held, issued, query, above=False)]
    if above:
        return [_line(knot, held, issued, query, above=True) for knot in reversed(thread.up())]
    return [_nested(root, held, issued, query) for root in thread.below]


def _nested(
    knot: Knot, held: Mapping[int, Sequence[Holder]], issued: Mapping[str, Sequence[Issue]], query: str
) -> BranchLine:
    """A knot with everything inside it; what lies deep is folded at first."""
    line = _line(knot, held, issued, query, above=False)
    line.inside = [_nested(child, held, issued, query) for child in knot.inside]
    line.many = sum(1 + child.many for child in line.inside)
    line.opened = knot.depth <= 2
    return line


def _line(
    knot: Knot,
    held: Mapping[int, Sequence[Holder]],
    issued: Mapping[str, Sequence[Issue]],
    query: str,
    *,
    above: bool,
) -> BranchLine:
    row, answerable = knot.row, knot.row.kind in ANSWERABLE
    last = row.last_update
    words = (
        ""
        if knot.relation == Relation.PART_OF
        else knot.relation
        if above
        else FROM_ABOVE.get(knot.relation, knot.relation)
    )
    return BranchLine(
        reference=row.reference,
        kind=RecordKind(row.kind).label,
        how=words,
        text=shortened(row.heading, SHOWN),
        href=address_of(knot.record) + query,
        here=knot.via is None,
        tags=tags_on_day(row),
        lead=lead_of(row, held) if answerable else Lead(),
        due_on=row.due_on,
        due_text=row.due.text if row.due else "",
        answerable=answerable,
        update=shortened(last.text, SHOWN) if last else "",
        updated_on=last.as_at if last else None,
        updates=len(row.updates),
        evidence=[(one.title, _evidence_address(row.reference, one), one.as_at) for one in knot.evidence],
        issues=[
            (one.reference, reverse("issue", args=[one.reference]), one.as_at) for one in issued.get(row.reference, [])
        ][:3],
        also=[(relation, other.reference, address_of(other)) for relation, other in knot.also],
    )


def _evidence_address(reference: str, piece: Evidence) -> str:
    """Where a piece of evidence is: our own copy of a file, or the link."""
    return reverse("record_evidence_file", args=[reference, piece.pk]) if piece.sha256 else piece.link


# Coverage -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One figure of a group: the share in words and as a bar, and where those that lack it are listed."""

    label: str
    among: str
    having: int
    whole: int
    percent: str
    bar: Bar
    lacking: int
    href: str


def percent_of(share: Share) -> str:
    """A share to the whole hundredth; never 100 % nor 0 % where it is not quite."""
    if share.percent is None:
        return ""
    value = round(share.percent)
    if value in (0, 100) and share.lacking and share.having:
        return "over 99%" if value else "under 1%"
    return f"{value}%"


def coverage_lines(group: Group, *, query: Mapping[str, str], days: str) -> list[CoverageLine]:
    """The figures of a group that count anything."""
    found = []
    for key, share in group.shares.items():
        href = reverse("coverage_lacking", args=[key]) + lists_of(query, days)
        parts = [("Have it", share.having, "green", ""), (share.measure.lacking, len(share.lacking), "orange", href)]
        found.append(
            CoverageLine(
                share.measure.label, share.measure.among, share.having, share.whole, percent_of(share),
                stacked(share.measure.label, parts), len(share.lacking), href,
            )
        )  # fmt: skip
    return found


def lists_of(query: Mapping[str, str], days: str) -> str:
    """The end of an address of a list: whose, and on which day."""
    pairs = urlencode({name: value for name, value in query.items() if value})
    return f"?{pairs}&{days.removeprefix('?')}".rstrip("&?") if pairs else days


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A plan, review or directorate in the table of coverage: a cell for each figure, (words, address)."""

    name: str
    reference: str
    href: str
    cells: list[tuple[str, str, str]]


def group_rows(groups: Iterable[Group], *, name: str, days: str) -> list[GroupRow]:
    """The rows of the table; ``name`` is what narrows a list down: plan or directorate."""
    found = []
    for group in groups:
        value = group.reference if name == "plan" else group.name
        cells = []
        for key, share in group.shares.items():
            href = reverse("coverage_lacking", args=[key]) + lists_of({name: value}, days) if share.lacking else ""
            cells.append((share.measure.label, f"{share.having} of {share.whole}" if share.whole else "–", href))
        found.append(GroupRow(shortened(group.name, 80), group.reference, lists_of({name: value}, days), cells))
    return found


def broken(found: Coverage, most: int) -> list[tuple[Record, str, str]]:
    """The most broken entries: (record, its address, what it lacks)."""
    return [
        (row.record, address_of(row.record), "; ".join(measure.lacking for measure in lacks))
        for row, lacks in found.breaks()[:most]
        if len(lacks) > 1
    ]
