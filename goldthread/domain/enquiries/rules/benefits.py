"""LE13 and LE15: money that nobody owns, and benefits that were expected and of which nothing more is heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead, Words
from goldthread.domain.enquiries.rules.kinds import kind, words_of
from goldthread.domain.enquiries.rules.phrases import (
    SPELLED,
    Figure,
    Sentence,
    figures,
    future,
    past,
    quote,
    sentences,
    stems,
)
from goldthread.domain.enquiries.rules.spans import lasted, told_past

# LE13 -------------------------------------------------------------------------------------------------------------

_NOBODY = re.compile(
    r"(?:tb[acd]|t\.b\.[acd]\.?|to follow|pending|awaiting \w+|n/?k|to be (?:confirmed|agreed|decided|"
    r"determined|appointed|advised|allocated|"
    r"assigned|identified|named|recruited)|"
    r"vacan(?:t|cy)|vacant post|n/?a|none|nil|no ?(?:one|body)|unassigned|unallocated|not (?:yet )?(?:known|"
    r"assigned|allocated|agreed|identified|"
    r"appointed|decided|named|set)|unknown|various|all|all services|[-–—?.\s]*)",
    re.I,
)
_UNOWNED = kind("LE13", "unowned")
_ASSIGNED = re.compile(r"\b(?:has|have) now been (?:allocated|assigned)\b", re.I)


def money_unowned(plan: PlanRead) -> Iterator[Enquiry]:
    """LE13: a sum of money in an entry for which nobody answers, or of which the text says that nobody has it."""
    prints_leads = plan.prints_leads
    for entry in plan.entries:
        if not entry.open:
            continue
        found = _said_unowned(entry) or (_without_lead(entry) if prints_leads else None)
        if found is None:
            continue
        sum_, words, why = found
        yield Enquiry(
            "LE13",
            entry.reference,
            f"Who answers for {sum_.text}?",
            why,
            words,
            min(0.8, 0.66 + len(str(int(sum_.value))) / 70),
        )


def _sums(text: str) -> list[Figure]:
    return [figure for figure in figures(text) if figure.sort == "money"]


_NEITHER = re.compile(
    rf"\b(?:{words_of('LE13', 'lacking')})\b[^.;]{{0,60}}?\b{words_of('LE13', 'funding')}\b|"
    rf"\b{words_of('LE13', 'funding')}\b[^.;]{{0,60}}?\b{words_of('LE13', 'open')}\b|\b{words_of('LE13', 'unfunded')}\b",
    re.I,
)
_SETTLED = kind("LE13", "settled")


def _said_unowned(entry: Entry) -> tuple[Figure, tuple[Words, ...], str] | None:
    """A sum of which the text says that nobody has it, or that nothing is there to pay it; a word of who has it settles it."""
    for where, text in (("update", entry.update), ("action", entry.text)):
        every = sentences(text)
        for at, sentence in enumerate(every):
            unowned = _UNOWNED.search(sentence.text) or _NEITHER.search(sentence.text)
            if not unowned or _ASSIGNED.search(sentence.text) or any(_SETTLED.search(s.text) for s in every[at:]):
                continue
            before = every[at - 1].text if at else ""
            sums = (
                _sums(sentence.text) or _sums(before) or (_sums(entry.text) if _UNOWNED.search(sentence.text) else [])
            )
            if sums:
                return (
                    sums[0],
                    (quote(entry, where, sentence),),
                    f"{sums[0].text} stands there, and the text says that nobody has it.",
                )
    return None


def _without_lead(entry: Entry) -> tuple[Figure, tuple[Words, ...], str] | None:
    named = [lead.name for lead in entry.leads if not _NOBODY.fullmatch(lead.name.strip())]
    if named:
        return None
    for where, text in (("action", entry.text), ("update", entry.update)):
        for sentence in sentences(text):
            if sums := _sums(sentence.text):
                printed = [Words(entry.reference, "lead", lead.name) for lead in entry.leads]
                said = f"the lead is printed as “{entry.leads[0].name}”" if entry.leads else "no lead is named"
                return (
                    max(sums, key=lambda f: f.value),
                    (quote(entry, where, sentence), *printed),
                    f"A sum of money stands there, and {said}.",
                )
    return None


# LE15 -------------------------------------------------------------------------------------------------------------

_EXPECTED = kind("LE15", "expected")
_PROMISED = re.compile(
    r"\b(?:worth|sav(?:ing|es)|releas(?:ing|es)|generating|yielding|freeing up|"
    r"cutting costs? by)\s+(?:of\s+)?(?:about |around |up to |"
    r"over )?£",
    re.I,
)
_BENEFIT = kind("LE15", "benefit")
_HAPPENED = kind("LE15", "happened")
_REPORTED = kind("LE15", "reported")
_NOT_DELIVERED = re.compile(
    r"\b(?:hoped[- ]for|expected|anticipated|planned|promised|projected)\b[^.;]{0,60}\b(?:did not|has not|"
    r"have not|never|failed to) "
    r"(?:yet )?(?:appear|materialis|come|arriv|happen|emerge|(?:been |be )?(?:achiev|deliver|realis))\w*|"
    r"\b(?:did not|has not|have not|had not|failed to|will not|not) (?:been )?(?:deliver|achieve|realis|"
    r"produce|materialis|yield)\w*\b[^.]{0,60}"
    r"\b(?:expected|anticipated|planned|forecast|projected)?\s*(?:savings?|benefits?|efficienc\w+|reduction|income)\b",
    re.I,
)
_HALTED = kind("LE15", "halted")


def benefit_unreported(plan: PlanRead) -> Iterator[Enquiry]:
    """LE15: a benefit was expected of something that has happened, and no text says what came of it.

    Also where the text says that it was not delivered, all is on hold, and no new day is given.
    """
    for entry in plan.entries:
        if entry.stopped:
            continue
        found = _undelivered(entry, plan) or _unreported(entry, plan)
        if found is None:
            continue
        where, sentence, why = found
        yield Enquiry(
            "LE15",
            entry.reference,
            "What was the benefit in the end, in the same figures as it was promised?",
            why,
            tuple(dict.fromkeys((quote(entry, "action"), quote(entry, where, sentence)))) if where == "update"
            else tuple(dict.fromkeys((quote(entry, where, sentence), quote(entry, "update")))),
            0.83,
        )  # fmt: skip


_MODAL = re.compile(
    rf"(?:\b{words_of('LE15', 'meant')}\b[^.;]{{0,50}}?|\b(?:to|which|that|will|would|should|could)\s+(?:[\w’'-]+\s+){{0,2}}?)"
    rf"\b{words_of('LE15', 'do_good')}\b",
    re.I,
)
_ON_PURPOSE = re.compile(
    rf"^\W*(?:[\w’'-]+[,;]?\s+){{2,}}?"
    r"(?:(?:so as |in order )?to(?: help(?: \w+){0,3})?|so that(?: [^.;]{0,40}?)?|with the aim of|"
    r"and (?=save|cut|reduce|free))\s+"
    rf"(?:\w+ly\s+)?{words_of('LE15', 'do_good')}\b|\bpays? (?:back|for itself)\b",
    re.I,
)
"""Something is done, and then why: "Buy a second gritter to cut the time of a round"."""
_IN_WORDS = re.compile(
    rf"\b(?:half|halv(?:e|es|ing)|a (?:third|quarter|fifth|tenth)|twice|double|"
    rf"(?:an|{'|'.join(SPELLED)}) (?:hours?|days?|weeks?|posts?)|"
    rf"{words_of('LE15', 'good_named')})\b",
    re.I,
)


def _promises(text: str, where: str) -> bool:
    """Whether a sentence expects something good to come of what is done, with a figure or by a plain name."""
    expected = _EXPECTED.search(text) or (where == "action" and _PROMISED.search(text)) or _MODAL.search(text)
    if not expected:
        return False
    if where == "action" and _ON_PURPOSE.search(text):
        return True
    good = _BENEFIT.search(text) or _MODAL.search(text)
    told = any(f.sort in ("money", "percent", "count") for f in figures(text)) or _IN_WORDS.search(text)
    return bool(good and told)


def _told_what_came(entry: Entry, promise: Sentence, where: str) -> bool:
    """Whether an update tells what came of it: that it was realised, or a change in what was promised, in figures or not."""
    for sentence in sentences(entry.update):
        if where == "update" and sentence == promise:
            continue
        if _REPORTED.search(sentence.text):
            return True
        changed = _CHANGED.search(sentence.text)
        if changed and (figures(sentence.text) or stems(sentence.text) & stems(promise.text)):
            return True
    return where == "action" and any(_REPORTED.search(s.text) for s in sentences(entry.update))


_CHANGED = kind("LE15", "changed")


def _unreported(entry: Entry, plan: PlanRead) -> tuple[str, Sentence, str] | None:
    if not (entry.update or entry.complete):
        return None
    said = sentences(entry.update)
    happened = entry.complete or any(
        ((_HAPPENED.search(s.text) and told_past(s.text, plan.on)) or (lasted(s.text) >= 3 and _RUNS.search(s.text)))
        and not future(s.text, plan.on)
        for s in said
    )
    for where, text in (("update", entry.update), ("action", entry.text)):
        for sentence in sentences(text):
            if not _promises(sentence.text, where) or future(sentence.text, plan.on):
                continue
            if any(_REPORTED.search(s.text) for s in said) or _told_what_came(entry, sentence, where):
                return None
            over = [when for when in past(sentence.text, plan.on) if when.sort in ("financial-year", "year", "quarter")]
            if happened or over:
                return (
                    where,
                    sentence,
                    "A benefit was expected, the thing has happened, and nothing says what came of it.",
                )
    return None


_RUNS = kind("LE15", "runs")


def _undelivered(entry: Entry, plan: PlanRead) -> tuple[str, Sentence, str] | None:
    for sentence in sentences(entry.update):
        if _NOT_DELIVERED.search(sentence.text) and figures(sentence.text):
            halted = entry.on_hold or any(_HALTED.search(s.text) for s in sentences(entry.update))
            if halted and not any(future(s.text, plan.on) for s in sentences(entry.update)):
                return (
                    "update",
                    sentence,
                    "The benefit was not delivered, the work is on hold, and no new day or decision is given.",
                )
    return None
