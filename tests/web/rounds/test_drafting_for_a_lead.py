"""Drafting for a lead: words, fields and files; the lead opens them, takes them over and sends them, without script."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from lxml import html

from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.files.storage import path_of
from goldthread.commons.notices.actions import deliver
from goldthread.domain.register.models import Evidence
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions.attaching import MOST_FILES
from goldthread.domain.rounds.actions.using import TOGETHER
from goldthread.domain.rounds.models import Draft
from goldthread.web.pages.rounds.forms import FIELDS
from tests.support.client import StrictClient
from tests.support.once import written_once
from tests.web.rounds.test_evidence_files import PDF, fields, file, files_of, words
from tests.web.rounds.test_links import SECRET
from tests.web.rounds.test_round_pages import signed_in

OPENS = date(2026, 11, 2)
TREES = PDF + b" trees"


@pytest.fixture
@written_once
def pat(opened, at):
    """A partner’s officer who drafts the first item for Sol."""
    with at(OPENS):
        actions.hand_over(item=opened.item(0), by=opened.user("Sol Avery"), email="pat@trees.example", name="Pat Quill")
    return User.objects.get(email="pat@trees.example")


def drafted(opened, pat, **more):
    """What Pat types, as the page sends it."""
    item = opened.item(0)
    more = {"text": "Forty trees are in.", "evidence_files": [file("Trees.pdf", TREES)]} | more
    version = Draft.objects.filter(item=item, user=pat).values_list("version", flat=True).first() or 0
    answer = signed_in(pat).post("/updates/", fields(item, version, **more) | {"save": item.pk})
    assert answer.status_code == 302
    return Draft.objects.get(item=item, user=pat)


def button(answer, says):
    """The value of the one button that says so."""
    (found,) = html.fromstring(answer.content).xpath(f"//button[starts-with(normalize-space(.), '{says}')]")
    assert found.get("type") == "submit" and found.get("hidden") is None
    return {found.get("name"): found.get("value")}


def href(answer, says):
    (found,) = html.fromstring(answer.content).xpath(f"//a[normalize-space(.)='{says}']")
    return found.get("href")


def test_the_lead_opens_what_was_drafted_takes_it_over_and_sends_it(opened, at, pat):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        drafted(opened, pat, state="on hold", state_reason="Frost", evidence_link="https://trees.example/")
        client = signed_in(sol)
        page = client.get("/updates/")
        shown = words(page)
        assert all(one in shown for one in ("Draft by Pat Quill", "Forty trees are in.", "On hold", "Frost"))
        opens = client.get(href(page, "Trees.pdf"))
        assert b"".join(opens.streaming_content) == TREES
        assert opens["Content-Disposition"].startswith("attachment") and "sandbox" in opens["Content-Security-Policy"]
        used = client.post("/updates/", fields(item, 0, text="From me.") | button(page, "Use this draft"), follow=True)
        assert "taken over into yours" in words(used) and "All of it is in yours" in words(used)
        own = Draft.objects.get(item=item, user=sol)
        assert own.text == "From me.\n\nForty trees are in." and files_of(item, sol) == ["Trees.pdf"]
        assert (own.typed["state"], own.typed["state_reason"]) == ("on hold", "Frost")
        sending = words(client.get("/updates/send/"))
        assert "Trees.pdf (1 KB)" in sending and "On hold" in sending
        client.post("/updates/send/", {"item": [item.pk]})
        pieces = Evidence.objects.filter(record=item.record).order_by("pk")
        assert [(one.file_name, one.by) for one in pieces] == [("Trees.pdf", sol), ("", sol)]
        assert path_of(pieces[0].sha256).read_bytes() == TREES
        assert Draft.objects.get(item=item, user=pat).text == "Forty trees are in.", "theirs stays as it is"


def test_used_twice_nothing_is_there_twice(opened, at, pat):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        theirs = drafted(opened, pat)
        for _ in range(2):
            actions.use_draft(item=item, draft=theirs.pk, by=sol)
        own = Draft.objects.get(item=item, user=sol)
        assert own.text == "Forty trees are in." and files_of(item, sol) == ["Trees.pdf"]


def test_the_files_alone_leave_the_words(opened, at, pat):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        drafted(opened, pat)
        client = signed_in(sol)
        page = client.get("/updates/")
        client.post("/updates/", fields(item, 0, text="My words.") | button(page, "Use its files only"))
        own = Draft.objects.get(item=item, user=sol)
        assert own.typed == {"text": "My words."} and files_of(item, sol) == ["Trees.pdf"]


def test_ones_own_fields_stay_and_a_date_goes_with_its_own_reason(opened, at, pat):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        theirs = drafted(opened, pat, no_change="on", due_on="March 2027", due_reason="Frost", rating="red")
        actions.save_draft(item=item, values={"text": "Mine.", "due_on": "May 2027"}, by=sol)
        own = actions.use_draft(item=item, draft=theirs.pk, by=sol)
        assert own.typed == {"text": "Mine.\n\nForty trees are in.", "due_on": "May 2027", "rating": "red"}
        assert {name for names in TOGETHER for name in names} | {"text"} == set(FIELDS), "every field is taken over"


def test_too_much_for_one_update_is_refused_and_nothing_changes(opened, at, pat):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        theirs = drafted(opened, pat)
        for number in range(MOST_FILES):
            actions.attach(item=item, name=f"{number}.txt", chunks=[b"x%d" % number], by=sol)
        with pytest.raises(Refused, match="Together there would be 11 files"):
            actions.use_draft(item=item, draft=theirs.pk, by=sol)
        assert Draft.objects.get(item=item, user=sol).text == ""


def test_who_drafts_neither_sends_nor_takes_over_nor_opens_the_leads_files(opened, at, pat):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        drafted(opened, pat)
        actions.attach(item=item, name="Minutes.pdf", chunks=[PDF], by=sol)
        actions.save_draft(item=item, values={"text": "From me."}, by=sol, version=1)
        own = Draft.objects.get(item=item, user=sol)
        client = signed_in(pat)
        page = client.get("/updates/")
        assert "From me." in words(page) and "Minutes.pdf" not in words(page) and "Use this draft" not in words(page)
        assert client.get(f"/updates/{item.pk}/drafts/{own.pk}/{own.files[0].sha256}/").status_code == 404
        assert b"".join(client.get(href(page, "Trees.pdf")).streaming_content) == TREES, "their own they open"
        with pytest.raises(NotAllowed):
            actions.use_draft(item=item, draft=own.pk, by=pat)


def test_who_only_drafts_is_offered_nothing_to_send(opened, at, pat):
    with at(OPENS):
        page = words(signed_in(pat).get("/updates/"))
        assert "Send all that are filled" not in page and "The lead reads your draft, and sends it." in page
        assert "Send all that are filled" in words(signed_in(opened.user("Sol Avery")).get("/updates/"))


def test_nobody_else_opens_a_file_of_a_draft(opened, at, pat):
    with at(OPENS):
        theirs = drafted(opened, pat)
        address = f"/updates/{theirs.item_id}/drafts/{theirs.pk}/{theirs.files[0].sha256}/"
        reader = User.objects.create_user("reader@fernleigh.example", "Reader")
        assert signed_in(reader).get(address).status_code == 404
        assert StrictClient().get(address).status_code in (302, 404)
        assert (
            signed_in(opened.user("Sol Avery")).get(address.replace(theirs.files[0].sha256, "0" * 64)).status_code
            == 404
        )


def test_both_ways_through_their_signed_links(opened, at, pat, sent_mail):
    with at(OPENS):
        deliver()
        mails = {mail.to[0]: SECRET.search(mail.body).group() for mail in sent_mail}
        partner, lead, item = StrictClient(), StrictClient(), opened.item(0)
        partner.post(mails["pat@trees.example"])
        partner.post("/updates/by-link/", fields(item, 0, text="Forty.", evidence_files=[file("Trees.pdf", TREES)]))
        assert files_of(item, pat) == ["Trees.pdf"]
        lead.post(mails["sol@fernleigh.example"])
        page = lead.get("/updates/by-link/")
        opens = href(page, "Trees.pdf")
        assert opens.startswith("/updates/by-link/") and b"".join(lead.get(opens).streaming_content) == TREES
        assert StrictClient().get(opens).status_code == 410
        lead.post("/updates/by-link/", fields(item, 0, text="") | button(page, "Use this draft"))
        assert files_of(item, opened.user("Sol Avery")) == ["Trees.pdf"]
        lead.post("/updates/by-link/send/", {"item": [item.pk]})
        assert Evidence.objects.get(record=item.record).sha256 == hashlib.sha256(TREES).hexdigest()


def test_a_draft_that_is_gone_is_said_to_be_gone(opened, at, pat):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        answer = signed_in(sol).post("/updates/", fields(item, 0, text="x") | {"use": f"{item.pk}:999"}, follow=True)
        assert "That draft is not there any more" in words(answer)
        assert Draft.objects.get(item=item, user=sol).text == "x", "what was typed is saved all the same"
