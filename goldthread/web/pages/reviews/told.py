"""What the council was told, year by year, and what became of it: every recommendation on one page, and the same as CSV."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.register.models import Update
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import ANSWERABLE, Relation, State
from goldthread.domain.reviews.models import Response
from goldthread.domain.reviews.queries import responses
from goldthread.domain.reviews.queries.lineage import UNKNOWN, Told, told
from goldthread.domain.reviews.terms import Answer
from goldthread.kernel.shortening import shortened
from goldthread.reporting.lineages import WORDS, year_of
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.tag.presenter import Tag, rating_tag, state_tag
from goldthread.web.csv_files import csv_file
from goldthread.web.days import Days, days_of
from goldthread.web.entries import address_of
from goldthread.web.pages.reviews.presenters import ANSWER_COLOURS

HEADINGS = (
    "Year", "Year known by", "Document", "Document title", "Reference", "Number", "Recommendation", "Council's answer",
    "Last known state", "Last update on", "Last update of", "Last update", "Carried out by", "Came back as",
)  # fmt: skip
UNDATED = "undated"
SHOWN = 7


@dataclass(frozen=True, slots=True)
class Mention:
    """Another entry in a cell: its words, its address, and what to say before and after it."""

    before: str
    reference: str
    href: str
    text: str
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One recommendation with what became of it."""

    reference: str
    number: str
    text: str
    href: str
    lineage: str
    answer: Tag | None
    last_known: str
    update: str
    updated_on: date | None
    updated_in: str  # the entry that carries it out and that said so, where it is not the recommendation itself
    carried: list[Mention]
    more: int
    later: list[Mention]


@dataclass(frozen=True, slots=True)
class ToldIn:
    """The recommendations of one document."""

    year: str
    known_by: str
    title: str
    href: str
    lines: list[ToldLine]


def _year(one: Told) -> str:
    return year_of(one.step) or UNDATED


@allow(Permission.SEE_PUBLISHED)
def told_page(request: HttpRequest) -> HttpResponse:
    """Every recommendation, or those of one year: answered, carried out, closed, raised again."""
    days, everything = days_of(request), _everything(request)
    years = Counter(_year(one) for one in everything)
    year = request.GET.get("year", "")
    if year and year not in years and not re.fullmatch(r"\d{4}", year):
        raise Http404
    shown = [one for one in everything if not year or _year(one) == year]
    context = {
        "documents": _documents(shown, _answers(shown, request, days), days),
        "figures": [
            (len(shown), "recommendation" if len(shown) == 1 else "recommendations"),
            (sum(one.step.closed for one in shown), "closed on record"),
            (sum(not one.answered for one in shown), "that nothing on record answers"),
            (sum(one.raised_again for one in shown), "raised again later"),
        ],
        "years": [(name, name.capitalize(), count) for name, count in sorted(years.items())],
        "year": year,
        "inside": request.viewer.may_open(Permission.SEE_INTERNAL),
        "days": days,
        "query": f"{days.query}{'&' if days.query else '?'}year={year}" if year else days.query,
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Reviews", reverse("reviews")), Crumb("What we were told")],
    }
    return render(request, "reviews/told.html", context)


@allow(Permission.SEE_PUBLISHED)
def told_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, one recommendation a line."""
    days, year = days_of(request), request.GET.get("year", "")
    shown = [one for one in _everything(request) if not year or _year(one) == year]
    answers = _answers(shown, request, days)
    rows = [_row(one, answers.get(one.step.row.record.pk)) for one in shown]
    return csv_file(f"what-we-were-told{f'-{year}' if year.isalnum() else ''}.csv", HEADINGS, rows)


def _everything(request: HttpRequest) -> list[Told]:
    return told(viewer=request.viewer, **days_of(request).asked)


def _answers(shown: Sequence[Told], request: HttpRequest, days: Days) -> dict[int, Response]:
    return responses([one.step.row.record for one in shown], viewer=request.viewer, **days.asked)


def _documents(shown: Sequence[Told], answers: dict[int, Response], days: Days) -> list[ToldIn]:
    found: dict[int, ToldIn] = {}
    for one in shown:
        document, age = one.step.document, one.step.age
        key = document.pk if document is not None else 0
        if key not in found:
            found[key] = ToldIn(
                year=year_of(one.step),
                known_by=age.by if age is not UNKNOWN else "",
                title=shortened(document.heading, 160) if document else "In no document",
                href=address_of(document) + days.query if document else "",
                lines=[],
            )
        found[key].lines.append(_line(one, answers.get(one.step.row.record.pk), days.query))
    return list(found.values())


def _line(one: Told, response: Response | None, query: str) -> ToldLine:
    step, row = one.step, one.step.row
    spoken, last = _last_said(one)
    carried = [
        Mention(
            "" if other.own else year_of(other),
            other.row.reference,
            address_of(other.row.record) + query,
            shortened(other.row.heading, 90),
            _state(other.row),
        )
        for other in step.answers
    ]
    return ToldLine(
        reference=row.reference,
        number=row.version.number,
        text=shortened(row.heading, 220),
        href=address_of(row.record) + query,
        lineage=reverse("lineage", args=[row.reference]) + query,
        answer=Tag(Answer(response.answer).label, ANSWER_COLOURS[Answer(response.answer)]) if response else None,
        last_known=step.last_known,
        update=shortened(last.text, 160) if last else "",
        updated_on=last.as_at if last else None,
        updated_in=spoken.reference if last and spoken is not row else "",
        carried=carried[:SHOWN],
        more=max(0, len(carried) - SHOWN),
        later=[
            Mention(
                f"{WORDS[Relation(relation)].capitalize()} {year_of(other)}".strip(),
                other.row.reference,
                address_of(other.row.record) + query,
                shortened(other.row.heading, 90),
            )
            for relation, other in one.later
        ],
    )


def _last_said(one: Told) -> tuple[RecordAt, Update | None]:
    """Its own last update; where it has none, the newest of what carries it out, with the entry that said so."""
    if one.step.row.last_update is not None:
        return one.step.row, one.step.row.last_update
    said = [(other.row, other.row.last_update) for other in one.step.answers]
    dated = [(row, update) for row, update in said if update is not None]
    return max(dated, key=lambda pair: (pair[1].as_at, pair[1].pk), default=(one.step.row, None))


def _state(row: RecordAt) -> Tag | None:
    """How what carries it out stands: its state, or its rating while it is open; objectives carry neither."""
    if row.state != State.OPEN:
        return state_tag(row.state, State(row.state).label)
    return rating_tag(row.rating, why=row.rated.why) if row.kind in ANSWERABLE else None


def _row(one: Told, response: Response | None) -> tuple[object, ...]:
    step, row = one.step, one.step.row
    spoken, last = _last_said(one)
    return (
        year_of(step), step.age.by if step.age is not UNKNOWN else "",
        step.document.reference if step.document else "", step.document.heading if step.document else "",
        row.reference, row.version.number, row.text or row.heading,
        Answer(response.answer).label if response else "", step.last_known,
        last.as_at if last else None, spoken.reference if last else "", last.text if last else "",
        "; ".join(f"{other.row.reference} ({State(other.row.state).label.lower()})" for other in step.answers),
        "; ".join(f"{other.row.reference} ({WORDS[Relation(how)]} {year_of(other)})" for how, other in one.later),
    )  # fmt: skip
