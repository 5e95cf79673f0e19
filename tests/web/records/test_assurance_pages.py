"""Verifying, judging, proposing and deciding on dates, evidence in files: through the pages, with the way back."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from goldthread.commons.files.intake import take_in
from goldthread.domain.register import actions as register
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models import Evidence, Record
from goldthread.domain.register.queries import record_at
from goldthread.kernel.clock import fixed_at
from tests.web.records.test_writing import DAY, errors, undo_from

pytestmark = pytest.mark.usefixtures("today")
PDF = b"%PDF-1.7 minutes"


def text_of(response) -> str:
    """The words of a page."""
    return " ".join(html.fromstring(response.content).text_content().split())


def file(name: str = "Minutes.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def test_what_is_done_is_verified_by_another_and_judged_by_a_third(client_for, council):
    done, base = council.done, f"/records/{council.done.reference}/"
    director = client_for("director")
    assert "Verify it" in text_of(director.get(base))
    assert "Verify it" not in text_of(client_for("lead").get(base))
    assert errors(director.post(base + "verify/", {"reason": "Seen"})) == ["Say whether it is done."]
    response = director.post(base + "verify/", {"verified": "yes", "reason": "I counted again"})
    page = text_of(director.get(response.headers["Location"]))
    assert "Verified on 15 January 2026" in page
    assert "I counted again" in page
    assert "To be judged from 27 November 2025 on" in page
    assert "third person" in errors(director.post(base + "effect/", {"effective": "effective", "reason": "x"}))[0]
    auditor = client_for("auditor")
    assert "Judge the effect" not in page, "who verified it is not offered what would be refused"
    assert "Judge the effect" in text_of(auditor.get(base))
    assert "Cost per mile falls" in text_of(auditor.get(base + "effect/"))
    judged = auditor.post(base + "effect/", {"effective": "partly", "reason": "Half of them"})
    assert "Partly effective, judged on 15 January 2026" in text_of(client_for("viewer").get(base))
    undo_from(auditor, judged)
    assert "Partly effective" not in text_of(auditor.get(base))
    assert Record.objects.get(pk=done.pk).verified


def test_what_is_not_done_goes_back_open(client_for, council):
    base = f"/records/{council.done.reference}/"
    response = client_for("auditor").post(base + "verify/", {"verified": "no", "reason": "Only half"})
    assert response.status_code == 302
    assert Record.objects.get(pk=council.done.pk).state == "open"


def test_dates_are_proposed_accepted_and_declined_with_one_press(client_for, council):
    base = f"/records/{council.late.reference}/"
    lead, coordinator = client_for("lead"), client_for("coordinator")
    assert (
        lead.post(base + "dates/propose/", {"timescale_or_day": "June 2026", "reason": "The court"}).status_code == 302
    )
    lead.post(base + "update/", {"text": "The tender closes on 2 March 2026.", **DAY})
    page = html.fromstring(lead.get(base).content)
    buttons = [
        " ".join(button.text_content().split()) for button in page.xpath("//main//form//button[@name='decision']")
    ]
    assert buttons == ["Accept 2 March 2026", "Decline 2 March 2026"]
    row = record_at(council.late.reference, viewer=council_viewer(council))
    milestone, due = row.proposed_dates
    assert "Waits for the coordinator" in text_of(lead.get(base))
    assert "may not" in text_of(lead.post(f"{base}dates/{due.pk}/", {"decision": "accepted"}, follow=True))
    accepted = coordinator.post(f"{base}dates/{due.pk}/", {"decision": "accepted"})
    assert Record.objects.get(pk=council.late.pk).due_on == date(2026, 6, 30)
    undo_from(coordinator, accepted)
    assert Record.objects.get(pk=council.late.pk).due_on == date(2025, 12, 31)
    assert lead.post(f"{base}dates/{milestone.pk}/", {"decision": "accepted"}).status_code == 302
    assert "Mark as met" in text_of(lead.get(base))
    assert lead.post(f"{base}dates/{milestone.pk}/", {"decision": "nonsense"}).status_code == 404
    assert lead.post(f"{base}dates/999999/", {"decision": "accepted"}).status_code == 404


def council_viewer(council):
    """What the person who keeps the register sees."""
    from goldthread.commons.access.queries import viewer_for

    return viewer_for(council.by)


def test_evidence_is_a_file_with_versions_that_only_comes_as_an_attachment(client_for, council, settings):
    base = f"/records/{council.late.reference}/"
    lead = client_for("lead")
    data = {"evidence_title": "Minutes", "evidence_files": file(), **DAY}
    assert lead.post(base + "evidence/", data).status_code == 302
    assert (
        lead.post(base + "evidence/", data | {"evidence_files": file("minutes 2.pdf", PDF + b"2")}).status_code == 302
    )
    page = lead.get(base)
    assert "Version 2, 14 January 2026" in text_of(page)
    assert "not scanned" in text_of(page)
    newest, earlier = html.fromstring(page.content).xpath(
        "//a[contains(@href, '/evidence/') and not(contains(@href, 'evidence/#'))]/@href"
    )[-2:]
    sent = lead.get(newest)
    assert b"".join(sent.streaming_content) == PDF + b"2"
    assert sent.headers["Content-Disposition"] == 'attachment; filename="minutes 2.pdf"'
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(lead.get(earlier).streaming_content) == PDF
    public = client_for("public")
    assert public.get(newest).status_code == 404
    assert "1 piece of evidence, held by the council" in text_of(public.get(base))


def test_a_published_file_that_was_taken_back_is_not_open_to_the_public_on_another_day(client_for, council):
    with fixed_at(date(2026, 1, 12)):
        kept = take_in("Names.pdf", [PDF])
        event = register.attach(
            record=council.late, new=[register.NewEvidence("Names", file=kept, public=True)], by=council.by
        )
    address = f"/records/{council.late.reference}/evidence/{Evidence.objects.get(event=event).pk}/"
    assert client_for("public").get(address).status_code == 200
    with fixed_at(date(2026, 1, 14)):
        undo(event=event, by=council.by, reason="It names people")
    for day in ("", "?known_on=2026-01-13"):
        assert client_for("public").get(address + day).status_code == 404, day
    assert client_for("coordinator").get(f"{address}?known_on=2026-01-13").status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (("virus.exe", b"MZ"), "not of a type"),
        (("plan.pdf", b"<html>"), "not what its ending"),
        (("notes.txt", b"a\0b"), "not what its ending"),
        (("long.txt", b"a" * 3000), "larger than"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_a_sentence(client_for, council, settings, sent, said):
    settings.EVIDENCE_MAX_BYTES = 2000
    response = client_for("lead").post(
        f"/records/{council.late.reference}/evidence/", {"evidence_title": "x", "evidence_files": file(*sent), **DAY}
    )
    assert said in errors(response)[0]
    assert not record_at(council.late.reference, viewer=council_viewer(council)).evidence


def test_a_virus_scanner_is_asked_before_anything_is_kept(client_for, council, settings, tmp_path):
    scanner = tmp_path / "scan.sh"
    scanner.write_text('#!/bin/sh\ngrep -q EICAR "$1" && exit 1\nexit 0\n')
    scanner.chmod(0o755)
    settings.VIRUS_SCAN, url = str(scanner), f"/records/{council.late.reference}/evidence/"
    lead = client_for("lead")
    bad = {"evidence_title": "x", "evidence_files": file("a.txt", b"EICAR test"), **DAY}
    assert "virus scanner has found" in errors(lead.post(url, bad))[0]
    settings.VIRUS_SCAN = str(tmp_path / "absent")
    assert "could not be scanned" in errors(lead.post(url, bad | {"evidence_files": file("a.txt", b"fine")}))[0]
    settings.VIRUS_SCAN = str(scanner)
    assert lead.post(url, bad | {"evidence_files": file("a.txt", b"fine")}).status_code == 302
    assert record_at(council.late.reference, viewer=council_viewer(council)).evidence[0].scanned


def test_two_at_once_see_both_texts_and_nothing_is_lost(client_for, council):
    url = f"/records/{council.late.reference}/update/"
    first, second = client_for("lead"), client_for("coordinator")
    seen = html.fromstring(first.get(url).content).xpath("//input[@name='based_on']/@value")[0]
    assert second.post(url, {"text": "Two bids are in.", **DAY, "based_on": seen}).status_code == 302
    response = first.post(url, {"text": "One bid is in.", **DAY, "based_on": seen})
    page = html.fromstring(response.content)
    beside = page.xpath("//div[@id='conflict']")[0].text_content()
    assert "Two bids are in." in beside
    assert "One bid is in." in beside
    assert page.xpath("//textarea[@name='text']")[0].text_content().strip() == "One bid is in."
    again = page.xpath("//input[@name='based_on']/@value")[0]
    assert first.post(url, {"text": "One bid is in.", **DAY, "based_on": again}).status_code == 302
    texts = [one.text for one in record_at(council.late.reference, viewer=council_viewer(council)).updates]
    assert texts[-2:] == ["Two bids are in.", "One bid is in."]


def test_no_change_is_an_update_that_says_why(client_for, council):
    url = f"/records/{council.late.reference}/update/"
    assert client_for("lead").post(url, {"text": "", "no_change_because": "The court", **DAY}).status_code == 302
    assert Record.objects.get(pk=council.late.pk).last_update == "No change: The court"


def test_a_named_officer_is_not_for_the_public(client_for, council):
    with fixed_at(date(2026, 1, 10)):
        register.declare_rating(record=council.late, value="amber", by=council.by, reason="Award is a week away")
    public = text_of(client_for("public").get(f"/records/{council.late.reference}/"))
    assert "Award is a week away" in public
    assert council.by.name not in public
