"""What is made of a printed rating."""

from __future__ import annotations

import pytest

from goldthread.domain.register.adopters import rating_of


@pytest.mark.parametrize(
    ("printed", "rating"),
    [
        ("Amber", "amber"),
        ("G", "green"),
        ("r", "red"),
        ("(A)", "amber"),
        ("Red – off track", "red"),
        ("Gray", "grey"),
        ("Amber/Red", ""),
        ("Reduced", ""),
        ("On track", ""),
        ("", ""),
    ],
)
def test_a_printed_rating_is_understood_where_it_names_one_colour(printed: str, rating: str) -> None:
    assert rating_of(printed) == rating
