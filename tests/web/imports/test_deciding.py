"""Deciding on the pages: each button does what it says, says what it did, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from lxml import html

from goldthread.domain.imports.models import Import, Proposal
from goldthread.domain.register.models import Record
from tests.domain.imports.conftest import completed_docx, found


def words(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


@pytest.fixture
def client(client_for: Callable[..., Any]) -> Any:
    return client_for("coordinator")


@pytest.fixture
def decide(client: Any) -> Callable[..., Any]:
    """``decide(batch, "adopt", rows…)``: press a button of the review page and follow to the page that comes."""

    def act(batch: Import, do: str, *rows: Proposal, **more: Any) -> Any:
        data = {"do": do, "proposal": [row.key for row in rows], **more}
        return client.post(reverse("import_decide", args=[batch.pk]), data, follow=True)

    return act


def undo(client: Any, page: Any) -> Any:
    """Press the undo of the banner."""
    action = html.fromstring(page.content).xpath("//div[contains(@class,'gt-banner')]//form/@action")[0]
    return client.post(action, follow=True, headers={"referer": "http://testserver/imports/"})


def test_questions_come_first_and_certain_ones_can_be_looked_at(plan, client):
    plan.proposals.filter(text__startswith="Light").update(questions=[{"ask": "One action?", "choices": ["yes", "no"]}])
    page = client.get(reverse("import", args=[plan.pk]))
    assert "Open, with questions or doubt (1)" in words(page) and "Adopt 4 that are certain" in words(page)
    entries = html.fromstring(page.content).xpath("//li[@data-entry]")
    assert len(entries) == 1 and "One action?" in entries[0].text_content()
    everything = client.get(reverse("import", args=[plan.pk]) + "?show=open")
    first = html.fromstring(everything.content).xpath("//li[@data-entry]")[0]
    assert "Light the main paths" in first.text_content(), "what asks stands before what is certain"


def test_one_is_adopted_and_the_next_one_comes(plan, client, decide):
    page = client.get(reverse("import", args=[plan.pk]) + "?show=certain")
    entry = html.fromstring(page.content).xpath("//li[@data-entry]")[1]
    following = html.fromstring(page.content).xpath("//li[@data-entry]/@id")[2]
    sent = {field.get("name"): field.get("value") for field in entry.xpath(".//form//input")}
    answer = client.post(reverse("import_decide", args=[plan.pk]), {**sent, "do": "adopt"})
    assert answer["Location"].endswith(f"#{following}")
    page = client.get(answer["Location"])
    assert "Adopted 2 from Improvement plan" in words(page), "with the objective that it hangs on"
    assert "Undone" in words(undo(client, page)) and not Record.objects.exclude(state="withdrawn").exists()


def test_all_that_are_certain_then_all_that_are_open(plan, client, decide):
    plan.proposals.filter(text__startswith="Light").update(confidence=0.4)
    page = decide(plan, "adopt-certain")
    assert "Adopted 4 from Improvement plan as at 27 May 2025, marked as not yet checked." in words(page)
    assert "Adopted 1 from" in words(decide(plan, "adopt-all"))
    assert "nothing left" in words(decide(plan, "adopt-all"))


def test_once_all_is_decided_the_page_says_what_comes_next(plan, client, decide):
    page = f"/imports/{plan.pk}/"
    assert "What comes next" not in client.get(page).content.decode()
    decide(plan, "adopt-all")
    plan.refresh_from_db()
    reference = plan.container.reference
    links = html.fromstring(client.get(page).content).xpath(
        "//h2[.='What comes next']/following-sibling::ul[1]//a/@href"
    )
    assert links[0] == reverse("record", args=[reference])
    assert {reverse("round_cadence", args=[reference]), f"{reverse('unchecked')}?within={reference}"} <= set(links)
    assert all(client.get(link, follow=True).status_code == 200 for link in links)


def test_an_answer_is_a_button_and_what_must_be_corrected_is_a_link(client, decide, bring_in):
    batch = bring_in("completed.docx", completed_docx())
    row = found(batch, "Teach")
    page = html.fromstring(client.get(reverse("import", args=[batch.pk])).content)
    assert page.xpath("//button[@name='answer']/@value") == ["0:0", "0:1"]
    decide(batch, "", row, answer="0:1")
    row.refresh_from_db()
    assert (row.questions, row.fields["status"]["value"]) == ([], "in progress")
    assert "answered already" in words(decide(batch, "", row, answer="0:1"))
    batch.proposals.filter(pk=row.pk).update(questions=[{"ask": "Parted rightly?", "choices": ["yes", "no"]}])
    page = client.get(reverse("import", args=[batch.pk]))
    link = html.fromstring(page.content).xpath("//a[text()='No, correct it']/@href")
    assert link == [reverse("proposal", args=[batch.pk, row.key])]


def test_leaving_out_asks_why_first(plan, client, decide):
    rows = [found(plan, "Sell"), found(plan, "Light")]
    page = decide(plan, "reject", *rows)
    assert page.status_code == 200 and "Why are they left out?" in words(page)
    assert decide(plan, "reject", *rows, reason=" ").status_code == 422
    assert found(plan, "Sell").state == "open"
    page = decide(plan, "reject", *rows, reason="Done long ago")
    assert "Left out 2" in words(page)
    decided = client.get(reverse("import", args=[plan.pk]) + "?show=decided")
    assert "Done long ago" in words(decided)
    assert "Took up 1 again" in words(decide(plan, "take-up", rows[0]))
    undo(client, page)
    assert found(plan, "Light").state == "open"


@pytest.mark.parametrize(
    ("do", "says"), [("adopt", "at least one entry"), ("", "Choose what to do"), ("burn", "what to do")]
)
def test_a_button_without_sense_says_what_is_missing(plan, decide, do, says):
    assert says in words(decide(plan, do))


def test_back_leads_to_this_import_only(plan, client):
    data = {"do": "adopt-all", "next_url": "https://elsewhere.example/"}
    answer = client.post(reverse("import_decide", args=[plan.pk]), data)
    assert answer["Location"] == reverse("import", args=[plan.pk])


def test_chosen_ones_are_put_together(plan, decide):
    page = decide(plan, "merge", found(plan, "Sell"), found(plan, "Let one"))
    assert "Put 2 entries together." in words(page)
    assert found(plan, "Let one").text.endswith("Sell the second depot")


def entry_form(page: Any) -> dict[str, str]:
    """What the form of an entry holds."""
    form = html.fromstring(page.content).forms
    fields = next(one for one in form if "text" in one.fields).fields
    return {name: (value or "").strip() for name, value in fields.items()}


def test_an_entry_is_corrected_and_adopted_and_the_next_one_opens(plan, client):
    row = found(plan, "Sell")
    address = reverse("proposal", args=[plan.pk, row.key])
    page = client.get(address)
    data = entry_form(page) | {"text": "Sell the northern depot"}
    saved = client.post(address, {**data, "do": "save"}, follow=True)
    assert "Saved." in words(saved) and entry_form(saved)["text"] == "Sell the northern depot"
    undo(client, saved)
    assert found(plan, "Sell").text == "Sell the second depot"
    same = client.post(address, {**entry_form(client.get(address)), "do": "save"}, follow=True)
    assert "Nothing was changed." in words(same)
    data |= {"rag": "Amber", "reference": "S2"}
    answer = client.post(address, {**data, "do": "adopt", "timescale": "April 2026"})
    assert answer["Location"].startswith(f"/imports/{plan.pk}/r")
    record = Record.objects.get(text="Sell the northern depot")
    assert (record.due_text, record.checked) == ("April 2026", True)
    adopted = found(plan, "Sell the northern").fields
    assert (adopted["rag"], adopted["reference"]) == ("Amber", "S2")
    assert "This has been decided." in words(client.get(address))
    assert "decided already" in words(client.post(address, {**data, "do": "adopt"}, follow=True))
    other = reverse("proposal", args=[plan.pk, found(plan, "Light").key])
    assert client.post(other, {**data, "text": "", "do": "save"}).status_code == 422


def test_nothing_is_kept_of_a_correction_whose_adoption_is_refused(client, bring_in):
    batch = bring_in("posts.csv", "Post,Holder,Directorate,Responsible for\nHead of Parks,Robin Hale,Place,Parks\n")
    duty = batch.proposals.get(kind="responsibility")
    batch.proposals.filter(pk=duty.pk).update(fields={"post": "Head of Bins"}, parent_key="")
    address = reverse("proposal", args=[batch.pk, duty.key])
    data = entry_form(client.get(address))
    answer = client.post(address, {**data, "text": "Parks and trees", "do": "adopt"})
    assert answer.status_code == 422 and "adopt the post first" in words(answer)
    duty.refresh_from_db()
    assert duty.text == "Parks"


def test_an_entry_is_parted_and_put_together_again(plan, client):
    row = found(plan, "Sell")
    part = reverse("proposal_part", args=[plan.pk, row.key])
    wrong = client.post(part, {"part-part": "text", "part-begins": "no such words"})
    assert wrong.status_code == 422 and "does not stand inside its words" in words(wrong)
    page = client.post(part, {"part-part": "text", "part-begins": "second depot"}, follow=True)
    assert "the second part stands in r3-2" in words(page)
    assert found(plan, "second depot").key == f"{row.key}-2"
    together = reverse("proposal_together", args=[plan.pk, f"{row.key}-2"])
    assert client.post(together, {}).status_code == 422
    page = client.post(together, {"together-other": row.key}, follow=True)
    assert f"{row.key}-2 was put together with {row.key}" in words(page)
    assert found(plan, "Sell").text == "Sell the second depot"
    undo(client, page)
    assert found(plan, "Sell").text == "Sell the"


def test_the_second_half_of_an_undone_split_is_gone(plan, client):
    row = found(plan, "Sell")
    part = reverse("proposal_part", args=[plan.pk, row.key])
    page = client.post(part, {"part-part": "text", "part-begins": "second depot"}, follow=True)
    undo(client, page)
    assert found(plan, "Sell").text == "Sell the second depot"
    assert "r3-2" not in words(client.get(reverse("import", args=[plan.pk]) + "?show=all"))
    assert "0 left out" in words(client.get(reverse("import", args=[plan.pk])))


def test_the_second_part_of_an_update_goes_to_its_neighbour(plan, client):
    row, other = found(plan, "Let one"), found(plan, "Sell")
    data = {"part-part": "update", "part-begins": "in April", "part-into": other.key}
    client.post(reverse("proposal_part", args=[plan.pk, row.key]), data)
    assert found(plan, "Sell").fields["update"] == "in April 2025"
    assert found(plan, "Let one").fields["update"] == "Tender sent out"


def test_others_find_no_such_page(plan, client_for):
    for role in ("public", "viewer", "director", "auditor"):
        for name, rest in (
            ("import", []),
            ("proposal", ["r1"]),
            ("proposal_printed", ["r1"]),
            ("import_left_over", []),
        ):
            assert client_for(role).get(reverse(name, args=[plan.pk, *rest])).status_code in (302, 404)
