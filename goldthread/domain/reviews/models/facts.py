"""Dated facts about reviews and what they recommend. Rows are only ever added, like every fact of the register."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.domain.organisation.models import Body, ElectedOffice, Meeting
from goldthread.domain.register.models.facts import Fact
from goldthread.domain.reviews.terms import Answer, DateKind, ReviewKind


class Particulars(Fact):
    """What a review was: who looked, when, at what. Key: the record; a later row replaces the one before as a whole."""

    kind = models.CharField(max_length=30, choices=ReviewKind.choices, default=ReviewKind.OTHER)
    by_whom = models.CharField(max_length=300, blank=True, help_text="The body that reviewed: the LGA, Ofsted")
    started_on = models.DateField(null=True, blank=True, help_text="First day on site, or the day it was asked for")
    ended_on = models.DateField(null=True, blank=True, help_text="Last day on site")
    team = models.TextField(blank=True, help_text="One a line: the role, and the name where it is printed")
    scope = models.TextField(blank=True, help_text="Themes and questions that it was asked to look at, one a line")

    class Meta(Fact.Meta):
        verbose_name_plural = "particulars"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(started_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="reviews_particulars_in_order",
            )
        ]


class ClockDate(Fact):
    """A step of a review's clock: it happened on a day, or the review prints by when it should. Key: record, step, kind."""

    step = models.CharField(max_length=40, help_text="A key of rules/clocks.toml, or one's own for a printed step")
    title = models.CharField(max_length=200, blank=True, help_text="In words, for a step that no rule knows")
    kind = models.CharField(max_length=10, choices=DateKind.choices)
    day = models.DateField(null=True, blank=True, help_text="Empty: the one recorded before does not hold")
    printed = models.CharField(max_length=300, blank=True, help_text="The words of the document")


class Judgement(Fact):
    """A grade or rating that a review gave. Key: the record and what was judged."""

    aspect = models.CharField(max_length=200, help_text="What was judged: overall effectiveness, leadership")
    value = models.CharField(max_length=100, help_text="As given: requires improvement, limited assurance, 3 of 4")
    ended = models.BooleanField(default=False, help_text="Recorded in error, or replaced")


class Response(Fact):
    """What the council answered to a recommendation. Key: the record."""

    answer = models.CharField(max_length=20, choices=Answer.choices)
    agreed_by = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sponsor = models.ForeignKey(
        ElectedOffice, null=True, blank=True, on_delete=models.PROTECT, related_name="sponsored_responses"
    )
