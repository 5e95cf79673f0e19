"""Files as evidence on the update page and through a signed link: taken in, kept, taken off, sent, and for whom they open."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from goldthread.commons.access.actions import give_role
from goldthread.commons.access.terms import ScopeKind
from goldthread.commons.access.viewer import Scope
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.files.storage import path_of
from goldthread.commons.notices.actions import deliver
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.register.models import Evidence
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.models import Draft
from tests.support.client import StrictClient
from tests.web.rounds.test_links import SECRET
from tests.web.rounds.test_round_pages import signed_in

OPENS = date(2026, 11, 2)
PDF = b"%PDF-1.7 minutes of the panel"


def file(name="Minutes.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def fields(item, version=None, **more):
    """What the form sends for an item, with the number of the draft as the page shows it now unless told otherwise."""
    prefix = f"i{item.pk}"
    if version is None:
        version = Draft.objects.filter(item=item, sent=False).values_list("version", flat=True).first() or 0
    return {f"{prefix}-text": "", f"{prefix}-version": version} | {f"{prefix}-{key}": one for key, one in more.items()}


def words(answer):
    return " ".join(html.fromstring(answer.content).text_content().split())


def as_shown(answer):
    """What the form of a page sends as it stands, with other words."""
    (form,) = html.fromstring(answer.content).xpath("//form[@data-drafts]")
    shown = {name: one or "" for name, one in form.form_values() if name != "csrfmiddlewaretoken"}
    return {name: f"{one}!" if name.endswith("-text") else one for name, one in shown.items()}


def files_of(item, user):
    return [one.name for one in Draft.objects.get(item=item, user=user).files]


def test_several_files_go_with_an_update_without_script(opened, at):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        client = signed_in(sol)
        two = [file(), file("Photo.png", b"\x89PNG street")]
        saved = client.post("/updates/", fields(item, text="The tender is out", evidence_files=two) | {"save": item.pk})
        assert saved.status_code == 302 and saved["Location"].endswith(f"#item-{item.pk}")
        page = client.get("/updates/")
        assert "Minutes.pdf" in words(page) and "Photo.png" in words(page)
        # Saved once more without choosing them again, they stay.
        client.post("/updates/", fields(item, text="The tender is out now", evidence_link="https://a.example/x"))
        assert files_of(item, sol) == ["Minutes.pdf", "Photo.png"]
        sending = words(client.get("/updates/send/"))
        assert "Minutes.pdf (1 KB), Photo.png (1 KB)" in sending
        assert "1 update is sent" in words(client.post("/updates/send/", {"item": [item.pk]}, follow=True))
        pieces = list(Evidence.objects.filter(record=item.record).order_by("pk"))
        assert [(one.title, one.file_name, one.link, one.public) for one in pieces] == [
            ("Minutes.pdf", "Minutes.pdf", "", False),
            ("Photo.png", "Photo.png", "", False),
            ("https://a.example/x", "", "https://a.example/x", False),
        ]
        assert {one.event_id for one in pieces} == {opened.item(0).update.event_id}, "one act, one undo"
        # What comes next begins without them.
        client.post("/updates/", fields(item, text="One more thing"))
        assert files_of(item, sol) == []


def test_a_refused_file_is_named_and_everything_else_is_kept(opened, at):
    with at(OPENS):
        sol, item, other = opened.user("Sol Avery"), opened.item(0), opened.item(1)
        client = signed_in(sol)
        sent = [file(), file("virus.exe", b"MZ"), file("fake.pdf", b"<html>")]
        answer = client.post(
            "/updates/",
            fields(item, text="The tender is out", evidence_files=sent)
            | fields(other, text="Half counted")
            | {"send": "all"},
        )
        assert answer.status_code == 422
        errors = [
            one.text_content()
            for one in html.fromstring(answer.content).xpath("//ul[contains(@class, 'error-summary')]/li")
        ]
        assert len(errors) == 2
        assert "Not every file is added; everything else is saved" in words(answer)
        assert "virus.exe is not of a type" in errors[0] and "fake.pdf is not what its ending" in errors[1]
        assert all(item.record.reference in one for one in errors)
        page = words(answer)
        assert "The tender is out" in page and "Half counted" in page and "Minutes.pdf" in page
        assert files_of(item, sol) == ["Minutes.pdf"]
        # What the page shows now is what is saved: sending it again clashes with nothing.
        again = client.post("/updates/", as_shown(answer) | {"send": "all"})
        assert again.status_code == 302


def test_a_file_is_kept_where_the_text_clashes_with_another_window(opened, at):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        client = signed_in(sol)
        client.post("/updates/", fields(item, text="From the desk"))
        answer = client.post("/updates/", fields(item, 0, text="From the phone", evidence_files=[file()]))
        assert answer.status_code == 409 and "Minutes.pdf" in words(answer) and "From the phone" in words(answer)
        assert files_of(item, sol) == ["Minutes.pdf"]
        assert Draft.objects.get(item=item, user=sol).text == "From the desk"


def test_with_script_they_are_added_as_they_are_chosen(opened, at):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        client, draft = signed_in(sol), f"/updates/{item.pk}/draft/"
        said = client.post(draft, fields(item, text="Out", evidence_files=[file(), file("x.bat", b"x")])).json()
        assert [one["name"] for one in said["files"]] == ["Minutes.pdf (1 KB)"]
        assert len(said["refused"]) == 1 and "x.bat is not of a type" in said["refused"][0]
        kept = client.post(draft, fields(item, said["version"], text="Out now")).json()
        assert kept["version"] == 2 and "files" not in kept
        assert files_of(item, sol) == ["Minutes.pdf"], "saving words leaves them"
        off = client.post(draft, fields(item, 2, text="Out now") | {"drop": said["files"][0]["drop"]}).json()
        assert off["files"] == [] and files_of(item, sol) == [], "and off without leaving the page"
        said = client.post(draft, fields(item, 2, text="Out now", evidence_files=[file()])).json()
        gone = client.post(
            "/updates/", fields(item, 2, text="Out now") | {"drop": said["files"][0]["drop"]}, follow=True
        )
        assert "Minutes.pdf is taken off" in words(gone) and files_of(item, sol) == []
        assert client.post("/updates/", fields(item, 2, text="Out now") | {"drop": "7:nonsense"}).status_code == 302


def test_an_update_has_at_most_ten_files(opened, at):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        many = [file(f"{number}.txt", b"x%d" % number) for number in range(12)]
        answer = signed_in(sol).post("/updates/", fields(item, evidence_files=many))
        assert "10.txt is not added: 10 files are with this update" in words(answer)
        assert len(files_of(item, sol)) == 10
        actions.detach(item=item, sha256=Draft.objects.get(item=item).files[0].sha256, by=sol)
        actions.attach(item=item, name="1.txt", chunks=[b"x1"], by=sol)
        assert len(files_of(item, sol)) == 9, "the same file twice is there once"


def test_through_a_signed_link_too_and_for_its_items_alone(opened, at, sent_mail):
    with at(OPENS):
        deliver()
        mail = next(one for one in sent_mail if one.to == ["sol@fernleigh.example"])
        client, item, foreign = StrictClient(), opened.item(0), opened.item(3)
        client.post(SECRET.search(mail.body).group())
        page = client.get("/updates/by-link/").content.decode()
        assert 'enctype="multipart/form-data"' in page and f'name="i{item.pk}-evidence_files"' in page
        data = fields(item, text="Out", evidence_files=[file()]) | fields(foreign, text="x", evidence_files=[file()])
        assert client.post("/updates/by-link/", data).status_code == 302
        assert not Draft.objects.filter(item=foreign).exists()
        draft = f"/updates/by-link/{foreign.pk}/draft/"
        assert client.post(draft, fields(foreign, text="x", evidence_files=[file()])).status_code == 404
        assert "Minutes.pdf" in words(client.get("/updates/by-link/send/"))
        assert client.post("/updates/by-link/send/", {"item": [item.pk]}).status_code == 302
        piece = Evidence.objects.get(record=item.record)
        assert (piece.by, piece.file_name) == (opened.user("Sol Avery"), "Minutes.pdf")
        address = f"/records/{item.record.reference}/evidence/{piece.pk}/"
        assert client.get(address).status_code == 404, "a link signs nobody in"


def test_nothing_is_kept_once_the_round_takes_no_more_updates(opened, at):
    with at(OPENS):
        sol, item, late = opened.user("Sol Avery"), opened.item(0), PDF + b" late"
        actions.call_off(round=opened.round, by=opened.coordinator, reason="Elections")
        with pytest.raises(Refused, match="takes no more updates"):
            actions.attach(item=item, name="Late.pdf", chunks=[late], by=sol)
        assert not path_of(hashlib.sha256(late).hexdigest()).exists()


def test_what_was_sent_opens_for_who_sees_what_is_internal_there(opened, at):
    with at(OPENS):
        sol, item = opened.user("Sol Avery"), opened.item(0)
        actions.attach(item=item, name="Minutes.pdf", chunks=[PDF], by=sol)
        kept = Draft.objects.get(item=item).files
        actions.send(item=item, answer=actions.Answer(text="Out", evidence_files=tuple(kept)), by=sol)
        address = f"/records/{item.record.reference}/evidence/{Evidence.objects.get(record=item.record).pk}/"
        reader, stranger = (User.objects.create_user(f"{one}@fernleigh.example", one) for one in ("reader", "stranger"))
        elsewhere = organisation.add_directorate(name="Elsewhere", by=opened.coordinator)
        give_role(user=reader, role="viewer", by=opened.coordinator, reason="x")
        there = Scope(ScopeKind.DIRECTORATE, elsewhere.pk)
        give_role(user=stranger, role="viewer", by=opened.coordinator, reason="x", scope=there)
        got = signed_in(reader).get(address)
        assert b"".join(got.streaming_content) == PDF and got["Content-Disposition"].startswith("attachment")
        assert signed_in(stranger).get(address).status_code == 404
        assert StrictClient().get(address).status_code == 404
        check = words(signed_in(opened.director).get(f"/rounds/{opened.round.pk}/check/"))
        assert "Minutes.pdf" in check, "who checks sees what shows it"
