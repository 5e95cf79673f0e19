"""LE06: a target missed under a confident text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead, Words
from goldthread.domain.enquiries.rules.phrases import Figure, Sentence, figures, future, quote, sentences, stems

_CONFIDENT = re.compile(
    r"\b(?:strong(?:ly)?|excellent\w*|good (?:progress|results?|performance|news|outcome|position|"
    r"story)|on track|on course|on target|"
    r"success\w*|very well|going well|"
    r"perform\w* well|do(?:ing)? well|encourag\w+|pleas(?:ed|ing)|positive\w*|great|proud|robust|outstanding|"
    r"impressive|upbeat|healthy|"
    r"delighted|remarkable|well ahead|firm\w*|confident|significant(?:ly)? (?:progress|improv\w+)|improving|"
    r"top|best|high standard|"
    r"effective\w*|well received|thriving|celebrat\w+|congratulat\w+|fantastic|achievement|brilliant|superb|"
    r"tremendous|commend\w*|deserves? credit|exceptional|well done|praise\w*|(?:is|are|remains?|very|be) good|"
    r"good outcome)\b",
    re.I,
)
_HONEST = re.compile(
    r"\b(?:below|short of|shortfall|miss(?:ed|ing)|not (?:yet )?(?:been )?(?:met|reached|achieved|hit|at)|"
    r"behind|concern\w*|disappoint\w*|"
    r"despite|worse|fell short|off track|fail\w*|challeng\w+|under ?perform\w*|under target|gap|recovery|"
    r"unfortunately|only (?:just |about )?£?\d|"
    r"further to go|needs? to improve|off target|regrettabl\w*)\b",
    re.I,
)
_TARGET = re.compile(
    r"\b(?:targets?|goal|aim(?:ed|s|ing)?|ambition|benchmark|threshold|required|standard|planned|objective)\b", re.I
)
_TARGET_BEFORE = re.compile(
    r"\b(?:targets?|goal|aim(?:ed|s|ing)?(?: (?:for|at|of))?|ambition|benchmark|threshold|against|"
    r"compared (?:with|to)|versus|vs|planned)\b[^.;,]{0,40}$",
    re.I,
)
_TARGET_AFTER = re.compile(
    r"^(?!\s*[,(]?\s*(?:is |are |was |were )?(?:\w+ )?(?:against|compared|versus|vs|under|below|above|short|"
    r"over)\b)\s*(?:%|\w+)?\s*(?:\w+\s+){0,2}(?:target|goal|(?:that (?:was|were) |which was )?(?:aimed for|planned|"
    r"expected|required|hoped for)|ambition)\b",
    re.I,
)
_HIGH = re.compile(
    r"\b(?:at least|or more|(?<!no )(?<!not )more than|over|minimum|increas\w*|rais\w*|above|not less than|"
    r"no fewer than)\b",
    re.I,
)
_STEPWISE = re.compile(
    r"\b(?:so far|to date|over (?:\w+) years|by 20\d\d|first \d+|out of|of the planned|remaining|yet to)\b", re.I
)
_FINAL = re.compile(
    r"\b(?:in year|this year|in the year|for the year|year[- ]end|end of (?:the )?year|outturn|final(?:ly)?|"
    r"in total|overall|"
    r"(?:was|were) (?:achieved|delivered|secured|collected|raised|received|generated|recruited|planted|"
    r"trained|built|completed|given))\b",
    re.I,
)
_DELIVER = re.compile(
    r"^\W*(?:to )?(?:deliver|achieve|generate|secure|raise|collect|save|recruit|train|plant|build|provide|"
    r"increase|earn|win|attract)\b",
    re.I,
)
_QUARTILE = re.compile(
    r"\b(?:top|best|upper|first|highest)[- ](?:performing )?(?P<part>quartile|quarter|decile|third|half|"
    r"ten per ?cent|10%)\b",
    re.I,
)
_RANK = re.compile(
    r"\b(?P<rank>\d{1,3})\s?(?:st|nd|rd|th)?\b\s*(?:\w+\s+){0,2}?(?:out of|of|among(?:st)?)\s+(?:the\s+|"
    r"all\s+)?(?P<among>\d{1,3})\b",
    re.I,
)
_SHARES = {"quartile": 0.25, "quarter": 0.25, "decile": 0.1, "third": 1 / 3, "half": 0.5}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A target and what was reached, each with its words."""

    target: str
    reached: str
    aim: Words
    sentence: Sentence


