"""What is asked for when a report is made, published or withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation import queries as organisation
from goldthread.domain.plans.queries import plans
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.reporting.audience import may_issue
from goldthread.reporting.formats import FORMATS
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import issues
from goldthread.reporting.terms import CHANGES, DIRECTORATE, FULL, LEAD, PUBLIC_KNOWS_NOW, VARIANTS, Audience
from goldthread.web.forms import DayField, PickedDate

_NEEDS = {DIRECTORATE: "directorate", LEAD: "lead", CHANGES: "since"}
_MISSING = {"directorate": "Choose the directorate.", "lead": "Choose the lead.", "since": "Choose since when."}


class ReportForm(forms.Form):
    """Which report: its plan, its part, its days, for whom."""

    plan = forms.ChoiceField(label="Plan")
    variant = forms.ChoiceField(label="What it shows", choices=list(VARIANTS.items()), initial=FULL)
    directorate = forms.ChoiceField(label="Directorate", required=False)
    lead = forms.ChoiceField(label="Lead", required=False)
    since = forms.ChoiceField(label="Changed since", required=False, help_text="An issue, or give the day below")
    since_day = PickedDate(label="Changed since the day", required=False)
    as_at = PickedDate(label="As it stood on")
    known_on = PickedDate(label="As we knew it on", required=False, help_text="Empty: as it is known today")
    audience = forms.ChoiceField(label="Made for the eyes of", choices=Audience.choices, initial=Audience.COUNCIL)
    body = forms.ChoiceField(label="Issued for a body", required=False)

    def __init__(self, *arguments: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.plans = {row.reference: row for row in plans(viewer=viewer) if may_issue(viewer, row)}
        titles = [(name, f"{name} {shortened(row.heading, 90)}") for name, row in self.plans.items()]
        bodies = [(str(row.pk), row.owner.name) for row in organisation.bodies(viewer=viewer)]
        rows = organisation.directorates(viewer=viewer)
        owners = organisation.owners(viewer=viewer)
        issued = [(one.reference, in_words(one)) for one in issues(viewer=viewer).filter(variant=FULL)[:40]]
        self._offer("plan", titles)
        self._offer("directorate", [("", "Choose one"), *((str(row.pk), row.name) for row in rows)])
        self._offer("lead", [("", "Choose one"), *((str(row.pk), row.name) for row in owners)])
        self._offer("since", [("", "Choose an issue"), *issued])
        self._offer("body", [("", "No body"), *bodies])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean_as_at(self) -> date:
        """A day up to today."""
        return _come(self.cleaned_data["as_at"])

    def clean_known_on(self) -> date | None:
        """A day up to today."""
        day = self.cleaned_data["known_on"]
        return _come(day) if day else None

    def clean(self) -> dict[str, Any]:
        """A directorate, a lead or a beginning for the variants that need one."""
        values = super().clean() or {}
        needed = _NEEDS.get(values.get("variant", ""))
        if needed and not values.get(needed) and not (needed == "since" and values.get("since_day")):
            self.add_error(needed, _MISSING[needed])
        known = values.get("known_on")
        if known and known < today() and values.get("audience") == Audience.PUBLIC:
            self.add_error("known_on", PUBLIC_KNOWS_NOW)
        return values

    @property
    def variant_asked(self) -> str:
        """The variant with which one or since when."""
        kind = str(self.cleaned_data["variant"])
        if kind == CHANGES:
            day = self.cleaned_data["since_day"]
            return f"{kind}:{self.cleaned_data['since'] or day.isoformat()}"
        return f"{kind}:{self.cleaned_data[_NEEDS[kind]]}" if kind in _NEEDS else kind


class IssueForm(forms.Form):
    """Why it is issued, and in which formats."""

    kinds = forms.MultipleChoiceField(
        label="Files",
        choices=[(made.name, made.label) for made in FORMATS.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one format."},
    )
    reason = forms.CharField(
        label="Why it is issued",
        help_text="Such as the meeting it goes to. It stays with the report",
        widget=forms.Textarea,
        error_messages={"required": "Say why the report is issued."},
    )


class StepForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea, error_messages={"required": "Say why."})


class PublishForm(StepForm):
    """From which day on, and why."""

    day = DayField(label="The public sees it from", error_messages={"required": "Give the day."})
    field_order = ("day", "reason")


class WithForm(forms.Form):
    """Which issue to compare with."""

    other = forms.ChoiceField(label="Compare with")

    def __init__(self, *arguments: Any, others: list[Issue], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["other"]
        field.choices = [(one.reference, in_words(one)) for one in others]


def in_words(issue: Issue) -> str:
    """An issue in a list of choices."""
    body = f", for {issue.for_body.owner.name}" if issue.for_body else ""
    return f"{issue.reference}, as at {issue.as_at.day} {issue.as_at:%B %Y}{body}"


def _come(day: date) -> date:
    if day > today():
        raise forms.ValidationError("Choose today or an earlier day.")
    return day
