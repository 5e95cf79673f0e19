"""Filters of the templates: days, money, form fields."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.urls import reverse

from goldthread.kernel.clock import LONDON
from goldthread.kernel.days import printed
from goldthread.kernel.money import Money
from goldthread.web.components.field import presenter

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """27 May 2025; nothing for nothing. A moment is shown as its day in London."""
    if value is None or value == "":
        return ""
    return printed(value.astimezone(LONDON).date() if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """27 May 2025, 3:04pm, in London; nothing for nothing."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    return f"{printed(local.date())}, {local.hour % 12 or 12}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


@register.filter
def ending(value: datetime) -> str:
    """Until when: "the end of 27 May 2025" for the midnight after it, else the moment. For words such as "until …"."""
    local = value.astimezone(LONDON)
    if (local.hour, local.minute) == (0, 0):
        return f"the end of {printed(local.date() - timedelta(days=1))}"
    return moment(value)


@register.filter
def isoday(value: date | datetime) -> str:
    """2025-05-27, for machines."""
    return (value.astimezone(LONDON).date() if isinstance(value, datetime) else value).isoformat()


@register.filter
def money(pence: int) -> Money:
    """Pence as money, which has ``short`` and ``exact``."""
    return Money(pence)


@register.filter
def field_view(bound: BoundField) -> presenter.FieldView:
    """A form field as the design system shows it."""
    return presenter.field_view(bound)


@register.filter
def form_errors(form: forms.BaseForm | None) -> list[presenter.FormError]:
    """The lines of the error summary."""
    return presenter.form_errors(form)


@register.filter
def undo_address(message: Message) -> str:
    """Where the action that a message speaks of can be undone ("" where it cannot): its tag is ``undo-<event>``."""
    for tag in (message.extra_tags or "").split():
        if tag.startswith("undo-"):
            return reverse("undo", args=[tag.removeprefix("undo-")])
    return ""


@register.filter
def count_of(number: int, words: str) -> str:
    """A number with its noun: ``3|count_of:"action,actions"`` is "3 actions"."""
    one, many = words.split(",")
    return f"{number:,} {one if number == 1 else many}"


@register.filter
def words(number: int, forms_of_word: str) -> str:
    """The noun alone that fits a number: ``1|words:"action,actions"`` is "action"."""
    one, many = forms_of_word.split(",")
    return one if number == 1 else many


@register.filter
def lookup(mapping: dict[Any, Any], key: Any) -> Any:
    """The entry of a dict, or nothing."""
    return mapping.get(key)
