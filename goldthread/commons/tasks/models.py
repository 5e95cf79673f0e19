"""When recurring work was done last."""

from __future__ import annotations

from django.db import models


class LastRun(models.Model):
    """One kind of recurring work: when it began last, when it ended well last, and what went wrong, if anything did."""

    name = models.CharField(max_length=60, unique=True)
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    said = models.TextField(blank=True, help_text="What the last run did, or what went wrong")
    failed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
