"""What each role sees, by where it is held: the matrix of roles, places and visibility, on real records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.terms import ScopeKind
from goldthread.commons.access.viewer import PUBLIC, Scope, Viewer
from goldthread.commons.accounts.actions import local_user
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.actions import add_update, change_visibility
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import Lead, NewRecord
from tests.support.once import written_once

DAY = date(2025, 5, 27)


@dataclass
class Two:
    """Two directorates and two plans; in each an internal and a restricted action; and a public one in the first."""

    place: int
    plan: int
    names: dict[int, str]

    def seen_by(self, viewer: Viewer) -> set[str]:
        """The names of the actions that the viewer sees."""
        return {self.names[row.pk] for row in visible_to(viewer) if row.pk in self.names}


@pytest.fixture
@written_once
def two(db: None) -> Two:
    """The plan of Place and the plan of Parks."""
    by, names, first = local_user(), {}, []
    for where in ("Place", "Parks"):
        home = organisation.add_directorate(name=where, by=by)
        post = organisation.add_post(name=f"Director of {where}", directorate=home, by=by)
        plan = write_entry(new=NewRecord("plan", "", DAY, title=f"Plan of {where}"), by=by)
        first.append((home.pk, plan.pk))
        for visibility in ("internal", "restricted", "public"):
            row = write_entry(
                new=NewRecord("action", f"{where} {visibility}", DAY, parent=plan, leads=[Lead(post.owner)]), by=by
            )
            names[row.pk] = f"{where} {visibility}"
            if visibility != "internal":
                change_visibility(records=[row], visibility=visibility, by=by, reason="Test", because="Test")
    return Two(first[0][0], first[0][1], names)


OPEN = {"Place public", "Parks public"}
INTERNAL = {"Place internal", "Parks internal"}
RESTRICTED = {"Place restricted", "Parks restricted"}
IN_PLACE = {"Place internal", "Place restricted"}


@pytest.mark.parametrize(
    ("role", "where", "sees"),
    [
        ("viewer", "everything", OPEN | INTERNAL),
        ("viewer", "directorate", OPEN | {"Place internal"}),
        ("viewer", "plan", OPEN | {"Place internal"}),
        ("contributor", "record", OPEN | {"Place internal"}),
        ("lead", "everything", OPEN | INTERNAL),
        ("lead", "directorate", OPEN | {"Place internal"}),
        ("coordinator", "everything", OPEN | INTERNAL | RESTRICTED),
        ("coordinator", "directorate", OPEN | IN_PLACE),
        ("coordinator", "plan", OPEN | IN_PLACE),
        ("director", "directorate", OPEN | IN_PLACE),
        ("executive", "everything", OPEN | INTERNAL | RESTRICTED),
        ("councillor", "body", OPEN),
        ("auditor", "everything", OPEN | INTERNAL | RESTRICTED),
        ("auditor", "plan", OPEN | IN_PLACE),
        ("administrator", "everything", OPEN),
    ],
)
def test_a_role_sees_what_its_place_and_its_page_say(
    two: Two, person_for: Callable[..., User], role: str, where: str, sees: set[str]
) -> None:
    item = next(number for number, name in two.names.items() if name == "Place internal")
    number = {"directorate": two.place, "plan": two.plan, "record": item, "body": 1}.get(where)
    assert two.seen_by(viewer_for(person_for(role, Scope(ScopeKind(where), number)))) == sees


def test_the_public_sees_what_is_published(two: Two) -> None:
    assert two.seen_by(PUBLIC) == OPEN


def test_a_contributor_writes_on_the_item_handed_to_them_and_on_no_other(
    two: Two, person_for: Callable[..., User]
) -> None:
    mine = Record.objects.get(text="Place internal")
    connor = person_for("contributor", Scope(ScopeKind.RECORD, mine.pk))
    assert add_update(record=mine, text="Half of it is done", by=connor).by == connor
    for name in ("Parks internal", "Place restricted", "Place public"):
        with pytest.raises(NotAllowed):
            add_update(record=Record.objects.get(text=name), text="Half of it is done", by=connor)


def test_who_sees_more_than_one_may_change_is_still_refused(two: Two, person_for: Callable[..., User]) -> None:
    director = person_for("director", Scope(ScopeKind.DIRECTORATE, two.place))
    with pytest.raises(NotAllowed):
        change_visibility(
            records=[Record.objects.get(text="Parks public")], visibility="internal", by=director, reason="Not mine"
        )
