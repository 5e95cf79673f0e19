"""The real plan of May 2025: which of the nine contradictions found by careful reading are asked about; its briefing."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.enquiries.queries import PlanEnquiries, enquiries_of
from goldthread.domain.imports import actions
from goldthread.reporting.briefing import build, rendered

NINE = ("LE06", "LE04", "LE05", "LE07", "LE08", "LE08", "LE09", "LE15", "LE10")
"""The rule that each of the nine is a matter of, in the order of the list."""
ASKED = 8
"""How many of them are asked about today; the last one speaks of two entries in other words."""


@pytest.fixture
def real(shared_documents: Path, coordinator: User, looking: Viewer) -> PlanEnquiries:
    """The enquiries of the real plan as it was adopted, nothing corrected."""
    path = shared_documents / "improvement-plan-2025-05-27.txt"
    batch, _ = actions.receive(file_name=path.name, content=path.read_bytes(), by=coordinator)
    actions.adopt_many(batch=actions.read(batch=batch, by=coordinator), by=coordinator, only_certain=False)
    batch.refresh_from_db()
    assert batch.container is not None
    found = enquiries_of(batch.container.reference, viewer=looking)
    assert found is not None
    return found


def lines_of(place: str) -> set[int]:
    """The lines of a place in words: "table 8, row 1, lines 119–121"."""
    match = re.search(r"lines? (\d+)(?:–(\d+))?", place)
    return set(range(int(match[1]), int(match[2] or match[1]) + 1)) if match else set()


@pytest.mark.slow
def test_the_nine_are_asked_about_and_the_briefing_tells_ten_on_two_pages(
    real: PlanEnquiries, shared_documents: Path
) -> None:
    text = (shared_documents.parent / "accuracy" / "gold" / "enquiries.md").read_text(encoding="utf-8")
    nine = [
        {n for part in cell.split(",") for n in _numbers(part)}
        for cell in re.findall(r"^\| \d \| ([^|]+) \|", text, re.M)
    ]
    assert len(nine) == len(NINE)
    places = [(row.enquiry.rule, {n for place in row.places.values() for n in lines_of(place)}) for row in real.rows]
    found = [
        number
        for number, (rule, lines) in enumerate(zip(NINE, nine, strict=True), 1)
        if any(rule == here and lines & where for here, where in places)
    ]
    assert len(found) >= ASKED, found
    assert len(real.rows) <= real.entries / 2, "fewer questions than entries, or nobody reads them"
    made = build(real)
    assert len(made.asked) >= 9 and made.total == len(real.open())
    assert all(each.said[-1] in ".;)" or len(each.said) < 240 for told in made.asked for each in told.words)
    assert len(pypdfium2.PdfDocument(rendered(made, "pdf"))) == 2
    word = zipfile.ZipFile(io.BytesIO(rendered(made, "docx"))).read("word/document.xml").decode()
    assert "What is printed" in word


def _numbers(part: str) -> range:
    ends = [int(each) for each in re.findall(r"\d+", part)]
    return range(ends[0], ends[-1] + 1)
