"""A draft: the structure it starts from, who may see it, and the edits that it consists of."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from goldthread.commons.events.models import Event, Recorded
from goldthread.domain.organisation.models import Structure
from goldthread.domain.restructures.terms import EditKind


class Restructure(models.Model):
    """A proposal to change a structure. Until it is agreed it makes no post and no structure."""

    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    base = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="restructures")
    created = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(
        Structure, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Set when it is agreed"
    )
    in_force_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name


class NamedPerson(Recorded):
    """Somebody may see and change the draft, until a row takes it back."""

    restructure = models.ForeignKey(Restructure, on_delete=models.PROTECT, related_name="named_people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_back_with_its_action = False

    def __str__(self) -> str:
        return f"{self.user}"


class DraftEdit(Recorded):
    """One change of the draft; ``posts`` and ``values`` are read by ``rules.redraw``. Its reason is why."""

    restructure = models.ForeignKey(Restructure, on_delete=models.PROTECT, related_name="edits")
    kind = models.CharField(max_length=10, choices=EditKind.choices)
    posts = models.JSONField(default=list, blank=True, help_text="Keys of the posts it is done to")
    values = models.JSONField(default=dict, blank=True)
    taken_back_with_its_action = False

    class Meta:
        ordering: ClassVar = ["restructure", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.posts}"
