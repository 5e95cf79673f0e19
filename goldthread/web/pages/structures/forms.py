"""What is asked for about structures and drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldthread.domain.organisation.models import Structure
from goldthread.domain.organisation.rules.lines import TO_PUBLISH, Line
from goldthread.domain.organisation.terms import MatchKind, Permanence, Restriction, Stage
from goldthread.domain.restructures.rules.successors import Successor
from goldthread.kernel.money import Money, NotMoney
from goldthread.web.forms import DayField

WHY = {"required": "Say why."}


def why(label: str = "Why", *, required: bool = True, help_text: str = "") -> forms.CharField:
    """A reason in a sentence."""
    return forms.CharField(label=label, max_length=1000, required=required, error_messages=WHY, help_text=help_text)


class MoneyField(forms.CharField):
    """A sum of money, cleaned to whole pence."""

    def clean(self, value: Any) -> int | None:
        """Pence, None for nothing. Raises ValidationError with a remedy."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return Money.parse(text, bare=True).pence
        except NotMoney as problem:
            raise ValidationError(str(problem), code="invalid") from None


class CompareForm(forms.Form):
    """Two structures."""

    before = forms.ChoiceField(label="Compare")
    after = forms.ChoiceField(label="with")

    def __init__(self, *arguments: Any, structures: Sequence[Structure], **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [(str(row.pk), row.name) for row in structures]
        for name, chosen in (("before", structures[-2:-1]), ("after", structures[-1:])):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].initial = str(chosen[0].pk) if chosen else None
        if self.initial.get("after") not in dict(choices):
            self.initial.pop("after", None)
        elif self.initial["after"] == self.fields["before"].initial:
            self.fields["before"].initial = str(structures[-1].pk)


class StageForm(forms.Form):
    """How far a structure has come."""

    stage = forms.ChoiceField(label="Stage", choices=Stage.choices)
    reason = why()


