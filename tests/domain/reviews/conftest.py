"""A review with two recommendations, one of which prints a rated key risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from goldthread.commons.accounts.models import User
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.reviews.actions import write_entry
from goldthread.kernel.clock import fixed_at
from tests.support.once import written_once

SPOKEN = date(2024, 3, 14)


@dataclass
class SmallReview:
    """A peer challenge of March 2024, written in April 2024."""

    review: Record
    first: Record
    rated: Record


@pytest.fixture
@written_once
def small_review(coordinator: User) -> SmallReview:
    """Two recommendations; the second prints a key risk rated 3."""
    with fixed_at(date(2024, 4, 2)):

        def write(kind: str, text: str, parent: Record | None = None, **more: object) -> Record:
            new = NewRecord(kind, text, SPOKEN, parent=parent, **more)  # type: ignore[arg-type]
            return write_entry(new=new, by=coordinator, review_kind="peer challenge")

        review = write("review", "", title="Fernleigh Peer Challenge")
        first = write("recommendation", "Agree a plan for the depot", review, number="1")
        printed = {"key_risk": "The depot may close before another is found", "risk_rating": "3"}
        rated = write("recommendation", "Find another depot", review, number="2", details=printed)
        return SmallReview(review, first, rated)
