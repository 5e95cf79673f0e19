"""Tables of the enquiries room: what people made of a line of enquiry. The enquiries themselves are computed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.enquiries.terms import Standing
from goldthread.domain.register.models import Record


class Judgement(Recorded):
    """An enquiry was answered, dismissed with a reason, turned into an action, or opened again, on a day.

    Key: the record and the enquiry's own key, which follows from the rule and the printed words: when the words change it
    is another enquiry, and nobody has judged that one. Rows are only ever added.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="judgements")
    rule = models.CharField(max_length=4, help_text="LE01 …")
    key = models.CharField(max_length=16, db_index=True)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    said = models.TextField(blank=True, help_text="The answer, or why it is dismissed")
    action = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    as_at = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.rule} at {self.record_id}: {self.standing}"