class ListingForm(forms.Form):
    """What a post is in a structure."""

    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Give the post a title."})
    directorate = forms.CharField(label="Directorate", max_length=200, required=False)
    reports_to = forms.ChoiceField(label="Reports to", required=False)
    tier = forms.IntegerField(
        label="Tier", help_text="1 is the chief executive", required=False, min_value=1, max_value=20
    )
    grade = forms.CharField(label="Grade", max_length=60, required=False)
    fte = forms.DecimalField(label="Full-time equivalents", required=False, min_value=0, max_digits=6, decimal_places=2)
    cost_low = MoneyField(label="Cost a year, from", help_text="For example, £65,000", required=False)
    cost_high = MoneyField(label="Cost a year, to", required=False)
    funding = forms.CharField(label="Funding", max_length=300, required=False)
    permanence = forms.ChoiceField(label="Permanence", choices=[("", "Not said"), *Permanence.choices], required=False)
    restriction = forms.ChoiceField(
        label="Politically restricted because", choices=[("", "Not restricted"), *Restriction.choices], required=False
    )
    statutory_roles = forms.CharField(
        label="Statutory roles", help_text="One a line.", required=False, widget=forms.Textarea
    )
    services = forms.CharField(label="Services", help_text="One a line.", required=False, widget=forms.Textarea)
    responsibilities = forms.CharField(
        label="Responsibilities", help_text="One a line.", required=False, widget=forms.Textarea
    )
    qualifier = forms.CharField(label="What is said of it there", max_length=500, required=False)
    contact = forms.CharField(
        label=TO_PUBLISH["contact"],
        max_length=500,
        required=False,
        help_text="Is published: a team's address or number. One that names the holder is left out below the threshold.",
    )
    budget = forms.CharField(label=TO_PUBLISH["budget"], max_length=500, required=False, help_text="Is published.")
    staff = forms.CharField(label=TO_PUBLISH["staff"], max_length=500, required=False, help_text="Is published.")
    bonuses = forms.CharField(
        label=TO_PUBLISH["bonuses"],
        max_length=500,
        required=False,
        help_text="Is published. “None” where there are none.",
    )
    benefits = forms.CharField(
        label=TO_PUBLISH["benefits"],
        max_length=500,
        required=False,
        help_text="Is published. “None” where there are none.",
    )
    reason = why()

    def __init__(self, *arguments: Any, line: Line, lines: Sequence[Line], **options: Any) -> None:
        initial = {name: getattr(line, name) for name in self.base_fields if name not in ("reason", *TO_PUBLISH)}
        initial |= {name: line.stated(name) for name in TO_PUBLISH}
        for name in LISTS:
            initial[name] = "\n".join(initial[name])
        for name in ("cost_low", "cost_high"):
            initial[name] = Money(initial[name]).exact if initial[name] is not None else ""
        super().__init__(*arguments, initial=initial, **options)
        others = [(str(each.key), each.title) for each in lines if each.key != line.key]
        self.fields["reports_to"].choices = [("", "Nobody recorded"), *others]  # type: ignore[attr-defined]
        self.line = line

    def changed(self) -> Line:
        """The post with what was entered."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        for name in LISTS:
            values[name] = tuple(item.strip() for item in values[name].splitlines() if item.strip())
        values["reports_to"] = int(values["reports_to"]) if values["reports_to"] else None
        said = {name: values.pop(name).strip() for name in TO_PUBLISH}
        values["to_publish"] = tuple((name, text) for name, text in said.items() if text)
        return replace(self.line, **values)


LISTS = ("statutory_roles", "services", "responsibilities")


class PostsForm(forms.Form):
    """A file of posts."""

    file = forms.FileField(
        label="CSV or Excel file",
        help_text="Headings in the first row, such as post number, post title, directorate, reports to, grade, FTE, salary "
        "from, salary to, services, statutory roles, holder, from, to; for publication "
        "contact, budget, staff, bonuses, benefits. One row for each post, or for each holder of it.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty: save it again."},
    )
    name = forms.CharField(
        label="Name of the structure", max_length=200, error_messages={"required": "Give the structure a name."}
    )
    as_at = DayField(label="The day that it speaks of", error_messages={"required": "Enter the day."})
    stage = forms.ChoiceField(label="Stage", choices=Stage.choices, initial=Stage.CURRENT)
    named = forms.CharField(
        label="Headings that are called otherwise",
        help_text="One a line, theirs = ours: “Job = title”, “Boss = reports_to”.",
        required=False,
        widget=forms.Textarea,
    )

    def clean_named(self) -> dict[str, str]:
        """Their heading → ours."""
        rows = [line.split("=", 1) for line in self.cleaned_data["named"].splitlines() if "=" in line]
        return {theirs.strip(): ours.strip() for theirs, ours in rows}


class DecideForm(forms.Form):
    """What became of posts between two structures."""

    kind = forms.ChoiceField(label="What became of them")
    before = forms.MultipleChoiceField(label="Posts before", required=False, widget=forms.CheckboxSelectMultiple)
    after = forms.MultipleChoiceField(label="Posts after", required=False, widget=forms.CheckboxSelectMultiple)
    because = forms.CharField(label="Why it changed", required=False, max_length=2000, widget=forms.Textarea)

    def __init__(self, *arguments: Any, before: Iterable[Line], after: Iterable[Line], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["kind"].choices = MatchKind.choices  # type: ignore[attr-defined]
        for name, lines in (("before", before), ("after", after)):
            self.fields[name].choices = [(str(line.key), line.title) for line in lines]  # type: ignore[attr-defined]


class SuccessorForm(forms.Form):
    """Who takes over."""

    successor = forms.ChoiceField(label="Successor")

    def __init__(
        self, *arguments: Any, choices: Iterable[Successor], lines: Iterable[Line] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        offered = {str(each.line.key): f"{each.line.title} ({each.why})" for each in choices}
        rest = {str(line.key): line.title for line in lines}
        self.fields["successor"].choices = list(
            {**offered, **{k: v for k, v in rest.items() if k not in offered}}.items()
        )  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """Somebody who may see a draft."""

    email = forms.EmailField(label="E-mail address of somebody who plans structures")
