"""LE07: what is to happen every so often, and last happened too long ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead, Words
from goldthread.domain.enquiries.rules.kinds import kind, words_of
from goldthread.domain.enquiries.rules.phrases import (
    SPELLED,
    Sentence,
    When,
    clauses,
    months_between,
    names_a_span,
    past,
    quote,
    sentences,
    stems,
)
from goldthread.domain.enquiries.rules.spans import span_told, undated_past
from goldthread.kernel.days import MONTHS, printed

_NUMBERS = SPELLED | {"other": 2, "second": 2, "third": 3, "few": 3}
_N = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_UNITS = r"(?:working |school )?day|morning|week|fortnight|month|quarter|term|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_EVERY = re.compile(
    rf"\b(?:every|each|once (?:every|a|each|per)|one (?:a|per)|at the end of (?:every|each|the))\s+"
    rf"(?:(?P<n>{_N})\s+(?:(?:to|or)\s+(?:{_N})\s+)?)?(?P<unit>{_UNITS})s?\b(?! (?:group|team|group)s?\b)",
    re.I,
)
_AT_THE_END = re.compile(r"\bat (?:the )?(?P<unit>week|month|quarter|term|year)[- ]ends?\b", re.I)
_TIMES = re.compile(
    r"\b(?:(?P<times>twice)|(?P<n>two|three|four|five|six|eight|ten|twelve|\d{1,2})\s+"
    rf"(?:times|(?:[\w’'-]+\s+){{0,3}}?(?!days?\b){words_of('LE07', 'occasion')}))\s+(?:a|per|each|every)\s+"
    r"(?P<unit>day|week|month|quarter|term|year)\b|\btwice[- ]yearly\b",
    re.I,
)
_NAMED = re.compile(
    rf"\b(?P<half>(?:six|6)[- ]monthly|half[- ]yearly|bi-?annual(?:ly)?)|(?P<n>{_N})[- ]"
    r"(?P<unit>month|week)ly|"
    r"(?P<bi>bi-?monthly)|(?P<quarter>quarterly)|(?P<month>monthly)|(?P<fortnight>fortnightly)|"
    r"(?P<week>weekly)|(?P<term>termly)|(?P<day>daily)|"
    rf"(?P<year>annually|yearly|annual(?=\s+(?:[\w’'-]+\s+){{0,3}}?{words_of('LE07', 'occasion')}))\b",
    re.I,
)
_MONTHS = {"day": 1 / 30.44, "week": 0.25, "fortnight": 0.5, "month": 1, "quarter": 3, "term": 4, "year": 12}
_A_SUM = re.compile(
    rf"\s+(?:[\w’'-]+\s+)?{words_of('LE07', 'flow')}\b(?!\s+(?:[\w’'-]+\s+)?"
    rf"(?:boards?|panels?|groups?|{words_of('LE07', 'occasion')})\b)",
    re.I,
)
"""What follows is counted by the month, and does not happen once a month: "monthly spend"."""
_OVER = r"(?<!over )(?<!above )(?<!than )"
_FIGURE_BEFORE = re.compile(rf"{_OVER}(?:(?<![\d,.£])\d[\d,.]*\s?(?:k|m|%|hours?|days?)?|{_OVER}£[\d,.]+\w*)\s*$", re.I)
"""Counted by the span ("£100 a month"); "items over £500 each month" are not."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often: the words, and the months from one time to the next."""

    said: str
    months: float


@lru_cache(maxsize=4096)
def cadence_of(text: str) -> Cadence | None:
    """How often a text says that something happens; None where it says nothing, or a rate of a figure ("£100 a month")."""
    if not names_a_span(text):
        return None
    found: list[tuple[int, Cadence]] = []
    for match in (*_EVERY.finditer(text), *_AT_THE_END.finditer(text)):
        if not _FIGURE_BEFORE.search(text[: match.start()]):
            number = (match.groupdict().get("n") or "1").lower()
            found.append((match.start(), Cadence(match[0], _length(match["unit"]) * _count(number))))
    for match in _TIMES.finditer(text):
        times = _count((match["n"] or "two").lower())
        found.append((match.start(), Cadence(match[0], _length(match["unit"] or "year") / times)))
    for match in _NAMED.finditer(text):
        named = next(name for name, said in match.groupdict().items() if said and name not in ("n",))
        months = {"half": 6.0, "bi": 2.0}.get(named) or _MONTHS.get(named, 1.0)
        if named == "unit":
            months = _length(match["unit"]) * _count(match["n"].lower())
        if not _FIGURE_BEFORE.search(text[: match.start()]) and not _A_SUM.match(text[match.end() :]):
            found.append((match.start(), Cadence(match[0], months)))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _length(unit: str) -> float:
    """The months of a unit; "every Thursday" is a week, "each morning" a day."""
    said = unit.casefold().split()[-1]
    return _MONTHS.get(said) or _MONTHS["day" if said == "morning" else "week"]


def _count(said: str) -> int:
    return _NUMBERS.get(said) or int(said) or 1


