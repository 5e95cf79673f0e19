"""Two issues of one plan, as the press prints them in layouts of its own: matched, and told apart."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.imports import actions
from goldthread.domain.imports.actions.reconciling import continue_plan, publish_issue
from goldthread.domain.imports.models import Import
from goldthread.domain.imports.queries.reconciliation import likely_plan, reconciliation
from goldthread.domain.register.models import FACTS
from tests.corpus.press.issues import Issues, press_issues

REWORDED = 0.3
PAIRED = 0.98


def read_in(path: Path, by: User) -> Import:
    """A file received and read."""
    batch, _ = actions.receive(file_name=path.name, content=path.read_bytes(), by=by)
    return actions.read(batch=batch, by=by)


def both_in(both: Issues, by: User) -> tuple[Import, Import]:
    """May read and adopted, September read and matched with it."""
    first = read_in(both.may, by)
    actions.adopt_many(batch=first, by=by, only_certain=False)
    first.refresh_from_db()
    assert first.container is not None
    return first, continue_plan(batch=read_in(both.september, by), plan=first.container, by=by)


def pairs_found(issues: Iterable[Issues], by: User) -> tuple[int, int]:
    """How many entries of September were matched with the entry of May that they are, and how many there are."""
    right = total = 0
    for both in issues:
        _, second = both_in(both, by)
        for row in second.proposals.filter(text__in=both.pairs).select_related("matched"):
            total += 1
            right += row.matched is not None and row.matched.text == both.pairs[row.text]
    return right, total


def test_entries_are_found_again_with_three_words_of_ten_changed(coordinator: User, tmp_path: Path) -> None:
    printed = [
        press_issues(format_, seed=seed, folder=tmp_path, reworded=REWORDED)
        for format_ in ("docx", "csv")
        for seed in (0, 1, 2)
    ]
    right, total = pairs_found(printed, coordinator)
    assert total >= 60, "too few entries were read to say anything"
    assert right / total >= PAIRED, f"{right} of {total}"


@pytest.mark.parametrize(("format_", "seed"), [("docx", 2), ("xlsx", 0), ("csv", 2)])
def test_each_difference_is_told(format_: str, seed: int, coordinator: User, looking: Viewer, tmp_path: Path) -> None:
    both = press_issues(format_, seed=seed, folder=tmp_path)
    first, second = both_in(both, coordinator)
    found = reconciliation(second, viewer=looking)
    told = {row.proposal.text: row.what for row in found.rows if row.proposal.kind == "action"}
    for what, texts in both.what.items():
        for text in texts:
            assert what == "missing" or told[text] == [what], (text, told[text])
    assert [row.text for row in found.missing] == both.what["missing"]
    again, new = actions.receive(file_name="again", content=both.may.read_bytes(), by=coordinator)
    assert (again.pk, new) == (first.pk, False)


def test_a_published_issue_read_again_from_another_file_changes_nothing(
    coordinator: User, looking: Viewer, tmp_path: Path
) -> None:
    both = press_issues("csv", seed=0, folder=tmp_path)
    first, second = both_in(both, coordinator)
    missing = [row.record for row in reconciliation(second, viewer=looking).missing]
    rows = list(second.proposals.all())
    publish_issue(batch=second, by=coordinator, proposals=rows, missing=missing, reason="Not printed")
    counts = reconciliation(second, viewer=looking).counts()
    assert set(counts) == {"unchanged", "missing"} and counts["missing"] == 0, "what was new stands in the register now"
    assert likely_plan(second, viewer=looking) is None, "it is no newer issue of itself"
    both.september.write_text(both.september.read_text() + "\n")
    third = continue_plan(batch=read_in(both.september, coordinator), plan=first.container, by=coordinator)
    counts = reconciliation(third, viewer=looking).counts()
    assert set(counts) == {"unchanged", "missing"} and counts["missing"] == 0
    before = sum(model._default_manager.count() for model in FACTS)
    publish_issue(batch=third, by=coordinator, proposals=list(third.proposals.all()))
    assert sum(model._default_manager.count() for model in FACTS) == before
