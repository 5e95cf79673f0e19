"""LE09 and LE14: an action that relies on what its update gives up, and a pilot that ended without a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from goldthread.domain.enquiries.rules.cadences import cadence_of
from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead
from goldthread.domain.enquiries.rules.kinds import kind, words_of
from goldthread.domain.enquiries.rules.phrases import (
    SPELLED,
    Sentence,
    dates,
    future,
    months_between,
    past,
    quote,
    sentences,
    stem,
    stems,
)
from goldthread.domain.enquiries.rules.spans import told_past

# LE09 -------------------------------------------------------------------------------------------------------------

_GIVEN_UP = kind("LE09", "given_up")
_RELIES = kind("LE09", "relies")
_GIVES_UP_ITSELF = re.compile(
    r"^\W*(?:to\s+)?(?:clos|withdraw|end\b|ceas|stop|exit|leav|decommission|terminat|replac|remov|retir|"
    r"migrat|scrap|cancel|consolidat|dispos|"
    r"wind|phase out|move away|abolish|delet|sell|rational|separat|merg)\w*",
    re.I,
)
_COMMON = {
    stem(word)
    for word in [
        "pilot",
        "trial",
        "scheme",
        "contract",
        "hub",
        "panel",
        "app",
        "network",
        "framework",
        "partnership",
        "arrangement",
        "academy",
    ]
}


def relies_on_given_up(plan: PlanRead) -> Iterator[Enquiry]:
    """LE09: the action is to use something, and its update says that it has been left, closed or stopped."""
    for entry in plan.entries:
        if not entry.update or entry.stopped:
            continue
        found = _given_up(entry)
        if found is None:
            continue
        where, sentence = found
        yield Enquiry(
            "LE09",
            entry.reference,
            "The action relies on something that its update gives up. What takes its place, and does the action still stand?",
            "The update says that what the action is to use has been given up.",
            (quote(entry, where), quote(entry, "update", sentence)),
            0.9,
        )


def _given_up(entry: Entry) -> tuple[str, Sentence] | None:
    told = [(sentence, match) for sentence in sentences(entry.update) for match in _GIVEN_UP.finditer(sentence.text)]
    if not told:
        return None
    for where, text in (("action", entry.text), ("objective", entry.objective)):
        if not text or _GIVES_UP_ITSELF.search(text):
            continue
        relied, named = _relied_on(text), stems(text, generic=False)
        capitals = _initials(text)
        for sentence, match in told:
            clause = _clause(sentence.text, match.start())
            if _COUNTED.match(sentence.text[match.end() :]):
                continue  # "the team closed 210 cases"
            if _SOME.match(clause) or _ANOTHER.search(clause[:1].casefold() + clause[1:]):
                continue
            lost = stems(clause, generic=False)
            both = lost & relied
            if len((lost & named) - _COMMON) >= 2 or (both & _COMMON and lost & named - _COMMON):
                return where, sentence  # named by two words of its own, however the action uses it
            if both - _COMMON or len(both) >= 2 or _the_one(clause, both) or _named_short(clause, capitals):
                return where, sentence
    return None


def _the_one(clause: str, both: set[str]) -> bool:
    """Whether a clause speaks of "the hub" where the action names one: a thing of which there is one."""
    match = re.search(
        r"\b(?:the|this|that)\s+(hub|panel|app|network|framework|partnership|academy|consortium|alliance)\b",
        clause,
        re.I,
    )
    return match is not None and stem(match[1]) in both


_COUNTED = re.compile(r"\s+(?:\d|a further\b|two\b|three\b|four\b|five\b|six\b|several\b|many\b)")
_ANOTHER = re.compile(rf"\b{words_of('LE09', 'another')}\b")
"""In small letters: "the old depot", and no name of a place ("Old Kirk Lane").

