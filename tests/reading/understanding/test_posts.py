"""Titles of posts: told from other words, split out of run-on lists, with the people and statutory roles beside them."""

from __future__ import annotations

import pytest

from goldthread.reading.understanding.posts import is_name, is_title, split_titles, statutory_roles, title_and_holder


def split(text: str, breaks: list[int] | None = None) -> list[str]:
    return [text[title.first : title.last] for title in split_titles(text, breaks)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "Chief Executive",
        "Assistant Director, Learning",
        "Head of Parks",
        "Interim Deputy Chief Executive",
        "Housing Options Manager",
        "Group Director: Trees and Grass",
    ],
)
def test_titles(text: str) -> None:
    assert is_title(text)


@pytest.mark.parametrize(
    "text", ["Executive summary", "Structure charts", "The Director is away.", "Senior Leadership Team", "Parks"]
)
def test_no_titles(text: str) -> None:
    assert not is_title(text)


def test_a_run_on_list_is_split_at_title_words() -> None:
    text = "Strategic Director of Trees Director of Grass Assistant Director Parks – Ponds Head of Hedges 4"
    assert split(text) == [
        "Strategic Director of Trees",
        "Director of Grass",
        "Assistant Director Parks – Ponds",
        "Head of Hedges",
    ]


def test_a_rank_torn_from_its_title_joins_it_again() -> None:
    text = "Head of Hedges Assistant Director of Ponds"
    assert split(text, [0, text.index("Director")]) == ["Head of Hedges", "Assistant Director of Ponds"]


def test_notes_and_counts_are_no_part_of_a_title() -> None:
    text = "Director of Trees – will not be filled next year Head of Hedges (we expect to remove this) 2 with removal of AD Ponds"
    titles, rest = split_titles(text)
    assert [text[t.first : t.last] for t in titles] == ["Director of Trees", "Head of Hedges"]
    assert [text[slice(*t.note)] for t in titles if t.note] == [
        "will not be filled next year",
        "we expect to remove this)",
    ]
    assert "".join(text[a:b] for a, b in rest).strip() == "2 with removal of AD Ponds"


def test_a_line_in_the_cell_names_the_unit_of_the_titles_after_it() -> None:
    text = "Director of Trees Shared service roles in place Head of Hedges 2 roles COO structure AD Ponds"
    breaks = [0, text.index("Shared"), text.index("COO")]
    assert [(text[t.first : t.last], t.unit) for t in split_titles(text, breaks)[0]] == [
        ("Director of Trees", None),
        ("Head of Hedges", "Shared service"),
        ("AD Ponds", "COO structure"),
    ]


def test_two_titles_of_one_post_stay_together() -> None:
    assert split("Deputy Chief Executive and Director of Trees Head of Hedges") == [
        "Deputy Chief Executive and Director of Trees",
        "Head of Hedges",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chief Executive – Pat Elm", ("Chief Executive", "Pat Elm")),
        ("Pat Elm, Director of Trees", ("Director of Trees", "Pat Elm")),
        ("Director of Trees (Pat Elm)", ("Director of Trees", "Pat Elm")),
        ("Group Director: Children, Adults and Housing", ("Group Director: Children, Adults and Housing", None)),
        ("Director of People – Adult Care", ("Director of People – Adult Care", None)),
        ("Our purpose", None),
    ],
)
def test_a_person_beside_a_title_is_its_holder(text: str, found: tuple[str, str | None] | None) -> None:
    assert title_and_holder(text) == found


def test_names() -> None:
    assert is_name("Pat Elm") and is_name("Dr Ann-Marie O'Oak")
    assert not is_name("Adult Services") and not is_name("Head of Parks") and not is_name("Parks")


@pytest.mark.parametrize(
    ("text", "title", "roles"),
    [
        (
            "She is the council's Head of Paid Service and Returning Officer.",
            "Chief Executive",
            ["Head of Paid Service", "Returning Officer"],
        ),
        ("She manages a team of the Monitoring Officer and others.", "Chief Executive", []),
        (
            "The Director of Public Health is the statutory chief officer for health.",
            "Director of Public Health",
            ["the statutory chief officer for health"],
        ),
        ("", "Director of Law (Monitoring Officer)", ["Monitoring Officer"]),
        ("", "Director of Trees and Section 151 Officer", ["Section 151 Officer"]),
        ("", "Director of Public Health", []),
        ("Acts as Caldicott Guardian.", "Director of People", ["Caldicott Guardian"]),
    ],
)
def test_statutory_roles(text: str, title: str, roles: list[str]) -> None:
    assert statutory_roles(text, title) == roles
