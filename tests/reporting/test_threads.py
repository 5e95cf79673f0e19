"""Threads and lineages as values, CSV and pictures: nothing that people write becomes markup or a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.commons.access.models import Grant
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.domain.plans import actions as plans
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.register.queries.threads import thread
from goldthread.domain.register.terms import Relation
from goldthread.domain.reviews.actions import confirm_answer, confirm_repeat, write_entry
from goldthread.domain.reviews.queries.lineage import came_back, lineage_of, lineages
from goldthread.reporting import lineages as told_lineages
from goldthread.reporting import threads as told_threads
from goldthread.reporting.drawing import Drawing, folded, width_of
from tests.support.once import written_once

DAY = date(2025, 5, 27)
SHARP = '<script>alert("1")</script> & =1+1'


@pytest.fixture
@written_once
def by(db: None) -> User:
    """A coordinator."""
    user = User.objects.create_user("cora@fernleigh.example", "Cora Mayhew")
    Grant.objects.create(
        user=user, role="coordinator", scope_kind="everything", starts=date(2020, 1, 1), granted_by=user
    )
    return user


@pytest.fixture
@written_once
def three(by: User) -> dict[str, Record]:
    """Raised in 2018 and closed, raised again in 2023, answered by a plan of 2025."""

    def write(kind: str, text: str, parent: Record | None = None, title: str = "") -> Record:
        room = plans if kind in ("plan", "objective", "action") else None
        new = NewRecord(kind, text, DAY, parent=parent, title=title)
        return plans.write_entry(new=new, by=by) if room else write_entry(new=new, by=by)

    old, new, plan = (
        write("review", "", title="Visit 2018"),
        write("review", "", title="Visit 2023"),
        write("plan", "", title="Plan 2025"),
    )
    found = {
        "old": write("recommendation", f"Answer calls {SHARP}", old),
        "new": write("recommendation", "Answer calls faster", new),
        "objective": write("objective", "Shorter waits", plan),
    }
    register.change_state(records=[found["old"]], state="complete", by=by, reason="done", as_at=date(2020, 1, 31))
    confirm_repeat(later=found["new"], earlier=found["old"], relation=Relation.RAISED_AGAIN, by=by)
    confirm_answer(offered=found["objective"], recommendation=found["new"], by=by)
    register.add_update(record=found["new"], text=f"{SHARP}", by=by, as_at=DAY)
    return found


def words_of(svg: bytes) -> list[str]:
    """Every line of text of a picture; a picture that is no XML or holds anything that runs or is fetched fails."""
    root = Xml.fromstring(svg)
    names = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert names <= {"svg", "title", "desc", "rect", "text", "polyline", "circle"}
    assert not {name for one in root.iter() for name in one.attrib if name.startswith("on") or "href" in name}
    return [one.text or "" for one in root.iter() if one.tag.endswith("text")]


def test_a_lineage_is_told_from_first_raised_to_answered(three: dict[str, Record], by: User) -> None:
    found = lineage_of(three["new"].reference, viewer=viewer_for(by))
    assert found is not None
    values = told_lineages.values_of(found)
    assert values["in_words"] == ["raised 2018", "closed on record", "raised again 2023", "answered 2025"]
    assert [step["reference"] for step in values["steps"]] == [three["old"].reference, three["new"].reference]
    assert json.loads(json.dumps(values, default=str))["steps"][1]["answers"][0]["year"] == 2025
    told = words_of(told_lineages.picture(found))
    assert {"2018", "2023", "2025"} <= set(told)
    assert any("<script>" in line for line in told), "the words are there, as words"


def test_what_came_back_after_closing_is_counted(three: dict[str, Record], by: User) -> None:
    figures = came_back(viewer=viewer_for(by))
    assert (len(figures.rows), len(figures.after_closing)) == (1, 1)
    assert figures.by("directorate") == [("No directorate", 1, 1)]
    assert len(lineages(viewer=viewer_for(by))) == 1


def test_an_entry_that_is_joined_to_nothing_is_a_lineage_of_its_own(three: dict[str, Record], by: User) -> None:
    alone = write_entry(new=NewRecord("recommendation", "Mend roads", DAY, parent=three["old"].within), by=by)
    found = lineage_of(alone.reference, viewer=viewer_for(by))
    assert found is not None
    assert [step.last_known for step in found.steps] == ["Nothing on record answers it. No closure on record."]


def test_a_thread_becomes_values_a_table_and_a_picture(three: dict[str, Record], by: User) -> None:
    found = thread(three["new"].reference, viewer=viewer_for(by))
    assert found is not None
    values = told_threads.values_of(found, viewer=viewer_for(by))
    assert [(row["side"], row["reference"]) for row in values] == [
        ("above", three["new"].within.reference if three["new"].within else ""),
        ("here", three["new"].reference),
        ("below", three["objective"].reference),
    ]
    assert values[1]["updates"][0]["text"] == SHARP
    rows = list(csv.DictReader(io.StringIO(told_threads.as_csv(values).decode("utf-8-sig"))))
    assert [row["reference"] for row in rows] == [row["reference"] for row in values]
    assert any(line.startswith("Answered by objective") for line in words_of(told_threads.picture(found)))


def test_a_cell_of_the_table_starts_no_formula(three: dict[str, Record], by: User) -> None:
    register.add_update(record=three["new"], text="=HYPERLINK(1)", by=by)
    found = thread(three["new"].reference, viewer=viewer_for(by))
    assert found is not None
    table = told_threads.as_csv(told_threads.values_of(found, viewer=viewer_for(by))).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in table


@given(st.text(max_size=200), st.integers(40, 400), st.integers(1, 4))
def test_folded_words_stay_in_their_box(text: str, width: int, most: int) -> None:
    lines = folded(text, width, 13, most)
    assert len(lines) <= most
    assert all(width_of(line, 13) <= width or line == "…" for line in lines)


@given(st.text(max_size=80))
def test_any_words_make_a_picture(words: str) -> None:
    drawing = Drawing(words, words)
    drawing.text(0, 10, words)
    assert words_of(drawing.svg())


def test_commands_print_the_thread_the_lineage_and_the_coverage(
    three: dict[str, Record], by: User, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from goldthread.cli import ground
    from goldthread.cli.commands import coverage, lineage
    from goldthread.cli.commands import thread as thread_command
    from goldthread.cli.main import parser

    for module in (ground, coverage, lineage, thread_command):
        monkeypatch.setattr(module, "prepare", lambda: None)

    def said(*words: str) -> Any:
        arguments = parser().parse_args([*words, "--by", by.email])
        assert arguments.run(arguments) == 0
        return json.loads(capsys.readouterr().out) if "json" in words else capsys.readouterr().out

    reference = three["new"].reference
    assert said("thread", reference, "--format", "json")["records"][1]["reference"] == reference
    assert said("lineage", "--format", "json")["came_back"]["after_closing"] == 1
    assert said("coverage", "--format", "json")["everything"]["answered"]["of"] == 2
    assert "answered 2025" in said("lineage", reference)
    assert said("thread", reference, "--format", "svg").startswith("<?xml")
    assert "1 of 2" in said("coverage")


def test_the_reports_that_told_an_entry_and_its_evidence_stand_on_the_thread(
    small_plan: Any, coordinator: User
) -> None:
    from goldthread.commons.access.viewer import PUBLIC
    from goldthread.reporting.actions import freeze

    told = freeze(plan=small_plan.plan, as_at=DAY, by=coordinator, reason="For the board")
    register.add_evidence(
        record=small_plan.first, title="Signed contract", link="https://example.gov.uk/c", by=coordinator
    )
    looking = viewer_for(coordinator)

    def values(viewer: Any) -> dict[str, Any]:
        found = thread(small_plan.first.reference, viewer=viewer)
        assert found is not None
        return next(row for row in told_threads.values_of(found, viewer=viewer) if row["side"] == "here")

    here = values(looking)
    assert [one["issue"] for one in here["told_in"]] == [told.reference]
    assert [one["title"] for one in here["evidence"]] == ["Signed contract"]
    register.change_visibility(records=[small_plan.first], visibility="public", by=coordinator, reason="open")
    assert (values(PUBLIC)["evidence"], values(PUBLIC)["told_in"]) == ([], []), "evidence is for those inside"
