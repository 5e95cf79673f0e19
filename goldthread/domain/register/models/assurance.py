"""Dated facts about whether something is really done, does what it was meant to do, and by when it is to be rated late."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.organisation.models import Body
from goldthread.domain.register.models.facts import Fact, Update
from goldthread.domain.register.terms import Decision, Effect


class ProposedDate(Fact):
    """A date that somebody proposes, or that stands in the words of an update. Key: none.

    It counts for nothing until a ``DateDecision`` accepts it. Without a milestone it is meant as the due date of the record.
    """

    text = models.CharField(max_length=300, help_text="The date in words: 31 March 2026, Q2 2026/27")
    sort = models.CharField(max_length=30, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    milestone = models.CharField(max_length=300, blank=True, help_text="What is to happen by then; empty: all of it")
    found_in = models.ForeignKey(Update, null=True, blank=True, on_delete=models.PROTECT, related_name="dates_found")
    agreed_by = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")


class DateDecision(Fact):
    """What became of a proposed date. Key: the proposal."""

    proposal = models.ForeignKey(ProposedDate, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=10, choices=Decision.choices)


class Verification(Fact):
    """Somebody who did not report it has looked whether it is done. Key: the record; ends when its state changes."""

    verified = models.BooleanField()


class EffectJudgement(Fact):
    """A third person has judged whether what was done has the effect that was wanted. Key: the record."""

    effective = models.CharField(max_length=10, choices=Effect.choices)
    criteria = models.JSONField(default=list, blank=True, help_text="What it was judged against: reference and wording")


class Tolerance(Fact):
    """How many calendar days after its date an entry of a plan may be expected and still be amber. Key: the plan."""

    days = models.PositiveIntegerField()


class RevisitPeriod(Recorded):
    """After how many months the effect of what is done is judged, from a day on. The council's own; key: none, one holds."""

    months = models.PositiveIntegerField()
    as_at = models.DateField(help_text="For what is completed from this day on")

    class Meta:
        ordering: ClassVar = ["as_at", "recorded", "id"]

    def __str__(self) -> str:
        return f"{self.months} months from {self.as_at}"
