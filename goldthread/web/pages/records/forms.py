"""Forms that write about one record."""

from __future__ import annotations

from typing import Any

from django import forms

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Body
from goldthread.domain.organisation.queries import bodies, owners
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import record_by_reference
from goldthread.domain.register.terms import GONE, Effect, Relation, State
from goldthread.kernel.ratings import Rating
from goldthread.web.evidence import EvidenceFields
from goldthread.web.forms import DayField

TIMESCALE_HINT = "For example, 31 March 2027, Q2 2026/27, December 2026 or ongoing"
PROPOSAL = (
    "Only if it moves. It waits as a proposal until the coordinator accepts it; until then the date stays as it is."
)
KEEP = ("", "Leave as it is")
DECLARABLE = [rating for rating in Rating if rating not in (Rating.NO_DATE, Rating.BLUE)]
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


class UpdateForm(EvidenceFields):
    """What happened, as at a day, and all that goes with it."""

    text = forms.CharField(
        label="What has happened",
        help_text="Say what was done, what changed, and what comes next",
        widget=forms.Textarea,
        required=False,
    )
    no_change_because = forms.CharField(
        label="Or: nothing has changed, because", help_text="Only if there is nothing to report", required=False
    )
    as_at = DayField(label="As at", help_text="The day that this speaks of, for example 27 5 2026")
    state = forms.ChoiceField(label="State", choices=[KEEP, *OPEN_STATES], required=False)
    state_reason = forms.CharField(
        label="How one can see it, or why",
        help_text="For complete: how one can see it, unless evidence shows it. For on hold, stopped or superseded: why",
        required=False,
    )
    timescale = forms.CharField(label="New date", help_text=f"Only if it moves. {TIMESCALE_HINT}", required=False)
    reason = reason_field(label="Reason for a new date", required=False)
    agreed_by = forms.ChoiceField(label="Who agreed the new date", required=False)
    forecast_on = DayField(
        label="When you expect to finish", help_text="Only if it is not the due date", required=False
    )
    issue = forms.CharField(
        label="What stands in the way", help_text="Leave empty if nothing does", required=False, widget=forms.Textarea
    )
    rating = forms.ChoiceField(label="Rating", required=False)
    rating_reason = reason_field(label="Reason for another rating", required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    main = ("text", "no_change_because", "as_at", "state", "state_reason")
    dates = ("timescale", "reason", "agreed_by", "forecast_on")
    trouble = ("issue", "rating", "rating_reason")
    shows = ("evidence_title", "evidence_files", "evidence_link")

    def __init__(self, *args: Any, viewer: Viewer, settles: bool, **options: Any) -> None:
        """``settles``: whether a date that is named here holds at once; for others it is proposed."""
        super().__init__(*args, **options)
        self.settles = settles
        fields: dict[str, Any] = self.fields
        if not settles:
            fields["timescale"].label = "New date that you propose"
            fields["timescale"].help_text = f"{PROPOSAL} {TIMESCALE_HINT}"
        fields["agreed_by"].choices = body_choices(viewer)
        fields["rating"].choices = [("", "As the rule says"), *((one.value, one.label) for one in DECLARABLE)]

    def clean(self) -> dict[str, Any]:
        """Words, or why there are none; a date that moves needs a reason."""
        values = super().clean() or self.cleaned_data
        if not (values.get("text") or values.get("no_change_because")):
            self.add_error("text", "Write what has happened. If nothing has changed, say why below.")
        if values.get("timescale") and not values.get("reason"):
            self.add_error("reason", "Say why the date moves.")
        return values

    @property
    def proposes(self) -> bool:
        """Whether the valid form names a date that waits for somebody's decision."""
        return bool(self.cleaned_data.get("timescale")) and not self.settles

    def first_part(self) -> list[forms.BoundField]:
        """The fields of every update."""
        return [self[name] for name in self.main]

    def parts(self) -> list[tuple[str, bool, list[forms.BoundField]]]:
        """The less common parts: what each is called, whether it stands open, its fields."""
        named = (
            ("Dates", self.dates),
            ("What stands in the way, and the rating", self.trouble),
            ("Evidence", self.shows),
        )
        return [
            (title, any(name in self.errors or _filled(self[name].value()) for name in names), [self[n] for n in names])
            for title, names in named
        ]

    def arguments(self, row: RecordAt, viewer: Viewer) -> dict[str, Any]:
        """What ``actions.report_progress`` takes besides the record and the person. Raises Refused for a file not taken.

        What was left as the form showed it is not said anew.
        """
        values, changed = self.cleaned_data, set(self.changed_data)
        same = ("text", "no_change_because", "as_at", "state_reason", "rating_reason")
        return {name: values[name] for name in same} | {
            "state": values["state"] or None,
            "due_on": values["timescale"] or None,
            "due_reason": values["reason"],
            "agreed_by": body_named(values["agreed_by"], viewer),
            "forecast_on": (values["forecast_on"] or row.due_on) if "forecast_on" in changed else None,
            "issue": values["issue"] if "issue" in changed else None,
            "rating": values["rating"] if "rating" in changed else None,
            "evidence": self.new_evidence(),
            "based_on": values["based_on"],
        }


def _filled(value: Any) -> bool:
    return any(value) if isinstance(value, list | tuple) else bool(value)


def body_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Every body to choose from."""
    return [("", "Nobody named"), *((str(body.pk), body.owner.name) for body in bodies(viewer=viewer))]


def body_named(number: str, viewer: Viewer) -> Body | None:
    """The body of a choice, None for the empty one."""
    return bodies(viewer=viewer).get(pk=number) if number else None


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


class EvidenceForm(EvidenceFields):
    """Files or a link that show something. Links are kept, never fetched."""

    as_at = DayField(
        label="As at",
        help_text="The day that it speaks of",
        error_messages={"required": "Enter the day that it speaks of."},
    )

    def clean(self) -> dict[str, Any]:
        """There is a file or a link."""
        values = super().clean() or self.cleaned_data
        if not self.errors and not (values.get("evidence_files") or values.get("evidence_link")):
            self.add_error("evidence_files", "Choose a file, or give a link.")
        if values.get("evidence_link") and not values.get("evidence_title") and not values.get("evidence_files"):
            self.add_error("evidence_title", "Say what it shows.")
        return values


class VerifyForm(forms.Form):
    """Whether what was reported as done is done."""

    verified = forms.ChoiceField(
        label="Is it done?",
        choices=[("yes", "Yes, it is done"), ("no", "No: it goes back to its lead as open")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is done."},
    )
    reason = reason_field(label="What you looked at")


class EffectForm(forms.Form):
    """Whether what was done has the effect that was wanted."""

    effective = forms.ChoiceField(
        label="Does it have the effect that was wanted?",
        choices=Effect.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it has the effect that was wanted."},
    )
    reason = reason_field(label="What shows it", help_text="Against the success criteria and measures above")


class ProposeForm(forms.Form):
    """A date, or a step on the way, for the coordinator to accept."""

    timescale_or_day = forms.CharField(
        label="By when", help_text=TIMESCALE_HINT, error_messages={"required": "Say by when."}
    )
    milestone = forms.CharField(
        label="Only a step on the way",
        max_length=300,
        required=False,
        help_text="What is to happen by then; empty: all of it",
    )
    agreed_by = forms.ChoiceField(label="Who has agreed it", required=False)
    reason = reason_field(label="Why this date")

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["agreed_by"].choices = body_choices(viewer)


class UndoForm(forms.Form):
    """Why an action is taken back, and the page to go on with."""

    reason = forms.CharField(label="Why it is taken back", widget=forms.Textarea, max_length=2000, required=False)
    back = forms.CharField(widget=forms.HiddenInput, required=False)
