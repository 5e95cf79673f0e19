"""The words of risks."""

from django.db import models


class Moment(models.TextChoices):
    """What a score speaks of: before anything is done, now, or where the council wants to be."""

    INHERENT = "inherent", "Inherent"
    CURRENT = "current", "Current"
    TARGET = "target", "Target"


class Approach(models.TextChoices):
    """What is done about a risk."""

    TREAT = "treat", "Treat"
    TOLERATE = "tolerate", "Tolerate"
    TRANSFER = "transfer", "Transfer"
    TERMINATE = "terminate", "Terminate"
