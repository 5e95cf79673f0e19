"""What a document says of a structure around its posts: which one it is, how many posts it counts, what it notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Directorate, StatedTotal, Structure, StructureNote
from goldthread.domain.organisation.rules.naming import day_of, stage_of


def structure_named(name: str, document_day: date) -> Structure:
    """The structure that a document prints under a name: the one there is, or a new one with its stage and its day."""
    name = " ".join(name.split())[:300]
    day = day_of(name, document_day)
    structure, _ = Structure.objects.get_or_create(name=name, as_at=day, defaults={"stage": stage_of(name)})
    return structure


@dataclass(frozen=True, slots=True)
class Beside:
    """What is printed beside one list of posts: ``printed`` are the proposal's own fields."""

    structure: Structure
    directorate: Directorate | None
    printed: dict[str, Any]


def keep_what_stands_beside(lists: Iterable[Beside], *, event: Event) -> None:
    """Record the counts and notes printed beside lists of posts, each once, however many posts of the list carry them."""
    counts: dict[tuple[int, int | None], StatedTotal] = {}
    notes: dict[tuple[int, int | None, str, str], StructureNote] = {}
    common: dict[str, Any] = {"recorded": event.at, "by": event.by, "event": event}
    for each in lists:
        place = (each.structure.pk, each.directorate.pk if each.directorate else None)
        where = {"structure": each.structure, "directorate": each.directorate}
        stated = each.printed.get("stated")
        if isinstance(stated, dict) and isinstance(stated.get("posts"), int):
            printed = str(stated.get("text") or stated["posts"])[:300]
            counts.setdefault(place, StatedTotal(**where, posts=stated["posts"], printed=printed, **common))
        for note in each.printed.get("notes") or ():
            heading, text = str(note.get("heading") or "")[:300], str(note.get("text") or "")
            if text:
                made = StructureNote(**where, heading=heading, text=text, position=len(notes) + 1, **common)
                notes.setdefault((*place, heading, text), made)
    StatedTotal.objects.bulk_create(counts.values())
    StructureNote.objects.bulk_create(notes.values())
