"""What the rules share: sentences with their places, words reduced to stems, dates and figures with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from goldthread.domain.enquiries.rules.entries import Entry, Words
from goldthread.domain.enquiries.rules.kinds import listed
from goldthread.kernel.days import MONTHS
from goldthread.kernel.timescales import find_dates

_END = re.compile(
    r"[.!?](?=\s+[\"'“‘(]?[A-Z0-9£])|[.!?]$|\n+|;\s|[•▪●]\s?|(?<!\d)\s[–—-]\s(?=[A-Z])|"
    r"\s[–—-]\s(?=[A-Z])(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)"
)
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|approx|no|nos|vs|cllr|dr|mr|mrs|ms|st|inc|etc|c)\.?|\b[A-Z])$", re.I)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a field: its words and where they stand."""

    text: str
    begin: int
    stop: int


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order; lines, bullets and semicolons part as well."""
    found, begin = [], 0
    for match in _END.finditer(text):
        if match[0][0] == "." and _SHORT.search(text[max(begin, match.start() - 8) : match.start()]):
            continue
        found.append((begin, match.end()))
        begin = match.end()
    found.append((begin, len(text)))
    return tuple(
        Sentence(text[one:two].strip(), one + len(text[one:two]) - len(text[one:two].lstrip()), two)
        for one, two in found
        if text[one:two].strip(" .;•–-\n\t")
    )


def quote(entry: Entry, where: str, sentence: Sentence | None = None) -> Words:
    """The words of an entry's field, or one sentence of it."""
    text = {"action": entry.text, "update": entry.update, "objective": entry.objective,
            "timescale": entry.due_text, "status": entry.status}[where]  # fmt: skip
    reference = entry.objective_reference if where == "objective" else entry.reference
    if sentence is None:
        return Words(reference, where, text.strip(), 0, len(text))
    return Words(reference, where, sentence.text, sentence.begin, sentence.stop)


# Words ------------------------------------------------------------------------------------------------------------

_SPANS = ("day", "morning", "week", "fortnight", "month", "quarter", "term", "year", "annu", "daily")


@lru_cache(maxsize=4096)
def names_a_span(text: str) -> bool:
    """Whether a text holds a word like day, weekly or annum: asked first, because patterns of such words are dear."""
    said = text.casefold()
    return any(span in said for span in _SPANS)


_WORD = re.compile(r"[A-Za-z][A-Za-z&]*(?:[’'][A-Za-z]+)*|\d+(?:[.,]\d+)*")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP = _listed(
    """
    a about above across after again against all also although am among an and any are as at be because been before
    being between both but by can cannot could did do does doing done down during each either else ever every few
    for from further get got had has have having he her here his how however i if in including into is it its itself
    just let less made make many may might more most much must my need needed neither no nor not now of off on once
    one only onto or other our out over own per rather same shall she should since so some such than that the their
    them then there these they this those through thus to too towards under until up upon us use used using very via
    was we were what when where whether which while who whom whose why will with within without would yet you your
    """
)
GENERIC = _listed(
    """
    achiev action activ actual add agre aim all along annual approach area arrang avail averag base begin best
    better board borough brief bring build busin carr case chang city clos colleagu come committee commun complet
    consider continu council current cut date day deliv delivery design detail develop differ directorate discuss
    district done due effect end engag ensur establish exist expect explor extend fall final first focus follow full
    further futur give go good group grow head help high hold identif implement improv includ increas inform initi
    in-house intend introduc issue keep key last later lead level local look loss low maintain manag meet member
    month move new next number object offer officer ongo open oper opportun option order organis outcom part
    particip partner pay people per perform phase place plan polic post present previous prior priority proces
    produc program progres project propos provid public publish put quarter rate reach receiv recent record reduc
    reduct region regular relat remain report requir resid resourc respons result review rise role roll round run
    sav sector see send serv service set share show sign sit site soon staff stage standard start step strateg
    strong support sustain system take target team tenant term test thing time today total track train transform two
    under understand undertak up updat user valu view visit want ward way week well wide work worker year yearly
    young
    """
)
"""Stems that stand in every plan: two texts that share only these do not speak of one thing."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending, so that "savings", "saved" and "saving" are one: "sav". Small and blunt on purpose."""
    said = word.casefold().replace("’", "'")
    said = said.removesuffix("'s").strip("'")
    if len(said) > 4 and said.endswith("ies"):
        said = said[:-3] + "y"
    elif len(said) > 4 and said.endswith(("sses", "shes", "ches", "xes")):
        said = said[:-2]
    elif len(said) > 3 and said.endswith("s") and not said.endswith(("ss", "us", "is")):
        said = said[:-1]
    for ending, least in (("ation", 9), ("ment", 8), ("ing", 5), ("ion", 7), ("ed", 5), ("er", 7), ("ly", 6)):
        if said.endswith(ending) and len(said) >= least:
            said = said[: -len(ending)]
            break
    if len(said) > 3 and said.endswith("e"):
        said = said[:-1]
    if len(said) > 4 and said[-1] == said[-2] and said[-1] not in "sl":
        said = said[:-1]
    return said[:-1] + "i" if len(said) > 3 and said.endswith("y") else said


