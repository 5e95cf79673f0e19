"""Files come in, show how far they are, and lead to what was found."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from lxml import html

from goldthread.domain.imports import actions
from goldthread.domain.imports.models import Import
from goldthread.domain.imports.terms import Stage
from tests.domain.imports.conftest import PLAN, POSTS, completed_docx
from tests.support.client import assert_queries
from tests.web.imports.conftest import EXAMPLES


def words(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def upload(client, *files: tuple[str, bytes]):
    return client.post("/imports/", {"files": [SimpleUploadedFile(name, data) for name, data in files]})


def test_several_files_come_in_at_once_and_are_read_in_the_background(client_for):
    client = client_for("coordinator")
    assert "No documents yet" in words(client.get("/imports/"))
    response = upload(client, ("plan.csv", PLAN.encode()), ("posts.csv", POSTS.encode()))
    assert (response.status_code, response["Location"]) == (302, "/imports/")
    assert list(Import.objects.values_list("stage", flat=True)) == [Stage.WAITING] * 2
    assert DBTaskResult.objects.count() == 2
    page = client.get("/imports/")
    assert "2 documents are waiting or being read" in words(page)
    part = client.get("/imports/", headers={"HX-Request": "true"})
    assert b"<html" not in part.content and b'hx-trigger="every 1s"' in part.content
    for batch in Import.objects.all():
        actions.read(batch=batch, by=batch.by)
    part = client.get("/imports/", headers={"HX-Request": "true"})
    assert b"every 1s" not in part.content, "it asks no more once everything is read"
    assert "Improvement plan as at 27 May 2025plan.csv Read 5 5" in words(part)


def test_one_file_leads_to_its_own_page_which_shows_how_far_it_is(client_for):
    client = client_for("coordinator")
    response = upload(client, ("plan.csv", PLAN.encode()))
    batch = Import.objects.get()
    assert response["Location"] == reverse("import", args=[batch.pk])
    assert "read in the background" in words(client.get(response["Location"]))
    Import.objects.update(stage=Stage.READING, done=2, steps=5)
    progress = client.get(reverse("import_progress", args=[batch.pk]), headers={"HX-Request": "true"})
    assert "2 of 5" in words(progress) and "HX-Refresh" not in progress
    assert "2 of 5" in words(client.get("/imports/"))
    actions.read(batch=batch, by=batch.by)
    assert client.get(reverse("import_progress", args=[batch.pk]))["HX-Refresh"] == "true"


def test_the_same_file_again_is_recognised(client_for, plan):
    client = client_for("coordinator")
    response = upload(client, ("another name.csv", PLAN.encode()))
    assert "plan.csv is here already; it was not read again." in words(client.get(response["Location"]))
    assert Import.objects.count() == 1 and not DBTaskResult.objects.exists()


def test_what_cannot_be_read_says_so_on_its_page_and_in_the_list(client_for, bring_in):
    batch = bring_in("torn.docx", completed_docx()[:700])
    client = client_for("coordinator")
    for address in (reverse("import", args=[batch.pk]), "/imports/"):
        assert batch.problem in words(client.get(address))
    client.post(reverse("import_again", args=[batch.pk]))
    assert DBTaskResult.objects.count() == 1


def test_nothing_chosen_and_too_large_are_errors_of_the_form(client_for, monkeypatch):
    client = client_for("coordinator")
    response = client.post("/imports/", {})
    assert response.status_code == 422 and "Choose at least one document." in words(response)
    monkeypatch.setattr("goldthread.web.pages.imports.forms.LARGEST", 10)
    response = upload(client, ("plan.csv", PLAN.encode()))
    assert response.status_code == 422 and "plan.csv is over 50 MB" in words(response)
    response = upload(client, ("plan.csv", PLAN.encode()), ("none.docx", b""))
    assert "over 50 MB" in words(response) and "none.docx is empty" in words(response)
    assert not Import.objects.exists()


def test_one_bad_file_among_several_holds_nobody_up(client_for):
    client = client_for("coordinator")
    response = upload(client, ("plan.csv", PLAN.encode()), ("none.docx", b""), ("posts.csv", POSTS.encode()))
    assert response["Location"] == "/imports/"
    assert "none.docx is empty: save it again" in words(client.get("/imports/"))
    assert set(Import.objects.values_list("file_name", flat=True)) == {"plan.csv", "posts.csv"}


def test_a_day_told_at_upload_holds_where_the_document_prints_none(client_for):
    client, day = client_for("coordinator"), {"as_at_0": "3", "as_at_1": "3", "as_at_2": "2025"}
    undated = PLAN.split("\n", 1)[1]
    for name, text, expected in (("undated.csv", undated, "2025-03-03"), ("plan.csv", PLAN, "2025-05-27")):
        client.post("/imports/", {"files": [SimpleUploadedFile(name, text.encode())], **day})
        batch = Import.objects.get(file_name=name)
        batch = actions.read(batch=batch, by=batch.by)
        assert str(batch.as_at) == str(batch.source_file.as_at) == expected


def test_the_day_is_asked_for_where_none_is_printed(client_for, bring_in):
    batch = bring_in("undated.csv", PLAN.split("\n", 1)[1])
    client, address = client_for("coordinator"), reverse("import", args=[batch.pk])
    page = words(client.get(address))
    assert "Which day does the document speak of?" in page and "what you adopt of it speaks of today" in page
    day = reverse("import_day", args=[batch.pk])
    assert client.post(day, {"day-as_at_0": "31", "day-as_at_1": "2", "day-as_at_2": "2025"}).status_code == 422
    client.post(day, {"day-as_at_0": "27", "day-as_at_1": "may", "day-as_at_2": "2025"})
    assert "27 May 2025" in words(client.get(address))


def test_a_question_about_the_whole_document_is_closed(client_for, plan):
    Import.objects.update(questions=[{"ask": "What does the column “Notes” hold?", "choices": ["action"]}])
    client, address = client_for("coordinator"), reverse("import", args=[plan.pk])
    assert "column “Notes”" in words(client.get(address))
    client.post(reverse("import_settle", args=[plan.pk, 0]))
    after = client.get(address)
    assert "The question is closed." in words(after) and "column “Notes”" not in words(after)
    client.post(reverse("import_settle", args=[plan.pk, 0]))
    assert "answered already" in words(client.get(address))


def test_what_a_column_holds_is_answered_and_its_heading_remembered(client_for, plan):
    Import.objects.update(questions=[{"ask": "What does the column “Lead” hold? It was taken as lead.", "choices": []}])
    client, address = client_for("coordinator"), reverse("import", args=[plan.pk])
    column = reverse("import_column", args=[plan.pk, 0])
    wrong = client.post(column, {"column-0-role": ""})
    assert wrong.status_code == 422 and "Choose what the column holds." in words(wrong)
    done = client.post(column, {"column-0-role": "also", "column-0-remember": "on"}, follow=True)
    assert "The column “Lead” holds: something else" in words(done)
    assert not plan.proposals.get(text="Light the main paths").fields.get("leads")
    kept = client.get(reverse("import_headings"))
    assert "Lead Something else: keep it beside the entry" in words(kept)
    assert client_for("viewer").get(reverse("import_headings")).status_code in (302, 404)
    forget = html.fromstring(kept.content).xpath("//form[contains(@action, 'forget')]/@action")[0]
    assert "No heading is remembered yet" in words(client.post(forget, follow=True))
    assert client.post(forget).status_code == 404
    assert "answered already" in words(client.post(column, {"column-0-role": "also"}, follow=True))
    assert client.get(address).status_code == 200


def test_a_column_that_was_not_asked_about_is_told(client_for, plan):
    client, address = client_for("coordinator"), reverse("import_any_column", args=[plan.pk])
    assert "A column was taken for something else" in words(client.get(reverse("import", args=[plan.pk])))
    wrong = client.post(address, {"any-column": "No such heading", "any-role": "also"})
    assert wrong.status_code == 422
    done = client.post(address, {"any-column": "Timescale", "any-role": "also"}, follow=True)
    assert "The column “Timescale” holds: something else" in words(done)
    assert "timescale" not in plan.proposals.get(text="Light the main paths").fields


def test_words_in_no_entry_are_all_shown(client_for, plan):
    text = words(client_for("coordinator").get(reverse("import_left_over", args=[plan.pk])))
    assert "header row" in text and "none lost" in text


def test_a_page_of_a_pdf_is_a_picture_with_the_place_outlined(client_for, bring_in):
    batch = bring_in("review.pdf", (EXAMPLES / "peer-challenge-2022-11.pdf").read_bytes())
    client, row = client_for("coordinator"), batch.proposals.first()
    part = client.get(reverse("proposal_printed", args=[batch.pk, row.key]), headers={"HX-Request": "true"})
    picture = html.fromstring(part.content).xpath("//*[local-name()='image']/@href")[0]
    assert b"gt-page__place" in part.content
    answer = client.get(picture)
    assert answer["Content-Type"] == "image/png" and b"".join(answer.streaming_content).startswith(b"\x89PNG")
    for number in (0, 999):
        assert client.get(reverse("import_page", args=[batch.pk, number])).status_code == 404
    assert client_for("viewer").get(picture).status_code == 404
    assert "whole document" in words(client.get(reverse("proposal", args=[batch.pk, row.key])))


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("plan.docx", "improvement-plan-2025-05-27.docx"),
        ("tracker.xlsx", "peer-challenge-action-plan-2019.xlsx"),
        ("posts.csv", "management-team-2025-05-27.csv"),
        ("plan.txt", None),
    ],
)
def test_the_rows_around_a_place_are_shown_with_its_cells_marked(client_for, bring_in, name, example):
    content = (EXAMPLES / example).read_bytes() if example else PLAN.replace(",", "\t").encode()
    batch, client = bring_in(name, content), client_for("coordinator")
    for row in batch.proposals.all()[:12:3]:
        part = client.get(reverse("proposal_printed", args=[batch.pk, row.key]), headers={"HX-Request": "true"})
        marked = html.fromstring(part.content).xpath("//mark/text()")
        assert any(row.text[:20].split()[0] in text for text in marked), (row.key, row.text, marked)
    answer = client.get(reverse("proposal_printed", args=[batch.pk, row.key]))
    assert answer["Location"] == reverse("proposal", args=[batch.pk, row.key]), "without script: the entry's own page"


def test_pages_ask_the_database_as_often_for_many_rows_as_for_few(client_for, bring_in):
    client, head = client_for("coordinator"), "\n".join(PLAN.splitlines()[:2])
    few = bring_in("few.csv", PLAN)
    rows = "\n".join(
        f"Streets,Objective {number // 5},Criterion,Do thing number {number},Lead {number},May 2026,Begun"
        for number in range(60)
    )
    many = bring_in("many.csv", f"{head}\n{rows}\n")
    assert many.proposals.count() > 60
    for batch in (few, many):
        for show in ("question", "certain", "open", "decided", "all"):
            assert_queries(client, f"{reverse('import', args=[batch.pk])}?show={show}", REVIEW)
        assert_queries(client, reverse("proposal", args=[batch.pk, "r2"]), ENTRY)
    actions.adopt_many(batch=many, by=many.by, only_certain=False)
    assert_queries(client, f"{reverse('import', args=[many.pk])}?show=decided", REVIEW + WHAT_COMES_NEXT)
    for number in range(12):
        actions.receive(file_name=f"{number}.csv", content=f"file {number}".encode(), by=few.by)
    assert_queries(client, "/imports/", LIST)


LIST, REVIEW, ENTRY, WHAT_COMES_NEXT = 5, 7, 6, 5
