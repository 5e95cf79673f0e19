"""Which role a person holds, and where."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from goldthread.commons.access.terms import ScopeKind


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by day."""

    def held_on(self, day: date) -> GrantQuerySet:
        """Those in force on a day, of accounts that are open."""
        return self.filter(models.Q(ends__isnull=True) | models.Q(ends__gt=day), starts__lte=day, user__is_active=True)


class Grant(models.Model):
    """A role held by a person in a scope (everything, one directorate, plan, body or item) from a day, until a day.

    It holds on ``starts`` and no longer on ``ends``: ended today, it is gone at once. No grant is ever deleted.
    The scope is a kind and a number and no foreign key: access stands below the rooms whose rows it speaks of.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    scope_kind = models.CharField(max_length=20, choices=ScopeKind.choices, default=ScopeKind.EVERYTHING)
    scope_id = models.BigIntegerField(null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(scope_kind="everything", scope_id__isnull=True)
                | (~models.Q(scope_kind="everything") & models.Q(scope_id__isnull=False)),
                name="access_grant_scope_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="access_grant_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None where it has no end, or ended on the day on which it began."""
        return self.ends - timedelta(days=1) if self.ends is not None and self.ends > self.starts else None
