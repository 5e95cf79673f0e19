"""The two days that a page can be asked for: as at, and as known on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from goldthread.commons.access.terms import Permission
from goldthread.kernel.clock import today
from goldthread.kernel.days import printed
from goldthread.web.forms import PickedDate

NOW_FOR_THE_PUBLIC = (
    "What the council knew on an earlier day is for its officers, signed in; this page shows what is known today."
)


class DaysForm(forms.Form):
    """Picks the two days. Which day of knowledge is asked only of who may see what is internal."""

    as_at = PickedDate(label="As it stood on", required=False)
    known_on = PickedDate(label="As we knew it on", required=False)

    def __init__(self, *args: Any, inside: bool = True, asked: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.inside = inside
        if not inside and not asked:
            del self.fields["known_on"]

    def clean_as_at(self) -> date | None:
        """A day up to today."""
        return _not_to_come(self.cleaned_data["as_at"])

    def clean_known_on(self) -> date | None:
        """A day up to today, of who may ask."""
        if not self.inside:
            raise ValidationError(NOW_FOR_THE_PUBLIC)
        return _not_to_come(self.cleaned_data["known_on"])


def _not_to_come(day: date | None) -> date | None:
    if day is not None and day > today():
        raise ValidationError("Choose today or an earlier day.")
    return day


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked for; None is today and now. ``form`` shows them."""

    as_at: date | None
    known_on: date | None
    form: DaysForm

    @property
    def chosen(self) -> bool:
        """Whether a day other than today was asked for."""
        return self.as_at is not None or self.known_on is not None

    @property
    def asked(self) -> dict[str, Any]:
        """The days as arguments of a query."""
        return {"as_at": self.as_at, "known_on": self.known_on}

    @property
    def in_words(self) -> str:
        """ "as at 27 May 2025, as we knew it on 3 June 2025"; "" for today."""
        parts = []
        if self.as_at:
            parts.append(f"as at {printed(self.as_at)}")
        if self.known_on:
            parts.append(f"as we knew it on {printed(self.known_on)}")
        return ", ".join(parts)

    @property
    def query(self) -> str:
        """The days for the end of an address: "?as_at=2025-05-27", or ""."""
        pairs = {name: day.isoformat() for name, day in self.asked.items() if day}
        return f"?{urlencode(pairs)}" if pairs else ""


def days_of(request: HttpRequest) -> Days:
    """The days of a page's address. A day that cannot be read counts as not given, and the form says so."""
    given = {name: request.GET[name] for name in ("as_at", "known_on") if request.GET.get(name)}
    inside = request.viewer.may_open(Permission.SEE_INTERNAL)
    form = DaysForm(given or None, inside=inside, asked="known_on" in given)
    form.is_valid()
    cleaned = getattr(form, "cleaned_data", {})
    return Days(cleaned.get("as_at"), cleaned.get("known_on"), form)
