"""People and a small plan that the rooms' tests share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from goldthread.commons.access.models import Grant
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import Post
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.kernel.clock import fixed_at
from tests.support.once import written_once

MAY = date(2025, 5, 27)
IMPORTED = date(2025, 6, 10)
"""The plan speaks of May and came in in June."""


def person_with(role: str, name: str, scope: tuple[str, int | None] = ("everything", None)) -> User:
    """An account that holds one role."""
    user = User.objects.create_user(f"{name.split()[0].lower()}@fernleigh.example", name)
    Grant.objects.create(
        user=user, role=role, scope_kind=scope[0], scope_id=scope[1], starts=date(2020, 1, 1), granted_by=user
    )
    return user


@pytest.fixture
@written_once
def coordinator(db: None) -> User:
    """The person who keeps the register."""
    return person_with("coordinator", "Cora Mayhew")


@pytest.fixture
def looking(coordinator: User) -> Viewer:
    """What the coordinator sees."""
    return viewer_for(coordinator)


@dataclass
class SmallPlan:
    """A plan with one objective, its criterion and two actions, as at May, recorded in June."""

    plan: Record
    objective: Record
    criterion: Record
    first: Record
    second: Record
    director: Post


@pytest.fixture
@written_once
def small_plan(coordinator: User) -> SmallPlan:
    """Written by hand on one day in June; the first action has a matched lead, the second only a printed name."""
    with fixed_at(IMPORTED):
        place = organisation.add_directorate(name="Place", by=coordinator)
        director = organisation.add_post(name="Director of Streets", directorate=place, by=coordinator)

        def write(kind: str, text: str, parent: Record | None = None, **more: object) -> Record:
            new = NewRecord(kind, text, MAY, parent=parent, **more)  # type: ignore[arg-type]
            return write_entry(new=new, by=coordinator)

        plan = write("plan", "", title="Improvement Plan")
        objective = write("objective", "Cut the cost of street repairs", plan, section=["Streets"])
        return SmallPlan(
            plan=plan,
            objective=objective,
            criterion=write("criterion", "Cost per mile falls", objective),
            first=write("action", "Let one contract for all wards", objective, leads=[Lead(director.owner)]),
            second=write("action", "Sell the second depot", objective, leads=[Lead(None, "Pat Quill")]),
            director=director,
        )
