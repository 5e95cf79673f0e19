"""Files of drafts wait apart from the store: what was sent stays for ever, what nobody sent is let go once the round is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings

from goldthread.commons.errors import Refused
from goldthread.commons.files.storage import path_of
from goldthread.domain.register import actions as register
from goldthread.domain.register.models import Evidence
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.models import Draft, Round
from goldthread.domain.rounds.terms import NEXT, OVER, RoundState

DAY = date(2026, 11, 16)
LATER = DAY + timedelta(days=2)
MINUTES, WRONG = b"%PDF-1.7 minutes", b"%PDF-1.7 wrong"


@pytest.fixture(autouse=True)
def own_store(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"


def waiting():
    folder = settings.MEDIA_ROOT / "waiting"
    return sorted(one.read_bytes() for one in folder.iterdir()) if folder.exists() else []


def with_file(opened, content, number=0):
    item, sol = opened.item(number), opened.user("Sol Avery")
    return actions.attach(item=item, name="Minutes.pdf", chunks=[content], by=sol)


def in_state(opened, state):
    Round.objects.filter(pk=opened.round.pk).update(state=state)


def let_go(opened, day=LATER):
    return actions.let_go_of_files(by=opened.coordinator)


def test_there_is_no_way_back_from_a_round_that_is_over():
    assert all(set(NEXT.get(state, ())) <= set(OVER) for state in OVER)


def test_a_file_of_a_draft_is_not_in_the_store_until_it_is_sent(opened, at):
    with at(DAY):
        draft = with_file(opened, MINUTES)
        assert waiting() == [MINUTES] and not path_of(draft.files[0].sha256).exists()
        actions.send(item=draft.item, answer=Answer(text="x", evidence_files=tuple(draft.files)), by=draft.user)
        assert path_of(Evidence.objects.get().sha256).read_bytes() == MINUTES


@pytest.mark.parametrize("state", RoundState)
def test_only_a_round_that_is_over_lets_go_of_what_nobody_sent(opened, at, state):
    with at(DAY):
        with_file(opened, WRONG)
        in_state(opened, state)
    with at(LATER):
        assert let_go(opened) == (1 if state in OVER else 0)
        assert waiting() == ([] if state in OVER else [WRONG])


def test_what_was_sent_or_is_on_record_elsewhere_stays_whatever_is_let_go(opened, at):
    """The same content in an abandoned draft, in an update that was sent, and attached to another record by hand."""
    with at(DAY):
        sol = opened.user("Sol Avery")
        sent = with_file(opened, MINUTES)
        actions.send(item=sent.item, answer=Answer(text="x", evidence_files=tuple(sent.files)), by=sol)
        abandoned = with_file(opened, MINUTES, number=1)
        elsewhere = with_file(opened, WRONG, number=1)
        kept = register.NewEvidence(title="x", file=_taken_in_for_good(WRONG))
        register.attach(record=opened.records[2], new=[kept], by=opened.coordinator)
        in_state(opened, RoundState.ISSUED)
    with at(LATER):
        assert let_go(opened) == 3 and waiting() == []
        for piece in Evidence.objects.all():
            assert path_of(piece.sha256).read_bytes() in (MINUTES, WRONG)
        assert {one.sha256 for one in Evidence.objects.all()} == {
            abandoned.files[0].sha256,
            elsewhere.files[0].sha256,
        } | {Draft.objects.get(pk=elsewhere.pk).files[1].sha256}
        assert let_go(opened) == 0


def _taken_in_for_good(content):
    from goldthread.commons.files.intake import take_in

    return take_in("Wrong.pdf", [content])


def test_a_file_that_was_taken_off_goes_after_a_day_and_not_before(opened, at):
    with at(DAY):
        draft = with_file(opened, WRONG)
        actions.detach(item=draft.item, sha256=draft.files[0].sha256, by=draft.user)
        assert let_go(opened) == 0, "a young one may be on its way into a draft"
    with at(LATER):
        again = with_file(opened, WRONG)
        assert let_go(opened) == 1 and waiting() == [WRONG], "the one that came again has a name of its own"
        sent = Answer(text="x", evidence_files=tuple(again.files))
        actions.send(item=again.item, answer=sent, by=again.user)
        assert path_of(Evidence.objects.get().sha256).read_bytes() == WRONG


def test_what_the_lead_took_over_does_not_go_with_the_draft_it_came_from(opened, at):
    with at(DAY):
        item, sol = opened.item(0), opened.user("Sol Avery")
        actions.hand_over(item=item, by=sol, email="pat@trees.example")
        pat = item.hand_overs.get().to
        theirs = actions.attach(item=item, name="Trees.pdf", chunks=[MINUTES], by=pat)
        own = actions.use_draft(item=item, draft=theirs.pk, by=sol)
        actions.detach(item=item, sha256=theirs.files[0].sha256, by=pat)
    with at(LATER):
        assert let_go(opened) == 1 and waiting() == [MINUTES]
        actions.send(item=item, answer=Answer(text="x", evidence_files=tuple(own.files)), by=sol)
        assert path_of(Evidence.objects.get().sha256).read_bytes() == MINUTES


def test_a_file_that_is_missing_is_said_to_be_missing_and_nothing_is_sent(opened, at):
    with at(DAY):
        draft = with_file(opened, MINUTES)
        for one in (settings.MEDIA_ROOT / "waiting").iterdir():
            one.unlink()
        with pytest.raises(Refused, match=r"Minutes\.pdf is no longer here as it was: take it off and choose it again"):
            actions.send(item=draft.item, answer=Answer(text="x", evidence_files=tuple(draft.files)), by=draft.user)
        assert opened.item(0).update is None and not Evidence.objects.exists()


def test_a_draft_from_before_files_waited_is_sent_as_it_is(opened, at):
    with at(DAY):
        from goldthread.commons.files.intake import take_in

        item, sol, one = opened.item(0), opened.user("Sol Avery"), take_in("Old.pdf", [MINUTES])
        held = {
            "sha256": one.sha256,
            "size": one.size,
            "name": one.name,
            "media_type": one.media_type,
            "scanned": False,
        }
        draft = actions.save_draft(item=item, values={"text": "x"}, by=sol)
        Draft.objects.filter(pk=draft.pk).update(values={"text": "x", "files": [held]})
        draft.refresh_from_db()
        actions.send(item=item, answer=Answer(text="x", evidence_files=tuple(draft.files)), by=sol)
        assert Evidence.objects.get().file_name == "Old.pdf"


def test_the_work_that_comes_again_does_it_and_says_so(opened, at):
    with at(DAY):
        with_file(opened, WRONG)
        actions.call_off(round=opened.round, by=opened.coordinator, reason="Elections")
    with at(LATER):
        assert actions.tick(by=opened.coordinator).let_go == 1
        assert waiting() == [] and actions.tick(by=opened.coordinator).let_go == 0
