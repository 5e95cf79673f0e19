"""The real documents beside the checkout, read and taken through the main job; skipped, with a reason, where they are absent."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy import LEAST, MEAN, measure, scorer
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.actions import local_user
from goldthread.domain.imports import actions
from goldthread.domain.register.queries import record_at
from goldthread.reporting.improvement_plan import NoSuchPlan, build

MAY = date(2025, 5, 27)


def test_the_reader_reaches_its_marks_and_loses_no_word(shared_documents: Path) -> None:
    rows = [measure(path) for path in sorted(shared_documents.glob("*.txt"))]
    scores = {row["name"]: round(row["score"], 3) for row in rows}
    assert len(rows) == 5
    assert {row["name"] for row in rows if row["lost"]} == set()
    assert min(scores.values()) >= LEAST, scores
    assert sum(scores.values()) / len(scores) >= max(MEAN, 0.95), scores


@pytest.fixture
def imported(shared_documents: Path, db: None, settings: Any, tmp_path: Path) -> None:
    """The five documents in an empty register, adopted whole."""
    settings.MEDIA_ROOT = tmp_path
    by = local_user()
    for path in sorted(shared_documents.glob("*.txt")):
        batch, _ = actions.receive(file_name=path.name, content=path, by=by)
        actions.adopt_many(batch=actions.read(batch=batch, by=by), by=by, only_certain=False)


def rows_of(report: Any) -> list[tuple[str, str, list[str]]]:
    """Every action row of a report: its text, its updates, its leads as printed."""
    live = [
        row for theme in report.themes for group in theme.groups for block in group.objectives for row in block.actions
    ]
    rows = []
    for row in [*live, *report.completed]:
        updates = " ".join(update.text for update in row.updates)
        rows.append((row.text, updates, [lead.printed or lead.owner for lead in (*row.leads, *row.supporting)]))
    return rows


def test_every_action_of_the_plan_has_its_row_in_the_report(imported: None, shared_documents: Path) -> None:
    alike, alike_sets = scorer().alike, scorer().alike_sets
    report = build(viewer=viewer_for(local_user()), as_at=MAY)
    truth = json.loads((shared_documents.parent / "accuracy/gold/improvement-plan-2025-05-27.json").read_text())
    rows = rows_of(report)
    missing = []
    for action in (row for row in truth["records"] if row["kind"] == "action"):
        wanted, update, leads = action["text"], action.get("update"), action.get("leads") or []
        row = max(rows, key=lambda row: alike(wanted, row[0]) + alike(update, row[1]) / 2)
        good = alike(wanted, row[0]) >= 0.9 and (not update or alike(update, row[1]) >= 0.9)
        if good and alike_sets(leads, row[2]) == 1.0:
            rows.remove(row)
        else:
            missing.append(wanted[:80])
    assert missing == []
    assert len(rows) <= 1, "rows that the plan does not have"


def test_what_was_imported_today_speaks_of_its_day_and_was_not_known_before(imported: None) -> None:
    viewer = viewer_for(local_user())
    report = build(viewer=viewer, as_at=MAY)
    reference = report.themes[0].groups[0].objectives[0].actions[0].reference
    assert record_at(reference, viewer=viewer, as_at=MAY) is not None
    yesterday = date.fromordinal(date.today().toordinal() - 1)
    assert record_at(reference, viewer=viewer, as_at=MAY, known_on=yesterday) is None
    with pytest.raises(NoSuchPlan):
        build(viewer=viewer, as_at=MAY, known_on=yesterday)
    assert report.summary.not_checked > 100, "what nobody has checked is counted"
