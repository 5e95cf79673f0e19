"""Checks of the organisation: GT200–GT299. They speak of the whole council, so within one plan they are silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from goldthread.commons.access.terms import Permission
from goldthread.commons.checks.catalogue import Finding, Looking, check
from goldthread.commons.checks.terms import Severity
from goldthread.domain.organisation.models import Appointment, Owner, Post, PostListing, StatedTotal, Structure
from goldthread.domain.organisation.queries import posts
from goldthread.domain.organisation.queries.duties import roles_on
from goldthread.domain.organisation.rules import holds_on, standing
from goldthread.domain.organisation.terms import AppointmentKind, OwnerKind
from goldthread.kernel.days import printed

_LONG = timedelta(days=366)


def _sees(looking: Looking) -> bool:
    return looking.within is None and looking.viewer.may(Permission.SEE_INTERNAL)


def _posts(looking: Looking) -> list[Post]:
    """The posts that have not ended by the day; nobody's for a look within a plan."""
    if not _sees(looking):
        return []
    rows = looking.once("organisation.posts", lambda: list(posts(viewer=looking.viewer)))
    return [row for row in rows if row.owner.ends is None or row.owner.ends >= looking.on]


def _appointments(looking: Looking) -> list[Appointment]:
    """Who holds what on the day."""
    if not _sees(looking):
        return []

    def read() -> list[Appointment]:
        return standing(Appointment.objects.select_related("person", "owner__directorate").order_by("owner_id", "pk"))

    rows = looking.once("organisation.appointments", read)
    return [row for row in rows if holds_on(row.starts, row.ends, looking.on)]


def _name(owner: Owner) -> str:
    return f"{owner.name} ({owner.directorate})" if owner.directorate else owner.name


def _at(owner: Owner, sentence: str) -> Finding:
    return Finding(_name(owner)[:60], f"{_name(owner)} {sentence}", "post", (owner.pk,))


@check(
    "GT201",
    "A line that runs in a circle",
    severity=Severity.ERROR,
    what_to_do="Give one of the posts another line manager.",
)
def circle(looking: Looking) -> Iterator[Finding]:
    """Posts that report to themselves through others; told once, at the first of them."""
    above = {post.pk: post.reports_to_id for post in _posts(looking)}
    told: set[int] = set()
    for post in _posts(looking):
        path: list[int] = []
        step: int | None = post.pk
        while step is not None and step not in path:
            path.append(step)
            step = above.get(step)
        if step == post.pk and not told & set(path):
            told |= set(path)
            yield _at(post.owner, "reports to itself through the posts above it.")


@check(
    "GT202",
    "Two people hold one post",
    severity=Severity.ERROR,
    what_to_do="End the appointment that is over, or record a job share.",
)
def two_holders(looking: Looking) -> Iterator[Finding]:
    """Substantive appointments to one post or office that overlap on the day."""
    by_owner: dict[int, list[Appointment]] = defaultdict(list)
    for row in _appointments(looking):
        if row.kind == AppointmentKind.SUBSTANTIVE:
            by_owner[row.owner_id].append(row)
    for rows in by_owner.values():
        names = sorted({row.person.name for row in rows})
        if len(names) > 1:
            yield _at(rows[0].owner, f"is held by {' and '.join(names)} at once.")


@check(
    "GT203",
    "A post in no structure",
    severity=Severity.NOTE,
    what_to_do="List it in the structure that holds, or end it.",
)
def post_in_no_structure(looking: Looking) -> Iterator[Finding]:
    """Only where structures are on record, and for posts that somebody holds."""
    if not _posts(looking) or not Structure.objects.exists():
        return
    listed = {row.post_id for row in standing(PostListing.objects.all())}
    held = {row.owner_id for row in _appointments(looking)}
    for post in _posts(looking):
        if post.pk in held and post.pk not in listed:
            yield _at(post.owner, "stands in no structure.")


@check(
    "GT204",
    "Stated and listed posts part",
    severity=Severity.WARNING,
    what_to_do="Compare the list with its document: a post is missing, printed twice, or counted otherwise.",
)
def totals_apart(looking: Looking) -> Iterator[Finding]:
    """What a document says a directorate has, against the posts that it lists there."""
    if not _sees(looking):
        return
    listed: Counter[tuple[int, int | None]] = Counter()
    whole: Counter[int] = Counter()
    for structure, part, _ in {
        (row.structure_id, row.directorate_id, row.post_id) for row in standing(PostListing.objects.all())
    }:
        listed[structure, part] += 1
        whole[structure] += 1
    for row in standing(StatedTotal.objects.select_related("structure", "directorate")):
        has = whole[row.structure_id] if row.directorate_id is None else listed[row.structure_id, row.directorate_id]
        if has and has != row.posts:
            where = f"{row.directorate} in {row.structure}" if row.directorate else str(row.structure)
            sentence = f"{where} states {row.posts} posts (“{row.printed}”) and lists {has}."
            yield Finding(where[:60], sentence, "structure", (row.structure_id,))


@check(
    "GT205",
    "Something is wrong with a statutory role",
    severity=Severity.WARNING,
    what_to_do="Say on the page of statutory roles which post carries it, and who deputises.",
)
def statutory_faults(looking: Looking) -> Iterator[Finding]:
    """Once the council has recorded who carries any role: what the law requires and is missing, vacant or clashes."""
    if not _sees(looking):
        return
    roles = roles_on(viewer=looking.viewer, on=looking.on)
    if not any(role.held for role in roles):
        return
    for role in roles:
        for fault in role.faults:
            sentence = fault.sentence if fault.sentence.endswith(".") else f"{fault.sentence}."
            yield Finding(role.role.title[:60], sentence, "statutory")


@check(
    "GT206",
    "Acting or interim for over a year",
    severity=Severity.NOTE,
    what_to_do="Appoint, or record why the post is still held for a time.",
)
def acting_for_long(looking: Looking) -> Iterator[Finding]:
    """Held for a time, and that time is long."""
    for row in _appointments(looking):
        long = row.starts is not None and row.starts + _LONG < looking.on
        if row.kind in (AppointmentKind.ACTING, AppointmentKind.INTERIM) and long and row.starts is not None:
            yield _at(row.owner, f"has been held by {row.person.name}, {row.kind}, since {printed(row.starts)}.")


@check(
    "GT207",
    "A line to a post that has ended",
    severity=Severity.WARNING,
    what_to_do="Give the post another line manager.",
)
def line_to_ended(looking: Looking) -> Iterator[Finding]:
    """Posts that go on, under one that does not."""
    for post in _posts(looking):
        ends: date | None = post.reports_to.owner.ends if post.reports_to is not None else None
        if post.reports_to is not None and ends is not None and ends < looking.on:
            yield _at(post.owner, f"reports to {post.reports_to.owner.name}, which ended on {printed(ends)}.")


@check(
    "GT208",
    "One title twice in a directorate",
    severity=Severity.WARNING,
    what_to_do="Merge the two, or give them titles that tell them apart.",
)
def same_title(looking: Looking) -> Iterator[Finding]:
    """Two posts of one name in one directorate, neither of which has ended."""
    seen: set[tuple[str, int | None]] = set()
    for post in _posts(looking):
        key = (post.owner.name.casefold(), post.owner.directorate_id)
        if key in seen and post.owner.kind == OwnerKind.POST:
            yield _at(post.owner, "stands on record twice.")
        seen.add(key)
