"""Reading the organisation: who holds what on a day, what a printed name stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import (
    Appointment,
    Body,
    Directorate,
    Membership,
    NameMatch,
    Owner,
    Person,
    Post,
    Responsibility,
)
from goldthread.domain.organisation.rules import end_of_day, holds_on, likeness, name_key, standing
from goldthread.kernel.clock import today


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who holds a post or an office on a day, and how."""

    person_id: int
    name: str
    kind: str

    def __str__(self) -> str:
        return self.name if self.kind == "substantive" else f"{self.name} ({self.kind})"


def holders(
    owner_ids: Iterable[int], *, viewer: Viewer, on: date | None = None, known_on: date | None = None
) -> dict[int, list[Holder]]:
    """Who holds each post or office on a day, as known on a day; an owner without holder is vacant and is not a key.

    Names of holders are shown to every viewer who sees the record: they are in the council's own published reports.
    """
    known_on = viewer.knowing(known_on)
    rows = Appointment.objects.filter(owner_id__in=list(owner_ids)).select_related("person")
    if known_on is not None:
        rows = rows.filter(recorded__lt=end_of_day(known_on))
    found: dict[int, list[Holder]] = defaultdict(list)
    for row in standing(rows):
        if holds_on(row.starts, row.ends, on or today()):
            found[row.owner_id].append(Holder(row.person_id, row.person.name, row.kind))
    return dict(found)


def vacant_since(
    owner_ids: Iterable[int], *, viewer: Viewer, on: date | None = None, known_on: date | None = None
) -> dict[int, date]:
    """The last day of the last holder of posts and offices that nobody holds on a day: owner id → that day.

    What nobody is on record as having held, and what is held, is no key.
    """
    day, known_on = on or today(), viewer.knowing(known_on)
    rows = Appointment.objects.filter(owner_id__in=list(owner_ids))
    if known_on is not None:
        rows = rows.filter(recorded__lt=end_of_day(known_on))
    last: dict[int, date] = {}
    held: set[int] = set()
    for row in standing(rows):
        if holds_on(row.starts, row.ends, day):
            held.add(row.owner_id)
        elif row.ends is not None and row.ends < day:
            last[row.owner_id] = max(row.ends, last.get(row.owner_id, row.ends))
    return {owner: ended for owner, ended in last.items() if owner not in held}


def suggested_owners(printed: str, *, viewer: Viewer, limit: int = 3) -> list[Owner]:
    """What a printed name may stand for, likeliest first: what a person of that name holds or held, then titles like it."""
    key = name_key(printed)
    rows = standing(Appointment.objects.select_related("person", "owner__directorate").order_by("pk"))
    held = [row.owner for row in reversed(rows) if name_key(row.person.name) == key]
    scored = [(likeness(printed, owner.name), owner) for owner in owners(viewer=viewer)]
    alike = [owner for score, owner in sorted(scored, key=lambda pair: -pair[0]) if score >= 0.5]
    return list({owner.pk: owner for owner in [*held, *alike]}.values())[:limit]


def owners_held(viewer: Viewer, *, on: date | None = None) -> set[int]:
    """The ids of the posts and offices that the viewer's own account holds on a day, bodies they sit on included."""
    if viewer.user_id is None:
        return set()
    day = on or today()
    appointments = Appointment.objects.filter(person__user_id=viewer.user_id)
    memberships = Membership.objects.filter(person__user_id=viewer.user_id)
    held = {row.owner_id for row in standing(appointments) if holds_on(row.starts, row.ends, day)}
    return held | {row.body_id for row in standing(memberships) if holds_on(row.starts, row.ends, day)}


def remembered_matches(printed: Iterable[str], *, viewer: Viewer) -> dict[str, Owner]:
    """What printed names stand for by decisions on record: printed name → owner. Names without a decision are left out."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in printed:
        by_key[name_key(name)].append(name)
    rows = NameMatch.objects.filter(key__in=list(by_key)).select_related("owner__directorate")
    latest = {row.key: row.owner for row in standing(rows)}
    return {name: owner for key, names in by_key.items() if (owner := latest.get(key)) for name in names}


def directorates(*, viewer: Viewer) -> QuerySet[Directorate]:
    """All directorates by name."""
    return Directorate.objects.all()


def owners(*, viewer: Viewer, kind: str = "") -> QuerySet[Owner]:
    """Everything that can be accountable, by name; of one kind where asked."""
    rows = Owner.objects.standing().select_related("directorate")
    return rows.filter(kind=kind) if kind else rows


def people(*, viewer: Viewer) -> QuerySet[Person]:
    """All people by name; nobody for a viewer without the right to see internal records."""
    return Person.objects.all() if viewer.may(Permission.SEE_INTERNAL) else Person.objects.none()


def person_of_account(user_id: int, *, viewer: Viewer) -> Person | None:
    """Who an account is in the organisation, for those who manage accounts and for its owner; else None."""
    allowed = viewer.user_id == user_id or viewer.may(Permission.MANAGE_ACCOUNTS)
    return Person.objects.filter(user_id=user_id).first() if allowed else None


def posts(*, viewer: Viewer) -> QuerySet[Post]:
    """All posts, with owner, directorate and line, by directorate and name."""
    rows = Post.objects.filter(owner__in=Owner.objects.standing())
    return rows.select_related("owner__directorate", "reports_to__owner").order_by(
        "owner__directorate__name", "owner__name"
    )


def bodies(*, viewer: Viewer) -> QuerySet[Body]:
    """All bodies by name."""
    return Body.objects.filter(owner__in=Owner.objects.standing()).select_related("owner").order_by("owner__name")


def responsibilities(post: Post, *, viewer: Viewer) -> list[Responsibility]:
    """What documents say a post answers for, in printed order."""
    return sorted(standing(Responsibility.objects.filter(post=post)), key=lambda row: row.position)


def appointments(owner: Owner, *, viewer: Viewer) -> list[Appointment]:
    """Everyone on record as holding a post or office, newest first."""
    rows = Appointment.objects.filter(owner=owner).select_related("person", "by")
    return sorted(standing(rows), key=lambda row: row.starts or date.min, reverse=True)


def memberships(body: Body, *, viewer: Viewer) -> list[Membership]:
    """Everyone on record as sitting on a body."""
    return standing(Membership.objects.filter(body=body).select_related("person"))


def names_of(owner: Owner, *, viewer: Viewer) -> list[str]:
    """The printed names that stand for an owner by decisions on record, as first printed."""
    latest: dict[str, NameMatch] = {}
    for row in standing(NameMatch.objects.filter(key__in=NameMatch.objects.filter(owner=owner).values("key"))):
        latest[row.key] = row
    return sorted(row.printed for row in latest.values() if row.owner_id == owner.pk)
