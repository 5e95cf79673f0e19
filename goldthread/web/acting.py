"""What every page that changes something does: try the action, say what was done with a way back, or say what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from goldthread.commons.errors import Refused
from goldthread.commons.events.models import Event

ResultT = TypeVar("ResultT")


def attempt(form: forms.BaseForm, action: Callable[[], ResultT]) -> ResultT | None:
    """What the action gives, or None where it was refused: the sentence then stands at the head of the form."""
    try:
        return action()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def say_done(request: HttpRequest, text: str, event: Event | None = None) -> None:
    """Tell the person on the next page what was done, with an undo where there is an event to take back."""
    messages.success(request, text, extra_tags=f"undo-{event.pk}" if event is not None else "")


def say_refused(request: HttpRequest, refused: Refused) -> None:
    """Tell the person on the next page why nothing was done."""
    messages.error(request, str(refused))
