"""Which proposals the organisation takes: posts as listed in a structure, and what posts answer for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.access import gained_below, is_oneself
from goldthread.domain.organisation.adopters.structures import Beside, keep_what_stands_beside, structure_named
from goldthread.domain.organisation.models import (
    Appointment,
    Directorate,
    Owner,
    Person,
    Post,
    PostListing,
    Responsibility,
)
from goldthread.domain.organisation.queries import owners_held
from goldthread.domain.organisation.rules import holds_on, name_key, standing
from goldthread.domain.organisation.rules.matching import title_key
from goldthread.domain.organisation.terms import OwnerKind, Stage

TAKES = ("post", "responsibility")
"""Kinds of the reading that become rows of this room and not records."""


NOBODY = {
    "",
    "-",
    "–",
    "n/a",
    "none",
    "nobody",
    "tba",
    "tbc",
    "to be appointed",
    "to be confirmed",
    "vacancy",
    "vacant",
}
"""What stands in a column of holders where a post has none."""


@dataclass(slots=True)
class OfferedPost:
    """A post as a document lists it."""

    title: str
    as_at: date
    position: int
    directorate: str = ""
    structure: str = ""
    reports_to: str = ""
    statutory_roles: list[str] = field(default_factory=list)
    change: str = ""
    holder: str = ""
    printed: dict[str, Any] = field(default_factory=dict)  # every field of the proposal
    post: Post | None = None  # set once adopted


@dataclass(slots=True)
class OfferedResponsibility:
    """What a document says a post answers for."""

    text: str
    post_title: str
    as_at: date
    position: int
    responsibility: Responsibility | None = None  # set once adopted


def adopt_posts(offered: Sequence[OfferedPost], *, event: Event, title: str) -> None:
    """Add posts to the organisation and to the structures they are listed in; a post that is there already is used again.

    Structures are named as printed, else after the document. Lines ("reports to") are drawn where the other post is known.
    """
    known = _known_posts()
    directorates = {name_key(row.name): row for row in Directorate.objects.all()}
    beside: list[Beside] = []
    for item in offered:
        directorate = _directorate(item.directorate, directorates)
        item.post = _post(item, directorate, known, event)
        structure = structure_named(item.structure or title, item.as_at)
        beside.append(Beside(structure, directorate, item.printed))
        if item.holder and structure.stage in (Stage.CURRENT, Stage.PRINTED):  # who held a post before is not said
            _appoint(item, event)
    guarded = bool(owners_held(viewer_for(event.by)))
    for item in offered:
        _draw_line(item, known, event if guarded else None)
    _list(offered, beside, known, event)
    keep_what_stands_beside(beside, event=event)


def _list(offered: Sequence[OfferedPost], beside: Sequence[Beside], known: dict[str, list[Post]], event: Event) -> None:
    """The posts as listed, each with its line where the other post stands in the same structure."""
    listed = {(place.structure.pk, item.post.pk) for item, place in zip(offered, beside, strict=True) if item.post}
    rows = []
    for item, place in zip(offered, beside, strict=True):
        above = next(iter(known.get(title_key(item.reports_to), [])), None) if item.reports_to else None
        here = above is not None and above != item.post and (place.structure.pk, above.pk) in listed
        rows.append(
            PostListing(
                structure=place.structure,
                post=item.post,
                directorate=place.directorate,
                printed=item.title,
                change=item.change,
                position=item.position,
                reports_to=above if here else None,
                statutory_roles=item.statutory_roles,
                recorded=event.at,
                by=event.by,
                event=event,
            )
        )
    PostListing.objects.bulk_create(rows, batch_size=500)


def _known_posts() -> dict[str, list[Post]]:
    known: dict[str, list[Post]] = {}
    for post in Post.objects.select_related("owner__directorate", "owner__created").order_by("pk"):
        known.setdefault(title_key(post.owner.name), []).append(post)
    return known


def _directorate(name: str, known: dict[str, Directorate]) -> Directorate | None:
    if not name.strip():
        return None
    key = name_key(name)
    if key not in known:
        known[key] = Directorate.objects.create(name=" ".join(name.split())[:200])
    return known[key]


def _post(item: OfferedPost, directorate: Directorate | None, known: dict[str, list[Post]], event: Event) -> Post:
    key = title_key(item.title)
    for post in known.get(key, []):
        owner = post.owner
        if directorate is None or owner.directorate_id in (None, directorate.pk):
            _bring_up_to_date(post, item, directorate, event)
            return post
    owner = Owner.objects.create(kind=OwnerKind.POST, name=item.title[:300], directorate=directorate, created=event)
    post = Post.objects.create(owner=owner, statutory_roles=item.statutory_roles)
    known.setdefault(key, []).append(post)
    return post


def _bring_up_to_date(post: Post, item: OfferedPost, directorate: Directorate | None, event: Event) -> None:
    owner = post.owner
    if owner.created is not None and Event.objects.filter(undoes=owner.created).exists():
        owner.created = event  # its first document was taken back, this one brings it again
        owner.save(update_fields=["created"])
    if owner.directorate_id is None and directorate is not None:
        owner.directorate = directorate
        owner.save(update_fields=["directorate"])
    held = {title_key(role) for role in post.statutory_roles}
    new = [role for role in item.statutory_roles if title_key(role) not in held]
    if new:
        post.statutory_roles = [*post.statutory_roles, *new]
        post.save(update_fields=["statutory_roles"])


def _appoint(item: OfferedPost, event: Event) -> None:
    """The printed holder is in post on the day of the document, since when is not said; "Vacant" is nobody's name.

    Who adopts is not put in post by their own adoption: somebody else records that they hold it (decisions/0026).
    """
    if name_key(item.holder) in NOBODY:
        return
    post = item.post
    assert post is not None
    rows = standing(Appointment.objects.filter(owner_id=post.pk).select_related("person"))
    if any(holds_on(row.starts, row.ends, item.as_at) for row in rows):
        return
    person = Person.objects.filter(name__iexact=item.holder).first() or Person.objects.create(name=item.holder[:200])
    if is_oneself(person, event.by):
        return
    Appointment.objects.create(
        owner_id=post.pk, person=person, starts=item.as_at, recorded=event.at, by=event.by, event=event
    )


def _draw_line(item: OfferedPost, known: dict[str, list[Post]], event: Event | None) -> None:
    """The printed line; with an event also where it leaves whoever adopts with no more below them than before."""
    if not item.reports_to or item.post is None or item.post.reports_to_id is not None:
        return
    above = next(iter(known.get(title_key(item.reports_to), [])), None)
    if above is None or above.pk == item.post.pk:
        return
    if event is None or not gained_below(event.by, {item.post.pk: above.pk}):
        item.post.reports_to = above
        item.post.save(update_fields=["reports_to"])


def adopt_responsibilities(offered: Sequence[OfferedResponsibility], *, event: Event) -> list[OfferedResponsibility]:
    """Add what posts answer for. Returns those whose post is not known: adopt the post first."""
    known = _known_posts()
    homeless = []
    for item in offered:
        post = next(iter(known.get(title_key(item.post_title), [])), None)
        if post is None:
            homeless.append(item)
            continue
        item.responsibility = Responsibility.objects.create(
            post=post,
            text=item.text,
            as_at=item.as_at,
            position=item.position,
            recorded=event.at,
            by=event.by,
            event=event,
        )
    return homeless
