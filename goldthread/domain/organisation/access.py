"""Who stands where in a line, and that nobody gives themself a post: what access rules of rooms above stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from goldthread.commons.access.queries import viewer_for, who_may
from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.models import Person, Post
from goldthread.domain.organisation.queries import owners_held

LONGEST_LINE = 8
"""Levels of a reporting line that are followed downwards; no council has as many."""


def posts_below(owner_ids: set[int]) -> QuerySet[Post]:
    """The posts that report to some posts, directly or over others; a set of rows for use inside another query."""
    found = Q()
    for level in range(1, LONGEST_LINE + 1):
        found |= Q(**{"__".join(["reports_to"] * level) + "__in": owner_ids})
    return Post.objects.filter(found)


def is_oneself(person: Person, by: User) -> bool:
    """Whether a person is who an account signs in as, or would become it by the address at which they are asked."""
    if person.user_id is not None:
        return person.user_id == by.pk
    return bool(person.email) and person.email.lower() == by.email.lower()


def refuse_oneself(person: Person, by: User, what: object) -> None:
    """Raise Refused where somebody would record of themself that they hold a post or sit on a body.

    Whoever holds it sees what it answers for, restricted entries and the objectives of its line included: see decisions/0026.
    """
    if is_oneself(person, by):
        raise Refused(f"You would give yourself {what} and see what it answers for. {who_records_it_for(by)}")


def who_records_it_for(by: User) -> str:
    """What somebody does who may not record something of themself: who can do it for them, or how to come by somebody.

    One sentence. The account that commands act as on the server's own machine is nobody to ask.
    """
    keepers = who_may(Permission.EDIT_ORGANISATION, Scope(ScopeKind.EVERYTHING)).exclude(pk=by.pk)
    names = list(keepers.exclude(email__iendswith="@localhost").values_list("name", flat=True)[:3])
    if names:
        return f"Ask {' or '.join(names)} to record it for you."
    if viewer_for(by).may_everywhere(Permission.MANAGE_ACCOUNTS):
        first = "Nobody else keeps the organisation here: under Accounts, give a colleague the role of coordinator"
    else:
        first = (
            "Nobody else keeps the organisation here: ask an administrator to give a colleague the role of coordinator"
        )
    return f"{first}; the colleague signs in and records it, and the role is ended again."


def gained_below(by: User, lines: Mapping[int, int | None]) -> set[int]:
    """The posts that would come to stand below one's own by new lines: post → the post that it is to report to.

    ``lines`` may name any part of the posts; those it does not name keep the line that they have. Empty where nothing of it
    changes what the account may see.
    """
    held = owners_held(viewer_for(by))
    if not held:
        return set()
    now: dict[int, int | None] = dict(Post.objects.values_list("pk", "reports_to_id"))
    return _below(held, {**now, **lines}) - _below(held, now)


def _below(held: Iterable[int], lines: Mapping[int, int | None]) -> set[int]:
    reports: dict[int, list[int]] = {}
    for post, above in lines.items():
        if above is not None:
            reports.setdefault(above, []).append(post)
    found: set[int] = set()
    edge = list(held)
    while edge:
        edge = [post for above in edge for post in reports.get(above, ()) if post not in found]
        found.update(edge)
    return found
