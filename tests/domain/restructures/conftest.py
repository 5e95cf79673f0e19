"""A council with a structure of five posts, a plan that they answer for, and two people who plan structures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from goldthread.commons.accounts.models import User
from goldthread.commons.events.actions import record_event
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.actions.structures import draw_up
from goldthread.domain.organisation.models import Post, Structure
from goldthread.domain.organisation.rules.lines import Line
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import person_with
from tests.support.once import written_once

BEFORE = date(2026, 1, 12)
AGREED = date(2026, 2, 2)
IN_FORCE = date(2026, 4, 1)

POSTS = (
    ("Chief Executive", "", None, 18_000_000, ("Head of Paid Service",), ()),
    ("Director of Place", "Place", 0, 13_000_000, (), ()),
    ("Assistant Director Streets", "Place", 1, 9_500_000, ("Traffic Manager",), ("Roads", "Lighting")),
    ("Assistant Director Parks", "Place", 1, 9_500_000, (), ("Parks",)),
    ("Head of Roads", "Place", 2, 7_000_000, (), ("Roads",)),
)


@dataclass
class Council:
    """What the fixture wrote."""

    by: User
    other: User
    keeper: User
    structure: Structure
    posts: dict[str, Post] = field(default_factory=dict)
    plan: Any = None
    records: dict[str, Record] = field(default_factory=dict)


@pytest.fixture
@written_once
def council(db: None) -> Council:
    """Written in January 2026."""
    return build()


def build() -> Council:
    """The same, for tests that make their own database rows."""
    by, other = person_with("executive", "Edie Swann"), person_with("executive", "Olive Trent")
    keeper = person_with("coordinator", "Cora Mayhew")
    with fixed_at(BEFORE):
        made: list[Post] = []
        for name, part, above, _, roles, _ in POSTS:
            directorate = organisation.add_directorate(name=part, by=keeper) if part else None
            line = made[above] if above is not None else None
            made.append(
                organisation.add_post(
                    name=name, directorate=directorate, reports_to=line, statutory_roles=list(roles), by=keeper
                )
            )
        lines = [
            Line(
                made[at].pk, name, part, reports_to=made[above].pk if above is not None else None, cost_low=cost,
                cost_high=cost + 500_000, statutory_roles=roles, services=services, position=at + 1,
            )
            for at, (name, part, above, cost, roles, services) in enumerate(POSTS)
        ]  # fmt: skip
        event = record_event("added a structure", by=keeper)
        structure, _ = draw_up(name="Current structure", as_at=BEFORE, stage="current", lines=lines, event=event)
        found = Council(by, other, keeper, structure, {post.owner.name: post for post in made})
        found.plan = write_entry(new=NewRecord("plan", "", BEFORE, title="Streets Plan"), by=keeper)
        streets = found.posts["Assistant Director Streets"].owner
        parks = found.posts["Assistant Director Parks"].owner
        for name, owner, more in (
            ("Let one contract for roads", streets, {}),
            ("Mend the lamps", streets, {"state": "complete"}),
            ("Close the hush-hush depot", streets, {"visibility": "restricted", "restricted_because": "Staffing"}),
            ("Light the parks", parks, {}),
        ):
            new = NewRecord("action", name, BEFORE, parent=found.plan, leads=[Lead(owner)], **more)
            found.records[name] = write_entry(new=new, by=keeper)
        shared = NewRecord(
            "action",
            "Plant trees along streets",
            BEFORE,
            parent=found.plan,
            leads=[Lead(parks), Lead(streets, role="supporting")],
        )
        found.records["Plant trees along streets"] = write_entry(new=shared, by=keeper)
    return found
