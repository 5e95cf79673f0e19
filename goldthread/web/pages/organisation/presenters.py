"""How the organisation is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from goldthread.domain.organisation.models import Owner, Post
from goldthread.domain.organisation.queries import Holder

NO_DIRECTORATE = "No directorate recorded"


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """A post, office or body in a list."""

    name: str
    href: str
    holders: str
    vacant: bool
    since: date | None
    reports_to: str
    statutory_roles: str
    answers_for: int


@dataclass(frozen=True, slots=True)
class DirectorateLines:
    """A directorate with its posts."""

    name: str
    posts: list[OwnerLine] = field(default_factory=list)

    @property
    def vacant(self) -> int:
        """How many posts nobody holds on the day."""
        return sum(line.vacant for line in self.posts)


@dataclass(frozen=True, slots=True)
class Day:
    """What holds on the day shown: holders, the last day of the last holder, entries answered for; by owner."""

    held: Mapping[int, Sequence[Holder]]
    since: Mapping[int, date]
    counts: Mapping[int, int]


def line_of(owner: Owner, day: Day, post: Post | None = None) -> OwnerLine:
    """An owner as a line, with its holders on the day and how many live entries it answers for."""
    names = ", ".join(str(holder) for holder in day.held.get(owner.pk, ()))
    above = post.reports_to.owner.name if post and post.reports_to else ""
    return OwnerLine(
        name=owner.name,
        href=reverse("post", args=[owner.pk]),
        holders=names,
        vacant=not names,
        since=day.since.get(owner.pk),
        reports_to=above,
        statutory_roles=", ".join(post.statutory_roles) if post else "",
        answers_for=day.counts.get(owner.pk, 0),
    )


def by_directorate(posts: Sequence[Post], day: Day) -> list[DirectorateLines]:
    """Posts gathered by directorate, those without one last."""
    found: dict[str, DirectorateLines] = {}
    for post in sorted(posts, key=lambda post: post.owner.directorate is None):
        name = post.owner.directorate.name if post.owner.directorate else NO_DIRECTORATE
        found.setdefault(name, DirectorateLines(name)).posts.append(line_of(post.owner, day, post))
    return list(found.values())
