"""Tables of the plans room: each is a record of its kind, with what only that kind needs."""

from __future__ import annotations

from django.db import models

from goldthread.domain.register.models import Record


class Entry(models.Model):
    """A kind of record."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="%(class)s")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.record)


class Vision(Entry):
    """What the council wants the place to be."""


class CorporatePriority(Entry):
    """One of the few things that the council puts first."""

    class Meta:
        verbose_name_plural = "corporate priorities"


class Outcome(Entry):
    """What will be different for people when a priority is met."""


class Plan(Entry):
    """An action plan: its objectives and actions stand within its record."""


class Objective(Entry):
    """What a group of actions is to achieve."""


class SuccessCriterion(Entry):
    """How one will see that an objective is met."""

    class Meta:
        verbose_name_plural = "success criteria"


class Action(Entry):
    """Something that an owner does by a date."""
