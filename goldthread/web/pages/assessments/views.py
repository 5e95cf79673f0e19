"""Self-assessments: the list, one of them with its gaps, starting one, scoring a standard."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.reviews import actions
from goldthread.domain.reviews.queries import AssessmentAt, StandardAt, assessment_at, assessments
from goldthread.domain.reviews.rules.frameworks import Framework, Level, framework_named, frameworks
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.days import days_of
from goldthread.web.entries import address_of
from goldthread.web.records_access import allowed_to

YEARS_AHEAD, YEARS_BACK = 1, 6


class StartForm(forms.Form):
    """Which framework, which year."""

    framework = forms.ChoiceField(
        label="Framework", widget=forms.RadioSelect, error_messages={"required": "Choose a framework."}
    )
    year = forms.TypedChoiceField(label="Financial year", coerce=int)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices: Any = self.fields["framework"]
        choices.choices = [(one.key, one.title) for one in frameworks()]
        now = today().year - (today().month < 4)
        years: Any = self.fields["year"]
        span = range(now + YEARS_AHEAD, now - YEARS_BACK, -1)
        years.choices = [(year, f"{year}/{(year + 1) % 100:02d}") for year in span]
        years.initial = now


class ScoreForm(forms.Form):
    """How well a standard is met."""

    value = forms.TypedChoiceField(
        label="How well it is met", coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label="What shows it",
        widget=forms.Textarea,
        required=False,
        help_text="Papers, figures, decisions, with their days",
    )
    gap = forms.CharField(label="What is missing", widget=forms.Textarea, required=False)

    def __init__(self, *arguments: Any, framework: Framework, **options: Any) -> None:
        super().__init__(*arguments, **options)
        values: Any = self.fields["value"]
        values.choices = [(one.value, f"{one.value} {one.label}") for one in framework.scale] + [("", "Not scored yet")]
        low = framework.level(framework.gap_below)
        self.fields["gap"].help_text = f"Needed below “{low.label.lower()}”" if low else ""


def level_tag(level: Level | None) -> Tag:
    """The tag of a level; "Not scored yet" where there is none."""
    return Tag(level.label, level.colour) if level else Tag("Not scored yet", "grey")


def _line(one: StandardAt) -> dict[str, Any]:
    better = one.level.value - one.before.value if one.level and one.before else 0
    return {
        "reference": one.row.reference,
        "key": one.row.version.number,
        "group": one.row.section[-1] if one.row.section else "",
        "text": one.row.text,
        "level": level_tag(one.level),
        "before": level_tag(one.before) if one.before else None,
        "moved": "better than the year before" if better > 0 else "worse than the year before" if better < 0 else "",
        "evidence": one.score.evidence if one.score else "",
        "gap": one.score.gap if one.score else "",
        "actions": [(row.reference, address_of(row.record), shortened(row.heading, 100)) for row in one.actions],
    }


def _bar(found: AssessmentAt) -> Bar:
    colours = {level.label: level.colour for level in found.framework.scale} if found.framework else {}
    parts = [(label, number, colours.get(label, "grey"), "") for label, number in found.counts.items()]
    return stacked("Standards by level", parts)


@allow(Permission.SEE_PUBLISHED)
def assessment_list(request: HttpRequest) -> HttpResponse:
    """Every self-assessment that the viewer may see."""
    rows = [(row.title, address_of(row), row.reference) for row in assessments(viewer=request.viewer)]
    context = {
        "rows": rows,
        "may_start": request.viewer.may_everywhere(Permission.EDIT_RECORDS),
        "frameworks": frameworks(),
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Self-assessments")],
    }
    return render(request, "assessments/list.html", context)


@allow(Permission.EDIT_RECORDS)
def start(request: HttpRequest) -> HttpResponse:
    """Start an assessment for a year."""
    form = StartForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, lambda: actions.start_assessment(by=request.user, **values))
        if made is not None:
            say_done(request, f"{made.title} is started; score its standards one by one.", made.created)
            return redirect("assessment", made.reference)
    crumbs = [Crumb("Home", reverse("home")), Crumb("Self-assessments", reverse("assessments")), Crumb("Start")]
    context = {"form": form, "title": "Start a self-assessment", "back": reverse("assessments"), "crumbs": crumbs}
    return render(request, "assessments/form.html", context, status=422 if form.errors else 200)


@allow(Permission.SEE_PUBLISHED)
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """A self-assessment on a day: its standards, their scores and evidence, the gaps and what closes them."""
    days = days_of(request)
    found = assessment_at(reference, viewer=request.viewer, **days.asked)
    if found is None:
        raise Http404
    row = found.record
    context = {
        "row": row,
        "found": found,
        "source": found.framework.source if found.framework else "",
        "lines": [_line(one) for one in found.standards],
        "bar": _bar(found),
        "days": days,
        "may_edit": allowed_to(request.viewer, row.record).edit and not days.chosen,
        "crumbs": [
            Crumb("Home", reverse("home")),
            Crumb("Self-assessments", reverse("assessments")),
            Crumb(row.heading),
        ],
    }
    return render(request, "assessments/assessment.html", context)


@allow(Permission.EDIT_RECORDS)
def score(request: HttpRequest, reference: str) -> HttpResponse:
    """Score a standard."""
    rows = live_records(viewer=request.viewer).filter(kind=RecordKind.STANDARD, reference__iexact=reference)
    standard = rows.select_related("within").first()
    if standard is None or standard.within is None or not allowed_to(request.viewer, standard).edit:
        raise Http404
    found = assessment_at(standard.within.reference, viewer=request.viewer)
    framework = framework_named(found.about.framework) if found else None
    own = next((one for one in found.standards if one.row.record.pk == standard.pk), None) if found else None
    if framework is None or own is None:
        raise Http404
    held = own.score
    initial = {
        "value": held.value if held and held.value is not None else "",
        "evidence": held.evidence if held else "",
        "gap": held.gap if held else "",
    }
    form = ScoreForm(request.POST or None, framework=framework, initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.score(standard=standard, by=request.user, **values))
        if event is not None:
            say_done(request, f"The score of {standard.reference} is on record.", event)
            return redirect(f"{address_of(standard.within)}#{standard.reference}")
    crumbs = [
        Crumb("Home", reverse("home")),
        Crumb("Self-assessments", reverse("assessments")),
        Crumb(standard.within.heading, address_of(standard.within)),
        Crumb(standard.reference),
    ]
    context = {"form": form, "title": standard.text, "back": address_of(standard.within), "crumbs": crumbs}
    return render(request, "assessments/form.html", context, status=422 if form.errors else 200)
