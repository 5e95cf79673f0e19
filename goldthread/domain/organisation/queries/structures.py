"""Reading structures: their posts as plain lines, and two of them compared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.models import PostListing, PostMatch, StatedTotal, Structure, StructureNote
from goldthread.domain.organisation.rules import end_of_day, standing
from goldthread.domain.organisation.rules.comparing import Comparison, compare
from goldthread.domain.organisation.rules.lines import Drawn, Line, Note, Stated
from goldthread.domain.organisation.rules.matching import Match, propose
from goldthread.domain.organisation.terms import MatchKind

_LINE = (
    "post_id", "printed", "directorate__name", "reports_to_id", "tier", "grade", "fte", "cost_low", "cost_high", "funding",
    "permanence", "statutory_roles", "restriction", "services", "responsibilities", "change", "post__reference",
    "position",
    "to_publish",
)  # fmt: skip


def structures(*, viewer: Viewer) -> QuerySet[Structure]:
    """Every structure on record, oldest first; none for viewers who may not see internal records."""
    return Structure.objects.all() if viewer.may(Permission.SEE_INTERNAL) else Structure.objects.none()


def post_counts(*, viewer: Viewer) -> dict[int, int]:
    """How many posts each structure lists: structure id → number. Two queries."""
    rows = PostListing.objects.filter(structure__in=structures(viewer=viewer))
    gone = _withdrawn(rows)
    posts: dict[int, set[int]] = {}
    for pk, structure, post in rows.filter(withdraws__isnull=True).values_list("pk", "structure_id", "post_id"):
        if pk not in gone:
            posts.setdefault(structure, set()).add(post)
    return {structure: len(held) for structure, held in posts.items()}


def structure_called(part: str, *, viewer: Viewer) -> Structure:
    """The one structure whose name holds some words (case does not count), or is exactly these.

    Raises Refused where none does, or several do; the sentence names them.
    """
    rows = list(structures(viewer=viewer))
    wanted = " ".join(part.split()).casefold()
    found = [row for row in rows if row.name.casefold() == wanted] or [
        row for row in rows if wanted and wanted in row.name.casefold()
    ]
    if len(found) == 1:
        return found[0]
    names = "; ".join(f"“{row.name}”" for row in (found or rows)[:6])
    if found:
        raise Refused(f"“{part}” is part of the names of {len(found)} structures: {names}. Give a longer part of one.")
    raise Refused(
        f"No structure is called “{part}”."
        + (f" There are: {names}." if names else " Import a structure report, or posts.")
    )


def _withdrawn(rows: QuerySet[Any]) -> set[int]:
    """The rows of a dated table that have been taken back."""
    taken: set[int] = set()
    for pk, withdraws in rows.filter(withdraws__isnull=False).order_by("-pk").values_list("pk", "withdraws_id"):
        if pk not in taken:
            taken.add(withdraws)
    return taken


def _known(rows: QuerySet[Any], known_on: date | None) -> QuerySet[Any]:
    """Dated rows, as known on a day (now)."""
    return rows if known_on is None else rows.filter(recorded__lt=end_of_day(known_on))


def lines_of(
    structure: Structure, *, viewer: Viewer, directorate: int | None = None, known_on: date | None = None
) -> tuple[Line, ...]:
    """The posts of a structure in printed order, each once, as known on a day (now); of one directorate where asked.

    Two queries.
    """
    if not viewer.may(Permission.SEE_INTERNAL):
        return ()
    rows = _known(PostListing.objects.filter(structure=structure), viewer.knowing(known_on))
    gone = _withdrawn(rows)
    chosen = rows.filter(withdraws__isnull=True).order_by("position", "pk")
    if directorate is not None:
        chosen = chosen.filter(directorate=directorate)
    lines: dict[int, Line] = {}
    for pk, *values in chosen.values_list("pk", *_LINE):
        if pk not in gone:
            line = _line(values)
            lines.setdefault(line.key, line)
    return tuple(lines.values())


def _line(values: list[Any]) -> Line:
    (post, title, part, above, tier, grade, fte, low, high, funding, permanence, roles, restriction) = values[:13]
    services, responsibilities, change, reference, position, to_publish = values[13:]
    return Line(
        key=post, title=title, directorate=part or "", reports_to=above, tier=tier, grade=grade, fte=fte, cost_low=low,
        cost_high=high, funding=funding, permanence=permanence, statutory_roles=tuple(roles), restriction=restriction,
        services=tuple(services), responsibilities=tuple(responsibilities), qualifier=change, reference=reference,
        position=position, to_publish=tuple(to_publish.items()),
    )  # fmt: skip


def drawn(structure: Structure, *, viewer: Viewer, known_on: date | None = None) -> Drawn:
    """A whole structure, as known on a day (now): posts, what its document counts, and what it notes.

    Four queries, however many posts.
    """
    seen, known_on = viewer.may(Permission.SEE_INTERNAL), viewer.knowing(known_on)
    counted = _known(StatedTotal.objects.filter(structure=structure).select_related("directorate"), known_on)
    noted = _known(StructureNote.objects.filter(structure=structure).select_related("directorate"), known_on)
    totals = standing(counted) if seen else []
    notes = standing(noted) if seen else []
    stated = {_name(row): Stated(row.posts, row.printed) for row in totals}
    said = {(_name(row), row.heading, row.text): Note(_name(row), row.heading, row.text) for row in notes}
    return Drawn(
        name=structure.name,
        lines=lines_of(structure, viewer=viewer, known_on=known_on),
        as_at=structure.as_at,
        stage=structure.stage,
        stated=tuple(stated.items()),
        notes=tuple(said.values()),
        key=structure.pk,
    )


def _name(row: StatedTotal | StructureNote) -> str:
    return row.directorate.name if row.directorate else ""


def decided_matches(before: Structure, after: Structure, *, viewer: Viewer) -> list[Match]:
    """What people decided became of posts between two structures, whichever of the two they looked from."""
    if not viewer.may(Permission.SEE_INTERNAL):
        return []
    both = {before.pk, after.pk}
    rows = PostMatch.objects.filter(before__in=both, after__in=both).select_related("by")
    found = list(_joined(row for row in standing(rows) if row.before_id == before.pk))
    turned = {MatchKind.ADDED: MatchKind.REMOVED, MatchKind.REMOVED: MatchKind.ADDED}
    turned |= {MatchKind.SPLIT: MatchKind.MERGED, MatchKind.MERGED: MatchKind.SPLIT}
    for match in _joined(row for row in standing(rows) if row.before_id == after.pk):
        kind = turned.get(MatchKind(match.kind), MatchKind(match.kind))
        found.append(Match(match.after, match.before, kind, match.because, match.decided_by))
    return found


def _joined(rows: Iterable[PostMatch]) -> Iterable[Match]:
    """Rows of one decision as one match: a split has a row for each of its parts."""
    groups: dict[tuple[int, str, int | None], list[PostMatch]] = {}
    for row in rows:
        whole = row.before_post_id if row.kind == MatchKind.SPLIT else row.after_post_id
        alone = row.pk if row.kind not in (MatchKind.SPLIT, MatchKind.MERGED) else 0
        groups.setdefault((row.event_id, row.kind, alone or whole), []).append(row)
    for held in groups.values():
        before = dict.fromkeys(row.before_post_id for row in held if row.before_post_id is not None)
        after = dict.fromkeys(row.after_post_id for row in held if row.after_post_id is not None)
        first = held[0]
        yield Match(tuple(before), tuple(after), first.kind, first.because, first.by.name)


def _read(before: Structure, after: Structure, viewer: Viewer) -> tuple[Drawn, Drawn, list[Match]]:
    old, new = drawn(before, viewer=viewer), drawn(after, viewer=viewer)
    here = {line.key for line in old.lines}, {line.key for line in new.lines}
    decided = [
        match
        for match in decided_matches(before, after, viewer=viewer)
        if set(match.before) <= here[0] and set(match.after) <= here[1]
    ]
    return old, new, propose(old, new, decided)


def matches_between(before: Structure, after: Structure, *, viewer: Viewer) -> list[Match]:
    """What became of every post between two structures: decided by people, or proposed by the rules."""
    return _read(before, after, viewer)[2]


def comparison(before: Structure, after: Structure, *, viewer: Viewer) -> Comparison:
    """Two structures compared, with what people decided about single posts and what the rules propose for the rest."""
    return compare(*_read(before, after, viewer))
