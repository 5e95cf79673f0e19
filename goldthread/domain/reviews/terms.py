"""The words of reviews."""

from django.db import models


class ReviewKind(models.TextChoices):
    """Who looked at the council, and how."""

    PEER_CHALLENGE = "peer challenge", "Corporate peer challenge"
    PROGRESS_REVIEW = "progress review", "Progress review"
    FINANCIAL_MANAGEMENT = "financial management", "Financial management review"
    INSPECTION = "inspection", "Inspection"
    AUDIT = "audit", "Audit"
    SCRUTINY = "scrutiny", "Overview and scrutiny"
    OTHER = "other", "Another review"


class Polarity(models.TextChoices):
    """What a finding says."""

    STRENGTH = "strength", "Strength"
    IMPROVEMENT = "area for improvement", "Area for improvement"
    NEUTRAL = "neutral", "Neutral"
