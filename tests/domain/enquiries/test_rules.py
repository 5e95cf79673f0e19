"""The rules on any text: they never fail, give the same answer again, and read dates, figures and cadences as people do."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.domain.enquiries.rules import Aim, Entry, Lead, PlanRead, enquire
from goldthread.domain.enquiries.rules.cadences import cadence_of
from goldthread.domain.enquiries.rules.phrases import figures, sentences, stem
from tests.corpus.press.contradiction_words import PLANTS

ON = date(2026, 3, 31)
PHRASES = sorted({row[name] for lists in PLANTS.values() for rows in lists for row in rows for name in row})


def plan(text: str, update: str, before: str = "", due: date | None = None) -> PlanRead:
    """A plan of one action."""
    entry = Entry(
        "A1", text, "An aim", "O1", update, ON, [(date(2025, 12, 31), before)] if before else [], due_on=due,
        leads=[Lead("Jo Hart")], criteria=[("C1", text)],
    )  # fmt: skip
    return PlanRead(ON, [Aim("O1", "An aim", entry.criteria, [entry])], [entry], [date(2025, 12, 31), ON])


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PHRASES), max_size=4).map(" ".join)),
    update=st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PHRASES), max_size=4).map(". ".join)),
    before=st.text(max_size=60),
)
def test_any_words_are_read_the_same_way_twice(text: str, update: str, before: str) -> None:
    found = enquire(plan(text, update, before))
    assert found == enquire(plan(text, update, before))
    assert all(each.words and each.question.endswith("?") and each.why.endswith(".") for each in found)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Survey staff every six months", 6),
        ("Report to Cabinet quarterly", 3),
        ("The board meets once a month", 1),
        ("Hold a forum twice a year", 6),
        ("An annual staff survey", 12),
        ("Every 18 months", 18),
        ("Save £28,000 per month", None),
        ("Take 10 days every year", None),
        ("The annual budget is agreed", None),
    ],
)
def test_how_often(text: str, months: int | None) -> None:
    found = cadence_of(text)
    assert (found.months if found else None) == months


def test_figures_say_what_they_are() -> None:
    (one, two, three) = figures("In 2024/25 about £1.2m went to 1,400 homes, 12% of the stock")
    assert (one.sort, one.value, one.manner) == ("money", 1_200_000, "rough")
    assert (two.sort, two.value, two.unit) == ("count", 1400, stem("homes"))
    assert (three.sort, three.value) == ("percent", 12)
    (limit,) = figures("no more than 5%")
    assert limit.manner == "below"


def test_sentences_keep_their_places() -> None:
    text = "It cost approx. £4.5m in all. No. 7 is open;\n• Cllr Bell cut the ribbon."
    assert [each.text for each in sentences(text)] == [
        "It cost approx. £4.5m in all.",
        "No. 7 is open;",
        "Cllr Bell cut the ribbon.",
    ]
    assert all(text[each.begin :].startswith(each.text) for each in sentences(text))


def test_words_that_are_one_word() -> None:
    assert len({stem(word) for word in ("saving", "savings", "saved", "saves")}) == 1
    assert len({stem(word) for word in ("complete", "completed", "completes")}) == 1
