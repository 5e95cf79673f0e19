"""The thread of a record on a day, what a viewer may follow of it, and where threads are broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.register.queries.coverage import coverage
from goldthread.domain.register.queries.threads import Thread, thread
from goldthread.domain.register.terms import Relation, Visibility
from tests.domain.conftest import MAY, SmallPlan
from tests.support.once import written_once


def references(found: Thread | None) -> list[tuple[str, str, int]]:
    """(reference, relation, depth) of every knot in the order in which it is told."""
    assert found is not None
    return [(knot.record.reference, knot.relation, knot.depth) for knot in found.knots()]


@pytest.fixture
@written_once
def priority(coordinator: User) -> Record:
    """A vision with a priority."""
    vision = write_entry(new=NewRecord("vision", "A borough that mends its streets", MAY), by=coordinator)
    return write_entry(new=NewRecord("priority", "Streets first", MAY, parent=vision), by=coordinator)


def test_a_thread_goes_from_the_vision_to_the_action_and_names_other_links(
    small_plan: SmallPlan, priority: Record, coordinator: User, looking: Viewer
) -> None:
    objective = small_plan.objective
    register.link(record=objective, relation=Relation.SERVES, target=priority, by=coordinator, as_at=MAY)
    register.link(record=small_plan.first, relation=Relation.SERVES, target=priority, by=coordinator, as_at=MAY)
    told = [(reference, relation) for reference, relation, _ in references(thread(objective.reference, viewer=looking))]
    names = [reference for reference, _ in told]
    assert (priority.reference, "serves") in told
    assert priority.parent is not None
    assert names.index(priority.parent.reference) < names.index(priority.reference) < names.index(objective.reference)
    assert {small_plan.first.reference, small_plan.second.reference, small_plan.criterion.reference} <= set(names)
    assert len(names) == len(set(names)), "each record stands on it once"
    top = thread(priority.reference, viewer=looking)
    assert top is not None
    first = next(knot for knot in top.down() if knot.record.pk == small_plan.first.pk)
    assert (first.depth, first.relation) == (1, "serves")
    assert [row.pk for _, row in first.also] == [objective.pk]


def test_a_thread_is_as_it_was_on_a_day_and_as_known_on_a_day(
    small_plan: SmallPlan, priority: Record, coordinator: User, looking: Viewer
) -> None:
    later = date(2025, 6, 1)
    register.link(record=small_plan.objective, relation=Relation.SERVES, target=priority, by=coordinator, as_at=later)
    on_may = thread(small_plan.objective.reference, viewer=looking, as_at=MAY)
    assert priority.reference not in [one for one, *_ in references(on_may)]
    assert priority.reference in [one for one, *_ in references(thread(small_plan.objective.reference, viewer=looking))]
    before = date(2025, 6, 1)  # the plan came in on 10 June
    assert thread(small_plan.objective.reference, viewer=looking, known_on=before) is None


def test_a_thread_ends_where_the_viewer_may_not_look(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    register.change_visibility(
        records=[small_plan.plan, small_plan.first], visibility=Visibility.PUBLIC, by=coordinator, reason="open"
    )
    found = references(thread(small_plan.plan.reference, viewer=PUBLIC))
    assert [reference for reference, *_ in found] == [small_plan.plan.reference]
    assert references(thread(small_plan.first.reference, viewer=PUBLIC)) == [(small_plan.first.reference, "", 0)]
    assert thread(small_plan.second.reference, viewer=PUBLIC) is None
    assert thread("NO-999", viewer=looking) is None


def test_what_was_withdrawn_takes_what_hung_on_it_off_the_thread(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    register.withdraw(records=[small_plan.objective], by=coordinator, reason="gone")
    assert [one for one, *_ in references(thread(small_plan.plan.reference, viewer=looking))] == [
        small_plan.plan.reference
    ]


def test_links_in_a_circle_end(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    first, second = small_plan.first, small_plan.second
    register.link(record=first, relation=Relation.SERVES, target=second, by=coordinator)
    register.link(record=second, relation=Relation.SERVES, target=first, by=coordinator)
    names = [one for one, *_ in references(thread(first.reference, viewer=looking))]
    assert len(names) == len(set(names))


@pytest.fixture
def grown(small_plan: SmallPlan, coordinator: User) -> Callable[[int], None]:
    """Adds actions to the small plan."""

    def grow(number: int) -> None:
        for count in range(number):
            new = NewRecord("action", f"Mend street {count}", MAY, parent=small_plan.objective)
            write_entry(new=new, by=coordinator)

    return grow


def test_queries_grow_with_the_levels_and_not_with_the_records(
    small_plan: SmallPlan, grown: Callable[[int], None], looking: Viewer, django_assert_max_num_queries: Any
) -> None:
    def counted(ask: Callable[[], Any]) -> int:
        with django_assert_max_num_queries(60) as taken:
            ask()
        return len(taken)

    plan = small_plan.plan.reference
    few = counted(lambda: thread(plan, viewer=looking)), counted(lambda: coverage(viewer=looking))
    grown(15)
    assert (counted(lambda: thread(plan, viewer=looking)), counted(lambda: coverage(viewer=looking))) == few


def test_coverage_counts_what_holds_and_names_what_lacks_it(
    small_plan: SmallPlan, priority: Record, coordinator: User, looking: Viewer
) -> None:
    register.set_due_date(records=[small_plan.first], timescale="31 March 2026", by=coordinator, reason="agreed")
    register.link(record=small_plan.first, relation=Relation.SERVES, target=priority, by=coordinator)
    found = coverage(viewer=looking)
    shares = {key: (one.having, one.whole) for key, one in found.whole.shares.items()}
    assert shares == {
        "priority": (1, 2), "answered": (0, 0), "date": (1, 2), "owner": (0, 2), "criterion": (2, 2), "evidence": (0, 0),
        "verified": (0, 0),
    }  # fmt: skip
    assert found.whole.shares["answered"].percent is None
    share = found.share("date", plan=small_plan.plan.reference)
    assert share is not None
    assert [row.record.pk for row in share.lacking] == [small_plan.second.pk]
    assert [one.name for one in found.directorates] == ["Place", "No directorate"]
    assert found.share("date", plan="NO") is None
    worst, what = found.breaks()[0]
    assert (worst.record.pk, [one.key for one in what]) == (small_plan.second.pk, ["priority", "date", "owner"])


def test_a_recommendation_is_answered_by_an_action_or_by_a_dated_update(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    from goldthread.domain.reviews.actions import write_entry as write_review

    review = write_review(new=NewRecord("review", "", MAY, title="Visit"), by=coordinator)
    recs = [
        write_review(new=NewRecord("recommendation", f"Do the thing {n}", MAY, parent=review), by=coordinator)
        for n in (1, 2, 3)
    ]
    register.link(record=small_plan.first, relation=Relation.ANSWERS, target=recs[0], by=coordinator)
    register.add_update(record=recs[1], text="It was done.", by=coordinator)
    share = coverage(viewer=looking).whole.shares["answered"]
    assert (share.having, share.whole) == (2, 3)
    assert [row.record.pk for row in share.lacking] == [recs[2].pk]
    assert not coverage(viewer=PUBLIC).plans
