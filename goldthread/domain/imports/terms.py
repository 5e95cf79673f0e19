"""The words of imports."""

from django.db import models


class Stage(models.TextChoices):
    """How far a file has come."""

    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    READ = "read", "Read"
    REFUSED = "refused", "Could not be read"
