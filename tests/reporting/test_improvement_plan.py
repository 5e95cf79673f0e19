"""The report on a plan, built from the register: what stood on a day, who led it, what nobody has checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.commons.access.models import Grant
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.models import Post
from goldthread.domain.plans.actions import keep, write_entry
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Passage, Record, SourceFile
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.register.terms import Visibility
from goldthread.domain.reviews.actions import write_entry as write_review_entry
from goldthread.kernel.clock import fixed_at
from goldthread.kernel.timescales import parse_timescale
from goldthread.reporting.improvement_plan import STILL_OPEN, NoSuchPlan, build
from goldthread.reporting.renderers import html
from tests.support.once import written_once

MAY, JUNE = date(2025, 5, 27), date(2025, 6, 10)
"""The plan speaks of May and was written into the register in June."""


def person(role: str, name: str) -> User:
    user = User.objects.create_user(f"{name.split()[0].lower()}@fernleigh.example", name)
    Grant.objects.create(user=user, role=role, scope_kind="everything", starts=date(2020, 1, 1), granted_by=user)
    return user


@dataclass
class Written:
    """What the register holds for these tests."""

    by: User
    viewer: Viewer
    plan: Record
    objective: Record
    director: Post
    actions: dict[str, Record]


def entry(kind: str, text: str, parent: Record | None = None, **more: object) -> NewRecord:
    return NewRecord(kind, text, MAY, parent=parent, **more)  # type: ignore[arg-type]


def recommend(plan: Record, by: User) -> None:
    """Write a recommendation that nobody has checked into a plan."""
    write_review_entry(
        new=entry(
            "recommendation",
            "Test the accounts against the code",
            plan,
            number="4",
            section=["Financial management"],
            details={"key_risk": "Nobody has tested them", "risk_rating": 9, "timescale": {"text": "Immediate"}},
            timescale=parse_timescale("Immediate"),
            update="It is in the work plan.",
            checked=False,
        ),
        by=by,
    )


@pytest.fixture
@written_once
def written(db: None) -> Written:
    by = person("coordinator", "Cora Mayhew")
    with fixed_at(JUNE):
        director = organisation.add_post(name="Director of Streets", by=by)
        holder = organisation.add_person(name="Bram Quillfeather", by=by)
        organisation.appoint(person=holder, owner=director.owner, by=by, kind="interim")

        def write(kind: str, text: str, parent: Record | None = None, **more: object) -> Record:
            return write_entry(new=entry(kind, text, parent, **more), by=by)

        plan = write("plan", "", title="Improvement plan", details={"organisation": "Borough of Elmbridge Vale"})
        path = ["Money", "Streets"]
        objective = write("objective", "Cut the cost of street repairs", plan, section=path)
        write("criterion", "Cost for each mile falls", objective, section=path)
        actions = {
            "matched": write(
                "action",
                "Let one contract for all wards",
                objective,
                section=path,
                leads=[Lead(director.owner, "B Quillfeather"), Lead(None, "Housing team", "supporting")],
                timescale=parse_timescale("March 2025"),
                update="Two bids came in.",
            ),
            "unmatched": write(
                "action", "Sell the second depot", objective, section=path, leads=[Lead(None, "Pat Quill")]
            ),
            "nobody": write("action", "Publish the repairs map", plan, section=["Digital"]),
            "done": write(
                "action",
                "Close the old yard",
                objective,
                section=["Completed actions", "Streets"],
                state="complete",
                state_printed="October 2024",
            ),
            "claimed": write(
                "action",
                "Keep two posts vacant",
                plan,
                section=["Completed actions", "Staff"],
                state_printed="Ongoing",
                details={"objective": "Spend less on agency staff"},
                checked=False,
            ),
        }
        recommend(plan, by)
    return Written(by, viewer_for(by), plan, objective, director, actions)


def only(report, reference):
    """The one row of a reference, wherever it stands."""
    actions = [action for *_, block in report.objectives() for action in block.actions]
    (found,) = [
        row for row in (*actions, *report.completed, *report.recommendation_rows()) if row.reference == reference
    ]
    return found


def test_the_plan_stands_by_theme_group_and_objective(written: Written) -> None:
    report = build(written.plan.reference, viewer=written.viewer, as_at=MAY)
    assert report.title == "Improvement plan"
    assert report.organisation == "Borough of Elmbridge Vale"
    assert [(theme.heading, [group.section for group in theme.groups]) for theme in report.themes] == [
        ("Money", [("Streets",)]),
        ("Digital", [()]),
        (STILL_OPEN, [("Staff",)]),
    ]
    block = report.themes[0].groups[0].objectives[0]
    assert block.text == "Cut the cost of street repairs"
    assert [criterion.text for criterion in block.criteria] == ["Cost for each mile falls"]
    assert [action.text for action in block.actions] == ["Let one contract for all wards", "Sell the second depot"]


def test_an_action_says_its_lead_of_the_day_its_date_its_rating_and_its_update(written: Written) -> None:
    row = only(build(viewer=written.viewer, as_at=MAY), written.actions["matched"].reference)
    (lead,) = row.leads
    assert (lead.owner, lead.holders, lead.printed) == (
        "Director of Streets",
        ("Bram Quillfeather (interim)",),
        "B Quillfeather",
    )
    assert [who.printed for who in row.supporting] == ["Housing team"]
    assert (row.due_text, row.due_on, row.late) == ("March 2025", date(2025, 3, 31), True)
    assert row.rating.value == "red"
    assert [(update.text, update.as_at) for update in row.updates] == [("Two bids came in.", MAY)]


def test_a_name_that_nobody_matched_is_shown_as_printed_and_counted(written: Written) -> None:
    report = build(viewer=written.viewer, as_at=MAY)
    (lead,) = only(report, written.actions["unmatched"].reference).leads
    assert (lead.matched, lead.printed) == (False, "Pat Quill")
    assert report.summary.unmatched_names == 2  # the supporting team too
    register.match_name(printed="Pat Quill", owner=written.director.owner, by=written.by)
    again = build(viewer=written.viewer)
    (lead,) = only(again, written.actions["unmatched"].reference).leads
    assert (lead.owner, lead.printed) == ("Director of Streets", "Pat Quill")


def test_the_figures_are_those_of_the_rows(written: Written) -> None:
    summary = build(viewer=written.viewer, as_at=MAY).summary
    assert (summary.actions, summary.done, summary.late) == (5, 1, 1)
    assert (summary.no_owner, summary.no_date, summary.recommendations) == (2, 3, 1)


def test_completed_actions_stand_apart_with_their_objective_and_day(written: Written) -> None:
    (row,) = build(viewer=written.viewer, as_at=MAY).completed
    assert (row.text, row.completed, row.completed_on) == ("Close the old yard", "October 2024", date(2024, 10, 31))
    assert row.objective == "Cut the cost of street repairs"
    assert row.criteria == ("Cost for each mile falls",)
    assert row.section == ("Streets",), "the heading of the list itself says nothing about the action"


def test_what_a_lead_reported_as_complete_says_when_and_how_one_can_see_it(written: Written) -> None:
    with fixed_at(JUNE + timedelta(days=3)):
        register.report_progress(
            record=written.actions["matched"], text="The contract is let.", as_at=JUNE + timedelta(days=2), by=written.by,
            state="complete", state_reason="Signed by all wards",
        )  # fmt: skip
        row = only(report := build(viewer=written.viewer), written.actions["matched"].reference)
    day = JUNE + timedelta(days=2)
    assert row.completed == f"Reported on {day.day} {day:%B %Y}: Signed by all wards"
    assert row.completed_on == day, "the file for spreadsheets has the day as a day"
    assert "No date given" not in html.render(report).decode()


def test_what_is_listed_as_completed_and_is_not_stays_open_and_says_so(written: Written) -> None:
    report = build(viewer=written.viewer, as_at=MAY)
    row = only(report, written.actions["claimed"].reference)
    assert row.state == "Open"
    assert row.marks == ("Listed as completed",)
    assert row.state_printed == "Ongoing"
    block = report.themes[-1].groups[0].objectives[0]
    assert (block.reference, block.text) == ("", "Spend less on agency staff"), (
        "an objective that is only printed beside it"
    )
    assert report.summary.objectives == 1


def test_recommendations_carry_their_number_risk_and_timescale(written: Written) -> None:
    (group,) = build(viewer=written.viewer, as_at=MAY).recommendations
    (row,) = group.rows
    assert group.heading == "Financial management"
    assert (row.number, row.key_risk, row.risk_rating) == ("4", "Nobody has tested them", "9")
    assert row.due_text == "Immediate"
    assert row.updates[0].text == "It is in the work plan."


def test_what_nobody_checked_is_counted_until_somebody_has(written: Written) -> None:
    before = build(viewer=written.viewer, as_at=MAY)
    assert before.summary.not_checked == 2
    assert not only(before, written.actions["claimed"].reference).checked
    with fixed_at(JUNE + timedelta(days=1)):
        register.confirm(records=[Record.objects.get(pk=written.actions["claimed"].pk)], by=written.by)
    assert build(viewer=written.viewer).summary.not_checked == 1


def test_the_cover_does_not_name_the_day_of_the_document_beside_its_own(written: Written) -> None:
    with fixed_at(JUNE + timedelta(days=1)):
        named = "Improvement plan – update as at 27 May 2025"
        register.reword(
            record=Record.objects.get(pk=written.plan.pk), title=named, text="", by=written.by, reason="As printed"
        )
        report = build(viewer=written.viewer)
    assert report.title == "Improvement plan"
    assert named not in html.render(report).decode()


def test_the_figures_count_every_entry_of_the_plan(written: Written) -> None:
    with fixed_at(JUNE):
        new = entry("criterion", "The gates are shut", written.actions["done"], checked=False)
        keep(kind="criterion", records=[made := register.create(new=new, by=written.by)], event=made.created)
        summary = build(viewer=written.viewer).summary
    there = Record.objects.filter(within=written.plan)
    assert (summary.entries, summary.not_checked) == (there.count(), there.filter(checked=False).count())


def test_it_answers_for_a_day_and_for_a_day_of_knowledge(written: Written) -> None:
    assert build(viewer=written.viewer, as_at=MAY, known_on=JUNE).summary.actions == 5
    with pytest.raises(NoSuchPlan, match="as at 27 May 2025, as known on 9 June 2025"):
        build(viewer=written.viewer, as_at=MAY, known_on=JUNE - timedelta(days=1))
    with pytest.raises(NoSuchPlan, match="as at 26 May 2025"):
        build(viewer=written.viewer, as_at=MAY - timedelta(days=1))


def test_what_was_withdrawn_later_is_still_in_the_report_of_the_day_before(written: Written) -> None:
    with fixed_at(date(2025, 7, 1)):
        register.withdraw(records=[written.actions["nobody"]], by=written.by, reason="No longer needed")
    assert build(viewer=written.viewer, as_at=date(2025, 6, 30)).summary.actions == 5
    assert build(viewer=written.viewer, as_at=date(2025, 7, 2)).summary.actions == 4


def test_a_declared_rating_stands_beside_the_rule_with_its_reason(written: Written) -> None:
    with fixed_at(date(2025, 7, 1)):
        register.declare_rating(
            record=written.actions["matched"], value="amber", by=written.by, reason="A new date goes to Cabinet"
        )
    row = only(build(viewer=written.viewer, as_at=date(2025, 7, 2)), written.actions["matched"].reference)
    assert (row.rating.value, row.rating.declared, row.rating.why) == ("amber", True, "A new date goes to Cabinet")
    assert row.rule_rating.value == "red"


def test_nobody_sees_by_accident(written: Written) -> None:
    with pytest.raises(NoSuchPlan):
        build(written.plan.reference, viewer=PUBLIC, as_at=MAY)
    hidden = Record.objects.get(pk=written.actions["nobody"].pk)
    register.change_visibility(
        records=[hidden], visibility=Visibility.RESTRICTED, by=written.by, reason="Private", because="Personal data"
    )
    other = viewer_for(person("viewer", "Vera Lundy"))
    report = build(written.plan.reference, viewer=other, as_at=MAY)
    assert report.summary.actions == 4
    assert hidden.reference.encode() not in html.render(report)
    assert b"Publish the repairs map" not in html.render(report)


def test_without_a_reference_it_takes_the_plan_that_speaks_of_the_newest_day(written: Written) -> None:
    old = NewRecord("plan", "", date(2019, 3, 1), title="Older plan")
    write_entry(new=old, by=written.by)
    assert build(viewer=written.viewer, as_at=MAY).title == "Improvement plan"
    assert build(viewer=written.viewer, as_at=date(2020, 1, 1)).title == "Older plan"


def test_an_empty_plan_makes_an_honest_report(written: Written) -> None:
    empty = write_entry(new=entry("plan", "", title="Nothing yet"), by=written.by)
    report = build(empty.reference, viewer=written.viewer, as_at=MAY)
    assert report.summary.entries == 0
    assert "This report is empty" in html.render(report).decode()


def test_the_number_of_queries_does_not_grow_with_the_plan(written: Written) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            build(written.plan.reference, viewer=written.viewer, as_at=MAY)
        return len(asked)

    before = queries()
    with fixed_at(JUNE):
        for number in range(12):
            parent = written.objective if number % 2 else written.plan
            new = entry(
                "action", f"One more thing {number}", parent, leads=[Lead(written.director.owner)], update="Begun."
            )
            write_entry(new=new, by=written.by)
    assert queries() == before
    assert before <= 29


def test_a_plan_whose_document_prints_no_day_is_not_the_newest(written: Written) -> None:
    """It was given the day of its import, which is later than that of any plan that prints its day."""
    event = written.plan.created
    for title, printed in (("Undated plan", None), ("Dated plan", MAY)):
        recorded = {"recorded": event.at, "by": written.by, "event": event}
        source = SourceFile.objects.create(
            name=title, sha256=title, media_type="text/plain", size=1, as_at=printed, **recorded
        )
        passage = Passage.objects.create(source_file=source, text="words")
        day = printed or date(2025, 6, 30)
        plan = write_entry(new=NewRecord("plan", "", day, title=title), by=written.by)
        write_entry(new=NewRecord("action", "Begin", day, parent=plan, passage=passage), by=written.by)
    assert build(viewer=written.viewer, as_at=date(2025, 7, 1)).title == "Dated plan"
