"""LE04: two figures for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead
from goldthread.domain.enquiries.rules.kinds import kind, words_of
from goldthread.domain.enquiries.rules.phrases import (
    NUMBER,
    SPELLED,
    STOP,
    Figure,
    Sentence,
    clauses,
    counts_in_words,
    dates,
    figures,
    quote,
    sentences,
    stem,
    stems,
)

# LE04 -------------------------------------------------------------------------------------------------------------

_PROGRESS = kind("LE04", "progress")


def two_figures(plan: PlanRead) -> Iterator[Enquiry]:
    """LE04: an action and its update, or two sentences of one update, give one thing two figures.

    One thing: the same unit, and words around both that tell it apart. A target beside what was reached, a part beside its
    whole, and figures of different years are two things.
    """
    for entry in plan.entries:
        told = list(_told(entry))
        found = [
            (likeness, one, other)
            for one, other in combinations(told, 2)
            if (likeness := _one_thing(one, other)) > 0 and not _adds_up(one, other, told)
        ]
        if not found:
            continue
        _, one, other = max(found, key=lambda each: each[0])
        yield Enquiry(
            "LE04",
            entry.reference,
            f"Which figure is right, {one.figure.text} or {other.figure.text}, and what explains the difference?",
            f"{one.figure.text} and {other.figure.text} are printed for what reads as one thing.",
            (quote(entry, one.where, one.sentence), quote(entry, other.where, other.sentence)),
            0.82 if one.figure.sort == "money" else 0.72,
        )


def _adds_up(one: _Told, other: _Told, told: list[_Told]) -> bool:
    """Whether an update tells the other part as well: "27 km are let, the last 4 km follow" of 31."""
    aim, part = (one, other) if one.where != "update" else (other, one)
    if part.where != "update" or aim.where == "update":
        return False
    others = [
        t.figure.value for t in told if t.where == "update" and t is not part and t.figure.sort == aim.figure.sort
    ]
    whole, least = aim.figure.value, 0.004 * aim.figure.value
    return any(abs(part.figure.value + each - whole) <= least for each in others) or (
        len(others) > 1 and abs(part.figure.value + sum(others) - whole) <= least
    )


class _Told:
    """A figure in its sentence, with the words that say what it is of."""

    def __init__(self, where: str, sentence: Sentence, figure: Figure) -> None:
        self.where, self.sentence, self.figure = where, sentence, figure
        begin, stop = next(
            ((one, two) for one, two in clauses(sentence.text) if one <= figure.begin < two), (0, len(sentence.text))
        )
        self.clause = sentence.text[begin:stop]
        left, right = sentence.text[begin : figure.begin], sentence.text[figure.stop : max(stop, figure.stop)]
        self.before, self.after = sentence.text[: figure.begin], sentence.text[figure.stop :]
        near = " ".join([*left.split()[-7:], *right.split()[:9]])
        if len(stems(near, generic=False)) < 2:  # a bare clause takes its words from the sentence
            near = " ".join([*self.before.split()[-8:], *self.after.split()[:10]])
        self.times = {(when.start, when.end) for when in dates(sentence.text)}
        self.topic, self.all = stems(near, generic=False), stems(near)
        self.next = stems(" ".join(self.after.split()[:4]))
        subject = re.search(r"((?:[\w’'-]+\s+){1,3})(?:is|are|stands? at|totals?|amounts? to)\s*$", left, re.I)
        self.subject = stems(subject[1], generic=False) if subject else set()
        self.years = {
            (when.start.year, when.end.year) for when in dates(near) if when.sort in ("financial-year", "year")
        }
        self.of_whole = bool(_OF_WHOLE.search(self.before))
        self.head = _head(self.before, figure)

    @property
    def dated(self) -> bool:
        """Whether the sentence says when."""
        return bool(self.times)


_OF_WHOLE = re.compile(
    rf"\b(?:{NUMBER}|{'|'.join(SPELLED)})\s+(?:[a-z]+\s+){{0,1}}?(?:out\s+)?of\s+(?:the\s+|our\s+|all\s+|a total of\s+)*$",
    re.I,
)
"""Before the whole of which a part is told: "14 of the 24"."""
_HEAD = re.compile(
    r"(?P<near>(?:[\w’'-]+\s+){0,3}?)(?P<head>[a-z][\w’'-]+)\s+(?:(?:for|in)\s+·\s+)?"
    r"(?:of|totals?|totall?ing|stands? at|amounts? to|"
    r"(?:is|are|was|were|has been|have been)(?: now)?"
    r"(?: (?:set|fixed|put|capped|confirmed|agreed|estimated|valued)(?: at| as)?)?|"
    r"set at|at)\s+(?:about\s+|around\s+)?$",
    re.I,
)


def _head(before: str, figure: Figure) -> str:
    """What a sum is said to be the size of ("the budget gap of £22m": gap), unless a word sets it apart ("remaining gap")."""
    for when in reversed(dates(before)):
        before = f"{before[: when.begin]}·{before[when.stop :]}"
    match = _HEAD.search(before)
    if (
        match is None
        or not (figure.sort == "money" or (figure.sort == "count" and not figure.unit))
        or kind("LE04", "set_apart").search(match["near"])
    ):
        return ""
    return stem(match["head"]) if match["head"].casefold() not in STOP and not _ANY_SUM.fullmatch(match["head"]) else ""


_DEFINITE = re.compile(rf"\b{words_of('LE04', 'definite')}\s*$", re.I)
_ANY_SUM = kind("LE04", "any_sum")


def _told(entry: Entry) -> Iterator[_Told]:
    for where, text in (("action", entry.text), ("objective", entry.objective), ("update", entry.update)):
        for sentence in sentences(text):
            for figure in (*figures(sentence.text), *counts_in_words(sentence.text)):
                if figure.sort != "rank":
                    yield _Told(where, sentence, figure)


def _one_thing(one: _Told, other: _Told) -> float:
    """How alike the words around two differing figures are; 0 where they are figures of two things, or agree."""
    a, b = one.figure, other.figure
    if (one.where == other.where and one.sentence == other.sentence) or one.where == other.where != "update":
        return 0.0
    if a.sort != b.sort or a.per != b.per or _agree(a, b) or (a.sort == "count" and a.unit != b.unit):
        return 0.0
    if one.years and other.years and one.years != other.years:
        return 0.0
    if one.where != other.where and _reached(*((one, other) if other.where == "update" else (other, one))):
        return 0.0
    if a.sort == "percent" and one.where != other.where and _share_reached(one if one.where == "update" else other):
        return 0.0
    told_by = (sentence.text for sentence in (one.sentence, other.sentence))
    here, there = ([*figures(text), *counts_in_words(text)] for text in told_by)
    if any(_agree(a, c) for c in there) or any(_agree(b, c) for c in here):
        return 0.0  # the other sentence repeats the figure as well: they know of each other
    if _one_whole(one, other) or _one_sum(one, other) or _counted_twice(one, other):
        return 0.6
    return 0.0 if _progress(one) or _progress(other) else _likeness(one, other)


def _share_reached(told: _Told) -> bool:
    """Whether an update says of a share that it was reached: "84% of calls were answered", "spend was cut by 17%"."""
    return bool(_WENT_BY.search(told.before) or _OF_THEM_DONE.match(told.after)) and not _AS_AIM.search(told.before)


_WENT_BY = re.compile(
    r"\b(?:(?:was|were|has been|have been|been)\s+(?:\w+ly\s+)?\w+|fell|rose|dropped|went (?:up|down)|came down|grew|"
    r"is (?:up|down)|"
    r"are (?:up|down)|reduced|increased|improved)\s+(?:back\s+)?(?:by|to|at)\s+(?:\w+\s+)?$",
    re.I,
)
_OF_THEM_DONE = re.compile(
    r"\s*of\s+(?:[\w’'-]+\s+){1,6}?(?:\w+ed|met|paid|made|done|is|are|was|were|have|had|in time)\b", re.I
)
_AS_AIM = re.compile(r"\b(?:targets?|aims?|goals?|ambitions?|objectives?)\b[^.;,]{0,30}$", re.I)


def _likeness(one: _Told, other: _Told) -> float:
    """How alike the words around two figures are that neither of them sets apart; 0: not alike enough."""
    a, b = one.figure, other.figure
    shared, topic = one.all & other.all, one.topic & other.topic
    smaller = min(len(one.all), len(other.all))
    if not smaller:
        return 0.0
    share, close = len(shared) / smaller, min(a.value, b.value) / max(a.value, b.value)
    named = one.next & other.next
    same_name = len(named) >= 2 and bool(named & topic)  # "levelling up grant" stands right after both
    if a.sort == "count":  # a count is of what stands after it: "55 units" in two places are two places' units
        many = not (_single(one) or _single(other)) and bool(a.unit or b.unit or topic)
        return (
            max(share, 0.4)
            if many and (same_name or _all_of_one_name(one, other) or (len(topic - {a.unit}) >= 2 and share >= 0.5))
            else 0.0
        )
    said_of_one = bool(one.subject) and one.subject == other.subject and not (one.dated and other.dated)
    if said_of_one:
        return 0.5
    enough = share >= 0.5 and (len(shared) >= 3 or (len(shared) >= 2 and bool(topic)))
    near = close >= 0.95 or (bool(named) and close >= 0.8)
    of_one_year = bool(one.years) and one.years == other.years and near and a.sort == "money"
    return max(share, 0.4) if enough or of_one_year or (same_name and close >= 0.3) else 0.0


def _all_of_one_name(one: _Told, other: _Told) -> bool:
    """Whether two counts are of one thing by its whole name, and one of all there are: "512 open cases", "all 574 open cases"."""
    named = [re.findall(r"[\w’'-]+", each.after)[:2] for each in (one, other)]
    alike = all(len(each) == 2 for each in named) and [stem(w) for w in named[0]] == [stem(w) for w in named[1]]
    return alike and any(_DEFINITE.search(each.before) for each in (one, other))


def _one_whole(one: _Told, other: _Told) -> bool:
    """Whether an update counts a part of another whole than its action names: "the 26 recommendations", "14 of the 24"."""
    update, aim = (one, other) if one.where == "update" else (other, one)
    if aim.where == "update" or update.figure.sort != "count" or not update.figure.unit or not update.of_whole:
        return False
    of_its_own = re.match(rf"\s*(?:[\w’'-]+\s+){{1,4}}?{words_of('LE04', 'of_some')}\b", update.after, re.I)
    alone = [f for f in (*figures(aim.sentence.text), *counts_in_words(aim.sentence.text)) if f.unit == aim.figure.unit]
    return len(alone) == 1 and not aim.of_whole and not of_its_own and not _single(aim)


def _one_sum(one: _Told, other: _Told) -> bool:
    """Whether two sums are said to be the size of one thing, by one name and for one year."""
    if one.figure.sort == "count" and (one.where != other.where or len(one.all & other.all) < 2):
        return False
    if not one.head or one.head != other.head or (one.times and other.times and one.times != other.times):
        return False
    return bool(one.years & other.years) or len(one.all & other.all - {one.head}) >= 1


def _counted_twice(one: _Told, other: _Told) -> bool:
    """Whether one update counts the same thing twice, without a word of when: "412 staff have …", "390 staff have …"."""
    if one.where != other.where or one.figure.sort != "count" or not one.figure.unit or one.times != other.times:
        return False
    if (
        any(kind("LE04", "another_time").search(each.sentence.text) for each in (one, other))
        or one.of_whole
        or other.of_whole
    ):
        return False
    said = [stems(each.sentence.text) for each in (one, other)]
    return len(said[0] & said[1]) >= 3 and len(said[0] & said[1]) >= 0.75 * min(map(len, said))


_WAS = re.compile(
    r"(?:\b(?:was|were|came in at|(?:is|are) (?:now )?put at|(?:has|have) (?:reached|come to|risen to|fallen to)|"
    rf"ended (?:the year )?at|closed at|now stands? at)\s+|(?:^|[:;,–-])\W*)(?:{words_of('LE04', 'some')}\s+)*$",
    re.I,
)
_IS_TOLD = re.compile(r"\s*(?:of\s+)?(?:[\w’'-]+\s+){1,7}?(?:is|are|has|have|had|was|were|\w+ed|now)\b", re.I)


def _reached(aim: _Told, told: _Told) -> bool:
    """Whether an update tells with a figure what was reached, which is no second figure for what its action wants."""
    if told.of_whole or _DEFINITE.search(told.before):
        return False
    said = re.search(r"([\w’'-]+)\s+(?:a total of\s+|over\s+|some\s+|just\s+)*$", told.before)
    if said and said[1].casefold().endswith("ed") and stem(said[1]) in stems(" ".join(aim.before.split()[:3])):
        return True  # "raise £300,000", "raised £341,000"
    if (
        told.figure.sort == "percent"
        and aim.figure.manner
        and re.search(r"\b(?:is|are|was|were|of|at)\s+$", told.before)
    ):
        return True  # "keep it below 8%", "it is 12.5%"
    if not _WAS.search(told.before):
        return False
    begins = not told.before.strip() or not re.search(r"[a-z]\s*$", told.before.strip(), re.I)
    if told.figure.sort == "money":
        return not begins and bool(_WANTS.search(aim.before))
    return not begins or bool(_IS_TOLD.match(told.after))


_WANTS = re.compile(
    rf"\b(?:{words_of('LE06', 'bring_down')}|{words_of('LE06', 'bring_up')}|"
    rf"{words_of('LE06', 'deliver')}|avoid|intended|expected|target)\b",
    re.I,
)


def _single(told: _Told) -> bool:
    """Whether the count describes one of several things: "a 55 unit building"."""
    return bool(re.search(r"\ban?\s+$", told.sentence.text[: told.figure.begin], re.I))


_COUNTED_SO_FAR = re.compile(
    r"^\s*(?:[\w’'-]+\s+){1,5}?(?:have|has|were|was|are)\s+(?:been\s+|now\s+|already\s+|so far\s+)*"
    r"(?!agreed|approved|planned|needed|required|granted|listed|identified|expected|proposed|presented|sent|noted|"
    r"explained|discussed|vacant)(?:\w+ed|met|built|begun|won|spent|in place|open)\b",
    re.I,
)


_YET_TO_BE = re.compile(
    r"\b(?:is|are|be|being)\s+(?:delivered|saved|spent|achieved|collected|recovered|received|secured)\b", re.I
)


def _progress(told: _Told) -> bool:
    """Whether a figure tells how far things have come, and not how much they are."""
    if told.where == "update" and _AS_AIM.search(told.before):
        return False  # "the target of 9 days" is how much is wanted
    window = _YET_TO_BE.sub(" ", told.clause.replace(told.figure.text, " "))
    window = re.sub(r"\b(?:each|all|both|every one) of\b", " ", window, flags=re.I)
    before, after = told.sentence.text[: told.figure.begin], told.sentence.text[told.figure.stop :]
    of_it = re.search(r"\b(?:for|of|with|to|in|on|all)\s+(?:the |our |all )*$", before, re.I)
    if told.figure.sort == "count" and not of_it and _COUNTED_SO_FAR.search(after):
        return True
    return bool(_PROGRESS.search(window))


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures can both be right: equal, or one is said to be rough, a least or a most."""
    if one.sort != other.sort:
        return False
    low, high = sorted((one, other), key=lambda figure: figure.value)
    if high.value == 0 or high.value - low.value <= 0.004 * high.value:
        return True
    near = (high.value - low.value) / high.value
    if "rough" in (one.manner, other.manner) and near <= 0.12:
        return True
    return (low.manner == "above" and near <= 0.4) or (high.manner == "below" and near <= 0.4)
