"""Meetings to come, to which plans report: listed, and added."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.errors import Refused
from goldthread.domain.organisation import actions as organisation
from goldthread.domain.organisation.queries import bodies
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.access import may_run
from goldthread.domain.rounds.queries.planning import coming_meetings, council_timetable, reporting_plans
from goldthread.domain.rounds.rules import for_meeting
from goldthread.kernel.clock import today
from goldthread.kernel.days import CalendarEnds, printed
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.forms import PickedDate


class MeetingForm(forms.Form):
    """One meeting of a body."""

    body = forms.ChoiceField(label="Which body meets")
    held_on = PickedDate(label="On which day")
    name = forms.CharField(label="What it is called, if it has a name", max_length=200, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.bodies = {str(one.pk): one for one in bodies(viewer=viewer)}
        self.fields["body"].choices = [(pk, str(one)) for pk, one in self.bodies.items()]  # type: ignore[attr-defined]

    def clean_held_on(self) -> Any:
        """A day to come."""
        day = self.cleaned_data["held_on"]
        if day <= today():
            raise forms.ValidationError("Give a day to come: a round leads up to its meeting.")
        return day


@allow(Permission.RUN_ROUNDS)
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings to come with the day by which their papers are published; add one where the organisation is yours to edit."""
    viewer = request.viewer
    may_add = viewer.may(Permission.EDIT_ORGANISATION)
    form = MeetingForm(request.POST or None, viewer=viewer)
    if may_add and request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        body = form.bodies[values["body"]]
        made = attempt(
            form,
            lambda: organisation.add_meeting(
                body=body, held_on=values["held_on"], name=values["name"].strip(), by=request.user
            ),
        )
        if made is not None:
            say_done(request, f"{body} meets on {printed(values['held_on'])}. {_planned(request)}")
            return redirect("round_meetings")
    offsets = council_timetable(viewer=viewer)[0]
    rows = [(one, _published(one.held_on, offsets)) for one in coming_meetings(viewer=viewer)]
    context = {
        "rows": rows, "form": form, "may_add": may_add and bool(form.bodies), "no_body": not form.bodies,
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Rounds", reverse("rounds")), Crumb("Meetings")],
    }  # fmt: skip
    return render(request, "rounds/meetings.html", context)


def _planned(request: HttpRequest) -> str:
    """Plan what a new meeting asks for at once, and say so: the clock would do it a quarter of an hour later, unseen."""
    made = []
    for plan in reporting_plans(viewer=request.viewer):
        if may_run(request.viewer, plan):
            try:
                made += actions.plan_rounds(plan=plan, by=request.user)
            except Refused as refused:
                return str(refused)
    if not made:
        return "A plan that reports to it gets its round once this is the next meeting."
    return f"Planned: {', '.join(f'the round {row.name} of {row.plan.reference}' for row in made)}."


def _published(held_on: Any, offsets: Any) -> Any:
    try:
        return for_meeting(held_on, offsets).freeze_on
    except CalendarEnds:
        return None
