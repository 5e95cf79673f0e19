"""The words of imports."""

from django.db import models


class Stage(models.TextChoices):
    """How far a file has come."""

    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    READ = "read", "Read"
    REFUSED = "refused", "Could not be read"


class Difference(models.TextChoices):
    """What a newer print of a record says differently from what the register holds."""

    UNCHANGED = "unchanged", "Unchanged"
    REWORDED = "reworded", "Reworded"
    UPDATED = "new update", "New update"
    LEAD = "lead changed", "Lead changed"
    DATED = "date changed", "Date changed"
    COMPLETED = "completed", "Completed"
    STATE = "state changed", "State changed"
    MOVED = "moved", "Moved"
