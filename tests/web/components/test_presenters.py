"""What components work out before they are shown."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from goldthread.kernel.ratings import Rating
from goldthread.kernel.shortening import shortened
from goldthread.web.components.bar.presenter import WIDTH, stacked
from goldthread.web.components.field.presenter import field_view, form_errors
from goldthread.web.components.filters.presenter import chosen_filters
from goldthread.web.components.pagination.presenter import pages_of
from goldthread.web.components.tag.presenter import rating_tag, state_tag
from goldthread.web.forms import DayField, SeveralFilesField


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=8))
def test_the_parts_of_a_bar_fill_it_exactly(counts):
    bar = stacked("Actions", [(f"Part {number}", count, "green", "") for number, count in enumerate(counts)])
    if not any(counts):
        assert bar.parts == []
        return
    assert sum(part.width for part in bar.parts) == WIDTH
    for before, after in zip(bar.parts, bar.parts[1:], strict=False):
        assert after.start == before.start + before.width
    assert bar.total == sum(counts)


def test_a_bar_is_told_in_words():
    bar = stacked("Actions", [("On track", 3, "green", ""), ("At risk", 0, "orange", ""), ("Late", 1, "red", "")])
    assert bar.in_words == "3 on track, 1 late"
    assert stacked("Actions", []).in_words == "nothing"


@pytest.mark.parametrize("rating", list(Rating))
def test_every_rating_has_words_of_its_own(rating):
    assert rating_tag(rating.value).text == rating.label
    assert rating_tag("") is None


def test_an_unknown_state_is_grey():
    assert state_tag("superseded", "Superseded").colour == "grey"


def test_pages_keep_the_filters():
    pages = pages_of(Paginator(range(95), 10).page(3), QueryDict("rating=red&page=3"))
    assert pages.previous == "?rating=red&page=2"
    assert pages.next == "?rating=red&page=4"
    assert [item.number for item in pages.items if item.current] == [3]
    assert pages_of(Paginator(range(5), 10).page(1), QueryDict()).next == ""


class Colours(forms.Form):
    colour = forms.ChoiceField(label="Colour", choices=[("", "Any"), ("r", "Red")], required=False)
    words = forms.CharField(label="Words", required=False)


def test_filters_in_use_say_what_and_how_to_leave_them():
    query = QueryDict("colour=r&words=&page=2&as_at=2025-05-27")
    form = Colours(query)
    assert form.is_valid()
    (one,) = chosen_filters(form, query)
    assert (one.label, one.value, one.remove) == ("Colour", "Red", "?words=&as_at=2025-05-27")


class Everything(forms.Form):
    day = DayField(label="Day", error_messages={"required": "Give the day."})
    reason = forms.CharField(label="Reason", help_text="Why", error_messages={"required": "Say why."})
    state = forms.ChoiceField(label="State", choices=[("Group", [("a", "A"), ("b", "B")])], widget=forms.RadioSelect)
    sure = forms.BooleanField(required=False)


def test_an_error_links_to_the_first_box_of_its_field():
    form = Everything({"state": "a"})
    assert not form.is_valid()
    form.add_error(None, "Nothing would change.")
    errors = form_errors(form)
    assert [(error.text, error.href) for error in errors] == [
        ("Nothing would change.", ""),
        ("Give the day.", "#id_day-day"),
        ("Say why.", "#id_reason"),
    ]
    assert form_errors(Everything()) == []


def test_a_field_left_empty_is_named_by_its_label():
    class Plain(forms.Form):
        name = forms.CharField(label="Their name")
        state = forms.ChoiceField(label="State", choices=[("a", "A")])

    assert [error.text for error in form_errors(Plain({}))] == ["Fill in “Their name”.", "Choose “State”."]


def test_a_field_tells_its_hint_and_error_to_assistive_technology():
    form = Everything({"state": "b", "day_0": "3", "day_1": "June", "day_2": "2025"})
    form.is_valid()
    assert field_view(form["reason"]).described_by == "id_reason-hint id_reason-error"
    (group,) = field_view(form["state"]).groups
    assert [(choice.label, choice.chosen, choice.id) for choice in group.choices] == [
        ("A", False, "id_state"),
        ("B", True, "id_state-1"),
    ]
    assert [part.value for part in field_view(form["day"]).parts] == ["3", "June", "2025"]
    assert form.cleaned_data["day"] == date(2025, 6, 3)


def test_a_first_value_fills_the_boxes_of_a_day():
    parts = field_view(Everything(initial={"day": date(2026, 3, 31)})["day"]).parts
    assert [part.value for part in parts] == ["31", "3", "2026"]


@pytest.mark.parametrize(
    "typed", [("31", "2", "2025"), ("x", "1", "2025"), ("1", "Ju", "2025"), ("1", "1", "25"), ("", "3", "")]
)
def test_a_day_that_is_none_is_refused_with_a_remedy(typed):
    with pytest.raises(forms.ValidationError, match="real date"):
        DayField().clean(list(typed))


def test_an_unknown_widget_is_a_mistake_of_ours():
    class Odd(forms.Widget):
        pass

    class OddForm(forms.Form):
        odd = forms.CharField(widget=Odd)

    with pytest.raises(TypeError, match="odd"):
        field_view(OddForm()["odd"])


def test_a_file_field_takes_several():
    class Files(forms.Form):
        files = SeveralFilesField(label="Files")

    view = field_view(Files()["files"])
    assert view.kind == "file"
    assert view.multiple


@given(st.text(max_size=400), st.integers(min_value=20, max_value=200))
def test_shortened_words_keep_to_their_length(text, limit):
    assert len(shortened(text, limit)) <= limit
