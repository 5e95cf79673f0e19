"""What is asked for about a review and about what the council answers."""

from __future__ import annotations

from typing import Any

from django import forms

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation import queries as organisation
from goldthread.domain.organisation.models import ElectedOffice, Meeting
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.domain.reviews.queries import ReviewFacts
from goldthread.domain.reviews.rules.clocks import TITLES
from goldthread.domain.reviews.terms import Answer, DateKind, ReviewKind
from goldthread.web.forms import DayField

OTHER_STEP = "other"


class ParticularsForm(forms.Form):
    """What a review was."""

    kind = forms.ChoiceField(label="Kind of review", choices=ReviewKind.choices)
    by_whom = forms.CharField(label="Who reviewed", max_length=300, required=False, help_text="For example, the LGA")
    started_on = DayField(
        label="First day on site", required=False, help_text="Or the day the recommendations were received"
    )
    ended_on = DayField(label="Last day on site", required=False)
    team = forms.CharField(label="The team", widget=forms.Textarea, required=False, help_text="One a line")
    scope = forms.CharField(
        label="What it was asked to look at",
        widget=forms.Textarea,
        required=False,
        help_text="One theme or question a line",
    )


class StepForm(forms.Form):
    """A step of the clock: it happened, or the review prints by when it should."""

    step = forms.ChoiceField(label="Step")
    title = forms.CharField(
        label="Name of the step", max_length=200, required=False, help_text="Only for a step that is not on the list"
    )
    kind = forms.ChoiceField(label="What the date says", choices=DateKind.choices, initial=DateKind.HAPPENED)
    day = DayField(label="Day", required=False, help_text="Leave empty to take back the day that is on record")
    printed = forms.CharField(
        label="Words of the document", max_length=300, required=False, help_text="Needed for a printed date"
    )
    reason = forms.CharField(label="Note", max_length=500, required=False, help_text="Where you know it from")

    def __init__(self, *arguments: Any, found: ReviewFacts, **options: Any) -> None:
        super().__init__(*arguments, **options)
        titles = {**TITLES, **{one.key: one.title for one in found.steps}}
        rows = [(key, title) for key, title in titles.items() if key != "visit"]
        self.fields["step"].choices = [*rows, (OTHER_STEP, "Another step")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another step is named."""
        values = super().clean() or self.cleaned_data
        if values.get("step") == OTHER_STEP:
            if not values.get("title"):
                self.add_error("title", "Give the step a name.")
            values["step"] = (values.get("title") or "").casefold()[:40]
        else:
            values["title"] = ""
        return values


class JudgementForm(forms.Form):
    """A grade that the review gave."""

    aspect = forms.CharField(
        label="What was judged",
        max_length=200,
        help_text="For example, overall effectiveness",
        error_messages={"required": "Say what was judged."},
    )
    value = forms.CharField(
        label="How it was judged",
        max_length=100,
        help_text="As given: good, limited assurance, 3 of 4",
        error_messages={"required": "Say how it was judged."},
    )


class ResponseForm(forms.Form):
    """What the council answers."""

    answer = forms.ChoiceField(
        label="Answer",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the council answers."},
    )
    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea,
        required=False,
        help_text="Needed unless it is accepted in full",
    )
    meeting = forms.ModelChoiceField(
        None, label="Agreed at", required=False, empty_label="No meeting on record", help_text="The body and its day"
    )
    agreed_by = forms.ModelChoiceField(
        None,
        label="Agreed by",
        required=False,
        empty_label="Nobody yet",
        help_text="Where the meeting is not on record",
    )
    sponsor = forms.ModelChoiceField(None, label="Sponsoring member", required=False, empty_label="None yet")
    accountable = forms.ModelChoiceField(
        None,
        label="Who answers for it",
        required=False,
        empty_label="Leave as it is",
        help_text="A post, office or body",
    )
    as_at = DayField(label="Answered on", required=False, help_text="Leave empty for the day of the meeting, or today")

    def __init__(self, *arguments: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rows: dict[str, Any] = {
            "meeting": Meeting.objects.select_related("body__owner").filter(
                body__in=organisation.bodies(viewer=viewer)
            ),
            "agreed_by": organisation.bodies(viewer=viewer),
            "sponsor": ElectedOffice.objects.select_related("owner").filter(
                owner__in=organisation.owners(viewer=viewer, kind=OwnerKind.OFFICE)
            ),
            "accountable": organisation.owners(viewer=viewer),
        }
        for name, choices in rows.items():
            self.fields[name].queryset = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Anything but acceptance says why."""
        values = super().clean() or self.cleaned_data
        if values.get("answer") and values["answer"] != Answer.ACCEPTED and not (values.get("reason") or "").strip():
            self.add_error("reason", "Say why it is not accepted in full.")
        return values
