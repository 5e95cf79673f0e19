"""Who stands where in a line: what access rules of rooms above ask."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from goldthread.domain.organisation.models import Post

LONGEST_LINE = 8
"""Levels of a reporting line that are followed downwards; no council has as many."""


def posts_below(owner_ids: set[int]) -> QuerySet[Post]:
    """The posts that report to some posts, directly or over others; a set of rows for use inside another query."""
    found = Q()
    for level in range(1, LONGEST_LINE + 1):
        found |= Q(**{"__".join(["reports_to"] * level) + "__in": owner_ids})
    return Post.objects.filter(found)
