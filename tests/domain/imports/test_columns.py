"""What a column holds is said once: the document is read again by it, and later ones know the heading."""

from __future__ import annotations

import pytest

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.domain.imports import actions, queries
from goldthread.domain.imports.models import Heading, Import
from goldthread.domain.imports.rules import column_of, is_unnamed
from tests.domain.imports.conftest import BringIn, found
from tests.support.once import written_once

PLAN = """Street plan as at 27 May 2025
Theme,Objective,Action,Lead,By when,Zwischenruf
Streets,Cut the cost,Let one contract for all wards,Pat Quill,March 2026,Tender sent out in April
Streets,Cut the cost,Sell the second depot,Pat Quill,June 2026,Two bids came in
Parks,Longer hours,Light the main paths,Wren Oduya,Ongoing,
"""
OTHER = PLAN.replace("Street plan", "Park plan").replace("wards", "parks")


@pytest.fixture
@written_once
def asking(bring_in: BringIn) -> Import:
    """A plan with a column that the reader does not know."""
    batch = bring_in("streets.csv", PLAN)
    assert column_of(batch.questions[0]) == "Zwischenruf"
    return batch


def updates(batch: Import, viewer: Viewer) -> dict[str, str]:
    """The updates of the actions that stand."""
    rows = queries.proposals(batch, viewer=viewer).filter(kind="action")
    return {row.key: row.fields.get("update", "") for row in rows}


def test_the_answer_reads_the_table_again_and_can_be_undone(asking: Import, coordinator: User, looking: Viewer) -> None:
    before = updates(asking, looking)
    event = actions.answer_column(batch=asking, heading="Zwischenruf", role="update", remember=False, by=coordinator)
    asking.refresh_from_db()
    assert asking.questions == [] and asking.columns == {"Zwischenruf": "update"}
    assert updates(asking, looking) == dict(
        zip(before, ["Tender sent out in April", "Two bids came in", ""], strict=True)
    ), "the same entries, under the same keys"
    undone = actions.undo(event=event, by=coordinator)
    asking.refresh_from_db()
    assert updates(asking, looking) == before and column_of(asking.questions[0]) == "Zwischenruf"
    actions.undo(event=undone, by=coordinator)
    asking.refresh_from_db()
    assert "Two bids came in" in updates(asking, looking).values() and not asking.questions


def test_what_a_person_has_decided_or_corrected_stays(asking: Import, coordinator: User, looking: Viewer) -> None:
    actions.adopt_proposals(proposals=[found(asking, "Let one")], by=coordinator)
    actions.edit_proposal(proposal=found(asking, "Sell the"), by=coordinator, text="Sell both depots")
    actions.answer_column(batch=asking, heading="Zwischenruf", role="update", remember=False, by=coordinator)
    assert list(updates(asking, looking).values()) == ["", "", ""]
    assert found(asking, "Sell both").state == "open" and found(asking, "Let one").state == "adopted"
    assert queries.tally(asking, viewer=looking).total == 5


def test_entries_that_come_and_go_with_the_column(bring_in: BringIn, coordinator: User, looking: Viewer) -> None:
    batch = bring_in("steps.csv", PLAN.replace("Action,", "Murkel,").replace("Zwischenruf", "Update"))
    kinds = [row.kind for row in queries.proposals(batch, viewer=looking)]
    event = actions.answer_column(batch=batch, heading="Murkel", role="also", remember=False, by=coordinator)
    now = list(queries.proposals(batch, viewer=looking))
    assert [row.text for row in now] == ["Cut the cost", "Cut the cost", "Longer hours"]
    assert {row.kind for row in now} == {"action"}, "what was an objective is one no longer"
    actions.undo(event=event, by=coordinator)
    assert [row.kind for row in queries.proposals(batch, viewer=looking)] == kinds


def test_a_remembered_heading_is_known_at_the_next_import(
    asking: Import, bring_in: BringIn, coordinator: User, looking: Viewer
) -> None:
    event = actions.answer_column(batch=asking, heading="Zwischenruf", role="update", remember=True, by=coordinator)
    other = bring_in("parks.csv", OTHER)
    assert not other.questions and "Two bids came in" in updates(other, looking).values()
    assert [str(one) for one in queries.headings(viewer=looking)] == ["Zwischenruf: update"]
    undone = actions.undo(event=event, by=coordinator)
    assert not queries.headings(viewer=looking)
    actions.undo(event=undone, by=coordinator)
    heading = Heading.objects.get(forgotten=None)
    forgot = actions.forget_heading(heading=heading, by=coordinator)
    assert bring_in("third.csv", OTHER + "\n").questions
    actions.undo(event=forgot, by=coordinator)
    assert queries.headings(viewer=looking).count() == 1


def test_what_cannot_be_answered_is_refused(asking: Import, coordinator: User) -> None:
    for heading, role in (("Zwischenruf", "nonsense"), ("Nachruf", "update")):
        with pytest.raises(Refused):
            actions.answer_column(batch=asking, heading=heading, role=role, remember=False, by=coordinator)
    assert not Heading.objects.exists()
    assert is_unnamed("column 12 without a heading") and not is_unnamed("column of notes")
