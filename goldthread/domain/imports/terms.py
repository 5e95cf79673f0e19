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


COLUMNS = {
    "action": "The action",
    "objective": "The objective",
    "criteria": "Success criteria",
    "recommendation": "The recommendation",
    "lead": "Who leads on it",
    "timescale": "When it is due",
    "revised": "A revised date",
    "update": "The update",
    "status": "The status",
    "rag": "The rating",
    "completed": "When it was completed",
    "group": "The theme it belongs to",
    "reference": "Its reference or number",
    "also": "Something else: keep it beside the entry",
}
"""What a person may say that a column holds: the reader's role → plain words."""

READ_AGAIN = "read a document again"
"""The verb of the event by which a document was read again: what it left out is read no longer."""
