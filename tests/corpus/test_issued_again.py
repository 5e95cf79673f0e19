"""The report as at 27 May 2025 is issued, a later round changes the plan, and it is issued again: the same bytes.

Once with the example council, once with the real documents beside the checkout (skipped where they are absent). What changed
is told by the report of differences; both are left in build/reports to be looked at.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from goldthread.commons.accounts.actions import local_user
from goldthread.domain.imports import actions as imports
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.register.terms import RecordKind, State
from goldthread.kernel.clock import fixed_at
from goldthread.reporting import changes
from goldthread.reporting.actions import freeze, make_files
from goldthread.reporting.formats import FORMATS, put
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import data_of, reissue
from goldthread.reporting.verifying import verify

MAY = date(2025, 5, 27)
HERE = Path(__file__).resolve().parents[2]


def brought_in(path: Path) -> Record:
    """The plan of a document, adopted whole."""
    by = local_user()
    batch, _ = imports.receive(file_name=path.name, content=path, by=by)
    batch = imports.read(batch=batch, by=by)
    imports.adopt_many(batch=batch, by=by, only_certain=False)
    batch.refresh_from_db()
    assert batch.container is not None
    return batch.container


def later_round(plan: Record, by: Any) -> list[str]:
    """Another lead, another date, one withdrawn; the references, in this order."""
    rows = list(Record.objects.filter(within=plan, kind=RecordKind.ACTION, state=State.OPEN).order_by("pk")[:3])
    post = organisation.add_post(name="Director of Another Place", by=by)
    register.reassign(records=[rows[0]], owner=post.owner, by=by, reason="The lead has changed")
    register.set_due_date(records=[rows[1]], timescale="31 March 2028", by=by, reason="Agreed by the board")
    register.withdraw(records=[rows[2]], by=by, reason="No longer needed")
    return [row.reference for row in rows]


def issued_again(plan: Record, name: str) -> None:
    by = local_user()
    kinds = ("html", "pdf", "docx", "xlsx", "csv", "json")
    may = make_files(issue=freeze(plan=plan, as_at=MAY, by=by, reason="Cabinet", kinds=kinds), by=by)
    before, known = (data_of(may), dict(reissue(may))), date.today()
    with fixed_at(date.today() + timedelta(days=90)):
        new_lead, new_date, withdrawn = later_round(plan, by)
        later = freeze(plan=plan, as_at=date.today() + timedelta(days=90), by=by, reason="Next round", kinds=())
        again = freeze(plan=plan, as_at=MAY, known_on=known, by=by, reason="Once more", kinds=kinds)
    assert (data_of(may), dict(reissue(may))) == before
    assert again.sha256 == may.sha256, "even computed anew, what was known then is what was issued then"
    make_files(issue=again, by=by)
    assert {row.kind: row.sha256 for row in again.files.all()} == {row.kind: row.sha256 for row in may.files.all()}
    assert all(proof.holds for proof in verify(Issue.objects.all()))
    told = changes.between(may, later)
    rows = {row.reference: row for row in told.changes}
    assert "lead" in {one.what for one in rows[new_lead].differences}
    assert "date" in {one.what for one in rows[new_date].differences}
    assert rows[withdrawn].sort == "gone"
    folder = HERE / "build" / "reports" / name
    for file, content in reissue(may):
        put(folder / file, content)
    for kind in kinds:
        put(folder / f"differences.{kind}", FORMATS[kind].render(told))


@pytest.mark.django_db
def test_with_the_example_council() -> None:
    issued_again(brought_in(HERE / "examples" / "improvement-plan-2025-05-27.docx"), "example")


@pytest.mark.django_db
def test_with_the_real_plan(shared_documents: Path) -> None:
    path = next(iter(sorted(shared_documents.glob("improvement-plan*2025-05-27*.txt"))), None)
    assert path is not None, "the plan of May is among the documents"
    issued_again(brought_in(path), "real")
