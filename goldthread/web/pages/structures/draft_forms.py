"""What is asked for when a draft is begun, changed and taken further."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from goldthread.domain.organisation.rules.lines import Line, directorates_of
from goldthread.web.forms import DayField
from goldthread.web.pages.structures.forms import MoneyField, why


class StartForm(forms.Form):
    """A new draft."""

    name = forms.CharField(
        label="Name of the draft", max_length=200, error_messages={"required": "Give the draft a name."}
    )
    base = forms.ModelChoiceField(
        None, label="Start from", empty_label=None, error_messages={"required": "Choose a structure."}
    )
    purpose = forms.CharField(label="What it is for", required=False, widget=forms.Textarea)

    def __init__(self, *arguments: Any, structures: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["base"].queryset = structures  # type: ignore[attr-defined]
        self.fields["base"].initial = structures.last()


class EditForm(forms.Form):
    """A change of the draft; subclasses say which."""

    reason = why(help_text="People who are affected will read this.")

    def __init__(self, *arguments: Any, lines: Iterable[Line], **options: Any) -> None:
        super().__init__(*arguments, **options)
        rows = list(lines)
        choices = [(str(line.key), _label(line)) for line in rows]
        for name in ("post", "posts"):
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
        if "reports_to" in self.fields:
            self.fields["reports_to"].choices = [("", "As now"), *choices]  # type: ignore[attr-defined]
        if "directorate" in self.fields:
            names = [(name, name) for name in directorates_of(rows) if name]
            self.fields["directorate"].choices = [("", "As now"), *names]  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def chosen(self) -> list[int]:
        """The keys of the posts that it is done to."""
        values = self.cleaned_data
        return [int(key) for key in values.get("posts") or ([values["post"]] if values.get("post") else [])]

    def changes(self) -> dict[str, Any]:
        """What changes; what was left empty stays."""
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if name in ("post", "posts", "reason") or value in (None, "", []):
                continue
            found[name] = int(value) if name == "reports_to" else value
        return found


def _label(line: Line) -> str:
    return f"{line.title} ({line.directorate})" if line.directorate else line.title


def _post() -> forms.ChoiceField:
    return forms.ChoiceField(label="Post", error_messages={"required": "Choose a post."})


def _several(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose at least one post."}
    )


def _title(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, error_messages={"required": "Enter a title."})


def _place() -> forms.ChoiceField:
    return forms.ChoiceField(label="Directorate", required=False)


def _line() -> forms.ChoiceField:
    return forms.ChoiceField(label="Reports to", required=False)


def _lines_of_text(label: str) -> forms.CharField:
    return forms.CharField(label=label, help_text="One a line.", required=False, widget=forms.Textarea)


class Costed(EditForm):
    """What a post costs."""

    grade = forms.CharField(label="Grade", max_length=60, required=False)
    cost_low = MoneyField(label="Cost a year, from", help_text="For example, £65,000", required=False)
    cost_high = MoneyField(label="Cost a year, to", required=False)


class AddForm(Costed):
    """A new post."""

    title = _title("Title of the post")
    directorate = _place()
    reports_to = _line()
    fte = forms.DecimalField(label="Full-time equivalents", required=False, min_value=0, max_digits=6, decimal_places=2)
    services = _lines_of_text("Services")
    statutory_roles = _lines_of_text("Statutory roles")

    def changes(self) -> dict[str, Any]:
        """Numbers as texts and lists as lists, as they are kept."""
        found = super().changes()
        for name in ("services", "statutory_roles"):
            found[name] = [line.strip() for line in str(found.get(name, "")).splitlines() if line.strip()]
        if "fte" in found:
            found["fte"] = str(found["fte"])
        return found


class RemoveForm(EditForm):
    """A post to take out."""

    post = _post()


class MergeForm(Costed):
    """Posts that become one."""

    posts = _several("Posts to merge")
    title = _title("Title of the merged post")


class MoveForm(EditForm):
    """A post in another directorate or line."""

    post = _post()
    directorate = _place()
    reports_to = _line()


class RenameForm(EditForm):
    """A post with another title."""

    post = _post()
    title = _title("New title")


class RegradeForm(Costed):
    """A post at another grade or cost."""

    post = _post()


class SplitForm(EditForm):
    """One post into several."""

    post = _post()
    titles = forms.CharField(
        label="Titles of the parts", help_text="One a line, two or more.", widget=forms.Textarea,
        error_messages={"required": "Enter two titles or more."},
    )  # fmt: skip

    def clean_titles(self) -> list[str]:
        """One title a line."""
        return [line.strip() for line in self.cleaned_data["titles"].splitlines() if line.strip()]


class ConsultForm(forms.Form):
    """A consultation."""

    starts = DayField(label="Starts on", error_messages={"required": "Enter the first day."})
    ends = DayField(label="Ends on", error_messages={"required": "Enter the last day."})
    staff = forms.CharField(
        label="Staff who are consulted", widget=forms.Textarea, error_messages={"required": "Say which staff."}
    )
    unions = forms.CharField(
        label="Unions that are consulted", widget=forms.Textarea, error_messages={"required": "Say which unions."}
    )
    equality = forms.CharField(
        label="Equality impact assessment", help_text="Where it is, and what it found.", widget=forms.Textarea,
        error_messages={"required": "Say where it is."},
    )  # fmt: skip


SKIPPED = "Why steps before this one are left out"


class AgreeForm(forms.Form):
    """An agreement."""

    in_force_on = DayField(
        label="In force on", help_text="On this day the successors take over.",
        error_messages={"required": "Enter the day."},
    )  # fmt: skip
    body = forms.ModelChoiceField(None, label="Body that agreed it", required=False, empty_label="No body")
    delegation = forms.CharField(label="Delegation under which it was agreed", required=False, max_length=500)
    reason = why("Why it was agreed")
    skipped = why(SKIPPED, required=False, help_text="Needed where there was no consultation.")


class AppointForm(forms.Form):
    """Posts are filled."""

    as_at = DayField(label="Recorded on", error_messages={"required": "Enter the day."})
    reason = why("Why posts or people wait", required=False, help_text="Needed where somebody or a post has none.")


class InForceForm(forms.Form):
    """The structure holds."""

    reason = why("Anything to add", required=False)
    skipped = why(SKIPPED, required=False, help_text="Needed where no appointments were recorded.")


class DropForm(forms.Form):
    """A draft is given up."""

    reason = why("Why it is given up")


STEPS: dict[str, type[forms.Form]] = {
    "consultation": ConsultForm,
    "agreed": AgreeForm,
    "appointed": AppointForm,
    "in-force": InForceForm,
    "drop": DropForm,
}
"""The form of each step, by its name in addresses."""

EDITS: dict[str, type[EditForm]] = {
    "add": AddForm,
    "remove": RemoveForm,
    "move": MoveForm,
    "rename": RenameForm,
    "regrade": RegradeForm,
    "merge": MergeForm,
    "split": SplitForm,
}
"""The form of each edit, by its kind."""
