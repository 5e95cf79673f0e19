"""Every page of a round opens for whom it is, shows what it says, and asks the database a constant number of times."""

from __future__ import annotations

import difflib
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from goldthread.commons.access.models import Grant
from goldthread.commons.accounts.models import User
from goldthread.commons.notices.actions import deliver
from goldthread.commons.notices.models import Message
from goldthread.domain.organisation.models import Person
from goldthread.domain.register.actions import set_due_date
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models.writing import Lead, NewRecord
from goldthread.domain.reviews.actions import write_entry as in_review
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.models import Item, Round
from tests.support.client import StrictClient

OPENS = date(2026, 11, 2)
LATE = date(2026, 11, 18)


def signed_in(user):
    client = StrictClient()
    client.force_login(user)
    return client


def test_the_pages_of_a_round_open(opened, at):
    pk = opened.round.pk
    with at(LATE):
        deliver()
        client = signed_in(opened.coordinator)
        for page in ("", "board/", "accept/", "check/", "messages/", "links/", "dates/", "freeze/", "call-off/"):
            assert client.get(f"/rounds/{pk}/{page}").status_code == 200, page
        for page in (
            "/rounds/",
            f"/rounds/plans/{opened.plan.reference}/",
            "/updates/",
            "/updates/away/",
            "/updates/calendar/",
        ):
            assert client.get(page).status_code == 200, page
        board = client.get(f"/rounds/{pk}/board/").content.decode()
        assert "items answered by 18 November 2026" in board, "the day is that of the board, not of the last answer"
        assert "6 days late" in board and "Sol Avery" in board and "Nobody to ask" in board
        assert "Head of Streets" in board
        csv = client.get(f"/rounds/{pk}/board.csv").content.decode()
        assert opened.records[0].reference in csv and csv.count("\n") == 7


def test_what_is_not_ones_own_answers_404(opened, at, client_for):
    pk = opened.round.pk
    with at(LATE):
        lead = signed_in(opened.user("Sol Avery"))
        for page in ("", "board/", "accept/", "check/", "board.csv", "sign-off/", "freeze/"):
            assert lead.get(f"/rounds/{pk}/{page}").status_code == 404, page
        assert lead.get("/rounds/").status_code == 404
        assert signed_in(opened.director).get(f"/rounds/{pk}/board/").status_code == 404
        assert signed_in(opened.executive).get(f"/rounds/{pk}/accept/").status_code == 404
        other = client_for("contributor")
        assert other.post(f"/updates/{opened.item(0).pk}/draft/", {}).status_code == 404


@pytest.mark.parametrize("page", ["/updates/", "/rounds/{pk}/board/", "/rounds/{pk}/accept/", "/rounds/", "/"])
def test_the_number_of_queries_does_not_grow(opened, at, page):
    """As many for six items as for two: items are taken out, and the page asks as often."""
    with at(OPENS):
        client = signed_in(opened.user("Sol Avery") if page in ("/updates/", "/") else opened.coordinator)
        for number in (0, 1, 2):
            actions.save_draft(item=opened.item(number), values={"text": "Going well."}, by=opened.user("Sol Avery"))
        address = page.format(pk=opened.round.pk)
        client.get(address)
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        Item.objects.filter(record__in=[opened.records[n].pk for n in (0, 4)]).update(round=_aside(opened))
        with CaptureQueriesContext(connection) as few:
            client.get(address)
    told = [[re.sub(r"\d+", "#", query["sql"])[:90] for query in one.captured_queries] for one in (many, few)]
    assert len(many) == len(few), "\n".join(difflib.unified_diff(told[1], told[0], lineterm=""))


def _aside(opened):
    """A round that is over, to put items into."""
    row = Round.objects.get(pk=opened.round.pk)
    row.pk, row.name, row.state = None, "Before", "issued"
    row.save()
    return row


def test_an_update_page_shows_what_is_needed(opened, at):
    with at(OPENS):
        page = signed_in(opened.user("Sol Avery")).get("/updates/").content.decode()
    assert "Counting began." in page and "Cost per mile falls" in page and "No date is set" in page
    assert "By when? No date is set: propose one" in page and "hush-hush" in page  # one's own restricted item
    assert opened.records[3].heading not in page


