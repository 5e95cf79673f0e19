"""The words of issued reports."""

from django.db import models


class Audience(models.TextChoices):
    """Whose eyes a report is made for: it holds what they may see, whoever makes it."""

    PUBLIC = "public", "The public"
    COUNCIL = "council", "Officers and members of the council"
    RESTRICTED = "restricted", "Those who may see restricted entries"


PUBLIC_KNOWS_NOW = "A report for the public is made from what is known today: leave “As we knew it on” empty."


class StepKind(models.TextChoices):
    """What becomes of an issue."""

    COMPLETED = "completed", "All files made"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


FULL, EXCEPTIONS, COMPLETED, SUMMARY = "full", "exceptions", "completed", "summary"
DIRECTORATE, LEAD, CHANGES = "directorate", "lead", "changes"

VARIANTS = {
    FULL: "Full report",
    EXCEPTIONS: "Exceptions only",
    DIRECTORATE: "One directorate",
    LEAD: "One lead",
    COMPLETED: "Completed actions",
    CHANGES: "What has changed",
    SUMMARY: "One-page summary",
}
"""The variants of the report on a plan; ``directorate:3``, ``lead:12``, ``changes:2025-05-27`` and ``changes:R7`` say which."""

EVERY_KIND = ("html", "pdf", "docx", "xlsx", "csv", "json")
"""The files of an issue, unless told otherwise."""
