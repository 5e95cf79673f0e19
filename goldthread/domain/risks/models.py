"""Tables of the risks room."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.risks.terms import Approach, Moment


class Risk(models.Model):
    """Something that may go wrong. A rated key risk of a review is one as much as a corporate risk."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="risk")

    def __str__(self) -> str:
        return str(self.record)


class RiskScore(Fact):
    """How a risk stands. Key: the record and the moment.

    A document often prints one number. It is kept as printed, and likelihood and impact stay empty until somebody states
    them: a 3 can be 1 × 3 or 3 × 1, and nobody can tell from the number.
    """

    moment = models.CharField(max_length=10, choices=Moment.choices, default=Moment.CURRENT)
    score = models.PositiveSmallIntegerField(help_text="As printed, or likelihood × impact")
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    printed = models.CharField(max_length=100, blank=True, help_text="As the document says it")

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(likelihood__isnull=True, impact__isnull=True)
                | models.Q(
                    likelihood__isnull=False, impact__isnull=False, score=models.F("likelihood") * models.F("impact")
                ),
                name="risks_score_is_the_product",
            )
        ]


class Treatment(Fact):
    """What is done about a risk. Key: the record."""

    approach = models.CharField(max_length=10, choices=Approach.choices)
    text = models.TextField(blank=True)


class Matrix(Recorded):
    """The council's own matrix from a day on: its size, its words, its bands. Before the first one, the shipped one."""

    starts = models.DateField()
    likelihoods = models.JSONField(help_text="Words from the least likely up: Unlikely, Possible, Likely")
    impacts = models.JSONField(help_text="Words from the smallest up: Minor, Moderate, Major")
    bands = models.JSONField(help_text="[{up_to: 2, label: Low, colour: green}, …], the last up to the highest score")
    source = models.CharField(max_length=300, blank=True, help_text="Where it stands written: the risk strategy")

    class Meta:
        ordering: ClassVar = ["starts", "recorded"]
        verbose_name_plural = "matrices"

    def __str__(self) -> str:
        return f"{len(self.likelihoods)} × {len(self.impacts)} from {self.starts}"
