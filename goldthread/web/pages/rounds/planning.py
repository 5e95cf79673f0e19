"""How a plan reports, rounds by hand, opening one and calling one off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.models import Meeting
from goldthread.domain.organisation.queries import bodies
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import record_by_reference
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.access import may_run
from goldthread.domain.rounds.queries.planning import cadence_of, coming_meetings, council_timetable, timetable_for
from goldthread.domain.rounds.rules import STEPS, Offsets, WrongTimetable, offsets_from
from goldthread.domain.rounds.terms import Frequency
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.forms import PickedDate
from goldthread.web.pages.rounds.forms import ReasonForm
from goldthread.web.pages.rounds.views import crumbs_of, found_round

LABELS = {
    "publish": "Publication and freeze, before the meeting",
    "after_period": "Freeze after the end of a month or quarter, where there is no meeting",
    "clearances": "Executive sign-off, before the freeze (time for clearances)",
    "sign_off": "Coordinator’s acceptance, before sign-off",
    "acceptance": "Directors’ check, before acceptance",
    "check": "End of grace, before the check",
    "grace": "Last due day, before the end of grace",
    "writing": "Opening, before the first due day",
    "escalation": "Tell the line above, after the due day",
}

NAMED = 6  # people named in the message that a round is open; the board lists all


class CadenceForm(forms.Form):
    """How often a plan reports, and its timetable in working days."""

    frequency = forms.ChoiceField(label="How often", choices=Frequency.choices, widget=forms.RadioSelect)
    body = forms.ChoiceField(label="To the meetings of", required=False)

    def __init__(self, *args: Any, viewer: Viewer, offsets: Offsets, **options: Any) -> None:
        super().__init__(*args, **options)
        self.bodies = list(bodies(viewer=viewer))
        self.fields["body"].choices = [("", "No body"), *((str(one.pk), str(one)) for one in self.bodies)]  # type: ignore[attr-defined]
        self.levels = offsets.levels
        for name in STEPS:
            self.fields[name] = forms.IntegerField(
                label=LABELS[name], min_value=0, max_value=120, initial=getattr(offsets, name)
            )
        for number, level in enumerate(offsets.levels):
            self.fields[f"level_{number}"] = forms.IntegerField(
                label=f"{level.name}: due before the last due day", min_value=0, max_value=120, initial=level.days
            )
        self.fields["reminders"] = forms.CharField(
            label="Reminders, around the due day", initial=", ".join(str(day) for day in offsets.reminders),
            help_text="Such as -3, -1, 1: three days and one day before, one day after", required=False,
        )  # fmt: skip
        self.fields["reason"] = forms.CharField(label="Reason", widget=forms.Textarea)
        for name in self.fields:
            if isinstance(self.fields[name], forms.IntegerField):
                self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def clean(self) -> dict[str, Any]:
        """Adds ``offsets``, the numbers as the action takes them."""
        values = super().clean() or {}
        if self.errors:
            return values
        try:
            reminders = [int(part) for part in str(values["reminders"]).replace("−", "-").split(",") if part.strip()]
        except ValueError:
            self.add_error("reminders", "Write whole numbers with commas, such as -3, -1, 1.")
            return values
        numbers: dict[str, Any] = {name: values[name] for name in STEPS}
        numbers["levels"] = [
            {"name": level.name, "kinds": list(level.kinds), "days": values[f"level_{number}"]}
            for number, level in enumerate(self.levels)
        ]
        numbers["reminders"] = reminders
        try:
            values["offsets"] = offsets_from(numbers).as_json()
        except WrongTimetable as wrong:
            self.add_error(None, str(wrong))
        return values


def _plan(reference: str, viewer: Viewer) -> Record:
    plan = record_by_reference(reference, viewer=viewer)
    if plan is None or plan.kind != RecordKind.PLAN or not may_run(viewer, plan):
        raise Http404
    return plan


@allow(Permission.RUN_ROUNDS)
def cadence(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how a plan reports; its next round is planned at once."""
    viewer, plan = request.viewer, _plan(reference, request.viewer)
    held = cadence_of(plan, viewer=viewer)
    initial = {
        "frequency": held.frequency if held else Frequency.QUARTERLY,
        "body": str(held.body_id or "") if held else "",
    }
    form = CadenceForm(request.POST or None, viewer=viewer, offsets=timetable_for(plan, viewer=viewer), initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        body = next((one for one in form.bodies if str(one.pk) == values["body"]), None)
        made = attempt(
            form,
            lambda: actions.set_cadence(
                plan=plan, frequency=values["frequency"], offsets=values["offsets"], body=body, by=request.user,
                reason=values["reason"],
            ),
        )  # fmt: skip
        if made is not None:
            rounds = attempt(form, lambda: actions.plan_rounds(plan=plan, by=request.user))
            words = f"{plan.reference} reports in rounds."
            words += (
                f" The next one is {rounds[0].name}." if rounds else " Its next round follows from the next meeting."
            )
            say_done(request, words, made.event)
            return redirect("rounds")
    context = {
        "form": form, "plan": plan, "held": held, "title": f"How {plan.reference} reports",
        "words": shortened(plan.heading, 140), "source": council_timetable(viewer=viewer)[1],
        "timetable_open": bool(set(form.errors) - {"frequency", "body", "reason"}),
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Rounds", reverse("rounds")), Crumb("How it reports")],
    }  # fmt: skip
    return render(request, "rounds/cadence.html", context)


@allow(Permission.RUN_ROUNDS)
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """A plan reports no longer."""
    plan = _plan(reference, request.viewer)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, lambda: actions.end_cadence(plan=plan, by=request.user, reason=form.cleaned_data["reason"])
        )
        if made is not None:
            say_done(request, f"{plan.reference} reports in rounds no longer.", made.event)
            return redirect("rounds")
    context = {
        "form": form, "title": f"{plan.reference} reports no longer", "words": shortened(plan.heading, 140),
        "note": "No new rounds are planned. A round under way goes on until it is issued or called off.",
        "button": "End its rounds", "back": reverse("round_cadence", args=[plan.reference]),
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Rounds", reverse("rounds")), Crumb("End")],
    }  # fmt: skip
    return render(request, "rounds/form.html", context)


