"""Statutory roles, and which post carries each from which day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.organisation.models.owners import Post


class RoleHolding(Recorded):
    """A post carries a statutory role, or deputises for who does, from a day (until a day)."""

    role = models.CharField(max_length=60, help_text="A key of rules/statutory_roles.toml")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="role_holdings")
    deputy = models.BooleanField(default=False)
    acting = models.BooleanField(default=False)
    starts = models.DateField(null=True, blank=True, help_text="Empty: already so when first recorded")
    ends = models.DateField(null=True, blank=True, help_text="The last day; needed while acting")

    class Meta:
        ordering: ClassVar = ["role", "starts"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True)
                | models.Q(starts__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="organisation_role_holding_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.post}"
