"""Dates that leads name in a round wait on one page: first ones ticked, moves to be looked at."""

from __future__ import annotations

from datetime import date

from lxml import html

from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from tests.web.rounds.test_round_pages import signed_in

DAY = date(2026, 11, 16)


def test_the_coordinator_ticks_a_move_and_the_ledger_says_who_agreed(opened, at):
    with at(DAY):
        sol, cabinet = opened.user("Sol Avery"), opened.round.meeting.body
        register.set_due_date(
            records=[opened.records[1]], timescale="December 2026", by=opened.coordinator, reason="Set", as_at=DAY
        )
        page = html.fromstring(signed_in(sol).get("/updates/").content).text_content()
        assert "It holds once the coordinator accepts it" in page
        actions.send(
            item=opened.item(0), answer=Answer(text="On the way", due_on=date(2027, 3, 31), due_reason="Plan"), by=sol
        )
        moved = Answer(text="Slower", due_on=date(2027, 6, 30), due_reason="Frost", agreed_by=cabinet, based_on=None)
        actions.send(item=opened.item(1), answer=moved, by=sol)
        assert Record.objects.get(pk=opened.records[1].pk).due_on == date(2026, 12, 31)
        pk, client = opened.round.pk, signed_in(opened.coordinator)
        assert (
            "due December 2026, 30 June 2027 is proposed, agreed by Cabinet"
            in client.get(f"/rounds/{pk}/accept/").content.decode()
        )
        shown = client.get(f"/rounds/{pk}/dates/")
        tree = html.fromstring(shown.content)
        assert "30 June 2027 instead of 31 December 2026, agreed by Cabinet (Sol Avery: Frost)" in tree.text_content()
        assert "1 date moves and is not ticked yet" in " ".join(tree.text_content().split())
        ticked = tree.xpath("//input[@name='records'][@checked]/@value")
        assert ticked == [str(opened.records[0].pk)]
        both = {"records": [str(one.pk) for one in opened.records[:2]], "reason": "As agreed", "agreed_by": ""}
        done = client.post(f"/rounds/{pk}/dates/", both, follow=True).content.decode()
        assert "2 dates stand now" in done and "no lead asks for another one" not in done
    first, second = (Record.objects.get(pk=one.pk) for one in opened.records[:2])
    assert (first.due_on, second.due_on) == (date(2027, 3, 31), date(2027, 6, 30))
    assert second.duedate_facts.order_by("pk").last().agreed_by == cabinet
