"""What a structure was to bring and what came of it: principles, benefits, workstreams; its post-implementation review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.models import Structure
from goldthread.domain.organisation.queries import holders
from goldthread.domain.organisation.queries.structures import structures
from goldthread.domain.register.queries import live_records
from goldthread.domain.restructures.actions import answer_promise
from goldthread.domain.restructures.queries import Promise, promises
from goldthread.domain.restructures.queries.promises import ANSWERED
from goldthread.domain.restructures.terms import Kept
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.csv_files import csv_file
from goldthread.web.days import days_of
from goldthread.web.entries import address_of, lead_of
from goldthread.web.forms import DayField
from goldthread.web.records_access import allowed_to

COLOURS = {Kept.YES: "green", Kept.PARTLY: "yellow", Kept.NO: "red", Kept.TOO_EARLY: "grey"}
WORDS = {
    "principle": {Kept.YES: "Followed", Kept.PARTLY: "Followed in part", Kept.NO: "Not followed"},
    "benefit": {Kept.YES: "Realised", Kept.PARTLY: "Realised in part", Kept.NO: "Not realised"},
}
Groups = dict[str, list[Promise]]


class AnswerForm(forms.Form):
    """Whether it was kept, and what shows it."""

    answer = forms.ChoiceField(
        label="What came of it", widget=forms.RadioSelect, error_messages={"required": "Choose what came of it."}
    )
    evidence = forms.CharField(
        label="What shows it", widget=forms.Textarea, error_messages={"required": "Say what shows it."}
    )
    as_at = DayField(label="As at", required=False, help_text="Leave empty for today")

    def __init__(self, *arguments: Any, kind: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [(one.value, answer_words(kind, one)) for one in Kept]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]


def answer_words(kind: str, answer: Kept) -> str:
    """An answer in the words of what it answers: a principle is followed, a benefit realised."""
    return WORDS.get(kind, {}).get(answer, answer.label)


def _structure(request: HttpRequest, pk: int) -> Structure:
    found = structures(viewer=request.viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _line(one: Promise, query: str) -> dict[str, Any]:
    answer = Kept(one.answer.answer) if one.answer else None
    return {
        "reference": one.row.reference,
        "href": address_of(one.row.record) + query,
        "text": shortened(one.row.heading, 400),
        "tag": Tag(answer_words(one.row.kind, answer), COLOURS[answer]) if answer else None,
        "evidence": one.answer.evidence if one.answer else "",
        "as_at": one.answer.as_at if one.answer else None,
    }


def _lines(groups: Groups, query: str) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(name, [_line(one, query) for one in rows]) for name, rows in groups.items()]


def _bar(label: str, groups: Groups, kind: str) -> Bar:
    every = [one.answer.answer if one.answer else "" for rows in groups.values() for one in rows]
    parts = [(answer_words(kind, one), every.count(one.value), COLOURS[one], "") for one in Kept]
    return stacked(label, [*parts, ("Not answered yet", every.count(""), "purple", "")])


@allow(Permission.SEE_INTERNAL)
def promises_of(request: HttpRequest, pk: int) -> HttpResponse:
    """A structure's post-implementation review on a day: each promise, the answer, and what shows it."""
    days, structure = days_of(request), _structure(request, pk)
    found = promises(structure, viewer=request.viewer, **days.asked)
    streams = [one.row for rows in found.workstreams.values() for one in rows]
    owners = {lead.owner_id for row in streams for lead in row.leads if lead.owner_id}
    held = holders(owners, viewer=request.viewer, on=days.as_at or today(), known_on=days.known_on)
    context = {
        "structure": structure,
        "found": found,
        "principles": _lines(found.principles, days.query),
        "benefits": _lines(found.benefits, days.query),
        "workstreams": [
            (name, [(_line(one, days.query), lead_of(one.row, held), one.row.last_update) for one in rows])
            for name, rows in found.workstreams.items()
        ],
        "principle_bar": _bar("Design principles", found.principles, "principle"),
        "benefit_bar": _bar("Benefits", found.benefits, "benefit"),
        "days": days,
        "may_edit": request.viewer.may(Permission.EDIT_RECORDS) and not days.chosen,
        "crumbs": _crumbs(structure),
    }
    return render(request, "promises/promises.html", context)


def _crumbs(structure: Structure, *more: Crumb) -> list[Crumb]:
    return [
        Crumb("Home", reverse("home")),
        Crumb("Organisation", reverse("organisation")),
        Crumb(structure.name, reverse("structure", args=[structure.pk])),
        Crumb("What it was to bring", reverse("promises", args=[structure.pk]) if more else ""),
        *more,
    ]


@allow(Permission.SEE_INTERNAL)
def as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The post-implementation review as a CSV file."""
    days, structure = days_of(request), _structure(request, pk)
    found = promises(structure, viewer=request.viewer, **days.asked)
    rows = []
    for kind, groups in (("Design principle", found.principles), ("Benefit", found.benefits)):
        for name, promised in groups.items():
            for one in promised:
                line = _line(one, "")
                answer = line["tag"].text if line["tag"] else ""
                rows.append((kind, name, line["reference"], one.row.heading, answer, line["evidence"], line["as_at"]))
    headings = ("Kind", "Group", "Reference", "Text", "Answer", "What shows it", "As at")
    return csv_file("post-implementation-review.csv", headings, rows)


@allow(Permission.EDIT_RECORDS)
def answer(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    """Say what came of a design principle or a benefit in a structure."""
    structure = _structure(request, pk)
    record = live_records(viewer=request.viewer).filter(kind__in=ANSWERED, reference__iexact=reference).first()
    if record is None or not allowed_to(request.viewer, record).edit:
        raise Http404
    found = promises(structure, viewer=request.viewer)
    groups = (*found.principles.values(), *found.benefits.values())
    held = next((one.answer for rows in groups for one in rows if one.row.record.pk == record.pk), None)
    initial = {"answer": held.answer, "evidence": held.evidence} if held else {}
    form = AnswerForm(request.POST or None, kind=record.kind, initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: answer_promise(record=record, structure=structure, by=request.user, **values))
        if event is not None:
            say_done(request, f"What came of {record.reference} is on record.", event)
            return redirect(f"{reverse('promises', args=[pk])}#{record.reference}")
    context = {
        "form": form,
        "record": record,
        "title": "What came of it",
        "back": reverse("promises", args=[pk]),
        "crumbs": _crumbs(structure, Crumb(record.reference)),
    }
    return render(request, "promises/answer.html", context, status=422 if form.errors else 200)
