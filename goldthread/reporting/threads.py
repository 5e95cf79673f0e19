"""The thread of a record as plain values, as CSV and as a picture; with the issued reports that told its entries."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.files.storage import DamagedFile, content_of
from goldthread.domain.organisation.queries import holders
from goldthread.domain.register.models.record_at import RecordAt
from goldthread.domain.register.queries.threads import Knot, Thread
from goldthread.domain.register.terms import ANSWERABLE, RecordKind, Relation, State
from goldthread.kernel.days import printed
from goldthread.kernel.ratings import Rating
from goldthread.reporting.drawing import BOLD, HERE, INK, LINE, PAPER, QUIET, THREAD, Drawing, folded
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import issues
from goldthread.reporting.renderers.csv import safe

FROM_ABOVE = {"answers": "answered by", "serves": "served by", "part of": "in it", "mitigates": "mitigated by"}
"""How a link reads from the upper record to the lower one."""

LATEST_ISSUES = 40
"""How many issues of a plan are looked through for a record."""

COLOURS = {
    Rating.BLUE: "#1d70b8", Rating.GREEN: "#0f7a52", Rating.AMBER: "#f47738", Rating.RED: "#ca3535", Rating.GREY: "#858686",
}  # fmt: skip


def told_in(rows: Sequence[RecordAt], *, viewer: Viewer) -> dict[str, list[Issue]]:
    """Reference → the issued reports, of those that the viewer may open, that contained it; the newest first. Three queries."""
    plans = {row.record.within_id or row.record.pk for row in rows}
    wanted = {row.reference for row in rows}
    found: dict[str, list[Issue]] = defaultdict(list)
    seen: dict[int, int] = defaultdict(int)
    for issue in issues(viewer=viewer).filter(plan__in=plans):
        seen[issue.plan_id] += 1
        if seen[issue.plan_id] <= LATEST_ISSUES:
            for reference in _references_in(issue.sha256) & wanted:
                found[reference].append(issue)
    return found


_REFERENCE = re.compile(rb'"reference":"([^"\\]{1,40})"')


@lru_cache(maxsize=256)
def _references_in(sha256: str) -> frozenset[str]:
    """The references in the frozen data of an issue, none where its file is damaged; what was issued never changes."""
    try:
        return frozenset(one.decode() for one in _REFERENCE.findall(content_of(sha256)))
    except DamagedFile:
        return frozenset()


def values_of(thread: Thread, *, viewer: Viewer) -> list[dict[str, Any]]:
    """Every record of a thread in reading order as plain values; dates in ISO form. Ten queries."""
    knots = thread.knots()
    owners = {knot.row.accountable.pk for knot in knots if knot.row.accountable is not None}
    held = holders(owners, viewer=viewer, on=thread.on, known_on=thread.known_on)
    issued = told_in([knot.row for knot in knots], viewer=viewer)
    above = {knot.record.pk for knot in thread.up()}
    names = {knot.record.pk: knot.row.reference for knot in knots}
    return [_values(knot, names, held, issued, above=knot.record.pk in above) for knot in knots]


def _values(
    knot: Knot, names: dict[int, str], held: dict[int, Any], issued: dict[str, list[Issue]], *, above: bool
) -> dict[str, Any]:
    row, owner = knot.row, knot.row.accountable
    side = "here" if knot.via is None else "above" if above else "below"
    return {
        "side": side,
        "depth": knot.depth,
        "relation": knot.relation,
        "via": names.get(knot.via or 0),
        "also": [{"relation": relation, "reference": other.reference} for relation, other in knot.also],
        "reference": row.reference,
        "kind": row.kind,
        "number": row.version.number or None,
        "title": row.version.title or None,
        "text": row.text,
        "state": row.state,
        "rating": row.rating if row.kind in ANSWERABLE else None,
        "owner": owner.name if owner else None,
        "holders": [str(one) for one in held.get(owner.pk, [])] if owner else [],
        "due": row.due.text or None if row.due else None,
        "due_on": row.due_on,
        "first_due_on": row.first_due_on,
        "closed_on": row.states[-1].as_at if row.states and row.state == State.COMPLETE else None,
        "verified": row.verified,
        "updates": [{"as_at": one.as_at, "text": one.text} for one in row.updates],
        "evidence": [{"as_at": one.as_at, "title": one.title, "link": one.link or None} for one in knot.evidence],
        "told_in": [
            {"issue": one.reference, "title": one.title, "as_at": one.as_at} for one in issued.get(row.reference, [])
        ],
    }


_COLUMNS = (
    "side", "depth", "relation", "via", "reference", "kind", "number", "title", "text", "state", "rating", "owner", "due",
    "due_on", "first_due_on", "closed_on", "verified",
)  # fmt: skip


def as_csv(values: Sequence[dict[str, Any]]) -> bytes:
    """The values as a CSV file: UTF-8 with its mark, no cell that starts a formula; the last update, and counts of the rest."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_COLUMNS, "last update", "last updated on", "updates", "evidence", "told in"])
    for row in values:
        last = row["updates"][-1] if row["updates"] else {"text": "", "as_at": None}
        told = " ".join(one["issue"] for one in row["told_in"])
        cells = [
            *(row[name] for name in _COLUMNS),
            last["text"],
            last["as_at"],
            len(row["updates"]),
            len(row["evidence"]),
            told,
        ]
        writer.writerow([safe(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


ROW, STEP, BOX = 62.0, 34.0, 560.0
SIDE = 230.0


def picture(thread: Thread) -> bytes:
    """The thread as an SVG picture: the outermost reason at the top, what hangs below indented under it, dates at the side."""
    start = thread.start.row
    knots = thread.knots()
    drawing = Drawing(
        f"Thread of {start.reference} as at {printed(thread.on)}",
        f"{len(thread.up())} records above it and {len(thread.down())} below it, each with its dates.",
    )
    drawing.lines(10, 24, folded(f"{start.reference} {start.heading}", BOX + SIDE, 17 * BOLD, 2), size=17, bold=True)
    drawing.text(10, 66, f"Thread as at {printed(thread.on)}", size=13, fill=QUIET)
    depths, places = _depths(thread), {}
    top = 84.0
    for knot in knots:
        places[knot.record.pk] = (10 + STEP * depths[knot.record.pk], top)
        top += ROW
    _joins(drawing, thread, places)  # first, so that a line passes behind what it does not join
    reasons = {knot.record.pk for knot in thread.up()}
    for knot in knots:
        _knot(drawing, knot, *places[knot.record.pk], above=knot.record.pk in reasons)
    return drawing.svg()


def _depths(thread: Thread) -> dict[int, int]:
    """How far each record is indented: the outermost reason not at all."""
    highest = max((knot.depth for knot in thread.up()), default=0)
    found = {knot.record.pk: highest - knot.depth for knot in thread.up()}
    found[thread.start.record.pk] = highest
    return found | {knot.record.pk: highest + knot.depth for knot in thread.down()}


def _knot(drawing: Drawing, knot: Knot, left: float, top: float, *, above: bool) -> None:
    row, here = knot.row, knot.via is None
    wide = max(BOX - left, 240)
    drawing.box(
        left, top, wide, ROW - 12, fill=HERE if here else PAPER, edge=THREAD if here else LINE, thick=2 if here else 1
    )
    if row.kind in ANSWERABLE and row.rating in COLOURS:
        drawing.box(left, top, 6, ROW - 12, fill=COLOURS[Rating(row.rating)], edge="none", round_=0)
    kind = RecordKind(row.kind).label
    how = (
        ""
        if knot.relation == Relation.PART_OF
        else knot.relation
        if above
        else FROM_ABOVE.get(knot.relation, knot.relation)
    )
    head = f"{how[:1].upper()}{how[1:]} {kind.lower()}" if how else kind
    drawing.text(left + 14, top + 16, f"{head} {row.reference}", size=12, fill=QUIET)
    drawing.lines(left + 14, top + 32, folded(row.heading, wide - 24, 13 * BOLD if here else 13, 1), size=13, bold=here)
    drawing.text(max(left + wide, BOX) + 14, top + 18, _dates(row), size=12, fill=INK)
    if row.updates:
        drawing.text(max(left + wide, BOX) + 14, top + 34, _told(knot), size=12, fill=QUIET)


def _dates(row: RecordAt) -> str:
    if row.kind not in ANSWERABLE:
        return State(row.state).label if row.state != State.OPEN else ""
    if row.state == State.COMPLETE and row.states:
        return f"Complete, {printed(row.states[-1].as_at)}" + (", verified" if row.verified else "")
    return f"Due {printed(row.due_on)}" if row.due_on else "No date set"


def _told(knot: Knot) -> str:
    row = knot.row
    many = len(row.updates)
    shown = f" · {len(knot.evidence)} evidence" if knot.evidence else ""
    return f"{many} update{'' if many == 1 else 's'}, last {printed(row.updates[-1].as_at)}{shown}"


def _joins(drawing: Drawing, thread: Thread, places: dict[int, tuple[float, float]]) -> None:
    """A line from each record to the one that it hangs on."""
    for knot in (*thread.up(), *thread.down()):
        if knot.via is None:
            continue
        one, other = places[knot.record.pk], places[knot.via]
        (x0, y0), (x1, y1) = (one, other) if one[1] < other[1] else (other, one)
        side = min(x0, x1) + STEP / 3
        if x1 <= x0:  # a reason further out than the one above it: run down the outside
            side = min(x0, x1) - 4
        drawing.path([(side, y0 + ROW - 12), (side, y1 + 20), (x1, y1 + 20)], thick=1.5, edge=THREAD)
