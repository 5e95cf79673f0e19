"""Facts inside texts: what is printed, what it means, and where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.reading import read_file
from goldthread.reading.facts import facts_in


def only(text: str, sort: str, **more: Any) -> dict[str, Any]:
    """The one fact of a sort in a text."""
    found = [fact for fact in facts_in(text, **more) if fact["sort"] == sort]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "sort", "value", "role", "qualifier"),
    [
        ("We delivered over £120,000 worth of savings.", "money", 120000, "actual", "over"),
        ("Our £90k target stands.", "money", 90000, "target", None),
        ("Arrears (currently about £3m each) fall.", "money", 3000000, "baseline", "about"),
        ("As of June, 21% of posts are covered by agency staff.", "percent", 21, "actual", None),
        ("Deliver 1,500 homes across 9 schemes.", "count", 1500, "target", None),
        ("There are 410 local services on the list.", "count", 410, "actual", None),
    ],
)
def test_figures_keep_their_value_role_and_qualifier(
    text: str, sort: str, value: float, role: str, qualifier: str | None
) -> None:
    fact = next(fact for fact in facts_in(text) if fact["sort"] == sort)
    assert (fact["value"], fact.get("role"), fact.get("qualifier")) == (value, role, qualifier)


def test_a_day_to_come_is_a_deadline_and_a_day_past_is_a_date() -> None:
    today = date(2025, 5, 27)
    assert only("It is due to complete by August 2025.", "deadline", as_at=today)["value"] == "2025-08"
    assert only("It was agreed in November 2024.", "date", as_at=today)["value"] == "2024-11"


def test_numbers_that_name_something_are_not_counts() -> None:
    for text in ("Phase 2 begins.", "Staff at Grade 8 apply.", "We use Office 365 daily.", "Section 114 applies."):
        assert [fact for fact in facts_in(text) if fact["sort"] == "count"] == [], text


@given(st.text(max_size=300))
def test_every_fact_stands_where_it_says(text: str) -> None:
    facts = facts_in(text)
    for fact in facts:
        begin, stop = fact["chars"]
        assert text[begin:stop].strip() == fact["text"]
    assert facts == facts_in(text)


def test_a_reading_carries_the_facts_of_its_records(tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("Objective,Action,Lead,Update\nSave money,Cut agency use,Pat Quill,Saved £40k by March 2025\n")
    action = next(record for record in read_file(plan).records if record.kind == "action")
    assert {(fact["sort"], fact["in"]) for fact in action.fields["facts"]} == {
        ("money", "update"),
        ("deadline", "update"),
    }