def test_the_page_keeps_in_view_what_was_promised_what_waits_and_what_is_answered(opened, at):
    with at(OPENS):
        sol, by = opened.user("Sol Avery"), opened.coordinator
        set_due_date(records=[opened.records[2]], timescale="as soon as possible", by=by, reason="As printed")
        actions.send(item=opened.item(0), answer=Answer(text="Let.", due_on="31 March 2027", due_reason="Plan"), by=sol)
        page = " ".join(html.fromstring(signed_in(sol).get("/updates/").content).text_content().split())
    assert "Sol Avery proposed 31 March 2027; it waits for the coordinator." in page
    assert "By when? No date is set: propose another" in page
    assert "Its timescale is “as soon as possible”, which names no day." in page


def test_a_recommendation_is_asked_for_with_the_risk_that_it_answers(reporting, at):
    details = {"key_risk": {"text": "No board sees the whole programme."}}
    with at(OPENS):
        new = NewRecord(
            "recommendation", "Consider the case for one", OPENS, parent=reporting.plan, details=details,
            leads=[Lead(reporting.posts["Head of Streets"].owner)],
        )  # fmt: skip
        in_review(new=new, by=reporting.coordinator)
        actions.open_round(round=reporting.round, by=reporting.coordinator)
        page = html.fromstring(signed_in(reporting.user("Sol Avery")).get("/updates/").content)
    (risk,) = page.xpath("//h3[.='Key risk']/following-sibling::*[1]")
    assert risk.text_content().strip() == "No board sees the whole programme."


def test_what_is_missing_is_said_before_anything_is_sent(opened, at):
    with at(OPENS):
        sol = opened.user("Sol Avery")
        client = signed_in(sol)
        for number, values in enumerate(
            ({"state": "complete"}, {"rating": "amber"}, {"state": "on hold", "state_reason": "The budget"})
        ):
            item = opened.item(number)
            actions.save_draft(item=item, values={"text": f"Words {number}", **values}, by=sol)
        page = html.fromstring(client.get("/updates/send/").content)
    first, second, third = page.xpath("//section[contains(@class, 'gt-update')]")
    assert "Say how one can see that it is complete, or add evidence that shows it." in first.text_content()
    assert "Say why it is “At risk” and not “No date set”, as the rule says." in second.text_content()
    assert [len(one.xpath(".//input[@name='item'][@checked]")) for one in (first, second, third)] == [0, 0, 1]
    (back,) = first.xpath(".//a[starts-with(., 'Put it right')]/@href")
    assert back == f"/updates/#item-{opened.item(0).pk}"


def test_the_form_without_script_saves_and_sends(opened, at):
    with at(OPENS):
        sol = opened.user("Sol Avery")
        client, item = signed_in(sol), opened.item(0)
        answer = client.post(
            "/updates/", {f"i{item.pk}-text": "Tender is out.", f"i{item.pk}-version": "0", "send": "all"}
        )
        assert answer.status_code == 302 and answer["Location"] == "/updates/send/"
        page = client.get("/updates/send/").content.decode()
        assert "Tender is out." in page
        answer = client.post("/updates/send/", {"item": [item.pk]}, follow=True)
        assert "1 update is sent" in answer.content.decode()
    assert opened.item(0).state == "sent" and opened.item(0).update.text == "Tender is out."


def test_two_windows_of_one_person_lose_no_text(opened, at):
    with at(OPENS):
        client, item = signed_in(opened.user("Sol Avery")), opened.item(0)
        draft = f"/updates/{item.pk}/draft/"
        prefix = f"i{item.pk}"
        first = client.post(draft, {f"{prefix}-text": "From the desk", f"{prefix}-version": "0"}).json()
        assert first["version"] == 1
        clash = client.post(draft, {f"{prefix}-text": "From the phone", f"{prefix}-version": "0"})
        assert clash.status_code == 409 and clash.json()["theirs"] == "From the desk"
        page = client.post("/updates/", {f"{prefix}-text": "From the phone", f"{prefix}-version": "0", "save": "all"})
        shown = page.content.decode()
        assert page.status_code == 409 and "From the desk" in shown and "From the phone" in shown
        kept = client.post(draft, {f"{prefix}-text": "From the phone", f"{prefix}-version": "1"})
        assert kept.json()["version"] == 2


