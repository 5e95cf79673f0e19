"""Issuing a report: frozen data with a hash, one short swap, files that follow, and everything given back byte for byte."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.models import Event
from goldthread.commons.files.storage import DamagedFile, path_of
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.kernel.clock import fixed_at
from goldthread.reporting import actions
from goldthread.reporting.actions import freeze, make_files, publish, withdraw
from goldthread.reporting.models import Issue, IssueFile
from goldthread.reporting.queries import data_of, issue_by_reference, reissue, report_of
from tests.domain.conftest import MAY, SmallPlan, person_with

JUNE, JULY = date(2025, 6, 12), date(2025, 7, 1)


def issued(plan: SmallPlan, by, **more) -> Issue:
    with fixed_at(JUNE):
        told = {"reason": "For the board", "kinds": ("html", "csv", "json"), **more}
        return freeze(plan=plan.plan, as_at=MAY, by=by, **told)


def change(plan: SmallPlan, by) -> None:
    """Another lead, another date, one withdrawn, and a late word on what was so in May."""
    with fixed_at(JULY):
        other = organisation.add_post(name="Director of Depots", by=by)
        register.reassign(records=[plan.first], owner=other.owner, by=by, reason="New post", as_at=MAY)
        register.set_due_date(records=[plan.first], timescale="March 2027", by=by, reason="Agreed", as_at=MAY)
        register.withdraw(records=[plan.second], by=by, reason="Not now", as_at=MAY)


def test_an_issue_is_given_back_byte_for_byte_after_everything_has_changed(small_plan, coordinator, looking):
    first = issued(small_plan, coordinator)
    make_files(issue=first, by=coordinator)
    before = (data_of(first), dict(reissue(first)))
    change(small_plan, coordinator)
    first.refresh_from_db()
    assert (data_of(first), dict(reissue(first))) == before
    assert len(before[1]) == 3
    assert b"Sell the second depot" in before[0]
    with fixed_at(JULY):
        later = freeze(plan=small_plan.plan, as_at=MAY, by=coordinator, reason="Again")
    assert later.sha256 != first.sha256
    with fixed_at(JULY):
        as_known = freeze(plan=small_plan.plan, as_at=MAY, known_on=JUNE, by=coordinator, reason="As we knew it")
    assert as_known.sha256 == first.sha256, "what was known then gives the hash of what was issued then"
    assert issue_by_reference(f"r{first.pk}", viewer=looking) == first


def test_the_same_register_gives_the_same_hash_whoever_asks_and_when(small_plan, coordinator):
    first = issued(small_plan, coordinator)
    other = person_with("coordinator", "Nadia Okell")
    with fixed_at(JULY):
        again = freeze(plan=small_plan.plan, as_at=MAY, known_on=JUNE, by=other, reason="Once more")
    assert again.sha256 == first.sha256
    assert path_of(first.sha256).stat().st_size == first.size


def test_the_round_marks_itself_in_the_same_step_or_nothing_stands(small_plan, coordinator):
    marked: list[Event] = []
    issue = issued(small_plan, coordinator, also=marked.append)
    assert marked == [issue.event]

    def killed(_: Event) -> None:
        raise KeyboardInterrupt

    before = (Issue.objects.count(), Event.objects.count())
    with pytest.raises(KeyboardInterrupt):
        issued(small_plan, coordinator, also=killed)
    assert (Issue.objects.count(), Event.objects.count()) == before
    assert issued(small_plan, coordinator).sha256 == issue.sha256


def test_what_moved_while_it_was_read_is_read_again(small_plan, coordinator, monkeypatch):
    stored, moves = actions._stored, iter([True, False])

    def meanwhile(report):
        kept = stored(report)
        if next(moves):
            with fixed_at(JUNE):
                register.add_update(record=small_plan.first, text="Tender is out", by=coordinator, as_at=MAY)
        return kept

    monkeypatch.setattr(actions, "_stored", meanwhile)
    assert b"Tender is out" in data_of(issued(small_plan, coordinator))


def test_what_moved_elsewhere_does_not_count_and_a_register_without_rest_is_told(small_plan, coordinator, monkeypatch):
    from goldthread.domain.plans.actions import write_entry
    from goldthread.domain.register.models.writing import NewRecord

    with fixed_at(JUNE):
        other = write_entry(new=NewRecord("plan", "", MAY, title="Another plan"), by=coordinator)
    stored, count, where = actions._stored, [], [other]

    def meanwhile(report):
        count.append(1)
        with fixed_at(JUNE):
            register.add_update(record=where[0], text=f"Word {len(count)}", by=coordinator, as_at=MAY)
        return stored(report)

    monkeypatch.setattr(actions, "_stored", meanwhile)
    issued(small_plan, coordinator)
    assert len(count) == 1
    where[0] = small_plan.first
    with pytest.raises(Refused, match="changed each time"):
        issued(small_plan, coordinator)
    assert Issue.objects.count() == 1


def test_it_is_complete_only_with_all_its_files_and_making_them_again_changes_nothing(
    small_plan, coordinator, monkeypatch
):
    issue = issued(small_plan, coordinator, kinds=("html", "csv"))
    kept = actions._keep_file

    def dies_at_csv(issue, kind, name, content):
        if kind == "csv":
            raise KeyboardInterrupt
        kept(issue, kind, name, content)

    monkeypatch.setattr(actions, "_keep_file", dies_at_csv)
    with pytest.raises(KeyboardInterrupt):
        make_files(issue=issue, by=coordinator)
    assert not issue.steps.filter(kind="completed").exists()
    monkeypatch.undo()
    assert actions.finish_waiting() == (1, [])
    assert actions.finish_waiting() == (0, [])
    assert [row.kind for row in IssueFile.objects.filter(issue=issue)] == ["html", "csv"]
    step = issue.steps.get(kind="completed")
    assert step.detail == {row.kind: row.sha256 for row in issue.files.all()}


def test_restricted_entries_are_in_no_report_for_others(small_plan, coordinator):
    with fixed_at(JUNE):
        register.change_visibility(
            records=[small_plan.second], visibility="restricted", by=coordinator, reason="Sale", because="Sale"
        )
    assert b"Sell the second depot" not in data_of(issued(small_plan, coordinator))
    assert b"Sell the second depot" in data_of(issued(small_plan, coordinator, audience="restricted"))
    with pytest.raises(Refused, match="No plan"):
        issued(small_plan, coordinator, audience="public")


def test_who_may_issue_and_with_which_words(small_plan, coordinator):
    with pytest.raises(NotAllowed):
        issued(small_plan, person_with("director", "Dirk Osgood"))
    with pytest.raises(Refused, match="Say why"):
        issued(small_plan, coordinator, reason=" ")
    with fixed_at(JUNE), pytest.raises(Refused, match="has not come"):
        freeze(plan=small_plan.plan, as_at=JULY, by=coordinator, reason="Too early")
    with pytest.raises(Refused, match="choose among full"):
        issued(small_plan, coordinator, variant="half")
    assert Issue.objects.count() == 0


def test_who_sees_which_issue(small_plan, coordinator):
    from goldthread.commons.access.queries import viewer_for
    from goldthread.commons.access.viewer import PUBLIC
    from goldthread.reporting.queries import issues

    def seen(viewer):
        return set(issues(viewer=viewer).values_list("pk", flat=True))

    # The people of these tests hold their roles from 2020 on.
    board = organisation.add_body(name="Improvement Board", by=coordinator)
    with fixed_at(JUNE):
        register.change_visibility(
            records=list(Record.objects.all()), visibility="public", by=coordinator, reason="Published"
        )
    inside, for_board, secret, public = (
        issued(small_plan, coordinator, **more)
        for more in ({}, {"for_body": board}, {"audience": "restricted"}, {"audience": "public"})
    )
    councillor = viewer_for(person_with("councillor", "Colin Reeve", ("body", board.pk)))
    elsewhere = viewer_for(person_with("councillor", "Erna Pool", ("body", board.pk + 999)))
    assert seen(viewer_for(coordinator)) == {row.pk for row in (inside, for_board, secret, public)}
    assert seen(viewer_for(person_with("viewer", "Vera Lundy"))) == {inside.pk, for_board.pk, public.pk}
    assert seen(councillor) == {for_board.pk}
    place = small_plan.director.owner.directorate_id
    part = issued(small_plan, coordinator, variant=f"directorate:{place}")
    assert seen(viewer_for(person_with("director", "Dirk Osgood", ("directorate", place)))) == {part.pk}
    assert seen(elsewhere) == seen(PUBLIC) == set()
    with pytest.raises(Refused, match="still being made"):
        publish(issue=public, by=coordinator, reason="Agenda is out")
    with pytest.raises(Refused, match="issue the report again for the public"):
        publish(issue=inside, by=coordinator, reason="Agenda is out")
    make_files(issue=public, by=coordinator)
    publish(issue=public, by=coordinator, reason="Agenda is out")
    assert seen(PUBLIC) == seen(elsewhere) == {public.pk}
    withdraw(issue=public, by=coordinator, reason="Wrong plan")
    assert seen(PUBLIC) == set()
    assert public.pk in seen(viewer_for(coordinator))
    with pytest.raises(Refused, match="has been withdrawn"):
        publish(issue=public, by=coordinator, reason="Again")


def test_a_damaged_file_is_never_given_out(small_plan, coordinator):
    issue = issued(small_plan, coordinator, kinds=("csv",))
    make_files(issue=issue, by=coordinator)
    path = path_of(issue.files.get().sha256)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(DamagedFile, match="has changed"):
        list(reissue(issue))
    assert report_of(issue).title == "Improvement Plan"
