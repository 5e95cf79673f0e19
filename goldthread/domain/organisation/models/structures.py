"""Structures: which posts stand in each, what each post is there, what documents count, and what became of each post."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.organisation.models.owners import Directorate, Post
from goldthread.domain.organisation.terms import MatchKind, Permanence, Restriction, Stage


class Structure(models.Model):
    """One version of the council's structure: its name as printed or given, its stage, and the day it speaks of."""

    name = models.CharField(max_length=300)
    as_at = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PRINTED)

    class Meta:
        ordering: ClassVar = ["as_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "as_at"], name="organisation_structure_once")]

    def __str__(self) -> str:
        return self.name


class PostListing(Recorded):
    """A post stands in a structure, with what it is there: another structure may say otherwise of the same post."""

    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="listings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="listings")
    directorate = models.ForeignKey(Directorate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    printed = models.TextField(help_text="Its title in this structure")
    change = models.TextField(blank=True, help_text="What is said of it there, as printed: will not be filled")
    position = models.PositiveIntegerField(default=0)
    reports_to = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Its line in this structure"
    )
    tier = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 is the chief executive")
    grade = models.CharField(max_length=60, blank=True)
    fte = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    cost_low = models.BigIntegerField(null=True, blank=True, help_text="Pence a year, the foot of its band")
    cost_high = models.BigIntegerField(null=True, blank=True, help_text="Pence a year, the top of its band")
    funding = models.CharField(max_length=300, blank=True)
    permanence = models.CharField(max_length=12, choices=Permanence.choices, blank=True)
    statutory_roles = models.JSONField(default=list, blank=True)
    restriction = models.CharField(max_length=30, choices=Restriction.choices, blank=True)
    services = models.JSONField(default=list, blank=True)
    responsibilities = models.JSONField(default=list, blank=True)
    to_publish = models.JSONField(
        default=dict,
        blank=True,
        help_text="What the Transparency Code asks for beside: contact, budget, staff, bonuses …",
    )

    class Meta:
        ordering: ClassVar = ["structure", "position"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(cost_low__isnull=True)
                | models.Q(cost_high__isnull=True)
                | models.Q(cost_high__gte=models.F("cost_low")),
                name="organisation_listing_band_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.printed


class StatedTotal(Recorded):
    """How many posts a document says a structure or a directorate has; what it lists is counted beside it."""

    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="stated_totals")
    directorate = models.ForeignKey(Directorate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    posts = models.PositiveIntegerField()
    printed = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.structure}, {self.directorate}: {self.printed}"


class StructureNote(Recorded):
    """What a document says of a directorate in a structure, beside its list of posts: why it changed, mostly."""

    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="notes")
    directorate = models.ForeignKey(Directorate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["structure", "position"]

    def __str__(self) -> str:
        return self.text[:80]


class PostMatch(Recorded):
    """A person has decided what became of a post between two structures. A split or a merger has a row for each pair."""

    before = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="matches_after")
    after = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="matches_before")
    before_post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    after_post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=MatchKind.choices)
    because = models.TextField(blank=True, help_text="Why it changed, as printed or said")

    class Meta:
        verbose_name_plural = "post matches"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(before_post__isnull=False) | models.Q(after_post__isnull=False),
                name="organisation_match_of_some_post",
            )
        ]

    def __str__(self) -> str:
        return f"{self.before_post} → {self.after_post}: {self.kind}"


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
