"""The lineage 2019 → 2022 → 2025 of the real documents beside the checkout, from import to picture; else skipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.actions import local_user
from goldthread.domain.imports import actions
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries.coverage import coverage
from goldthread.domain.register.queries.threads import thread
from goldthread.domain.register.terms import Relation
from goldthread.domain.reviews.actions import confirm_answer, confirm_repeat
from goldthread.domain.reviews.queries.answers import answers
from goldthread.domain.reviews.queries.lineage import lineage_of
from goldthread.domain.reviews.queries.repeats import repeats
from goldthread.reporting.lineages import picture, values_of

NAMES = ("peer-challenge-action-plan-2019.txt", "peer-challenge-report-2022.txt", "improvement-plan-2025-05-27.txt")


@pytest.fixture
def imported(shared_documents: Path, db: None, settings: Any, tmp_path: Path) -> None:
    """The three documents in an empty register, adopted whole."""
    settings.MEDIA_ROOT = tmp_path
    by = local_user()
    for name in NAMES:
        batch, _ = actions.receive(file_name=name, content=shared_documents / name, by=by)
        actions.adopt_many(batch=actions.read(batch=batch, by=by), by=by, only_certain=False)


def entry(kind: str, number: str, year: str) -> Record:
    """A recommendation by the number that its document prints."""
    return Record.objects.get(kind=kind, number=number, passage__source_file__name__contains=year)


@pytest.mark.usefixtures("imported")
def test_what_was_raised_in_2019_came_back_in_2022_and_was_answered_in_2025() -> None:
    by = local_user()
    looking = viewer_for(by)
    earlier, later = entry("recommendation", "6", "2019"), entry("recommendation", "7", "2022")
    proposed = {(one.earlier.pk, one.later.pk): one for one in repeats(viewer=looking)}
    assert "workforce" in proposed[earlier.pk, later.pk].why
    marked = {pair for pair, one in proposed.items() if one.certain and one.later.within_id == later.within_id}
    assert marked, "some are certain"
    confirm_repeat(later=later, earlier=earlier, relation=Relation.RAISED_AGAIN, by=by)
    answer = next(one for one in answers(viewer=looking, recommendation=later))
    confirm_answer(offered=answer.offered, recommendation=later, by=by)
    found = lineage_of(earlier.reference, viewer=looking)
    assert found is not None
    assert values_of(found)["in_words"] == ["raised 2019", "no closure on record", "raised again 2022", "answered 2025"]
    assert found.years == [2019, 2022, 2025]
    assert b">2022<" in picture(found)
    down = thread(later.reference, viewer=looking)
    assert down is not None
    assert answer.offered.pk in {knot.record.pk for knot in down.down()}
    shares = coverage(viewer=looking).whole.shares
    assert shares["priority"].having == 0, "no document prints a priority that anything is tied to"
    assert 0 < shares["answered"].having < shares["answered"].whole