_HAPPENED = kind("LE07", "happened")
_KEPT = re.compile(
    r"\b(?:continu\w+|is|are|is being|are being|takes? place|meets?|goes|reports?)\b|\bregular(?:ly)?\b",
    re.I,
)


def cadence_not_kept(plan: PlanRead) -> Iterator[Enquiry]:
    """LE07: longer since the last time than the cadence allows: a quarter as long again, and a month for slow reporting."""
    for entry in plan.entries:
        promised = _promise(entry)
        if promised is None or not entry.open:
            continue
        cadence, words = promised
        told = _slower(entry, cadence, words) or _not_held(entry, cadence, words)
        if told is not None:
            yield told
            continue
        counted = _counted(entry, cadence, plan.on)
        if counted is not None:
            yield from _too_seldom(entry, cadence, words, counted)
            continue
        if _still_kept(entry, cadence, plan.on):
            continue
        last = _last_time(entry, plan.on)
        if last is None:
            continue
        sentence, when = last
        since = months_between(when.end, plan.on)
        if since <= max(cadence.months * 1.25 + 0.5, cadence.months + 1):
            continue
        yield Enquiry(
            "LE07",
            entry.reference,
            f"This is to happen {cadence.said}. Why has it not since {when.text}, and when will it next?",
            f"It is to happen {cadence.said}; by {printed(plan.on)} the last time on record was {int(since)} months ago.",
            (words, quote(entry, "update", sentence)),
            min(0.84, 0.7 + since / cadence.months / 40),
        )


_INSTEAD = kind("LE07", "instead")
_NOT_HELD = kind("LE07", "not_held")
_HELD = kind("LE07", "held")


def _speaks_of(text: str, words: Words) -> bool:
    """Whether a clause speaks of what is promised: by a word of it, or by one that stands for any such occasion."""
    if stems(text, generic=False) & stems(words.said, generic=False):
        return True
    subject = " ".join(text.split()[:7])
    return bool(stems(subject) & stems(words.said)) or bool(_STANDS_FOR.match(text))


_STANDS_FOR = re.compile(
    rf"\W*(?:(?:the|these|this|such|our)\s+)?(?:it|they|this|{words_of('LE07', 'occasion')})\b", re.I
)


def _less_often(entry: Entry, cadence: Cadence, words: Words, sentence: Sentence, question: str, told: str) -> Enquiry:
    return Enquiry(
        "LE07",
        entry.reference,
        f"This is to happen {cadence.said}. {question}",
        f"It is to happen {cadence.said}; {told}.",
        (words, quote(entry, "update", sentence)),
        0.76,
    )


def _slower(entry: Entry, cadence: Cadence, words: Words) -> Enquiry | None:
    """The update says that it happens less often than is promised, and not that this is over or is another thing."""
    for sentence in sentences(entry.update):
        if _INSTEAD.search(sentence.text):
            continue
        for begin, stop in clauses(sentence.text):
            said = sentence.text[begin:stop]
            again = cadence_of(said)
            if (
                again is None
                or again.months <= cadence.months * 1.4
                or not _speaks_of(said, words)
                or not (_TAKES_PLACE.search(said) or _HAPPENED.search(said))
            ):
                continue
            told = f"the update says {again.said}"
            return _less_often(
                entry, cadence, words, sentence, "Why is it done less often, and who agreed to it?", told
            )
    return None


_TAKES_PLACE = re.compile(r"\b(?:is|are|was|were|now|take|takes|took|happen\w*|goe?s?|comes?|meets?|met)\b", re.I)


def _not_held(entry: Entry, cadence: Cadence, words: Words) -> Enquiry | None:
    """The update says that several times, or one of a slow cadence, did not take place, and tells of none that did."""
    for sentence in sentences(entry.update):
        if not _NOT_HELD.search(sentence.text) or not _speaks_of(sentence.text, words):
            continue
        several = len(re.findall(rf"\b(?:{'|'.join(MONTHS)})\b", sentence.text)) >= 2 or _SEVERAL.search(sentence.text)
        if not (several or cadence.months >= 3) or any(_held_after_all(s.text) for s in sentences(entry.update)):
            continue
        told = "the update says that it did not take place"
        return _less_often(entry, cadence, words, sentence, "Why has it not, and when will it next?", told)
    return None


def _held_after_all(text: str) -> bool:
    return bool(_HELD.search(_NOT_HELD.sub(" ", text)))


_SEVERAL = re.compile(
    rf"\b(?:no (?:\w+ )?(?:meetings|{words_of('LE07', 'occasion')})|none|all|both|several|most|many|never|"
    rf"(?:{'|'.join(list(SPELLED)[-27:])}|\d+) (?:\w+ )?(?:\w+s))\b",
    re.I,
)


