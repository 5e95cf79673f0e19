"""A newer issue of a known plan: matched, compared, and published in one action that writes only what differs."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.domain.imports import actions
from goldthread.domain.imports.actions.reconciling import continue_plan, match_proposal, publish_issue, stand_alone
from goldthread.domain.imports.models import Import
from goldthread.domain.imports.queries.reconciliation import likely_plan, reconciliation
from goldthread.domain.plans.queries import plan_at
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models import FACTS
from goldthread.domain.register.queries import record_at
from tests.support.once import written_once

MAY, SEPTEMBER = date(2025, 5, 27), date(2025, 9, 30)
HEAD = "Theme,Objective,Action,Lead,Timescale,Update\n"
FIRST = HEAD + (
    "Streets,Cheaper repairs,Let one contract for all the wards,Pat Quill,March 2026,The tender is being written\n"
    "Streets,Cheaper repairs,Sell the second depot by the river,Wren Oduya,December 2025,Two bids have come in\n"
    "Homes,Fewer empty homes,Visit every empty home with the owner,Pat Quill,June 2026,Forty visits so far\n"
    "Homes,Fewer empty homes,Publish a list of empty homes each year,Pat Quill,Ongoing,The list is out\n"
)
SECOND = HEAD + (
    "Homes,Fewer empty homes,Visit every empty home with the owner,Pat Quill,June 2026,Ninety visits so far\n"
    "Streets,Cheaper repairs,Let one contract for all of the wards and parks,Pat Quill,September 2026,The tender is out\n"
    "Streets,Cheaper repairs,Sell the second depot by the river,Ash Lindqvist,December 2025,Two bids have come in\n"
    "Homes,Fewer empty homes,Fine the owners of homes left empty for two years,Ash Lindqvist,March 2027,\n"
)


def brought_in(text: str, name: str, as_at: date, by: User) -> Import:
    """A CSV plan that has been read, with its day."""
    batch, _ = actions.receive(file_name=name, content=text.encode(), by=by)
    batch = actions.read(batch=batch, by=by)
    return actions.set_day(batch=batch, as_at=as_at, by=by)


@pytest.fixture
@written_once
def first(coordinator: User) -> Import:
    """The May issue, adopted."""
    batch = brought_in(FIRST, "may.csv", MAY, coordinator)
    actions.adopt_many(batch=batch, by=coordinator, only_certain=False)
    batch.refresh_from_db()
    return batch


@pytest.fixture
@written_once
def second(first: Import, coordinator: User) -> Import:
    """The September issue, matched."""
    batch = brought_in(SECOND, "september.csv", SEPTEMBER, coordinator)
    return continue_plan(batch=batch, plan=first.container, by=coordinator)


def test_the_newer_issue_of_a_plan_is_recognised(first: Import, coordinator: User, looking: Viewer) -> None:
    newer = brought_in(SECOND, "september.csv", SEPTEMBER, coordinator)
    plan, share = likely_plan(newer, viewer=looking)
    assert (plan, share >= 0.7) == (first.container, True)
    other = brought_in(
        HEAD + "Care,Care at home,Hire ten carers in the north,Pat Quill,May 2027,\n", "x.csv", MAY, coordinator
    )
    assert likely_plan(other, viewer=looking) is None


def test_each_entry_says_what_is_different(second: Import, looking: Viewer) -> None:
    found = reconciliation(second, viewer=looking)
    actions_found = {row.proposal.text[:14]: row for row in found.rows if row.proposal.kind == "action"}
    assert actions_found["Visit every em"].what == ["new update"]
    assert set(actions_found["Let one contra"].what) == {"reworded", "new update", "date changed"}
    assert actions_found["Sell the secon"].what == ["lead changed"]
    assert actions_found["Fine the owner"].what == ["new"]
    put_in = [piece.text for piece in actions_found["Let one contra"].wording if piece.how == "put in"]
    assert put_in == ["of", "and parks"]
    assert [row.text for row in found.missing] == ["Publish a list of empty homes each year"]


def test_one_publication_writes_only_what_differs(
    second: Import, first: Import, coordinator: User, looking: Viewer
) -> None:
    missing = [row.record for row in reconciliation(second, viewer=looking).missing]
    event = publish_issue(
        batch=second,
        by=coordinator,
        proposals=list(second.proposals.all()),
        missing=missing,
        reason="No longer in the plan",
    )
    plan = first.container.reference
    now, before = (plan_at(plan, viewer=looking, as_at=day) for day in (SEPTEMBER, MAY))
    assert (now.figures.actions, before.figures.actions) == (4, 4)
    texts = {row.text for theme in now.themes for block in theme.objectives for row in block.actions}
    assert "Fine the owners of homes left empty for two years" in texts
    assert "Publish a list of empty homes each year" not in texts
    visit = next(
        row for theme in now.themes for block in theme.objectives for row in block.actions if "Visit" in row.text
    )
    assert [(row.as_at, row.text) for row in visit.updates] == [
        (MAY, "Forty visits so far"),
        (SEPTEMBER, "Ninety visits so far"),
    ]
    depot = next(
        row for theme in now.themes for block in theme.objectives for row in block.actions if "depot" in row.text
    )
    assert depot.unmatched == ["Ash Lindqvist"]
    assert record_at(depot.reference, viewer=looking, as_at=MAY).unmatched == ["Wren Oduya"]
    undo(event=event, by=coordinator)
    assert plan_at(plan, viewer=looking, as_at=SEPTEMBER).figures.actions == 4


def test_the_same_issue_again_changes_nothing(first: Import, coordinator: User, looking: Viewer) -> None:
    again, new = actions.receive(file_name="may-copy.csv", content=FIRST.encode(), by=coordinator)
    assert (again.pk, new) == (first.pk, False)
    spaced = brought_in(FIRST + "\n", "may-spaced.csv", MAY, coordinator)
    continue_plan(batch=spaced, plan=first.container, by=coordinator)
    assert reconciliation(spaced, viewer=looking).counts() == {"unchanged": 6, "missing": 0}
    before = sum(model._default_manager.count() for model in FACTS)
    publish_issue(batch=spaced, by=coordinator, proposals=list(spaced.proposals.all()))
    assert sum(model._default_manager.count() for model in FACTS) == before


def test_a_person_decides_about_matches(second: Import, first: Import, coordinator: User) -> None:
    fine = second.proposals.get(text__startswith="Fine")
    lists = first.proposals.get(text__startswith="Publish").record
    match_proposal(proposal=fine, record=lists, by=coordinator)
    fine.refresh_from_db()
    assert fine.matched == lists
    with pytest.raises(Refused, match="not an entry"):
        match_proposal(proposal=fine, record=first.container, by=coordinator)
    stand_alone(batch=second, by=coordinator)
    second.refresh_from_db()
    assert second.container is None and not second.proposals.filter(matched__isnull=False).exists()
