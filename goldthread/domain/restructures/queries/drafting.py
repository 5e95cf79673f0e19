"""Reading restructures: the draft as a structure, what it would do, and what would be orphaned."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.organisation.models import Owner, Post
from goldthread.domain.organisation.queries.structures import comparison as compared
from goldthread.domain.organisation.queries.structures import drawn
from goldthread.domain.organisation.rules import standing
from goldthread.domain.organisation.rules.comparing import Comparison, compare
from goldthread.domain.organisation.rules.lines import Drawn, Line
from goldthread.domain.organisation.rules.matching import Match
from goldthread.domain.register.models import Accountability, Record
from goldthread.domain.register.queries import records
from goldthread.domain.register.rules import latest
from goldthread.domain.register.terms import GONE
from goldthread.domain.restructures.access import step_of, visible_to
from goldthread.domain.restructures.models import DraftEdit, NamedPerson, Restructure, StepTaken, Succession
from goldthread.domain.restructures.rules import Draft, Edit, lost_posts, matches_of, redraw, roles_lost
from goldthread.domain.restructures.rules.successors import Successor, successors
from goldthread.domain.restructures.terms import OPEN, Step


def restructures(*, viewer: Viewer) -> QuerySet[Restructure]:
    """The restructures that a viewer may see, newest first."""
    return visible_to(viewer).select_related("base", "result")


def restructure(pk: int, *, viewer: Viewer) -> Restructure | None:
    """One restructure, None where the viewer may not see it."""
    return restructures(viewer=viewer).filter(pk=pk).first()


def steps(found: Restructure, *, viewer: Viewer) -> list[StepTaken]:
    """The steps that a restructure has taken, oldest first."""
    if not visible_to(viewer).filter(pk=found.pk).exists():
        return []
    return standing(StepTaken.objects.filter(restructure=found).select_related("body__owner", "by"))


def named_people(found: Restructure, *, viewer: Viewer) -> list[User]:
    """The people who may see a draft, in the order in which they were named."""
    if not visible_to(viewer).filter(pk=found.pk).exists():
        return []
    rows = standing(NamedPerson.objects.filter(restructure=found).select_related("user"))
    return list({row.user_id: row.user for row in rows}.values())


def edits(found: Restructure, *, viewer: Viewer) -> list[DraftEdit]:
    """The edits of a draft that stand, oldest first."""
    if not visible_to(viewer).filter(pk=found.pk).exists():
        return []
    return standing(DraftEdit.objects.filter(restructure=found).select_related("by"))


def as_edits(rows: list[DraftEdit], *, viewer: Viewer) -> list[Edit]:
    """Edits as plain values for the rules."""
    return [Edit(row.pk, row.kind, tuple(row.posts), row.values, row.reason) for row in rows]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A draft against its base: both structures, the changes, and what nobody would hold any longer."""

    base: Drawn
    draft: Draft
    found: Comparison
    lost: list[Line]
    roles_lost: list[tuple[str, Line]]
    matches: list[Match]

    @property
    def after(self) -> Drawn:
        """The structure that the draft makes."""
        return self.found.after


def what_if(found: Restructure, *, viewer: Viewer) -> WhatIf | None:
    """What a draft makes of its base; None where the viewer may not see it."""
    if not visible_to(viewer).filter(pk=found.pk).exists():
        return None
    base = _with_roles(drawn(found.base, viewer=viewer))
    rows = edits(found, viewer=viewer)
    draft = redraw(base.lines, as_edits(rows, viewer=viewer))
    by = rows[-1].by.name if rows else ""
    after = Drawn(found.name, draft.lines, as_at=found.in_force_on, stage=step_of(found))
    matches = matches_of(base.lines, draft, decided_by=by or found.created.by.name)
    return WhatIf(
        base=base,
        draft=draft,
        found=compare(base, after, matches),
        lost=lost_posts(base.lines, draft),
        roles_lost=roles_lost(base.lines, draft.lines),
        matches=matches,
    )


def _with_roles(base: Drawn) -> Drawn:
    """A structure whose posts carry the statutory roles that the organisation knows, where the structure states none."""
    roles = dict(Post.objects.filter(pk__in=[line.key for line in base.lines]).values_list("pk", "statutory_roles"))
    lines = tuple(
        line if line.statutory_roles else replace(line, statutory_roles=tuple(roles.get(line.key) or ()))
        for line in base.lines
    )
    return replace(base, lines=lines)


