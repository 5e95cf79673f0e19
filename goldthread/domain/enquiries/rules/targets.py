"""LE06: a target missed under a confident text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.domain.enquiries.rules.changes import changes_claimed, shares_claimed
from goldthread.domain.enquiries.rules.entries import Enquiry, Entry, PlanRead, Words
from goldthread.domain.enquiries.rules.kinds import kind, words_of
from goldthread.domain.enquiries.rules.phrases import (
    STOP,
    Figure,
    Sentence,
    counts_in_words,
    dates,
    figures,
    future,
    quote,
    sentences,
    stem,
    stems,
)
from goldthread.domain.enquiries.rules.spans import of_a_year

_CONFIDENT = kind("LE06", "confident")
_HONEST = kind("LE06", "honest")
_TARGET = kind("LE06", "target")
_GREEN = re.compile(r"\b(?:green|on (?:track|target|course))\b", re.I)
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
_HIGH = kind("LE06", "high")
_STEPWISE = kind("LE06", "stepwise")
_FINAL = kind("LE06", "final")
_DELIVER = re.compile(rf"^\W*(?:to )?{words_of('LE06', 'deliver')}\b", re.I)
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
    at = next((n for n, each in enumerate(every) if each.stop == sentence.stop), len(every) - 1)
    sentence = every[at]
    return [sentence, *(each for each in every[max(0, at - 2) : at + 3] if each != sentence)]


def _sounds_well(entry: Entry, sentence: Sentence) -> bool:
    near = _nearby(entry.update, sentence)
    if any(_HONEST.search(each.text) for each in near[:1]) or any(
        re.search(r"\b(?:target|plan)\b", each.text, re.I) and _HONEST.search(each.text) for each in near[1:]
    ):
        return False
    return (
        any(_CONFIDENT.search(each.text) for each in near)
        or entry.rating in ("green", "blue")
        or bool(_GREEN.search(entry.status))
    )


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
        or _less_is_better(target, said)
        or bool(_BRING_DOWN.search(said))
        or target.unit in _TIMES
    )
    if target.value <= 0 or not 0.05 <= reached.value / target.value <= 20:
        return False
    return reached.value > target.value * 1.005 if low else reached.value < target.value * 0.995


def _less_is_better(target: Figure, said: str) -> bool:
    """Whether less is better of what the target measures; things done in time are not, whatever they are of."""
    after = said[target.stop :]
    if target.sort == "percent" and re.match(rf"\s*of\b.*\b{words_of('LE06', 'done_well')}\b", after, re.I):
        return False
    if target.sort == "count" and target.unit:
        after = " ".join(after.split()[:3])
        return bool(_LESS_IS_BETTER.search(" ".join([*said[: target.begin].split()[-6:], "·", after])))
    return bool(_LESS_IS_BETTER.search(said))


_LOW_BEFORE = re.compile(
    r"\b(?:under|below|less than|fewer than|no more than|not more than|within|at most|maximum(?: of)?|up to|down to|"
    r"reduc\w* (?:\w+ )?to|falls? (?:below|to)|cut to|lower than|drops? (?:below|to))\s*(?:a |"
    r"the )?(?:maximum (?:of )?)?$",
    re.I,
)
_LESS_IS_BETTER = kind("LE06", "less_is_better")
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
    final = (
        bool(_FINAL.search(entry.update)) or (entry.due_on is not None and entry.due_on <= plan.on) or entry.complete
    )
    final = final or any(when.end <= plan.on for s in sentences(entry.text) for when in dates(s.text))
    final = final or any(of_a_year(s.text) or _CLAIMS_DONE.search(s.text) for s in sentences(entry.update))
    sources += [(quote(entry, "action", s), s.text) for s in sentences(entry.text)]
    for words, said in sources:
        if final and (by_so_much := _changed_too_little(words, said, entry)) is not None:
            return by_so_much
        if future(said, plan.on) or _STEPWISE.search(said):
            continue
        for aim in _measures(said):
            if aim.sort == "rank" or (words.field == "action" and not _is_wanted(aim, said, final)):
                continue
            reached = _same_measure(aim, said, entry)
            if reached is not None and _falls_short(aim, reached[1], said):
                sentence, figure = reached
                return _Pair(_say(aim, said), _say(figure, sentence.text), words, sentence)
    return None


_CLAIMS_DONE = kind("LE06", "claims_done")
_AT_THE_END = re.compile(r"\byear[- ]end\b|\bend of (?:the )?(?:financial )?year\b|\bout-?turn\b", re.I)


def _measures(text: str) -> tuple[Figure, ...]:
    """The figures of a sentence, those in words and shares such as "nine in ten" among them."""
    shares = tuple(
        Figure("percent", each.value, each.begin, each.stop, each.said)
        for each in shares_claimed(text)
        if not each.said.rstrip().endswith(("%", "cent"))
    )
    return figures(text) + counts_in_words(text) + shares


def _changed_too_little(words: Words, said: str, entry: Entry) -> _Pair | None:
    """To go up or down by so much, and the update tells of a change the same way that is smaller."""
    aims = [each for each in changes_claimed(said) if each.way]
    if len(aims) != 1:
        return None
    for sentence in sentences(entry.update):
        told = [each for each in changes_claimed(sentence.text) if each.way == aims[0].way]
        alike = stems(sentence.text, generic=False) & stems(said, generic=False)
        if len(told) == 1 and alike and told[0].value < aims[0].value * 0.97 and not _STEPWISE.search(sentence.text):
            return _Pair(f"a change {_amount(aims[0].said)}", _amount(told[0].said), words, sentence)
    return None


def _amount(said: str) -> str:
    return f"of {said.split()[-1]}" if said[-1:] in "%tdrhf" else said


_BY_SO_MUCH = re.compile(r"\b(?:by|of up to|a further|another|additional)\s+(?:about\s+|around\s+|up to\s+)?$", re.I)
_UP_OR_DOWN_TO = re.compile(
    rf"\b(?:{words_of('LE06', 'bring_down')}|{words_of('LE06', 'bring_up')})\b[^.;]*\b(?:to|at|under|below|above|of|than)\s+"
    r"(?:an?\s+(?:\w+\s+)?(?:of\s+)?)?(?:about\s+|just\s+)?$",
    re.I,
)
_BRING_DOWN = re.compile(rf"^\W*(?:to\s+)?{words_of('LE06', 'bring_down')}\b", re.I)


def _is_wanted(aim: Figure, said: str, final: bool) -> bool:
    """Whether an action names a figure as one to be reached: a share, a time, a least or a most; a sum once its time is up."""
    before = said[: aim.begin]
    if _BY_SO_MUCH.search(before):
        return False
    if (
        _TARGET.search(said)
        or aim.manner in ("above", "below")
        or _UP_OR_DOWN_TO.search(before)
        or _HIGH.search(before)
    ):
        return True
    if aim.sort == "percent":
        return not re.search(r"\b(?:a|an|the)\s+$", before, re.I)  # "a 15% discount" is a thing and no aim
    if aim.unit in _TIMES:
        return bool(
            re.search(
                r"\b(?:in|within|under|inside|(?:average|mean|typical)\b[^.;]{0,40}\bof)\s+(?:an average of\s+)?$",
                before,
                re.I,
            )
        )
    return final and (bool(_DELIVER.search(said)) or bool(re.search(r"\ball\s+(?:the\s+)?$", before, re.I)))


def _same_measure(aim: Figure, said: str, entry: Entry) -> tuple[Sentence, Figure] | None:
    """The one figure of the update that measures what a target measures: its unit, and its topic or the words beside it."""
    wanted = stems(said, generic=False)
    heads = _heads(aim, said)
    joined = _with_what_they_mean(entry.update)
    told = [s for s in joined if not _STEPWISE.search(s.text) or _AT_THE_END.search(s.text)]
    every = [(s, f) for s in told for f in _measures(s.text) if _could_measure(aim, f, s.text)]
    for sentence, figure in every:
        if sum(other == sentence for other, _ in every) != 1:
            continue
        counted = _heads(figure, sentence.text)
        same_unit = bool(aim.unit) and figure.unit == aim.unit
        of_one = same_unit or bool(heads & counted) or bool(not aim.unit and stems(said) & counted)
        named = aim.unit in stems(sentence.text) if aim.unit and not figure.unit else False
        if aim.sort == "count" and (aim.unit or figure.unit) and not (of_one or named):
            continue
        shared = (wanted & stems(sentence.text, generic=False)) - {aim.unit}
        if (
            len(shared) >= 2
            or (shared and (aim.unit or aim.sort != "count"))
            or _beside(aim, said) & _beside(figure, sentence.text)
        ):
            return sentence, figure
        one_sort = aim.sort == "percent" or aim.unit in _TIMES or of_one
        alike = stems(said) & stems(sentence.text) if aim.sort == "money" or not (aim.unit or figure.unit) else one_sort
        if len(every) == 1 and aim.sort == "percent" and _speaks_of_nothing_else(sentence.text):
            return sentence, figure
        told_alike = bool(one_sort) and len(stems(said) & stems(sentence.text)) >= 2
        if len(every) == 1 and (told_alike or (alike and _MEASURED.search(sentence.text))):
            return sentence, figure
    return None


_MEASURED = kind("LE06", "measured")


def _with_what_they_mean(update: str) -> list[Sentence]:
    """The sentences of an update; one that opens with a word for what the last one named, or follows a semicolon, with that."""
    every = list(sentences(update))
    found = []
    for at, sentence in enumerate(every):
        before = every[at - 1] if at else None
        if (
            before is not None
            and not figures(before.text)
            and (_PRONOUN.match(sentence.text) or before.text.endswith(";"))
        ):
            found.append(Sentence(f"{before.text} {sentence.text}", before.begin, sentence.stop))
        else:
            found.append(sentence)
    return found


_PRONOUN = re.compile(r"\W*(?:it|they|this|these|the (?:figure|total|number|rate|average)|now|currently)\b", re.I)


def _speaks_of_nothing_else(text: str) -> bool:
    """Whether a sentence says only how well it goes: "Performance remains strong at 88%"."""
    bare = _MEASURED.sub(" ", _CONFIDENT.sub(" ", text))
    return bool(_MEASURED.search(text)) and not stems(bare, generic=False)


def _could_measure(aim: Figure, figure: Figure, text: str) -> bool:
    """Whether a figure of an update is of the target's sort, and itself no target, step or change."""
    before = text[: figure.begin]
    return (
        figure.sort == aim.sort
        and (aim.sort != "count" or (aim.unit in _TIMES) == (figure.unit in _TIMES))
        and not _is_target(text, figure)
        and not _BY_SO_MUCH.search(before)
        and not re.search(r"\b(?:from|up|down|a (?:reduction|fall|rise|increase|drop|cut) of)\s+$", before, re.I)
        and not re.match(r"\s*(?:more|fewer|less|higher|lower|better|further|additional)\b", text[figure.stop :], re.I)
    )


def _heads(figure: Figure, text: str) -> set[str]:
    """The stems of the nouns that may be what a count counts: the words behind it, up to one that ends them."""
    found: set[str] = set()
    for word in text[figure.stop :].split()[:4]:
        if not word[0].isalpha() or word.casefold().strip(",.;:") in STOP:
            break
        found.add(stem(word.strip(",.;:")))
        if word[-1] in ",.;:":
            break
    return found if figure.sort == "count" else set()


def _beside(figure: Figure, text: str) -> set[str]:
    """The stems of the words right around a figure that tell what it is of."""
    words = [*text[: figure.begin].split()[-4:], *text[figure.stop :].split()[:4]]
    return stems(" ".join(words), generic=False)
