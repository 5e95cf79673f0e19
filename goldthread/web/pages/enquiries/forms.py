"""Forms of the lines of enquiry: what to show, and what became of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from goldthread.domain.enquiries.queries import Found
from goldthread.domain.enquiries.rules import RULES
from goldthread.domain.enquiries.terms import Standing

TIMESCALE_HINT = "For example, 31 March 2027, Q2 2026/27 or December 2026"


class EnquiryFilters(forms.Form):
    """What to show of a plan's enquiries. The choices are those that occur."""

    rule = forms.ChoiceField(label="What does not add up", required=False)
    standing = forms.ChoiceField(label="What became of it", required=False)

    def __init__(self, data: Any, rows: Iterable[Found]) -> None:
        super().__init__(data or None)
        rows = list(rows)
        fields: dict[str, Any] = self.fields
        rules = sorted({row.enquiry.rule for row in rows})
        fields["rule"].choices = [("", "Any"), *((rule, f"{RULES[rule].title} ({rule})") for rule in rules)]
        standings = {row.standing for row in rows}
        fields["standing"].choices = [
            ("", "Any"),
            *((one.value, one.label) for one in Standing if one.value in standings),
        ]

    def lets(self, row: Found) -> bool:
        """Whether an enquiry passes every filter. A filter that cannot be read lets everything pass."""
        if not self.is_valid():
            return True
        values = self.cleaned_data
        return values["rule"] in ("", row.enquiry.rule) and values["standing"] in ("", row.standing)


ANSWER, DISMISS, ACTION, REOPEN = "answer", "dismiss", "action", "reopen"


class JudgeForm(forms.Form):
    """What becomes of an enquiry: an answer, a reason to dismiss it, or what is to be done."""

    do = forms.ChoiceField(
        label="What becomes of it",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it."},
    )
    said = forms.CharField(
        label="In words",
        help_text="The answer, why it leads nowhere, or what is to be done. It stands beside the enquiry with your name",
        widget=forms.Textarea,
        error_messages={"required": "Write the answer, the reason, or what is to be done."},
    )
    timescale = forms.CharField(label="By when", help_text=f"Only for an action. {TIMESCALE_HINT}", required=False)

    def __init__(self, data: Any = None, *, standing: str, may_write: bool) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        choices = [(ANSWER, "It is answered"), (DISMISS, "It leads nowhere")]
        if may_write:
            choices.append((ACTION, "Turn it into an action"))
        else:
            del fields["timescale"]
        if standing != Standing.OPEN:
            choices.append((REOPEN, "Open it again"))
        fields["do"].choices = choices
