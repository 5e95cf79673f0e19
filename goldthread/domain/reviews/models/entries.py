"""Entries of the reviews room: each is a record of its kind, with what only that kind needs."""

from __future__ import annotations

from django.db import models

from goldthread.domain.register.models import Record
from goldthread.domain.reviews.terms import Polarity, ReviewKind


class Review(models.Model):
    """Somebody looked at the council and said what they found."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="review")
    kind = models.CharField(max_length=30, choices=ReviewKind.choices, default=ReviewKind.OTHER)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.record)


class Recommendation(models.Model):
    """What a review says the council should do."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="recommendation")
    risk_rating = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The score printed beside it")

    def __str__(self) -> str:
        return str(self.record)


class Finding(models.Model):
    """What a review found."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="finding")
    polarity = models.CharField(max_length=25, choices=Polarity.choices, default=Polarity.NEUTRAL)

    def __str__(self) -> str:
        return str(self.record)
