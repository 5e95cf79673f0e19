"""A Django form field as the design system shows it: which input, its label, hint, errors, choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django import forms
from django.forms import BoundField
from django.forms.widgets import Input

from goldthread.web.forms import DayWidget

# The first class that fits decides, so narrower widgets stand before wider ones.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayWidget, "day"),
    (forms.HiddenInput, "hidden"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (Input, "input"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its value, its label, whether it is chosen, and the id of its input."""

    value: str
    label: str
    chosen: bool
    id: str


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Choices under a label ("" for those under none)."""

    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class DayPart:
    """One box of a day: its name, id, label, value and width in characters."""

    name: str
    id: str
    label: str
    value: str
    width: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """Everything that a template needs to show one field."""

    kind: str
    type: str
    id: str
    name: str
    label: str
    value: str
    hint: str
    errors: list[str]
    required: bool
    multiple: bool = False
    accept: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    groups: list[ChoiceGroup] = field(default_factory=list)
    parts: list[DayPart] = field(default_factory=list)

    @property
    def described_by(self) -> str:
        """The ids of the hint and the error, for assistive technology."""
        ids = ([f"{self.id}-hint"] if self.hint else []) + ([f"{self.id}-error"] if self.errors else [])
        return " ".join(ids)

    @property
    def first_id(self) -> str:
        """The id that an error links to: the first input of the field."""
        return self.parts[0].id if self.parts else self.id


def field_view(bound: BoundField) -> FieldView:
    """The view of a bound field of any form whose widgets are among KINDS; TypeError for any other widget."""
    widget = bound.field.widget
    kind = next((name for known, name in KINDS if isinstance(widget, known)), None)
    if kind is None:
        raise TypeError(f"No GOV.UK input is known for the widget {type(widget).__name__} of {bound.name}.")
    attrs = widget.attrs
    return FieldView(
        kind=kind,
        type=getattr(widget, "input_type", "text") or "text",
        id=bound.auto_id,
        name=bound.html_name,
        label=str(bound.label),
        value=_text_value(bound, kind),
        hint=str(bound.help_text),
        errors=[_in_words(bound, kind, str(error)) for error in bound.errors],
        required=bound.field.required,
        multiple=bool(getattr(widget, "allow_multiple_selected", False)),
        accept=str(attrs.get("accept", "")),
        autocomplete=str(attrs.get("autocomplete", "")),
        inputmode=str(attrs.get("inputmode", "")),
        groups=list(_groups(bound)) if kind in {"select", "radios", "checkboxes"} else [],
        parts=_day_parts(bound) if kind == "day" else [],
    )


def _in_words(bound: BoundField, kind: str, error: str) -> str:
    """The error; where a field has no words of its own for being left empty, its label says what is missing.

    In a summary of several errors "This field is required." does not say which.
    """
    if error != str(forms.Field.default_error_messages["required"]):
        return error
    verb = "Choose" if kind in {"select", "radios", "checkboxes", "file"} else "Fill in"
    return f"{verb} “{bound.label}”."


def _text_value(bound: BoundField, kind: str) -> str:
    value = bound.value()
    if kind == "checkbox":
        return "on" if value not in (None, "", False, "False", "false", "0") else ""
    if kind in {"file", "day", "select", "radios", "checkboxes"} or value is None:
        return ""
    if bound.field.widget.is_hidden or isinstance(value, str):
        return str(value)
    return str(bound.field.widget.format_value(value) or "")


def _groups(bound: BoundField) -> Iterator[ChoiceGroup]:
    raw = bound.value()
    chosen = {str(one) for one in raw} if isinstance(raw, list | tuple | set) else {"" if raw is None else str(raw)}
    number = 0

    def choices(pairs: Iterable[tuple[object, object]]) -> list[Choice]:
        nonlocal number
        made = []
        for value, label in pairs:
            own_id = bound.auto_id if number == 0 else f"{bound.auto_id}-{number}"
            text = "" if value is None else str(value)
            made.append(Choice(text, str(label), text in chosen, own_id))
            number += 1
        return made

    loose: list[tuple[object, object]] = []
    for value, label in bound.field.choices:  # type: ignore[attr-defined]
        if isinstance(label, list | tuple):
            if loose:
                yield ChoiceGroup("", choices(loose))
                loose = []
            yield ChoiceGroup(str(value), choices(label))
        else:
            loose.append((value, label))
    if loose:
        yield ChoiceGroup("", choices(loose))


def _day_parts(bound: BoundField) -> list[DayPart]:
    raw = bound.value()
    values = raw if isinstance(raw, list) else bound.field.widget.decompress(raw)  # type: ignore[attr-defined]
    labels = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
    return [
        DayPart(f"{bound.html_name}_{index}", f"{bound.auto_id}-{part}", label, str(value or ""), width)
        for index, ((part, label, width), value) in enumerate(zip(labels, values, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class FormError:
    """One line of the error summary: what is wrong, and the link to the input (none for the form as a whole)."""

    text: str
    href: str = ""


def form_errors(form: forms.BaseForm | None) -> list[FormError]:
    """Every error of a bound form, those of the form as a whole first, then in the order of its fields."""
    if form is None or not form.is_bound:
        return []
    found = [FormError(str(error)) for error in form.non_field_errors()]
    for bound in form:
        if bound.errors:
            view = field_view(bound)
            found.extend(FormError(error, f"#{view.first_id}") for error in view.errors)
    return found
