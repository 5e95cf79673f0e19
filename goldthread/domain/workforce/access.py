"""Who may see and write a post's objectives: the line and nobody else."""

from __future__ import annotations

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.access import posts_below
from goldthread.domain.organisation.models import Post
from goldthread.domain.organisation.queries import owners_held


def in_line(viewer: Viewer, post: Post) -> bool:
    """Whether a viewer holds the post, or one above it in its line, today."""
    held = owners_held(viewer)
    return post.pk in held or (bool(held) and posts_below(held).filter(pk=post.pk).exists())