def test_a_newer_update_on_record_is_shown_beside_mine(opened, at):
    with at(OPENS):
        client, item = signed_in(opened.user("Sol Avery")), opened.item(1)
        prefix = f"i{item.pk}"
        client.post(
            f"/updates/{item.pk}/draft/", {f"{prefix}-text": "Mine: half are counted", f"{prefix}-version": "0"}
        )
        actions.send(item=item, answer=Answer(text="Theirs: all are counted"), by=opened.coordinator)
        answer = client.post("/updates/send/", {"item": [item.pk]})
        page = answer.content.decode()
        assert answer.status_code == 409 and "Theirs: all are counted" in page and "Mine: half are counted" in page
        assert "I have read both" in page and "Send it" not in page, "the one button that does something"
        seen = page.split(f'name="seen-{item.pk}" value="')[1].split('"')[0]
        done = client.post("/updates/send/", {"item": [item.pk], f"seen-{item.pk}": seen, "keep_mine": item.pk})
        assert done.status_code == 302
    texts = list(opened.records[1].update_facts.values_list("text", flat=True))
    assert texts == ["Counting began.", "Theirs: all are counted", "Mine: half are counted"]


def test_many_items_can_be_reached_from_the_top(opened, at):
    with at(OPENS):
        sol, first = opened.user("Sol Avery"), opened.item(0)
        actions.send(item=first, answer=Answer(text="Done so far."), by=sol)
        actions.return_items(items=[first], by=opened.director, reason="Which wards?")
        page = html.fromstring(signed_in(sol).get("/updates/").content)
    (places,) = page.xpath("//ul[@data-places]")
    assert [one.get("href") for one in places.xpath(".//a")] == [
        f"#{one.get('id')}" for one in page.xpath("//*[@data-item]")
    ]
    (line,) = [one for one in places.xpath("./li") if opened.records[0].reference in one.text_content()]
    assert "sent back" in line.text_content()


def test_reminding_from_the_board(opened, at):
    pk = opened.round.pk
    with at(LATE):
        client = signed_in(opened.coordinator)
        board = client.get(f"/rounds/{pk}/board/").content.decode()
        sol = re.search(r'name="request" value="(\d+)"[^>]*>(?:(?!</tr>).)*?Sol Avery', board, re.S).group(1)
        answer = client.post(f"/rounds/{pk}/remind/", {"request": [sol], "said": "Please, today"}, follow=True)
        assert "1 person is reminded" in answer.content.decode()
        answer = client.post(f"/rounds/{pk}/remind/", {"late": "yes"}, follow=True)
        assert "2 people are reminded" in answer.content.decode()
        answer = client.post(f"/rounds/{pk}/remind/", {}, follow=True)
        assert "Choose whom to remind" in answer.content.decode()
    said = list(Message.objects.filter(key__contains="by-hand").values_list("text", flat=True))
    assert len(said) == 3 and sum("Please, today" in text for text in said) == 1


def test_bad_mail_shows_on_the_board_and_can_be_sent_again(opened, at, settings):
    pk = opened.round.pk
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )
    with at(OPENS):
        deliver()
        client = signed_in(opened.coordinator)
        board = client.get(f"/rounds/{pk}/board/").content.decode()
        assert "did not take it: Connection refused" in board
        assert "Give an address" not in board, "a server that is down says nothing about the address"
        Message.objects.filter(to_address="sol@fernleigh.example").update(state="given up")
        assert "Give an address" in client.get(f"/rounds/{pk}/board/").content.decode()
        Message.objects.filter(to_address="sol@fernleigh.example").update(state="waiting")
        log = client.get(f"/rounds/{pk}/messages/").content.decode()
        number = re.search(r"messages/(\d+)/again/", log).group(1)
        assert "goes out again" in client.post(f"/rounds/{pk}/messages/{number}/again/", follow=True).content.decode()