def stems(text: str, *, generic: bool = True) -> set[str]:
    """The stems of the words of a text that say something; without ``generic`` only those that tell plans apart.

    Names of months and numbers are left out: what happens when is told by dates, how much by figures.
    """
    found = {stem(word) for word in _WORD.findall(text) if not _is_small(word) and not word[0].isdigit()}
    found = {each for each in found - _MONTHS if len(each) > 1}
    return found if generic else {each for each in found if each not in _GENERIC_STEMS}


def _is_small(word: str) -> bool:
    """Whether a word only joins others. "IT" in capitals is the service, and no pronoun."""
    return word.casefold() in STOP and word not in ("IT", "US")


_MONTHS = {stem(name) for name in MONTHS}
_GENERIC_STEMS = GENERIC | {stem(word) for word in GENERIC}


# Dates ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class When:
    """A date phrase in a sentence: its first and last day, its words and where they stand in the sentence."""

    start: date
    end: date
    text: str
    begin: int
    stop: int
    sort: str


@lru_cache(maxsize=8192)
def dates(text: str) -> tuple[When, ...]:
    """The date phrases of a text that say which days they mean, in order."""
    return tuple(
        When(found.start, found.end, found.text, found.begin, found.stop, found.sort)
        for found in find_dates(text)
        if found.start is not None and found.end is not None and found.sort != "several"
    )


def past(text: str, on: date) -> list[When]:
    """The dates of a text that lie wholly before a day; bare spans of many years are no dates of an event."""
    return [when for when in dates(text) if when.end < on and (when.end - when.start).days <= 370]


def future(text: str, on: date) -> list[When]:
    """The dates of a text that lie wholly after a day."""
    return [when for when in dates(text) if when.start > on]


def months_between(one: date, other: date) -> float:
    """How many months lie between two days; a month is a twelfth of a year."""
    return (other - one).days / 30.44


# Figures ----------------------------------------------------------------------------------------------------------

