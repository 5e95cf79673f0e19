"""The words of the lines of enquiry."""

from django.db import models


class Standing(models.TextChoices):
    """What became of an enquiry. Only a Judgement moves it; one whose words have changed since is open again."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    DISMISSED = "dismissed", "Dismissed"
    ACTION = "action", "Turned into an action"


ON_PAPER = 10
"""How many lines of enquiry a briefing of two pages tells; the rest it counts."""


FIELDS = {
    "action": "Action",
    "update": "Update",
    "earlier update": "Earlier update",
    "objective": "Objective",
    "criterion": "Success criterion",
    "timescale": "Timescale",
    "status": "Status",
    "lead": "Lead",
}
"""Where printed words stand in an entry, in words."""
