"""Structures as documents print them: which posts, in which directorate, and what each answers for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.organisation.models.owners import Directorate, Post


class Structure(models.Model):
    """One version of the council's structure: its name as printed and the day it speaks of."""

    name = models.CharField(max_length=300)
    as_at = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["as_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "as_at"], name="organisation_structure_once")]

    def __str__(self) -> str:
        return self.name


class PostListing(Recorded):
    """A post stands in a structure, as printed there."""

    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="listings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="listings")
    directorate = models.ForeignKey(Directorate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    printed = models.TextField()
    change = models.TextField(blank=True, help_text="What the document says changed, as printed")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["structure", "position"]

    def __str__(self) -> str:
        return self.printed


class Responsibility(Recorded):
    """What a post answers for, as a document says it."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="responsibilities")
    text = models.TextField()
    as_at = models.DateField()
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["post", "position"]
        verbose_name_plural = "responsibilities"

    def __str__(self) -> str:
        return self.text[:80]
