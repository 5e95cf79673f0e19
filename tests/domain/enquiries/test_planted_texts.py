"""Texts in the words of many councils: what is planted is found, and what adds up is hardly asked about.

The floors stand a little under what was measured; ``docs/enquiries.md`` has the figures by rule.
"""

from __future__ import annotations

import pytest

from goldthread.domain.enquiries.rules import RULES
from tests.domain.enquiries.planted_texts import counted, rows_of

MENDED, NEVER = "texts_mended_on.toml", "texts_never_mended_on.toml"
FOUND = {MENDED: 0.91, NEVER: 0.82}
"""The share of all that is planted which is found at least."""
OF_A_RULE = {MENDED: 0.8, NEVER: 0.65}
FALSE_TO_TRUE = 1 / 3


@pytest.mark.parametrize("name", FOUND)
def test_what_is_planted_is_found(name: str) -> None:
    told = counted(rows_of(name))
    assert set(told.planted) == set(RULES) and min(told.planted.values()) >= (10 if name == NEVER else 3)
    whole = sum(told.planted.values())
    assert sum(told.found.values()) >= FOUND[name] * whole, (told.found, told.planted)
    shares = {rule: told.found[rule] / told.planted[rule] for rule in RULES}
    assert min(shares.values()) >= OF_A_RULE[name], shares


@pytest.mark.parametrize("name", FOUND)
def test_what_adds_up_is_asked_about_once_for_three_true_questions_at_most(name: str) -> None:
    told = counted(rows_of(name))
    assert set(told.alike) == set(RULES) and sum(told.alike.values()) >= 100
    rates = {rule: (told.alarms[rule], told.found[rule]) for rule in RULES}
    assert all(false <= true * FALSE_TO_TRUE for false, true in rates.values()), rates
    assert sum(told.alarms.values()) <= sum(told.found.values()) * FALSE_TO_TRUE / 2, rates
