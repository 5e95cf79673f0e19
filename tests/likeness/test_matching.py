"""What speaks of the same thing is found, near misses are not marked, and the words that show it are printed words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import likeness as bench
from goldthread.likeness import Likeness, Match, Text, matching, vocabulary
from goldthread.likeness.bags import asks, bag_of, definitions
from goldthread.likeness.stems import stem

ASKED = [
    Text("1", "Recruit permanent social workers and rely less on agency staff.", group="2020"),
    Text("2", "Publish the medium-term financial strategy each February.", group="2020"),
    Text("3", "Hold an election for parish councils.", group="2020"),
]
OFFERED = [
    Text("a", "Too many practitioners are interims; hiring is slow."),
    Text("b", "The MTFS came out late again."),
    Text("c", "The swimming pool was closed."),
]


def test_other_words_and_abbreviations_are_found_and_shown() -> None:
    found = Likeness(ASKED, OFFERED).matches()
    best: dict[str, Match] = {}
    for match in found:
        best.setdefault(match.asked, match)
    assert best["1"].offered == "a"
    assert best["2"].offered == "b"
    assert ("medium term financial strategy", "MTFS") in best["2"].shared
    assert ("agency staff", "interims") in best["1"].shared
    assert "3" not in best


def test_an_abbreviation_that_a_text_explains_is_known_in_the_others() -> None:
    texts = ["The Moorland Fire Compact (MFC) is new.", "Join the MFC."]
    assert definitions(texts) == (("MFC", "Moorland Fire Compact"),)
    found = Likeness(
        [Text("1", "Revive the Moorland Fire Compact (MFC).")], [Text("a", "The MFC met."), Text("b", "It met.")]
    )
    assert [match.offered for match in found.matches()] == ["a"]


def test_a_heading_alone_makes_nothing_certain() -> None:
    asked = [Text("1", "Plant more oaks.", theme="Trees and hedges"), Text("2", "Mend the pier.")]
    found = Likeness(asked, [Text("a", "Nothing was heard.", theme="Trees and oaks and hedges")]).matches()
    assert found
    assert not any(match.certain for match in found)


def forget() -> None:
    """The vocabulary is read once in the life of a process; here it changes."""
    for known in (vocabulary.vocabulary, bag_of, matching._document):
        known.cache_clear()


def test_a_council_adds_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[abbreviations]\nFBX = "Fernleigh Box"\n[alike]\nown_box = ["fernleigh box", "green container"]\n')
    asked, offered = [Text("1", "Empty the FBX weekly.")], [Text("a", "The green container overflows.")]
    assert not Likeness(asked, offered).matches()
    monkeypatch.setenv("GOLDTHREAD_VOCABULARY", str(own))
    forget()
    try:
        assert Likeness(asked, offered).matches()[0].shared == (("FBX", "green container"),)
    finally:
        monkeypatch.undo()
        forget()


def test_several_asks_of_one_recommendation_are_parted() -> None:
    assert asks("Review the estate. Sell what is not needed; tell residents.") == [
        "Review the estate.",
        "Sell what is not needed;",
        "tell residents.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "plan plans planned planning",
        "recruit recruits recruitment",
        "strategy strategies strategic",
        "engage engaged engagement",
    ],
)
def test_endings_do_not_count(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


def test_policing_is_no_policy() -> None:
    assert stem("policing") != stem("policies")


@given(st.lists(st.text(max_size=60), max_size=6), st.lists(st.text(max_size=60), max_size=6))
def test_any_words_are_compared_and_scores_stay_in_bounds(ask: list[str], offer: list[str]) -> None:
    asked = [Text(f"q{i}", text) for i, text in enumerate(ask)]
    offered = [Text(f"d{i}", text) for i, text in enumerate(offer)]
    found = Likeness(asked, offered).matches()
    assert all(0 < match.score < 1 for match in found)
    assert found == sorted(found, key=lambda match: -match.score)


def test_invented_reviews_and_plans_reach_their_marks() -> None:
    again, answered = bench.repeats(), bench.answers()
    assert again.share(3) >= bench.MARKS["repeats"]
    assert answered.share(1) >= bench.MARKS["answers"]
    assert answered.rank >= 1.25 * answered.plain_rank  # the mark: a quarter more than BM25
    assert again.right + answered.right >= bench.MARKS["certain"] * (again.certain + answered.certain) > 0


def test_the_judged_pairs_reach_their_marks(shared_documents: Path) -> None:
    figures = bench.judged(shared_documents.parent)
    assert figures.pairs == 47
    assert figures.share(10) >= bench.MARKS["judged at 10"]
    assert figures.share(20) >= bench.MARKS["judged at 20"]
    assert figures.right >= bench.MARKS["certain"] * figures.certain > 0
