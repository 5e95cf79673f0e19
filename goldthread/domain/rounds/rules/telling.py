"""Where a rating and its words disagree, by the words that ship with the program."""

from __future__ import annotations

from functools import cache

from goldthread.domain.rounds.rules import TellingRule, disagreement
from goldthread.domain.rounds.terms.shipped import telling_words


@cache
def shipped_rules() -> tuple[TellingRule, ...]:
    """The rules of ``terms/telling_words.toml``."""
    return tuple(
        TellingRule(tuple(row["ratings"]), row["says"], tuple(row["words"])) for row in telling_words()["rules"]
    )


def disagreement_of(rating: str, text: str) -> str:
    """What the words of an update say against its rating; "" where nothing does."""
    return disagreement(rating, text, shipped_rules(), telling_words()["denials"]) if rating and text else ""
