"""Which part each column of a table plays: from its heading, and where that tells nothing, from what stands in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from goldthread.kernel.timescales import parse_timescale
from goldthread.reading.understanding.cells import cells_of, is_code, is_colour
from goldthread.reading.understanding.fitting import MARKS
from goldthread.reading.understanding.neighbours import (
    MAINS,
    TOLD,
    names_entries,
    outcome,
    settle_benefit,
    settle_missing,
    settle_names,
    settle_numbers,
    settle_what_and_how,
)
from goldthread.reading.understanding.settling import Fit, settle_jointly
from goldthread.reading.vocabulary import plain, told, unnamed, vocabulary

LONGEST_HEADING = 14  # words; a longer cell is text, not the heading of a column
LEAST_MARGIN = 0.3  # by which the best part of a column must lead the next to be taken at all
CERTAIN = 1.5  # and to be taken without a question
HALF = 0.5  # of the cells of a column of actions that begin as tasks do
FEWEST_CELLS = 2  # of a column that its cells tell
SELDOM, MOSTLY, LONGEST_DATE = (
    0.6,
    0.75,
    8,
)  # of columns of dates: share of cells filled, of rows in order, words of a cell
KEPT = 0.95  # a heading that is known to the letter keeps its part
WORDS = frozenset(("objective", "criteria", "update", "group", "directorate", "response", "key_risk"))
"""Parts of running words: taken, with a question, even where another of them fits as well."""
TICKS = frozenset(["x", "✓", "✔", "✗", "✘", "•", "●", "■", "█", "◆", "▪", "yes", "y", "*"])
"""Signs that mark a period in a row."""
CODED = MAINS | {"objective", "key_risk", "milestone"}
"""Parts that are told in words: where a column of them holds codes, it holds what they are called by."""
UNSURE = 0.8  # a heading that only begins with a known phrase
_PAREN = re.compile(r"\(([^()]*)\)")
_UNITS = re.compile(
    r"[(\[]?\s*£\s*['’]?(?:000s?|k|m|million)?s?['’]?\s*[)\]]?|\b(?:\d{2,4}\s?[/–-]\s?\d{2,4}|20\d\d|q[1-4])\b", re.I
)
# The day that a heading gives: "Position at 31 March 2026".
_DAY = re.compile(
    r"\b(?:as )?(?:at|of|on|to)?\s*(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+(?:20)?\d\d\b", re.I,
)  # fmt: skip
_PERIOD = re.compile(
    r"^(?:q[1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*|20\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?|"
    r"[12]\d\s?/\s?[123]\d|quarter [1-4])\b",
    re.I,
)
_AMOUNT = re.compile(r"^\s*[-–(]?\s*[£$€]?\s*\d[\d,]*(?:\.\d+)?\s*(?:k|m|bn|%|million)?\s*\)?\s*$", re.I)


# Of which time a heading speaks: "Achievements this period", "Progress since last report".
_SINCE = re.compile(
    r"\b(?:this|in the|during the|over the|for the|since (?:the )?last|to|so) (?:period|month|quarter|year|"
    r"report(?:ing period)?|date|meeting|update|far)\b", re.I,
)  # fmt: skip
# A phrase and what it is about: its head stands before the preposition.
_HEAD = re.compile(r"^(\w+(?: \w+){0,2}?) (?:from|for|against|by|since|towards?|within|of) ")
_NEGATED = re.compile(r"^\s*(?:not|un|will not|yet to be|to be|still to)\b", re.I)
_BEFORE = re.compile(r"\b(?:last|previous|prior)\b", re.I)
# What speaks of savings, over a table or in its headings.
_SAVES = re.compile(
    r"\b(?:sav(?:e|ing|ings)|mtfs|mtfp|efficienc(?:y|ies)|reductions?|budget (?:proposal|option)s?)\b", re.I
)


@dataclass(slots=True)
class Column:
    """A column: its heading as printed, the role it plays (None: not known), and roles that share its cells."""

    index: int
    heading: str
    role: str | None = None
    inside: list[str] = field(default_factory=list)
    score: float = 0.0
    also_holds: str | None = None  # a second role, which each of its cells plays beside the first (see ``parted``)
    guessed: bool = False  # the role was concluded from the cells, not from the heading


@lru_cache(maxsize=4096)
def role_of_heading(heading: str) -> tuple[str | None, float]:
    """The role that a heading names and how surely (0 to 1): the phrase itself, or the phrase that it ends or begins with.

    English puts the head of a phrase last ("action owner" is an owner), so an ending weighs more than a beginning. Units,
    years and remarks in brackets are left out first; a heading damaged by recognition is compared letter by letter.
    """
    known = vocabulary().columns
    whole = plain(heading)
    if whole in known:
        return known[whole], 1.0
    bare = plain(_UNITS.sub(" ", _DAY.sub(" ", _PAREN.sub(" ", heading))))
    if bare in known:
        return known[bare], 0.97
    since = plain(_SINCE.sub(" ", bare))
    if since in known and since != bare:
        done = known[since] == "action"  # "What we did this quarter" is news
        return ("update", 0.9) if done else (known[since], 0.95)
    words = bare.split()
    if not words or len(words) > LONGEST_HEADING:
        return None, 0.0
    head = _HEAD.match(bare) if "/" not in heading else None
    if head is not None and known.get(head.group(1)) is not None:
        return known[head.group(1)], 0.9  # "Comment from the service" is a comment
    best: tuple[str | None, float] = (None, 0.0)
    for size in range(len(words) - 1, 0, -1):
        extra = len(words) - size
        for at_end, part in ((True, words[-size:]), (False, words[:size])):
            role = known.get(" ".join(part))
            score = (0.92 if at_end else 0.84) - 0.05 * extra + 0.03 * (size - 1)
            if role is not None and score > best[1]:
                best = (role, score)
    if best[0] is None and len(bare) >= 5:
        best = max(
            ((known[p], fuzz.ratio(bare, p) / 100 - 0.08) for p in known if len(p) >= 5), key=lambda pair: pair[1]
        )
        if best[1] < 0.72:
            return None, 0.0
    return best if best[1] >= 0.55 else (None, 0.0)


def columns_of(headings: Sequence[str]) -> list[Column]:
    """The columns of a header row, each with the role its heading names; "X (including Y)" plays Y inside X."""
    columns = []
    for index, heading in enumerate(headings):
        role, score = role_of_heading(heading) if heading.strip() else (None, 0.0)
        said = told(heading if heading.strip() else unnamed(index + 1))
        if said is not None:
            role, score = said, TOLD
        inside = []
        for remark in _PAREN.findall(heading):
            other, sure = role_of_heading(re.sub(r"^\s*(?:incl(?:uding|udes|\.)?|with|and)\s+", "", remark, flags=re.I))
            if other is not None and other != role and sure >= 0.9:
                inside.append(other)
        if role in ("rag", "update") and any(_BEFORE.search(remark) for remark in _PAREN.findall(heading)):
            role = f"{role}_previous"  # "RAG (last)"
        if role == "status" and "rag" in inside:
            role, inside = "rag", []
        columns.append(Column(index, heading, role, inside, score))
    return columns


def looks_like_header(texts: Sequence[str], *, again: bool = False) -> bool:
    """Whether the cells of a row are headings: at least two of them name different roles, and most of them name one.

    ``again``: a header was seen above, so that an entry's own cells ("Head of Finance", "In progress") must not pass for
    a second one: nearly every cell must be the very phrase of a heading.
    """
    filled = [text for text in texts if text.strip()]
    if len(filled) < 2 or any(len(text.split()) > LONGEST_HEADING or _is_value(text) for text in filled):
        return False
    named = [role_of_heading(text) for text in filled]
    enough, part = (0.9, 0.75) if again else (0.68, 0.5)
    sure = {role for role, score in named if role is not None and score >= enough}
    good = sum(1 for role, score in named if role is not None and score >= enough)
    good += (
        0
        if again
        else sum(1 for text, (role, _) in zip(filled, named, strict=True) if role is None and is_period(text))
    )
    exact = sum(1 for role, score in named if role is not None and score >= 0.9)
    return len(sure) >= 2 and good >= part * len(filled) and exact >= 1


def _is_value(text: str) -> bool:
    """A cell that holds a value, which no heading is: an amount, a date with its year, a sentence."""
    return (bool(_AMOUNT.match(text)) and not re.fullmatch(r"\s*20\d\d\s*", text)) or (
        text.rstrip().endswith(".") and len(text.split()) > 4
    )


def settle(
    columns: list[Column],
    cells: Sequence[Sequence[str]],
    *,
    hints: Sequence[str] = (),
    known: Mapping[str, str] | None = None,
) -> None:
    """Settle what headings leave open, from one another and from the cells (one list of texts for each column).

    ``hints``: words at the head of the document and over the table; ``known``: what headings turned out to be in other
    tables of the document. "Outcome" is an objective where nothing else is, else a criterion; "priority" with words such
    as High is a rating.
    """
    saves = any(_SAVES.search(text) for text in (*hints, *(column.heading for column in columns)))
    for column in columns:
        if column.role == "saving" and not saves and column.score < TOLD:
            column.role = "description"  # a scheme or a proposal, by which nobody saves
        _by_values(column, [text.strip() for text in cells[column.index] if text.strip()])
    _mark_series(columns, cells)
    _mark_ticks(columns, cells)
    _mark_told(columns, cells)
    _jointly(columns, cells, hints, known or {})
    _settle_words(columns, cells)
    settle_missing(columns, cells)
    settle_what_and_how(columns)
    settle_names(columns, cells)
    settle_numbers(columns)
    _settle_dates(columns, cells)
    _settle_sums(columns, saves=saves)


def _settle_words(columns: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Settle the words that mean one thing in one table and another in the next, by the other columns."""
    roles = {column.role for column in columns}
    for column in columns:
        named = role_of_heading(column.heading)[0] if column.role == "objective" and column.guessed else column.role
        if named == "outcome":
            roles = {other.role for other in columns if other is not column}
            column.role = outcome(column, columns, cells[column.index], roles)
        elif column.role == "benefit":
            settle_benefit(column, columns)
        elif column.role == "milestone":
            column.role = "also" if "action" in roles or names_entries(columns, cells) else "action"
        elif column.role == "description" and any(
            other.role == "description" and other.index < column.index for other in columns
        ):
            column.role = "also"  # what the entry in the column before it is about
        elif column.role == "saving" and "action" in roles and not roles & {"saving_target", "saving_actual"}:
            column.role = "also"


