"""The append-only record of every action: who, when, what, why."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from goldthread.commons.access.viewer import Viewer


class Event(models.Model):
    """One action of one person. Facts point at the event that made them, so that an action can be undone as a whole."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60, help_text="Past tense: adopted proposals, withdrew, reassigned")
    subject = models.CharField(max_length=200, blank=True, help_text="What it was done to, as people say it: IP-012")
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.by} {self.verb} {self.subject}".strip()


class Recorded(models.Model):
    """What every dated row carries: when it became known, who recorded it, in which action, and why.

    Rows are never changed. A row with ``withdraws`` takes back an earlier row of the same table from its own ``recorded`` on.
    """

    recorded = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    withdraws = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawn_by")
    taken_back_with_its_action: ClassVar[bool] = True
    withdraws_id: int | None  # for the type checker, which does not see it through an abstract class

    class Meta:
        abstract = True

    def kept_because(self) -> str:
        """Why the row cannot be taken back now, in a sentence; empty where it can."""
        return ""

    @classmethod
    def kept_from(cls, event: Event, user_id: int) -> str:
        """Why a person may not take back what somebody else's action wrote here, in a sentence; empty where they may."""
        return ""

    def shows_to(self, viewer: Viewer) -> bool:
        """Whether a viewer may know of the row, for tables that no record stands for; who may not, cannot take it back."""
        return True


class Step(models.Model):
    """A row, dated by the ``event`` it names, of how something went on: what an action was a part of, in a room of its own.

    Not a fact that can be withdrawn; it says whether the action may still be taken back.
    """

    class Meta:
        abstract = True

    def action_kept_because(self, viewer: Viewer) -> str:
        """Why a viewer cannot take the action back now, in a sentence; empty where they can."""
        return ""

    def action_asks_why(self, viewer: Viewer) -> str:
        """What to say to a viewer who takes the action back without a reason where it needs one; empty where it needs none."""
        return ""


class SealedShape(models.Model):
    """Which columns of which tables a seal covers: those that there were when it was made."""

    sha256 = models.CharField(max_length=64, unique=True)
    shape = models.JSONField(help_text="Table → its columns, sorted")

    def __str__(self) -> str:
        return self.sha256[:12]


class Seal(models.Model):
    """A link of the chain: the hash of one event with the rows that it recorded, and of the seal before."""

    number = models.PositiveBigIntegerField(unique=True, help_text="1, 2, 3 … without a gap")
    # No key in the database: an event that somebody takes away must leave its seal behind.
    event = models.OneToOneField(Event, on_delete=models.DO_NOTHING, db_constraint=False, related_name="seal")
    shape = models.ForeignKey(SealedShape, on_delete=models.PROTECT, related_name="+")
    facts = models.PositiveIntegerField(help_text="How many dated rows the event recorded")
    content = models.CharField(max_length=64, help_text="Of the event and those rows")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    sealed = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"Seal {self.number}"
