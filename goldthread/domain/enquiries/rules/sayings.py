"""LE03, LE11, LE12: criteria that nothing answers, updates that say the same again, leads who are no longer there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from goldthread.domain.enquiries.rules.entries import Aim, Enquiry, Entry, Lead, PlanRead, Words
from goldthread.domain.enquiries.rules.kinds import kind
from goldthread.domain.enquiries.rules.phrases import Sentence, dates, figures, quote, sentences, stem, stems
from goldthread.kernel.days import printed

# LE03 -------------------------------------------------------------------------------------------------------------

_ALIKE = (
    "cost spend expenditure budget saving price bill overspend",
    "wait turnaround queue delay speed quick fast respond response handling",
    "complaint grievance dissatisfied",
    "satisfied satisfaction happy rating rate feedback survey poll users say",
    "income revenue earn raise collect collection receipts",
    "recruit vacancy post staff appoint hire employ workforce",
    "sickness absence attendance",
    "train training learn course skill workshop session",
    "resident user customer people public citizen patient tenant",
    "agency temporary interim locum",
    "arrears debt owed",
    "referral refer signpost",
)
_GROUP = {stem(word): number for number, group in enumerate(_ALIKE) for word in group.split()}


def no_criterion(plan: PlanRead) -> Iterator[Enquiry]:
    """LE03: an objective without a success criterion in a plan that prints them, or one that no update ever answers.

    An update answers a criterion when it has a figure of the criterion's unit with its topic, or the words that say what
    is measured. One enquiry for each objective; one for the whole plan where it prints no criteria at all.
    """
    live = [aim for aim in plan.aims if any(entry.open for entry in aim.entries)]
    printing = [aim for aim in plan.aims if aim.criteria]
    if live and not printing and len(live) >= 2:
        words = tuple(Words(aim.reference, "objective", aim.text, 0, len(aim.text)) for aim in live[:3])
        yield Enquiry(
            "LE03", live[0].reference,
            "How will anybody know that the objectives of this plan have been reached?",
            f"None of its {len(live)} open objectives has a success criterion.", words, 0.5,
        )  # fmt: skip
        return
    silent = {aim.reference: found for aim in live if (found := _unanswered(aim))}
    looked_at = [aim for aim in live if aim.criteria and any(entry.update for entry in aim.entries)]
    seldom = len(silent) > 2 and 2 * len(silent) > len(looked_at)
    if seldom:  # a plan that seldom speaks of its own measures is asked about once
        yield _seldom_measured(live, silent, len(looked_at))
    for aim in live:
        if not aim.criteria:
            yield Enquiry(
                "LE03", aim.reference, "How will anybody know that this has been reached?",
                "The objective has no success criterion; others of the plan have.",
                (Words(aim.reference, "objective", aim.text, 0, len(aim.text)),), 0.45,
            )  # fmt: skip
        elif aim.reference in silent and not seldom:
            words = tuple(
                Words(reference, "criterion", text, 0, len(text)) for reference, text in silent[aim.reference][:2]
            )
            said = next(entry for entry in aim.entries if sentences(entry.update))
            yield Enquiry(
                "LE03", aim.reference, "What do the figures say about this measure of success?",
                "No update of its actions speaks of what this criterion measures.",
                (*words, quote(said, "update", sentences(said.update)[0])), 0.4,
            )  # fmt: skip


def _seldom_measured(live: list[Aim], silent: dict[str, list[tuple[str, str]]], whole: int) -> Enquiry:
    first = next(aim for aim in live if aim.reference in silent)
    words = [
        Words(reference, "criterion", text, 0, len(text))
        for found in list(silent.values())[:3]
        for reference, text in found[:1]
    ]
    return Enquiry(
        "LE03", first.reference, "Where are this plan's measures of success reported?",
        f"In {len(silent)} of {whole} objectives no update speaks of what the success criterion measures.", tuple(words), 0.5,
    )  # fmt: skip


def _unanswered(aim: Aim) -> list[tuple[str, str]]:
    """The criteria that nothing answers, where nothing answers any: a plan that speaks of one measure has looked."""
    updates = [entry.update for entry in aim.entries if sentences(entry.update)]
    if not updates:
        return []
    found = [each for each in aim.criteria if not any(_answers(update, each[1], aim) for update in updates)]
    return found if len(found) == len(aim.criteria) else []


def _answers(update: str, criterion: str, aim: Aim) -> bool:
    topic = stems(aim.text) | {each for entry in aim.entries for each in stems(entry.text)}
    measured = stems(criterion)
    own = measured - topic or measured
    if own & stems(update):
        return True
    groups = {_GROUP[each] for each in measured if each in _GROUP}
    for sentence in sentences(update):
        said = stems(sentence.text)
        alike = groups & {_GROUP[each] for each in said if each in _GROUP}
        if alike and (figures(sentence.text) or measured & said & topic):
            return True
    said = stems(update)
    units = {(f.sort, f.unit) for f in figures(criterion) if f.sort != "rank"}
    told = {(f.sort, f.unit) for sentence in sentences(update) for f in figures(sentence.text)}
    return bool(units & told) and bool(measured & said)


# LE11 -------------------------------------------------------------------------------------------------------------

_NEARLY = 0.9
"""Share of words that two updates have in common, in their order, from which on the later says nothing new."""
_REORDERED = 0.95
"""The same in any order: what was said first stands last now."""


def update_unchanged(plan: PlanRead) -> Iterator[Enquiry]:
    """LE11: the newest update says what the one of the round before said, or the plan was reported again without a word."""
    for entry in plan.entries:
        if not entry.open or not entry.update or entry.update_on is None:
            continue
        before = [(day, text) for day, text in entry.earlier if day < entry.update_on]
        if before and _same(before[-1][1], entry.update):
            day, text = before[-1]
            words: tuple[Words, ...] = (
                Words(entry.reference, "earlier update", text, 0, len(text)),
                quote(entry, "update"),
            )
            why = f"The update as at {printed(entry.update_on)} says what the one as at {printed(day)} said."
        elif (nothing := _nothing_new(entry.update)) is not None:
            words = (quote(entry, "update", nothing),)
            why = "The update itself says that there is nothing new."
        elif plan.rounds and entry.update_on < plan.rounds[-1] and _alone(entry, plan):
            words = (quote(entry, "update"),)
            again, then = printed(plan.rounds[-1]), printed(entry.update_on)
            why = f"The plan was reported again as at {again}, and the words are those of {then}."
        else:
            continue
        rounds = sum(_same(text, entry.update) for _, text in before)
        yield Enquiry(
            "LE11",
            entry.reference,
            "What has happened since the last report?",
            why,
            words,
            min(0.74, 0.6 + 0.05 * rounds),
        )


def _alone(entry: Entry, plan: PlanRead) -> bool:
    """Whether others were reported in the newest round, and this one was left as it was."""
    newest = plan.rounds[-1]
    return 4 * sum(each.update_on is not None and each.update_on >= newest for each in plan.entries) >= len(
        plan.entries
    )


_NOTHING_NEW = kind("LE11", "nothing_new")


def _nothing_new(update: str) -> Sentence | None:
    """The sentence that says there is no news, where it opens an update that has no figure and tells of no day."""
    said = sentences(update)
    match = _NOTHING_NEW.match(said[0].text.lstrip("–-• ")) if said else None
    return said[0] if match and len(said) <= 2 and not any(figures(each.text) for each in said) else None


def _same(one: str, other: str) -> bool:
    """Whether two updates say the same in nearly the same words; another figure is news."""
    if sorted(re.findall(r"\d[\d,.]*\d|\d", _undated(one))) != sorted(re.findall(r"\d[\d,.]*\d|\d", _undated(other))):
        return False
    words = [_bare(text) for text in (one, other)]
    if not words[0] or not words[1] or _done_since(one, other):
        return False
    matcher = SequenceMatcher(a=words[0], b=words[1], autojunk=False)
    if matcher.real_quick_ratio() < _NEARLY - 0.05:
        return False
    return matcher.ratio() >= _NEARLY or (len(words[0]) >= 6 and matcher.quick_ratio() >= _REORDERED)


def _done_since(one: str, other: str) -> bool:
    """Whether the later update has a doing in the past that the earlier one does not speak of: "… and dropped it"."""
    before = {stem(word) for word in re.findall(r"[a-z]+", one.casefold())}
    return any(stem(word) not in before for word in re.findall(r"\b[a-z]{3,}ed\b", other.casefold()))


_SMALL_TALK = re.compile(
    r"\b(?:an?|the|is|are|be|been|being|has|have|now|also|currently|still|"
    r"to|of|with|and|that|this|our|we|it|will|very|continu(?:e|es|ed|ing)|remain(?:s|ed|ing)?|in order)\b|-",
    re.I,
)


def _bare(text: str) -> list[str]:
    """The words of an update in order, without their endings and without those that a lead adds who has nothing to say."""
    return [
        stem(word)
        for word in re.findall(r"[a-z]+|\d+", _SMALL_TALK.sub(" ", _undated(text).replace("-", "")).casefold())
    ]


def _undated(text: str) -> str:
    """A text without its dates: another month in the same words is no news."""
    for when in reversed(dates(text)):
        text = f"{text[: when.begin]} {text[when.stop :]}"
    return text


# LE12 -------------------------------------------------------------------------------------------------------------

_LEFT = kind("LE12", "left")
_POST_GONE = kind("LE12", "post_gone")
_CAME = kind("LE12", "came")
_ELSEWHERE = re.compile(
    r"\b(?:post|role|position|job|appointment|team|authority|council|organisation)s? (?:at|with|in|"
    r"for) (?:another|a different|a new|the \w+ (?:council|authority))|"
    r"\b(?:another|elsewhere)\b",
    re.I,
)
_SOMEBODY = re.compile(
    r"\b(?:the |our )?(?:lead officer|action owner|post ?holder|responsible officer|project (?:lead|manager)|"
    r"lead director|action lead|previous lead|"
    r"programme manager|accountable officer)\b",
    re.I,
)
_RANK = kind("LE12", "rank")


def lead_gone(plan: PlanRead) -> Iterator[Enquiry]:
    """LE12: the lead has left or the post has gone, by the organisation's records or by the plan's own words."""
    told = [
        (entry, s)
        for entry in plan.entries
        for s in sentences(entry.update)
        if _LEFT.search(s.text) or _POST_GONE.search(s.text) or _WITHOUT.search(s.text)
    ]
    everything = " ".join(sentence.text for _, sentence in told).casefold()
    said: dict[Words, list[tuple[Entry, _Gone]]] = {}
    for entry in plan.entries:
        if not entry.open:
            continue
        on_record = _by_record(entry)
        if on_record is not None:
            yield _who_now(entry, on_record)
        elif (by_words := _by_words(entry, told, everything)) is not None:
            said.setdefault(by_words[2][0], []).append((entry, by_words))
    for rows in said.values():  # a sentence that says who has left is asked about once, at the entry where it stands
        own = next((row for row in rows if row[1][2][0].reference == row[0].reference), rows[0])
        others = [entry.reference for entry, _ in rows if entry is not own[0]]
        yield _who_now(*own, others)


def _who_now(entry: Entry, found: _Gone, others: Sequence[str] = ()) -> Enquiry:
    name, why, words = found
    more = (
        f" The same lead stands beside {', '.join(others[:6])}{' and more' if len(others) > 6 else ''}."
        if others
        else ""
    )
    return Enquiry(
        "LE12", entry.reference, "Who answers for this now?", why + more,
        (Words(entry.reference, "lead", name), *words), 0.72,
    )  # fmt: skip


_Gone = tuple[str, str, tuple[Words, ...]]


def _by_record(entry: Entry) -> _Gone | None:
    for lead in entry.leads[:1]:
        if lead.gone_on is not None:
            return (
                lead.name,
                f"{lead.name} ended on {printed(lead.gone_on)}, and is still recorded as the lead.",
                (quote(entry, "action"),),
            )
        if lead.left_on is not None:
            return (
                lead.name,
                f"{lead.name} held a post until {printed(lead.left_on)} and holds none now.",
                (quote(entry, "action"),),
            )
        if lead.vacant_since is not None:
            return (
                lead.name,
                f"Nobody has held {lead.name} since {printed(lead.vacant_since)}.",
                (quote(entry, "action"),),
            )
    return None


def _by_words(entry: Entry, told: list[tuple[Entry, Sentence]], everything: str) -> _Gone | None:
    own = [pair for pair in told if pair[0] is entry]
    others = [pair for pair in told if pair[0] is not entry]
    for lead in entry.leads:
        if not any(name in everything for name in _names(lead)):
            continue
        for about, sentence in (*own, *others):
            if _says_gone(lead, sentence.text):
                return (
                    lead.name,
                    f"{lead.name} is printed as lead, and the plan says that the lead or the post has gone.",
                    (quote(about, "update", sentence),),
                )
    for about, sentence in own:
        if _SOMEBODY.search(sentence.text) and not _CAME.search(sentence.text):
            name = entry.leads[0].name if entry.leads else "the lead"
            return (
                name,
                "The update says that whoever led this has gone, and names nobody else.",
                (quote(about, "update", sentence),),
            )
    return None


def _says_gone(lead: Lead, text: str) -> bool:
    """Whether a sentence says of this name, person or post, that it is no longer there."""
    for name in _names(lead):
        if name not in text.casefold():
            continue
        place = text.casefold().index(name)
        clause = _clause_of(text, place, len(name))
        at = clause.casefold().index(name)
        cues = [_LEFT, _POST_GONE] if _RANK.search(name) else [_LEFT]
        gone = any(_is_of(clause, at, at + len(name), cue) for kind_ in cues for cue in kind_.finditer(clause))
        came = _CAME.search(_NOT_CAME.sub(" ", clause[:at]) + _NOT_CAME.sub(" ", clause[at:]))
        gone = gone or bool(_RANK.search(name) and _LACKING.search(clause[:at]))
        if gone and (_ELSEWHERE.search(clause) or not came):
            return True
    return False


_WITHOUT = re.compile(r"\b(?:no|without|lacks?|lost)\b", re.I)
_LACKING = re.compile(
    r"\b(?:(?:is|are|have|has|had|been|with) (?:currently |now )?(?:had )?no|without an?|lacks? an?|lost (?:its|our|the))\s+$",
    re.I,
)
_NOT_CAME = re.compile(
    r"\b(?:not (?:yet )?(?:been |be )?(?:replaced|appointed|filled)|no (?:replacement|successor|appointment)|"
    r"(?:recruitment|replacement|successor)[^.;,]{0,30}\b(?:not|no|yet)\b\w*)|\b(?:interim|acting|former|previous)\W+$",
    re.I,
)
_BETWEEN = kind("LE12", "between")
_OWN_OBJECT = re.compile(
    r"\s+(?:(?:down|up|over|out|away|off)\s+)?"
    r"(?:\d|an?\b|the (?!council|authority|organisation|service|team|post|role|directorate|borough|"
    r"company|partnership|structure)|all\b|its\b|their\b|(?:his|her) (?!post|role|job|position)|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|most|both|more)\b)",
    re.I,
)


def _is_of(clause: str, begin: int, stop: int, cue: re.Match[str]) -> bool:
    """Whether a word of leaving is said of the name beside it: nobody else stands between, and it has no object of its own."""
    between = clause[stop : cue.start()] if cue.start() >= stop else clause[cue.end() : begin]
    between = re.sub(r",\s+(?:who|whose|which|our|formerly|until)\b[^,;]*,", " ", between)
    foreign = [
        word for word in re.findall(r"[\w’'-]+", _BETWEEN.sub(" ", between)) if not word[0].isdigit() and word != "s"
    ]
    if len(foreign) > 2 or _REPORTS.search(between) or any(word.endswith("ed") for word in foreign):
        return False
    if cue.start() < stop:
        return not foreign
    passive = re.search(
        r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+|now\s+|since\s+)?$", clause[: cue.start()], re.I
    )
    if (
        passive
        or re.search(r"\b(?:to|on|from|with|at|by|as|for|in|down)$", cue[0], re.I)
        or _WHEN.search(clause[:begin])
        or cue[0].casefold().startswith(("t", "gave", "hand", "no "))
    ):
        return True
    return not _OWN_OBJECT.match(clause[cue.end() :])


_WHEN = re.compile(r"\b(?:since|after|when|until|once|now that|with|following)\s+(?:the |our )?$", re.I)


_REPORTS = re.compile(
    r"\b(?:reports?|reported|says|said|tells?|told|finds?|found|notes?|noted|met|meets|saw|sees|visit\w*|ran|runs|led|leads|wrote|"
    r"has (?!been|had|now|also|since|left|gone|retired|resigned|moved|taken|quit|become|sadly|recently|announced|already|"
    r"handed|tendered|submitted|offered|confirmed)\w+ed)\b",
    re.I,
)


def _names(lead: Lead) -> list[str]:
    """The person and the post of a printed lead, in lower case; a single word names nobody surely."""
    person, _, post = lead.name.casefold().partition("(")
    names = [_TITLE.sub("", name) for name in (person.strip(), post.strip(" )")) if len(name.split()) >= 2]
    names = [name for name in names if len(name.split()) >= 2]
    if names and names[0] == _TITLE.sub("", person.strip()) and not _RANK.search(names[0]):
        names += [
            f"{title} {names[0].split()[-1]}" for title in ("mr", "mrs", "ms", "miss", "dr", "cllr", "councillor")
        ]
    return names


_TITLE = re.compile(r"^(?:cllr|councillor|mr|mrs|ms|miss|dr|prof)\.?\s+")


def _clause_of(text: str, place: int, length: int) -> str:
    left = max(text.rfind(mark, 0, place) for mark in (", ", "; ", ". ", " but "))
    aside = re.match(
        r",\s+(?:who|whose|which|our|formerly|until)\b[^,;]{0,60},(?=\s)", text[place + length :]
    )  # "Mr Pell, who led this, left"
    length += aside.end() if aside else 0
    rest = re.split(r"[,;]\s|\.\s|\s(?:and|but)\s", text[place + length :])[0]
    return text[left + 1 if left >= 0 else 0 : place + length] + rest
