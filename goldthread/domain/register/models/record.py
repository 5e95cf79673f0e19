"""Record: what every entry shares."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Event
from goldthread.domain.organisation.models import Directorate, Owner
from goldthread.domain.register.models.sources import Passage
from goldthread.domain.register.terms import Effect, RecordKind, State, Visibility
from goldthread.kernel.days import undated
from goldthread.kernel.ratings import Rating as RatingValue


class Series(models.Model):
    """Where references come from: a prefix that people can say, and the next number."""

    prefix = models.CharField(max_length=12, unique=True)
    next_number = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.prefix


class Record(models.Model):
    """The one thing that can be answered for, updated, linked, evidenced, found and reported.

    Every column below the first four is a projection of the dated facts, as they stand today and as known now: written by
    the same action as the fact (``register.projection``), never by hand. ``revision`` rises with every such action, so that
    whoever has computed something before their transaction can tell, holding the row, whether it still holds.
    """

    kind = models.CharField(max_length=20, choices=RecordKind.choices)
    reference = models.CharField(max_length=30, unique=True)
    created = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="records")

    within = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="contents", help_text="Its plan or review"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    section = models.JSONField(default=list, blank=True)
    details = models.JSONField(default=dict, blank=True)
    accountable = models.ForeignKey(
        Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="accountable_for"
    )
    printed_leads = models.TextField(blank=True, help_text="Names as printed that nobody has matched yet, one a line")
    directorate = models.ForeignKey(
        Directorate, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    rating = models.CharField(max_length=20, choices=[(r.value, r.label) for r in RatingValue], blank=True)
    due_text = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    late = models.BooleanField(default=False, help_text="Open after its date on the day when this was written")
    slip_days = models.IntegerField(null=True, blank=True, help_text="From the first date to the one that holds")
    verified = models.BooleanField(default=False, help_text="Complete, and somebody else has verified it")
    effective = models.CharField(max_length=10, choices=Effect.choices, blank=True)
    revisit_on = models.DateField(null=True, blank=True, help_text="From when its effect can be judged")
    updated_on = models.DateField(null=True, blank=True)
    last_update = models.TextField(blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.INTERNAL)
    restricted_because = models.CharField(max_length=300, blank=True)
    checked = models.BooleanField(default=True, help_text="False: adopted unattended and not yet checked by anybody")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    revision = models.PositiveIntegerField(default=0, help_text="Counts the actions that wrote about it: has it moved?")

    class Meta:
        ordering: ClassVar = ["within_id", "position", "id"]
        indexes: ClassVar = [
            models.Index(fields=["within", "position"], name="register_record_within"),
            models.Index(fields=["kind", "state"], name="register_record_kind"),
            models.Index(fields=["accountable", "state"], name="register_record_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.heading}"

    @property
    def heading(self) -> str:
        """The title, or the text where it has none; a plan without the day of the document that it was printed in."""
        name = self.title or self.text
        return undated(name) if self.kind == RecordKind.PLAN else name
