"""Self-assessments: the council judges itself against a framework, year by year."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.domain.register.models import Record
from goldthread.domain.register.models.facts import Fact


class SelfAssessment(models.Model):
    """One framework in one year. Its standards stand within its record."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="self_assessment")
    framework = models.CharField(max_length=40, help_text="A key of rules/frameworks.toml")
    year = models.PositiveSmallIntegerField(help_text="The year in which the financial year begins: 2025 for 2025/26")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(year__gte=1990, year__lte=2200), name="reviews_assessment_year")
        ]

    def __str__(self) -> str:
        return str(self.record)


class Standard(models.Model):
    """One standard or theme of the framework in that year's assessment."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="standard")
    key = models.CharField(max_length=40, help_text="Its letter or key in the framework: A, leadership")

    def __str__(self) -> str:
        return str(self.record)


class Score(Fact):
    """How well the council meets a standard, as it judges itself. Key: the record."""

    value = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="On the framework's scale; empty: not yet"
    )
    evidence = models.TextField(blank=True, help_text="What shows it")
    gap = models.TextField(blank=True, help_text="What is missing")
