"""The rules on any text: they never fail, give the same answer again, and read dates, figures and cadences as people do."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.domain.enquiries.rules import Aim, Entry, Lead, PlanRead, enquire
from goldthread.domain.enquiries.rules.cadences import cadence_of
from goldthread.domain.enquiries.rules.phrases import figures, part_only, sentences, stem
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
        ("A weekly spending panel", 0.25),
        ("Cut monthly spend on taxis", None),
        ("Six-weekly checks of the alarms", 1.5),
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


def rules_of(text: str, update: str, **more: object) -> set[str]:
    """The rules that ask about a plan of one action."""
    return {each.rule for each in enquire(plan(text, update, **more))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "update", "rule", "asked"),
    [
        ("Meet the market traders monthly", "We have met them twice since April 2025.", "LE07", True),
        ("Meet the market traders monthly", "We have met them eleven times since April 2025.", "LE07", False),
        ("Answer petitions in time", "Of 50 petitions 40 were answered in time: 92%.", "LE05", True),
        ("Answer petitions in time", "Of 50 petitions 40 were answered in time: 80%.", "LE05", False),
        ("Answer petitions in time", "Half of the 30 petitions (24) were answered in time.", "LE05", True),
        ("Paint the 40 bus shelters", "Twelve of the 46 bus shelters have been painted.", "LE04", True),
        ("Paint the 40 bus shelters", "Twelve of the 40 bus shelters have been painted.", "LE04", False),
        ("Trim the hedges", "This has been ongoing for over a year.", "LE02", True),
        ("Trim the hedges", "This has been ongoing for five months.", "LE02", False),
        ("Answer 90% of letters in a week", "All on track: 74% of letters were answered in a week.", "LE06", True),
        ("Answer 90% of letters in a week", "All on track: 93% of letters were answered in a week.", "LE06", False),
        ("Mend the pier clock", "The £60k for it is not in any budget.", "LE13", True),
        ("Mend the pier clock", "The £60k for it is met from the budget for the seafront.", "LE13", False),
        ("Sweep the arcades", "No change since the last report.", "LE11", True),
        ("Sweep the arcades", "No change to the rota, and 14 arcades have been swept.", "LE11", False),
    ],
)
def test_what_is_counted_is_reckoned_with(text: str, update: str, rule: str, asked: bool) -> None:
    assert (rule in rules_of(text, update)) == asked


def test_a_part_of_a_whole_is_not_the_whole() -> None:
    assert part_only("Ten of the 14 kiosks are open") and part_only("60 out of 80 benches were mended")
    assert not part_only("14 of the 14 kiosks are open") and not part_only("Ten kiosks are open")


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


def test_a_rate_since_a_month_is_reckoned_up_to_the_day_of_its_update() -> None:
    said = "Since 1 January 2025, 1,200 visits have been made (approximately 100 a month)."
    kept, wrong = plan("Visit every home", said), plan("Visit every home", said)
    kept.entries[0].update_on = date(2025, 12, 31)  # twelve months; the plan itself speaks of a later day
    wrong.entries[0].update_on = date(2025, 5, 31)
    assert not [one for one in enquire(kept) if one.rule == "LE05"]
    (found,) = [one for one in enquire(wrong) if one.rule == "LE05"]
    assert "100 a month is claimed" in found.why


def test_such_a_rate_stays_right_while_other_updates_of_the_plan_move_on() -> None:
    said = "Since 1 January 2025, 1,200 visits have been made (approximately 100 a month)."
    later = plan("Visit every home", said)
    later.on = date(2027, 6, 30)
    later.entries[0].update_on = date(2025, 12, 31)
    assert not [one for one in enquire(later) if one.rule == "LE05"]
