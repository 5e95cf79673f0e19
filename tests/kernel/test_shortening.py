"""A text in few characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goldthread.kernel.shortening import shortened


@given(st.text(), st.integers(2, 200))
def test_never_longer_than_asked_and_always_on_one_line(text, limit):
    short = shortened(text, limit)
    assert len(short) <= limit and "\n" not in short
    flat = " ".join(text.split())
    assert short == flat if len(flat) <= limit else flat.startswith(short.removesuffix("…"))


def test_cut_between_words():
    assert shortened("Let one contract, for all wards", 20) == "Let one contract…"
