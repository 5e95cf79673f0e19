"""The way of a restructure to its day, and who takes over what a lost post answered for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.events.models import Recorded
from goldthread.commons.events.rules import standing
from goldthread.domain.organisation.models import Appointment, Body, Post
from goldthread.domain.register.models import Record
from goldthread.domain.restructures.models.drafts import Restructure
from goldthread.domain.restructures.terms import CHOSE, Step


class StepTaken(Recorded):
    """A restructure came to a step on a day. ``skipped`` says why steps before it were left out."""

    restructure = models.ForeignKey(Restructure, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=Step.choices)
    as_at = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The last day of a consultation")
    staff = models.TextField(blank=True, help_text="Who is consulted, and how")
    unions = models.TextField(blank=True)
    equality = models.TextField(blank=True, help_text="The equality impact assessment: where it is, what it found")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    delegation = models.CharField(max_length=500, blank=True, help_text="Under which delegation it was agreed")
    skipped = models.TextField(blank=True)
    handed = models.JSONField(default=dict, blank=True, help_text="Agreed: who takes over from each lost post, by id")

    class Meta:
        ordering: ClassVar = ["restructure", "id"]
        verbose_name_plural = "steps taken"

    def __str__(self) -> str:
        return f"{self.restructure}: {self.step}"

    def kept_because(self) -> str:
        """A step in force has changed posts for good; one that a later step stands on goes after that one."""
        if self.step == Step.IN_FORCE:
            return "A structure that is in force cannot be undone: draft the next one."
        later = StepTaken.objects.filter(restructure=self.restructure_id, pk__gt=self.pk)
        if any(row.pk > self.pk for row in standing(later)):
            return "A later step stands on this one; undo that first."
        chosen = Appointment.objects.filter(
            owner__post__listings__structure=self.restructure.result_id,
            event__verb=CHOSE,
            withdraws=None,
            withdrawn_by=None,
        )
        if self.step == Step.AGREED and chosen.exists():
            return "People have been chosen for its posts: take those choices back first."
        return ""

    def shows_to(self, viewer: Viewer) -> bool:
        """As its restructure: a draft shows to its named people alone."""
        from goldthread.domain.restructures.access import visible_to

        return visible_to(viewer).filter(pk=self.restructure_id).exists()


class Succession(Recorded):
    """A person chose who takes over from a lost post: for one record, or (no record) for whatever nobody chose for.

    ``successor`` is the key of a post of the draft: a post's own, or the negative one of a post that the draft adds.
    """

    restructure = models.ForeignKey(Restructure, on_delete=models.PROTECT, related_name="successions")
    lost = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    successor = models.BigIntegerField()
    taken_back_with_its_action = False

    def __str__(self) -> str:
        return f"{self.lost} → {self.successor}"
