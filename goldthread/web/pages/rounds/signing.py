"""Executive leadership reads what was accepted, what is missing and what asks for attention, and signs the round off."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import at
from goldthread.domain.register.terms import State
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.access import may_sign_off
from goldthread.domain.rounds.models import Item
from goldthread.domain.rounds.queries import why_accepted
from goldthread.domain.rounds.queries.items import Reading, items_of, readings
from goldthread.domain.rounds.terms import ItemState, RoundState
from goldthread.kernel.ratings import WORST_LAST, Rating
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done
from goldthread.web.entries import address_of
from goldthread.web.pages.rounds.forms import ReasonForm
from goldthread.web.pages.rounds.readings import ReadingRow, reading_rows
from goldthread.web.pages.rounds.views import crumbs_of, found_round


@dataclass(frozen=True, slots=True)
class Missing:
    """An item that goes into the report without an update of its round."""

    reference: str
    href: str
    words: str
    owner: str
    state: str
    updated_on: date | None


@allow(Permission.SIGN_OFF)
def sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the round off, or send it back with what is to be looked at again."""
    viewer, row = request.viewer, found_round(pk, request.viewer)
    if not may_sign_off(viewer, row.plan):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if "back" in request.POST:
            made = attempt(form, lambda: actions.send_back(round=row, by=request.user, reason=reason))
            words = f"{row.name} is back with the coordinator."
        else:
            made = attempt(form, lambda: actions.sign_off(round=row, by=request.user, reason=reason))
            words = f"{row.name} is signed off."
        if made is not None:
            say_done(request, words)
            return redirect("round", pk)
    form.fields["reason"].label = "Note, or what is to be looked at again"
    read, items = readings(row, viewer=viewer), list(items_of(row, viewer=viewer))
    there = at(Record.objects.filter(pk__in=[item.record_id for item in items]), viewer=viewer)
    accepted = {item.pk for item in items if item.state == ItemState.ACCEPTED}
    shown = reading_rows(read)
    urgent, others = _parted(read, shown)
    context = {
        "row": row, "form": form, "urgent": urgent, "others": others, "done": len(accepted), "total": len(items),
        "missing": [_missing(item) for item in items if item.pk not in accepted], "ratings": _counted(there),
        "ready": row.state == RoundState.ACCEPTED, "crumbs": crumbs_of(row, "Sign off"),
        "why_missing": why_accepted(row, viewer=viewer),
    }  # fmt: skip
    return render(request, "rounds/sign_off.html", context)


def _missing(item: Item) -> Missing:
    record = item.record
    return Missing(
        record.reference, address_of(record), shortened(record.heading, 90), str(item.owner or "No lead"),
        item.get_state_display().lower(), record.updated_on,
    )  # fmt: skip


def _counted(there: list[RecordAt]) -> list[tuple[str, int]]:
    """How many items stand at each rating, the worst first; what is complete is counted as that."""
    done = sum(one.state == State.COMPLETE for one in there)
    found = Counter(Rating(one.rating) for one in there if one.state != State.COMPLETE and one.rating)
    counts = [(rating.label, found[rating]) for rating in reversed(WORST_LAST) if found[rating]]
    return counts + ([(State.COMPLETE.label, done)] if done else [])


def _parted(read: list[Reading], shown: list[ReadingRow]) -> tuple[list[ReadingRow], list[ReadingRow]]:
    """What asks for attention (red, amber, paused, stopped, words against the rating), the worst first; and the others."""
    urgent, others = [], []
    for one, line in zip(read, shown, strict=True):
        bad = one.stood.rating in (Rating.RED, Rating.AMBER) or one.stood.state not in (State.OPEN, State.COMPLETE)
        (urgent if bad or line.disagrees else others).append((one, line))
    urgent.sort(key=lambda pair: -Rating(pair[0].stood.rating or Rating.GREEN).severity)
    return [line for _, line in urgent], [line for _, line in others]
