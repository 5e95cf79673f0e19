"""A file comes in once, is read beside the register, and leaves nothing behind when it cannot be read or is cut off."""

from __future__ import annotations

import subprocess

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.domain.imports import actions, queries
from goldthread.domain.imports.models import Import, Proposal
from goldthread.domain.imports.terms import Stage
from goldthread.domain.organisation.models import Owner
from goldthread.domain.register.models import FACTS, Passage, Record, SourceFile
from goldthread.reading import limits
from tests.domain.conftest import person_with
from tests.domain.imports.conftest import MAY, PLAN, BringIn, answers_xlsx, completed_docx


def register_is_empty() -> bool:
    """Whether nothing stands in the register or beside it."""
    tables = (*FACTS, Record, Owner, Proposal, Passage, SourceFile)
    return not any(model._default_manager.exists() for model in tables)


@pytest.mark.parametrize(
    ("name", "content", "kinds", "day"),
    [
        ("plan.csv", PLAN.encode(), {"objective": 2, "action": 3}, MAY.isoformat()),
        ("completed.docx", completed_docx(), {"action": 2}, MAY.isoformat()),
        ("answers.xlsx", answers_xlsx(), {"recommendation": 2, "action": 2}, "2019-03-01"),
    ],
)
def test_what_a_file_holds_lies_beside_the_register(
    bring_in: BringIn, looking, name: str, content: bytes, kinds: dict[str, int], day: str
) -> None:
    batch = bring_in(name, content)
    assert (batch.stage, batch.as_at.isoformat()) == (Stage.READ, day)
    assert queries.tally(batch, viewer=looking).by_kind == kinds
    assert not Record.objects.exists()
    for proposal in queries.proposals(batch, viewer=looking):
        assert proposal.passage.text == proposal.text and proposal.passage.where
    words = batch.words
    assert words["in_records"] + words["furniture"] + words["unplaced"] == words["source"]


def test_the_same_bytes_lead_to_the_import_they_had_whatever_the_name(plan: Import, coordinator: User) -> None:
    again, new = actions.receive(file_name="a copy of the plan.csv", content=PLAN.encode(), by=coordinator)
    assert (again, new) == (plan, False)
    with pytest.raises(Refused, match="read already"):
        actions.read(batch=again, by=coordinator)
    assert SourceFile.objects.count() == 1


def test_a_file_that_was_refused_for_its_name_is_read_once_it_is_renamed(bring_in: BringIn) -> None:
    content = completed_docx()  # a Word file holds the second in which it was made
    refused = bring_in("completed.pdf", content)
    assert refused.stage == Stage.REFUSED and "rename it to completed.docx" in refused.problem
    again = bring_in("completed.docx", content)
    assert (again.pk, again.stage, again.problem) == (refused.pk, Stage.READ, "")
    assert again.source_file.name == "completed.docx"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("torn.docx", completed_docx()[:900]),
        ("not really.xlsx", b"this is no workbook at all"),
        ("nulls.csv", b"Action,Lead\n\x00\x00\x00,\x00\n" * 30),
    ],
)
def test_what_cannot_be_read_says_why_in_one_sentence_and_leaves_nothing(
    bring_in: BringIn, coordinator: User, name: str, content: bytes
) -> None:
    batch = bring_in(name, content)
    assert batch.stage == Stage.REFUSED
    assert name in batch.problem and batch.problem.endswith(".") and "\n" not in batch.problem
    assert register_is_empty()
    assert actions.adopt_many(batch=batch, by=coordinator, only_certain=False) is None


def test_a_reader_that_is_killed_leaves_nothing_and_the_file_can_be_read_again(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, _ = actions.receive(file_name="plan.csv", content=PLAN.encode(), by=coordinator)
    start = subprocess.Popen

    def start_and_kill(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        child = start(*arguments, **options)  # type: ignore[call-overload]
        child.kill()
        return child

    monkeypatch.setattr(limits.subprocess, "Popen", start_and_kill)
    batch = actions.read(batch=batch, by=coordinator)
    assert (batch.stage, register_is_empty()) == (Stage.REFUSED, True)
    monkeypatch.setattr(limits.subprocess, "Popen", start)
    assert actions.read(batch=batch, by=coordinator).stage == Stage.READ
    assert batch.proposals.count() == 5


def test_a_program_that_is_cut_off_while_it_reads_starts_again(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, _ = actions.receive(file_name="plan.csv", content=PLAN.encode(), by=coordinator)

    def cut_off(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "read_in_child", cut_off)
    with pytest.raises(KeyboardInterrupt):
        actions.read(batch=batch, by=coordinator)
    monkeypatch.undo()
    monkeypatch.setattr(actions.Proposal.objects, "bulk_create", cut_off)
    with pytest.raises(KeyboardInterrupt):
        actions.read(batch=batch, by=coordinator)
    monkeypatch.undo()
    batch.refresh_from_db()
    assert (batch.stage, register_is_empty()) == (Stage.READING, True)
    assert actions.read(batch=batch, by=coordinator).proposals.count() == 5


def test_a_file_read_twice_at_the_same_time_is_kept_once(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    batch, _ = actions.receive(file_name="plan.csv", content=PLAN.encode(), by=coordinator)
    read, meanwhile = actions.read_in_child, []

    def read_while_another_does(*arguments: object, **options: object) -> object:
        monkeypatch.undo()
        meanwhile.append(actions.read(batch=Import.objects.get(pk=batch.pk), by=coordinator))
        return read(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "read_in_child", read_while_another_does)
    assert actions.read(batch=batch, by=coordinator).stage == Stage.READ
    assert (len(meanwhile), batch.proposals.count(), SourceFile.objects.count()) == (1, 5, 1)


def test_only_who_may_import_brings_in_and_sees(plan: Import) -> None:
    reader = person_with("viewer", "Vera Lundy")
    with pytest.raises(NotAllowed):
        actions.receive(file_name="plan.csv", content=b"x", by=reader)
    looking = viewer_for(reader)
    assert not queries.imports(viewer=looking).exists()
    assert queries.import_by_id(plan.pk, viewer=looking) is None
    assert not queries.proposals(plan, viewer=looking).exists()
    assert not queries.open_questions(viewer=looking).exists()


def test_the_day_of_a_document_is_set_before_anything_is_adopted(bring_in: BringIn, coordinator: User) -> None:
    batch = bring_in("undated.csv", PLAN.split("\n", 1)[1])
    assert batch.as_at is None
    actions.set_day(batch=batch, as_at=MAY, by=coordinator)
    actions.adopt_many(batch=batch, by=coordinator, only_certain=False)
    assert set(Record.objects.values_list("version_facts__as_at", flat=True)) == {MAY}
    with pytest.raises(Refused, match="undo that first"):
        actions.set_day(batch=batch, as_at=MAY, by=coordinator)
