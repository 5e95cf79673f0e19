"""Freezing a round and its report is one step: neither stands without the other; data errors stand in the way."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.domain.register.actions import add_update
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer, checking
from goldthread.domain.rounds.models import Round
from goldthread.reporting.canonical import from_json
from goldthread.reporting.improvement_plan import build
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import data_of
from tests.support.client import StrictClient
from tests.support.once import written_once

DAY = date(2026, 11, 30)


@pytest.fixture
@written_once
def signed_off(opened, at):
    with at(DAY):
        actions.send(item=opened.item(0), answer=Answer(text="Contract let."), by=opened.user("Sol Avery"))
        actions.accept(items=[opened.item(0)], by=opened.coordinator)
        actions.close_for_updates(round=opened.round, by=opened.coordinator, reason="The rest comes later")
        actions.sign_off(round=opened.round, by=opened.executive)
    return opened


def client_of(user):
    client = StrictClient()
    client.force_login(user)
    return client


def state_of(opened):
    return Round.objects.get(pk=opened.round.pk).state


def test_report_and_round_are_frozen_together(signed_off, at):
    with at(DAY):
        page = client_of(signed_off.coordinator).post(
            f"/rounds/{signed_off.round.pk}/freeze/", {"reason": "For Cabinet"}, follow=True
        )
    issue = Issue.objects.get()
    assert f"is frozen as {issue.reference}" in page.content.decode()
    assert state_of(signed_off) == "frozen" and issue.as_at == DAY
    assert signed_off.round.steps.get(state="frozen").event_id == issue.event_id
    cover = {fact.label: fact.value for fact in from_json(data_of(issue)).cover}
    assert cover["Prepared for"] == "Cabinet, meeting of 9 December 2026", "which meeting it was made for"


def test_cut_off_in_between_nothing_of_it_stands_and_again_it_is_the_same(signed_off, at, monkeypatch):
    def die(**values):
        checking.step(
            round=values["round"], to=checking.RoundState.FROZEN, by=signed_off.coordinator, event=values["event"]
        )
        raise KeyboardInterrupt

    with at(DAY):
        client = client_of(signed_off.coordinator)
        with monkeypatch.context() as patched:
            patched.setattr(actions, "mark_frozen", die)
            with pytest.raises(KeyboardInterrupt):
                client.post(f"/rounds/{signed_off.round.pk}/freeze/", {"reason": "For Cabinet"})
        assert not Issue.objects.exists() and state_of(signed_off) == "signed off"
        client.post(f"/rounds/{signed_off.round.pk}/freeze/", {"reason": "For Cabinet"})
        assert Issue.objects.count() == 1 and state_of(signed_off) == "frozen"


def test_before_sign_off_nothing_is_frozen(opened, at):
    with at(DAY):
        page = client_of(opened.coordinator).post(f"/rounds/{opened.round.pk}/freeze/", {"reason": "Early"})
        assert "it is frozen once it is signed off" in page.content.decode()
    assert not Issue.objects.exists()


def test_a_report_prints_what_was_sent_last_and_not_what_it_corrects(opened, at):
    def printed():
        report = build(opened.plan.reference, viewer=viewer_for(opened.coordinator))
        row = next(row for _, _, block in report.objectives() for row in block.actions if row.reference == reference)
        return [update.text for update in row.updates]

    reference, sol, item = opened.records[0].reference, opened.user("Sol Avery"), opened.item(0)
    with at(DAY):
        actions.send(item=item, answer=Answer(text="Contract let for £2m."), by=sol)
        again = actions.send(item=item, answer=Answer(text="Contract let for £1.2m."), by=sol)
        assert printed() == ["Contract let for £1.2m."], "a committee reads the correction, not both figures"
        add_update(record=opened.records[0], text="Seen by audit.", by=opened.director, as_at=DAY)
        assert printed() == ["Contract let for £1.2m.", "Seen by audit."], "somebody else’s words are none of it"
        undo(event=again.event, by=sol)
        assert printed() == ["Contract let for £2m.", "Seen by audit."], "taken back, the first one speaks again"
