"""Deciding on proposals before they are adopted; each decision keeps what stood before and is taken back whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.models import Event
from goldthread.domain.imports import actions
from goldthread.domain.imports.models import Import
from goldthread.domain.imports.rules import Effect, effect_of, parted
from goldthread.domain.register.models import Record
from tests.domain.conftest import person_with
from tests.domain.imports.conftest import found


def shapes(batch: Import) -> dict[str, Any]:
    """How every proposal of an import stands, left-out ones apart."""
    rows = batch.proposals.filter(rejected__isnull=True).order_by("key")
    return {row.key: (row.kind, row.text, row.section, row.fields, row.questions, row.parent_key) for row in rows}


def test_left_out_with_a_reason_and_taken_up_again(plan: Import, coordinator: User) -> None:
    with pytest.raises(Refused, match="Say why"):
        actions.reject(proposals=[found(plan, "Sell")], by=coordinator, reason=" ")
    event = actions.reject(proposals=[found(plan, "Sell")], by=coordinator, reason="Sold in March")
    assert (found(plan, "Sell").state, event.reason) == ("rejected", "Sold in March")
    actions.adopt_many(batch=plan, by=coordinator, only_certain=False)
    assert not Record.objects.filter(text__startswith="Sell").exists()
    actions.take_up_again(proposals=[found(plan, "Sell")], by=coordinator)
    assert found(plan, "Sell").state == "open"
    with pytest.raises(Refused):
        actions.take_up_again(proposals=[found(plan, "Sell")], by=coordinator)


def test_a_correction_is_adopted_and_what_was_read_is_kept(plan: Import, coordinator: User) -> None:
    row = found(plan, "Sell")
    actions.edit_proposal(
        proposal=row, by=coordinator, text="Sell the northern depot", section=["Money"],
        fields={"timescale": None, "leads": [{"text": "Head of Depots"}]},
    )  # fmt: skip
    with pytest.raises(Refused, match="needs words"):
        actions.edit_proposal(proposal=row, by=coordinator, text="  ")
    actions.adopt_proposals(proposals=[found(plan, "Sell the northern")], by=coordinator)
    record = Record.objects.get(text="Sell the northern depot")
    assert (record.section, record.due_text, record.printed_leads) == (["Money"], "", "Head of Depots")
    assert record.passage.text == "Sell the second depot", "the print is not touched"
    with pytest.raises(Refused, match="edit the record"):
        actions.edit_proposal(proposal=found(plan, "Sell"), by=coordinator, text="x")


def test_an_update_is_parted_where_the_second_one_begins(plan: Import, coordinator: User) -> None:
    row = found(plan, "Let one")
    actions.edit_proposal(
        proposal=row, by=coordinator, fields={"update": "Tender is out.\n\nThe depot is   empty now."}
    )
    before = shapes(plan)
    event, other = actions.split_proposal(
        proposal=row, part="update", begins="the depot is empty", into=found(plan, "Sell"), by=coordinator
    )
    assert found(plan, "Let one").fields["update"] == "Tender is out."
    assert (other, other.fields["update"]) == (found(plan, "Sell"), "The depot is   empty now.")
    actions.undo(event=event, by=coordinator)
    assert shapes(plan) == before


def test_words_are_parted_into_two_entries_with_the_same_place(plan: Import, coordinator: User) -> None:
    row, before = found(plan, "Sell"), shapes(plan)
    event, other = actions.split_proposal(proposal=row, begins="second depot", by=coordinator)
    assert (found(plan, "Sell").text, other.text, other.key) == ("Sell the", "second depot", f"{row.key}-2")
    assert (other.parent_key, other.passage, other.fields["leads"]) == (
        row.parent_key,
        row.passage,
        row.fields["leads"],
    )
    undone = actions.undo(event=event, by=coordinator)
    assert shapes(plan) == before
    actions.undo(event=undone, by=coordinator)
    assert shapes(plan)[other.key][1] == "second depot"
    actions.adopt_many(batch=plan, by=coordinator, only_certain=False)
    assert Record.objects.get(text="second depot").passage == row.passage
    for begins in ("Sell", "no such words", "  "):
        with pytest.raises(Refused):
            actions.split_proposal(proposal=found(plan, "Sell"), begins=begins, by=coordinator)


def test_entries_that_were_torn_apart_are_put_together(plan: Import, coordinator: User) -> None:
    before = shapes(plan)
    rows = [found(plan, "Sell"), found(plan, "Let one")]
    event = actions.merge_proposals(proposals=rows, by=coordinator)
    whole = found(plan, "Let one")
    assert whole.text == "Let one contract for all wards Sell the second depot"
    assert [lead["text"] for lead in whole.fields["leads"]] == ["Director of Streets", "Pat Quill"]
    assert (whole.fields["timescale"]["text"], len(whole.passage.places)) == ("December 2025", 2)
    assert plan.proposals.get(key=rows[0].key).state == "rejected"
    actions.undo(event=event, by=coordinator)
    assert shapes(plan) == before and len(found(plan, "Let one").passage.places) == 1
    with pytest.raises(Refused, match="at least two"):
        actions.merge_proposals(proposals=rows[:1], by=coordinator)


def test_what_hung_on_a_merged_entry_hangs_on_the_whole(plan: Import, coordinator: User) -> None:
    rows = [found(plan, "Cut the cost"), found(plan, "Longer park")]
    event = actions.merge_proposals(proposals=rows, by=coordinator)
    assert found(plan, "Light").parent_key == rows[0].key
    actions.adopt_many(batch=plan, by=coordinator, only_certain=False)
    with pytest.raises(Refused, match="adopted since"):
        actions.undo(event=event, by=coordinator)


def test_answers_close_questions_and_only_their_own_person_or_a_coordinator_takes_them_back(
    plan: Import, coordinator: User
) -> None:
    asked = [
        {"ask": "Is this one action?", "choices": ["yes", "no"]},
        {"ask": "Is it another?", "choices": ["another recommendation", "part of recommendation 1"]},
    ]
    plan.proposals.filter(text__startswith="Sell").update(questions=asked)
    with pytest.raises(Refused, match="correct the entry"):
        actions.answer_question(proposal=found(plan, "Sell"), question=0, choice="no", by=coordinator)
    event = actions.answer_question(proposal=found(plan, "Sell"), question=0, choice="yes", by=coordinator)
    assert found(plan, "Sell").questions == asked[1:] and event.reason == "Is this one action? Yes."
    actions.answer_question(proposal=found(plan, "Sell"), question=0, choice="part of recommendation 1", by=coordinator)
    assert plan.proposals.get(text="Sell the second depot").state == "rejected"
    assert found(plan, "Let one").text.endswith("Sell the second depot")
    with pytest.raises(Refused):
        actions.answer_question(proposal=found(plan, "Light"), question=0, choice="yes", by=coordinator)
    with pytest.raises(NotAllowed):
        actions.undo(event=event, by=person_with("viewer", "Vera Lundy"))


def test_a_question_about_the_whole_document_is_settled_and_asked_again(plan: Import, coordinator: User) -> None:
    questions = [{"ask": "What does the column “Notes” hold?"}, {"ask": "Which day?"}]
    Import.objects.filter(pk=plan.pk).update(questions=questions)
    event = actions.settle_question(batch=plan, question=0, by=coordinator)
    plan.refresh_from_db()
    assert plan.questions == questions[1:]
    actions.undo(event=event, by=coordinator)
    plan.refresh_from_db()
    assert plan.questions == questions


def test_nothing_that_is_refused_leaves_an_event(plan: Import, coordinator: User) -> None:
    actions.adopt_proposals(proposals=[found(plan, "Sell")], by=coordinator)
    adopted, before = found(plan, "Sell"), Event.objects.count()
    for act in (
        lambda: actions.split_proposal(proposal=adopted, begins="depot", by=coordinator),
        lambda: actions.merge_proposals(proposals=[adopted, found(plan, "Light")], by=coordinator),
        lambda: actions.answer_question(proposal=adopted, question=0, choice="yes", by=coordinator),
        lambda: actions.reject(proposals=[adopted], by=coordinator, reason="x"),
    ):
        with pytest.raises(Refused):
            act()
    assert Event.objects.count() == before


@given(some.text(max_size=80), some.text(max_size=20))
def test_parting_loses_no_word(text: str, begins: str) -> None:
    parts = parted(text, begins)
    if parts is not None:
        assert "".join("".join(parts).split()) == "".join(text.split()) and all(parts)


@pytest.mark.parametrize(
    ("ask", "choices", "choice", "effect"),
    [
        ("It is listed as completed, and says “Ongoing”. Is it complete?", ["yes", "no"], "yes", Effect.COMPLETE),
        ("It is listed as completed, and says “Ongoing”. Is it complete?", ["yes", "no"], "no", Effect.OPEN),
        ("Are objective, lead and action parted rightly?", ["yes", "no"], "yes", Effect.CONFIRM),
        ("Are objective, lead and action parted rightly?", ["yes", "no"], "no", Effect.CORRECT),
        ("Is it another one?", ["another recommendation", "part of recommendation 3"], "part of recommendation 3",
         Effect.PREVIOUS),
    ],
)  # fmt: skip
def test_each_answer_has_its_effect(ask: str, choices: list[str], choice: str, effect: Effect) -> None:
    question = {"ask": ask, "choices": choices}
    assert effect_of(question, choice) is effect
    with pytest.raises(ValueError, match="not among"):
        effect_of(question, "perhaps")