def test_a_draft_in_somebody_elses_hands(opened, at):
    with at(OPENS):
        lead, item = signed_in(opened.user("Sol Avery")), opened.item(0)
        asked = lead.post(
            f"/updates/{item.pk}/hand-over/", {"email": "pat@trees.example", "name": "Pat Quill"}, follow=True
        )
        assert "in the hands of Pat Quill to draft" in asked.content.decode()
        pat = User.objects.get(email="pat@trees.example")
        page = signed_in(pat).get("/updates/").content.decode()
        assert page.count("gt-update__head") == 1 and "The lead reads your draft and sends it" in page
        actions.save_draft(item=item, values={"text": "Forty trees stand."}, by=pat)
        assert "Nothing is filled yet" in signed_in(pat).get("/updates/send/").content.decode()
        assert "Forty trees stand." in lead.get("/updates/").content.decode()
        wrong = lead.post(f"/updates/{item.pk}/hand-over/", {"email": "nobody"}).content.decode()
        assert "valid email" in wrong or "Enter a valid" in wrong


def test_meetings_and_absences_are_noted(opened, at):
    with at(OPENS):
        client = signed_in(opened.coordinator)
        body = opened.round.meeting.body_id
        page = client.post("/rounds/meetings/", {"body": body, "held_on": "2027-02-10", "name": ""}, follow=True)
        assert "10 February 2027" in page.content.decode() and "2 February 2027" in page.content.decode()
        assert (
            "Give a day to come"
            in client.post("/rounds/meetings/", {"body": body, "held_on": "2026-01-01"}).content.decode()
        )
        sol = opened.people["Sol Avery"].pk
        away = {"person": sol, "starts": "2026-11-09", "ends": "2026-11-13", "stand_in": opened.people["Dara Finch"].pk}
        assert "is noted as away" in client.post("/updates/away/", away, follow=True).content.decode()
        assert "before the first" in client.post("/updates/away/", {**away, "ends": "2026-11-01"}).content.decode()


def test_a_new_meeting_has_its_round_at_once(opened, at):
    body, adding = opened.round.meeting.body_id, {"held_on": "2027-02-10", "name": ""}
    with at(date(2026, 12, 10)):
        client = signed_in(opened.coordinator)
        page = client.post("/rounds/meetings/", {"body": body, **adding}, follow=True).content.decode()
        assert "Planned: the round Cabinet of 10 February 2027 of" in page
        assert "Cabinet of 10 February 2027" in client.get("/rounds/").content.decode()
        page = client.post("/rounds/meetings/", {"body": body, **adding, "held_on": "2027-03-10"}, follow=True)
        assert "gets its round once this is the next meeting" in page.content.decode()


def test_a_refusal_on_the_check_page_keeps_what_was_ticked_and_written(opened, at):
    with at(OPENS):
        sol = opened.user("Sol Avery")
        for number in (0, 1):
            actions.send(item=opened.item(number), answer=actions.Answer(text="Half done."), by=sol)
        one, director = opened.item(0), signed_in(opened.director)
        address = f"/rounds/{opened.round.pk}/check/"
        empty = director.post(address, {"item": [one.pk], "return": "yes", "reason": " "})
        assert empty.status_code == 422
        page = html.fromstring(empty.content)
        assert page.xpath("//title")[0].text.startswith("Error: ")
        assert page.xpath("//div[contains(@class,'govuk-error-summary')]//a/@href") == ["#reason"]
        assert page.xpath("//input[@name='item' and @checked]/@value") == [str(one.pk)]
        nobody = director.post(address, {"return": "yes", "reason": "Which half?"})
        page = html.fromstring(nobody.content)
        assert page.xpath("//textarea[@id='reason']")[0].text == "Which half?"
        assert page.xpath("//div[contains(@class,'govuk-error-summary')]//a/@href")[0].startswith("#pick-")
        assert opened.item(0).state == "sent"
        done = director.post(address, {"item": [one.pk], "return": "yes", "reason": "Which half?"}, follow=True)
        assert "1 update is back with the reason" in done.content.decode() and opened.item(0).state == "returned"


