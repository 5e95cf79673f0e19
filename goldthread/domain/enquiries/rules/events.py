"""LE10: two dates for one event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead
from goldthread.domain.enquiries.rules.kinds import kind
from goldthread.domain.enquiries.rules.phrases import (
    Sentence,
    When,
    clauses,
    dates,
    quote,
    sentences,
    stems,
)

# LE10 -------------------------------------------------------------------------------------------------------------

_VERB = {name: kind("LE10", f"to_{name}") for name in ("begin", "end", "decide", "come", "move", "meet", "issue")}
"""What may happen on a day, by sorts of doing: a beginning and an end are two events."""
_APART = kind("LE10", "apart")
_MOVED = kind("LE10", "moved")


def two_dates(plan: PlanRead) -> Iterator[Enquiry]:
    """LE10: one event, to come or past, with two dates that cannot both be right, and nothing that explains the second."""
    found: list[tuple[float, Enquiry]] = []
    told = [(entry, list(_events(entry, plan.on))) for entry in plan.entries]
    for entry, events in told:
        best = max(
            (
                (likeness, one, other)
                for one, other in combinations(events, 2)
                if (likeness := _same_event(one, other, least=1))
            ),
            key=lambda each: each[0],
            default=None,
        )
        if best is not None:
            found.append((best[0], _two(entry, best[1], entry, best[2])))
    single = {enquiry.reference for _, enquiry in found}
    for (one_entry, ones), (other_entry, others) in combinations(told, 2):
        if one_entry.reference in single or other_entry.reference in single or one_entry.text == other_entry.text:
            continue
        for one in ones:
            match = next((other for other in others if _same_event(one, other, least=3)), None)
            if match is not None:
                found.append((0.5, _two(one_entry, one, other_entry, match)))
                single |= {one_entry.reference, other_entry.reference}
                break
    yield from (enquiry for _, enquiry in found)


class _Event:
    """A date with what is to happen on it."""

    def __init__(self, entry: Entry, where: str, sentence: Sentence, when: When) -> None:
        self.where, self.sentence, self.when = where, sentence, when
        self.entry = entry
        left, right = _window(sentence.text, when)
        window = _END_OF_YEAR.sub(" ", sentence.text[left : when.begin] + " " + sentence.text[when.stop : right])
        self.verbs = {name for name, cue in _VERB.items() if cue.search(window)}
        self.topic = stems(window, generic=False)
        self.all = stems(window)
        self.names = _names_in(window)
        self.bodies = set(re.findall(r"\b(?:Cabinet|Council|Scrutiny|Committee|Board|Executive|Department)\b", window))
        self.marks = {mark.casefold() for mark in _APART.findall(window)} | set(re.findall(r"\b\d+\b", window))


_END_OF_YEAR = re.compile(r"\b(?:at|by|before) the end of the (?:calendar |financial )?year\b,?", re.I)


def _names_in(window: str) -> set[str]:
    """The proper names of a window, in lower case; what opens a sentence and the names of bodies that decide are none."""
    return {
        word.casefold()
        for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z’']+|(?<=The )[A-Z][a-z’']+", window)
        if not _BODY.fullmatch(word)
    }


_BODY = kind("LE10", "body")


def _window(text: str, when: When) -> tuple[int, int]:
    """The clause of a date; the whole sentence where it has no other date."""
    if len(dates(text)) == 1:
        return 0, len(text)
    return next((begin, stop) for begin, stop in clauses(text) if begin <= when.begin < stop)


def _events(entry: Entry, on: date) -> Iterator[_Event]:
    if entry.complete:
        return
    for where, text in (("action", entry.text), ("update", entry.update)):
        for sentence in sentences(text):
            for when in dates(sentence.text):
                if when.end > on and when.sort != "range":
                    yield _Event(entry, where, sentence, when)


def _same_event(one: _Event, other: _Event, *, least: int) -> float:
    """How surely two dates are dates of one event, 0: they are not, or they agree, or the change is told."""
    if one.sentence == other.sentence and one.where == other.where and one.entry is other.entry:
        return 0.0
    apart = one.when.end < other.when.start or other.when.end < one.when.start
    if not apart or one.marks != other.marks or not _verbs_agree(one, other):
        return 0.0
    if _MOVED.search(one.sentence.text) or _MOVED.search(other.sentence.text):
        return 0.0
    if one.bodies and other.bodies and not one.bodies & other.bodies:
        return 0.0
    if _agree(one, other) or _agree(other, one) or (one.names - other.names and other.names - one.names):
        return 0.0
    shared = one.topic & other.topic
    smaller = min(len(one.all), len(other.all))
    share = len(one.all & other.all) / smaller if smaller else 0.0
    if any(not each.verbs and _OTHER_DOING.search(each.sentence.text) for each in (one, other)):
        return 0.0  # a doing that is no beginning, end, move or decision: it is another than that
    if not (one.verbs and other.verbs):  # one says only what is to be on the day: the two must name it alike
        return share if len(shared) >= max(least, 2) and share >= 0.5 else 0.0
    long = {"year", "financial-year"} & {one.when.sort, other.when.sort}  # a whole year may hold more than one event
    enough = len(shared) >= least and share >= (0.6 if long or least > 1 else 0.34)
    enough = enough and bool({each for each in shared if not _a_verb(each)})
    enough = enough or (share >= 0.75 and len(one.all & other.all) >= 3 and not long)
    return share if enough else 0.0


_OTHER_DOING = re.compile(
    r"\b(?:will|(?:is|are) to)\s+(?:then\s+)?be\s+(?!planned|expected|scheduled|programmed|pencilled|confirmed|fixed|timetabled|"
    r"advertised|anticipated|targeted|intended|booked|named)\w+ed\b",
    re.I,
)


def _verbs_agree(one: _Event, other: _Event) -> bool:
    """Whether two clauses may speak of one doing: by one sort of verb, or of one thing in its own words, where none ends it."""
    if not one.verbs or not other.verbs or one.verbs & other.verbs:
        return True
    sorts = one.verbs | other.verbs
    smaller = min(len(one.topic), len(other.topic))
    alike = len(one.topic & other.topic)
    return "end" not in sorts and alike >= 2 and alike >= 0.6 * smaller


def _a_verb(stemmed: str) -> bool:
    """Whether a stem is only that of a doing, which two things may do: "the pool re-opens", "the gym re-opens"."""
    return stemmed == "re" or any(
        re.fullmatch(rf"(?:re-?)?(?:{cue.pattern})", stemmed + ending, re.I)
        for cue in _VERB.values()
        for ending in ("", "e", "ed")
    )


def _agree(one: _Event, other: _Event) -> bool:
    """Whether the sentence of one also gives the other's date."""
    return any(w.start <= other.when.end and other.when.start <= w.end for w in dates(one.sentence.text))


def _two(one_entry: Entry, one: _Event, other_entry: Entry, other: _Event) -> Enquiry:
    across = "" if one_entry is other_entry else f" ({one_entry.reference} and {other_entry.reference})"
    return Enquiry(
        "LE10",
        one_entry.reference,
        f"Which date holds, {one.when.text} or {other.when.text}{across}?",
        f"The plan gives {one.when.text} and {other.when.text} for what reads as one event{across}.",
        (quote(one_entry, one.where, one.sentence), quote(other_entry, other.where, other.sentence)),
        0.8 if one_entry is other_entry else 0.6,
    )
