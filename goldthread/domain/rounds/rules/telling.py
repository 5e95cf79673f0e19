"""Where a rating and its words disagree, by the words that ship with the program."""

from __future__ import annotations

from functools import cache

from goldthread.domain.rounds.rules import TellingRule, disagreement
from goldthread.domain.rounds.terms.shipped import telling_words


@cache
def shipped_rules() -> tuple[TellingRule, ...]:
    """The rules of ``terms/telling_words.toml``."""
    return tuple(
        TellingRule(
            tuple(row["ratings"]),
            row["says"],
            tuple(row["words"]),
            tuple(row.get("not_in", ())),
            tuple(row.get("partly", ())),
            tuple(row.get("not_before", ())),
        )
        for row in telling_words()["rules"]
    )


def disagreement_of(rating: str, text: str, *, state: str) -> str:
    """What the words of an update say against its rating, in a record of a state; "" where nothing does."""
    if not (rating and text):
        return ""
    return disagreement(rating, text, shipped_rules(), telling_words()["denials"], state=state)
