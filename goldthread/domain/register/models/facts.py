"""Dated facts about records. Rows are only ever added; triggers refuse anything else.

``as_at`` is the day a fact speaks of, ``recorded`` the moment it became known. Of two facts with the same key the one with
the later (as_at, recorded) holds; the keys are said in each class.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.organisation.models import Body, Meeting, Owner
from goldthread.domain.register.models.record import Record
from goldthread.domain.register.models.sources import Passage
from goldthread.domain.register.terms import OwnerRole, Relation, State, Visibility


class Fact(Recorded):
    """A dated statement about a record."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="%(class)s_facts")
    as_at = models.DateField()
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering: ClassVar = ["as_at", "recorded", "id"]

    def __str__(self) -> str:
        return f"{type(self).__name__} of {self.record_id} at {self.as_at}"


class Version(Fact):
    """The wording of a record. Key: the record. A record without a standing version does not exist on that day."""

    number = models.CharField(max_length=40, blank=True, help_text="As printed: 1, R2, 4.3")
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    section = models.JSONField(default=list, blank=True, help_text="Headings it stands under, outermost first")
    position = models.PositiveIntegerField(default=0)
    details = models.JSONField(default=dict, blank=True, help_text="Other printed fields by their name in the reading")


class Update(Fact):
    """What was reported on a day. Key: none, every update stands beside the others."""

    text = models.TextField()
    said_by = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    no_change = models.BooleanField(default=False, help_text="Nothing has changed; the text says why")
    forecast_on = models.DateField(
        null=True, blank=True, help_text="When the lead now expects to finish; empty: as before, else on the due date"
    )
    issue = models.TextField(null=True, blank=True, help_text="What stands in the way; null: as before; empty: nothing")


class StateChange(Fact):
    """The record moved to a state. Key: the record."""

    state = models.CharField(max_length=20, choices=State.choices)
    printed = models.TextField(blank=True, help_text="As the document says it: Completed October 2023")


class DueDate(Fact):
    """By when. Key: the record; the first one stays on record for ever."""

    text = models.CharField(max_length=300, blank=True, help_text="The timescale as printed or said")
    sort = models.CharField(max_length=30, blank=True, help_text="day, month, quarter, ongoing … (kernel.timescales)")
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="Last day of the printed timescale; empty: no date set")
    agreed_by = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")


class Rating(Fact):
    """A declared rating. Key: the record."""

    computed = models.CharField(max_length=20, blank=True, help_text="What the rule said when this was declared")
    value = models.CharField(max_length=20, blank=True)
    printed = models.CharField(max_length=100, blank=True)
    rule = models.CharField(max_length=40, blank=True, help_text="The rating rule and its version, where computed")


class Accountability(Fact):
    """An owner is accountable, supports or oversees. Key: the record, the role, and the printed name or else the owner."""

    role = models.CharField(max_length=12, choices=OwnerRole.choices)
    owner = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="accountabilities")
    printed = models.CharField(max_length=300, blank=True, help_text="The name as printed in the document")
    ended = models.BooleanField(default=False, help_text="From this day on it holds no longer")

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False) | ~models.Q(printed=""), name="register_accountability_somebody"
            )
        ]


class Link(Fact):
    """A record hangs on another one. Key: the record, the target and the relation."""

    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="incoming_links")
    relation = models.CharField(max_length=20, choices=Relation.choices)
    ended = models.BooleanField(default=False, help_text="From this day on it holds no longer")

    class Meta(Fact.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(record=models.F("target")), name="register_link_not_to_itself")
        ]


class Confirmation(Fact):
    """A person has checked what was adopted (or it was adopted unattended: checked is false). Key: the record."""

    checked = models.BooleanField(default=True)


class VisibilityChange(Fact):
    """Who may see the record from a day on. Key: the record."""

    visibility = models.CharField(max_length=12, choices=Visibility.choices)
    because = models.CharField(max_length=300, blank=True, help_text="Category and why, for restricted records")
