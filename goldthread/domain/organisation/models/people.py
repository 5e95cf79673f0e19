"""People, and what they hold on which days."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from goldthread.commons.events.models import Event, Recorded
from goldthread.domain.organisation.models.owners import Body, Owner
from goldthread.domain.organisation.terms import AppointmentKind


class Person(models.Model):
    """An officer or an elected member, with or without an account."""

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class Appointment(Recorded):
    """A person holds a post or an elected office from a day (until a day). No row for a day: the post is vacant."""

    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20, choices=AppointmentKind.choices, default=AppointmentKind.SUBSTANTIVE)
    starts = models.DateField(null=True, blank=True, help_text="Empty: already in post when first recorded")
    ends = models.DateField(null=True, blank=True, help_text="The last day")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True)
                | models.Q(starts__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="organisation_appointment_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.owner}"

    @classmethod
    def kept_from(cls, event: Event, user_id: int) -> str:
        """Nobody brings back an appointment of their own that somebody else ended."""
        mine = cls.objects.filter(event=event, person__user_id=user_id).exists()
        return "This is about an appointment of yours; ask somebody else who keeps the organisation." if mine else ""


class Membership(Recorded):
    """A person sits on a body from a day (until a day)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=100, blank=True, help_text="Chair, vice-chair, member")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.body}"

    @classmethod
    def kept_from(cls, event: Event, user_id: int) -> str:
        """Nobody brings back a seat of their own that somebody else ended."""
        mine = cls.objects.filter(event=event, person__user_id=user_id).exists()
        return "This is about a seat of yours; ask somebody else who keeps the organisation." if mine else ""
