"""Messages to people: what waits, what went out, and every try."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class MessageState(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", "Waiting to go out"
    SENT = "sent", "Sent"
    GIVEN_UP = "given up", "Not delivered"
    CALLED_BACK = "called back", "Called back before it went out"


class Message(models.Model):
    """One message to one address. ``key`` is what it says to whom: queued twice, it is still one message.

    The words may hold places (``[[link]]``) that are filled in only on the way out, by what ``filler`` names: so no
    secret address stands in the database.
    """

    key = models.CharField(max_length=200, unique=True)
    about = models.CharField(max_length=100, db_index=True, help_text="What it belongs to, by the room's own name")
    channel = models.CharField(max_length=20, default="email")
    to_name = models.CharField(max_length=200, blank=True)
    to_address = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    filler = models.CharField(max_length=100, blank=True)
    made = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=MessageState.choices, default=MessageState.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["made", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "next_try"], name="notices_message_due")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_address}"


class Attempt(models.Model):
    """One try to hand a message over, and what came of it. Only ever added."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    channel = models.CharField(max_length=20)
    delivered = models.BooleanField()
    outcome = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.outcome}"
