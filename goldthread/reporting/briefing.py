"""The briefing for a scrutiny meeting: the best lines of enquiry of a plan on two pages, each with the printed words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from goldthread.commons.errors import Refused
from goldthread.domain.enquiries.queries import Found, PlanEnquiries
from goldthread.domain.enquiries.rules import RULES, Words
from goldthread.domain.enquiries.rules.phrases import sentences
from goldthread.domain.enquiries.terms import FIELDS, ON_PAPER
from goldthread.kernel.clock import now
from goldthread.reporting.blocks import QUIET, STRONG, Block, Cell, Column, Layout, Line, Paragraph, Table, TableRow
from goldthread.reporting.formats import put
from goldthread.reporting.renderers import docx, html, pdf
from goldthread.reporting.wording import counted, day, one_line

_COLUMNS = (
    Column("No.", "number", 0.45),
    Column("Ask", "text", 3.4),
    Column("What is printed", "text", 5.6),
    Column("Why it is asked", "text", 2.9),
)
_LETTERS_A_LINE = (3, 48, 84, 40)  # of each column, in the narrowest of the formats
_LINES = 72  # that two pages hold below the title
_LONG = 330  # letters of a quotation beyond which the words beside it are left out

FORMATS: dict[str, Callable[[Layout], bytes]] = {"html": html.page, "pdf": pdf.typeset, "docx": docx.written}
"""The formats of a briefing."""


class NoBriefing(Refused):
    """There is no such format; the sentence says which there are."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Printed words, whole sentences only, and where they stand."""

    said: str
    place: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of enquiry as the briefing tells it."""

    rule: str
    reference: str
    title: str
    question: str
    why: str
    lead: str
    words: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the two pages say. ``rest``: how many more there are of each rule, by its title."""

    title: str
    plan: str
    organisation: str
    as_at: str
    made: datetime
    entries: int
    asked: tuple[Asked, ...]
    rest: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many lines of enquiry are open in all."""
        return len(self.asked) + sum(number for _, number in self.rest)


def build(found: PlanEnquiries) -> Briefing:
    """The briefing of what is open, best first: ten, or as many as two pages hold with every sentence whole."""
    rows = found.open()
    asked: list[Asked] = []
    lines = 0
    for row in rows:
        told = _asked(row)
        lines += _height(told)
        if asked and (lines > _LINES or len(asked) == ON_PAPER):
            break
        asked.append(told)
    rest = Counter(RULES[row.enquiry.rule].title for row in rows[len(asked) :])
    return Briefing(
        title=one_line(found.plan.heading),
        plan=found.plan.reference,
        organisation=settings.GOLDTHREAD_COUNCIL or one_line(str(found.plan.details.get("organisation") or "")),
        as_at=f"As at {day(found.on)}",
        made=now(),
        entries=found.entries,
        asked=tuple(asked),
        rest=tuple(rest.most_common()),
    )


def _asked(row: Found) -> Asked:
    enquiry = row.enquiry
    leads = [lead.printed or (lead.owner.name if lead.owner else "") for lead in row.record.leads[:1]]
    return Asked(
        rule=enquiry.rule,
        reference=enquiry.reference,
        title=row.title,
        question=one_line(enquiry.question),
        why=one_line(enquiry.why),
        lead=one_line(leads[0]) if leads else "",
        words=tuple(_quoted(enquiry.words, row.places)),
    )


def _quoted(words: Iterable[Words], places: dict[str, str]) -> Iterator[Quoted]:
    """The words in whole sentences: a long field is told by its first, and what is beside a long one is left out."""
    said = [(each, _whole(each.said)) for each in words]
    longest = max((len(text) for _, text in said), default=0)
    for each, text in said[:3]:
        if longest > _LONG and len(said) > 1 and each.field in ("action", "objective") and len(text) > 120:
            continue
        place = places.get(each.reference, "")
        yield Quoted(text, f"{FIELDS[each.field]} of {each.reference}{', ' + place if place else ''}")


def _whole(text: str) -> str:
    """A text up to the end of its first sentences, as many as stand within a few lines; never cut within one."""
    text = one_line(text)
    if len(text) <= 240:
        return text
    kept = ""
    for sentence in sentences(text):
        if kept and len(kept) + len(sentence.text) > 240:
            break
        kept = f"{kept} {sentence.text}".strip()
    return kept


def _height(told: Asked) -> int:
    """How many lines the row takes in the narrowest format."""
    ask = _lines(told.question, 1) + _lines(_about(told), 1)
    words = sum(_lines(f"“{each.said}”", 2) + _lines(each.place, 2) for each in told.words)
    return max(ask, words, _lines(told.why, 3)) + 1


def _lines(text: str, column: int) -> int:
    return math.ceil(len(text) / _LETTERS_A_LINE[column])


def _about(told: Asked) -> str:
    return ". ".join(part for part in (f"{told.title} ({told.rule})", told.reference, told.lead) if part)


def laid_out(made: Briefing) -> Layout:
    """The briefing as a page: what it is, the questions, and what else there is."""
    title = f"Lines of enquiry: {made.title}"
    blocks: list[Block] = [Paragraph(_opening(made))]
    if made.asked:
        rows = tuple(_row(number, told) for number, told in enumerate(made.asked, 1))
        blocks.append(Table(f"Lines of enquiry in {made.plan}, best first", _COLUMNS, rows))
    if made.rest:
        others = "; ".join(f"{title[0].lower()}{title[1:]} ({number})" for title, number in made.rest)
        blocks.append(Paragraph(f"Not told here, and to be found on the plan's page of enquiries: {others}.", QUIET))
    description = ", ".join(part for part in (title, made.organisation, made.as_at.lower()) if part)
    return Layout(title, made.organisation, made.as_at, description, made.made, tuple(blocks))


def _opening(made: Briefing) -> str:
    entries = counted(made.entries, "entry", "entries")
    if not made.asked:
        return f"In the {entries} of {made.plan} the rules find nothing open that does not add up."
    told = len(made.asked)
    how_many = "" if told == made.total else f"{told} of "
    return (
        f"{how_many}{counted(made.total, 'line')} of enquiry in {entries}, best first. Each shows where two things that the "
        "council has printed do not fit. None is a finding about anybody: the answer may be simple."
    )


def _row(number: int, told: Asked) -> TableRow:
    words: list[Line] = []
    for each in told.words:
        words += [Line(f"“{each.said}”"), Line(each.place, QUIET)]
    cells: tuple[Cell, ...] = (
        (Line(str(number)),),
        (Line(told.question, STRONG), Line(_about(told), QUIET)),
        tuple(words),
        (Line(told.why),),
    )
    return TableRow(cells, f"enquiry-{number}")


def rendered(made: Briefing, form: str) -> bytes:
    """The briefing in a format. Raises NoBriefing for one that there is not."""
    if form not in FORMATS:
        raise NoBriefing(f"There is no format “{form}” of a briefing; choose among {', '.join(FORMATS)}.")
    return FORMATS[form](laid_out(made))


def file_name(made: Briefing, form: str, found: PlanEnquiries) -> str:
    """The file of a briefing: "enquiries-itap-2025-05-27.pdf"."""
    return f"enquiries-{made.plan.lower()}-{found.on.isoformat()}.{form}"


def write(found: PlanEnquiries, forms: Iterable[str], folder: Path) -> list[Path]:
    """Write the briefing into a folder in some formats; returns the paths. Raises NoBriefing, or NotWritten."""
    made = build(found)
    files = [(folder / file_name(made, form, found), rendered(made, form)) for form in dict.fromkeys(forms)]
    for path, data in files:
        put(path, data)
    return [path for path, _ in files]