What has gone is another of its sort: the one before it, or that of somebody else."""
_SOME = re.compile(
    r"^\W*(?:only )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|some|several|a few|a number|many|"
    r"most|half)\b(?! the)",
    re.I,
)
"""A part of what is used has gone, and the rest goes on."""


def _relied_on(text: str) -> set[str]:
    """The stems of what the words say is used: up to a dozen words after each cue."""
    found: set[str] = set()
    for match in _RELIES.finditer(text):
        after = re.split(r"[.;:]", text[match.end() :])[0]
        after = re.split(r"\b(?:for|to|so that|so as|in order|because|and so)\b", after)[0]
        found |= stems(" ".join(after.split()[:12]), generic=False)
    return found


def _clause(text: str, place: int) -> str:
    """The words around a place: from the joining word before it on; a verb without a subject takes the clause before."""
    starts = [0, *(m.end() for m in re.finditer(r",\s|;\s|\s(?:and|but|so|while|because|although)\s", text[:place]))]
    begin = starts[-1]
    if len(starts) > 1 and not text[begin:place].strip():
        begin = starts[-2]
    rest = re.split(
        r"\s(?:and|but|so that|because|while|in favour of|instead of|due to|owing to|following|after)\s|;", text[place:]
    )[0]
    return text[begin:place] + rest


def _initials(text: str) -> list[str]:
    """The first letters of runs of capitalised words: what a short name of them is made of."""
    runs = re.findall(r"(?:[A-Z][\w’'&-]*\s+(?:(?:of|and|the|for|&)\s+)?){2,}[A-Z][\w’'&-]*", text)
    return ["".join(word[0] for word in run.replace("&", " ").split() if word[0].isupper()) for run in runs]


def _named_short(clause: str, initials: list[str]) -> bool:
    """Whether a clause has a short name (IDH) made of the letters of a long one, in their order."""
    for short in re.findall(r"\b[A-Z]{3,6}\b", clause):
        for letters in initials:
            place = iter(letters)
            if all(letter in place for letter in short):
                return True
    return False


# LE14 -------------------------------------------------------------------------------------------------------------

_PILOT = words_of("LE14", "pilot")
_IS_PILOT = re.compile(rf"\b{_PILOT}\b|^\W*(?:to )?test(?:ing)?\b|\btry out\b|\btrying out\b", re.I)
_ENDED = kind("LE14", "ended")
_DECIDED = kind("LE14", "decided")
_UNDECIDED = re.compile(
    r"\b(?:no|not|without|await\w*|pending|yet to|before|for|needs?|subject to)\b[^.;]{0,40}\b(?:decision\w*|"
    r"decided|agreed|approv\w*|adopt\w*)\b",
    re.I,
)


def pilot_without_decision(plan: PlanRead) -> Iterator[Enquiry]:
    """LE14: a pilot or trial has ended, and nothing says whether it goes on, stops or becomes the rule."""
    for entry in plan.entries:
        said = sentences(entry.update)
        named = (_IS_PILOT.search(entry.text) and not cadence_of(entry.text)) or any(
            re.search(rf"\b{_PILOT}\b", s.text, re.I) for s in said
        )
        if not named or not said or entry.stopped:
            continue
        pilot = bool(_IS_PILOT.search(entry.text))
        ended = next((s for s in said if _has_ended(s.text, plan, pilot) or _should_be_over(entry, s, plan.on)), None)
        if ended is None or any(_decided(s.text) for s in said):
            continue
        if any(
            future(s.text, plan.on) and re.search(rf"\b(?:until|to|ends?|runs?|{_PILOT})\b", s.text, re.I) for s in said
        ):
            continue
        yield Enquiry(
            "LE14",
            entry.reference,
            "The pilot has ended. What was decided, by whom, and if nothing was, when will it be?",
            "The text says that the pilot ended, and speaks of no decision about what follows.",
            (quote(entry, "action"), quote(entry, "update", ended)),
            0.86,
        )


_IT = kind("LE14", "it")
_TRIED_IN = re.compile(
    r"\b(?:trialled|piloted|ran|tested|tried(?: \w+)? out|in use)\b.{0,80}\b(?:between|from|during|for|until|over)\b|"
    r"\b(?:pilot|trial|test|scheme) (?:period|dates|phase)\b",
    re.I,
)


_SO_LONG = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{'|'.join(SPELLED)})[- ](?P<unit>week|month|year)s?(?:[- ]long)?\s+(?:\w+\s+){{0,2}}?{_PILOT}\b",
    re.I,
)
_STARTED = re.compile(
    r"\b(?:start\w*|beg[au]n|launched|commenced|opened|set off|went live|kicked off|from|since)\b[^.;]{0,30}$", re.I
)


def _should_be_over(entry: Entry, sentence: Sentence, on: date) -> bool:
    """Whether a pilot of so many months began longer ago than that: "A six-month trial started in March 2025"."""
    length = _SO_LONG.search(sentence.text) or _SO_LONG.search(entry.text)
    if length is None:
        return False
    months = (
        float(SPELLED.get(length["n"].casefold()) or length["n"])
        * {"week": 0.23, "month": 1.0, "year": 12.0}[length["unit"].casefold()]
    )
    begun = [when for when in past(sentence.text, on) if _STARTED.search(sentence.text[: when.begin])]
    return any(months_between(when.end, on) > months + 1 for when in begun)


def _has_ended(text: str, plan: PlanRead, pilot: bool) -> bool:
    tried = bool(_TRIED_IN.search(text)) and told_past(text, plan.on)
    if not _ENDED.search(text) and not tried:
        return False
    if not (re.search(rf"\b{_PILOT}\b", text, re.I) or (pilot and _IT.search(text))) or any(
        when.end > plan.on for when in dates(text)
    ):
        return False
    if re.search(r"\b(?:first|stage|phase \d|one of|most)\b", text, re.I) and not re.search(
        r"\btest phase\b", text, re.I
    ):
        return False
    if re.search(r"\b(?:since|from|in)\b", text) and re.search(
        r"\b(?:has been|is being) (?:running|trialled|piloted|tested)\b", text
    ):
        return False  # "has been running since May": it still is
    until = re.search(r"\b(?:until|(?:ran|run|runs|lasts?|lasted|extended) to)\b", text) and not re.search(
        r"\b(?:ended|finished|closed|concluded|complete|over|expired)\b", text, re.I
    )
    return told_past(text, plan.on) or not until


def _decided(text: str) -> bool:
    plain = _UNDECIDED.sub(" ", text)
    plain = re.sub(r"\bextended until\b", " ", plain, flags=re.I)
    return bool(_DECIDED.search(plain))
