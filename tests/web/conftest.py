"""A small council with a plan, a review and priorities, written by hand through the rooms' own actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from goldthread.commons.accounts.models import User
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import Post
from goldthread.domain.plans.actions import write_entry as write_in_plan
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.reviews.actions import write_entry as write_in_review
from goldthread.kernel.clock import fixed_at
from goldthread.kernel.timescales import parse_timescale
from tests.support.once import written_once

MAY = date(2025, 5, 27)
WRITTEN = date(2025, 6, 10)
TODAY = date(2026, 1, 15)
CANARY = "Quietly close the hush-hush depot"
"""The words of a restricted record: nobody without the right may meet them anywhere."""


@dataclass
class SmallCouncil:
    """What the fixture wrote."""

    by: User
    plan: Record
    objective: Record
    criterion: Record
    late: Record
    undated: Record
    done: Record
    canary: Record
    review: Record
    recommendation: Record
    finding: Record
    priority: Record
    director: Post
    place: Any

    def write(self, kind: str, text: str, parent: Record | None = None, **more: Any) -> Record:
        """Another entry of a plan."""
        return write_in_plan(new=NewRecord(kind, text, MAY, parent=parent, **more), by=self.by)


@pytest.fixture
def today() -> Any:
    """Every request of the test happens on one day."""
    with fixed_at(TODAY) as moment:
        yield moment


@pytest.fixture
@written_once
def council(person_for: Callable[..., User]) -> SmallCouncil:
    """Speaks of May 2025, recorded in June 2025."""
    by = person_for("coordinator")
    with fixed_at(WRITTEN):
        place = organisation.add_directorate(name="Place", by=by)
        director = organisation.add_post(name="Director of Streets", directorate=place, by=by)
        person = organisation.add_person(name="Robin Hale", by=by)
        organisation.appoint(person=person, owner=director.owner, by=by, starts=date(2024, 1, 1))

        def write(kind: str, text: str, parent: Record | None = None, **more: Any) -> Record:
            return write_in_plan(new=NewRecord(kind, text, MAY, parent=parent, **more), by=by)

        def in_review(kind: str, text: str, parent: Record | None = None, **more: Any) -> Record:
            polarity = more.pop("polarity", "neutral")
            return write_in_review(new=NewRecord(kind, text, MAY, parent=parent, **more), by=by, polarity=polarity)

        plan = write("plan", "", title="Streets Plan", visibility="public")
        objective = write("objective", "Cut the cost of repairs", plan, section=["Money", "Streets"])
        lead = [Lead(director.owner)]
        made = SmallCouncil(
            by=by,
            plan=plan,
            objective=objective,
            criterion=write("criterion", "Cost per mile falls", objective),
            late=write(
                "action", "Let one contract for all wards", objective, leads=lead, update="Tender is out.",
                timescale=parse_timescale("December 2025"), visibility="public",
            ),
            undated=write("action", "Sell the second depot", objective, leads=[Lead(None, "Pat Quill")], checked=False),
            done=write("action", "Count the potholes", objective, leads=lead, state="complete"),
            canary=write(
                "action", CANARY, objective, visibility="restricted", restricted_because="Staffing: talks go on"
            ),
            review=(review := in_review("review", "", title="Peer Challenge 2024")),
            recommendation=in_review("recommendation", "Spend less on streets", review, number="R1"),
            finding=in_review("finding", "Residents like their streets", review, polarity="strength"),
            priority=write("priority", "A council within its means"),
            director=director,
            place=place,
        )  # fmt: skip
        register.link(record=made.late, relation="answers", target=made.recommendation, by=by)
        register.link(record=made.plan, relation="serves", target=made.priority, by=by)
    return made
