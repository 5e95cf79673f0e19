"""Forty reporting rounds, simulated: what was issued is the same for ever, and the register answers for each day again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event
from goldthread.commons.events.sealing import seal_new, verify_chain
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import Person, Post
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register import actions as register
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.register.queries import at
from goldthread.kernel.clock import fixed_at
from goldthread.kernel.timescales import parse_timescale
from goldthread.reporting.actions import freeze
from goldthread.reporting.audience import viewer_of
from goldthread.reporting.building import build_variant
from goldthread.reporting.canonical import to_json
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import data_of
from goldthread.reporting.verifying import verify

BEGIN = date(2020, 4, 1)
QUARTER = timedelta(days=91)
TIMESCALES = ("March 2022", "31 December 2023", "Q2 2025/26", "ongoing", "2028", "30 June 2021")


@dataclass
class Council:
    """Two plans, the people of a council, and a seeded hand that keeps changing them."""

    by: User
    draw: random.Random
    plan: Record
    other: Record
    objectives: list[Record]
    actions: list[Record]
    posts: list[Post]
    people: list[Person]
    last: Event | None = None
    taken: list[tuple[date, Issue, list[tuple[object, ...]]]] = field(default_factory=list)

    @property
    def moves(self) -> list[Callable[[date], Event | None]]:
        """Everything that happens to a plan between two reports."""
        return [self.update, self.late_word, self.date, self.reassign, self.move, self.away, self.withdraw, self.reopen,
                self.undo, self.reword, self.new, self.complete, self.appoint, self.rate]  # fmt: skip

    def one(self) -> Record:
        return Record.objects.get(pk=self.draw.choice(self.actions).pk)

    def update(self, day: date) -> None:
        register.add_update(record=self.one(), text=f"Word of {day}", by=self.by, as_at=day)

    def late_word(self, day: date) -> None:
        back = max(BEGIN, day - timedelta(days=self.draw.randrange(30, 300)))
        register.add_update(record=self.one(), text=f"Late word of {day} on {back}", by=self.by, as_at=back)

    def date(self, day: date) -> Event:
        back = max(BEGIN, day - timedelta(days=self.draw.choice((0, 0, 40, 200))))
        words = self.draw.choice(TIMESCALES)
        return register.set_due_date(records=[self.one()], timescale=words, by=self.by, reason="Agreed", as_at=back)

    def reassign(self, day: date) -> Event:
        back = max(BEGIN, day - timedelta(days=self.draw.choice((0, 0, 100))))
        owner = self.draw.choice(self.posts).owner
        return register.reassign(records=[self.one()], owner=owner, by=self.by, reason="Moved", as_at=back)

    def move(self, _: date) -> Event:
        to = Record.objects.get(pk=self.draw.choice(self.objectives).pk)
        return register.move(records=[self.one()], to=to, by=self.by, reason="Belongs there")

    def away(self, _: date) -> Event:
        to = Record.objects.get(pk=self.draw.choice([self.plan, self.other]).pk)
        return register.move(records=[self.one()], to=to, by=self.by, reason="To the other plan, or back")

    def withdraw(self, day: date) -> Event:
        back = max(BEGIN, day - timedelta(days=self.draw.choice((0, 60))))
        return register.withdraw(records=[self.one()], by=self.by, reason="Not now", as_at=back)

    def reopen(self, _: date) -> Event:
        return register.change_state(records=[self.one()], state="open", by=self.by, reason="After all")

    def complete(self, day: date) -> Event:
        return register.change_state(records=[self.one()], state="complete", by=self.by, reason="Done", as_at=day)

    def undo(self, _: date) -> Event | None:
        return undo(event=self.last, by=self.by, reason="A mistake") if self.last else None

    def reword(self, day: date) -> Event:
        return register.reword(record=self.one(), text=f"Worded on {day}", by=self.by, reason="Clearer")

    def new(self, day: date) -> None:
        parent = Record.objects.get(pk=self.draw.choice(self.objectives).pk)
        self.actions.append(
            write_entry(new=NewRecord("action", f"New on {day}", max(BEGIN, day - QUARTER), parent=parent), by=self.by)
        )

    def appoint(self, day: date) -> None:
        post, person = self.draw.choice(self.posts), self.draw.choice(self.people)
        starts = day - timedelta(days=self.draw.choice((0, 150)))
        organisation.appoint(
            person=person, owner=post.owner, by=self.by, kind="interim", starts=starts, ends=day + QUARTER
        )

    def rate(self, _: date) -> Event | None:
        return register.declare_rating(record=self.one(), value="amber", by=self.by, reason="A worry")

    def quarter(self, number: int) -> None:
        """Some changes, then the report of the quarter."""
        end = BEGIN + QUARTER * (number + 1)
        days = sorted(end - timedelta(days=self.draw.randrange(1, 90)) for _ in range(6))
        for day in days:
            with fixed_at(day):
                try:
                    self.last = self.draw.choice(self.moves)(day) or None
                except Refused:
                    self.last = None  # nothing would change, gone already: as a person meets it
        with fixed_at(end):
            issue = freeze(plan=self.plan, as_at=end, by=self.by, reason=f"Quarter {number}", kinds=("json",))
            self.taken.append((end, issue, snapshot(viewer_of("council"))))


def snapshot(viewer: Viewer, **days: date) -> list[tuple[object, ...]]:
    """Every record as it stands, in plain values."""
    rows = at(Record.objects.all(), viewer=viewer, **days)
    return sorted(
        (
            row.reference, row.text, tuple(row.section), row.state, row.due_on, row.first_due_on, row.rating, row.late,
            tuple((lead.role, lead.owner_id, lead.printed) for lead in row.leads), row.parent_id,
            tuple(update.text for update in row.updates), tuple(row.targets("part of")), row.checked, row.visibility,
        )
        for row in rows
    )  # fmt: skip


@pytest.fixture
def council(coordinator: User, request: pytest.FixtureRequest) -> Council:
    draw = random.Random(request.param)
    with fixed_at(BEGIN):
        posts = [organisation.add_post(name=f"Director {letter}", by=coordinator) for letter in "ABC"]
        people = [organisation.add_person(name=name, by=coordinator) for name in ("Ottilie Farrow", "Bram Quill")]

        def write(kind: str, text: str, parent: Record | None = None, **more: object) -> Record:
            return write_entry(new=NewRecord(kind, text, BEGIN, parent=parent, **more), by=coordinator)  # type: ignore[arg-type]

        plan, other = (write("plan", "", title=f"{name} plan") for name in ("Streets", "Parks"))
        objectives = [write("objective", f"Objective {n}", plan, section=[f"Theme {n}"]) for n in range(3)]
        actions = [
            write(
                "action", f"Action {n}", draw.choice(objectives), leads=[Lead(draw.choice(posts).owner)],
                timescale=parse_timescale(draw.choice(TIMESCALES)),
            )
            for n in range(12)
        ]  # fmt: skip
    return Council(coordinator, draw, plan, other, objectives, actions, posts, people)


@pytest.mark.slow
@pytest.mark.parametrize(("council", "rounds"), [(20200401, 40), (7, 12)], indirect=["council"])
def test_every_issue_gives_its_hash_again_and_every_day_its_snapshot(council: Council, rounds: int) -> None:
    for number in range(rounds):
        council.quarter(number)
    seal_new()
    assert len({issue.sha256 for _, issue, _ in council.taken}) > rounds // 2, "the plan hardly changes"
    with fixed_at(BEGIN + QUARTER * (rounds + 2)):
        for day, issue, taken in council.taken:
            days = {"as_at": day, "known_on": day}
            again = build_variant(
                council.plan.reference,
                viewer=viewer_of("council"),
                frozen=True,
                prepared_for=issue.get_audience_display(),
                **days,
            )
            assert to_json(again) == data_of(issue), f"the report of {day}"
            assert snapshot(viewer_of("council"), **days) == taken, f"the register of {day}"
    assert [proof.wrong for proof in verify(Issue.objects.all()) if not proof.holds] == []
    assert verify_chain().first_break is None
