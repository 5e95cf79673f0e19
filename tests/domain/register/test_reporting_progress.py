"""Reporting on an item: one act with all that goes with it; what is missing is asked for; nobody's text is lost."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import Body, Membership, Person, Post
from goldthread.domain.register import actions
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models import FACTS, Update
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.models.projection import drift, project
from goldthread.domain.register.models.writing import fact
from goldthread.domain.register.queries import record_at, records
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import MAY, SmallPlan

JUNE = date(2025, 6, 20)


def report(plan: SmallPlan, by: User, day: date = JUNE, **more: object) -> actions.Update:  # type: ignore[name-defined]
    """A report on the first action, with a text unless told otherwise."""
    values = {"record": plan.first, "text": "The tender is out", "as_at": day, "by": by} | more
    with fixed_at(day):
        return actions.report_progress(**values)  # type: ignore[arg-type]


def appointed(post: Post, name: str, by: User) -> User:
    """An account without any role whose person holds a post."""
    user = User.objects.create_user(f"{name.split()[0].lower()}@fernleigh.example", name)
    person = Person.objects.create(name=name, user=user)
    organisation.appoint(owner=post.owner, person=person, by=by)
    return user


def facts() -> int:
    """Rows in every table of facts."""
    return sum(model._default_manager.count() for model in FACTS)


def test_one_report_is_one_event_and_one_undo(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    board = organisation.add_body(name="Improvement Board", by=coordinator)
    before, events = facts(), Event.objects.count()
    update = report(
        small_plan, coordinator, state="on hold", state_reason="The court decides first", due_on=date(2026, 3, 31),
        agreed_by=board, forecast_on=date(2026, 3, 20), issue="No contractor", rating="red", rating_reason="No way round it",
        evidence=[actions.NewEvidence("Minutes", "https://fernleigh.example/minutes")],
    )  # fmt: skip
    assert Event.objects.count() == events + 1
    now = record_at(small_plan.first.reference, viewer=looking, as_at=JUNE)
    assert now is not None and now.last_update == update
    assert (now.state, now.due_on, now.forecast_on, now.open_issue) == (
        "on hold", date(2026, 3, 31), date(2026, 3, 20), "No contractor",
    )  # fmt: skip
    assert (now.computed.value, now.declared.value, now.rating) == ("amber", "red", "red")
    with fixed_at(JUNE):
        assert drift() == []
    with fixed_at(JUNE):
        undo(event=update.event, by=coordinator)
    now = record_at(small_plan.first.reference, viewer=looking, as_at=JUNE)
    assert (now.updates, now.state, now.due_on, now.evidence, now.rating) == ([], "open", None, [], "no-date")
    assert facts() == before + 2 * 5  # an update, a state, a date, a rating and evidence, each with its withdrawal


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ({"text": " "}, "why nothing has changed"),
        ({"state": "complete"}, "how one can see"),
        ({"state": "stopped"}, "Say why"),
        ({"state": "superseded"}, "Say why"),
        ({"state": "withdrawn"}, "withdraw"),
        ({"as_at": date(2999, 1, 1)}, "a day that has come"),
        ({"due_on": "soonish"}, "is not a date"),
        ({"rating": "blue"}, "verify it instead"),
        ({"rating": "green", "rating_reason": "It goes well"}, "has no date"),
        ({"evidence": [actions.NewEvidence("Nothing")]}, "a file or a link"),
        ({"evidence": [actions.NewEvidence("x", "javascript:alert(1)")]}, "begins with https"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_written(
    small_plan: SmallPlan, coordinator: User, said: dict[str, object], asks: str
) -> None:
    before = facts(), Event.objects.count()
    with pytest.raises(Refused, match=asks):
        report(small_plan, coordinator, **said)
    assert (facts(), Event.objects.count()) == before


def test_no_change_says_why_and_is_an_update(small_plan: SmallPlan, coordinator: User) -> None:
    update = report(small_plan, coordinator, text="", no_change_because="The court has not sat")
    assert update.no_change and update.text == "No change: The court has not sat"


def test_a_date_that_moves_asks_why_and_who_agreed(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    board = organisation.add_body(name="Improvement Board", by=coordinator)
    report(small_plan, coordinator, due_on="March 2026", due_reason="First set")
    with pytest.raises(Refused, match="Say why the date"):
        report(small_plan, coordinator, due_on=date(2026, 6, 30), agreed_by=board)
    with pytest.raises(Refused, match="which body"):
        report(small_plan, coordinator, due_on=date(2026, 6, 30), due_reason="No bids")
    report(small_plan, coordinator, due_on=date(2026, 6, 30), due_reason="No bids", agreed_by=board)
    with pytest.raises(Refused, match="that day or later"):
        report(small_plan, coordinator, as_at=MAY, due_on=date(2026, 7, 1), due_reason="x", agreed_by=board)
    now = record_at(small_plan.first.reference, viewer=looking)
    (slip,) = now.slips
    assert (slip.was, slip.now, slip.days, slip.reason, slip.agreed_by) == (
        date(2026, 3, 31), date(2026, 6, 30), 91, "No bids", board,
    )  # fmt: skip
    small_plan.first.refresh_from_db()
    assert (now.first_due_on, now.slip_days, small_plan.first.slip_days) == (date(2026, 3, 31), 91, 91)


def test_a_lead_who_names_a_body_proposes_the_date_and_sets_none(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    """To say that a body agreed is no decision of that body: first dates and moves wait, with why and with the body."""
    board = organisation.add_body(name="Improvement Board", by=coordinator)
    dana = appointed(small_plan.director, "Dana Reeve", coordinator)

    def now() -> RecordAt:
        row = record_at(small_plan.first.reference, viewer=looking, as_at=JUNE)
        assert row is not None
        return row

    report(small_plan, dana, due_on="March 2026", due_reason="The programme plan", agreed_by=board)
    assert now().due_on is None and now().rating == "no-date"
    (waiting,) = now().proposed_dates
    assert (waiting.due_on, waiting.agreed_by, waiting.reason) == (date(2026, 3, 31), board, "The programme plan")
    report(small_plan, dana, text="Said again", due_on="March 2026", due_reason="The programme plan", agreed_by=board)
    assert len(now().proposed_dates) == 1, "what waits already does not wait twice"
    with fixed_at(JUNE):
        actions.baseline(records=[small_plan.first], by=coordinator, reason="Checked with the minutes", agreed_by=None)
    assert (now().due_on, now().due.agreed_by) == (date(2026, 3, 31), board)
    with pytest.raises(Refused, match="Say why the date"):
        report(small_plan, dana, due_on=date(2026, 6, 30), agreed_by=board)
    report(small_plan, dana, due_on=date(2026, 6, 30), due_reason="No bids", agreed_by=board)
    assert (now().due_on, now().slips) == (date(2026, 3, 31), []), "it moves nothing"
    report(small_plan, dana, text="Nobody has agreed yet", due_on=date(2026, 9, 30), due_reason="Two lots")
    moved, later = now().proposed_dates
    assert (moved.agreed_by, later.agreed_by) == (board, None)
    with fixed_at(JUNE):
        actions.decide_date(proposed=moved, decision="accepted", by=coordinator, reason="In the minutes")
    (slip,) = now().slips
    assert (slip.now, slip.agreed_by, now().first_due_on) == (date(2026, 6, 30), board, date(2026, 3, 31))
    assert now().proposed_dates == [], "the other one is thereby declined"


def test_two_people_at_once_see_both_texts(small_plan: SmallPlan, coordinator: User) -> None:
    first = report(small_plan, coordinator, based_on=0)
    with pytest.raises(actions.Conflict) as conflict:
        report(small_plan, coordinator, text="Two bids are in", based_on=0)
    assert (conflict.value.theirs, conflict.value.yours) == (first, "Two bids are in")
    assert first.by.name in str(conflict.value)
    assert report(small_plan, coordinator, text="Two bids are in", based_on=first.pk)


def test_whoever_holds_the_post_may_report_on_its_items_without_any_role(
    small_plan: SmallPlan, coordinator: User
) -> None:
    dana = appointed(small_plan.director, "Dana Reeve", coordinator)
    assert report(small_plan, dana).said_by == small_plan.director.owner
    with pytest.raises(NotAllowed):
        report(small_plan, dana, record=small_plan.second)
    with fixed_at(JUNE):
        actions.reassign(
            records=[small_plan.second],
            owner=small_plan.director.owner,
            role="supporting",
            by=coordinator,
            reason="Helps",
        )
    assert report(small_plan, dana, record=small_plan.second)
    assert set(records(viewer=viewer_for(dana))) == {small_plan.first, small_plan.second}
    with pytest.raises(NotAllowed):
        actions.declare_rating(record=small_plan.plan, value="red", by=dana, reason="Not mine")
    assert not Membership.objects.exists() and not Body.objects.exists()


def test_a_first_date_of_a_lead_waits_for_the_coordinator(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    dana = appointed(small_plan.director, "Dana Reeve", coordinator)
    report(small_plan, dana, due_on=date(2026, 3, 31), due_reason="The contract ends then")
    now = record_at(small_plan.first.reference, viewer=looking)
    assert now.due_on is None and now.rating == "no-date"
    (waiting,) = now.proposed_dates
    with pytest.raises(NotAllowed):
        actions.baseline(records=[small_plan.first], by=dana, reason="I say so", agreed_by=None)
    event = actions.baseline(records=[small_plan.first], by=coordinator, reason="Agreed with finance", agreed_by=None)
    now = record_at(small_plan.first.reference, viewer=looking)
    assert (now.due_on, now.proposed_dates, now.due.text) == (date(2026, 3, 31), [], waiting.text)
    with pytest.raises(Refused, match="Nobody has proposed"):
        actions.baseline(records=[small_plan.first], by=coordinator, reason="Again", agreed_by=None)
    undo(event=event, by=coordinator)
    assert record_at(small_plan.first.reference, viewer=looking).proposed_dates == [waiting]


def test_dates_in_the_words_of_an_update_are_proposed_and_never_set(
    small_plan: SmallPlan, coordinator: User, looking: Viewer
) -> None:
    report(
        small_plan, coordinator,
        text="The tender went out on 2 June 2025. Bids are due by 31 July 2025; the contract starts in April 2026.",
    )  # fmt: skip
    now = record_at(small_plan.first.reference, viewer=looking, as_at=JUNE)
    assert now.due_on is None
    assert [(row.due_on, row.milestone) for row in now.proposed_dates] == [
        (date(2025, 7, 31), "Bids are due by 31 July 2025;"),
        (date(2026, 4, 30), "the contract starts in April 2026."),
    ]
    bids, start = now.proposed_dates
    with fixed_at(JUNE):
        actions.decide_date(proposed=bids, decision="accepted", by=coordinator)
        declined = actions.decide_date(proposed=start, decision="declined", by=coordinator)
        with pytest.raises(Refused, match="already"):
            actions.decide_date(proposed=bids, decision="declined", by=coordinator)
        actions.decide_date(proposed=bids, decision="met", by=coordinator)
    report(small_plan, coordinator, text="The contract still starts in April 2026")
    now = record_at(small_plan.first.reference, viewer=looking, as_at=JUNE)
    assert [(one.row, one.decided.decision) for one in now.milestones] == [(bids, "met")]
    assert now.proposed_dates == []
    undo(event=declined, by=coordinator)
    assert record_at(small_plan.first.reference, viewer=looking, as_at=JUNE).proposed_dates == [start]


def test_updates_from_before_are_looked_through_once(small_plan: SmallPlan, coordinator: User, looking: Viewer) -> None:
    update = report(small_plan, coordinator, text="The contract starts in April 2026")
    undo(event=update.event, by=coordinator)
    with pytest.raises(Refused, match="no day to come"):
        actions.notice_dates(plan=small_plan.plan, by=coordinator)
    event = record_event("updated", by=coordinator)
    Update.objects.bulk_create([fact(Update, small_plan.first, JUNE, event, text="It starts in April 2026")])
    project([small_plan.first.pk])
    looked, number = actions.notice_dates(plan=small_plan.plan, by=coordinator)
    assert number == 1
    assert [row.due_on for row in record_at(small_plan.first.reference, viewer=looking).proposed_dates] == [
        date(2026, 4, 30)
    ]
    undo(event=looked, by=coordinator)
    assert record_at(small_plan.first.reference, viewer=looking).proposed_dates == []
