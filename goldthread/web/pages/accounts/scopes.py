"""Where a role can be held, in the words of the people who choose: directorates, plans, bodies and items by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from goldthread.commons.access.models import Grant
from goldthread.commons.access.terms import ScopeKind
from goldthread.commons.access.viewer import Scope, Viewer
from goldthread.domain.organisation.queries import bodies, directorates
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import records
from goldthread.domain.register.terms import CONTAINERS

WHOLE_COUNCIL = ScopeKind.EVERYTHING.value
BY_REFERENCE = "reference"


def places(*, viewer: Viewer) -> list[tuple[str, str | list[tuple[str, str]]]]:
    """What to choose from: the whole council, each directorate, each body, or an item by its reference."""
    choices: list[tuple[str, str | list[tuple[str, str]]]] = [(WHOLE_COUNCIL, ScopeKind.EVERYTHING.label)]
    departments = [(f"{ScopeKind.DIRECTORATE}:{row.pk}", row.name) for row in directorates(viewer=viewer)]
    boards = [(f"{ScopeKind.BODY}:{row.pk}", row.owner.name) for row in bodies(viewer=viewer)]
    if departments:
        choices.append(("Directorates", departments))
    if boards:
        choices.append(("Bodies", boards))
    choices.append((BY_REFERENCE, "A plan, review or item: give its reference below"))
    return choices


def chosen_scope(place: str) -> Scope:
    """The scope of a choice of ``places`` other than by reference. Raises ValueError for anything else."""
    kind, _, number = place.partition(":")
    return Scope(ScopeKind(kind), int(number) if number else None)


def scope_of_reference(reference: str) -> Scope | None:
    """The scope that a reference names: a whole plan or review, or one item; None where there is none.

    Whoever gives roles need not see the record, only be told its reference: nothing else of it is shown.
    """
    row = Record.objects.filter(reference__iexact=reference.strip()).values_list("kind", "pk").first()
    if row is None:
        return None
    return Scope(ScopeKind.PLAN if row[0] in CONTAINERS else ScopeKind.RECORD, row[1])


def scope_names(grants: Iterable[Grant], *, viewer: Viewer) -> dict[tuple[str, int | None], str]:
    """What the scopes of some grants are called: (kind, id) → name, in at most four queries.

    A record that the viewer may not see is called by its reference alone.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for grant in grants:
        if grant.scope_id is not None:
            wanted[grant.scope_kind].add(grant.scope_id)
    names: dict[tuple[str, int | None], str] = {(WHOLE_COUNCIL, None): ScopeKind.EVERYTHING.label}
    if ids := wanted[ScopeKind.DIRECTORATE]:
        rows = directorates(viewer=viewer).filter(pk__in=ids)
        names |= {(ScopeKind.DIRECTORATE.value, row.pk): row.name for row in rows}
    if ids := wanted[ScopeKind.BODY]:
        names |= {(ScopeKind.BODY.value, row.pk): row.owner.name for row in bodies(viewer=viewer).filter(pk__in=ids)}
    if ids := wanted[ScopeKind.PLAN] | wanted[ScopeKind.RECORD]:
        titles = dict(records(viewer=viewer).filter(pk__in=ids).values_list("pk", "title"))
        for number, reference in Record.objects.filter(pk__in=ids).values_list("pk", "reference"):
            name = f"{reference} {titles.get(number, '')}".strip()
            names[(ScopeKind.PLAN.value, number)] = names[(ScopeKind.RECORD.value, number)] = name
    return names
