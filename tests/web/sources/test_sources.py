"""The source document: as it was read, the passage marked, the file as an attachment; nothing for who may not see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from goldthread.domain.imports import actions as imports
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Record, SourceFile
from goldthread.reading.document import Cell, Document, Paragraph, Table
from goldthread.web.as_read import blocks_of, keys_of

PLAN = """Theme\tObjective\tAction\tLead\tUpdate
Streets\tMend roads\tLet one contract for all wards\tPat Quill\tTender is out.
Streets\tMend roads\tClose the hush-hush depot\tPat Quill\tTalks go on in private.
Parks\tGreener parks\tPlant forty limes\tLee Moss\tPlanted twelve.
"""


@pytest.fixture
def source(person_for, settings, tmp_path: Path) -> SourceFile:
    """A small plan, imported and adopted as a whole; one action is then restricted."""
    settings.MEDIA_ROOT = tmp_path
    by = person_for("coordinator")
    path = tmp_path / "streets.txt"
    path.write_text(f"Streets action plan – update as at 27 May 2025\n\n{PLAN}")
    batch, _ = imports.receive(file_name="streets.txt", content=path, by=by)
    batch = imports.read(batch=batch, by=by)
    imports.adopt_many(batch=batch, by=by, only_certain=False)
    secret = Record.objects.get(kind="action", text__contains="hush-hush")
    register.change_visibility(
        records=[secret], visibility="restricted", because="Staffing", by=by, reason="Not settled"
    )
    return batch.source_file


def marked(response) -> list[str]:
    """The words that the page marks."""
    return [mark.text_content() for mark in html.fromstring(response.content).xpath("//mark")]


def test_the_passage_is_marked_in_the_whole_document(client_for, source):
    action = Record.objects.get(kind="action", text__contains="limes")
    response = client_for("coordinator").get(f"/sources/{source.pk}/?passage={action.passage_id}")
    page = html.fromstring(response.content)
    assert "Plant forty limes" in marked(response)
    assert "Tender is out." in page.text_content()
    assert "Tender is out." not in marked(response)
    (here,) = page.xpath("//*[@id='here']")
    assert "Plant forty limes" in here.text_content()
    assert action.reference in here.text_content()
    link = client_for("coordinator").get(f"/records/{action.reference}/").content.decode()
    assert f"/sources/{source.pk}/?passage={action.passage_id}#here" in link


def test_who_may_not_see_everything_sees_their_own_passages(client_for, source):
    action = Record.objects.get(kind="action", text__contains="limes")
    response = client_for("viewer").get(f"/sources/{source.pk}/?passage={action.passage_id}")
    text = html.fromstring(response.content).text_content()
    assert marked(response) == ["Plant forty limes"]
    assert "Let one contract" in text
    assert "hush-hush" not in text
    assert "Talks go on" not in text
    assert "Download" not in text
    secret = Record.objects.get(kind="action", text__contains="hush-hush")
    other = client_for("viewer").get(f"/sources/{source.pk}/?passage={secret.passage_id}")
    assert marked(other) == []


def test_the_file_is_an_attachment_that_runs_nothing(client_for, source):
    response = client_for("coordinator").get(f"/sources/{source.pk}/file")
    assert response.headers["Content-Disposition"] == 'attachment; filename="streets.txt"'
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert b"limes" in b"".join(response.streaming_content)
    assert client_for("viewer").get(f"/sources/{source.pk}/file").status_code == 404


def test_the_public_sees_no_document_of_which_nothing_is_published(client_for, source):
    assert client_for("public").get(f"/sources/{source.pk}/").status_code == 404
    assert "There is no document" in client_for("public").get("/sources/").content.decode()
    assert "Streets action plan" in client_for("viewer").get("/sources/").content.decode()


def test_a_file_that_is_lost_still_shows_its_passages(client_for, source, settings, tmp_path):
    from goldthread.web import as_read

    as_read._document.cache_clear()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    response = client_for("coordinator").get(f"/sources/{source.pk}/")
    assert "Plant forty limes" in response.content.decode()
    assert client_for("coordinator").get(f"/sources/{source.pk}/file").status_code == 404


class Printed:
    """A passage as the marking asks for it."""

    def __init__(self, *places: dict) -> None:
        self.places = places


def test_places_of_every_format_are_compared():
    assert keys_of({"sheet": "Plan", "row": 4, "table": 1}) == keys_of({"sheet": "Plan", "row": 4, "column": 2})
    assert set(keys_of({"lines": [3, 5]})) & set(keys_of({"lines": [5, 5], "row": 1}))
    assert keys_of({"headings": ["A"], "table": 2, "row": 3}) == keys_of(
        {"headings": [], "table": 2, "row": 3, "cell": 1}
    )
    assert keys_of({"page": 1, "table": 2, "row": 3}) != keys_of({"page": 2, "table": 2, "row": 3})
    assert keys_of({"page": 1, "box": [1.01, 2, 3, 4]}) == keys_of({"page": 1, "box": [1.02, 2, 3, 4]})
    assert keys_of({}) == []


def test_only_the_named_cells_of_a_row_are_marked():
    row = [Cell(text, {"table": 1, "row": 2, "cell": number}) for number, text in enumerate(("A", "B", "C"), 1)]
    document = Document("x", "0", "text/plain", [Paragraph("Head", {"paragraph": 1}, level=1), Table([[*row, None]])])
    (head, table) = blocks_of(document, [], Printed({"table": 1, "row": 2, "cells": {"text": 2, "update": 3}}))
    assert not head.marked
    (shown,) = table.rows
    assert shown.here
    assert [cell.marked for cell in shown.cells] == [False, True, True]