def target_missed(plan: PlanRead) -> Iterator[Enquiry]:
    """LE06: what was reached falls short of the target, and the update sounds as if all were well."""
    for entry in plan.entries:
        pair = _missed(entry, plan)
        if pair is None or not _sounds_well(entry, pair.sentence):
            continue
        tone = next((s for s in _nearby(entry.update, pair.sentence) if _CONFIDENT.search(s.text)), None)
        words = dict.fromkeys((pair.aim, quote(entry, "update", pair.sentence)))
        if tone is not None:
            words[quote(entry, "update", tone)] = None
        yield Enquiry(
            "LE06",
            entry.reference,
            f"The target is {pair.target}, and {pair.reached} was reached. What is being done to close the gap?",
            f"{pair.reached[0].upper()}{pair.reached[1:]} falls short of {pair.target}, and the update sounds confident.",
            tuple(words),
            0.9,
        )


def _nearby(text: str, sentence: Sentence) -> list[Sentence]:
    """A sentence, and then those up to two before or after it."""
    every = list(sentences(text))
    at = every.index(sentence)
    return [sentence, *(each for each in every[max(0, at - 2) : at + 3] if each != sentence)]


def _sounds_well(entry: Entry, sentence: Sentence) -> bool:
    near = _nearby(entry.update, sentence)
    if any(_HONEST.search(each.text) for each in near[:1]) or any(
        re.search(r"\b(?:target|plan)\b", each.text, re.I) and _HONEST.search(each.text) for each in near[1:]
    ):
        return False
    return any(_CONFIDENT.search(each.text) for each in near) or entry.rating in ("green", "blue")


def _missed(entry: Entry, plan: PlanRead) -> _Pair | None:
    return _within_update(entry) or _rank_missed(entry) or _across(entry, plan)


def _within_update(entry: Entry) -> _Pair | None:
    """Target and result in one sentence, or in two that follow each other."""
    every = sentences(entry.update)
    for at, sentence in enumerate(every):
        text = sentence.text
        if (not _TARGET.search(text) and "against" not in text and "compared" not in text) or _STEPWISE.search(text):
            continue
        aims = [f for f in figures(text) if _is_target(text, f)]
        if len(aims) != 1:
            continue
        others = [(sentence, f) for f in figures(text) if f != aims[0] and _alike(f, aims[0]) and not _per(text, f)]
        if not others and at + 1 < len(every):
            others = [(every[at + 1], f) for f in figures(every[at + 1].text) if _alike(f, aims[0])]
        if len(others) == 1 and _falls_short(aims[0], others[0][1], text):
            where, reached = others[0]
            return _Pair(_say(aims[0], text), _say(reached, where.text), quote(entry, "update", sentence), where)
    return None


def _per(text: str, figure: Figure) -> bool:
    """Whether a figure is what a rate is counted by: "per 100,000"."""
    return bool(re.search(r"\b(?:per|in every|out of every)\s+$", text[: figure.begin], re.I))


def _is_target(text: str, figure: Figure) -> bool:
    return bool(
        _TARGET_BEFORE.search(text[: figure.begin]) or _TARGET_AFTER.search(text[figure.stop : figure.stop + 50])
    )


def _alike(one: Figure, other: Figure) -> bool:
    return (
        one.sort == other.sort
        and one.sort in ("percent", "money", "count")
        and (one.unit == other.unit or not (one.unit and other.unit))
    )


def _falls_short(target: Figure, reached: Figure, said: str) -> bool:
    """Whether a result is on the wrong side of its target, by the words right before the target, else by what is measured."""
    before = said[max(0, target.begin - 30) : target.begin]
    at_least = bool(_HIGH.search(before)) or bool(_HIGH.search(said[target.stop : target.stop + 12]))
    low = not at_least and (
        target.manner == "below"
        or bool(_LOW_BEFORE.search(before))
        or bool(_LESS_IS_BETTER.search(said))
        or target.unit in _TIMES
    )
    if target.value <= 0 or not 0.05 <= reached.value / target.value <= 20:
        return False
    return reached.value > target.value * 1.005 if low else reached.value < target.value * 0.995


