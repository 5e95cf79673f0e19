"""Tables of the workforce room."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.domain.register.models import Record


class PostObjective(models.Model):
    """What a post is to reach in a year. Its record answers for, is updated and linked like any other; only the line sees it."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="post_objective")
    year = models.PositiveSmallIntegerField(help_text="The year in which the financial year begins: 2026 for 2026/27")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(year__gte=1990, year__lte=2200), name="workforce_objective_year")
        ]

    def __str__(self) -> str:
        return str(self.record)
