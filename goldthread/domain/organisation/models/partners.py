"""Other bodies: companies, joint ventures, shared services and partners, and what binds the council to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.organisation.models.owners import Body
from goldthread.domain.organisation.models.people import Person
from goldthread.domain.organisation.terms import PartnerKind


class Arrangement(Recorded):
    """What a body is to the council. Key: the body; a later row replaces the one before as a whole."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="arrangements")
    kind = models.CharField(max_length=20, choices=PartnerKind.choices)
    agreement = models.TextField(blank=True, help_text="What binds the two: shareholding, agreement, its date")
    plan_due_month = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Month by the end of which its business plan is reviewed each year, 1 to 12"
    )
    exit_on = models.DateField(null=True, blank=True, help_text="The day on which the council leaves, or the body ends")
    comes_back = models.TextField(blank=True, help_text="What must come back to the council by then, one a line")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(plan_due_month__isnull=True)
                | models.Q(plan_due_month__gte=1, plan_due_month__lte=12),
                name="organisation_arrangement_month",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_kind_display()}"


class PlanReviewed(Recorded):
    """The business plan of a body was reviewed on a day, by whom."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plan_reviews")
    reviewed_on = models.DateField()
    reviewed_by = models.CharField(max_length=300, blank=True, help_text="The body or post that reviewed it")
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-reviewed_on"]
        verbose_name_plural = "plans reviewed"

    def __str__(self) -> str:
        return f"{self.body}: {self.reviewed_on}"


class Interest(Recorded):
    """A director or member of a body has an interest or a conflict, from a day (until a day)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    text = models.TextField(help_text="What the conflict is, and how it is dealt with")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.body}"
