"""Small real files, and the way in: kept, read in a child process, laid beside the register."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import openpyxl
import pytest

from goldthread.commons.accounts.models import User
from goldthread.domain.imports import actions
from goldthread.domain.imports.models import Import, Proposal
from goldthread.kernel.clock import fixed_at
from tests.support.once import written_once

MAY = date(2025, 5, 27)
CAME_IN = date(2025, 6, 10)

PLAN_HEAD = "Theme,Objective,Success criteria,Action,Lead,Timescale,Update"
PLAN = f"""Improvement plan as at 27 May 2025
{PLAN_HEAD}
Streets,Cut the cost of street repairs,Cost per mile falls,Let one contract for all wards,Director of Streets,\
December 2025,Tender sent out in April 2025
Streets,Cut the cost of street repairs,Cost per mile falls,Sell the second depot,Pat Quill,March 2026,
Parks,Longer park hours,Hours rise,Light the main paths,Head of Parks,Ongoing,Lamps ordered
"""

POSTS = """Post,Holder,Directorate,Reports to,Statutory roles,Responsible for
Chief Executive,Robin Hale,,,Head of Paid Service,Leads the council
Director of Streets,Sam Oddy,Place,Chief Executive,,Roads and pavements
Head of Parks,,Place,Director of Streets,,Parks and trees
"""


def completed_docx() -> bytes:
    """A Word file with a heading "Completed actions" and a table; the second row's own words say that it goes on."""
    document = docx.Document()
    document.add_heading("Streets improvement plan – update as at 27 May 2025", 0)
    document.add_heading("Completed actions", 1)
    rows = [
        ("Action", "Lead", "Update", "Completed"),
        ("Move the stores to one depot", "Director of Streets", "All stores were moved", "October 2023"),
        ("Teach every crew the new form", "Pat Quill", "Half of the crews have been taught", "Ongoing"),
    ]
    table = document.add_table(rows=0, cols=4)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def answers_xlsx() -> bytes:
    """A workbook in which actions stand beside the numbered recommendations that they answer."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Action plan"
    for row in (
        ("Action plan for the peer challenge, as at 1 March 2019",),
        ("No", "Recommendation", "Theme", "Action", "Timescale", "Lead"),
        (
            "1",
            "Spend less on streets",
            "Streets",
            "Let one contract for all wards",
            "June 2019",
            "Leader of the Council",
        ),
        ("2", "Open parks for longer", "Parks", "Light the main paths", "Ongoing", "Corporate Board"),
    ):
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


BringIn = Callable[..., Import]


@pytest.fixture
def bring_in(coordinator: User) -> BringIn:
    """``bring_in("plan.csv", content)``: a file received and read on one day in June."""

    def act(file_name: str = "plan.csv", content: bytes | str = PLAN) -> Import:
        data = content.encode() if isinstance(content, str) else content
        with fixed_at(CAME_IN):
            batch, _ = actions.receive(file_name=file_name, content=data, by=coordinator)
            return actions.read(batch=batch, by=coordinator)

    return act


@pytest.fixture
@written_once
def plan(bring_in: BringIn) -> Import:
    """The plan, read; nothing decided."""
    return bring_in()


def found(batch: Import, text: str) -> Proposal:
    """The proposal whose words begin so."""
    return batch.proposals.get(text__startswith=text)
