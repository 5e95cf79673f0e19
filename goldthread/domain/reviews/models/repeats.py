"""What people have said of proposals that one entry repeats or answers another. What they confirm is a link of the register."""

from __future__ import annotations

from django.db import models

from goldthread.domain.register.models import Record
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.reviews.terms import Proposed


class Dismissal(Fact):
    """A person has looked at a proposal and said no; it is not proposed again. Key: the record, the target and the sort.

    ``record`` is the later entry, or the objective or action; ``target`` the earlier entry, or the recommendation.
    """

    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="incoming_dismissals")
    sort = models.CharField(max_length=20, choices=Proposed.choices)
