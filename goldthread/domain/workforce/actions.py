"""Writing the objectives of posts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Post
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Record, Series, StateChange
from goldthread.domain.register.models.writing import Lead, NewRecord, create_records, fact, write
from goldthread.domain.register.terms import LINE_ONLY, RecordKind, Relation, State, Visibility
from goldthread.domain.workforce.access import in_line
from goldthread.domain.workforce.models import PostObjective
from goldthread.kernel.clock import today

SERIES = "PO"
"""The series of every objective of a post: its number says nothing of whose it is."""


def _require_line(by: User, post: Post) -> None:
    if not in_line(viewer_for(by), post):
        raise NotAllowed("Only the holder of the post, and those above it in its line, see and set its objectives.")


def _quietly(verb: str, by: User, reason: str = "") -> Event:
    """An event that names neither the post nor the words: lists of events are open to more people than the line."""
    return record_event(verb, by=by, subject="an objective of a post", reason=reason)


@transaction.atomic
def set_objective(*, post: Post, year: int, text: str, by: User, serves: Sequence[Record] = ()) -> Record:
    """Set what a post is to reach in a financial year, and the priorities, objectives and actions that it serves.

    Only the line sees it. Raises Refused without words and for a year that is none; NotAllowed for anybody outside the line.
    """
    _require_line(by, post)
    if not text.strip():
        raise Refused("Write what is to be reached.")
    if not 1990 <= year <= 2200:
        raise Refused("Choose a financial year.")
    seen = set(visible_to(viewer_for(by), Record.objects.filter(pk__in=[row.pk for row in serves])))
    if set(serves) - seen:
        raise Refused("Choose only entries that you may see.")
    series, _ = Series.objects.get_or_create(prefix=SERIES)
    event = _quietly("set an objective of a post", by)
    new = NewRecord(
        RecordKind.OBJECTIVE,
        text.strip(),
        today(),
        section=[f"{year}/{(year + 1) % 100:02d}"],
        links=[(Relation.SERVES, row) for row in serves],
        leads=[Lead(post.owner)],
        visibility=Visibility.RESTRICTED,
        restricted_because=f"{LINE_ONLY}: objectives of a post",
    )
    (record,) = create_records([new], series=series, event=event)
    PostObjective.objects.create(record=record, year=year)
    return record


@transaction.atomic
def close_objective(*, record: Record, state: str, by: User, reason: str) -> Event:
    """Say that an objective was reached, stopped, or is taken back. Raises Refused without a reason, or for another state."""
    own = PostObjective.objects.filter(record=record).first()
    post = Post.objects.filter(pk=record.accountable_id).first()
    if own is None or post is None:
        raise Refused("That is no objective of a post.")
    _require_line(by, post)
    if state not in (State.COMPLETE, State.STOPPED, State.WITHDRAWN, State.OPEN):
        raise Refused("An objective is open, complete, stopped or withdrawn.")
    if not reason.strip():
        raise Refused("Say why, or what shows it.")
    event = _quietly("closed an objective of a post", by, reason.strip())
    write([fact(StateChange, record, today(), event, state=State(state))])
    return event
