"""Directorates, and what can be accountable: officer posts, elected offices and bodies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from goldthread.commons.events.models import Event
from goldthread.domain.organisation.terms import BodyKind, OwnerKind


class Directorate(models.Model):
    """A directorate, or the office of the chief executive."""

    name = models.CharField(max_length=200)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="organisation_directorate_once")]

    def __str__(self) -> str:
        return self.name


class OwnerQuerySet(models.QuerySet["Owner"]):
    """Owners, with those left out whose first document was taken back."""

    def standing(self) -> OwnerQuerySet:
        """Owners whose creation nobody has undone."""
        return self.exclude(created__undone_by__isnull=False)


class Owner(models.Model):
    """Anything that a record can be answered for by: a post, an elected office or a body (each has one row here).

    Accountability stands on owners, never on people; who holds a post on a day follows from appointments.
    """

    kind = models.CharField(max_length=10, choices=OwnerKind.choices)
    name = models.CharField(max_length=300)
    directorate = models.ForeignKey(Directorate, null=True, blank=True, on_delete=models.PROTECT, related_name="owners")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    created = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Undone: it is in no list"
    )

    objects = OwnerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [models.Index(fields=["kind", "name"], name="organisation_owner_name")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """An officer post."""

    owner = models.OneToOneField(Owner, primary_key=True, on_delete=models.PROTECT, related_name="post")
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    statutory_roles = models.JSONField(default=list, blank=True, help_text="Roles as printed: Head of the Paid Service")
    reference = models.CharField(
        max_length=40, blank=True, help_text="The number that the council's staff system gives it"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], condition=~models.Q(reference=""), name="organisation_post_reference_once"
            )
        ]

    def __str__(self) -> str:
        return self.owner.name


class ElectedOffice(models.Model):
    """An office held by an elected member: leader, cabinet member, chair."""

    owner = models.OneToOneField(Owner, primary_key=True, on_delete=models.PROTECT, related_name="office")
    portfolio = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.owner.name


class Body(models.Model):
    """A committee, board, leadership team or partner body."""

    owner = models.OneToOneField(Owner, primary_key=True, on_delete=models.PROTECT, related_name="body")
    kind = models.CharField(max_length=20, choices=BodyKind.choices, default=BodyKind.OTHER)

    class Meta:
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.owner.name


class Meeting(models.Model):
    """One meeting of a body: a name and a date."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    name = models.CharField(max_length=200, blank=True)
    held_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-held_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "held_on", "name"], name="organisation_meeting_once")
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"
