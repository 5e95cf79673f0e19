"""Who takes up which post of an agreed structure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.organisation.models import Person
from goldthread.domain.organisation.queries import people
from goldthread.domain.organisation.terms import AppointmentKind
from goldthread.domain.restructures import actions, queries
from goldthread.domain.restructures.models import Restructure
from goldthread.domain.restructures.queries import PostHeld
from goldthread.reporting.wording import day
from goldthread.web.acting import attempt, say_done
from goldthread.web.forms import DayField
from goldthread.web.pages.structures.drafting import act_and_return, restructure_of_mine
from goldthread.web.pages.structures.forms import why
from goldthread.web.pages.structures.views import page_with_form, person_of

PLAN = Permission.PLAN_STRUCTURES


class FillForm(forms.Form):
    """Somebody for a post."""

    person = forms.ChoiceField(label="Who takes it up", required=False, help_text="Begin to type a name.")
    name = forms.CharField(label="Or the name of somebody who is not on record yet", max_length=200, required=False)
    kind = forms.ChoiceField(label="How", choices=AppointmentKind.choices, initial=AppointmentKind.SUBSTANTIVE)
    starts = DayField(label="From", required=False)
    leaving = forms.BooleanField(label="They leave the post that they hold until then", required=False)
    reason = why("Anything to add", required=False, help_text="For example, how they were chosen.")

    def __init__(
        self, *arguments: Any, first: Iterable[Person], others: Iterable[Person], on: str, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        begin = [(str(each.pk), str(each)) for each in first]
        rest = [(str(each.pk), str(each)) for each in others]
        groups: list[Any] = [("", "Choose a person")]
        groups += [("Whose post ends", begin)] if begin else []
        groups += [("Everybody else" if begin else "On record", rest)] if rest else []
        self.fields["person"].choices = groups  # type: ignore[attr-defined]
        self.names = dict([*begin, *rest])
        self.fields["starts"].help_text = f"Leave empty for {on}, when the structure comes into force."

    def clean(self) -> dict[str, Any]:
        """Either somebody on record or a new name."""
        values: dict[str, Any] = super().clean() or {}
        chosen, name = self.names.get(values.get("person", ""), ""), values.pop("name", "").strip()
        if bool(chosen) == bool(name):
            raise ValidationError(
                "Choose a person, or enter the name of somebody who is not on record yet"
                + (", not both." if chosen else "."),
                code="person",
            )
        return values | {"person": chosen or name}


@allow(PLAN)
def fill(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say who takes up a post of the agreed structure."""
    found = restructure_of_mine(request, pk)
    seen = queries.filling(found, viewer=request.viewer)
    held = next((each for each in seen.posts if each.line.key == number), None) if seen else None
    if seen is None or held is None:
        raise Http404
    first = [each.person for each in seen.displaced]
    others = people(viewer=request.viewer).exclude(pk__in=[each.pk for each in first])
    form = FillForm(request.POST or None, first=first, others=others, on=day(seen.on))
    if form.is_valid():
        made = attempt(
            form,
            lambda: actions.fill_post(restructure=found, post=number, by=person_of(request), **form.cleaned_data),
        )
        if made is not None:
            say_done(request, f"{made.person} takes up {held.line.title} on {day(made.starts)}.")
            return redirect(_back(found))
    title = f"Who takes up {held.line.title}"
    return page_with_form(request, form, title, "Save", _back(found), found.name, _held_now(held))


def _held_now(held: PostHeld) -> str:
    named = [str(row.person) for row in (*held.carried, *held.chosen)]
    return f"{' and '.join(named)} {'holds' if len(named) == 1 else 'hold'} it from that day." if named else ""


def _back(found: Restructure) -> str:
    return reverse("draft", args=[found.pk]) + "#who-holds-it"


@require_POST
@allow(PLAN)
def take_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take the choice of a person back."""
    found, by = restructure_of_mine(request, pk), person_of(request)
    return act_and_return(
        request,
        _back(found),
        "The choice is taken back.",
        lambda: actions.take_choice_back(restructure=found, appointment=number, by=by),
    )
