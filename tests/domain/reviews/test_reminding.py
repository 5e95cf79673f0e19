"""What the clock of a review asks for reaches whoever keeps it, once for each occasion, and their calendar."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.notices.models import Message
from goldthread.domain.register import actions as register
from goldthread.domain.reviews.actions import record_date, set_particulars
from goldthread.domain.reviews.actions.reminding import remind_of_clocks
from goldthread.domain.rounds.queries.calendar import days_of_person
from goldthread.kernel.clock import fixed_at
from tests.domain.conftest import person_with
from tests.domain.reviews.conftest import SmallReview
from tests.support.once import written_once


@pytest.fixture
@written_once
def started(small_review: SmallReview, coordinator: User) -> SmallReview:
    """On site in March 2024: the report is due on 14 June, the plan on 14 August."""
    with fixed_at(date(2024, 4, 3)):
        set_particulars(review=small_review.review, by=coordinator, kind="peer challenge", started_on=date(2024, 3, 14))
    return small_review


def test_each_occasion_is_told_once(started: SmallReview, coordinator: User) -> None:
    person_with("viewer", "Vera Lundy")
    with fixed_at(date(2024, 5, 1)):
        assert remind_of_clocks(by=coordinator) == 0
    with fixed_at(date(2024, 5, 20)):
        assert remind_of_clocks(by=coordinator) == 1
        assert remind_of_clocks(by=coordinator) == 0
    with fixed_at(date(2024, 6, 10)):
        assert remind_of_clocks(by=coordinator) == 1
    with fixed_at(date(2024, 6, 15)):
        assert remind_of_clocks(by=coordinator) == 1
    with fixed_at(date(2024, 7, 1)):
        assert remind_of_clocks(by=coordinator) == 0
    subjects = list(Message.objects.order_by("pk").values_list("subject", flat=True))
    assert [words.rsplit(" ", 3)[-1] for words in subjects] == ["month", "week", "record"]
    assert set(Message.objects.values_list("to_address", flat=True)) == {coordinator.email}
    assert "within 3 months" in Message.objects.first().text


def test_what_happened_is_not_reminded_of(started: SmallReview, coordinator: User) -> None:
    with fixed_at(date(2024, 5, 20)):
        record_date(
            review=started.review, step="report-published", kind="happened", day=date(2024, 5, 19), by=coordinator
        )
        assert remind_of_clocks(by=coordinator) == 0


def test_a_restricted_review_goes_into_no_mail_and_no_calendar(started: SmallReview, coordinator: User) -> None:
    with fixed_at(date(2024, 5, 20)):
        summaries = [day.summary for day in days_of_person(viewer=viewer_for(coordinator))]
        assert "Report published, with an action plan: Fernleigh Peer Challenge" in summaries
        register.change_visibility(
            records=[started.review], visibility="restricted", by=coordinator, reason="Private", because="Legal: x"
        )
        assert remind_of_clocks(by=coordinator) == 0
        assert not any("Peer Challenge" in day.summary for day in days_of_person(viewer=viewer_for(coordinator)))
