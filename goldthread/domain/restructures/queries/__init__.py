"""Reading restructures: drafts, what they would do, and what structures were to bring."""

from goldthread.domain.restructures.queries.drafting import (
    LostPost,
    Orphan,
    WhatIf,
    against_base,
    as_edits,
    edits,
    handed_over,
    is_open,
    lost_and_orphaned,
    named_people,
    restructure,
    restructures,
    steps,
    what_if,
)
from goldthread.domain.restructures.queries.filling import Displaced, Filling, PostHeld, filling
from goldthread.domain.restructures.queries.promises import Promise, PromisesAt, promises

__all__ = [
    "Displaced",
    "Filling",
    "LostPost",
    "Orphan",
    "PostHeld",
    "Promise",
    "PromisesAt",
    "WhatIf",
    "against_base",
    "as_edits",
    "edits",
    "filling",
    "handed_over",
    "is_open",
    "lost_and_orphaned",
    "named_people",
    "promises",
    "restructure",
    "restructures",
    "steps",
    "what_if",
]