_LOW_BEFORE = re.compile(
    r"\b(?:under|below|less than|fewer than|no more than|not more than|within|at most|maximum(?: of)?|up to|down to|"
    r"reduc\w* (?:\w+ )?to|falls? (?:below|to)|cut to|lower than|drops? (?:below|to))\s*(?:a |"
    r"the )?(?:maximum (?:of )?)?$",
    re.I,
)
_LESS_IS_BETTER = re.compile(
    r"\b(?:turnover|absence|sickness|vacanc\w+|error|errors|arrears|missed|agency|overspend|readmissions?|"
    r"backlog|waiting|wait|"
    r"turnaround|complaints received|fewer complaints|number of complaints|unit cost|cost of|spend on|"
    r"re-?offending|evictions?|"
    r"delays?|delayed)\b",
    re.I,
)
_TIMES = {"day", "week", "hour", "minut", "month"}


def _say(figure: Figure, text: str) -> str:
    if figure.sort != "count":
        return figure.text
    after = text[figure.stop :].split()
    return f"{figure.text} {after[0].strip('.,;')}" if after and after[0][0].isalpha() else figure.text


def _rank_missed(entry: Entry) -> _Pair | None:
    """To be among the best part of so many, and further down than that."""
    aims = [("objective", entry.objective), ("action", entry.text)]
    named = [
        (quote(entry, where, s), m) for where, text in aims for s in sentences(text) if (m := _QUARTILE.search(s.text))
    ]
    named += [
        (Words(ref, "criterion", text, 0, len(text)), m)
        for ref, text in entry.criteria
        if (m := _QUARTILE.search(text))
    ]
    if not named:
        return None
    words, quartile = named[0]
    share = _SHARES.get(quartile["part"].lower(), 0.1)
    for sentence in sentences(entry.update):
        match = _RANK.search(sentence.text.replace(" th ", "th "))
        if (
            match
            and int(match["among"]) >= 8
            and int(match["among"]) * share < int(match["rank"]) <= int(match["among"])
        ):
            return _Pair(f"the {quartile[0].lower()}", f"place {match['rank']} of {match['among']}", words, sentence)
    return None


def _across(entry: Entry, plan: PlanRead) -> _Pair | None:
    """A target in a criterion, the action or the objective, and the result in the update: one unit, one topic."""
    sources = [(Words(ref, "criterion", text, 0, len(text)), text) for ref, text in entry.criteria]
    final = bool(_FINAL.search(entry.update)) or (entry.due_on is not None and entry.due_on < plan.on) or entry.complete
    sources += [
        (quote(entry, "action", s), s.text)
        for s in sentences(entry.text)
        if _TARGET.search(s.text) or _HIGH.search(s.text) or (final and _DELIVER.search(s.text))
    ]
    for words, said in sources:
        if future(said, plan.on) or _STEPWISE.search(said):
            continue
        for aim in figures(said):
            if aim.sort == "rank" or (aim.sort == "count" and not aim.unit):
                continue
            reached = _same_measure(aim, said, entry)
            if reached is not None and _falls_short(aim, reached[1], said):
                sentence, figure = reached
                return _Pair(_say(aim, said), _say(figure, sentence.text), words, sentence)
    return None


def _same_measure(aim: Figure, said: str, entry: Entry) -> tuple[Sentence, Figure] | None:
    """The one figure of the update that measures what a target measures: its unit, and its topic or the words beside it."""
    wanted = stems(said, generic=False)
    for sentence in sentences(entry.update):
        if _STEPWISE.search(sentence.text):
            continue
        alike = [
            f
            for f in figures(sentence.text)
            if f.sort == aim.sort
            and (f.unit == aim.unit or (not f.unit and aim.unit in stems(sentence.text)))
            and not _is_target(sentence.text, f)
        ]
        if len(alike) != 1:
            continue
        shared = (wanted & stems(sentence.text, generic=False)) - {aim.unit}
        beside = _beside(aim, said) & _beside(alike[0], sentence.text)
        if len(shared) >= 2 or (shared and aim.unit) or beside:
            return sentence, alike[0]
    return None


def _beside(figure: Figure, text: str) -> set[str]:
    """The stems of the words right around a figure that tell what it is of."""
    words = [*text[: figure.begin].split()[-4:], *text[figure.stop :].split()[:4]]
    return stems(" ".join(words), generic=False)
