"""Which proposals the reviews room takes, and what becomes of them."""

from __future__ import annotations

from goldthread.domain.register.adopters import Offer, new_record
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.reviews.actions import keep

TAKES = (RecordKind.REVIEW, RecordKind.RECOMMENDATION, RecordKind.FINDING)
"""Kinds of record whose rows this room keeps."""

__all__ = ["TAKES", "keep", "new_records"]


def new_records(offer: Offer, parent: Record | NewRecord | None) -> list[NewRecord]:
    """A recommendation with only a title carries it as its text as well; the title is then left out."""
    made = new_record(offer, parent)
    if made.title == made.text:
        made.title = ""
    return [made]
