"""What the cells of a column hold: the shares of its cells that are names, dates, amounts, ratings, tasks, news and so on.

Only a sample is looked at, so that a long table costs no more than a short one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from goldthread.kernel.timescales import parse_timescale
from goldthread.reading.understanding.colours import sign_of
from goldthread.reading.understanding.criteria import has_label
from goldthread.reading.understanding.leads import is_person, read_leads, sort_of, starts_lead
from goldthread.reading.understanding.posts import is_title
from goldthread.reading.vocabulary import plain, vocabulary

SAMPLE = 40  # cells of a column that are looked at
LONGEST_OWNERS = 24  # words of a cell of owners
LONGEST_WHEN = 9  # words of a date
LONGEST_STEP = 12  # from one number of a list to the next that is looked at
LOOKED_AT = 300  # characters of a cell
AMOUNT = re.compile(
    r"^\s*[<>≤≥~]?\s*[-–(+]?\s*[£$€]?\s*\d[\d,]*(?:\.\d+)?\s*(?:k|m|bn|%|pp|million|days?|weeks?|hours?|minutes?|mins?|"
    r"tonnes?|kg|per \w+)?\s*\)?\s*$",
    re.I,
)
CODE = re.compile(
    r"^(?:[A-Z]{1,8}[ ./_-]?)?\d{1,5}(?:[./_-]?\w{1,5}){0,3}[a-z]?\.?$|^[A-Z]{1,4}[./_-][A-Z]{0,4}\d{1,4}$"
)
_CALLED = re.compile(r"^(?P<what>[A-Z][a-z]+) [A-Z]?\d{1,3}(?:\.\d{1,2})?$")
_NUMBERED = frozenset(("action", "recommendation", "indicator", "saving", "description", "key_risk"))
_SERIAL = re.compile(r"^(?:r|rec|no)?\.?\s?\d{1,3}[a-z]?[.)]?$", re.I)
_MONEY = re.compile(r"£\s?\d|\d\s?(?:k|m|000)\b", re.I)
_PERIOD = re.compile(
    r"^(?:q[1-4]|quarter [1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*|20\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?|"
    r"h[12]|fy)\b[\s,/–-]*(?:20)?\d{0,2}(?:\s?[/–-]\s?(?:20)?\d\d)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cells:
    """A column's cells in figures: ``words`` is their mean length; the others are shares from 0 to 1.

    ``filled``: cells with words; ``again``: cells that are empty, ditto or the same as above, after the first;
    ``distinct``: different cells among those with words.
    """

    count: int = 0
    words: float = 0.0
    filled: float = 0.0
    again: float = 0.0
    distinct: float = 1.0
    serial: float = 0.0
    code: float = 0.0
    amount: float = 0.0
    money: float = 0.0
    date: float = 0.0
    period: float = 0.0
    colour: float = 0.0
    status: float = 0.0
    grade: float = 0.0
    owner: float = 0.0
    post: float = 0.0
    area: float = 0.0
    task: float = 0.0
    named: float = 0.0
    news: float = 0.0
    duty: float = 0.0
    measure: float = 0.0
    counted: float = 0.0
    saved: float = 0.0
    danger: float = 0.0
    answer: float = 0.0
    arrow: float = 0.0
    label: float = 0.0
    prose: float = 0.0
    labelled: float = 0.0
    better: float = 0.0


def cells_of(texts: Sequence[str]) -> Cells:
    """The figures of a column, from its cells in order (an empty cell is ""; a cell that is merged says its words again)."""
    step = max(1, len(texts) // SAMPLE)
    at = list(range(0, len(texts), step))[:SAMPLE]
    values = [texts[i].strip()[:LOOKED_AT] for i in at if texts[i].strip()]
    if not values:
        return Cells()
    follow = [i for i in at if i]
    again = sum(1 for i in follow if not texts[i].strip() or texts[i] == texts[i - 1] or _is_ditto(texts[i]))
    own = [v for v in dict.fromkeys(values) if not _is_ditto(v)] or values
    found = {name: _share(own, test) for name, test in _tests().items()}
    if not _rises(values):  # figures in no order number nothing
        found["serial"] = 0.0
        found["code"] = _share(own, lambda v: is_code(v) and not v.isdigit())
    sizes = [len(v.split()) for v in own]
    return Cells(
        count=len(values),
        words=sum(sizes) / len(sizes),
        filled=len(values) / len(at),
        again=again / max(1, len(follow)),
        distinct=len(set(values)) / len(values),
        **found,
    )


def _rises(values: Sequence[str]) -> bool:
    """Whether the first figures of cells go up from cell to cell, by small steps."""
    figures = [int(match.group()) for value in values if (match := re.search(r"\d{1,5}", value))]
    steps = [two - one for one, two in pairwise(figures)]
    return len(figures) < 3 or sum(1 for step in steps if 0 <= step <= LONGEST_STEP) >= 0.8 * len(steps)


def is_code(text: str) -> bool:
    """Whether a cell holds nothing but a reference: "A12", "Action 3"."""
    called = _CALLED.match(text)
    return (len(text) <= 16 and bool(CODE.match(text))) or (
        called is not None and vocabulary().columns.get(plain(called["what"])) in _NUMBERED
    )


def is_task(text: str) -> bool:
    """Whether a text begins as a task does: with a verb that orders, or a noun that names the doing."""
    bare = re.sub(
        r"^(?:[\W\d_]+|(?:we|the council|officers) (?:will|shall|are going to) |to |\w{1,3}[.)]\s+)+", "", text.lower()
    )
    first = re.match(r"[a-z]+(?:-[a-z]+)*", bare)
    return first is not None and (first.group() in _words("verbs") or _adverb(bare))


def _adverb(bare: str) -> bool:
    """ "Regularly review …", "Jointly commission …": the verb stands second."""
    match = re.match(r"[a-z]+ly ([a-z-]+)", bare)
    return match is not None and match.group(1) in _words("verbs")


def is_news(text: str) -> bool:
    """Whether a text tells what happened or how something stands."""
    return len(text.split()) >= 4 and bool(_pattern("news").search(text.lower()))


def is_owner(text: str) -> bool:
    """Whether a cell holds nothing but people, posts or bodies."""
    if not text[:1].isalpha() or len(text.split()) > LONGEST_OWNERS or text.endswith("."):
        return False
    leads = [lead["text"] for lead in read_leads(text)]
    return bool(leads) and all(_owner(re.sub(r"\([^()]*\)", " ", lead).strip()) for lead in leads)


def _owner(part: str) -> bool:
    if len(part.split()) > 12 or AMOUNT.match(part) or not any(c.isupper() for c in part):
        return False
    if is_title(part) or starts_lead(part):
        return True
    words = plain(part).split()
    if is_person(part):
        return not any(word in _words("areas") for word in words)
    short = part.isupper() and 2 <= len(part) <= 6 and part.isalpha() and part not in ("YES", "NO", "TBC", "NA", "NIL")
    return sort_of(part) in ("post", "body", "office") or short


@lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Whether a short cell says when."""
    if len(text.split()) > 8 or not re.search(r"[a-z\d]", text, re.I):
        return False
    return parse_timescale(" ".join(text.split())).sort not in ("unknown", "none", "completed") and not AMOUNT.match(
        text
    )


