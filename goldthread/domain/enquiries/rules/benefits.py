"""LE13 and LE15: money that nobody owns, and benefits that were expected and of which nothing more is heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead, Words
from goldthread.domain.enquiries.rules.phrases import Figure, Sentence, figures, future, past, quote, sentences

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
_UNOWNED = re.compile(
    r"\b(?:(?:still |yet )?to be (?:allocated|assigned|attributed|apportioned|distributed) (?:to|between|"
    r"among|across)|not (?:yet )?(?:been )?(?:allocated|assigned|attributed|apportioned|owned|given to (?:any|a))|"
    r"(?:un(?:allocated|assigned|owned|attributed))|no (?:\w+ )?(?:owner|lead|lead officer|budget holder|"
    r"directorate|service|responsible "
    r"(?:officer|director))(?: has| is| was|\b)|(?:nobody|no[- ]one|no officer|no director\w*|"
    r"no service)\b[^.;]{0,40}\b(?:made |been |is |has )?"
    r"(?:responsible|accountable|own\w*|named|identified|answer\w*|taken|charge)|"
    r"without an? (?:\w+ )?(?:owner|lead|budget holder)|"
    r"(?:owner|lead|budget holder)(?:ship)? (?:is |has |to be |remains )?(?:not |yet |"
    r"still )*(?:to be )?(?:confirmed|agreed|identified|unclear|"
    r"tbc|determined|found))\b",
    re.I,
)
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


def _said_unowned(entry: Entry) -> tuple[Figure, tuple[Words, ...], str] | None:
    for where, text in (("update", entry.update), ("action", entry.text)):
        for sentence in sentences(text):
            if not _UNOWNED.search(sentence.text) or _ASSIGNED.search(sentence.text):
                continue
            sums = _sums(sentence.text) or _sums(entry.text)
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

_EXPECTED = re.compile(
    r"\b(?:expect\w*|anticipat\w*|forecast\w*|project(?:ed|ion\w*)|estimat\w*|predict\w*|assum\w*|intended to|"
    r"meant to|supposed to|promis\w*|claimed|worth|(?:will|would) be (?:saved|released|cut|freed)|(?:was|"
    r"were) to (?:save|release|cut|yield|bring)|should have|"
    r"planned (?:savings?|benefits?|reduction|income)|business case|to (?:\w+ )?(?:achieve|deliver|make|"
    r"produce|secure|realise|provide) [^.;]{0,30}(?:sav\w*|benefits?|efficienc\w+|reduction|income)|(?:would|"
    r"will|to|should|set to|ought to) (?:\w+ )?(?:save|yield|"
    r"generate|release|free up|bring in|deliver (?:a )?sav\w*|"
    r"realise|produce sav\w*|cut costs?|reduce (?:\w+ ){0,3}(?:costs?|spend)))\b",
    re.I,
)
_PROMISED = re.compile(
    r"\b(?:worth|sav(?:ing|es)|releas(?:ing|es)|generating|yielding|freeing up|"
    r"cutting costs? by)\s+(?:of\s+)?(?:about |around |up to |"
    r"over )?£",
    re.I,
)
_BENEFIT = re.compile(
    r"\b(?:worth|cut in|fewer|sav(?:e|ed|es|ing|ings)|benefits?|efficienc\w+|income|rent|yield\w*|releas\w+|"
    r"free up|freed|"
    r"cut costs?|cost reduction|reduc\w+|"
    r"generat\w+|bring in|hours|return on|pay ?back|cash(?:able)?|avoid\w*)\b",
    re.I,
)
_HAPPENED = re.compile(
    r"\b(?:(?!expected|planned|scheduled|needed|wanted|anticipated|delayed)\w{2,}ed (?:in|on|by|from|since|"
    r"at the end of)|went live|came (?:in-?house|in|back)|in-?house|launched|took effect|take effect|"
    r"came into (?:effect|force|use)|began|begun|started|"
    r"opened|closed|finished|complete[ds]?|"
    r"installed|in place|took place|brought together|merged|implemented|introduced|moved|transferred|switched|"
    r"has been (?:open|live|running)|"
    r"(?:was|were|has been|have been) \w+ed|in (?:use|operation)|operational|live)\b",
    re.I,
)
_REPORTED = re.compile(
    r"\b(?:(?:has|have|had) (?:now |already |so far |also |been )?(?:saved?|realised|achieved|delivered|"
    r"generated|released|yielded|brought in|cut|reduced)|"
    r"(?:was|were|is|are|been|being) (?:fully |partly )?(?:realised|achieved|delivered|banked|exceeded|confirmed|met)|"
    r"(?:we|it|they|which|this|the (?:\w+ )?\w+) (?:have |has )?(?:saved|achieved|realised|delivered|"
    r"confirmed|generated)|"
    r"savings? (?:of £?[\d.,]+\w* )?(?:made|delivered|achieved|realised|to date|"
    r"(?:was|were|has been|have been) (?:made|delivered|achieved|"
    r"realised|confirmed|secured))|actual(?:ly)? sav\w+|in full|so far|to date|"
    r"reduction of £|saved £|benefits (?:are|were) (?:being )?(?:tracked|reported|realised))\b",
    re.I,
)
_NOT_DELIVERED = re.compile(
    r"\b(?:hoped[- ]for|expected|anticipated|planned|promised|projected)\b[^.;]{0,60}\b(?:did not|has not|"
    r"have not|never|failed to) "
    r"(?:yet )?(?:appear|materialis|come|arriv|happen|emerge|(?:been |be )?(?:achiev|deliver|realis))\w*|"
    r"\b(?:did not|has not|have not|had not|failed to|will not|not) (?:been )?(?:deliver|achieve|realis|"
    r"produce|materialis|yield)\w*\b[^.]{0,60}"
    r"\b(?:expected|anticipated|planned|forecast|projected)?\s*(?:savings?|benefits?|efficienc\w+|reduction|income)\b",
    re.I,
)
_HALTED = re.compile(r"\b(?:on hold|paused|suspended|stalled|until further|stood down|halted)\b", re.I)


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


def _unreported(entry: Entry, plan: PlanRead) -> tuple[str, Sentence, str] | None:
    if not (entry.update or entry.complete) or any(_REPORTED.search(s.text) for s in sentences(entry.update)):
        return None
    happened = entry.complete or any(
        _HAPPENED.search(s.text) and past(s.text, plan.on) and not future(s.text, plan.on)
        for s in sentences(entry.update)
    )
    for where, text in (("update", entry.update), ("action", entry.text)):
        for sentence in sentences(text):
            said = sentence.text
            expected = _EXPECTED.search(said) or (where == "action" and _PROMISED.search(said))
            if not (expected and _BENEFIT.search(said)) or future(said, plan.on):
                continue
            if not any(f.sort in ("money", "percent", "count") for f in figures(said)):
                continue
            over = [when for when in past(said, plan.on) if when.sort in ("financial-year", "year", "quarter")]
            if happened or over:
                return (
                    where,
                    sentence,
                    "A benefit in figures was expected, the thing has happened, and nothing says what came of it.",
                )
    return None


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
