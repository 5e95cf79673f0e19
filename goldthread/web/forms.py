"""What every form of the pages shares: how a day is asked for, and how several files are taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from goldthread.kernel.days import MONTHS


class DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()], attrs)

    def decompress(self, value: Any) -> list[Any]:
        """A date as the content of the three boxes."""
        return [value.day, value.month, value.year] if isinstance(value, date) else ["", "", ""]


class DayField(forms.MultiValueField):
    """A day of the calendar, typed in three boxes; a month may be typed as a number or by its name."""

    widget = DayWidget

    def __init__(self, **options: Any) -> None:
        options["error_messages"] = {"required": "Enter the day."} | options.get("error_messages", {})
        fields = [forms.CharField(required=False, max_length=12) for _ in range(3)]
        super().__init__(fields=fields, require_all_fields=False, **options)

    def clean(self, value: Any) -> date | None:
        """The date; ValidationError with a remedy where the boxes hold none."""
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            day, month, year = int(parts[0]), _month(parts[1]), int(parts[2])
            if year < 1900 or year > 2200:
                raise ValueError
            return date(year, month, day)
        except ValueError:
            raise ValidationError("Enter a real date, such as 27 5 2025.", code="invalid") from None

    def compress(self, data_list: list[Any]) -> Any:
        """Not used: ``clean`` reads the boxes."""
        return data_list


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    found = [
        number for number, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.lower().startswith(text.lower())
    ]
    if len(found) != 1:
        raise ValueError(text)
    return found[0]


class PickedDate(forms.DateField):
    """A day for the address of a page (``?as_at=2025-05-27``), picked with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"invalid": "Enter a date as year-month-day, such as 2025-05-27."})
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"], **options)
        self.widget.input_type = "date"


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more files; cleaned to a list of them, empty ones among them: whoever asks says which are no use."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files in the order in which they were chosen."""
        if not isinstance(data, Sequence) or isinstance(data, str | bytes):
            data = [data] if data else []
        if not data:
            super().clean(None, initial)
            return []
        return list(data)
