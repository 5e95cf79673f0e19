"""Waivers: somebody has decided, with a reason and until a day, that a problem is to stay."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded


class Waiver(Recorded):
    """A problem is let stand from a day until a day. Key: the check's number and the reference it speaks of.

    The reference and the plan are plain values: commons stand below the rooms whose rows they name. Of two waivers with
    the same key the later one holds; one with ``ended`` ends the earlier from ``starts`` on.
    """

    number = models.CharField(max_length=5, help_text="Of the check: GT001")
    reference = models.CharField(max_length=60, help_text="What the problem stands at, as people say it: IP-012")
    plan_id = models.BigIntegerField(null=True, blank=True, help_text="Number of the plan or review it stands within")
    starts = models.DateField()
    until = models.DateField(help_text="The last day on which it holds")
    ended = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["number", "reference"], name="checks_waiver_of")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("starts")), name="checks_waiver_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.number} at {self.reference} until {self.until}"
