"""Forms of the data checks: what to show, and letting a problem stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from goldthread.commons.checks.queries import Problem
from goldthread.commons.checks.terms import Severity
from goldthread.web.forms import DayField

STANDING, WAIVED = "standing", "waived"


class ProblemFilters(forms.Form):
    """What to show. The choices are those that occur."""

    severity = forms.ChoiceField(label="How much it matters", required=False)
    check = forms.ChoiceField(label="Check", required=False)
    room = forms.ChoiceField(label="Part of the register", required=False)
    plan = forms.ChoiceField(label="Plan or review", required=False)
    waived = forms.ChoiceField(
        label="Waived", required=False, choices=[("", "Any"), (STANDING, "Not waived"), (WAIVED, "Waived")]
    )

    def __init__(self, data: Any, rows: Iterable[Problem]) -> None:
        super().__init__(data or None)
        rows = list(rows)
        fields: dict[str, Any] = self.fields
        severities = {row.severity for row in rows}
        fields["severity"].choices = _any((one.value, one.label) for one in Severity if one in severities)
        checks = {(row.number, f"{row.number} {row.check.title}") for row in rows}
        fields["check"].choices = _any(sorted(checks))
        fields["room"].choices = _any(sorted({(row.check.room, row.check.room.capitalize()) for row in rows}))
        fields["plan"].choices = _any(sorted({(row.plan, row.plan) for row in rows if row.plan}))

    def lets(self, row: Problem) -> bool:
        """Whether a problem passes every filter. A filter that cannot be read lets everything pass."""
        if not self.is_valid():
            return True
        values = self.cleaned_data
        wanted = {"severity": row.severity.value, "check": row.number, "room": row.check.room, "plan": row.plan}
        if any(values[name] and values[name] != has for name, has in wanted.items()):
            return False
        return not values["waived"] or (values["waived"] == WAIVED) == (row.waived is not None)


def _any(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "Any"), *choices]


class WaiverForm(forms.Form):
    """Let a problem stand, until when and why."""

    reason = forms.CharField(
        label="Why it is to stay as it is",
        help_text="It is shown beside the problem, with your name",
        widget=forms.Textarea,
        error_messages={"required": "Say why this is to stay as it is."},
    )
    until = DayField(
        label="Until when",
        help_text="The last day, at most a year from now. Then it counts again by itself",
        error_messages={"required": "Give the last day on which it may stand."},
    )


class EndForm(forms.Form):
    """End a waiver before its time."""

    reason = forms.CharField(label="Why the waiver ends", error_messages={"required": "Say why the waiver ends."})
