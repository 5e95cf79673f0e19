"""What is asked for when the organisation changes."""

from __future__ import annotations

from typing import Any

from django import forms

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation import queries
from goldthread.domain.organisation.models import Owner
from goldthread.domain.organisation.terms import AppointmentKind, BodyKind, OwnerKind
from goldthread.web.forms import DayField

REASON = "Say why."


def _name(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, error_messages={"required": f"Enter the {label.lower()}."})


class NameForm(forms.Form):
    """A directorate or a person."""

    name = _name("Name")

    def __init__(self, *arguments: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.viewer = viewer
        for field, rows in self.rows().items():
            self.fields[field].queryset = rows  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        """What the choices of fields come from."""
        return {}


class PersonForm(NameForm):
    """A person, with an address where there is one."""

    email = forms.EmailField(label="E-mail address", required=False)


class PostForm(NameForm):
    """An officer post."""

    name = _name("Title of the post")
    directorate = forms.ModelChoiceField(None, label="Directorate", required=False, empty_label="No directorate")
    reports_to = forms.ModelChoiceField(None, label="Reports to", required=False, empty_label="Nobody recorded")
    statutory_roles = forms.CharField(
        label="Statutory roles", help_text="One a line: Head of Paid Service", widget=forms.Textarea, required=False
    )

    def rows(self) -> dict[str, Any]:
        """Directorates and posts."""
        return {
            "directorate": queries.directorates(viewer=self.viewer),
            "reports_to": queries.posts(viewer=self.viewer),
        }

    def clean_statutory_roles(self) -> list[str]:
        """One role a line."""
        return [line.strip() for line in self.cleaned_data["statutory_roles"].splitlines() if line.strip()]


class EditPostForm(PostForm):
    """Corrections of a post, with a reason."""

    reason = forms.CharField(label="Why", max_length=500, error_messages={"required": REASON})


class OfficeForm(NameForm):
    """An elected office."""

    name = _name("Name of the office")
    portfolio = forms.CharField(label="Portfolio", required=False, max_length=300)


class BodyForm(NameForm):
    """A committee, board or other body."""

    name = _name("Name of the body")
    kind = forms.ChoiceField(label="Kind", choices=BodyKind.choices, initial=BodyKind.OTHER)


class AppointForm(forms.Form):
    """A person takes a post or an office."""

    person = forms.CharField(
        label="Name of the person", max_length=200, error_messages={"required": "Enter the name of the person."}
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="Where they are asked for updates. Leave empty where it is on record already, or not known.",
        required=False,
    )
    kind = forms.ChoiceField(label="How", choices=AppointmentKind.choices, initial=AppointmentKind.SUBSTANTIVE)
    starts = DayField(
        label="From", help_text="For example, 27 5 2025. Leave empty where it is not known.", required=False
    )
    ends = DayField(label="Last day", help_text="Leave empty where it goes on.", required=False)


class MemberForm(forms.Form):
    """A person sits on a body."""

    person = forms.CharField(
        label="Name of the person", max_length=200, error_messages={"required": "Enter the name of the person."}
    )
    role = forms.CharField(label="Role", help_text="Chair, vice-chair, member", required=False, max_length=100)
    starts = DayField(label="From", required=False)


class EndForm(forms.Form):
    """A holder leaves."""

    last_day = DayField(label="Last day", error_messages={"required": "Enter the last day."})
    reason = forms.CharField(label="Why", max_length=500, error_messages={"required": REASON})


class MatchForm(forms.Form):
    """What a printed name stands for."""

    printed = forms.CharField(widget=forms.HiddenInput)
    owner = forms.ModelChoiceField(
        None,
        label="Stands for",
        help_text="Type a few letters of a post, an office or a body.",
        empty_label="Choose a post, office or body",
        error_messages={"required": "Choose what the name stands for."},
    )

    def __init__(self, *arguments: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["owner"].queryset = queries.owners(viewer=viewer)  # type: ignore[attr-defined]
        self.fields["owner"].label_from_instance = _owner_words  # type: ignore[attr-defined]


def _owner_words(owner: Owner) -> str:
    if owner.kind == OwnerKind.POST and owner.directorate:
        return f"{owner.name} ({owner.directorate})"
    return owner.name


FORMS: dict[str, type[NameForm]] = {
    "directorate": NameForm,
    "post": PostForm,
    "office": OfficeForm,
    "body": BodyForm,
    "person": PersonForm,
}
"""The form for each thing that can be added."""
