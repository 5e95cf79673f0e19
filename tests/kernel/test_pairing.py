"""Matching a newer issue to the register survives rewording and reordering."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from goldthread.kernel.pairing import Entry, pair_up, word_difference

NOUNS = [
    "arrears",
    "bridge",
    "budget",
    "clinic",
    "depot",
    "fleet",
    "garden",
    "heating",
    "income",
    "jetty",
    "kerb",
    "library",
    "meadow",
    "nursery",
    "orchard",
    "permit",
]
VERBS = [
    "review",
    "reduce",
    "repair",
    "agree",
    "appoint",
    "build",
    "close",
    "deliver",
    "explore",
    "finish",
    "grow",
    "hire",
    "improve",
    "join",
    "keep",
    "launch",
]
SMALL = ["the", "of", "and", "to", "for", "in", "with", "all", "by", "across", "our", "every"]
FRESH = [f"{a}{b}" for a in ("quar", "zel", "mun", "tor", "bri") for b in ("lek", "dan", "vos", "pim", "ruf", "gan")]


def sentence(choice: random.Random, length: int) -> str:
    """Invented words in the mix of a council's plan: few verbs, many nouns, small words between."""
    return " ".join(choice.choice(choice.choices([NOUNS, VERBS, SMALL, FRESH], [3, 2, 3, 3])[0]) for _ in range(length))


def changed(choice: random.Random, text: str, share: float) -> str:
    """The text with a share of its words replaced."""
    words = text.split()
    for index in choice.sample(range(len(words)), round(len(words) * share)):
        words[index] = choice.choice([*NOUNS, *VERBS, *SMALL, *FRESH])
    return " ".join(words)


def issue(choice: random.Random, texts: list[str], prefix: str) -> list[Entry]:
    """Entries of an issue, in a random order."""
    order = list(range(len(texts)))
    choice.shuffle(order)
    places = {index: place / len(order) for place, index in enumerate(order)}
    return [Entry(f"{prefix}{index}", "action", text, order=places[index]) for index, text in enumerate(texts)]


def test_nearly_all_pairs_are_found_when_three_words_of_ten_have_changed() -> None:
    found = total = 0
    for seed in range(40):
        choice = random.Random(seed)
        texts = [sentence(choice, choice.randint(8, 40)) for _ in range(60)]
        old = issue(choice, texts, "o")
        new = issue(choice, [changed(choice, text, 0.3) for text in texts], "n")
        found += sum(pair.old[1:] == pair.new[1:] for pair in pair_up(old, new))
        total += len(texts)
    assert found / total >= 0.98, found / total


@given(st.lists(st.text(alphabet="abc de", min_size=1, max_size=30), max_size=12, unique=True))
def test_an_issue_pairs_with_itself_and_no_entry_twice(texts: list[str]) -> None:
    old = [Entry(f"o{index}", "action", text) for index, text in enumerate(texts)]
    new = [Entry(f"n{index}", "action", text) for index, text in enumerate(texts)]
    pairs = pair_up(old, new)
    assert len({pair.old for pair in pairs}) == len({pair.new for pair in pairs}) == len(pairs)
    assert all(0 <= pair.score <= 1 for pair in pairs)


def test_what_is_new_pairs_with_nothing() -> None:
    old = [Entry("o1", "action", "Review the lease of every empty depot")]
    new = [Entry("n1", "action", "Hire two school nurses before spring"), Entry("n2", "objective", old[0].text)]
    assert pair_up(old, new) == []


def test_the_difference_shows_each_word_taken_out_and_put_in() -> None:
    pieces = word_difference("Let one contract for all wards", "Let two contracts for all wards")
    assert [(piece.how, piece.text) for piece in pieces] == [
        ("same", "Let"),
        ("taken out", "one contract"),
        ("put in", "two contracts"),
        ("same", "for all wards"),
    ]