_TIMES_SAID = re.compile(
    rf"\b(?:(?P<few>once|twice|thrice)|(?:only |just |on )?(?P<n>\d{{1,3}}|{'|'.join(SPELLED)}|no)\s+(?:of (?:the|its|these) )?"
    rf"(?:[\w’'-]+\s+){{0,2}}?(?P<what>times?|occasions?|{words_of('LE07', 'occasion')}))\b",
    re.I,
)
_SELDOM = 0.6
"""The share of the times that a cadence promises, below which it was not kept."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many times it happened in a span, of how many that were promised, and the sentence that says so."""

    sentence: Sentence
    said: str
    times: int
    due: float


def _counted(entry: Entry, cadence: Cadence, on: date) -> _Counted | None:
    """How often it has happened, where the update counts it over a span that it names: "met twice since April"."""
    asked = stems(entry.text)
    for sentence in sentences(entry.update):
        span = span_told(sentence.text, on)
        if (share := _SHARE_OF_TIMES.search(sentence.text)) is not None:
            return _Counted(sentence, share[0], _count(share["n"].lower()), _count(share["whole"].lower()))
        if span < 1.95 * cadence.months:
            continue
        for match in _TIMES_SAID.finditer(sentence.text):
            what = (match["what"] or "").casefold()
            if match["n"] and not (what.startswith(("time", "occasion")) or _OCCASION.fullmatch(what)):
                continue
            if (
                match["n"]
                and what
                and not what.startswith(("time", "occasion"))
                and not (stems(what) & asked or _MEETS.search(entry.text) or _MEETS.fullmatch(what))
            ):
                continue
            if match["few"] and cadence_of(sentence.text[match.start() :]) is not None:
                continue  # "twice a year" says how often, and counts nothing
            number = (match["n"] or match["few"]).casefold()
            times = {"once": 1, "twice": 2, "thrice": 3, "no": 0}.get(number, SPELLED.get(number, -1))
            times = int(number) if times < 0 else times
            return _Counted(sentence, match[0], times, span / cadence.months)
    return None


_SHARE_OF_TIMES = re.compile(
    rf"\b(?:in|on|for) (?:only |just )?(?P<n>\d{{1,2}}|{'|'.join(SPELLED)}) (?:(?:days?|weeks?|months?|quarters?|occasions?) )?"
    rf"(?:out of|in|of) (?:the |a possible )?(?:last )?(?P<whole>\d{{1,2}}|{'|'.join(SPELLED)})\b(?! (?:staff|people))",
    re.I,
)
_OCCASION = re.compile(rf"{words_of('LE07', 'occasion')}", re.I)
_MEETS = re.compile(
    rf"\b(?:meet\w*|met|conven\w+|boards?|panels?|forums?|committees?|groups?|{words_of('LE07', 'issue')})\b", re.I
)


def _too_seldom(entry: Entry, cadence: Cadence, words: Words, counted: _Counted) -> Iterator[Enquiry]:
    if counted.times > counted.due * _SELDOM or counted.due - counted.times < 0.9:
        return
    yield Enquiry(
        "LE07",
        entry.reference,
        f"This is to happen {cadence.said}. Why has it happened so seldom, and when will it next?",
        f"It is to happen {cadence.said}, which is about {counted.due:.0f} times in the span told; “{counted.said}” is said.",
        (words, quote(entry, "update", counted.sentence)),
        0.78,
    )


def _still_kept(entry: Entry, cadence: Cadence, on: date) -> bool:
    """Whether the update says, in the present and without a date of the past, that it happens as often as promised."""
    for sentence in sentences(entry.update):
        for begin, stop in clauses(sentence.text):
            said = sentence.text[begin:stop]
            again = cadence_of(said)
            if again is None or again.months > cadence.months * 1.2:
                continue
            if _KEPT.search(said) and not past(said, on):
                return True
            if re.search(r"\b(?:has|have) been\b.*\bsince\b", sentence.text, re.I):  # each month since then
                return True
    return False


def _promise(entry: Entry) -> tuple[Cadence, Words] | None:
    for where, text in (("action", entry.text), ("timescale", entry.due_text), ("objective", entry.objective)):
        for sentence in sentences(text):
            if (found := cadence_of(sentence.text)) is not None:
                return found, quote(entry, where, sentence)
    for reference, text in entry.criteria:
        if (found := cadence_of(text)) is not None and found.months >= 1:
            return found, Words(reference, "criterion", text, 0, len(text))
    for sentence in sentences(entry.update):
        found = cadence_of(sentence.text)
        if found is not None and re.search(
            r"\b(?:should|must|(?:is|are) to|committed to|required|supposed)\b", sentence.text, re.I
        ):
            return found, quote(entry, "update", sentence)
    return None


def _last_time(entry: Entry, on: date) -> tuple[Sentence, When] | None:
    """The newest past day that the update tells of; none where a newer one stands without saying what happened."""
    said = sentences(entry.update)
    told = [
        (sentence, when) for sentence in said for when in (*past(sentence.text, on), *undated_past(sentence.text, on))
    ]
    if not told:
        return None
    newest = max(told, key=lambda pair: pair[1].end)
    return newest if _HAPPENED.search(newest[0].text) else None
