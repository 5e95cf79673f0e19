"""The timelines of a record: updates, dates, owners, wordings, and what was done to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.events.models import Event, Recorded
from goldthread.domain.register.models import Accountability, Rating, StateChange, Update, Version
from goldthread.domain.register.queries.history import History
from goldthread.domain.register.terms import OwnerRole
from goldthread.kernel.clock import LONDON
from goldthread.kernel.days import printed
from goldthread.kernel.ratings import Rating as RatingValue
from goldthread.web.components.timeline.presenter import Entry

ROLE_WORDS = {
    OwnerRole.ACCOUNTABLE: ("answers for it", "no longer answers for it"),
    OwnerRole.SUPPORTING: ("supports it", "no longer supports it"),
    OwnerRole.OVERSEEING: ("oversees it", "no longer oversees it"),
}


def recorded_note(fact: Recorded, viewer: Viewer) -> str:
    """When a fact was recorded and, for those who may see internal records, by whom."""
    day = printed(fact.recorded.astimezone(LONDON).date())
    return f"Recorded on {day} by {fact.by}" if viewer.may(Permission.SEE_INTERNAL) else f"Recorded on {day}"


def update_entries(updates: Iterable[Update], viewer: Viewer) -> list[Entry]:
    """Updates, newest first; one that repeats the one before it says so."""
    entries: list[Entry] = []
    before = ""
    for update in updates:
        same = before and update.text.strip() == before
        note = recorded_note(update, viewer) + (" · The same words as the time before" if same else "")
        more = [f"Expected to finish: {printed(update.forecast_on)}"] if update.forecast_on else []
        more += [f"In the way: {update.issue}" if update.issue else "Nothing in the way any more"] * (
            update.issue is not None
        )
        text = "\n\n".join([update.text, *more])
        entries.append(Entry("Update", update.as_at, text, note, anchor=f"update-{update.pk}"))
        before = update.text.strip()
    return entries[::-1]


def state_entries(states: Sequence[StateChange], ratings: Sequence[Rating], viewer: Viewer) -> list[Entry]:
    """Changes of state and declared ratings, newest first."""
    entries = []
    for state in states:
        text = "\n\n".join(part for part in (state.printed, state.reason) if part)
        entries.append(Entry(state.get_state_display(), state.as_at, text, recorded_note(state, viewer)))
    for rating in ratings:
        if rating.value:
            title = f"Rated {RatingValue(rating.value).label.lower()}"
        else:
            title = f"Rating printed as “{rating.printed}”" if rating.printed else "Declared rating taken back"
        entries.append(Entry(title, rating.as_at, rating.reason, recorded_note(rating, viewer)))
    return sorted(entries, key=lambda entry: entry.day, reverse=True)  # type: ignore[arg-type,return-value]


def owner_entries(owners: Sequence[Accountability], viewer: Viewer) -> list[Entry]:
    """Who answered for it over time, newest first, with the name as printed."""
    entries = []
    for fact in owners:
        name = fact.owner.name if fact.owner else f"“{fact.printed}” (not matched to a post)"
        words = ROLE_WORDS[OwnerRole(fact.role)][1 if fact.ended else 0]
        was_printed = f"Printed as “{fact.printed}”" if fact.printed and fact.owner else ""
        text = "\n\n".join(part for part in (was_printed, fact.reason) if part)
        entries.append(Entry(f"{name} {words}", fact.as_at, text, recorded_note(fact, viewer)))
    return entries[::-1]


def wording_entries(versions: Sequence[Version], viewer: Viewer) -> list[Entry]:
    """Every wording, newest first, with why it was changed."""
    entries = []
    for number, version in enumerate(versions):
        title = "First wording" if number == 0 else "New wording"
        head = f"{version.title}\n\n" if version.title and version.title != version.text else ""
        why = f"\n\nWhy: {version.reason}" if version.reason and number else ""
        entries.append(Entry(title, version.as_at, f"{head}{version.text}{why}", recorded_note(version, viewer)))
    return entries[::-1]


def event_entries(events: Iterable[Event], viewer: Viewer) -> list[Entry]:
    """What was done, newest first; with an undo for who did it, and for who may withdraw records everywhere."""
    keeper = viewer.may_everywhere(Permission.WITHDRAW_RECORDS)
    entries = []
    for event in events:
        undone = hasattr(event, "undone_by")
        mine = viewer.may(Permission.ADD_UPDATES) and (keeper or event.by_id == viewer.user_id)
        entries.append(
            Entry(
                event.verb.capitalize(),
                event.at.astimezone(LONDON).date(),
                event.reason,
                f"By {event.by}" + (" · later undone" if undone else ""),
                undo=reverse("undo", args=[event.pk]) if mine and not undone else "",
            )
        )
    return entries


def timelines_of(
    history: History, updates: Sequence[Update], events: Sequence[Event], viewer: Viewer
) -> list[tuple[str, str, list[Entry]]]:
    """The tabs of a record page: (id, title, entries); those with nothing in them are left out but for updates."""
    tabs = [
        ("updates", "Updates", update_entries(updates, viewer)),
        ("states", "State and rating", state_entries(history.states, history.ratings, viewer)),
        ("owners", "Owners", owner_entries(history.owners, viewer)),
        ("wording", "Wording", wording_entries(history.versions, viewer)),
        ("events", "Events", event_entries(events, viewer)),
    ]
    return [tab for tab in tabs if tab[2] or tab[0] == "updates"]
