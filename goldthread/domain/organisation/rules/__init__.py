"""Pure rules of the organisation."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from goldthread.commons.errors import Refused
from goldthread.commons.events.rules import standing as standing
from goldthread.kernel.clock import LONDON


def name_key(printed: str) -> str:
    """Fold a printed name for comparing: lower case, single spaces, no trailing punctuation."""
    return re.sub(r"\s+", " ", printed).strip(" .,;:").casefold()[:300]


def holds_on(starts: date | None, ends: date | None, day: date) -> bool:
    """Whether a period covers a day; an open side reaches for ever, the last day counts."""
    return (starts is None or starts <= day) and (ends is None or day <= ends)


def end_of_day(known_on: date) -> datetime:
    """The first moment after a day in London: what was recorded before it was known on that day."""
    return datetime.combine(known_on + timedelta(days=1), time.min, tzinfo=LONDON)


_SHORT_FOR = {
    "ad": "assistant director",
    "ace": "assistant chief executive",
    "ce": "chief executive",
    "cex": "chief executive",
    "cfo": "chief finance officer",
    "coo": "chief operating officer",
    "dcs": "director children services",
    "dass": "director adult social services",
    "dph": "director public health",
    "hr": "human resources",
    "hos": "head service",
    "ict": "information communications technology",
    "od": "organisational development",
}
_LITTLE = {"a", "and", "for", "of", "the", "interim", "acting"}


def words_of_title(title: str) -> set[str]:
    """The words that tell a title of a post from others: in lower case, short forms written out, little words left out."""
    words = re.findall(r"[a-z0-9]+", title.casefold().replace("'s", "s"))
    written_out = " ".join(_SHORT_FOR.get(word, word) for word in words).split()
    return {word for word in written_out if word not in _LITTLE}


def likeness(printed: str, title: str) -> float:
    """How much a printed name is like a title, 0 to 1: the share of the words of both that stand in both."""
    one, other = words_of_title(printed), words_of_title(title)
    return len(one & other) / len(one | other) if one and other else 0.0


def proper_name(name: str, what: str) -> str:
    """A name without spare spaces. Raises Refused where it is empty or too long."""
    name = " ".join(name.split())
    if not name:
        raise Refused(f"Give the {what} a name.")
    if len(name) > 200:
        raise Refused(f"The name of the {what} is over 200 characters long; shorten it.")
    return name
