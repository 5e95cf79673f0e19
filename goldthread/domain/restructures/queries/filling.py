"""Who holds the posts of an agreed structure from its day on: carried over, chosen, or nobody yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Appointment, Person
from goldthread.domain.organisation.queries.structures import lines_of
from goldthread.domain.organisation.rules import holds_on, standing
from goldthread.domain.organisation.rules.lines import Line
from goldthread.domain.restructures.access import visible_to
from goldthread.domain.restructures.models import Restructure


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post of the agreed structure with who holds it on its day, or takes it up later."""

    line: Line
    carried: list[Appointment] = field(default_factory=list)  # hold it before the day and keep it
    chosen: list[Appointment] = field(default_factory=list)  # take it up on the day or later

    @property
    def waits(self) -> bool:
        """Whether nobody holds it or is to take it up."""
        return not self.carried and not self.chosen


@dataclass(frozen=True, slots=True)
class Displaced:
    """Somebody whose post ends and who takes up no other one of the structure."""

    person: Person
    post: Line


@dataclass(frozen=True, slots=True)
class Filling:
    """The posts of an agreed structure in its order, and the people whose post ends and who have no other."""

    on: date
    posts: list[PostHeld]
    displaced: list[Displaced]

    @property
    def waiting(self) -> list[PostHeld]:
        """Posts that nobody holds from the day on."""
        return [post for post in self.posts if post.waits]


def filling(found: Restructure, *, viewer: Viewer) -> Filling | None:
    """Who holds which post from the day on; None before it is agreed, or where the viewer may not see it.

    Who holds a post that stays (the same, renamed, moved, regraded) keeps it without anybody saying so. A constant number of
    queries.
    """
    if found.result is None or found.in_force_on is None or not visible_to(viewer).filter(pk=found.pk).exists():
        return None
    on, lines = found.in_force_on, lines_of(found.result, viewer=viewer)
    base = lines_of(found.base, viewer=viewer)
    here = {line.key for line in lines}
    gone = [line for line in base if line.key not in here]
    rows = _appointments([line.key for line in (*lines, *gone)])
    posts = [_held(line, rows[line.key], on) for line in lines]
    placed = {row.person_id for post in posts for row in (*post.carried, *post.chosen)}
    day_before = on - timedelta(days=1)
    left = {
        row.person_id: Displaced(row.person, line)
        for line in gone
        for row in rows[line.key]
        if holds_on(row.starts, row.ends, day_before) and row.person_id not in placed
    }
    return Filling(on, posts, list(left.values()))


def _appointments(posts: Iterable[int]) -> dict[int, list[Appointment]]:
    rows = Appointment.objects.filter(owner_id__in=list(posts)).select_related("person__user", "owner", "event")
    found: dict[int, list[Appointment]] = defaultdict(list)
    for row in standing(rows):
        found[row.owner_id].append(row)
    return found


def _held(line: Line, rows: Iterable[Appointment], on: date) -> PostHeld:
    later = [row for row in rows if row.ends is None or row.ends >= on]
    carried = [row for row in later if row.starts is None or row.starts < on]
    return PostHeld(line, carried, [row for row in later if row not in carried])
