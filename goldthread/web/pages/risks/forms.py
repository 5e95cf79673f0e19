"""What is asked for about risks."""

from __future__ import annotations

from typing import Any

from django import forms

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.queries import owners
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.terms import CONTAINERS
from goldthread.domain.risks.rules import COLOURS, RiskMatrix
from goldthread.domain.risks.terms import Approach, Moment
from goldthread.web.forms import DayField


class RiskForm(forms.Form):
    """A new risk."""

    text = forms.CharField(
        label="What may go wrong",
        widget=forms.Textarea,
        help_text="The cause, what happens, and what follows",
        error_messages={"required": "Write what may go wrong."},
    )
    title = forms.CharField(label="A few words for lists", max_length=200, required=False)
    within = forms.ModelChoiceField(
        None,
        label="Where it is registered",
        required=False,
        empty_label="The corporate risk register",
        help_text="The plan or review that it belongs to",
    )
    accountable = forms.ModelChoiceField(None, label="Who answers for it", required=False, empty_label="Nobody yet")

    def __init__(self, *arguments: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        within: Any = self.fields["within"]
        within.queryset = live_records(viewer=viewer).filter(kind__in=CONTAINERS)
        self.fields["accountable"].queryset = owners(viewer=viewer)  # type: ignore[attr-defined]


class ScoreForm(forms.Form):
    """How likely and how bad."""

    moment = forms.ChoiceField(label="Which score", choices=Moment.choices, initial=Moment.CURRENT)
    likelihood = forms.TypedChoiceField(label="Likelihood", coerce=int, widget=forms.RadioSelect)
    impact = forms.TypedChoiceField(label="Impact", coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why", max_length=500, required=False, help_text="Needed where the score differs from the one on record"
    )

    def __init__(self, *arguments: Any, matrix: RiskMatrix, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, words in (("likelihood", matrix.likelihoods), ("impact", matrix.impacts)):
            choices = [(number, f"{number} {word}") for number, word in enumerate(words, 1)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].error_messages["required"] = f"Choose the {name}."


class TreatmentForm(forms.Form):
    """What is done about it."""

    approach = forms.ChoiceField(
        label="Approach",
        choices=Approach.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is done about it."},
    )
    text = forms.CharField(
        label="How",
        widget=forms.Textarea,
        error_messages={"required": "Say how: what is done, or why nothing more is."},
    )


class MatrixForm(forms.Form):
    """The council's own matrix."""

    likelihoods = forms.CharField(
        label="Steps of likelihood", widget=forms.Textarea, help_text="One a line, the least likely first"
    )
    impacts = forms.CharField(
        label="Steps of impact", widget=forms.Textarea, help_text="One a line, the smallest first"
    )
    bands = forms.CharField(
        label="Bands",
        widget=forms.Textarea,
        help_text=f"One a line: highest score, word, colour ({', '.join(COLOURS)}). For example, 4 Medium orange",
    )
    starts = DayField(label="Holds from", error_messages={"required": "Enter the day from which it holds."})
    source = forms.CharField(label="Where it stands written", max_length=300, required=False)
    reason = forms.CharField(label="Why", max_length=500, error_messages={"required": "Say why the matrix changes."})

    def clean_likelihoods(self) -> list[str]:
        """One a line."""
        return _lines(self.cleaned_data["likelihoods"])

    def clean_impacts(self) -> list[str]:
        """One a line."""
        return _lines(self.cleaned_data["impacts"])

    def clean_bands(self) -> list[dict[str, Any]]:
        """Each line is a number, words and a colour."""
        found = []
        for line in _lines(self.cleaned_data["bands"]):
            words = line.split()
            if len(words) < 3 or not words[0].isdigit():
                raise forms.ValidationError(f"“{line}” is not a band; write it like 4 Medium orange.")
            found.append({"up_to": int(words[0]), "label": " ".join(words[1:-1]), "colour": words[-1].lower()})
        return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