def test_words_that_are_no_date_are_said_before_anything_is_sent(opened, at):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        actions.save_draft(
            item=item, values={"text": "It goes on.", "due_on": "when we can", "due_reason": "x"}, by=sol
        )
        page = signed_in(sol).get("/updates/send/").content.decode()
        assert "“when we can” is not a date" in page
        assert not html.fromstring(page).xpath("//input[@name='item' and @checked]")


def test_before_a_round_opens_one_sees_whom_it_asks_and_whom_it_cannot(reporting, at):
    with at(OPENS):
        Person.objects.filter(name="Sol Avery").update(email="")
        address = f"/rounds/{reporting.round.pk}/"
        page = html.fromstring(signed_in(reporting.coordinator).get(address).content)
        (said,) = page.xpath("//*[@id='would-ask']")
        text = " ".join(said.text_content().split())
        assert "asks 2 people for" in text and "No e-mail address on record: Sol Avery" in text
        assert "Nobody to ask for 1 item" in text and reporting.records[4].reference in text
        counted = int(re.search(r"for (\d+) items, each", text).group(1))
        done = actions.open_round(round=reporting.round, by=reporting.coordinator)
        assert (done.items, done.without_address, done.nobody) == (
            counted,
            ["Sol Avery"],
            [reporting.records[4].reference],
        )
        assert b"would-ask" not in signed_in(reporting.coordinator).get(address).content


def test_a_round_that_waits_for_sign_off_says_for_whom_or_that_there_is_nobody(opened, at):
    with at(OPENS):
        actions.close_for_updates(round=opened.round, by=opened.coordinator, reason="Elections")
        client, address = signed_in(opened.coordinator), f"/rounds/{opened.round.pk}/"
        assert "executive leadership: Edie Swann" in client.get(address).content.decode()
        Grant.objects.filter(user=opened.executive).delete()
        assert "Nobody can sign it off yet: ask an administrator" in client.get(address).content.decode()


def test_whoever_closes_a_round_is_told_which_words_were_sent_back_and_are_printed_all_the_same(opened, at):
    with at(OPENS):
        sol, address = opened.user("Sol Avery"), f"/rounds/{opened.round.pk}/accept/"
        sent = [actions.send(item=opened.item(one), answer=Answer(text="Half done."), by=sol) for one in (0, 1)]
        actions.return_items(items=[opened.item(0), opened.item(1)], by=opened.director, reason="Which half?")
        undo(event=sent[1].event, by=sol)
        page = html.fromstring(signed_in(opened.coordinator).get(address).content)
        (said,) = page.xpath("//p[contains(., 'Sent back and not sent again')]")
        assert said.xpath(".//a/text()") == [opened.records[0].reference], "what was taken back is not printed"
        assert "No update is accepted on" in page.text_content()


def test_who_signs_off_sees_what_is_missing_and_first_what_asks_for_attention(opened, at):
    with at(OPENS):
        sol = opened.user("Sol Avery")
        paused = Answer(text="Paused for want of staff.", state="on hold", state_reason="Two posts are vacant")
        for number, answer in ((0, Answer(text="As agreed.")), (1, paused)):
            actions.send(item=opened.item(number), answer=answer, by=sol)
        actions.accept(items=[opened.item(0), opened.item(1)], by=opened.coordinator)
        actions.close_for_updates(round=opened.round, by=opened.coordinator, reason="Elections")
        page = html.fromstring(signed_in(opened.executive).get(f"/rounds/{opened.round.pk}/sign-off/").content)
    said = " ".join(page.text_content().split())
    heads = [" ".join(head.text_content().split()) for head in page.xpath("//main//h2")]
    assert "2 of 6 items have an accepted update." in said and "Elections" in said
    assert "No date set 6" in said
    assert heads[0] == "Without an accepted update (4)" and "What asks for attention (1)" in heads
    (missing,) = page.xpath("//h2[starts-with(., 'Without')]/following-sibling::ul[1]")
    assert opened.records[2].reference in missing.text_content() and "never updated" in missing.text_content()
    first, second = (opened.records[number].reference for number in (1, 0))
    assert next(one for one in heads if one.startswith((first, second))).startswith(first), (
        "what is paused stands first"
    )