def _settle_sums(columns: list[Column], *, saves: bool) -> None:
    """Settle measures and sums of money; ``saves`` says that the table, or what stands over it, speaks of savings."""
    pounds = any("£" in column.heading for column in columns)
    if not (saves and pounds):
        _settle_indicator(columns)
    roles = {column.role for column in columns}
    described = "description" in roles and not roles & {*MAINS} - {"description"}
    money = described and bool(roles & {"saving_target", "saving_actual"})
    if money and roles & {"timescale", "update"} and not saves:
        money = False  # sums of projects, which nobody saves
    if saves and "target" in roles and described:
        money = pounds
    if money or "saving" in roles or any("saving" in c.heading.lower() for c in columns):
        _settle_savings(columns)


def _mark_series(columns: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Two or more columns of figures under quarters, months or years are one series."""
    dated = [column for column in columns if column.role is None and is_period(column.heading)]
    series = [column for column in dated if cells_of(cells[column.index]).amount >= MOSTLY]
    if len(series) > 1:
        for column in series:
            column.role, column.score = "series", 1.0


def _mark_ticks(columns: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Columns under quarters or months that hold nothing but crosses say when."""
    dated = [column for column in columns if column.role is None and is_period(column.heading)]
    held = {column.index: [text.strip() for text in cells[column.index] if text.strip()] for column in dated}
    if (
        len(dated) > 1
        and any(held.values())
        and all(text.lower() in TICKS for texts in held.values() for text in texts)
    ):
        for column in dated:
            column.role, column.score = "ticked", 1.0


def _mark_told(columns: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Columns under quarters or months that hold words say how things went in each, and none of them makes the entries."""
    dated = [column for column in columns if column.role in (None, "timescale") and is_period(column.heading)]
    dated = [column for column in dated if column.score < KEPT]
    held = [cells_of(cells[column.index]) for column in dated]
    wordy = [found for found in held if found.words >= 2 and found.amount < HALF and found.date < HALF]
    if len(dated) > 1 and len(wordy) == sum(1 for found in held if found.count) > 0:
        for column in dated:
            column.role, column.score = "told", 1.0


def _jointly(
    columns: list[Column], cells: Sequence[Sequence[str]], hints: Sequence[str], known: Mapping[str, str]
) -> None:
    """Give every column its part in the best assignment of the whole table, and a question where that is hardly better."""
    fits = [Fit(c.heading, c.role, c.score, cells_of(cells[c.index]), known.get(plain(c.heading))) for c in columns]
    if not any(fit.cells.count for fit in fits):
        return
    settled = settle_jointly(fits, hints)
    advised = any(found.role == "recommendation" for found in settled)
    for column, fit, found in zip(columns, fits, settled, strict=True):
        if not fit.cells.count or fit.sure >= TOLD or (found.role is None and fit.sure >= KEPT):
            continue
        if column.role in ("series", "ticked", "told") or (
            found.role is None and fit.named is not None and fit.named not in MARKS and fit.sure >= UNSURE
        ):
            continue
        if found.role == "action" and fit.named is None and advised and fit.cells.task + fit.cells.named < HALF:
            column.role, column.guessed = None, False  # "Why", beside recommendations
            continue
        if found.role == fit.named and fit.sure >= UNSURE:
            continue
        if found.role in MAINS | {"objective"} and fit.cells.answer >= MOSTLY and fit.named != found.role:
            continue  # "Key decision?" over yes and no tells nothing that could be done
        if fit.named is None and fit.cells.count < FEWEST_CELLS:
            continue
        clear = found.over_none >= LEAST_MARGIN and (found.margin >= LEAST_MARGIN or found.role in WORDS)
        if found.role is None or found.role in MAINS or clear:
            column.role = found.role
            column.guessed = found.role not in (None, "also") and (
                found.margin < CERTAIN or (found.role in MAINS and fit.named is None)
            )
        elif not (fit.named is not None and fit.named not in MARKS and fit.sure >= UNSURE):
            column.role, column.guessed = None, False


def _by_values(column: Column, values: list[str]) -> None:
    """A known heading whose cells are of another sort than it says."""
    if not values or column.score >= TOLD:
        return
    if column.role == "saving" and share(values, lambda v: bool(_AMOUNT.match(v))) >= MOSTLY:
        column.role = "saving_target"  # "Saving 2026/27"
    elif column.role in ("status", "rag", "reference", "update") and "£" in column.heading:
        column.role = "also"  # "On track (£000)" is a sum
    elif column.role in ("actual", "saving_actual") and _NEGATED.match(column.heading):
        column.role = "also"  # "Not delivered" is no result
    elif column.role in CODED and share(values, is_code) >= MOSTLY:
        column.role = "reference"  # "PI" over HR1, HR2
    elif column.role == "target" and share(values, _answers) >= MOSTLY:
        column.role = "response"  # "Agreed" over yes and no
    elif column.role == "number" and share(values, lambda v: len(v.split()) > 1 and not is_code(v)) >= MOSTLY:
        column.role = "also"  # "Item" over what was talked about
    elif column.role in ("status", "risk_rating", "actual") and share(values, is_colour) >= 0.6:
        column.role = "rag"
    elif column.role == "risk_rating" and plain(column.heading).startswith("priority"):
        if share(values, lambda v: plain(v) in vocabulary().words["ratings"] or bool(_AMOUNT.match(v))) < 0.6:
            column.role = "group"
    elif column.role == "update" and share(values, lambda v: bool(_AMOUNT.match(v))) >= MOSTLY:
        column.role = "actual"  # "Where we are now" over figures
    elif column.role in ("objective", "criteria") and share(values, lambda v: bool(_AMOUNT.match(v))) >= MOSTLY:
        column.role = "target"  # "Where we want to be" over figures
    elif column.role == "actual" and share(values, lambda v: plain(v) in vocabulary().status) >= 0.6:
        column.role = "status"
    elif column.role == "actual" and plain(column.heading).startswith("this ") and not share(values, _holds_a_figure):
        column.role = "update"  # "This month" over words
    elif column.role == "actual" and column.heading and sum(len(v.split()) for v in values) > 6 * len(values):
        column.role = "update"


def _answers(text: str) -> bool:
    return cells_of([text]).answer == 1.0


def _holds_a_figure(text: str) -> bool:
    return bool(re.search(r"\d", text)) or len(text.split()) < 2


def _settle_dates(columns: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Of several columns of dates whose headings do not say it, one that lies before the next is the beginning, and one that
    is seldom filled, right of the others, is what a date was put off to."""
    dated = [
        column for column in columns if column.role == "timescale" or (column.role == "completed" and column.guessed)
    ]
    if len(dated) < 2 or sum(1 for column in dated if column.score >= KEPT) == len(dated):
        return
    filled = {column.index: [text for text in cells[column.index] if text.strip()] for column in dated}
    most = max(len(values) for values in filled.values())
    for column in dated[1:]:
        if len(filled[column.index]) < SELDOM * most and column.score < KEPT:
            column.role, column.guessed = "revised", True
    whole = [column for column in dated if column.role != "revised"]
    for first, second in pairwise(whole):
        both = zip(cells[first.index], cells[second.index], strict=True)
        known = [(a, b) for a, b in ((_day(one), _day(two)) for one, two in both) if a is not None and b is not None]
        if known and first.score < KEPT and sum(1 for a, b in known if a < b) >= MOSTLY * len(known):
            first.role, first.guessed = "start", True
            if second.role == "completed":
                second.role = "timescale"


def _day(text: str) -> dt.date | None:
    """The last day of a printed date; None where it gives none."""
    found = parse_timescale(" ".join(text.split())) if len(text.split()) <= LONGEST_DATE else None
    return (found.end or found.start) if found is not None else None


def _settle_indicator(columns: list[Column]) -> None:
    """A column of measures is an indicator beside targets or results; in a plan it holds criteria."""
    roles = {column.role for column in columns}
    if "indicator" in roles and "saving" not in roles:
        for column in columns:
            column.role = {"saving_target": "target", "saving_actual": "actual"}.get(column.role or "", column.role)
    roles = {column.role for column in columns}
    measured = {"target", "actual"} <= roles and not roles & {"lead", "timescale", "indicator", "saving", "objective"}
    for column in columns:
        if measured and column.role == "action" and column.score < UNSURE:
            column.role = "indicator"  # "What we count" is no action beside a target and a result
    roles = {column.role for column in columns}
    series = [c for c in columns if c.role in (None, "actual", "previous", "timescale") and is_period(c.heading)]
    if roles & {"indicator", "target"} and len(series) >= 2 and "action" not in roles:
        for column in series:
            column.role = "series"
        roles |= {"actual"}
    for column in columns:
        if column.role == "indicator" and "action" in roles and not roles & {"target", "actual"}:
            column.role = "criteria"
        measured = "target" in roles or ("actual" in roles and bool(roles & {"period", "direction", "previous"}))
        if column.role == "description" and measured and not roles & {"indicator", "saving", "action"}:
            column.role = "indicator"
        if column.role in ("target", "actual") and roles & {"action"} and not roles & {"indicator", "saving"}:
            column.role = "timescale" if column.role == "target" and "timescale" not in roles else "also"


def is_period(heading: str) -> bool:
    """Whether a heading holds a quarter, a month or a year, perhaps with what was measured ("Q3", "2024/25 outturn")."""
    words = re.sub(
        r"\b(?:actual|outturn|results?|performance|values?|figures?|data|quarterly|monthly|ytd)\b",
        "",
        heading,
        flags=re.I,
    ).strip()
    return bool(_PERIOD.search(words)) and len(words.split()) <= 3


def _settle_savings(columns: list[Column]) -> None:
    """In a table of savings "target" and "total" are what was agreed, "actual" and "forecast" what became of it."""
    roles = [column.role for column in columns]
    amounts = {"saving_target", "saving_actual", "target", "actual"}
    if not amounts & set(roles):
        return
    if "saving" in roles and not {"saving_target", "target"} & set(roles):
        for column in columns:  # "2025/26 £k" is what is to be saved, beside what was
            if column.role is None and _UNITS.search(column.heading) and "£" in column.heading:
                column.role = "saving_target"
                break
    if "saving" in roles or not {"indicator", "action"} & set(roles):
        for column in columns:
            if column.role == "description" and "saving" not in roles:
                column.role = "saving"
                roles = [c.role for c in columns]
            column.role = {"saving_target": "target", "saving_actual": "actual"}.get(column.role or "", column.role)


def share(values: Iterable[str], test: object) -> float:
    """The share of values that pass a test."""
    assert callable(test)
    marks = [bool(test(value)) for value in values]
    return sum(marks) / len(marks) if marks else 0.0
