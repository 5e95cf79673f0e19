"""The words of the checks."""

from django.db import models


class Severity(models.TextChoices):
    """How much a problem matters, worst first: an error stands in the way of a report, a note does not even warn."""

    ERROR = "error", "Error"
    WARNING = "warning", "Warning"
    NOTE = "note", "Note"


LONGEST_WAIVER = 366
"""Days: nobody decides for longer than a year that something wrong is to stay so (a rule of this program)."""
