"""LE01, LE02, LE08: dates that passed without a word, work without an end, completed things that are still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from goldthread.domain.enquiries.rules.cadences import cadence_of
from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead, Words
from goldthread.domain.enquiries.rules.kinds import kind, words_of
from goldthread.domain.enquiries.rules.phrases import (
    SPELLED,
    When,
    figures,
    future,
    months_between,
    part_only,
    past,
    quote,
    sentences,
    stems,
)
from goldthread.domain.enquiries.rules.spans import lasted, told_past
from goldthread.kernel.days import printed

# LE01 -------------------------------------------------------------------------------------------------------------

_LATE = kind("LE01", "late")
_DONE = re.compile(
    rf"\b(?:is|are|was|were|has|have|been|now|fully|successfully|already)\s+(?:\w+\s+){{0,2}}?{words_of('LE01', 'completed')}\b"
    r"|\b(?:went live|completed (?:on|in|by|ahead))\b",
    re.I,
)
_DONE_THEN = kind("LE01", "done_then")
_STEP = kind("LE01", "step")
_REST = kind("LE01", "rest")
_NOT_DONE = kind("LE01", "not_done")
_TO_COME = kind("LE01", "to_come")
_BY = re.compile(
    r"\b(?:by|before|no later than|not later than|deadline(?: of| is)?|in time for|"
    r"due)\s+(?:the\s+)?(?:end\s+(?:of\s+)?)?"
    r"(?:the\s+)?$",
    re.I,
)


def passed_without_a_word(plan: PlanRead) -> Iterator[Enquiry]:
    """LE01: the day by which it was to be done has passed, and nothing says what became of it.

    A day is the due date, a deadline in the action's own words, or a day that an update still gives as one to come. A word
    is anything that speaks of lateness, of a new day, or of the thing being done.
    """
    passed = [(entry, found) for entry in plan.entries if entry.open and (found := _passed(entry, plan.on)) is not None]
    if len(passed) > 2 and not any(entry.update for entry in plan.entries):
        yield _nothing_reported(passed, plan.on)
        return
    for entry, (day, words) in passed:
        if _a_word(entry, plan.on):
            continue
        late = months_between(day, plan.on)
        said = "and there is no update" if not entry.update else "and its update does not say what became of it"
        yield Enquiry(
            "LE01",
            entry.reference,
            f"This was to be done by {printed(day)}. Was it, and if not, what is the new date and why?",
            f"{printed(day)} had passed by {printed(plan.on)}, {said}.",
            (words, *([quote(entry, "update")] if entry.update and words.field != "update" else ())),
            min(0.78, 0.6 + late / 60),
        )


def _nothing_reported(passed: list[tuple[Entry, tuple[date, Words]]], on: date) -> Enquiry:
    """One enquiry for a plan that reports on nothing: that its dates have passed without a word is one omission."""
    first, (day, words) = min(passed, key=lambda pair: pair[1][0])
    return Enquiry(
        "LE01",
        first.reference,
        f"{len(passed)} dates of this plan have passed. What has been done, and where is it reported?",
        f"{len(passed)} dates had passed by {printed(on)}, the first on {printed(day)}, and the plan reports on none.",
        (words, *(each for _, (_, each) in passed[1:3])),
        0.78,
    )


def _passed(entry: Entry, on: date) -> tuple[date, Words] | None:
    """The day that has passed, and where it is printed."""
    if entry.due_on is not None:
        due = Words(entry.reference, "timescale", entry.due_text or printed(entry.due_on), 0, len(entry.due_text))
        return (entry.due_on, due) if entry.due_on < on else None
    for sentence in sentences(entry.text):
        for when in past(sentence.text, on):
            if _BY.search(sentence.text[: when.begin]) or _is_its_time(sentence.text, when):
                return when.end, quote(entry, "action", sentence)
    for sentence in sentences(entry.update):
        for when in past(sentence.text, on):
            before = sentence.text[max(0, when.begin - 70) : when.begin]
            if _STILL_TO_COME.search(before) and not _DONE.search(sentence.text):
                return when.end, quote(entry, "update", sentence)
    return None


_IN = re.compile(r"\b(?:in|during|from|on)\s+(?:the\s+)?$", re.I)
_HAD_ITS_TIME = re.compile(
    r"\w\s.*\b(?:\w+ed|held|made|given|taken|begun|written|set|the)\s+(?:in|during|from|on)\s+(?:the\s+)?$|"
    r"\b(?:recommendation|finding|lesson|result|outcome)s?\b",
    re.I,
)


def _is_its_time(text: str, when: When) -> bool:
    """Whether an action ends in its time ("Publish the plan in May 2025"); what was held or agreed then is something else."""
    before = text[: when.begin]
    ends = not text[when.stop :].strip(" .)")
    return ends and bool(_IN.search(before)) and not _HAD_ITS_TIME.search(before)


_STILL_TO_COME = re.compile(
    r"\b(?:will (?!have)|due (?:to|for|in|by)|(?:is|are) (?:due|planned|scheduled|expected|anticipated|"
    r"intended|set|to be|"
    r"targeted|timetabled|going to)|to be \w+|(?:is|are) to)\b[^.;]{0,60}$|"
    r"\b(?:(?:plan|hope|aim|expect|intend)s? to)\b[^.;]{0,60}$|"
    r"\b(?:expected|scheduled|anticipated|forecast|timetabled|programmed|pencilled in|hoped for|due|likely)\s+(?:\w+\s+){0,4}$",
    re.I,
)


def _a_word(entry: Entry, on: date) -> bool:
    """Whether the update speaks of lateness, of a new day, or of the whole thing being done."""
    for sentence in sentences(entry.update):
        if _LATE.search(sentence.text) or _is_done(sentence.text, entry.text, on):
            return True
        if any(_TO_COME.search(sentence.text[: when.begin]) for when in future(sentence.text, on)):
            return True
    return False


def _is_done(text: str, action: str, on: date) -> bool:
    """Whether a sentence says that the action is done: not a part of it, nor a step on the way that the action does not name."""
    if part_only(text) or _REST.search(text) or any(not in_words(each, action) for each in _STEP.findall(text)):
        return False
    if (_EVERY_ONE.match(text) or _IS_UP.search(text)) and stems(text) & stems(action) and not _NOT_DONE.search(text):
        return True
    if _SAYS_ONLY_DONE.match(text) or (_SINCE_THEN.search(text) and told_past(text, on)):
        return True
    done = _DONE.search(text)
    if done and not _NOT_DONE.search(text[max(0, done.start() - 30) : done.end()]):
        return _is_of_it(text[: done.start()], text, action)
    then = _DONE_THEN.search(text)  # "the hub opened in July", "Council adopted the policy on 14 October"
    if then is None and _TO_BEGIN.search(action):
        then = re.search(r"\b(?:began|started|commenced)\b", text, re.I)
    if then is None or not told_past(text, on) or _NOT_DONE.search(text[max(0, then.start() - 30) : then.end()]):
        return False
    return not text[: then.start()].strip() or bool(stems(text) & stems(action))


_EVERY_ONE = re.compile(
    r"\W*(?:all|every|each|both)\b[^.;]{0,60}\b(?:has|have|had|is|are|was|were)\b(?! (?:been )?being)", re.I
)
_IS_UP = re.compile(r"\b(?:is|are) (?:now )?(?:up|in|out|on|ready|open|over|there|fitted|built)\W*$", re.I)
_SAYS_ONLY_DONE = re.compile(rf"\W*(?:now |all |fully )?{words_of('LE01', 'completed')}\W*$", re.I)
_SINCE_THEN = re.compile(
    r"\b(?:has|have) been (?:in|on|at|with|out|available|live|open|up)\b[^.;]{0,60}\bsince\b", re.I
)


def _is_of_it(subject: str, text: str, action: str) -> bool:
    """Whether what is said to be done may be the action: where a measure was to move, a step taken is not the thing."""
    if not _TO_MEASURE.search(action):
        said = stems(subject, generic=False)
        return not said or bool(stems(text) & stems(action))
    return not subject.strip() or bool(stems(subject) & stems(action)) or bool(figures(text))


_TO_MEASURE = re.compile(
    rf"^\W*(?:to\s+)?(?:{words_of('LE06', 'bring_down')}|{words_of('LE06', 'bring_up')})\b.*\d", re.I
)
_TO_BEGIN = re.compile(
    r"^\W*(?:to\s+)?(?:introduc|start|launch|begin|open|set up|implement|bring in|roll out|establish|commence|run)\w*\b",
    re.I,
)


def in_words(said: str, text: str) -> bool:
    """Whether a word stands in a text, whatever its ending."""
    return bool(stems(said) & stems(text))


# LE02 -------------------------------------------------------------------------------------------------------------

_ONGOING = kind("LE02", "ongoing")
_WITHOUT_END = kind("LE02", "without_end")
_BEGUN = re.compile(rf"\b{words_of('LE02', 'begun')}\b[^.;]{{0,40}}$", re.I)


def ongoing_for_long(plan: PlanRead) -> Iterator[Enquiry]:
    """LE02: under way for more than a year, with no day on which it is to end."""
    for entry in plan.entries:
        if not entry.open or (entry.due_on is not None and entry.due_on >= plan.on):
            continue
        begun = _begun(entry, plan.on)
        if begun is None or months_between(begun[0], plan.on) <= 12:
            continue
        day, words = begun
        years = months_between(day, plan.on) / 12
        yield Enquiry(
            "LE02",
            entry.reference,
            "When will this end, and how will anybody know that it has been done?",
            f"It has been under way since {printed(day)}, {_long(years)}, and no end is given.",
            words,
            min(0.66, 0.5 + years / 25),
        )


def _long(years: float) -> str:
    months = int(years * 12)
    return f"{months // 12} years and more" if months >= 24 else f"{months} months"


def _begun(entry: Entry, on: date) -> tuple[date, tuple[Words, ...]] | None:
    """The day since which it goes on, and the words: one field says both, or the timescale says that it goes on."""
    named = [(where, text) for where, text in (("timescale", entry.due_text), ("status", entry.status)) if text]
    endless = next((quote(entry, where) for where, text in named if _WITHOUT_END.search(text)), None)
    for where, text in named:
        first = _first(text, on)
        if first is not None and (endless is not None or _ONGOING.search(text)):
            return first, (quote(entry, where),)
    if any(future(text, on) for _, text in named):
        return None
    said = sentences(entry.update)
    goes_on = next((each for each in said if _ONGOING.search(each.text)), None)
    if any(future(each.text, on) for each in said):
        return None
    begun = [(first, each) for each in said if (first := _first(each.text, on)) is not None]
    for first, each in sorted(begun, key=lambda pair: pair[0], reverse=True)[
        :1
    ]:  # what began last may be all that goes on
        if endless is not None:
            return first, (endless, quote(entry, "update", each))
        if goes_on is not None and (goes_on == each or len(said) <= 3):
            return first, tuple(quote(entry, "update", one) for one in dict.fromkeys((each, goes_on)))
    for each in said:
        if (
            (months := lasted(each.text)) > 12
            and (endless is not None or (goes_on is not None and len(said) <= 3))
            and not begun
        ):
            return on - timedelta(days=round(months * 30.44)), (quote(entry, "update", each),)
    if endless is not None and not begun and entry.first_on is not None and months_between(entry.first_on, on) > 12:
        return entry.first_on, (endless,)
    return None


def _first(text: str, on: date) -> date | None:
    """The earliest day from which the words say that it has been going on."""
    begun = [when.start for when in past(text, on) if _BEGUN.search(text[: when.begin])]
    if (since := _BACK_TO.search(text)) is not None and int(since[1]) < on.year:
        begun.append(date(int(since[1]), 1, 1))
    return min(begin for begin in begun) if begun else None


_BACK_TO = re.compile(r"\bdat(?:es|ing|ed) back to (20\d\d)\b", re.I)


# LE08 -------------------------------------------------------------------------------------------------------------

_PENDING = kind("LE08", "pending")
_KEPT_UP = kind("LE08", "kept_up")
_WAS_DONE = re.compile(
    r"\b(?:was|were|has been|have been|is now|are now)\s+(?:\w+\s+)?(?:adopted|opened|approved|completed?|"
    r"launched|agreed|"
    r"named|set up|in place|implemented|delivered|signed|published|established|appointed|live|operational|"
    r"introduced)\b|"
    r"^(?:approved|completed?|adopted|opened|launched|agreed|delivered)\b|\b(?:opened|launched|went live) (?:in|on)\b",
    re.I,
)


def completed_and_to_come(plan: PlanRead) -> Iterator[Enquiry]:
    """LE08: recorded or listed as completed, while its own words put it in the future or say that it goes on."""
    for entry in plan.entries:
        if not entry.complete:
            continue
        for where, text in (("status", entry.status), ("update", entry.update)):
            found = next((each for each in sentences(text) if _to_come(each.text, text, plan.on)), None)
            if found is None:
                continue
            later = future(found.text, plan.on)
            yield Enquiry(
                "LE08",
                entry.reference,
                "This is listed as completed. What is still to be done, by when, and who decided that it counts as done?",
                f"It is listed as completed, yet its text speaks of {later[0].text}."
                if later
                else "It is listed as completed, yet its text says that it goes on.",
                (quote(entry, "action"), quote(entry, where, found)),
                0.92 if later else 0.86,
            )
            break


_OPENS_DONE = re.compile(rf"\W*(?:[\w’'-]+\s+){{0,4}}?(?:{words_of('LE01', 'completed')}|(?:has|have)\s+\w+ed)\b", re.I)


def _to_come(sentence: str, whole: str, on: date) -> bool:
    done = bool(_WAS_DONE.search(whole) or _OPENS_DONE.match(whole) or cadence_of(whole))
    if _done_before(sentence, whole) and not _MORE_TO_DO.search(sentence) and not part_only(sentence):
        return False  # the whole is done, and what follows from it is to come
    if future(sentence, on):
        return not (done and _KEPT_UP.search(sentence))
    return (
        bool(_PENDING.search(sentence) or part_only(sentence))
        and not (done and _KEPT_UP.search(sentence))
        and not _NEGATED.search(sentence)
    )


_ALL_DONE = re.compile(
    rf"^\W*(?:all|both|every|each|the whole|(?:{'|'.join(SPELLED)}|\d+)\s)?[^.;]{{0,80}}?"
    r"\b(?:was|were|has been|have been|is now|are now|is|are)\s+"
    rf"(?:now\s+|fully\s+|all\s+)?{words_of('LE08', 'all_done')}\b",
    re.I,
)
_MORE_TO_DO = kind("LE08", "more_to_do")


def _done_before(sentence: str, whole: str) -> bool:
    """Whether a sentence before this one, or this one's own beginning, says without reserve that the thing is done."""
    for each in sentences(whole):
        said = each.text
        if _ALL_DONE.match(said) and not (part_only(said) or _MORE_TO_DO.search(said) or _NOT_ALL.search(said)):
            return True
        if said == sentence:
            return False
    return False


_NOT_ALL = re.compile(
    r"\b(?:not|draft|first|phase|stage|some|most|part(?:ly|ially)?|half|nearly|almost|to be|being|interim|initial)\b",
    re.I,
)
_NEGATED = re.compile(r"\b(?:no|none|nothing|not)\b[^.]{0,25}\b(?:outstanding|remain\w*|await\w*)\b", re.I)
