"""Statutory roles on a day, and politically restricted posts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Post, PostListing, RoleHolding
from goldthread.domain.organisation.queries import holders, posts
from goldthread.domain.organisation.rules import holds_on, standing
from goldthread.domain.organisation.rules.duties import (
    Fault,
    Held,
    StatutoryRole,
    faults,
    restricted,
    role_printed,
    statutory_roles,
)
from goldthread.kernel.clock import today


@dataclass(frozen=True, slots=True)
class RoleOnDay:
    """A statutory role on a day: whether it must be there, who carries it, who deputises, what is wrong."""

    role: StatutoryRole
    required: bool
    held: tuple[Held, ...]
    deputies: tuple[Held, ...]
    faults: tuple[Fault, ...]
    printed: tuple[Post, ...]  # posts beside which documents print the role, and which do not carry it on record


@dataclass(frozen=True, slots=True)
class RestrictedPost:
    """A politically restricted post: why, whether the council listed it so or the lines say so, and who holds it."""

    post: Post
    category: str
    listed: bool
    holders: tuple[str, ...]


def held_on(*, viewer: Viewer, on: date | None = None) -> list[Held]:
    """Every statutory role as carried on a day, with the people who hold the post. Two queries."""
    day = on or today()
    rows = standing(RoleHolding.objects.select_related("post__owner"))
    rows = [row for row in rows if holds_on(row.starts, row.ends, day)]
    people = holders([row.post_id for row in rows], viewer=viewer, on=day)
    return [
        Held(
            row.role,
            row.post_id,
            row.post.owner.name,
            tuple(one.name for one in people.get(row.post_id, [])),
            row.deputy,
            row.acting,
            row.ends,
        )
        for row in rows
    ]


def roles_on(*, viewer: Viewer, on: date | None = None) -> list[RoleOnDay]:
    """Every role that this kind of authority must have, or that somebody carries, as it stands on a day.

    Nothing for viewers who may not see internal records. A constant number of queries.
    """
    if not viewer.may(Permission.SEE_INTERNAL):
        return []
    day = on or today()
    held = held_on(viewer=viewer, on=day)
    wrong: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults(held, authority=settings.GOLDTHREAD_AUTHORITY, on=day):
        wrong[fault.role].append(fault)
    printed = _printed({(one.role, one.post) for one in held}, viewer)
    found = []
    for role in statutory_roles():
        own = tuple(one for one in held if one.role == role.key)
        required = role.required(settings.GOLDTHREAD_AUTHORITY, day)
        if required or own or printed.get(role.key):
            found.append(
                RoleOnDay(
                    role,
                    required,
                    tuple(one for one in own if not one.deputy),
                    tuple(one for one in own if one.deputy),
                    tuple(wrong.get(role.key, ())),
                    tuple(printed.get(role.key, ())),
                )
            )
    return found


def _printed(known: set[tuple[str, int]], viewer: Viewer) -> dict[str, list[Post]]:
    found: dict[str, list[Post]] = defaultdict(list)
    for post in posts(viewer=viewer):
        for words in post.statutory_roles:
            role = role_printed(str(words))
            if role and (role.key, post.pk) not in known:
                found[role.key].append(post)
    return found


def holdings(*, viewer: Viewer) -> list[RoleHolding]:
    """Every statutory role on record, past ones included, newest first."""
    if not viewer.may(Permission.SEE_INTERNAL):
        return []
    rows = standing(RoleHolding.objects.select_related("post__owner", "by"))
    return sorted(rows, key=lambda row: (row.role, row.starts or date.min), reverse=True)


def restricted_posts(*, viewer: Viewer, on: date | None = None) -> list[RestrictedPost]:
    """Politically restricted posts on a day by category, then title: those that the council lists, and those that follow
    from the lines and the statutory roles (Local Government and Housing Act 1989, section 2)."""
    if not viewer.may(Permission.SEE_INTERNAL):
        return []
    day = on or today()
    rows = {post.pk: post for post in posts(viewer=viewer)}
    carried: dict[str, set[int]] = defaultdict(set)
    for one in held_on(viewer=viewer, on=day):
        if not one.deputy:
            carried[one.role].add(one.post)
    listings = PostListing.objects.exclude(restriction="").order_by("structure__as_at", "pk")
    listed = {row.post_id: row.restriction for row in standing(listings)}
    why = restricted(
        {pk: post.reports_to_id for pk, post in rows.items()},
        {pk: post.owner.name for pk, post in rows.items()},
        carried,
        listed,
    )
    people = holders(list(why), viewer=viewer, on=day)
    found = [
        RestrictedPost(rows[pk], category, pk in listed, tuple(one.name for one in people.get(pk, [])))
        for pk, category in why.items()
        if pk in rows
    ]
    return sorted(found, key=lambda one: (one.category, one.post.owner.name))
