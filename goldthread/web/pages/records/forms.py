"""Forms that write about one record."""

from __future__ import annotations

from typing import Any

from django import forms

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.queries import owners
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import record_by_reference
from goldthread.domain.register.terms import GONE, Relation, State
from goldthread.kernel.ratings import Rating
from goldthread.web.forms import DayField

TIMESCALE_HINT = "For example, 31 March 2027, Q2 2026/27, December 2026 or ongoing"
KEEP = ("", "Leave as it is")
DECLARABLE = [rating for rating in Rating if rating is not Rating.NO_DATE]
OPEN_STATES = [(state.value, state.label) for state in State if state not in GONE]
OWNER_GROUPS = {OwnerKind.POST: "Posts", OwnerKind.OFFICE: "Elected offices", OwnerKind.BODY: "Bodies"}


def reason_field(**options: Any) -> forms.CharField:
    """Why: asked whenever something on record changes."""
    options.setdefault("label", "Reason")
    options.setdefault("help_text", "It stays on record with the change")
    options.setdefault("error_messages", {"required": "Say why, in a few words."})
    return forms.CharField(**options)


def owner_choices(viewer: Viewer, first: str) -> list[tuple[str, Any]]:
    """Every post, office and body to choose from, in groups; ``first`` names the empty choice."""
    groups: dict[str, list[tuple[str, str]]] = {label: [] for label in OWNER_GROUPS.values()}
    for owner in owners(viewer=viewer):
        where = f" ({owner.directorate})" if owner.directorate else ""
        groups[OWNER_GROUPS[OwnerKind(owner.kind)]].append((str(owner.pk), f"{owner.name}{where}"))
    return [("", first), *((label, rows) for label, rows in groups.items() if rows)]


class UpdateForm(forms.Form):
    """What happened, as at a day."""

    text = forms.CharField(
        label="What has happened",
        help_text="Say what was done, what changed, and what comes next",
        widget=forms.Textarea,
        error_messages={"required": "Write what has happened."},
    )
    as_at = DayField(label="As at", help_text="The day that this speaks of, for example 27 5 2026")
    state = forms.ChoiceField(label="State", choices=[KEEP, *OPEN_STATES], required=False)
    timescale = forms.CharField(label="New date", help_text=f"Only if it moves. {TIMESCALE_HINT}", required=False)
    reason = reason_field(label="Reason for a new date", required=False)

    def clean(self) -> dict[str, Any]:
        """A date that moves needs a reason."""
        values = super().clean() or self.cleaned_data
        if values.get("timescale") and not values.get("reason"):
            self.add_error("reason", "Say why the date moves.")
        return values


class WordingForm(forms.Form):
    """The wording of a record."""

    title = forms.CharField(label="Title", max_length=500, required=False, help_text="Optional: a few words for lists")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    number = forms.CharField(label="Number in the document", max_length=40, required=False)
    section = forms.CharField(
        label="Headings it stands under", widget=forms.Textarea, required=False, help_text="One a line, outermost first"
    )
    reason = reason_field()

    def clean(self) -> dict[str, Any]:
        """Some words must be left."""
        values = super().clean() or self.cleaned_data
        if not (values.get("title") or values.get("text")):
            self.add_error("text", "Write the title or the text.")
        values["section"] = [line.strip() for line in values.get("section", "").splitlines() if line.strip()]
        return values


def wording_of(row: RecordAt) -> dict[str, str]:
    """The wording as the form shows it at first."""
    version = row.version
    return {
        "title": version.title,
        "text": version.text,
        "number": version.number,
        "section": "\n".join(version.section),
    }


class RatingForm(forms.Form):
    """A rating declared by a person."""

    value = forms.ChoiceField(
        label="Rating",
        choices=[("", "None: let the rule decide"), *((rating.value, rating.label) for rating in DECLARABLE)],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = reason_field()


class LinkForm(forms.Form):
    """What a record hangs on."""

    relation = forms.ChoiceField(
        label="How it hangs on the other entry",
        choices=[
            (Relation.ANSWERS.value, "It answers a recommendation"),
            (Relation.SERVES.value, "It serves a priority, an outcome or a plan"),
            (Relation.REPEATS.value, "It repeats an earlier entry"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it hangs on the other entry."},
    )
    target = forms.CharField(
        label="The other entry",
        help_text="Its reference, for example CPC-004",
        error_messages={"required": "Give the reference of the other entry."},
    )
    reason = reason_field(required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer

    def clean_target(self) -> Record:
        """The record of that reference."""
        return record_named(self.cleaned_data["target"], self.viewer)


def record_named(reference: str, viewer: Viewer) -> Record:
    """The record that a person has named in a form; ValidationError where they see none of that name."""
    found = record_by_reference(reference, viewer=viewer)
    if found is None:
        raise forms.ValidationError(f"There is no entry “{reference[:40]}”. Check the reference on its page.")
    return found


class UnlinkForm(forms.Form):
    """Ends a link."""

    reason = reason_field()


class EvidenceForm(forms.Form):
    """A link that shows something. Links are kept, never fetched."""

    title = forms.CharField(label="What it shows", max_length=300, error_messages={"required": "Say what it shows."})
    link = forms.URLField(
        label="Link",
        assume_scheme="https",
        error_messages={"required": "Give the link.", "invalid": "Enter a whole link, such as https://example.gov.uk."},
    )
    as_at = DayField(label="As at", help_text="The day that it speaks of")
