"""Forms of the reporting rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.errors import Refused
from goldthread.commons.files.intake import TYPES, TakenIn
from goldthread.domain.organisation.queries import bodies, people
from goldthread.domain.register.access import may
from goldthread.domain.register.rules import wanted_date
from goldthread.domain.register.terms import State
from goldthread.domain.rounds.actions import Answer
from goldthread.domain.rounds.queries.items import ItemAt
from goldthread.kernel.ratings import Rating
from goldthread.web.evidence import evidence_hint
from goldthread.web.forms import PickedDate, SeveralFilesField

KEEP = ("", "As it is")
STATES = [KEEP] + [(one.value, one.label) for one in (State.OPEN, State.COMPLETE, State.ON_HOLD, State.STOPPED)]
WORSE = (Rating.GREEN, Rating.AMBER, Rating.RED)
RATINGS = [("", "As the rule says")] + [(one.value, one.label) for one in WORSE]


class UpdateForm(forms.Form):
    """The update of one item. Everything is optional here: what must be there is asked when it is sent."""

    text = forms.CharField(label="Your update", required=False, widget=forms.Textarea, max_length=20_000)
    no_change = forms.BooleanField(label="Nothing has changed (say why above)", required=False)
    state = forms.ChoiceField(label="State", choices=STATES, required=False)
    state_reason = forms.CharField(label="Why, or how one can see that it is complete", required=False, max_length=500)
    forecast_on = PickedDate(label="When you now expect to finish", required=False)
    due_on = forms.CharField(
        label="New date", required=False, max_length=100, help_text="Such as 31 March 2027, March 2027 or Q4 2026/27"
    )
    due_reason = forms.CharField(label="Why the date moves", required=False, max_length=500)
    agreed_by = forms.ChoiceField(label="Which body agreed it", required=False)
    rating = forms.ChoiceField(label="Rating", choices=RATINGS, required=False)
    rating_reason = forms.CharField(label="Why another rating than the rule’s", required=False, max_length=500)
    evidence_link = forms.CharField(
        label="Evidence: a link",
        required=False,
        max_length=500,
        help_text="It begins with https:// and is never fetched",
    )
    evidence_title = forms.CharField(
        label="What the evidence shows",
        required=False,
        max_length=300,
        help_text="The title of the link or of a single file; left empty, the file’s name is taken",
    )
    evidence_files = SeveralFilesField(label="Evidence: files", required=False)

    def __init__(
        self,
        *args: Any,
        body_choices: list[tuple[str, str]],
        dated: bool = True,
        waits: bool = False,
        settles: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(*args, auto_id="id_%s", **options)
        self.fields["agreed_by"].choices = [("", "Nobody yet"), *body_choices]  # type: ignore[attr-defined]
        self.fields["evidence_files"].help_text = evidence_hint()
        self.fields["evidence_files"].widget.attrs["accept"] = ",".join(TYPES)
        if not settles:
            self.fields["due_on"].help_text += ". It holds once the coordinator accepts it"  # type: ignore[operator]
        self.fields["agreed_by"].label = "Which body agreed the new date" if dated else "Which body agreed the date"
        if not dated:
            self.fields["due_on"].label = "By when? No date is set: propose " + ("another" if waits else "one")
            self.fields["due_reason"].label = "What the date rests on"

    def clean_due_on(self) -> str:
        """Words that are no date are said before anything is sent."""
        words = str(self.cleaned_data["due_on"]).strip()
        if words:
            try:
                wanted_date(words)
            except Refused as refused:
                raise forms.ValidationError(str(refused)) from refused
        return words

    def answer(self, based_on: int | None, files: Sequence[TakenIn] = ()) -> Answer:
        """The cleaned form as the action takes it, with the files that were taken in for it."""
        values = self.cleaned_data
        words, nothing = values["text"].strip(), values["no_change"]
        body = next((one for one in self.bodies if str(one.pk) == values["agreed_by"]), None)
        return Answer(
            text="" if nothing else words,
            no_change_because=words if nothing else "",
            state=values["state"],
            state_reason=values["state_reason"],
            rating=values["rating"],
            rating_reason=values["rating_reason"],
            forecast_on=values["forecast_on"],
            due_on=values["due_on"].strip() or None,
            due_reason=values["due_reason"],
            agreed_by=body,
            evidence_link=values["evidence_link"].strip(),
            evidence_title=values["evidence_title"],
            evidence_files=tuple(files),
            based_on=based_on,
        )

    bodies: list[Any]


FILES_FIELD = "evidence_files"
FIELDS = tuple(name for name in UpdateForm.base_fields if name != FILES_FIELD)
"""What a draft keeps as it was typed; files are kept beside it."""

MORE = tuple(name for name in FIELDS if name not in ("text", "no_change"))
"""What stands behind “State, dates, rating and evidence”."""


def values_of(data: Any, prefix: str) -> dict[str, str]:
    """What was typed for one item, as the draft keeps it: only what says something."""
    typed = {name: str(data.get(f"{prefix}-{name}", "")) for name in FIELDS}
    return {name: value for name, value in typed.items() if value.strip()}


def forms_for(rows: list[ItemAt], *, viewer: Viewer, data: Any = None) -> dict[int, UpdateForm]:
    """A form for each item, filled with its draft, or bound to what was posted. One query, for the bodies."""
    there = list(bodies(viewer=viewer))
    choices = [(str(one.pk), str(one)) for one in there]
    found = {}
    for row in rows:
        initial = row.draft.typed if row.draft else {}
        form = UpdateForm(
            data,
            prefix=prefix_of(row.item.pk),
            initial=initial,
            body_choices=choices,
            dated=row.stood.due_on is not None,
            waits=any(not one.milestone for one in row.stood.proposed_dates),
            settles=may(viewer, Permission.EDIT_RECORDS, row.stood.record),
        )
        form.bodies = there
        found[row.item.pk] = form
    return found


def forms_of_drafts(rows: list[ItemAt], *, viewer: Viewer) -> dict[int, UpdateForm]:
    """The forms of items bound to their drafts, to check them before sending. One query, for the bodies."""
    data = {
        f"{prefix_of(row.item.pk)}-{name}": value
        for row in rows
        for name, value in (row.draft.typed if row.draft else {}).items()
    }
    return forms_for(rows, viewer=viewer, data=data)


def forms_of_others(rows: list[ItemAt], *, viewer: Viewer) -> dict[int, UpdateForm]:
    """The forms of what others have drafted for items, by draft: to show what each says besides its words."""
    found: dict[int, UpdateForm] = {}
    for place in range(max((len(row.other_drafts) for row in rows), default=0)):
        theirs = [replace(row, draft=row.other_drafts[place]) for row in rows if len(row.other_drafts) > place]
        forms = forms_of_drafts(theirs, viewer=viewer)
        found |= {row.draft.pk: forms[row.item.pk] for row in theirs if row.draft is not None}
    return found


def prefix_of(pk: int) -> str:
    """The prefix of the fields of one item."""
    return f"i{pk}"


class HandOverForm(forms.Form):
    """Who is to draft an item."""

    email = forms.EmailField(label="E-mail address of who drafts it", help_text="A colleague, or somebody of a partner")
    name = forms.CharField(label="Their name", max_length=200, required=False)
    until = PickedDate(label="Until", required=False, help_text="Leave empty for the day on which the item is due")
    reason = forms.CharField(label="What you ask of them", required=False, widget=forms.Textarea, max_length=1000)


class AwayForm(forms.Form):
    """When somebody is away, and who stands in."""

    person = forms.ChoiceField(label="Who")
    starts = PickedDate(label="First day away")
    ends = PickedDate(label="Last day away")
    stand_in = forms.ChoiceField(label="Who stands in", required=False)
    reason = forms.CharField(label="Note", required=False, max_length=200)

    def __init__(self, *args: Any, viewer: Viewer, own: Any, others: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        known = list(people(viewer=viewer))
        self.known = {str(one.pk): one for one in known}
        if own is not None:
            self.known[str(own.pk)] = own
        mine = [(str(own.pk), f"{own} (you)")] if own is not None else []
        rest = [(str(one.pk), one.name) for one in known if own is None or one.pk != own.pk]
        self.fields["person"].choices = mine + (rest if others else [])  # type: ignore[attr-defined]
        self.fields["stand_in"].choices = [("", "Nobody: ask them when they are back"), *rest]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea, max_length=2000, required=False)
