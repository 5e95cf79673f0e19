"""Sentences that say who is to do what: "Head of Housing to write to all tenants by 12 December 2025.", as minutes do.

The sentence stays whole, for it reads as one; who and until when are taken from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from goldthread.kernel.timescales import parse_timescale
from goldthread.reading.understanding.cells import is_owner, says_when

LONGEST = 90  # words of such a sentence
_TO = r"\s+(?:(?:is|are|has agreed|have agreed|agreed) )?to\s+(?=[a-z])"
_WHO = re.compile(rf"(?P<who>[A-Z](?:[^.;:!?]|(?<=\b[A-Z])\.|(?<=\bCllr)\.|(?<=\bDr)\.)*?){_TO}")
_FURTHER = re.compile(_TO)
# What follows "to" where no verb does.
_NO_VERB = re.compile(
    r"(?:the|an?|our|their|its|his|her|this|that|these|those|all|any|each|every|some|be|and|or|date|which|whom|it|them|us|you|me|"
    r"members|staff|residents|council|cabinet|committee|scrutiny|full)\b"
)
_LONGEST_WHO = 14  # words
_INITIALS = re.compile(r"(?:[A-Z]\.? ?){1,3}[A-Z][a-z][\w'’-]+")
_SERVES = re.compile(
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)* to the [A-Z][\w'’-]+(?: [\w'’-]+){0,4}"
)  # "Secretary to the Trust"
_EVERYBODY = re.compile(r"(?:all|both|each) (?:the )?[a-z][a-z ]{2,40}", re.I)
_MEMBERS = re.compile(
    r"(?:the )?(?:cabinet|(?:full |borough |county |district |city |town )?council|committee|executive|members)$", re.I
)
_BEFORE = r"\b(?:by|before|within|no later than|not later than|ahead of|from|during|in|on|at)\b"
_WHEN = re.compile(rf"(?P<when>{_BEFORE}\s+[^.;]{{3,60}}?)[.;,]?\s*(?:and|or)?$", re.I)
_AT_ONCE = re.compile(r"\b(?P<when>immediately|straight away|with immediate effect|as soon as possible)[.;]?$", re.I)


@dataclass(frozen=True, slots=True)
class Undertaken:
    """Who is to do what a sentence says, and until when (None where it says no day)."""

    lead: str
    timescale: str | None


def undertaken(text: str) -> Undertaken | None:
    """What a sentence says of who is to do something; None where it does not begin with somebody who is "to" do a task."""
    if " to " not in text or not text[:1].isupper() or len(text.split()) > LONGEST:
        return None
    text = " ".join(text.split())
    first = _WHO.match(text)
    if first is None:
        return None
    ends = [(first.end("who"), first.end())]
    ends += [(m.start(), m.end()) for m in _FURTHER.finditer(text, first.end())][:2]  # "Clerk to the Trust to ask …"
    for end, begins in ends:
        who = text[:end].strip(" ,")
        if _NO_VERB.match(text, begins) is None and _somebody(who):
            return Undertaken(re.sub(r"^[Tt]he ", "", who), timescale_in(text[begins:]))
    return None


def _somebody(who: str) -> bool:
    """Whether words name people, posts or a body of officers, and not the members who decide."""
    bare = re.sub(r"^[Tt]he ", "", who)
    if len(bare.split()) > _LONGEST_WHO or _MEMBERS.match(bare):
        return False
    parts = re.split(r",\s+|\s+(?:and|&)\s+", bare)
    named = all(_INITIALS.fullmatch(part) for part in parts)
    return named or is_owner(bare) or _SERVES.fullmatch(bare) is not None or _EVERYBODY.fullmatch(bare) is not None


def timescale_in(text: str) -> str | None:
    """The words at the end of a sentence that say until when, with the word before them ("by the end of March 2026")."""
    at_once = _AT_ONCE.search(text)
    if at_once is not None:
        return at_once["when"]
    for match in re.finditer(_BEFORE, text, re.I):
        found = _WHEN.match(text, match.start())
        phrase = found["when"].strip() if found is not None else ""
        if phrase and len(phrase.split()) <= 9 and _says_day(phrase):
            return phrase
    return None


def _says_day(phrase: str) -> bool:
    word, _, rest = phrase.partition(" ")
    known = parse_timescale(phrase).sort not in ("unknown", "none") or parse_timescale(rest).sort not in (
        "unknown",
        "none",
    )
    if word.lower() in ("by", "before", "within"):
        return known and (says_when(rest) or len(rest.split()) <= 4)
    return known and says_when(rest)