def says_when(text: str) -> bool:
    """Whether a text says when and nothing else: every word of it belongs to a date."""
    words = [word for word in re.split(r"[\s/–-]+", text.lower().strip(" .,;()")) if word]
    made = all(
        word.strip(".,") in _words("when") or re.fullmatch(r"\d{1,4}(?:st|nd|rd|th)?[.,]?", word) for word in words
    )
    return (
        0 < len(words) <= LONGEST_WHEN
        and made
        and parse_timescale(" ".join(text.split())).sort not in ("unknown", "none")
    )


def is_colour(text: str) -> bool:
    """Whether a cell holds the name or the sign of a colour of ratings."""
    return sign_of(text) is not None or (len(text.split()) <= 3 and plain(text) in _COLOURS)


_COLOURS = frozenset(
    [
        "red",
        "amber",
        "green",
        "blue",
        "grey",
        "gray",
        "yellow",
        "purple",
        "black",
        "r",
        "a",
        "g",
        "b",
        "red amber",
        "r a",
    ]
) | {"amber green", "amber red", "green amber", "a g", "rag green", "rag red", "rag amber"}


def is_status(text: str) -> bool:
    """Whether a short cell says how something stands; in two languages, one of them does."""
    if " / " in text:
        return any(is_status(side) for side in text.split(" / ") if side.strip())
    words = plain(text)
    return words in vocabulary().status or (
        len(words.split()) <= 5 and any(words.startswith(known) for known in vocabulary().status if len(known) > 4)
    )


def _is_label(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= 7
        and len(text) > 3
        and not text.endswith(".")
        and text[:1].isupper()
        and not AMOUNT.match(text)
    )


def is_area(text: str) -> bool:
    """Whether a short text names a part of a council: "Adults", "Housing and Communities"."""
    words = plain(text).split()
    return 0 < len(words) <= 7 and any(word in _words("areas") for word in words) and not text.endswith(".")


def _is_ditto(text: str) -> bool:
    return len(text) <= 100 and (
        plain(text) in vocabulary().words["ditto"] or text.strip() in ('"', "”", "“", "''", "〃")
    )


def _finds(name: str, least: int = 2) -> Callable[[str], bool]:
    pattern = _pattern(name)
    return lambda text: len(text.split()) >= least and bool(pattern.search(text.lower()))


@cache
def _tests() -> dict[str, Callable[[str], bool]]:
    grades = vocabulary().words["ratings"]
    return {
        "serial": lambda v: bool(_SERIAL.match(v)),
        "code": is_code,
        "amount": lambda v: bool(AMOUNT.match(v)) or v.lower() in ("n/a", "tbc", "-", "–", "nil"),
        "money": lambda v: len(v.split()) <= 3 and bool(_MONEY.search(v)),
        "date": is_date,
        "period": lambda v: bool(_PERIOD.match(v)),
        "colour": is_colour,
        "status": is_status,
        "grade": lambda v: plain(v) in grades or bool(re.fullmatch(r"[1-5]?\d|[1-5]\s?[x×]\s?[1-5](?:\s?=\s?\d+)?", v)),
        "owner": is_owner,
        "post": lambda v: is_title(v) or starts_lead(v),
        "area": is_area,
        "task": lambda v: is_task(v) and not _pattern("answer").fullmatch(v.lower()),
        "named": lambda v: bool(_pattern("doing").match(v.lower())),
        "news": is_news,
        "duty": _finds("duty", 3),
        "measure": _finds("measure"),
        "counted": _finds("counted"),
        "saved": _finds("saved"),
        "danger": _finds("danger", 3),
        "answer": _finds("answer", 1),
        "arrow": lambda v: bool(_pattern("arrows").search(v.lower())),
        "better": lambda v: bool(_pattern("better").search(v.lower())),
        "label": _is_label,
        "labelled": has_label,
        "prose": lambda v: len(v.split()) >= 8 or (len(v.split()) >= 5 and v.endswith(".")),
    }


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(1 for value in values if test(value)) / len(values)


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads(resources.files(__package__).joinpath("cells.toml").read_text(encoding="utf-8"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_data()[name])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _data()[name]))
