"""LE07: what is to happen every so often, and last happened too long ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead, Words
from goldthread.domain.enquiries.rules.kinds import kind, words_of
from goldthread.domain.enquiries.rules.phrases import (
    SPELLED,
    Sentence,
    When,
    clauses,
    months_between,
    past,
    quote,
    sentences,
    stems,
)
from goldthread.domain.enquiries.rules.spans import span_told
from goldthread.kernel.days import printed

_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "nine": 9, "twelve": 12, "eighteen": 18, "other": 2}
_N = r"\d{1,2}|two|three|four|six|eight|nine|twelve|eighteen|other"
_EVERY = re.compile(
    rf"\b(?:every|each|once (?:every|a|each|per))\s+(?:(?P<n>{_N})\s+)?(?P<unit>week|fortnight|month|quarter|"
    rf"term|year)s?\b",
    re.I,
)
_TIMES = re.compile(
    r"\b(?P<times>twice|two times|three times|four times)\s+(?:a|per|each|every)\s+year\b|\btwice[- ]yearly\b", re.I
)
_NAMED = re.compile(
    r"\b(?P<half>(?:six|6)[- ]monthly|half[- ]yearly|bi-?annual(?:ly)?)|(?P<n>three|3|four|4|two|2|six|6|eight|8)[- ]"
    r"(?P<unit>month|week)ly|"
    r"(?P<bi>bi-?monthly)|(?P<quarter>quarterly)|(?P<month>monthly)|(?P<fortnight>fortnightly)|"
    r"(?P<week>weekly)|(?P<term>termly)|"
    rf"(?P<year>annually|yearly|annual(?=\s+(?:[\w’'-]+\s+){{0,3}}?{words_of('LE07', 'occasion')}))\b",
    re.I,
)
_MONTHS = {"week": 0.25, "fortnight": 0.5, "month": 1, "quarter": 3, "term": 4, "year": 12}
_A_SUM = re.compile(
    rf"\s+(?:[\w’'-]+\s+)?{words_of('LE07', 'flow')}\b(?!\s+(?:[\w’'-]+\s+)?"
    rf"(?:boards?|panels?|groups?|{words_of('LE07', 'occasion')})\b)",
    re.I,
)
"""What follows is counted by the month, and does not happen once a month: "monthly spend"."""
_FIGURE_BEFORE = re.compile(r"(?:\d[\d,.]*\s?(?:k|m|%|hours?|days?)?|£[\d,.]+\w*)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often: the words, and the months from one time to the next."""

    said: str
    months: float


def cadence_of(text: str) -> Cadence | None:
    """How often a text says that something happens; None where it says nothing, or a rate of a figure ("£100 a month")."""
    found: list[tuple[int, Cadence]] = []
    for match in _EVERY.finditer(text):
        if not _FIGURE_BEFORE.search(text[: match.start()]):
            number = (match["n"] or "1").lower()
            found.append(
                (
                    match.start(),
                    Cadence(match[0], _MONTHS[match["unit"].lower()] * (_NUMBERS.get(number) or int(number))),
                )
            )
    for match in _TIMES.finditer(text):
        times = {"three times": 3, "four times": 4}.get((match["times"] or "").lower(), 2)
        found.append((match.start(), Cadence(match[0], 12 / times)))
    for match in _NAMED.finditer(text):
        named = next(name for name, said in match.groupdict().items() if said and name not in ("n",))
        months = {"half": 6.0, "bi": 2.0}.get(named) or _MONTHS.get(named, 1.0)
        if named == "unit":
            number = match["n"].lower()
            months = _MONTHS[match["unit"].lower()] * (_NUMBERS.get(number) or int(number))
        if not _FIGURE_BEFORE.search(text[: match.start()]) and not _A_SUM.match(text[match.end() :]):
            found.append((match.start(), Cadence(match[0], months)))
    return min(found, key=lambda pair: pair[0])[1] if found else None


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


_TIMES_SAID = re.compile(
    rf"\b(?:(?P<few>once|twice|thrice)|(?:only |just |on )?(?P<n>\d{{1,3}}|{'|'.join(SPELLED)}|no)\s+(?:of (?:the|its|these) )?"
    r"(?P<what>times?|occasions?|[\w’'-]+s?))\b",
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
        if span < 2 * cadence.months:
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


_OCCASION = re.compile(rf"{words_of('LE07', 'occasion')}", re.I)
_MEETS = re.compile(
    rf"\b(?:meet\w*|met|conven\w+|boards?|panels?|forums?|committees?|groups?|{words_of('LE07', 'issue')})\b", re.I
)


def _too_seldom(entry: Entry, cadence: Cadence, words: Words, counted: _Counted) -> Iterator[Enquiry]:
    if counted.times > counted.due * _SELDOM or counted.due - counted.times < 1.5:
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
    told = [(sentence, when) for sentence in sentences(entry.update) for when in past(sentence.text, on)]
    if not told:
        return None
    newest = max(told, key=lambda pair: pair[1].end)
    return newest if _HAPPENED.search(newest[0].text) else None
