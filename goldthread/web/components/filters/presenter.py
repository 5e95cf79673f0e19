"""Which filters are in use, and the address of the page without each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import Form
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter in use: its label, its value in words, and the address that leaves it out."""

    label: str
    value: str
    remove: str


def chosen_filters(form: Form, query: QueryDict, *, leave_out: Iterable[str] = ("page",)) -> list[Chosen]:
    """The filters in use of a bound, valid form. Empty values and the page number are no filters."""
    skip = set(leave_out)
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if name in skip or value in (None, "", []):
            continue
        rest = query.copy()
        rest.pop(name, None)
        rest.pop("page", None)
        found.append(Chosen(str(field.label or name), _in_words(form, name), f"?{rest.urlencode()}"))
    return found


def _in_words(form: Form, name: str) -> str:
    value = form.cleaned_data[name]
    choices = dict(_flat(getattr(form.fields[name], "choices", [])))
    if choices:
        return choices.get(str(form.data.get(name, "")), str(value))
    return f"{value.day} {value:%B %Y}" if hasattr(value, "strftime") else str(value)


def _flat(choices: Iterable[tuple[object, object]]) -> Iterable[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)