class RoundForm(forms.Form):
    """One round by hand."""

    name = forms.CharField(label="Name of the round", max_length=120, help_text="Such as Quarter 2 2026/27")
    as_at = PickedDate(label="The report speaks of")
    due_last = PickedDate(label="Updates are due by")
    freeze_on = PickedDate(label="Freeze and publication")
    meeting = forms.ChoiceField(label="Meeting that it goes to", required=False)

    def __init__(self, *args: Any, meetings: list[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        self.meetings = {str(one.pk): one for one in meetings}
        rows = [(str(one.pk), f"{one.name or one.body}, {one.held_on:%d %B %Y}") for one in meetings]
        self.fields["meeting"].choices = [("", "No meeting"), *rows]  # type: ignore[attr-defined]


@allow(Permission.RUN_ROUNDS)
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan one round by hand."""
    plan = _plan(reference, request.viewer)
    meetings = coming_meetings(viewer=request.viewer)
    form = RoundForm(request.POST or None, meetings=meetings, initial={"as_at": today(), "due_last": today()})
    if form.is_valid():
        values = dict(form.cleaned_data)
        meeting = form.meetings.get(values.pop("meeting"))
        made = attempt(form, lambda: actions.add_round(plan=plan, by=request.user, meeting=meeting, **values))
        if made is not None:
            say_done(request, f"The round {made.name} is planned. Open it when you are ready.")
            return redirect("round", made.pk)
    context = {
        "form": form, "title": "Plan a round by hand", "words": shortened(plan.heading, 140),
        "note": "The checks between the due day and the freeze are spread over the days between them.",
        "button": "Plan the round", "back": reverse("rounds"),
        "crumbs": [Crumb("Home", reverse("home")), Crumb("Rounds", reverse("rounds")), Crumb("New round")],
    }  # fmt: skip
    return render(request, "rounds/form.html", context)


@allow(Permission.RUN_ROUNDS)
@require_POST
def open_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a planned round today."""
    row = found_round(pk, request.viewer)
    if not may_run(request.viewer, row.plan):
        raise Http404
    try:
        done = actions.open_round(round=row, by=request.user)
    except Refused as refused:
        say_refused(request, refused)
        return redirect("round", pk)
    asked = f"{_counted(done.people, 'person is', 'people are')} asked for {_counted(done.items, 'item', 'items')}"
    words = f"The round is open: {asked}."
    if done.nobody:
        words += f" Nobody can be asked for {len(done.nobody)} of them."
    if done.without_address:
        more = len(done.without_address) - NAMED
        words += f" No address on record: {', '.join(done.without_address[:NAMED])}{f' and {more} more' if more > 0 else ''}."
    say_done(request, words)
    return redirect("round_board", pk)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@allow(Permission.RUN_ROUNDS)
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a round off."""
    row = found_round(pk, request.viewer)
    if not may_run(request.viewer, row.plan):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.call_off(round=row, by=request.user, reason=form.cleaned_data["reason"]))
        if made is not None:
            say_done(request, f"The round {row.name} is called off. What was sent stays on record.")
            return redirect("rounds")
    context = {
        "form": form, "title": f"Call off {row.name}", "words": shortened(row.plan.heading, 140), "button": "Call it off",
        "note": "Messages that wait are called back, and links stop working. Updates that were sent stay on record.",
        "back": reverse("round", args=[pk]), "crumbs": crumbs_of(row, "Call off"),
    }  # fmt: skip
    return render(request, "rounds/form.html", context)
