"""The signed link: one person, these items, one browser, until the freeze; every trap of it."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from goldthread.commons.access.models import Grant
from goldthread.commons.notices.actions import deliver
from goldthread.domain.register import actions as register
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.access import token_of
from goldthread.domain.rounds.models import LinkUse, Round, SignedLink
from goldthread.domain.rounds.terms import REFUSALS
from goldthread.kernel.days import printed
from tests.support.client import StrictClient
from tests.support.once import written_once

OPENS = date(2026, 11, 2)
SECRET = re.compile(r"/updates/link/[0-9a-f]{64}/")


@pytest.fixture
@written_once
def address(opened, at, sent_mail):
    with at(OPENS):
        deliver()
    mail = next(one for one in sent_mail if one.to == ["sol@fernleigh.example"])
    return SECRET.search(mail.body).group()


def entered(address):
    client = StrictClient()
    assert client.post(address).status_code == 302
    return client


def outcomes():
    return list(LinkUse.objects.order_by("pk").values_list("outcome", flat=True))


def test_opening_shows_a_button_and_spends_nothing(opened, at, address):
    with at(OPENS):
        for _ in range(3):  # a scanner, a preview, the person
            page = StrictClient().get(address)
            assert page.status_code == 200 and "Go to the updates" in page.content.decode()
            assert not page.cookies.get("goldthread_update")
        assert StrictClient().get("/updates/by-link/").status_code == 410
        client = entered(address)
        page = client.get("/updates/by-link/").content.decode()
    assert opened.records[0].heading in page and opened.records[2].heading in page
    assert opened.records[3].heading not in page and "hush-hush" not in page
    assert outcomes()[:4] == ["shown", "shown", "shown", "entered"]


def test_it_never_signs_anybody_in(opened, at, address):
    with at(OPENS):
        client = entered(address)
        assert "_auth_user_id" not in client.session
        cookie = client.cookies["goldthread_update"]
        assert cookie["path"] == "/updates/by-link/" and cookie["httponly"] and cookie["samesite"] == "Lax"
        for page in ("/updates/", f"/records/{opened.records[0].reference}/", "/rounds/"):
            assert client.get(page).status_code in (302, 404), page
        # Somebody who is signed in stays who they are, and updates in the name of the link's person from its page only.
        other = StrictClient()
        other.force_login(opened.executive)
        other.post(address)
        assert other.get("/updates/").content.decode().count("gt-update__head") == 0


def test_passed_on_after_it_was_entered_it_opens_nothing(opened, at, address):
    with at(OPENS):
        first = entered(address)
        again = StrictClient().post(address)
        assert again.status_code == 410 and "another browser" in again.content.decode()
        assert first.get(address).status_code == 302  # the first browser simply goes on
        renewed = StrictClient().post(f"/updates/by-link/new/{address.split('/')[3]}/")
        assert "Look into your mail" in renewed.content.decode()
    assert "spent" in outcomes()
    with at(datetime(2026, 11, 2, 15)):
        StrictClient().post(f"/updates/by-link/new/{address.split('/')[3]}/")
        assert SignedLink.objects.filter(user=opened.user("Sol Avery")).count() == 2


def test_forged_expired_and_revoked_are_refused_and_on_record(opened, at, address):
    with at(OPENS):
        forged = StrictClient().get(f"/updates/link/{'0' * 64}/")
        assert forged.status_code == 410 and "does not work" in forged.content.decode()
        client = entered(address)
        link = SignedLink.objects.get(user=opened.user("Sol Avery"))
    with at(date(2026, 12, 2)):
        assert client.get("/updates/by-link/").status_code == 410
        assert "time is over" in StrictClient().get(address).content.decode()
        assert StrictClient().post(address).status_code == 410
    with at(OPENS):
        actions.revoke(link=link, by=opened.coordinator, reason="Sent to the wrong address")
        assert client.get("/updates/by-link/").status_code == 410
        assert StrictClient().post(address).status_code == 410
    assert {"forged", "expired", "revoked"} <= set(outcomes())
    assert LinkUse.objects.filter(outcome__in=REFUSALS).count() >= 4


def test_the_scope_is_asked_for_at_every_save(opened, at, address):
    with at(OPENS):
        client, own, other = entered(address), opened.item(0), opened.item(3)
        saved = client.post(
            f"/updates/by-link/{own.pk}/draft/", {f"i{own.pk}-text": "On the way", f"i{own.pk}-version": "0"}
        )
        assert saved.status_code == 200
        assert client.post(f"/updates/by-link/{other.pk}/draft/", {f"i{other.pk}-text": "x"}).status_code == 404
        link = SignedLink.objects.get(user=opened.user("Sol Avery"))
        link.items = [pk for pk in link.items if pk != own.pk]
        link.save()
        assert client.post(f"/updates/by-link/{own.pk}/draft/", {f"i{own.pk}-text": "x"}).status_code == 404
    assert outcomes().count("outside") == 2


def test_sent_through_a_link_it_is_on_record_in_the_persons_name(opened, at, address):
    with at(OPENS):
        client, item = entered(address), opened.item(0)
        client.post(
            "/updates/by-link/", {f"i{item.pk}-text": "Contract let.", f"i{item.pk}-version": "0", "send": "all"}
        )
        assert client.post("/updates/by-link/send/", {"item": [item.pk]}).status_code == 302
    update = opened.item(0).update
    assert (update.text, update.by.name, update.said_by.name) == ("Contract let.", "Sol Avery", "Head of Streets")


def test_when_everything_is_sent_a_message_that_waits_is_called_back(opened, at, sent_mail):
    sol = opened.user("Sol Avery")
    with at(OPENS):
        for number in (0, 1, 2):
            actions.send(item=opened.item(number), answer=actions.Answer(text="Done as planned."), by=sol)
        deliver()
    assert not [mail for mail in sent_mail if mail.to == ["sol@fernleigh.example"]]


def test_a_restricted_plan_and_criterion_are_not_named_where_nobody_signs_in(reporting, at, sent_mail):
    with at(date(2026, 10, 1)):
        because = {"visibility": "restricted", "because": "Staffing", "reason": "Talks go on"}
        chosen = [reporting.plan, reporting.criterion]
        register.change_visibility(records=chosen, by=reporting.coordinator, **because)
    with at(OPENS):
        actions.open_round(round=Round.objects.get(pk=reporting.round.pk), by=reporting.coordinator)
        deliver()
        sol = reporting.user("Sol Avery")  # sees what is restricted when signed in
        Grant.objects.create(user=sol, role="coordinator", starts=OPENS, granted_by=sol)
        mail = next(one for one in sent_mail if one.to == ["sol@fernleigh.example"])
        address = SECRET.search(mail.body).group()
        landing = StrictClient().get(address).content.decode()
        page = entered(address).get("/updates/by-link/").content.decode()
        feed = actions.make_feed(by=reporting.coordinator, plan=reporting.plan)
        calendars = [StrictClient().get(f"/calendar/{token_of('feed', feed.nonce)}.ics").content.decode()]
        own = actions.make_feed(by=sol)
        calendars.append(StrictClient().get(f"/calendar/{token_of('feed', own.nonce)}.ics").content.decode())
    for words in (mail.subject, mail.body, landing, page, *calendars):
        assert reporting.plan.heading not in words and "Cost per mile" not in words
    assert reporting.records[0].heading in page and all(reporting.plan.reference in one for one in calendars)


def test_until_when_is_said_as_people_say_it_and_saving_is_one_line(opened, at, address):
    with at(OPENS):
        client, item = entered(address), opened.item(0)
        page = client.get("/updates/by-link/").content.decode()
        assert f"until the end of {printed(opened.round.freeze_on)}." in page and "12:00am" not in page
        for number in range(4):
            client.post(
                f"/updates/by-link/{item.pk}/draft/", {f"i{item.pk}-text": f"x{number}", f"i{item.pk}-version": number}
            )
        coordinator = StrictClient()
        coordinator.force_login(opened.coordinator)
        links = coordinator.get(f"/rounds/{opened.round.pk}/links/").content.decode()
        assert links.count("Saved a draft") == 1 and "Saved a draft, 4 times" in links


def test_once_the_round_is_over_the_page_says_so_and_sends_nobody_for_another_link(opened, at, address):
    with at(OPENS):
        client = entered(address)
        Round.objects.filter(pk=opened.round.pk).update(state="frozen")
        for page in (client.get("/updates/by-link/"), StrictClient().get(address)):
            said = " ".join(page.content.decode().split())
            assert page.status_code == 410 and "takes no more updates. What you have sent is on record." in said
            assert "ask the coordinator for a reminder" not in said
