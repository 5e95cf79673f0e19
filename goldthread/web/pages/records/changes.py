"""What can be changed on one record or on many at once: for each verb its form, its words and its action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.queries import owners
from goldthread.domain.register import actions
from goldthread.domain.register.actions.tying import tie
from goldthread.domain.register.models import Record
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.terms import CONTAINERS, GONE, OwnerRole, RecordKind, State, Visibility
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.web.forms import DayField
from goldthread.web.pages.records.forms import (
    TIMESCALE_HINT,
    body_choices,
    body_named,
    owner_choices,
    reason_field,
    record_named,
)


class ChangeForm(forms.Form):
    """A change of chosen records; every one needs a reason."""

    reason = reason_field()

    def __init__(self, *args: Any, viewer: Viewer, chosen: Sequence[Record], **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        self.chosen = list(chosen)
        self.order_fields([name for name in self.fields if name != "reason"])

    def arguments(self) -> dict[str, Any]:
        """What the action takes besides the records and the person."""
        return dict(self.cleaned_data)


class WithdrawForm(ChangeForm):
    """Takes records out of every list."""

    as_at = DayField(label="From", help_text="The day from which they no longer stand", initial=today)


class StateForm(ChangeForm):
    """Moves records to a state."""

    state = forms.ChoiceField(
        label="State",
        choices=[(state.value, state.label) for state in State if state not in GONE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the state."},
    )
    as_at = DayField(label="From", help_text="The day on which it came about", initial=today)


class DueForm(ChangeForm):
    """Sets by when."""

    timescale = forms.CharField(label="By when", help_text=TIMESCALE_HINT, error_messages={"required": "Say by when."})
    agreed_by = forms.ChoiceField(label="Who agreed it", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agreed_by"].choices = body_choices(self.viewer)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """With the body itself in place of its number."""
        values = dict(self.cleaned_data)
        return values | {"agreed_by": body_named(values["agreed_by"], self.viewer)}


class BaselineForm(ChangeForm):
    """Makes the proposed dates hold."""

    agreed_by = forms.ChoiceField(label="Who agreed them", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agreed_by"].choices = body_choices(self.viewer)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """With the body itself in place of its number."""
        values = dict(self.cleaned_data)
        return values | {"agreed_by": body_named(values["agreed_by"], self.viewer)}


class ReassignForm(ChangeForm):
    """Makes a post, office or body answer for records."""

    owner = forms.ChoiceField(
        label="Post, office or body", error_messages={"required": "Choose a post, an office or a body."}
    )
    role = forms.ChoiceField(
        label="What it does",
        choices=[
            (OwnerRole.ACCOUNTABLE.value, "Answers for it"),
            (OwnerRole.SUPPORTING.value, "Supports it"),
            (OwnerRole.OVERSEEING.value, "Oversees it"),
        ],
        widget=forms.RadioSelect,
        initial=OwnerRole.ACCOUNTABLE.value,
    )
    as_at = DayField(label="From", help_text="The first day on which it holds", initial=today)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = owner_choices(self.viewer, "Choose")  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """With the owner itself in place of its number."""
        values = dict(self.cleaned_data)
        return values | {"owner": owners(viewer=self.viewer).get(pk=values["owner"])}


class MoveForm(ChangeForm):
    """Puts records into another place."""

    to = forms.ChoiceField(label="Move to", error_messages={"required": "Choose where to."})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        within = {row.within_id for row in self.chosen}
        seen = live_records(viewer=self.viewer)
        containers = seen.filter(kind__in=CONTAINERS)
        groups = [("", "Choose"), ("Plans and reviews", [_choice(row) for row in containers])]
        objectives = seen.filter(kind=RecordKind.OBJECTIVE, within_id__in=within).order_by("position")
        groups.append(("Objectives of the same plan", [_choice(row) for row in objectives]))
        self.fields["to"].choices = groups  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """With the record itself in place of its reference."""
        return dict(self.cleaned_data) | {"to": record_named(self.cleaned_data["to"], self.viewer)}


class TieForm(ChangeForm):
    """Ties records to what they are for: a priority, an outcome, or a recommendation that they answer."""

    to = forms.ChoiceField(label="Tie to", error_messages={"required": "Choose what to tie to."})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        seen = live_records(viewer=self.viewer).order_by("within_id", "position", "pk")
        groups = [
            ("Vision, priorities and outcomes", (RecordKind.VISION, RecordKind.PRIORITY, RecordKind.OUTCOME)),
            ("Recommendations", (RecordKind.RECOMMENDATION,)),
        ]
        choices = [(name, [_choice(row) for row in seen.filter(kind__in=kinds)]) for name, kinds in groups]
        self.fields["to"].choices = [("", "Choose"), *(group for group in choices if group[1])]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """With the record itself in place of its reference."""
        return dict(self.cleaned_data) | {"to": record_named(self.cleaned_data["to"], self.viewer)}


class MergeForm(ChangeForm):
    """Merges records into one that stays."""

    into = forms.CharField(
        label="Merge into",
        help_text="The reference of the entry that stays, for example IP-004. It may be one of those chosen",
        error_messages={"required": "Give the reference of the entry that stays."},
    )

    def clean_into(self) -> Record:
        """The record that stays."""
        return record_named(self.cleaned_data["into"], self.viewer)


class VisibilityForm(ChangeForm):
    """Opens or closes records to others."""

    visibility = forms.ChoiceField(
        label="Who may see them",
        choices=[
            (Visibility.PUBLIC.value, "Everyone: published"),
            (Visibility.INTERNAL.value, "Officers with a role"),
            (Visibility.RESTRICTED.value, "Only those who may see restricted records"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may see them."},
    )
    because = forms.CharField(
        label="Category and why", required=False, help_text="Only for restricted entries", max_length=300
    )
    with_plan = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        inside = {row.within_id for row in self.chosen} - {row.pk for row in self.chosen}
        closed = live_records(viewer=self.viewer).filter(pk__in=inside).exclude(visibility=Visibility.PUBLIC)
        self.closed = list(closed)
        if not self.closed:
            del self.fields["with_plan"]
            return
        names = ", ".join(f"{row.reference} {shortened(row.heading, 60)}" for row in self.closed)
        self.fields["with_plan"].label = f"When they are published, publish {names} as well"
        self.fields["with_plan"].help_text = "Published entries are only found from a plan that is published too."

    def arguments(self) -> dict[str, Any]:
        """What the action takes; the plans to publish along with their entries go with it."""
        values = dict(self.cleaned_data)
        along = values.pop("with_plan", False) and values["visibility"] == Visibility.PUBLIC
        return values | {"along": self.closed if along else []}


def _choice(row: Record) -> tuple[str, str]:
    return row.reference, f"{row.reference} {shortened(row.heading, 90)}"


def _merge(*, records: Sequence[Record], into: Record, by: User, reason: str) -> Event:
    return actions.merge(records=[row for row in records if row.pk != into.pk], into=into, by=by, reason=reason)


def _see(*, records: Sequence[Record], along: Sequence[Record], **values: Any) -> Event:
    return actions.change_visibility(records=[*along, *records], **values)


class ConfirmForm(ChangeForm):
    """Says that they have been checked; needs no reason."""

    reason = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Change:
    """A verb: the words of its page and its button, what is said when it is done, its form, and its action."""

    words: str
    button: str
    done: str
    form: type[ChangeForm]
    action: Callable[..., Event]
    permission: Permission = Permission.EDIT_RECORDS
    warning: str = ""


CHANGES: dict[str, Change] = {
    "due": Change("Set a date", "Save date", "has its new date", DueForm, actions.set_due_date),
    "baseline": Change(
        "Accept proposed dates", "Accept dates", "has its proposed date", BaselineForm, actions.baseline,
        warning="The date proposed last becomes the due date. Other proposed due dates are declined.",
    ),
    "reassign": Change("Reassign", "Reassign", "was reassigned", ReassignForm, actions.reassign),
    "state": Change("Change the state", "Save state", "has its new state", StateForm, actions.change_state),
    "tie": Change("Tie to a priority or recommendation", "Tie", "was tied to it", TieForm, tie),
    "move": Change("Move", "Move", "was moved", MoveForm, actions.move),
    "visibility": Change(
        "Change who may see it", "Save", "has its new visibility", VisibilityForm, _see
    ),
    "confirm": Change("Mark as checked", "Mark as checked", "was marked as checked", ConfirmForm, actions.confirm),
    "merge": Change(
        "Merge", "Merge", "was merged", MergeForm, _merge, Permission.WITHDRAW_RECORDS,
        "The merged entries leave every list and point at the one that stays. They stay on record.",
    ),
    "withdraw": Change(
        "Withdraw", "Withdraw", "was withdrawn", WithdrawForm, actions.withdraw, Permission.WITHDRAW_RECORDS,
        "Withdrawn entries leave every list. They stay on record with the reason.",
    ),
}  # fmt: skip
"""Every verb that works on one record or on many, by its name in the address."""
