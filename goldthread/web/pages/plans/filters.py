"""Filtering the actions of a plan; the address of the page keeps the choice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import LIVE, State
from goldthread.kernel.ratings import Rating

UNMATCHED, NOBODY, LATE, NO_DATE, UNCHECKED = "unmatched", "nobody", "late", "no-date", "unchecked"
NOT_VERIFIED, PROPOSED = "not-verified", "proposed"


class PlanFilters(forms.Form):
    """What to show of a plan. The choices are those that occur in it."""

    q = forms.CharField(label="Words", required=False)
    directorate = forms.ChoiceField(label="Directorate", required=False)
    lead = forms.ChoiceField(label="Lead", required=False)
    rating = forms.ChoiceField(label="Rating", required=False)
    state = forms.ChoiceField(label="State", required=False)

    def __init__(self, data: Any, rows: Iterable[RecordAt]) -> None:
        super().__init__(data or None)
        rows = list(rows)
        leads = {owner for row in rows if (owner := row.accountable) is not None}
        homes = {owner.directorate for owner in leads if owner.directorate is not None}
        fields: dict[str, Any] = self.fields
        fields["directorate"].choices = _any(sorted(((str(one.pk), one.name) for one in homes), key=lambda c: c[1]))
        named = sorted(((str(owner.pk), owner.name) for owner in leads), key=lambda choice: choice[1])
        fields["lead"].choices = _any([*named, (NOBODY, "No matched lead"), (UNMATCHED, "Name not matched to a post")])
        ratings = {row.rating for row in rows}
        fields["rating"].choices = _any([(one.value, one.label) for one in Rating if one.value in ratings])
        fields["state"].choices = _any(
            [
                *((one.value, one.label) for one in State if one.value in {row.state for row in rows}),
                (LATE, "Late"),
                (NO_DATE, "No date set"),
                (PROPOSED, "With a proposed date"),
                (NOT_VERIFIED, "Done, not verified"),
                (UNCHECKED, "Not yet checked"),
            ]
        )

    @property
    def in_use(self) -> bool:
        """Whether anything is filtered out."""
        return self.is_valid() and any(self.cleaned_data.values())

    def lets(self, row: RecordAt) -> bool:
        """Whether an action passes every filter. A filter that cannot be read lets everything pass."""
        if not self.is_valid():
            return True
        values = self.cleaned_data
        return (
            _has_words(row, values["q"])
            and _is_led(row, values["lead"])
            and (not values["directorate"] or _home(row) == values["directorate"])
            and (not values["rating"] or row.rating == values["rating"])
            and _is_in_state(row, values["state"])
        )


def _any(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "Any"), *choices]


def _home(row: RecordAt) -> str:
    owner = row.accountable
    return str(owner.directorate_id) if owner is not None else ""


def _has_words(row: RecordAt, words: str) -> bool:
    last = row.last_update
    text = f"{row.reference} {row.heading} {row.text} {last.text if last else ''}".casefold()
    return all(word in text for word in words.casefold().split())


def _is_led(row: RecordAt, lead: str) -> bool:
    if not lead:
        return True
    if lead == UNMATCHED:
        return bool(row.unmatched)
    owner = row.accountable
    if lead == NOBODY:
        return owner is None
    return owner is not None and str(owner.pk) == lead


def _is_in_state(row: RecordAt, state: str) -> bool:
    special = {
        LATE: row.late,
        NO_DATE: row.due_on is None and row.state in LIVE,
        UNCHECKED: not row.checked,
        PROPOSED: bool(row.proposed_dates) and row.state in LIVE,
        NOT_VERIFIED: row.state == State.COMPLETE and not row.verified,
    }
    if state in special:
        return special[state]
    return not state or row.state == state
