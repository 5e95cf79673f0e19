"""What the examples of the components show: invented values, one set for the whole gallery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from goldthread.kernel.ratings import Rating
from goldthread.web import components
from goldthread.web.components.bar.presenter import stacked
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.filters.presenter import Chosen
from goldthread.web.components.lead.presenter import Lead
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.components.tag.presenter import UNCHECKED, rating_tag, state_tag
from goldthread.web.components.thread.presenter import Knot, Thread
from goldthread.web.components.timeline.presenter import Entry
from goldthread.web.days import DaysForm
from goldthread.web.forms import DayField, PickedDate, SeveralFilesField

FOLDER = Path(components.__file__).parent
DAY = date(2026, 3, 31)


@dataclass(frozen=True, slots=True)
class Shown:
    """One component on the gallery page."""

    name: str
    template: str


def shown_components() -> list[Shown]:
    """Every folder of ``web/components`` that holds a template, by name."""
    folders = sorted(path.parent for path in FOLDER.glob("*/index.html"))
    return [Shown(folder.name, f"components/{folder.name}/example.html") for folder in folders]


class ExampleForm(forms.Form):
    """One field of every sort."""

    title = forms.CharField(label="Title", help_text="A few words that people will say")
    text = forms.CharField(label="Text", widget=forms.Textarea)
    rating = forms.ChoiceField(
        label="Rating", choices=[("", "Any")] + [(r.value, r.label) for r in Rating], required=False
    )
    state = forms.ChoiceField(
        label="State", choices=[("open", "Open"), ("complete", "Complete")], widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds", choices=[("action", "Actions"), ("finding", "Findings")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="I have read it", required=False)
    due = DayField(label="Due", help_text="For example, 31 3 2026")
    as_at = PickedDate(label="As at", required=False)
    files = SeveralFilesField(label="Files", required=False)


class WrongForm(forms.Form):
    """A form that was sent with a mistake in it."""

    reason = forms.CharField(label="Reason", error_messages={"required": "Say why, in a few words."})


def example_context() -> dict[str, Any]:
    """Values by the names that the examples use."""
    wrong = WrongForm({"reason": ""}, auto_id="wrong_%s")
    wrong.is_valid()
    return {
        "day": DAY,
        "long_text": "The panel met four times.\n\nTwo leases were ended.",
        "tags": [rating_tag(r.value) for r in Rating] + [state_tag("open", "Open"), UNCHECKED],
        "form": ExampleForm(initial={"title": "Review the leases", "due": DAY, "rating": "amber", "state": "open"}),
        "filter_form": ExampleForm(auto_id="filter_%s", initial={"rating": "amber"}),
        "wrong_form": wrong,
        "days_form": DaysForm(auto_id="days_%s"),
        "chosen": [Chosen("Rating", "At risk", "#filters")],
        "entries": [
            Entry(
                "Update",
                DAY,
                "The panel met four times.\n\nTwo leases were ended.",
                "Recorded by Ada Field",
                "#timeline",
            ),
            Entry("Update", date(2025, 12, 31), "A panel was set up.", undo="#timeline"),
        ],
        "thread": _thread(),
        "pages": pages_of(Paginator(range(200), 20).page(4), QueryDict("rating=amber")),
        "crumbs": [Crumb("Home", "#"), Crumb("Plans", "#"), Crumb("Improvement plan")],
        "bar": stacked(
            "Actions by rating",
            [("On track", 12, "green", "#bar"), ("At risk", 4, "orange", ""), ("Late or off track", 3, "red", "")],
        ),
        "leads": [
            Lead("Director of Place", "Sam Reed (interim)"),
            Lead("Head of Property", vacant=True),
            Lead(unmatched=("J Marsh",)),
            Lead(),
        ],
    }


def _thread() -> Thread:
    return Thread(
        here=Knot("EX-12", "Action", "Review the lease of every empty building", ""),
        above=[
            Knot("EX-1", "Corporate priority", "A council that lives within its means", "#thread"),
            Knot("EX-4", "Recommendation", "Use fewer buildings", "#thread", relation="answers"),
        ],
        below=[Knot("EX-30", "Success criterion", "Running costs fall by a tenth", "#thread")],
    )
