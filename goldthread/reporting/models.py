"""What was issued: frozen reports, their files, and what became of them. Rows are only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.organisation.models import Body, Meeting
from goldthread.domain.register.models import Record
from goldthread.reporting.terms import Audience, StepKind


class Issue(Recorded):
    """A report as it was issued: the hash of its canonical data, what it speaks of, for whom, by whom and why.

    The data lies in commons.files under ``sha256``; no part of it is ever computed again. The issue is complete once every
    file of ``kinds`` is made.
    """

    plan = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="issues")
    variant = models.CharField(max_length=80, help_text="full, exceptions, lead:12 …")
    title = models.CharField(max_length=500)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.COUNCIL)
    as_at = models.DateField(help_text="The day that it speaks of")
    known_on = models.DateField(help_text="By what was known on this day")
    for_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    format = models.CharField(max_length=40, help_text="Version of the canonical form: goldthread-report/1")
    sha256 = models.CharField(max_length=64, db_index=True, help_text="Of the canonical data")
    size = models.PositiveBigIntegerField(help_text="Bytes of the canonical data")
    kinds = models.JSONField(default=list, help_text="The files that belong to it: html, pdf …")
    versions = models.JSONField(default=dict, help_text="Of the template and of what makes the files")
    sealed_to = models.CharField(max_length=64, blank=True, help_text="Head of the chain of events when it was issued")
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    taken_back_with_its_action = False  # what went out stays on record; it is withdrawn by a step of its own

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """What people call it: R7."""
        return f"R{self.pk}"


class IssueFile(models.Model):
    """A file made from an issue's data. Its bytes lie in commons.files; a second making of it is refused."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "kind"], name="reporting_issuefile_once")]

    def __str__(self) -> str:
        return self.name


class IssueStep(Recorded):
    """What became of an issue: completed, published, withdrawn."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    day = models.DateField(help_text="From this day on it holds")
    detail = models.JSONField(default=dict, blank=True, help_text="Completed: the hash of each file")

    taken_back_with_its_action = False

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "kind"], name="reporting_issuestep_once"),
        ]

    def __str__(self) -> str:
        return f"{self.issue}: {self.kind}"
