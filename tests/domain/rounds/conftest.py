"""A council with a plan that reports: three leads with addresses, a vacant post, a partner's body, a director, an executive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core import mail

from goldthread.commons.access.actions import give_role
from goldthread.commons.access.models import Grant
from goldthread.commons.access.terms import ScopeKind
from goldthread.commons.access.viewer import Scope
from goldthread.commons.accounts.models import User
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import Person, Post
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.reviews.actions import write_entry as in_review
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.models import Item, Round
from goldthread.domain.rounds.terms.shipped import suggested_timetable
from goldthread.kernel.clock import fixed_at
from tests.support.once import written_once

WRITTEN = date(2026, 9, 1)
MEETING = date(2026, 12, 9)
OPENS = date(2026, 11, 2)
"""Counted back by hand from the meeting with the suggested timetable."""


@dataclass
class Reporting:
    """What the fixture wrote."""

    coordinator: User
    director: User
    executive: User
    plan: Record
    records: list[Record]
    posts: dict[str, Post]
    people: dict[str, Person]
    round: Round
    canary: Record
    criterion: Record

    def item(self, number: int) -> Item:
        """The round's item of a record."""
        return Item.objects.select_related("record", "round__plan", "request__person__user").get(
            round=self.round, record=self.records[number]
        )

    def user(self, name: str) -> User:
        """The account of a person."""
        person = Person.objects.select_related("user").get(pk=self.people[name].pk)
        assert person.user is not None
        return person.user


def person_with(role: str, name: str) -> User:
    """An account that holds one role for the whole council."""
    user = User.objects.create_user(f"{name.split()[0].lower()}@fernleigh.example", name)
    Grant.objects.create(user=user, role=role, starts=date(2020, 1, 1), granted_by=user)
    return user


@pytest.fixture
@written_once
def reporting(db: None) -> Reporting:
    """As written on 1 September; the round is planned and opens on 2 November 2026."""
    with fixed_at(WRITTEN):
        return _written()


def _written() -> Reporting:
    by = person_with("coordinator", "Cora Mayhew")
    place = organisation.add_directorate(name="Place", by=by)
    posts, people = {}, {}
    above = None
    for name, holder in (("Director of Place", "Dara Finch"), ("Head of Streets", "Sol Avery"), ("Head of Parks", "")):
        posts[name] = organisation.add_post(name=name, directorate=place, reports_to=above, by=by)
        above = above or posts[name]
        if holder:
            email = f"{holder.split()[0].lower()}@fernleigh.example"
            people[holder] = organisation.add_person(name=holder, email=email, by=by)
            organisation.appoint(person=people[holder], owner=posts[name].owner, by=by, starts=date(2024, 1, 1))
    cabinet = organisation.add_body(name="Cabinet", by=by)
    meeting = organisation.add_meeting(body=cabinet, held_on=MEETING, by=by)
    director = User.objects.create_user("dara@fernleigh.example", "Dara Finch")
    executive = person_with("executive", "Edie Swann")
    give_role(user=director, role="director", by=by, reason="x", scope=Scope(ScopeKind.DIRECTORATE, place.pk))
    people["Dara Finch"].user = director
    people["Dara Finch"].save()

    def write(kind: str, text: str, parent: Record | None = None, **more: Any) -> Record:
        entry = in_review if kind == "recommendation" else write_entry
        return entry(new=NewRecord(kind, text, WRITTEN, parent=parent, **more), by=by)

    plan = write("plan", "", title="Streets and Parks Plan")
    objective = write("objective", "Cut the cost of street repairs", plan)
    criterion = write("criterion", "Cost per mile falls", objective)
    streets, parks = [Lead(posts["Head of Streets"].owner)], [Lead(posts["Head of Parks"].owner)]
    records = [
        write("action", "Let one contract for all wards", objective, leads=streets),
        write("action", "Count the potholes", objective, leads=streets, update="Counting began."),
        write("recommendation", "Spend less on streets", plan, leads=streets),
        write("action", "Plant two hundred trees", objective, leads=parks),
        write("action", "Nobody’s errand", objective),
    ]
    canary = write(
        "action", "Quietly close the hush-hush depot", objective, leads=streets, visibility="restricted",
        restricted_because="Staffing: talks go on",
    )  # fmt: skip
    actions.set_cadence(
        plan=plan, frequency="meeting", body=cabinet, offsets=suggested_timetable(), by=by, reason="Asked by Cabinet"
    )
    (round,) = actions.plan_rounds(plan=plan, by=by)
    assert round.meeting == meeting
    return Reporting(by, director, executive, plan, records, posts, people, round, canary, criterion)


@pytest.fixture
@written_once
def opened(reporting: Reporting) -> Reporting:
    """The round is open, as at the day on which it opens; its messages wait in the queue."""
    with fixed_at(OPENS):
        actions.open_round(round=reporting.round, by=reporting.coordinator)
        reporting.round.refresh_from_db()
    return reporting


@pytest.fixture
def at() -> Any:
    """``with at(date(2026, 11, 2)):`` sets the clock."""
    return fixed_at


@pytest.fixture
def sent_mail() -> list[Any]:
    """What went out."""
    return mail.outbox
