"""The checks of rounds: each speaks where something is wrong, and is silent where nothing is."""

from __future__ import annotations

from datetime import timedelta

from goldthread.commons.access.queries import viewer_for
from goldthread.domain.rounds import actions
from goldthread.kernel.clock import fixed_at
from tests.domain.rounds.conftest import OPENS, Reporting
from tests.support.checks import silent, speaks


def test_a_round_opens_on_its_day_asks_everybody_and_keeps_its_calendar(reporting: Reporting) -> None:
    looking, row = viewer_for(reporting.coordinator), reporting.round
    at = f"{reporting.plan.reference}: {row.name}"
    silent("GT402", looking, on=OPENS)
    speaks("GT402", looking, at=at, on=OPENS + timedelta(days=1))
    with fixed_at(OPENS):
        actions.open_round(round=row, by=reporting.coordinator)
    silent("GT402", looking, on=OPENS + timedelta(days=1))
    assert "1 entry with nobody to ask" in speaks("GT403", looking, at=at, on=OPENS).sentence
    silent("GT401", looking, on=row.freeze_on)
    speaks("GT401", looking, at=at, on=row.freeze_on + timedelta(days=1))


def test_before_a_round_runs_nobody_is_missing(reporting: Reporting) -> None:
    silent("GT403", viewer_for(reporting.coordinator), on=OPENS)
