"""What a printed status says, and what an update lets one conclude of it, always beside what is printed."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from goldthread.kernel.timescales import parse_timescale
from goldthread.reading.vocabulary import plain, vocabulary

_STILL_OPEN = re.compile(
    r"\b(?:on-?\s?going|in progress|under\s?way|continu(?:es|ing)|not yet|still|remains?|awaiting|planned|scheduled|"
    r"to be (?:completed|agreed|confirmed)|may change|subject to|paused|will be)\b",
    re.I,
)


SHORT_UPDATE = 20  # words


def status_of(text: str) -> dict[str, str | None]:
    """A printed status with its value: ``{"text", "value"}``; value None where the words are not known."""
    return {"text": " ".join(text.split()), "value": status_value(text)}


def status_value(text: str) -> str | None:
    """The value of a status cell: the phrase itself, or the first known phrase in a short cell."""
    whole = plain(text)
    known = vocabulary().status
    if whole in known:
        return known[whole]
    if whole in ("yes", "y"):
        return "complete"
    if len(whole.split()) > 8:
        return None
    match = _phrases().search(whole)
    return known[match.group(1)] if match else None


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    phrases = sorted(vocabulary().status, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(map(re.escape, phrases)) + r")\b")


def status_in_update(update: str) -> dict[str, str | None] | None:
    """What an update says of how its action stands: the words that say it and their value; None where none do.

    "Completed" in a long update is said of a step, and tells nothing of the whole.
    """
    whole = vocabulary().status.get(plain(update))
    if whole is not None:
        return {"text": update, "value": whole}
    for value, pattern in _update_patterns():
        match = pattern.search(update)
        if match and (value != "complete" or len(update.split()) <= SHORT_UPDATE):
            return {"text": match.group(), "value": value}
    return None


@lru_cache(maxsize=1)
def _update_patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = vocabulary().updates.items()
    return [(value, re.compile(r"\b(?:" + "|".join(patterns) + r")\b", re.I)) for value, patterns in found]


def timescale_of(text: str) -> dict[str, str | None]:
    """A printed timescale as the four keys of the reading format."""
    return parse_timescale(" ".join(text.split())).as_dict()


def question_of_completion(completed: str | None, other: str | None, as_at: str | None) -> str | None:
    """The question to ask of an entry that is listed as completed, where its own words say otherwise; None where they agree.

    They say otherwise where they speak of something that goes on, name a day after the one the document speaks of, or
    where no date of completion is printed at all.
    """
    text = " ".join(part for part in (completed, other) if part)
    match = _STILL_OPEN.search(text)
    if match:
        return f"It is listed as completed, and says “{match.group()}”. Is it complete?"
    day = dt.date.fromisoformat(as_at) if as_at else None
    later = [found for found in parse_timescale(text).dates if day and found.start and found.start > day]
    if later:
        return (
            f"It is listed as completed, and speaks of {later[0].text}, after the day of the document. Is it complete?"
        )
    if not (completed or "").strip():
        return "It is listed as completed, and no date of completion is printed. Is it complete?"
    return None


def timescale_at_end(text: str) -> tuple[str, str | None]:
    """A text without the timescale it ends with, and that timescale; None where it ends with none."""
    words = text.split()
    best: int | None = None
    for size in range(1, min(9, len(words))):
        start = len(words) - size
        phrase = " ".join(words[start:])
        if not re.match(r"[A-Z\d]", phrase) or parse_timescale(phrase).sort in ("unknown", "none"):
            continue
        before = words[start - 1]
        if before.endswith((".", ":", ";", ")")) or best is None:
            best = start
        if before.endswith("."):
            break
    return (" ".join(words[:best]), " ".join(words[best:])) if best else (text, None)


def timescale_at_start(text: str) -> tuple[str | None, str]:
    """The timescale that a text begins with, which belongs to the entry above it, and the rest."""
    words = text.split()
    for size in range(min(8, len(words) - 1), 0, -1):
        phrase, after = " ".join(words[:size]), words[size]
        if after[:1].islower() or size < 2 or re.search(r"[A-Z]", phrase[1:]):
            continue
        if parse_timescale(phrase).sort not in ("unknown", "none", "several", "range"):
            return phrase, " ".join(words[size:])
    return None, text
