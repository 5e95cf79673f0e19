"""Work that comes again: done when due, once at a time, and one that fails stops no other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from goldthread.commons.errors import Refused
from goldthread.commons.tasks import recurring as work
from goldthread.commons.tasks.models import LastRun
from goldthread.kernel.clock import fixed_at

NOON = datetime(2026, 1, 15, 12)
HOUR = timedelta(hours=1)


@pytest.fixture
def done(db, monkeypatch) -> list[str]:
    """Two kinds of work, one of which is refused; what ran, in order."""
    ran: list[str] = []
    monkeypatch.setattr(work, "_declared", {})

    def refuses() -> str:
        ran.append("refuses")
        raise Refused("The mail server does not answer.")

    work.recurring("refuses", every=HOUR, run=refuses)
    work.recurring("counts", every=HOUR, run=lambda: ran.append("counts") or f"{len(ran)} so far")
    return ran


def test_it_runs_when_due_and_a_failure_stops_no_other(done):
    with fixed_at(NOON):
        first = work.run_due()
        again = work.run_due()
    assert [(one.name, one.failed) for one in first] == [("refuses", True), ("counts", False)]
    assert again == [], "nothing is due twice within its time"
    with fixed_at(NOON + HOUR):
        assert len(work.run_due()) == 2
    assert done == ["refuses", "counts"] * 2
    assert LastRun.objects.get(name="refuses").said == "The mail server does not answer."
    assert LastRun.objects.get(name="refuses").ended is None
    assert LastRun.objects.get(name="counts").ended is not None


def test_what_is_named_runs_at_once_and_alone(done):
    with fixed_at(NOON):
        work.run_due()
        (only,) = work.run_due(names=["counts"])
    assert (only.name, only.said) == ("counts", "3 so far")


def test_the_program_seals_and_finishes_files_by_itself():
    names = {one.name for one in work.declared()}
    assert {"seal", "files"} <= names
