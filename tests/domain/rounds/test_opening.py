"""Who is asked, once each, and what the message says."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.notices.actions import deliver
from goldthread.commons.notices.models import Message
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register import actions as register
from goldthread.domain.register.queries import records
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.models import Item, Request, SignedLink

OPENS = date(2026, 11, 2)


def test_each_person_gets_one_message_with_all_of_their_items(opened, at, sent_mail):
    with at(OPENS):
        done = deliver()
    assert done.sent == 2
    one = next(mail for mail in sent_mail if mail.to == ["sol@fernleigh.example"])
    for number in (0, 1, 2):
        assert opened.records[number].reference in one.body and opened.records[number].heading in one.body
    assert "by 12 November 2026" in one.subject and "due 16 November 2026" in one.body
    assert "/updates/link/" in one.body and "[[link]]" not in one.body
    assert "hush-hush" not in one.body and opened.canary.reference in one.body  # restricted: by reference alone
    token = one.body.split("/updates/link/")[1].split("/")[0]
    assert token not in str(list(Message.objects.values())) + str(list(SignedLink.objects.values()))


def test_a_vacant_post_goes_to_the_line_above_and_shows(opened):
    item = opened.item(3)
    assert (item.how, item.request.person.name) == ("line", "Dara Finch")
    nobody = opened.item(4)
    assert (nobody.how, nobody.request.person) == ("nobody", None)


def test_who_has_no_account_gets_one_for_these_items_alone(opened, at):
    with at(OPENS):
        viewer = viewer_for(opened.user("Sol Avery"))
        seen = set(records(viewer=viewer).values_list("reference", flat=True))
        own = {opened.records[n].reference for n in (0, 1, 2)} | {opened.canary.reference, opened.criterion.reference}
        assert seen == own  # they hold the post, so the restricted one is theirs to see; and what success looks like
        assert not viewer.may(Permission.EDIT_RECORDS) and not viewer.may_everywhere(Permission.ADD_UPDATES)
    with at(date(2026, 12, 10)):
        assert not viewer_for(opened.user("Sol Avery")).may(Permission.ADD_UPDATES)


def test_who_was_asked_by_mail_opens_no_page_about_the_rest_of_the_council(opened, at, client):
    with at(OPENS):
        client.force_login(opened.user("Sol Avery"))
        assert client.get(f"/records/{opened.records[0].reference}/").status_code == 200
        for page in ("", "people/", "restricted-posts/", "statutory-roles/", "other-bodies/", "structures/"):
            assert client.get(f"/organisation/{page}").status_code == 404, page
        assert 'href="/organisation/"' not in client.get("/").content.decode()


def test_nobody_becomes_the_holder_of_a_post_by_giving_their_own_address(opened, at):
    with at(OPENS):
        empty = organisation.add_person(name="Rae Holm", by=opened.coordinator)
        with pytest.raises(Refused, match="your own address"):
            organisation.set_address(person=empty, email="CORA@fernleigh.example", by=opened.coordinator)


def test_opening_that_was_cut_off_goes_on_and_nobody_is_written_to_twice(reporting, at, monkeypatch):
    from goldthread.domain.rounds.actions import opening

    asked, real = [], opening.ask

    def die(**values):
        if asked:
            raise KeyboardInterrupt
        asked.append(1)
        return real(**values)

    monkeypatch.setattr(opening, "ask", die)
    with at(OPENS), pytest.raises(KeyboardInterrupt):
        opening.open_round(round=reporting.round, by=reporting.coordinator)
    monkeypatch.setattr(opening, "ask", real)
    reporting.round.refresh_from_db()
    assert reporting.round.state == "planned" and Item.objects.exists()
    with at(OPENS):
        assert actions.tick(by=reporting.coordinator).opened
    assert Item.objects.count() == 6 and Request.objects.count() == 3
    assert Message.objects.filter(to_address="sol@fernleigh.example").count() == 1


def test_a_stand_in_is_asked_in_place_of_who_is_away(reporting, at):
    with at(date(2026, 10, 1)):
        robin = organisation.add_person(name="Robin Hale", email="robin@fernleigh.example", by=reporting.coordinator)
        actions.say_away(
            person=reporting.people["Sol Avery"], stand_in=robin, starts=date(2026, 10, 26), ends=date(2026, 11, 30),
            by=reporting.coordinator,
        )  # fmt: skip
    with at(OPENS):
        actions.open_round(round=reporting.round, by=reporting.coordinator)
        item = reporting.item(0)
        assert (item.how, item.request.person.name, item.holder.name) == ("stand-in", "Robin Hale", "Sol Avery")
        robin.refresh_from_db()
        seen = records(viewer=viewer_for(robin.user))
        assert reporting.canary not in seen and reporting.records[0] in seen


def test_only_who_runs_rounds_opens_one(reporting, at):
    with at(OPENS), pytest.raises(NotAllowed):
        actions.open_round(round=reporting.round, by=reporting.director)


def test_a_timetable_that_cannot_be_is_refused(reporting):
    with pytest.raises(Refused, match="from 0 to 120"):
        actions.set_cadence(
            plan=reporting.plan, frequency="monthly", offsets={**reporting.round.offsets, "grace": -1},
            by=reporting.coordinator, reason="x",
        )  # fmt: skip
    with pytest.raises(Refused, match="Choose the body"):
        actions.set_cadence(
            plan=reporting.plan, frequency="meeting", offsets=reporting.round.offsets, by=reporting.coordinator,
            reason="x",
        )  # fmt: skip


def test_what_is_new_or_has_changed_hands_is_asked_for(opened, at):
    with at(date(2026, 11, 4)):
        with pytest.raises(Refused, match="Nothing has come"):
            actions.ask_anew(round=opened.round, by=opened.coordinator)
        director, streets = opened.posts["Director of Place"].owner, opened.posts["Head of Streets"].owner
        actions.send(item=opened.item(1), answer=actions.Answer(text="Counted."), by=opened.user("Sol Avery"))
        moved = [opened.records[0], opened.records[1]]
        register.reassign(records=moved, owner=director, by=opened.coordinator, reason="Moved")
        register.reassign(records=[opened.records[4]], owner=streets, by=opened.coordinator, reason="Found a lead")
        done = actions.ask_anew(round=opened.round, by=opened.coordinator)
        assert (done.items, done.people) == (2, 2)
    assert opened.item(0).request.person.name == "Dara Finch" and opened.item(4).request.person.name == "Sol Avery"
    assert opened.item(1).request.person.name == "Sol Avery"  # answered: it stays with who answered
    assert Message.objects.filter(key__contains="anew").count() == 2 and Item.objects.count() == 6
