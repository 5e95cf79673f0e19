"""Every issue can be proven, and what was tampered with is named."""

from __future__ import annotations

import pytest

from goldthread.commons.errors import Refused
from goldthread.commons.events.sealing import seal_new, verify_chain
from goldthread.commons.files.storage import path_of
from goldthread.domain.register import actions as register
from goldthread.kernel.clock import fixed_at
from goldthread.reporting.actions import ChecksInTheWay, make_files, withdraw
from goldthread.reporting.models import Issue, IssueFile
from goldthread.reporting.verifying import verify
from tests.commons.test_seals import behind_the_back
from tests.reporting.test_issues import JUNE, issued
from tests.support.once import written_once


@pytest.fixture
@written_once
def issue(small_plan, coordinator) -> Issue:
    """An issue with two files, sealed before and after."""
    seal_new()
    made = make_files(issue=issued(small_plan, coordinator, kinds=("html", "csv")), by=coordinator)
    seal_new()
    return made


def said() -> list[str]:
    return [sentence for proof in verify(Issue.objects.all()) for sentence in proof.wrong]


def test_an_issue_holds_with_its_steps_and_files_that_are_still_to_come(issue, small_plan, coordinator):
    assert said() == []
    withdraw(issue=issue, by=coordinator, reason="Wrong plan")
    waiting = issued(small_plan, coordinator)
    proofs = {proof.issue.pk: proof for proof in verify(Issue.objects.all())}
    assert proofs[waiting.pk].waiting == ("html", "csv", "json")
    assert all(proof.holds for proof in proofs.values())
    assert verify_chain().first_break is None


@pytest.mark.parametrize("which", ["data", "file"])
def test_a_changed_or_missing_file_is_found(issue, which):
    sha = issue.sha256 if which == "data" else issue.files.get(kind="csv").sha256
    path = path_of(sha)
    path.chmod(0o644)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"!")
    assert len(said()) == 1
    assert "has changed" in said()[0]
    path.unlink()
    assert "is missing" in said()[0]
    path.write_bytes(content)
    assert said() == []


@pytest.mark.parametrize(
    ("table", "statement", "wrong"),
    [
        ("reporting_issue", "UPDATE reporting_issue SET sha256 = '{other}'", "names another hash"),
        ("reporting_issuefile", "UPDATE reporting_issuefile SET sha256 = '{other}' WHERE kind = 'csv'", "is not what was"),
        ("reporting_issuefile", "DELETE FROM reporting_issuefile WHERE kind = 'csv'", "csv is missing from its files"),
        ("events_seal", "UPDATE events_seal SET hash = previous || '' WHERE number = 1", None),
    ],
)  # fmt: skip
def test_a_changed_row_is_found(issue, table, statement, wrong):
    other = IssueFile.objects.get(kind="html").sha256
    behind_the_back(table, statement.format(other=other))
    if wrong is None:
        assert verify_chain().first_break is not None
        return
    assert any(wrong in sentence for sentence in said())
    if table == "reporting_issue":
        assert verify_chain().first_break is not None, "the row of an issue is a dated row, so the chain covers it"


def test_a_chain_cut_off_below_an_issue_is_found(issue):
    behind_the_back("events_seal", "DELETE FROM events_seal WHERE number > 2")
    assert said() == ["The head of the chain that it was issued under is in the chain no longer."]


def test_no_report_is_issued_over_an_error_that_nobody_waived(small_plan, coordinator, monkeypatch):
    from goldthread.domain.register.models import Record

    with fixed_at(JUNE):
        Record.objects.filter(pk=small_plan.first.pk).update(title="Written by hand, past every action")
        with pytest.raises(ChecksInTheWay, match="GT001 at IP-003") as refused:
            issued(small_plan, coordinator)
    assert isinstance(refused.value, Refused)
    assert [problem.reference for problem in refused.value.problems] == ["IP-003"]
    assert Issue.objects.count() == 0
    with fixed_at(JUNE):
        register.add_update(record=small_plan.first, text="Written again by an action", by=coordinator)
    assert issued(small_plan, coordinator).pk