_TO_TWENTY = {word: number for number, word in enumerate(listed("any", "numbers"), 1)}
_TENS = {word: 10 * number for number, word in enumerate(listed("any", "tens"), 2)}
SPELLED = (
    {f"{ten}-{one}": tens + ones for ten, tens in _TENS.items() for one, ones in _TO_TWENTY.items() if ones < 10}
    | _TO_TWENTY
    | _TENS
)
"""Numbers that are written out, up to ninety-nine; the longer words first, so that a pattern of them reads all of one."""
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?P<money>£\s?)?(?<![\d.,/-])(?P<value>{NUMBER})(?P<scale>\s?(?:k|m|bn|million|thousand|billion)\b)?"
    r"(?P<percent>\s?(?:%|per ?cent\b))?(?P<ordinal>(?:st|nd|rd|th)\b)?(?![\d/])",
    re.IGNORECASE,
)
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_PER = re.compile(
    r"^\s*(?:[\w-]+\s+){0,2}?(?:per|a|an|each|every)\s+(?P<unit>day|week|month|quarter|year|fortnight|annum)\b", re.I
)
_UNIT = re.compile(
    r"^(?:(?=(?:km|kwh|mwh|kg|ha|sqm|mph)\b)|[-\s]\s?)"
    r"(?:(?:new|more|additional|working|vacant|separate|local|calendar)\s+)?(?P<unit>[A-Za-z][\w’'-]*)"
)
_ROUGH = re.compile(
    r"\b(?:about|around|approx\w*\.?|circa|c\.|nearly|almost|roughly|some|in the region of|just (?:over|under))\s*$",
    re.I,
)
_ABOVE = re.compile(r"\b(?:over|more than|at least|upwards of|in excess of|exceeding|a minimum of)\s*$", re.I)
_BELOW = re.compile(r"\b(?:under|less than|fewer than|below|up to|at most|no more than|a maximum of|within)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence. ``sort``: money (pounds), percent, rank or count; ``unit`` the word after a count.

    ``per``: the span of time of a rate (month, week …). ``manner``: rough, above, below, or empty for an exact one.
    """

    sort: str
    value: float
    begin: int
    stop: int
    text: str
    unit: str = ""
    per: str = ""
    manner: str = ""


@lru_cache(maxsize=8192)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a sentence, in order; what is part of a date or of a name of a financial year is none."""
    taken = [(when.begin, when.stop) for when in find_dates(text)]
    found = []
    for match in _FIGURE.finditer(text):
        if any(begin < match.end() and match.start() < stop for begin, stop in taken):
            continue
        value = float(match["value"].replace(",", "")) * _SCALE.get((match["scale"] or "").strip().lower(), 1)
        plain = not (match["money"] or match["percent"] or match["scale"] or match["ordinal"])
        if plain and 1900 <= value <= 2100 and "," not in match["value"]:
            continue
        if plain and re.search(
            r"(?:[A-Za-z]|\b(?:phase|stage|grade|cohort|tier|level|version|no|option|round|q|band)\s)$",
            text[: match.start()],
            re.I,
        ):
            continue
        found.append(_figure(text, match, value))
    return tuple(found)


_WRITTEN_OUT = re.compile(rf"\b(?!one\b)(?:{'|'.join(SPELLED)})(?=[-\s][A-Za-z])", re.I)


@lru_cache(maxsize=8192)
def counts_in_words(text: str) -> tuple[Figure, ...]:
    """The counts of a sentence that are written out ("ten forums"), where a noun follows; times and fractions are none."""
    found = (_figure(text, match, SPELLED[match[0].casefold()]) for match in _WRITTEN_OUT.finditer(text))
    return tuple(each for each in found if each.unit and not re.match(r"(?:third|quarter|fifth|tenth|tim)", each.unit))


_PART = rf"(?P<part>{NUMBER}|{'|'.join(SPELLED)})"
_PART_OF_WHOLE = re.compile(
    rf"\b{_PART}\s+(?:[\w’'-]+\s+){{0,3}}?(?:out )?of\s+(?:the\s+|all\s+|our\s+|a total of\s+|these\s+)?"
    rf"{_PART.replace('part', 'whole')}\b(?!\s?%)",
    re.I,
)


def part_only(text: str) -> bool:
    """Whether a sentence counts a part of a whole ("ten of the 14 sites"), so that the rest is still open."""
    for match in _PART_OF_WHOLE.finditer(text):
        part, whole = (
            float(SPELLED.get(said.casefold()) or said.replace(",", "")) for said in (match["part"], match["whole"])
        )
        if part < whole and not 1900 <= whole <= 2100:
            return True
    return False


def _figure(text: str, match: re.Match[str], value: float) -> Figure:
    before, after, said = text[: match.start()], text[match.end() :], match.groupdict()
    sort = (
        "money"
        if said.get("money")
        else "percent"
        if said.get("percent")
        else "rank"
        if said.get("ordinal")
        else "count"
    )
    per = _PER.match(after)
    unit = _UNIT.match(after)
    manner = next(
        (name for name, cue in (("rough", _ROUGH), ("below", _BELOW), ("above", _ABOVE)) if cue.search(before)), ""
    )
    return Figure(
        sort, value, match.start(), match.end(), match[0].strip(),
        unit=stem(unit["unit"]) if unit and sort == "count" and unit["unit"].casefold() not in STOP else "",
        per=per["unit"].lower() if per else "", manner=manner,
    )  # fmt: skip


def around(text: str, begin: int, stop: int, *, before: int = 7, after: int = 8) -> str:
    """The words on both sides of a place in a sentence."""
    left, right = text[:begin].split(), text[stop:].split()
    return " ".join([*left[-before:], "·", *right[:after]])


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """The places of the clauses of a sentence: parted at commas, brackets and small joining words."""
    begin = 0
    for match in re.finditer(r",\s|;\s|\s\(|\)|\s(?:and|but|so that|so|while|although|because|which)\s|:\s", text):
        if match.start() > begin:
            yield begin, match.start()
        begin = match.end()
    yield begin, len(text)