@dataclass(slots=True)
class Orphan:
    """A record that a lost post answers for, in a role, with who is to take over and who else could."""

    record: Record
    role: str
    successor: Line
    why: str
    chosen: bool
    others: list[Successor] = field(default_factory=list)


@dataclass(slots=True)
class LostPost:
    """A post that the draft does without: who takes over from it, and the records that the viewer sees of it."""

    line: Line
    successor: Line
    why: str
    chosen: bool
    choices: list[Successor] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)


def lost_and_orphaned(found: Restructure, *, viewer: Viewer) -> list[LostPost]:
    """Every lost post of a draft with the records it answers for, of those that the viewer may see, and their successors.

    The number of queries does not depend on how many records there are.
    """
    seen = what_if(found, viewer=viewer)
    if seen is None or not seen.draft.lines:
        return []
    chosen = _chosen(found)
    held = _held(seen.lost, viewer)
    by_key = {line.key: line for line in seen.draft.lines}
    rows = []
    for line in seen.lost:
        choices = successors(line, seen.base.lines, seen.draft)
        default = by_key.get(chosen.get((line.key, None), 0))
        best = default or choices[0].line
        why = "chosen" if default else choices[0].why
        lost = LostPost(line, best, why, bool(default), choices)
        for record, role in held.get(line.key, ()):
            lost.orphans.append(_orphan(record, role, lost, seen, chosen, by_key))
        rows.append(lost)
    return rows


def _orphan(
    record: Record,
    role: str,
    lost: LostPost,
    seen: WhatIf,
    chosen: dict[tuple[int, int | None], int],
    by_key: dict[int, Line],
) -> Orphan:
    own = by_key.get(chosen.get((lost.line.key, record.pk), 0))
    if own is not None:
        return Orphan(record, role, own, "chosen", True, lost.choices)
    if lost.chosen:
        return Orphan(record, role, lost.successor, "chosen for the post", False, lost.choices)
    others = successors(lost.line, seen.base.lines, seen.draft, text=f"{record.title} {record.text}")
    return Orphan(record, role, others[0].line, others[0].why, False, others)


def _chosen(found: Restructure) -> dict[tuple[int, int | None], int]:
    """Who was chosen to take over: (lost post, record or None) → key."""
    return {
        (row.lost_id, row.record_id): row.successor for row in standing(Succession.objects.filter(restructure=found))
    }


def _held(lost: list[Line], viewer: Viewer) -> dict[int, list[tuple[Record, str]]]:
    """The records that lost posts answer for, in which role, of those that the viewer sees and that have not left the lists."""
    keys = [line.key for line in lost]
    rows = standing(
        Accountability.objects.filter(record__in=Accountability.objects.filter(owner_id__in=keys).values("record"))
    )
    standing_rows = latest(rows, key=lambda row: (row.record_id, row.role, row.printed or row.owner_id))
    pairs = [(row.owner_id, row.record_id, row.role) for row in standing_rows.values() if not row.ended]
    ids = {record for owner, record, _ in pairs if owner in keys}
    seen = records(viewer=viewer).filter(pk__in=ids).exclude(state__in=GONE).select_related("within").in_bulk()
    found: dict[int, list[tuple[Record, str]]] = defaultdict(list)
    for owner, record, role in dict.fromkeys(pairs):
        if owner in keys and record in seen and owner is not None:
            found[owner].append((seen[record], role))
    return {key: sorted(each, key=lambda pair: (pair[0].reference, pair[1])) for key, each in found.items()}


def handed_over(found: Restructure, *, viewer: Viewer) -> list[tuple[Owner, Owner]]:
    """Once agreed: each lost post with who takes over what nobody was chosen for."""
    agreed = [row for row in steps(found, viewer=viewer) if row.step == Step.AGREED]
    handed = {int(lost): to for lost, to in agreed[-1].handed.items()} if agreed else {}
    owners = Owner.objects.in_bulk([*handed, *handed.values()])
    return [(owners[lost], owners[to]) for lost, to in handed.items()]


def is_open(found: Restructure, *, viewer: Viewer) -> bool:
    """Whether the draft can still be changed."""
    return step_of(found) in OPEN


def against_base(found: Restructure, *, viewer: Viewer) -> Comparison | None:
    """The comparison that a restructure's page shows: of the draft, or, once agreed, of the structure it became."""
    if found.result is not None:
        return compared(found.base, found.result, viewer=viewer)
    seen = what_if(found, viewer=viewer)
    return seen.found if seen else None
