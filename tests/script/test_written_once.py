"""What is written once in a run and laid down again is the same to the row and to the file, and each test's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from goldthread.commons.accounts.models import User
from goldthread.commons.files.storage import content_of, store
from goldthread.domain.plans.actions import write_entry
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.kernel.clock import fixed_at
from tests.support.once import all_rows, written_once

DAY = date(2025, 5, 27)
CONTENT = b"Printed words"


class Plans:
    """A plan with one action, an earlier update of it and a file; and how often it was really written."""

    def __init__(self, person_for: Callable[..., User]) -> None:
        self.times, self.person_for, self.sha256 = 0, person_for, ""
        self.write = written_once(self._write)

    def _write(self) -> dict[str, Record]:
        self.times += 1
        by = self.person_for("coordinator")
        plan = write_entry(new=NewRecord("plan", "", DAY, title=f"Plan {self.times}"), by=by)
        action = write_entry(new=NewRecord("action", "Mend the kerbs", DAY, parent=plan), by=by)
        register.reword(record=action, text="Mend all kerbs", by=by, reason="Clearer")
        self.sha256 = store(CONTENT).sha256
        return {"plan": plan, "action": action}

    def once_more(self, look: Callable[[dict[str, Record]], Any]) -> Any:
        """What a test sees of it, everything taken back afterwards."""
        with transaction.atomic():
            seen = look(self.write())
            transaction.set_rollback(True)
        return seen


@pytest.fixture
def plans(person_for: Callable[..., User], settings: Any, tmp_path: Path) -> Plans:
    settings.MEDIA_ROOT = tmp_path / "files"
    return Plans(person_for)


def test_the_same_rows_and_files_come_again(plans: Plans, settings: Any, tmp_path: Path) -> None:
    first = plans.once_more(lambda made: (all_rows(), made["action"].pk))
    settings.MEDIA_ROOT = tmp_path / "another folder"
    second = plans.once_more(lambda made: (all_rows(), made["action"].pk))
    assert plans.times == 1
    assert second == first and len(first[0]["register_record"]) == 2
    assert content_of(plans.sha256) == CONTENT


def test_what_is_laid_down_goes_on_as_what_was_written(plans: Plans, person_for: Callable[..., User]) -> None:
    def write_on(made: dict[str, Record]) -> tuple[str, int]:
        new = NewRecord("action", "Sweep the leaves", DAY, parent=made["plan"])
        written = write_entry(new=new, by=person_for("coordinator"))
        assert written.pk > made["action"].pk
        return written.reference, Record.objects.count()

    assert plans.once_more(write_on) == plans.once_more(write_on) == ("PLA-002", 3)


def test_no_test_sees_what_another_one_did_with_what_it_was_given(plans: Plans) -> None:
    def change(made: dict[str, Record]) -> str:
        before = made["action"].text
        made["action"].text = "Changed by a test"
        return before

    assert plans.once_more(change) == plans.once_more(change)


def test_who_finds_another_database_or_another_clock_has_it_written(
    plans: Plans, person_for: Callable[..., User]
) -> None:
    plans.once_more(len)
    with fixed_at(DAY):
        plans.once_more(len)
    assert plans.times == 2
    person_for("lead")
    plans.once_more(len)
    assert plans.times == 3
    plans.once_more(len)
    assert plans.times == 3


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_has_it_written(plans: Plans) -> None:
    assert plans.write()["plan"].title == "Plan 1"
    assert plans.times == 1
